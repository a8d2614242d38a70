"""What happens to letter numbers: in the chain of the case that they belong to, else in the agency's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumberReserved(HistoryEvent):
    """The next number of a register was taken, for the variable `field` of the case, or by hand for a reason.

    `sequence` is its integer in the sequence `sequence_of` (a classification or unit, empty for the whole register) of the
    period, `ordinal` its line in the book, `rule` the version of the register's rule.
    """

    type: ClassVar[str] = "letter_number_reserved"
    id: str
    register: str
    rule: int
    ordinal: int
    sequence: int
    number: str
    period: str = ""
    sequence_of: str = ""
    field: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumberConfirmed(HistoryEvent):
    """The letter was signed (or came in), and its number is final."""

    type: ClassVar[str] = "letter_number_confirmed"
    id: str
    register: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumberVoided(HistoryEvent):
    """The number can't be used any more; it stays in the book. `cause`: by_hand, case_cancelled or replaced."""

    type: ClassVar[str] = "letter_number_voided"
    id: str
    register: str
    number: str
    cause: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRuleChanged(HistoryEvent):
    """A register was set up, or its letters are numbered by another rule from a day on (agency chain).

    `codes` are units and their codes as `unit=code`.
    """

    type: ClassVar[str] = "letter_rule_changed"
    register: str
    version: int
    name: str
    direction: str
    source: str
    sequence_of: str
    reset: str
    start: int
    width: int
    pattern: str
    valid_from: str
    codes: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
