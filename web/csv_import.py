"""Persons and their posts from a CSV file: every line is understood and checked before any is taken.

Separated by `;` or `,` (or tabs), UTF-8 with or without BOM, as Excel writes it. What a line may do is decided by the same
functions as everywhere (`engine.office`), applied one line after the other.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.actor import Acting, Role, title_of
from engine.errors import CommandRejected, InvalidSubmission
from engine.office import NO_PASSWORD, Holding, Roster, after
from engine.office.holdings import start_holding
from engine.office.people import expect_open, register
from engine.office.texts import login_of, name_of
from engine.store import Registration
from web.csv_rows import BEYOND, list_rows
from web.days import beginning, ending
from web.i18n import _
from web.office_view import ROLE_NAMES, period_words
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from engine.ids import PersonId, PostId

FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet would compute (ASVS 5.0, 1.2.10)."""

_ROLES = {name.lower(): role for role, name in ROLE_NAMES.items()}
_ACTING = {"": None, "definitif": None, "plh": Acting.PLH, "plt": Acting.PLT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """In which office a file is read, and when; `new_id` gives a new person's id by login."""

    roster: Roster
    now: datetime
    zone: ZoneInfo
    new_id: Callable[[str], PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the file: what was understood, and what is wrong with it."""

    number: int
    login: str
    name: str
    understood: tuple[str, ...] = ()
    problem: str = ""
    registration: Registration | None = None
    holding: Holding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a file would do; `problem` is what is wrong with the file itself."""

    lines: tuple[Line, ...] = ()
    problem: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the whole file can be taken."""
        return bool(self.lines) and not self.problem and not self.bad

    @property
    def bad(self) -> tuple[Line, ...]:
        """The lines with something wrong."""
        return tuple(line for line in self.lines if line.problem)

    @property
    def registrations(self) -> tuple[Registration, ...]:
        """The new persons."""
        return tuple(line.registration for line in self.lines if line.registration)

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """The posts that begin."""
        return tuple(line.holding for line in self.lines if line.holding)


def read_people(text: str, setting: Setting) -> Report:
    """Say of each line what it would do and what is wrong with it; nothing is changed."""
    try:
        rows = list(list_rows(text))
    except InvalidSubmission as error:
        return Report(problem=explain(error))
    reading = _Reading(setting=setting, roster=setting.roster)
    return Report(lines=tuple(reading.line(number, cells) for number, cells in rows))


@dataclass(kw_only=True, slots=True)
class _Reading:
    """The roster as it would be after the lines so far."""

    setting: Setting
    roster: Roster
    named: dict[str, str] = field(default_factory=dict)

    def line(self, number: int, cells: Mapping[str, str]) -> Line:
        """Understand one line; one with a mistake changes nothing."""
        shown = Line(number=number, login=cells["nama_masuk"][:64], name=cells["nama"][:200])
        try:
            return self._understood(shown, cells)
        except CommandRejected as error:
            sentence = explain(error, self.setting.zone.key)
            return Line(number=number, login=shown.login, name=shown.name, problem=sentence)

    def _understood(self, shown: Line, cells: Mapping[str, str]) -> Line:
        _expect_plain(cells)
        login = login_of(cells["nama_masuk"].lower())
        known = self.roster.find_login(login)
        told: list[str] = []
        roster, registration = self.roster, None
        if known is None:
            registration = self._registration(login, cells)
            roster = after(roster, register(roster, registration))
            told.append(_("akun baru: {roles}").format(roles=_role_words(registration.roles)))
        else:
            expect_open(known)
            _expect_same(known.name, cells)
            told.append(_("pegawai sudah ada"))
        person = roster.find_login(login)
        holding = None
        if cells["jabatan"] and person is not None:
            holding = self._holding(person.id, cells)
            roster = after(roster, start_holding(roster, holding))
            told.append(_holding_words(roster, holding))
        self.roster = roster
        return Line(
            number=shown.number,
            login=login,
            name=person.name if person else shown.name,
            understood=tuple(told),
            registration=registration,
            holding=holding,
        )

    def _registration(self, login: str, cells: Mapping[str, str]) -> Registration:
        return Registration(
            person=self.setting.new_id(login),
            agency=self.roster.agency,
            login=login,
            name=name_of(cells["nama"]),
            email=cells["surel"],
            posts=(),
            roles=_roles(cells["peran"]),
            password_hash=NO_PASSWORD,
        )

    def _holding(self, person: PersonId, cells: Mapping[str, str]) -> Holding:
        here, now = self.setting.zone, self.setting.now
        return Holding(
            person=person,
            post=self._post(cells["jabatan"]),
            held_from=beginning(cells["mulai"], now, here),
            held_to=ending(cells["sampai"], here),
            acting=_acting(cells["sebagai"]),
            letter=cells["nomor_surat"],
        )

    def _post(self, text: str) -> PostId:
        wanted = " ".join(text.lower().split())
        posts = [entry.post for entry in self.roster.list_posts()]
        found = [p.id for p in posts if wanted in (p.id, " ".join(p.name.lower().split()))]
        if len(found) == 1:
            return found[0]
        names = [post.name for post in posts]
        near = difflib.get_close_matches(text, names, n=1)
        raise InvalidSubmission(
            f"Expected one post, but {text!r} names {len(found)}",
            code="import_post_twice" if found else "import_post",
            given=text[:80],
            near=near[0] if near else _("lihat daftar Jabatan"),
        )


def _expect_plain(cells: Mapping[str, str]) -> None:
    if BEYOND in cells:
        raise InvalidSubmission("Expected no further cells, but found some", code="import_beyond")
    for name, cell in cells.items():
        if not cell.isprintable():
            raise InvalidSubmission(
                f"Expected printable characters in {name}", code="import_characters", column=name
            )
        if cell.startswith(FORMULA):
            raise InvalidSubmission(
                f"Expected a value in {name}, but found a formula",
                code="import_formula",
                column=name,
            )


def _expect_same(name: str, cells: Mapping[str, str]) -> None:
    """Raise InvalidSubmission for a line that calls a known person otherwise, or would change the account."""
    given = " ".join(cells["nama"].split())
    if given and given != name:
        raise InvalidSubmission(
            f"Expected {name!r}, but found {given!r}",
            code="import_other_name",
            login=cells["nama_masuk"],
            name=name,
        )
    if cells["surel"] or cells["peran"]:
        raise InvalidSubmission(
            "Expected only a post for a known person, but found more", code="import_known"
        )


def _roles(text: str) -> frozenset[Role]:
    words = [" ".join(word.split()).lower() for word in text.replace(",", "+").split("+")]
    unknown = [word for word in words if word and word not in _ROLES]
    if unknown:
        raise InvalidSubmission(
            f"Expected roles, but found {unknown}",
            code="import_role",
            given=unknown[0][:40],
            known=", ".join(ROLE_NAMES.values()),
        )
    return frozenset(_ROLES[word] for word in words if word) or frozenset({Role.STAFF})


def _acting(text: str) -> Acting | None:
    word = text.lower().rstrip(".")
    if word not in _ACTING:
        raise InvalidSubmission(
            f"Expected Plh or Plt, but found {text!r}", code="import_acting", given=text[:40]
        )
    return _ACTING[word]


def _role_words(roles: frozenset[Role]) -> str:
    return ", ".join(_(ROLE_NAMES[role]) for role in Role if role in roles)


def _holding_words(roster: Roster, holding: Holding) -> str:
    title = title_of(roster.posts[holding.post].post.name, holding.acting)
    return f"{title}, {period_words(holding)}"
