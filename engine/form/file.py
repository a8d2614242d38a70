"""Files: the variable holds a list of name, digest, size and type; the content lies in the store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from engine.form.content import KINDS, LONGEST_NAME, MOST_BYTES, MOST_MEGABYTES
from engine.form.field import Field, common
from engine.form.problem import FieldCode, FormCode, Refused
from engine.form.submission import RawSubmission, Reading, Spot, StoredFile, reading

if TYPE_CHECKING:
    from engine.form.component import Component
    from engine.variables import Value

MOST_FILES = 20
"""Files that one field may hold."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ACCEPT = re.compile(r"\.[a-z0-9]{1,10}|[a-z0-9.+-]+/(?:[a-z0-9.+-]+|\*)")
_NAME = re.compile(rf"[^\x00-\x1f\x7f/\\]{{1,{LONGEST_NAME}}}")
_TYPE = re.compile(r"[a-zA-Z0-9.+-]{1,100}/[a-zA-Z0-9.+-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField(Field):
    """One file or several (form-js `filepicker`); `accept` holds endings (`.pdf`) and content types (`image/*`)."""

    kind: ClassVar[str] = "filepicker"

    multiple: bool = False
    accept_only: tuple[str, ...] = ()

    @classmethod
    def of(cls, component: Component) -> FileField:
        """Read the field from its component."""
        wanted = (component.text("accept") or "").lower().replace(" ", "")
        accept = tuple(filter(None, wanted.split(",")))
        if not all(_ACCEPT.fullmatch(item) for item in accept):
            component.problem(
                FormCode.PROPERTY_VALUE, property="accept", expected=".pdf, .docx, image/*"
            )
        elif never := [item for item in accept if not _is_taken(item)]:
            component.problem(FormCode.ACCEPT_NEVER, accept=", ".join(never))
        return cls(**common(component), multiple=component.flag("multiple"), accept_only=accept)

    def chosen(
        self, kept: tuple[StoredFile, ...], sent: tuple[StoredFile, ...]
    ) -> tuple[StoredFile, ...]:
        """Give the files after sending: a new one joins the kept ones, or takes the place of the only one."""
        files = sent if sent and not self.multiple else kept + sent
        return tuple({file.digest: file for file in files}.values())

    @override
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read the field from what a page sent; a text under its name is refused."""
        return reading(spot, lambda: self._taken(raw, spot.name))

    @override
    def accept(self, value: Value, spot: Spot) -> Reading:
        """Read the field from a list of files as a variable holds them; None means empty.

        The digests are only looked at for their shape: whoever calls must know that the sender may refer to them.
        """
        return reading(spot, lambda: self._checked(self._files(value)))

    @override
    def as_raw(self, value: Value, name: str) -> RawSubmission:
        """Give the files that the value holds."""
        files = stored_files(value)
        return RawSubmission(files={name: files} if files else {})

    @override
    def shown(self, value: Value) -> str:
        """Give the names of the files."""
        return ", ".join(file.name for file in stored_files(value))

    def _taken(self, raw: RawSubmission, name: str) -> Value:
        if any(raw.values.get(name, ())):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        if refused := raw.refused.get(name):
            raise Refused(refused.code, **refused.params)
        if name in raw.lost:
            raise Refused(FieldCode.FILE_LOST)
        return self._checked(raw.files.get(name, ()))

    def _files(self, value: Value) -> tuple[StoredFile, ...]:
        items = [] if value is None else value
        files = stored_files(items)
        if not isinstance(items, list) or len(files) != len(items):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        return files

    def _checked(self, files: tuple[StoredFile, ...]) -> Value:
        if self.required and not files:
            raise Refused(FieldCode.FILE_REQUIRED)
        if len(files) > 1 and not self.multiple:
            raise Refused(FieldCode.FILE_SINGLE)
        if len(files) > MOST_FILES:
            raise Refused(FieldCode.FILE_MANY, limit=MOST_FILES)
        for file in files:
            self._check(file)
        return [file.as_value() for file in files] or None

    def _check(self, file: StoredFile) -> None:
        if not _NAME.fullmatch(file.name) or not file.name.isprintable():
            raise Refused(FieldCode.FILE_NAME, file=file.name[:80])
        if file.size <= 0:
            raise Refused(FieldCode.FILE_EMPTY, file=file.name)
        if file.size > MOST_BYTES:
            raise Refused(FieldCode.FILE_LARGE, file=file.name, limit=MOST_MEGABYTES)
        if self.accept_only and not any(_fits(file, item) for item in self.accept_only):
            raise Refused(FieldCode.FILE_TYPE, file=file.name, accept=", ".join(self.accept_only))


def stored_files(value: Value) -> tuple[StoredFile, ...]:
    """Give the files that a variable holds; whatever in it isn't a file is left out."""
    items = value if isinstance(value, list) else []
    return tuple(file for item in items if (file := _stored_file(item)) is not None)


def files_within(value: Value) -> dict[str, StoredFile]:
    """Give, by digest, all files in a value, also those in rows."""
    found = {file.digest: file for file in stored_files(value)}
    for row in value if isinstance(value, list) else []:
        for cell in row.values() if isinstance(row, dict) else ():
            found.update({file.digest: file for file in stored_files(cell)})
    return found


def _stored_file(item: Value) -> StoredFile | None:
    if not isinstance(item, dict) or item.keys() != {"name", "digest", "size", "type"}:
        return None
    name, digest, size, kind = item["name"], item["digest"], item["size"], item["type"]
    if not isinstance(name, str) or not isinstance(digest, str) or not isinstance(kind, str):
        return None
    if not _DIGEST.fullmatch(digest) or not _TYPE.fullmatch(kind):
        return None
    if not isinstance(size, Decimal) or not size.is_finite() or size != size.to_integral_value():
        return None
    return StoredFile(name=name, digest=digest, size=int(size), content_type=kind)


def _is_taken(accepted: str) -> bool:
    """Tell whether any file that we take at all would fit."""
    return any(
        accepted in kind.endings
        if accepted.startswith(".")
        else _is_type(kind.content_type, accepted)
        for kind in KINDS
    )


def _fits(file: StoredFile, accepted: str) -> bool:
    if accepted.startswith("."):
        return file.name.lower().endswith(accepted)
    return _is_type(file.content_type.lower(), accepted)


def _is_type(content_type: str, accepted: str) -> bool:
    return (
        accepted.endswith("/*") and content_type.startswith(accepted[:-1])
    ) or content_type == accepted
