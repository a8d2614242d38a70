"""Taking a number: always the next one of its sequence, never one between two others.

Therefore a letter can't be numbered back: one that is dated earlier gets the next number too, and the book shows both its
date and the day on which its number was taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission
from engine.form.problem import FieldCode, FieldProblem
from engine.ids import LetterNumberId
from engine.letters.number import LetterNumber, LetterSequence, NumberState
from engine.letters.pattern import CODE, LONGEST_CODE, Placeholder
from engine.letters.rule import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from engine.ids import PersonId
    from engine.letters.port import Letters
    from engine.letters.rule import LetterRule

LONGEST_NUMBER = 500
"""Characters of a number that another system gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a number is wanted for; `number` is the text that another system gave, empty where Alur numbers."""

    classification: str = ""
    unit: str = ""
    number: str = ""


class WantedIncomplete(Exception):
    """A number can't be taken for this; `at` names the field of `Wanted` that has to be mended."""

    def __init__(self, at: str, code: FieldCode, **params: str) -> None:
        super().__init__(code)
        self.at = at
        self.code = code
        self.params = params

    @property
    def problem(self) -> FieldProblem:
        """The problem in a form whose fields are called like those of `Wanted`."""
        return FieldProblem(code=self.code, name=self.at, params=self.params)


def refused(*problems: FieldProblem) -> InvalidSubmission:
    """Give the error that a form which was not filled in properly is refused with."""
    found = ", ".join(f"{p.code} at {p.name or 'the form'}" for p in problems)
    return InvalidSubmission(
        f"Expected what a letter number needs, but found: {found}",
        code="submission_invalid",
        problems=problems,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where numbers are taken: the registers, who takes them, and when; `day` is the day in the office."""

    letters: Letters
    day: date
    at: datetime
    person: PersonId
    name: str
    new_id: Callable[[], str]

    def take(
        self, rule: LetterRule, wanted: Wanted
    ) -> tuple[LetterNumber, tuple[LetterSequence, ...]]:
        """Give the next number of a register, reserved, and its sequences moved on. Raises WantedIncomplete.

        The sequences stay locked until the transaction ends, that of the whole book first.
        """
        _expect_complete(rule, wanted)
        period, first = rule.period(self.day), rule.first(self.day)
        own = rule.sequence_of(wanted.classification, wanted.unit)
        book = self._next(rule, period, "", 1 if own else first)
        sequence = self._next(rule, period, own, first) if own else book
        number = wanted.number
        if rule.source is Source.ALUR:
            number = rule.write(sequence.last, self.day, wanted.classification, wanted.unit)
        if self.letters.is_booked(rule.agency, rule.register, period, number):
            raise WantedIncomplete("number", FieldCode.LETTER_DOUBLE, number=number)
        taken = LetterNumber(
            id=LetterNumberId(self.new_id()),
            agency=rule.agency,
            register=rule.register,
            rule=rule.version,
            period=period,
            ordinal=book.last,
            scope=own,
            sequence=sequence.last,
            number=number,
            state=NumberState.RESERVED,
            classification=wanted.classification,
            unit=wanted.unit,
            taken_on=self.day,
            taken_at=self.at,
            taken_by=self.person,
            taken_by_name=self.name,
            changed_at=self.at,
        )
        return taken, (book, sequence) if own else (book,)

    def _next(self, rule: LetterRule, period: str, scope: str, first: int) -> LetterSequence:
        found = self.letters.get_sequence(rule.agency, rule.register, period, scope)
        return replace(found, last=found.last + 1 if found.last else first)


def _expect_complete(rule: LetterRule, wanted: Wanted) -> None:
    if rule.source is Source.OUTSIDE:
        _expect_number(wanted.number)
        return
    if rule.uses(Placeholder.CLASSIFICATION):
        _expect_classification(wanted.classification)
    if rule.uses(Placeholder.UNIT):
        if not wanted.unit:
            raise WantedIncomplete("unit", FieldCode.LETTER_UNIT_MISSING)
        if wanted.unit not in rule.codes:
            raise WantedIncomplete("unit", FieldCode.LETTER_UNIT_CODE, unit=wanted.unit)


def _expect_number(number: str) -> None:
    if not number:
        raise WantedIncomplete("number", FieldCode.REQUIRED)
    if len(number) > LONGEST_NUMBER:
        raise WantedIncomplete(
            "number", FieldCode.TEXT_LONG, limit=str(LONGEST_NUMBER), length=str(len(number))
        )
    if not number.isprintable():
        raise WantedIncomplete("number", FieldCode.TEXT_CONTROL)


def _expect_classification(code: str) -> None:
    if not code:
        raise WantedIncomplete("classification", FieldCode.LETTER_CLASSIFICATION_MISSING)
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise WantedIncomplete(
            "classification", FieldCode.LETTER_CLASSIFICATION_SHAPE, text=code[:LONGEST_CODE]
        )
