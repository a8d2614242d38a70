"""A sent form with its files: each file is kept at once, so that a form with mistakes comes back with its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from engine.form import FileField
from web.forms import KEPT, raw_submission
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import FileStorage

    from engine.form import Form, RawSubmission, StoredFile
    from engine.ids import PersonId
    from engine.variables import Value

LONGEST_NAME = 255


def read_submission(form: Form, variables: Mapping[str, Value], person: PersonId) -> RawSubmission:
    """Give what was sent, its new files stored for the person and the files that shall stay found."""
    uploads = {
        name: tuple(_store(file, person) for file in files if file.filename)
        for name, files in request.files.lists()
        if isinstance(form.find_field(name), FileField)
    }
    keeps = any(name.startswith(KEPT) for name in request.form)
    known = parts().files.list_uploads(person) if keeps else ()
    earlier = {file.digest: file for file in known}
    raw = raw_submission(request.form, uploads=uploads, earlier=earlier)
    return form.settled(raw, variables)


def _store(file: FileStorage, person: PersonId) -> StoredFile:
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    content, kind = file.stream.read(), file.mimetype or ""
    return parts().files.store_file(content, name[:LONGEST_NAME], kind, person)
