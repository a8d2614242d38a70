"""Persons from a CSV file: checked first, then taken whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for

from engine.actor import Signature
from engine.errors import CommandRejected, InvalidSubmission
from engine.ids import PersonId
from storage.accounts import make_reset
from web.auth import actor
from web.csv_import import Report, Setting, read_people
from web.csv_rows import COLUMNS, MOST_LINES, template, text_of
from web.errors import status_of
from web.office_view import by, this_roster, told, zone
from web.pages.password_link import address_of
from web.parts import parts
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.ids import RequestId
    from engine.office import PersonEntry

people_import = Blueprint("people_import", __name__)

Answer = tuple[str, int]

LENGTH_OF_ID = 26
"""Characters of an id, as `engine.ids` makes them."""


@people_import.get("/kantor/pegawai/impor")
def ask() -> str:
    """Explain the file, and ask for one."""
    return _ask()


@people_import.get("/kantor/pegawai/impor/contoh.csv")
def example() -> Response:
    """Give an example file to be saved."""
    response = Response(template(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="pegawai.csv"'
    return response


@people_import.post("/kantor/pegawai/impor")
def check() -> Answer:
    """Say of each line what it would do and what is wrong; nothing is changed."""
    try:
        text = _sent_text()
    except InvalidSubmission as error:
        return _ask(explain(error)), status_of(error)
    return _report(text, read_people(text, _setting(lambda _login: PersonId(parts().ids.new()))))


@people_import.post("/kantor/pegawai/impor/masukkan")
def take() -> Answer:
    """Take the whole file in one act, and show the new persons' links this once; sent twice, it is taken once."""
    text, act = request.form.get("isi", ""), by()
    new_id = _ids_of(act["request"])
    before = this_roster()
    report = read_people(text, _setting(new_id))
    if not any(new_id(person.login) == person.id for person in before.persons.values()):
        if not report.is_good:
            return _report(text, report)
        try:
            parts().runtime.enrol(report.registrations, report.holdings, **act)
        except CommandRejected as error:
            return _report(text, report, told(error))
    new = [p for p in this_roster().persons.values() if new_id(p.login) == p.id]
    links = [(person, _link(person)) for person in sorted(new, key=lambda p: p.name)]
    page = render_template("pages/office/imported.html", links=links, home=url_for("persons.index"))
    return page, 200


def _sent_text() -> str:
    sent = request.files.get("berkas")
    if sent is None or not sent.filename:
        raise InvalidSubmission("Expected a file, but there is none", code="import_no_file")
    return text_of(sent.stream.read())


def _ask(problem: str = "") -> str:
    return render_template(
        "pages/office/import.html", columns=COLUMNS, problem=problem, limit=MOST_LINES
    )


def _report(text: str, report: Report, problem: str = "") -> Answer:
    page = render_template(
        "pages/office/import_report.html",
        text=text,
        report=report,
        problem=problem or report.problem,
    )
    return page, 200 if report.is_good and not problem else 422


def _setting(new_id: Callable[[str], PersonId]) -> Setting:
    return Setting(roster=this_roster(), now=parts().clock.now(), zone=zone(), new_id=new_id)


def _ids_of(act: RequestId) -> Callable[[str], PersonId]:
    """Give the ids of new persons by login: always the same for one request, so that it is known again."""

    def new_id(login: str) -> PersonId:
        return PersonId(hashlib.sha256(f"{act} {login}".encode()).hexdigest()[:LENGTH_OF_ID])

    return new_id


def _link(person: PersonEntry) -> str:
    return address_of(make_reset(parts().database, person.id, Signature.of(actor())))
