"""A letter number and its life: reserved, confirmed when the letter is signed, or voided with a reason.

Every integer of a sequence has exactly one number, whatever became of it; so a sequence has no gaps and no doubles.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.errors import WrongState

if TYPE_CHECKING:
    from datetime import date, datetime

    from engine.ids import AgencyId, InstanceId, LetterNumberId, PersonId, RegisterId
    from engine.letters.rule import LetterRule


class NumberState(StrEnum):
    """Where a letter number stands."""

    RESERVED = "reserved"
    CONFIRMED = "confirmed"
    VOIDED = "voided"


TRANSITIONS: dict[NumberState, frozenset[NumberState]] = {
    NumberState.RESERVED: frozenset({NumberState.CONFIRMED, NumberState.VOIDED}),
    NumberState.CONFIRMED: frozenset({NumberState.VOIDED}),
    NumberState.VOIDED: frozenset(),
}


class VoidCause(StrEnum):
    """How a number came to be voided."""

    BY_HAND = "by_hand"
    CASE_CANCELLED = "case_cancelled"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """What the agenda book says of a letter beside its number; days are ISO 8601 texts, everything may be empty.

    `party` is whom an outgoing letter goes to or where an incoming one comes from; `their_number` is the number that an
    incoming letter brought along, `meant_for` the units it is passed on to.
    """

    subject: str = ""
    party: str = ""
    summary: str = ""
    their_number: str = ""
    letter_date: str = ""
    received_on: str = ""
    meant_for: str = ""
    sent_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumber:
    """One line of a register.

    `ordinal` is its line number in the book of the period, `sequence` its integer in its sequence (the same thing where the
    register has one sequence). `number` is the text that stands on the letter. `taken_on` is the day in the office. A number
    of a case names its variable (`field`) and the scope of the process it belongs to (`home`); one taken by hand has a
    reason instead. `revision` counts the changes.
    """

    id: LetterNumberId
    agency: AgencyId
    register: RegisterId
    rule: int
    period: str
    ordinal: int
    scope: str
    sequence: int
    number: str
    state: NumberState
    classification: str
    unit: str
    taken_on: date
    taken_at: datetime
    taken_by: PersonId
    taken_by_name: str
    changed_at: datetime
    entry: BookEntry = field(default_factory=BookEntry)
    reason: str = ""
    instance: InstanceId | None = None
    home: int = 0
    field: str = ""
    void_cause: VoidCause | None = None
    void_reason: str = ""
    revision: int = 1

    @property
    def is_new(self) -> bool:
        """Whether no store has it yet."""
        return self.revision == 1

    def confirmed(self, at: datetime) -> LetterNumber:
        """Give the number as it is once its letter is signed. Raises WrongState."""
        return self._moved(NumberState.CONFIRMED, at)

    def voided(self, cause: VoidCause, reason: str, at: datetime) -> LetterNumber:
        """Give the number as it is once it can't be used any more. Raises WrongState."""
        return replace(self._moved(NumberState.VOIDED, at), void_cause=cause, void_reason=reason)

    def _moved(self, state: NumberState, at: datetime) -> LetterNumber:
        if state not in TRANSITIONS[self.state]:
            raise WrongState(
                f"Expected a number that can be {state}, but {self.id} is {self.state}",
                code="letter_number_voided"
                if self.state is NumberState.VOIDED
                else "letter_number_confirmed",
                number=self.number,
            )
        return replace(self, state=state, changed_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSequence:
    """How far a sequence of a register is: `last` is the integer given last, 0 before the first."""

    agency: AgencyId
    register: RegisterId
    period: str
    scope: str
    last: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChanges:
    """What a command does to registers: numbers new (revision 1) or changed (one more than stored), sequences, rules."""

    numbers: tuple[LetterNumber, ...] = ()
    sequences: tuple[LetterSequence, ...] = ()
    rules: tuple[LetterRule, ...] = ()


NO_LETTERS = LetterChanges()
