"""The files of a package as they were chosen in a browser, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from engine.errors import InvalidSubmission
from engine.form import clean_name
from engine.gate import MAX_FILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import FileStorage

FIELD = "berkas"
"""The field of the form with the files."""

MOST_FILE_MB, MOST_MB = 2, 16
"""Megabytes of one file and of all together."""

TOO_LARGE = frozenset({"upload_large", "upload_file_large"})
"""Codes of what is too large (HTTP 413)."""

_MB = 1024 * 1024
_ZIP = b"PK\x03\x04"


def sent_package() -> Mapping[str, bytes]:
    """Give the files that were sent by their names, without folders. Raises InvalidSubmission with the file that can't be taken."""
    sent = [file for file in request.files.getlist(FIELD) if file.filename]
    if not sent:
        raise InvalidSubmission("Expected files, but there are none", code="upload_none")
    if len(sent) > MAX_FILES:
        raise InvalidSubmission(
            f"Expected at most {MAX_FILES} files, but found {len(sent)}",
            code="upload_many",
            count=len(sent),
            limit=MAX_FILES,
        )
    package: dict[str, bytes] = {}
    for file in sent:
        name = _name(file)
        if name in package:
            raise _refused("upload_twice", name)
        package[name] = _content(file, name)
    if sum(map(len, package.values())) > MOST_MB * _MB:
        raise InvalidSubmission(
            f"Expected at most {MOST_MB} MB, but there is more", code="upload_large", limit=MOST_MB
        )
    return package


def _name(file: FileStorage) -> str:
    shown = "".join(c if c.isprintable() else " " for c in file.filename or "")
    return clean_name(shown)


def _content(file: FileStorage, name: str) -> bytes:
    content = file.stream.read(MOST_FILE_MB * _MB + 1)
    if len(content) > MOST_FILE_MB * _MB:
        raise _refused("upload_file_large", name, limit=MOST_FILE_MB)
    if not content.strip():
        raise _refused("upload_file_empty", name)
    if content.startswith(_ZIP):
        raise _refused("upload_zip", name)
    return content


def _refused(code: str, name: str, **params: object) -> InvalidSubmission:
    return InvalidSubmission(
        f"Expected a file that can be checked, but found {code}", code=code, file=name, **params
    )
