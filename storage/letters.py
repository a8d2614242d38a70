"""Registers of letter numbers as rows: what a command reads with a lock, and what it writes.

The row of a sequence is locked by reading it (and made before, when nothing was taken from it yet), so those who want a
number of the same sequence come one after another; a unique constraint holds should that ever fail.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text, from_text
from engine.errors import NotFound
from engine.ids import AgencyId, InstanceId, LaneId, LetterNumberId, PersonId, RegisterId
from engine.letters.number import (
    BookEntry,
    LetterNumber,
    LetterSequence,
    NumberState,
    VoidCause,
)
from engine.letters.rule import Direction, LetterRule, Reset, Scope, Source
from engine.variables import dump, object_of
from storage.errors import Raced
from storage.tables import letter_numbers, letter_rules, letter_sequences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, RowMapping, Table

    from engine.letters.number import LetterChanges

ENTRY = tuple(each.name for each in fields(BookEntry))
"""The columns of a book entry."""

_RULES = (
    select(letter_rules)
    .where(
        letter_rules.c.agency_id == bindparam("agency"),
        letter_rules.c.register_id == bindparam("register"),
    )
    .order_by(letter_rules.c.version)
)
# the same words on both databases, which SQLAlchemy has only apart
_MAKE_SEQUENCE = text(
    "INSERT INTO letter_sequences (agency_id, register_id, period, scope, last) "
    "VALUES (:agency, :register, :in_period, :in_scope, 0) ON CONFLICT DO NOTHING"
)
_PLACE = (
    letter_sequences.c.agency_id == bindparam("agency"),
    letter_sequences.c.register_id == bindparam("register"),
    letter_sequences.c.period == bindparam("in_period"),
    letter_sequences.c.scope == bindparam("in_scope"),
)
_SEQUENCE = select(letter_sequences.c.last).where(*_PLACE).with_for_update()
_MOVE_SEQUENCE = (
    update(letter_sequences)
    .where(*_PLACE, letter_sequences.c.last < bindparam("to"))
    .values(last=bindparam("to"))
)
_NUMBER = select(letter_numbers).where(letter_numbers.c.id == bindparam("number"))
_OF_CASE = (
    select(letter_numbers)
    .where(
        letter_numbers.c.instance_id == bindparam("instance"),
        letter_numbers.c.state != NumberState.VOIDED,
    )
    .order_by(letter_numbers.c.taken_at, letter_numbers.c.register_id, letter_numbers.c.ordinal)
)
_BOOKED = select(
    exists().where(
        letter_numbers.c.agency_id == bindparam("agency"),
        letter_numbers.c.register_id == bindparam("register"),
        letter_numbers.c.period == bindparam("period"),
        letter_numbers.c.number == bindparam("number"),
        text("state <> 'voided'"),  # word for word as the index says it
    )
)
_LAST_DAY = select(func.max(letter_numbers.c.taken_on)).where(
    letter_numbers.c.agency_id == bindparam("agency"),
    letter_numbers.c.register_id == bindparam("register"),
)
_CHANGE = update(letter_numbers).where(
    letter_numbers.c.id == bindparam("old_id"),
    letter_numbers.c.revision == bindparam("old_revision"),
)


class SqlLetters:
    """Registers on one connection; see `engine.letters.port.Letters`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_rules(self, agency: AgencyId, register: RegisterId) -> tuple[LetterRule, ...]:
        """Give all versions of a register's rule, oldest first."""
        asked = {"agency": agency, "register": register}
        rows = self._connection.execute(_RULES, asked).mappings()
        return tuple(rule_of_row(row) for row in rows)

    def get_sequence(
        self, agency: AgencyId, register: RegisterId, period: str, scope: str
    ) -> LetterSequence:
        """Give a sequence, locked; one that nothing was taken from yet has `last` 0."""
        place = _place(agency, register, period, scope)
        self._connection.execute(_MAKE_SEQUENCE, place)
        last = self._connection.execute(_SEQUENCE, place).scalar_one()
        return LetterSequence(
            agency=agency, register=register, period=period, scope=scope, last=last
        )

    def get_number(self, number: LetterNumberId) -> LetterNumber:
        """Give a number. Raises NotFound."""
        row = self._connection.execute(_NUMBER, {"number": number}).mappings().first()
        if row is None:
            raise NotFound(
                f"Expected a letter number {number!r}, but there is none",
                code="not_found",
                what="letter_number",
            )
        return number_of_row(row)

    def list_of_case(self, instance: InstanceId) -> tuple[LetterNumber, ...]:
        """Give the numbers of a case that are not voided, oldest first."""
        rows = self._connection.execute(_OF_CASE, {"instance": instance}).mappings()
        return tuple(number_of_row(row) for row in rows)

    def is_booked(self, agency: AgencyId, register: RegisterId, period: str, number: str) -> bool:
        """Tell whether a number that is not voided reads like this in the period."""
        asked = {"agency": agency, "register": register, "period": period, "number": number}
        return bool(self._connection.execute(_BOOKED, asked).scalar_one())

    def find_last_day(self, agency: AgencyId, register: RegisterId) -> date | None:
        """Give the day on which the register's newest number was taken."""
        asked = {"agency": agency, "register": register}
        last: str | None = self._connection.execute(_LAST_DAY, asked).scalar_one()
        return None if last is None else date.fromisoformat(last)

    def save(self, changes: LetterChanges) -> None:
        """Write what a command did. Raises Raced for what another command did first."""
        for rule in changes.rules:
            self._add(letter_rules, row_of_rule(rule), "letter_rule_changed", rule.register)
        for each in changes.sequences:
            place = _place(each.agency, each.register, each.period, each.scope)
            if self._connection.execute(_MOVE_SEQUENCE, {**place, "to": each.last}).rowcount != 1:
                raise _raced("letter_number_changed", each.register)
        for number in changes.numbers:
            row = row_of_number(number)
            if number.is_new:
                self._add(letter_numbers, row, "letter_number_changed", number.number)
                continue
            old = {"old_id": number.id, "old_revision": number.revision - 1}
            if self._connection.execute(_CHANGE, {**old, **row}).rowcount != 1:
                raise _raced("letter_number_changed", number.number)

    def _add(self, table: Table, row: Mapping[str, object], code: str, what: str) -> None:
        try:
            self._connection.execute(insert(table), [row])
        except IntegrityError as error:
            raise _raced(code, what) from error


def _place(agency: AgencyId, register: RegisterId, period: str, scope: str) -> dict[str, object]:
    return {"agency": agency, "register": register, "in_period": period, "in_scope": scope}


def row_of_rule(rule: LetterRule) -> dict[str, object]:
    """Give all columns of a rule."""
    return {
        "agency_id": rule.agency,
        "register_id": rule.register,
        "version": rule.version,
        "name": rule.name,
        "direction": rule.direction,
        "source": rule.source,
        "scope": rule.scope,
        "reset": rule.reset,
        "start": rule.start,
        "width": rule.width,
        "pattern": rule.pattern,
        "codes": dump(dict(rule.codes)),
        "lanes": " ".join(sorted(rule.lanes)),
        "valid_from": rule.valid_from.isoformat(),
    }


def rule_of_row(row: RowMapping) -> LetterRule:
    """Read a rule."""
    return LetterRule(
        agency=AgencyId(row["agency_id"]),
        register=RegisterId(row["register_id"]),
        version=row["version"],
        name=row["name"],
        direction=Direction(row["direction"]),
        source=Source(row["source"]),
        scope=Scope(row["scope"]),
        reset=Reset(row["reset"]),
        start=row["start"],
        width=row["width"],
        pattern=row["pattern"],
        codes={unit: str(code) for unit, code in object_of(row["codes"]).items()},
        lanes=frozenset(map(LaneId, row["lanes"].split())),
        valid_from=date.fromisoformat(row["valid_from"]),
    )


def row_of_number(number: LetterNumber) -> dict[str, object]:
    """Give all columns of a number."""
    return {
        "id": number.id,
        "agency_id": number.agency,
        "register_id": number.register,
        "rule_version": number.rule,
        "period": number.period,
        "ordinal": number.ordinal,
        "scope": number.scope,
        "sequence": number.sequence,
        "number": number.number,
        "state": number.state,
        "classification": number.classification,
        "unit_id": number.unit,
        "taken_on": number.taken_on.isoformat(),
        "taken_at": as_text(number.taken_at),
        "taken_by": number.taken_by,
        "taken_by_name": number.taken_by_name,
        "changed_at": as_text(number.changed_at),
        "reason": number.reason,
        "instance_id": number.instance,
        "home": number.home,
        "field": number.field,
        "void_cause": number.void_cause or "",
        "void_reason": number.void_reason,
        "revision": number.revision,
        **asdict(number.entry),
    }


def number_of_row(row: RowMapping) -> LetterNumber:
    """Read a number."""
    case, cause = row["instance_id"], row["void_cause"]
    return LetterNumber(
        id=LetterNumberId(row["id"]),
        agency=AgencyId(row["agency_id"]),
        register=RegisterId(row["register_id"]),
        rule=row["rule_version"],
        period=row["period"],
        ordinal=row["ordinal"],
        scope=row["scope"],
        sequence=row["sequence"],
        number=row["number"],
        state=NumberState(row["state"]),
        classification=row["classification"],
        unit=row["unit_id"],
        taken_on=date.fromisoformat(row["taken_on"]),
        taken_at=from_text(row["taken_at"]),
        taken_by=PersonId(row["taken_by"]),
        taken_by_name=row["taken_by_name"],
        changed_at=from_text(row["changed_at"]),
        entry=BookEntry(**{name: row[name] for name in ENTRY}),
        reason=row["reason"],
        instance=InstanceId(case) if case else None,
        home=row["home"],
        field=row["field"],
        void_cause=VoidCause(cause) if cause else None,
        void_reason=row["void_reason"],
        revision=row["revision"],
    )


def _raced(code: str, what: str) -> Raced:
    return Raced(
        f"Expected {what} as it was read, but another command was first", code=code, number=what
    )
