"""What is in a file that somebody hands in: found out from its bytes, never from what the sender says of it.

Taken are documents, pictures and plain texts. Everything else is refused: programs, archives, web pages, pictures with
scripts in them, and documents with macros. The name's ending has to belong to the content.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

import puremagic

from engine.form.problem import FieldCode, Refused

MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
"""Bytes that one file may have."""

LONGEST_NAME = 255
"""Characters that a file's name may have, its ending included."""

_MOST_DIRECTORY = 1_000_000
"""Bytes that the list of parts of an office document may take: some thousands of parts."""

_MOST_UNPACKED, _MOST_TIMES = 500 * 1024 * 1024, 200
"""Bytes that an office document may unpack to, and how many times its own size beyond the first ten megabytes."""

_UNPACKED_FREE = 10 * 1024 * 1024
_END_OF_ZIP, _END_OF_LARGE_ZIP = b"PK\x05\x06", b"PK\x06\x07"
_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"dex\n")
_RUNS = (
    ".exe",
    ".dll",
    ".scr",
    ".com",
    ".bat",
    ".cmd",
    ".ps1",
    ".vbs",
    ".js",
    ".jar",
    ".msi",
    ".sh",
)
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError)
"""What Python raises for an archive that is damaged, locked or packed in an unknown way."""

_TEXT_SIGNS = frozenset("\t\n\r\f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that is taken: its content type, and the endings that its name may have."""

    content_type: str
    endings: tuple[str, ...]


PDF = Kind(content_type="application/pdf", endings=(".pdf",))
TEXT = Kind(content_type="text/plain", endings=(".txt",))
CSV = Kind(content_type="text/csv", endings=(".csv",))
_BY_MAGIC = {
    kind.content_type: kind
    for kind in (
        PDF,
        Kind(content_type="image/jpeg", endings=(".jpg", ".jpeg", ".jfif")),
        Kind(content_type="image/png", endings=(".png",)),
        Kind(content_type="image/gif", endings=(".gif",)),
        Kind(content_type="image/webp", endings=(".webp",)),
        Kind(content_type="image/tiff", endings=(".tif", ".tiff")),
        Kind(content_type="image/heif", endings=(".heic", ".heif")),
    )
}
_BY_FOLDER = {
    "word/": Kind(content_type=f"{_OOXML}wordprocessingml.document", endings=(".docx",)),
    "xl/": Kind(content_type=f"{_OOXML}spreadsheetml.sheet", endings=(".xlsx",)),
    "ppt/": Kind(content_type=f"{_OOXML}presentationml.presentation", endings=(".pptx",)),
}
_BY_MIMETYPE = {
    f"{_ODF}{name}": Kind(content_type=f"{_ODF}{name}", endings=(ending,))
    for name, ending in (("text", ".odt"), ("spreadsheet", ".ods"), ("presentation", ".odp"))
}
_BY_STREAM = {
    "WordDocument": Kind(content_type="application/msword", endings=(".doc",)),
    "Workbook": Kind(content_type="application/vnd.ms-excel", endings=(".xls",)),
    "PowerPoint Document": Kind(content_type="application/vnd.ms-powerpoint", endings=(".ppt",)),
}
KINDS = (
    *_BY_MAGIC.values(),
    *_BY_FOLDER.values(),
    *_BY_MIMETYPE.values(),
    *_BY_STREAM.values(),
    TEXT,
    CSV,
)
"""Everything that is taken."""


def clean_name(name: str) -> str:
    """Give a file's name without the folders that some browsers send with it, cut to a length that keeps its ending."""
    bare = name.replace("\\", "/").rpartition("/")[2].strip()
    stem, dot, ending = bare.rpartition(".")
    if not stem or len(ending) > 10:  # noqa: PLR2004 - longer is no ending
        return bare[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def content_type_of(name: str, content: bytes) -> str:
    """Give the content type of a file that may be kept. Raises Refused for one that may not, with the reason."""
    if not content:
        raise Refused(FieldCode.FILE_EMPTY, file=name)
    if len(content) > MOST_BYTES:
        raise Refused(FieldCode.FILE_LARGE, file=name, limit=MOST_MEGABYTES)
    ending = "." + name.rpartition(".")[2].lower()
    kind = _kind_of(name, content, ending)
    if ending not in kind.endings:
        raise Refused(FieldCode.FILE_ENDING, file=name, endings=", ".join(kind.endings))
    return kind.content_type


def _kind_of(name: str, content: bytes, ending: str) -> Kind:
    if content.startswith(_PROGRAMS):
        raise Refused(FieldCode.FILE_PROGRAM, file=name)
    if content.startswith(b"PK\x03\x04"):
        kind = _document_in_zip(name, content)
    elif content.startswith(_OLE):
        kind = _document_of_old(name, content, ending)
    else:
        kind = _by_magic(content) or _text(content, ending)
    if kind is None:
        raise Refused(FieldCode.FILE_KIND, file=name)
    return kind


def _by_magic(content: bytes) -> Kind | None:
    try:
        guesses = puremagic.magic_string(content)
    except puremagic.PureError:
        return None
    found = (_BY_MAGIC.get(guess.mime_type) for guess in guesses)
    return next((kind for kind in found if kind is not None), None)


def _text(content: bytes, ending: str) -> Kind | None:
    """Take a text for one when its name says so and nothing in it can't be read as text."""
    kind = next((k for k in (TEXT, CSV) if ending in k.endings), None)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    signs = {sign for sign in set(text) if not sign.isprintable()}
    return kind if all(s in _TEXT_SIGNS or s >= "\x80" for s in signs) else None


def _document_of_old(name: str, content: bytes, ending: str) -> Kind | None:
    """Find the kind of an OLE file by the stream that holds its document (MS-CFB: names in UTF-16).

    A document with another inside has the streams of both; its ending says which is which.
    """
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refused(FieldCode.FILE_MACROS, file=name)
    found = [kind for s, kind in _BY_STREAM.items() if s.encode("utf-16-le") in content]
    return next((kind for kind in found if ending in kind.endings), found[0] if found else None)


def _document_in_zip(name: str, content: bytes) -> Kind | None:
    """Find the kind of an office document; an archive that would unpack to too much is refused unopened."""
    end = content.rfind(_END_OF_ZIP)
    directory = int.from_bytes(content[end + 12 : end + 16], "little")
    if end < 0 or directory > _MOST_DIRECTORY or _END_OF_LARGE_ZIP in content[end - 20 : end]:
        raise Refused(FieldCode.FILE_PACKED, file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _kind_of_archive(name, archive, len(content))
    except _BROKEN as error:
        raise Refused(FieldCode.FILE_PACKED, file=name) from error


def _kind_of_archive(name: str, archive: zipfile.ZipFile, size: int) -> Kind | None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > min(_MOST_UNPACKED, _UNPACKED_FREE + _MOST_TIMES * size):
        raise Refused(FieldCode.FILE_PACKED, file=name)
    names = [part.filename for part in parts]
    if any(_leads_outside(part) for part in names):
        raise Refused(FieldCode.FILE_PACKED, file=name)
    if any(part.lower().endswith("vbaproject.bin") or part.startswith("Basic/") for part in names):
        raise Refused(FieldCode.FILE_MACROS, file=name)
    if any(part.lower().endswith(_RUNS) for part in names):
        raise Refused(FieldCode.FILE_PROGRAM, file=name)
    if "[Content_Types].xml" in names:
        found = (kind for folder, kind in _BY_FOLDER.items() if _has_folder(names, folder))
        return next(found, None)
    if "mimetype" not in names:
        return None
    with archive.open("mimetype") as part:
        return _BY_MIMETYPE.get(part.read(100).decode("ascii", "replace").strip())


def _leads_outside(part: str) -> bool:
    return part.startswith("/") or "\\" in part or ":" in part or ".." in part.split("/")


def _has_folder(names: list[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)
