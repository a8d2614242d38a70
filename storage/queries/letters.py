"""Buku agenda: the registers that an actor may read, their lines, and the numbers that hang.

Who keeps a register, or oversees the office, reads its book. Of a letter whose case is secret and not the reader's, only
number and day are shown, and a search finds it by its number only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, false, func, not_, or_, select

from engine.ids import DefinitionId
from engine.letters.number import BookEntry, NumberState
from engine.letters.permission import may_keep, may_read
from engine.letters.port import find_rule
from engine.store import InstanceState
from storage.letters import SqlLetters, number_of_row, rule_of_row
from storage.queries.paging import SIZE, Page
from storage.queries.visibility import sees_case
from storage.tables import definitions, instances, letter_numbers, letter_rules, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, RowMapping, Select

    from engine.actor import Actor
    from engine.ids import AgencyId, InstanceId, LetterNumberId, RegisterId
    from engine.letters.number import LetterNumber
    from engine.letters.rule import LetterRule

MOST_LINES = 20_000
"""Lines that are printed or downloaded at once."""

_SEARCHED = ("subject", "party", "summary", "their_number", "meant_for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register as an actor sees it: all versions of its rule, oldest first, and the one that holds today, if any."""

    versions: tuple[LetterRule, ...]
    now: LetterRule | None
    may_keep: bool

    @property
    def newest(self) -> LetterRule:
        """The version that was made last, which says how the register is called and who keeps it."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookWish:
    """What is asked of a book: days (both included), a state, words that each line found has."""

    first: date
    last: date
    state: NumberState | None = None
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One line of a book as the reader sees it.

    `number.entry` is empty when the letter is secret to the reader (`is_hidden`); `can_open` says whether the reader sees
    its case.
    """

    number: LetterNumber
    case_state: InstanceState | None
    can_open: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One page of a book, newest line first."""

    page: Page
    lines: tuple[BookLine, ...]


def list_registers(connection: Connection, actor: Actor, today: date) -> tuple[Register, ...]:
    """Give the registers that the actor may read, by name."""
    query = (
        select(letter_rules)
        .where(letter_rules.c.agency_id == actor.agency)
        .order_by(letter_rules.c.register_id, letter_rules.c.version)
    )
    versions: dict[str, list[LetterRule]] = {}
    for row in connection.execute(query).mappings():
        versions.setdefault(row["register_id"], []).append(rule_of_row(row))
    found = (_register(tuple(each), actor, today) for each in versions.values())
    readable = (register for register in found if may_read(register.newest, actor))
    return tuple(sorted(readable, key=lambda r: (r.newest.name, r.newest.register)))


def find_register(
    connection: Connection, actor: Actor, register: RegisterId, today: date
) -> Register | None:
    """Give a register that the actor may read."""
    versions = SqlLetters(connection).list_rules(actor.agency, register)
    if not versions or not may_read(versions[-1], actor):
        return None
    return _register(versions, actor, today)


def find_rule_now(
    connection: Connection, agency: AgencyId, register: RegisterId, today: date
) -> LetterRule | None:
    """Give the version of a register's rule that holds today, whoever asks."""
    return find_rule(SqlLetters(connection), agency, register, today)


def list_book(
    connection: Connection, actor: Actor, register: RegisterId, wish: BookWish, number: int
) -> Book:
    """Give a page of a register's book, newest line first."""
    found = _asked(actor, register, wish)
    total = connection.execute(select(func.count()).select_from(_JOINED).where(*found)).scalar_one()
    page = Page(asked=number, total=total)
    newest = (letter_numbers.c.taken_on.desc(), letter_numbers.c.ordinal.desc())
    query = _lines(actor).where(*found).order_by(*newest).limit(SIZE).offset(page.offset)
    return Book(page=page, lines=_read(connection, query))


def list_whole_book(
    connection: Connection, actor: Actor, register: RegisterId, wish: BookWish
) -> tuple[BookLine, ...]:
    """Give all lines that are asked for (at most `MOST_LINES`) as a book has them, oldest first."""
    order = (letter_numbers.c.taken_on, letter_numbers.c.ordinal)
    query = _lines(actor).where(*_asked(actor, register, wish)).order_by(*order).limit(MOST_LINES)
    return _read(connection, query)


def list_hanging(
    connection: Connection, actor: Actor, registers: Iterable[RegisterId], number: int
) -> Book:
    """Give a page of the numbers of these registers that were reserved and are not final, oldest first."""
    found = (
        letter_numbers.c.agency_id == actor.agency,
        letter_numbers.c.state == NumberState.RESERVED.value,
        letter_numbers.c.register_id.in_(sorted(registers)),
    )
    total = connection.execute(
        select(func.count()).select_from(letter_numbers).where(*found)
    ).scalar_one()
    page = Page(asked=number, total=total)
    order = (letter_numbers.c.taken_at, letter_numbers.c.register_id, letter_numbers.c.ordinal)
    query = _lines(actor).where(*found).order_by(*order).limit(SIZE).offset(page.offset)
    return Book(page=page, lines=_read(connection, query))


def find_line(connection: Connection, actor: Actor, number: LetterNumberId) -> BookLine | None:
    """Give a number of a register that the actor may read."""
    query = _lines(actor).where(
        letter_numbers.c.id == number, letter_numbers.c.agency_id == actor.agency
    )
    lines = _read(connection, query)
    if not lines:
        return None
    versions = SqlLetters(connection).list_rules(actor.agency, lines[0].number.register)
    return lines[0] if may_read(versions[-1], actor) else None


def list_case_numbers(connection: Connection, case: InstanceId) -> tuple[LetterNumber, ...]:
    """Give the numbers of a case that are not voided, oldest first."""
    return SqlLetters(connection).list_of_case(case)


def list_units(connection: Connection, agency: AgencyId) -> Mapping[str, str]:
    """Give the names of an agency's units by id."""
    query = select(units.c.id, units.c.name).where(units.c.agency_id == agency).order_by(units.c.id)
    return {row["id"]: row["name"] for row in connection.execute(query).mappings()}


def list_in_force(connection: Connection, agency: AgencyId) -> tuple[tuple[DefinitionId, str], ...]:
    """Give the newest version of each process of an agency, and its name, by name."""
    newest = (
        select(definitions.c.key, func.max(definitions.c.version).label("version"))
        .where(definitions.c.agency_id == agency)
        .group_by(definitions.c.key)
        .subquery()
    )
    query = (
        select(definitions.c.id, definitions.c.name)
        .join(
            newest,
            and_(newest.c.key == definitions.c.key, newest.c.version == definitions.c.version),
        )
        .where(definitions.c.agency_id == agency)
        .order_by(definitions.c.name, definitions.c.key)
    )
    rows = connection.execute(query).mappings()
    return tuple((DefinitionId(row["id"]), row["name"]) for row in rows)


_JOINED = letter_numbers.outerjoin(instances, instances.c.id == letter_numbers.c.instance_id)


def _register(versions: tuple[LetterRule, ...], actor: Actor, today: date) -> Register:
    begun = [rule for rule in versions if rule.valid_from <= today]
    now = max(begun, key=lambda rule: (rule.valid_from, rule.version), default=None)
    return Register(versions=versions, now=now, may_keep=may_keep(versions[-1], actor))


def _lines(actor: Actor) -> Select[tuple[object, ...]]:
    return select(
        letter_numbers,
        instances.c.state.label("case_state"),
        _sees(actor).label("can_open"),
        _is_hidden(actor).label("is_hidden"),
    ).select_from(_JOINED)


def _sees(actor: Actor) -> ColumnElement[bool]:
    return func.coalesce(sees_case(actor), false())


def _is_hidden(actor: Actor) -> ColumnElement[bool]:
    is_secret = func.coalesce(instances.c.is_secret, 0) == 1
    return and_(is_secret, not_(_sees(actor)))


def _asked(actor: Actor, register: RegisterId, wish: BookWish) -> tuple[ColumnElement[bool], ...]:
    found = [
        letter_numbers.c.agency_id == actor.agency,
        letter_numbers.c.register_id == register,
        letter_numbers.c.taken_on >= wish.first.isoformat(),
        letter_numbers.c.taken_on <= wish.last.isoformat(),
    ]
    if wish.state is not None:
        found.append(letter_numbers.c.state == wish.state.value)
    for word in wish.search.split():
        texts = [letter_numbers.c[name].icontains(word, autoescape=True) for name in _SEARCHED]
        by_number = letter_numbers.c.number.icontains(word, autoescape=True)
        found.append(or_(by_number, and_(not_(_is_hidden(actor)), or_(*texts))))
    return tuple(found)


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[BookLine, ...]:
    return tuple(_line(row) for row in connection.execute(query).mappings())


def _line(row: RowMapping) -> BookLine:
    is_hidden, state = bool(row["is_hidden"]), row["case_state"]
    number = number_of_row(row)
    if is_hidden:
        number = replace(
            number,
            entry=BookEntry(),
            reason="",
            void_reason="",
            classification="",
            taken_by_name="",
        )
    return BookLine(
        number=number,
        case_state=InstanceState(state) if state else None,
        can_open=bool(row["can_open"]),
        is_hidden=is_hidden,
    )
