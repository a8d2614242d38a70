"""A sent form with its files: each file is looked at and kept at once, so that a form with mistakes comes back with its files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import request

from engine.form import FieldProblem, FileField, Refused, clean_name, content_type_of
from web.auth import caller
from web.forms import KEPT, raw_submission
from web.i18n import DEFAULT_ZONE
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from werkzeug.datastructures import FileStorage

    from engine.form import Form, RawSubmission, StoredFile
    from engine.ids import PersonId
    from engine.variables import Value

FRAGMENT = "X-Fragment"
"""The header by which the script asks for the form alone, as it is with what was typed so far."""


def read_submission(form: Form, variables: Mapping[str, Value], person: PersonId) -> RawSubmission:
    """Give what was sent, its new files stored for the person and the files that shall stay found.

    A file that may not be kept is not stored; the submission says why.
    """
    uploads: dict[str, tuple[StoredFile, ...]] = {}
    refused: dict[str, FieldProblem] = {}
    for name, files in request.files.lists():
        if isinstance(form.find_field(name), FileField):
            kept = [_store(file, person) for file in files if file.filename]
            uploads[name] = tuple(file for file in kept if not isinstance(file, FieldProblem))
            refused.update((name, problem) for problem in kept if isinstance(problem, FieldProblem))
    keeps = any(name.startswith(KEPT) for name in request.form)
    known = parts().files.list_uploads(person) if keeps else ()
    raw = raw_submission(
        request.form,
        uploads=uploads,
        refused=refused,
        earlier={file.digest: file for file in known},
    )
    return form.settled(raw, variables)


def is_fragment() -> bool:
    """Tell whether the script asks for the form alone."""
    return request.headers.get(FRAGMENT) == "1"


def office_day() -> date:
    """Give the day that it is in the office of whoever is signed in."""
    found = caller()
    zone = ZoneInfo(found.agency.zone if found else DEFAULT_ZONE)
    return parts().clock.now().astimezone(zone).date()


def _store(file: FileStorage, person: PersonId) -> StoredFile | FieldProblem:
    name, content = clean_name(file.filename or ""), file.stream.read()
    try:
        kind = content_type_of(name, content)
    except Refused as refusal:
        return FieldProblem(code=refusal.code, params=refusal.params)
    return parts().files.store_file(content, name, kind, person)
