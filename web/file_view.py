"""Files of a case as its pages show them: beside the decision, and on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.i18n import _
from web.parts import parts
from web.preview import find_preview

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.form import StoredFile
    from storage.previews import Preview
    from web.form_view import Shown, ShownItem

MOST_MADE = 2
"""Previews that are made while a page waits; of the other files that are new, it shows a link."""

REFUSALS: Mapping[str, str] = {
    "locked": "Berkas ini dikunci dengan kata sandi, jadi isinya tidak dapat ditampilkan di sini.",
    "broken": "Berkas ini rusak atau tidak lengkap, jadi isinya tidak dapat ditampilkan di sini.",
    "heavy": "Berkas ini terlalu berat untuk ditampilkan di sini.",
    "type": "Jenis berkas ini tidak dapat ditampilkan di sini; yang dapat: PDF dan gambar.",
}
"""Why a file is not shown; a word of `web.preview.REFUSALS` each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file and what is shown of it; without a preview it has not been looked at yet."""

    file: StoredFile
    preview: Preview | None

    @property
    def sentence(self) -> str:
        """What there is to say: why it is not shown, or that it has more pages; empty when all is shown."""
        if self.preview is None:
            return _("Pratinjau belum dibuat.")
        if self.preview.refusal:
            return _(REFUSALS[self.preview.refusal])
        shown, pages = len(self.preview.shown), self.preview.pages
        if shown == pages:
            return ""
        words = _(
            "Yang ditampilkan {shown} halaman pertama dari {pages}; selebihnya ada di berkas yang diunduh."
        )
        return words.format(shown=shown, pages=pages)


def list_previews(files: Iterable[StoredFile]) -> list[FileView]:
    """Give the files with their previews; a few that were never looked at are looked at now."""
    views, left = [], MOST_MADE
    for file in files:
        kept = parts().previews.find_preview(file.digest)
        if kept is None and left:
            kept, left = find_preview(file.digest), left - 1
        views.append(FileView(file=file, preview=kept))
    return views


def view_file(file: StoredFile) -> FileView:
    """Give one file with its preview, looked at now if it was not before."""
    return FileView(file=file, preview=find_preview(file.digest))


def files_of(items: Iterable[ShownItem]) -> list[StoredFile]:
    """Give the files in shown values, each content once, in order."""
    found: dict[str, StoredFile] = {}
    for item in items:
        for value in _values(item):
            found.update((file.digest, file) for file in value.files if file.digest not in found)
    return list(found.values())


def _values(item: ShownItem) -> Iterable[Shown]:
    return (item.value, *(cell for row in item.rows for cell in row))
