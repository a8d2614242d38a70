"""*Pegawai*: who has an account, what they hold, what lies on their desks; added, changed, opened again."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.actor import Role, Signature
from engine.errors import CommandRejected
from engine.ids import PersonId
from engine.office import NO_PASSWORD, mark
from engine.store import Registration
from storage.accounts import make_reset
from storage.queries.office import list_desk
from storage.queries.paging import SIZE, Page
from web.auth import actor
from web.errors import status_of
from web.input import page_number, revision
from web.office_view import (
    ROLE_NAMES,
    HoldingLine,
    When,
    by,
    lines_of,
    role_names,
    this_roster,
    told,
    typed,
)
from web.pages.password_link import address_of
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.office import PersonEntry, Roster

persons = Blueprint("persons", __name__)

NEWS = {
    "simpan": "Keterangan pegawai disimpan.",
    "baru": "Akun dibuat. Buat tautan kata sandi, lalu sampaikan kepada pegawainya.",
    "tutup": "Akun ditutup. Tugasnya sudah dialihkan.",
    "buka": "Akun dibuka lagi, tanpa jabatan.",
    "mulai": "Jabatan dicatat.",
    "akhir": "Akhir masa jabatan dicatat.",
    "alih": "Tugas dialihkan.",
    "sesi": "Semua sesi pegawai ini diakhiri.",
}

STATES = {"": "Terbuka", "tertutup": "Ditutup", "semua": "Semua"}
"""Which accounts are listed, by what stands in the address."""

Answer = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person of the list with the posts held now."""

    person: PersonEntry
    posts: list[HoldingLine]
    roles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form of a person as it was opened or sent."""

    texts: dict[str, str]
    roles: frozenset[str]


@persons.get("/kantor/pegawai")
def index() -> str:
    """Show a page of the persons, those with open accounts unless others are asked for, by name."""
    state, words = request.args.get("keadaan", ""), request.args.get("cari", "").lower().split()
    state = state if state in STATES else ""
    roster = this_roster()
    found = [p for p in roster.persons.values() if _is_asked(p, state) and _fits(p, words)]
    page = Page(asked=page_number(), total=len(found))
    shown = sorted(found, key=lambda p: (p.name, p.login))[page.offset : page.offset + SIZE]
    return render_template(
        "pages/office/persons.html",
        lines=[_line(roster, person) for person in shown],
        page=page,
        state=state,
        states=STATES,
        words=" ".join(words),
        news=NEWS.get(request.args.get("kabar", "")),
    )


@persons.get("/kantor/pegawai/baru")
def new() -> str:
    """Ask for a new person."""
    texts = {"nama": "", "login": "", "surel": ""}
    return _form(None, Filled(texts=texts, roles=frozenset({Role.STAFF})))


@persons.post("/kantor/pegawai/baru")
def add() -> Response | Answer:
    """Give a person an account; the password is chosen by a link."""
    given = _given()
    registration = Registration(
        person=PersonId(parts().ids.new()),
        agency=actor().agency,
        login=given.texts["login"].strip().lower(),
        name=given.texts["nama"],
        email=given.texts["surel"],
        posts=(),
        roles=frozenset(map(Role, given.roles)),
        password_hash=NO_PASSWORD,
    )
    try:
        parts().runtime.enrol((registration,), **by())
    except CommandRejected as error:
        return _form(None, given, told(error)), status_of(error)
    # sent twice, the first one made the person: found by the login
    made = this_roster().find_login(registration.login)
    person = made.id if made else registration.person
    return redirect(url_for("persons.show", person_id=person, kabar="baru"), 303)


@persons.get("/kantor/pegawai/<person_id>")
def show(person_id: str) -> str:
    """Show all about a person: account, posts past, now and to come, and what lies on the desk."""
    return _page(PersonId(person_id))


@persons.get("/kantor/pegawai/<person_id>/ubah")
def edit(person_id: str) -> str:
    """Show a person to be changed."""
    entry = this_roster().get_person(PersonId(person_id))
    texts = {"nama": entry.name, "login": entry.login, "surel": entry.email}
    return _form(entry, Filled(texts=texts, roles=entry.roles))


@persons.post("/kantor/pegawai/<person_id>/ubah")
def save(person_id: str) -> Response | Answer:
    """Change a person's name, login, e-mail address and roles."""
    given, entry = _given(), this_roster().get_person(PersonId(person_id))
    changed = dataclasses.replace(
        entry,
        login=given.texts["login"].strip().lower(),
        name=given.texts["nama"],
        email=given.texts["surel"],
        roles=frozenset(map(Role, given.roles)),
    )
    try:
        parts().runtime.change_person(changed, seen=revision(), **by())
    except CommandRejected as error:
        return _form(entry, given, told(error)), status_of(error)
    return redirect(url_for("persons.show", person_id=person_id, kabar="simpan"), 303)


@persons.post("/kantor/pegawai/<person_id>/buka")
def reopen(person_id: str) -> Response | Answer:
    """Open a closed account again."""
    try:
        parts().runtime.open_person(PersonId(person_id), **by())
    except CommandRejected as error:
        return _page(PersonId(person_id), told(error)), status_of(error)
    return redirect(url_for("persons.show", person_id=person_id, kabar="buka"), 303)


@persons.post("/kantor/pegawai/<person_id>/tautan")
def make_link(person_id: str) -> str:
    """Make a link by which the person chooses a password, and show it this once."""
    entry = this_roster().get_person(PersonId(person_id))
    token = make_reset(parts().database, entry.id, Signature.of(actor()))
    return render_template(
        "pages/office/link.html", person=entry, links=[(entry, address_of(token))]
    )


@persons.post("/kantor/pegawai/<person_id>/sesi")
def end_sessions(person_id: str) -> Response:
    """Sign a person out everywhere."""
    entry = this_roster().get_person(PersonId(person_id))
    parts().sessions.end_all(entry.id, Signature.of(actor()))
    return redirect(url_for("persons.show", person_id=person_id, kabar="sesi"), 303)


def _page(person: PersonId, problem: str = "") -> str:
    roster = this_roster()
    entry = roster.get_person(person)
    return render_template(
        "pages/office/person.html",
        person=entry,
        roles=role_names(entry),
        lines=lines_of(roster, roster.list_held(person)),
        desk=parts().database.read(lambda c: list_desk(c, person)),
        lanes=roster.lanes_of(person, parts().clock.now()),
        is_self=person == actor().person,
        problem=problem,
        news=NEWS.get(request.args.get("kabar", "")),
    )


def _form(entry: PersonEntry | None, given: Filled, problem: str = "") -> str:
    return render_template(
        "pages/office/person_form.html",
        person=entry,
        given=given,
        roles=ROLE_NAMES,
        problem=problem,
        mark=mark(entry) if entry else None,
    )


def _given() -> Filled:
    chosen = frozenset(request.form.getlist("peran"))
    return Filled(texts=typed("nama", "login", "surel"), roles=chosen & frozenset(Role))


def _line(roster: Roster, person: PersonEntry) -> PersonLine:
    lines = lines_of(roster, roster.list_held(person.id))
    return PersonLine(
        person=person,
        posts=[line for line in lines if line.when is When.NOW],
        roles=role_names(person),
    )


def _is_asked(person: PersonEntry, state: str) -> bool:
    return state == "semua" or (person.closed_at is not None) == (state == "tertutup")


def _fits(person: PersonEntry, words: list[str]) -> bool:
    return all(word in f"{person.name} {person.login}".lower() for word in words)
