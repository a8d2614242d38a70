"""The office that the matrix of routes and callers is asked in, and the browsers of its callers."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from decision_kit import dmn, table
from matrix import Thing, Who
from web_kit import FIRST_REQUEST, MORNING, Caller, close, parts_of, pdf, settings_for

from engine.actor import Agency, Post, Role, Signature, Unit
from engine.ids import AgencyId, JobId, LaneId, PersonId, PostId, RegisterId, RequestId, UnitId
from engine.job import Job, JobKind
from engine.letters.by_hand import ByHand
from engine.letters.number import BookEntry
from engine.letters.taking import Wanted
from engine.office import NO_PASSWORD
from engine.store import Office, Registration
from engine.testing import FixedClock
from storage.accounts import make_reset
from storage.store import SqlStore
from web import create_app
from web.demonstration import list_packages
from web.worker import notice_worker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask import Flask

    from web.parts import Parts

LOGINS: Mapping[Who, str] = {
    Who.LANE: "mikro",
    Who.SAME_UNIT: "mikro-lain",
    Who.OTHER_UNIT: "koperasi",
    Who.HEAD: "kepala",
    Who.OWNER: "pemilik",
    Who.AUDITOR: "auditor",
    Who.ADMIN: "admin",
    Who.DISABLED: "sekretariat",
    Who.FOREIGN_STAFF: "asing-staf",
    Who.FOREIGN_ADMIN: "asing-admin",
}
"""Who each caller is; a visitor is nobody."""

HOME, ABROAD = AgencyId("pasuruan"), AgencyId("asing")
BY = Signature.of_system()
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
WORDS = {
    "digest": "0" * 64,
    "name": "alur.css",
    "page": "1",
    "register": "surat_keluar",
    "incident_id": "0",
    "token_id": "1",
    "element": "buat_draf",
    "package": "0" * 64,
    "map_id": "0",
}
"""What stands in addresses beside ids; the digest leads nowhere."""

DRAFTED = {
    "jenis_naskah": "undangan",
    "perihal": FIRST_REQUEST["perihal"],
    "tujuan_surat": FIRST_REQUEST["tujuan_surat"],
    "kode_klasifikasi": "",
    "tanggapan_revisi": "",
}


@dataclass(kw_only=True)
class World:
    """A database file, the sessions of its callers, and the ids that stand in addresses."""

    file: Path
    sessions: dict[Who, str] = field(default_factory=dict)
    tokens: dict[Who, str] = field(default_factory=dict)
    things: dict[Thing, dict[str, str]] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def open(self, file: Path) -> Flask:
        """Give an application on a copy of the database."""
        shutil.copy(self.file, file)
        return create_app(settings_for(file), FixedClock(MORNING))

    def browser(self, app: Flask, who: Who) -> Caller:
        """Give a caller's browser."""
        caller = Caller(app)
        if who in self.sessions:
            caller.client.set_cookie("alur_sesi", self.sessions[who])
        caller.client.set_cookie("alur_tamu", "visitor")
        caller.client.set_cookie("alur_tautan", self.others["token"])
        return caller

    def csrf(self, who: Who) -> str:
        """Give the token that a caller's forms carry."""
        return self.tokens.get(who, "visitor")


def build(first_morning: Path, folder: Path) -> World:
    """Fill in the office: more people, a second agency, a letter of each kind."""
    world = World(file=folder / "matrix.sqlite3")
    shutil.copy(first_morning, world.file)
    app = create_app(settings_for(world.file), FixedClock(MORNING))
    parts = parts_of(app)
    _add_colleague(parts)
    _add_agency(parts)
    for thing, (unit, secrecy) in _LETTERS.items():
        world.things[thing] = _letter(app, unit, secrecy, thing)
    _sign_in(world, parts)
    world.others = _other_ids(parts)
    close(app)
    return world


_LETTERS = {
    Thing.MINE: ("bidang_usaha_mikro", ""),
    Thing.LANES: ("bidang_usaha_mikro", ""),
    Thing.OTHERS: ("bidang_koperasi", ""),
    Thing.SECRET: ("bidang_koperasi", "rahasia"),
    Thing.FINISHED: ("bidang_usaha_mikro", ""),
}
"""Of each letter the unit that drafts it, and its secrecy."""


def _add_colleague(parts: Parts) -> None:
    unit = Unit(id=UnitId("bidang_usaha_mikro"), name="Bidang Usaha Mikro")
    post = Post(
        id=PostId("arsip_usaha_mikro"),
        name="Arsiparis Bidang Usaha Mikro",
        unit=unit.id,
        lanes=frozenset({LaneId("subbag_umum")}),
    )
    home = Agency(id=HOME, name="Dinas Koperasi dan Usaha Mikro", zone="Asia/Jakarta")
    parts.runtime.set_up(Office(agency=home, units=(unit,), posts=(post,)))
    _register(parts, HOME, Who.SAME_UNIT, post.id)


def _add_agency(parts: Parts) -> None:
    unit = Unit(id=UnitId("sekretariat"), name="Sekretariat")
    lanes = ("kepala_dinas", "sekretariat_bidang", "subbag_umum", "caraka", "sekretaris")
    post = Post(
        id=PostId("serba_bisa"),
        name="Serba bisa",
        unit=unit.id,
        lanes=frozenset(map(LaneId, lanes)),
    )
    abroad = Agency(id=ABROAD, name="Dinas Lain", zone="Asia/Makassar")
    parts.runtime.set_up(Office(agency=abroad, units=(unit,), posts=(post,)))
    for package in list_packages("pasuruan"):
        parts.runtime.deploy(package, agency=ABROAD, by=BY)
    _register(parts, ABROAD, Who.FOREIGN_STAFF, post.id)
    _register(parts, ABROAD, Who.FOREIGN_ADMIN, role=Role.ADMINISTRATOR)


def _register(
    parts: Parts, agency: AgencyId, who: Who, *posts: PostId, role: Role = Role.STAFF
) -> None:
    registration = Registration(
        person=PersonId(parts.ids.new()),
        agency=agency,
        login=LOGINS[who],
        name=LOGINS[who].title(),
        posts=posts,
        roles=frozenset({role}),
        password_hash=NO_PASSWORD,
    )
    parts.runtime.register(registration, by=BY)


def _letter(app: Flask, unit: str, secrecy: str, thing: Thing) -> dict[str, str]:
    """Let the head ask for a letter, and the clerk do as much of it as the thing says; give its ids."""
    head, clerk = _desk(app, Who.HEAD), _desk(app, Who.LANE)
    start = head.start("Pelayanan Surat Keluar")
    head.send(start, {**FIRST_REQUEST, "unit_pembuat": unit, "sifat": secrecy})
    case = start.path.removeprefix("/tugas/").partition("-")[0]
    parts = parts_of(app)
    asked = "SELECT id FROM user_tasks WHERE instance_id = ? AND element = 'buat_draf'"
    task = parts.database.read(lambda c: c.exec_driver_sql(asked, (case,)).scalar_one())
    page = clerk.get(f"/tugas/{task}")
    if thing is Thing.MINE:
        clerk.post(f"/tugas/{task}/ambil", page.form("/ambil"))
    if thing is Thing.FINISHED:
        clerk.send(page, {**DRAFTED, "draf_surat": pdf()})
        stop = head.get(f"/perkara/{case}")
        head.post(f"/perkara/{case}/batal", {**stop.form("/batal"), "alasan": "Batal."})
    return {"case_id": case, "task_id": str(task)}


def _desk(app: Flask, who: Who) -> Caller:
    parts, caller = parts_of(app), Caller(app)
    person = _person(parts, who)
    caller.client.set_cookie("alur_sesi", parts.sessions.open_session(person).token)
    return caller


def _person(parts: Parts, who: Who) -> PersonId:
    known = parts.directory.find_credentials(LOGINS[who])
    assert known is not None
    return known.person


def _sign_in(world: World, parts: Parts) -> None:
    for who in LOGINS:
        opened = parts.sessions.open_session(_person(parts, who))
        world.sessions[who], world.tokens[who] = opened.token, opened.session.csrf
    closing = "UPDATE persons SET closed_at = '2026-11-20T00:00:00.000000Z' WHERE login = ?"
    parts.database.write(lambda c: c.exec_driver_sql(closing, (LOGINS[Who.DISABLED],)).close())
    del world.tokens[Who.DISABLED]


def _other_ids(parts: Parts) -> dict[str, str]:
    """Give what stands in addresses beside cases and tasks: all of the home agency."""
    person = _person(parts, Who.OTHER_UNIT)
    notice_worker(parts).run_due()
    definition = "SELECT id FROM definitions WHERE agency_id = ? AND key LIKE '%surat_keluar'"
    begun = "SELECT held_from FROM holdings WHERE person_id = ? AND post_id = 'staf_koperasi'"
    notice = "SELECT min(id) FROM notices WHERE person_id = ?"
    return {
        "definition_id": _found(parts, definition, HOME),
        "token": make_reset(parts.database, _person(parts, Who.LANE), BY),
        "person_id": person,
        "post_id": "staf_koperasi",
        "unit_id": "bidang_koperasi",
        "begun": _found(parts, begun, person),
        "notice_id": _found(parts, notice, _person(parts, Who.LANE)),
        "job_id": _failed_job(parts),
        "number_id": _letter_number(parts),
        "decision_id": _decision(parts),
    }


def _found(parts: Parts, query: str, *values: str) -> str:
    return str(parts.database.read(lambda c: c.exec_driver_sql(query, values).scalar_one()))


def _decision(parts: Parts) -> str:
    """Put a decision in force."""
    files = {"nilai.dmn": dmn(table())}
    (stored,) = parts.runtime.put_in_force(files, agency=HOME, by=BY).decisions.new
    return stored.id


def _letter_number(parts: Parts) -> str:
    """Let the clerk take a number by hand."""
    person = _person(parts, Who.LANE)
    clerk = SqlStore(parts.database).transact(lambda tx: tx.get_actor(person))
    asked = ByHand(
        wanted=Wanted(classification="005", unit="bidang_usaha_mikro"),
        entry=BookEntry(subject="Surat di luar Alur"),
    )
    request = RequestId(parts.ids.new())
    register = RegisterId("surat_keluar")
    return parts.runtime.reserve_by_hand(register, asked, "perlu", actor=clerk, request=request)


def _failed_job(parts: Parts) -> str:
    """Leave an e-mail that could not be sent."""
    now = parts.clock.now()
    job = Job(
        id=JobId("mail_address.matrix"),
        agency=HOME,
        kind=JobKind.MAIL_ADDRESS,
        data=b'{"to":"x"}',
        due_at=now,
        created_at=now,
    )
    parts.jobs.add(job)
    (claimed,) = parts.jobs.claim([JobKind.MAIL_ADDRESS], 1)
    parts.jobs.fail(claimed, "mail_refused", keeps_data=True)
    return job.id


@dataclass(frozen=True, kw_only=True)
class Question:
    """A route, asked of a letter if its address names one."""

    route: str
    thing: Thing | None = None

    @property
    def method(self) -> str:
        """The method."""
        return self.route.partition(" ")[0]

    @property
    def changes(self) -> bool:
        """Whether the method may change something."""
        return self.method in CHANGING

    def address(self, world: World) -> str:
        """Give the rule with its arguments filled in."""
        rule = self.route.partition(" ")[2]
        known = {**WORDS, **world.others, **(world.things[self.thing] if self.thing else {})}
        return ARGUMENT.sub(lambda found: known[found[1]], rule)

    def ask(self, world: World, app: Flask, who: Who, *, token: bool = True) -> int:
        """Send it as a caller and give the status; a form is almost empty."""
        fields = {"_request": parts_of(app).ids.new(), "_revisi": "1"}
        if self.thing:
            fields["_revisi"] = self._revision(world, app)
        if token:
            fields["_csrf"] = world.csrf(who)
        client = world.browser(app, who).client
        data = fields if self.changes else None
        return client.open(self.address(world), method=self.method, data=data).status_code

    def _revision(self, world: World, app: Flask) -> str:
        """Give the revision that the page showed: of the task, or on pages of a case the case's."""
        ids = world.things[self.thing] if self.thing else {}
        is_case = self.route.partition(" ")[2].startswith("/perkara")
        table, id_ = ("instances", ids["case_id"]) if is_case else ("user_tasks", ids["task_id"])
        return _found(parts_of(app), f"SELECT revision FROM {table} WHERE id = ?", id_)  # noqa: S608
