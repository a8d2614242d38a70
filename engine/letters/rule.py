"""The rule of a register (buku agenda): how its letters are numbered, from a day on.

Offices differ (findings/asks.md, nos. 54 to 58), so everything is the office's choice: one sequence for the whole register
or one a classification or unit, a new start every year or never, the width, the pattern. A rule is never changed: a new
version of it holds from its day on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission
from engine.letters.pattern import (
    CODE,
    LONGEST_CODE,
    PatternCode,
    Placeholder,
    day_values,
    problems_of,
    read_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from engine.ids import AgencyId, LaneId, RegisterId
    from engine.letters.pattern import PatternProblem

MOST_START = 999_999_999
MOST_WIDTH = 9
LONGEST_NAME = 200

REGISTER = re.compile(r"[a-z][a-z0-9_]{1,39}")
"""What the word of a register looks like: `surat_keluar`."""

TAKEN_WORDS = frozenset({"menggantung", "nomor", "baru"})
"""Words that addresses of pages use beside registers."""


class Direction(StrEnum):
    """Which letters a register books; it chooses the columns of the agenda book."""

    OUTGOING = "keluar"
    INCOMING = "masuk"
    OTHER = "lain"


class Source(StrEnum):
    """Where a register's numbers come from."""

    ALUR = "alur"
    OUTSIDE = "luar"
    """Another system (SRIKANDI) gives them; Alur books them and refuses doubles."""


class Scope(StrEnum):
    """What has a sequence of its own."""

    REGISTER = "register"
    CLASSIFICATION = "klasifikasi"
    UNIT = "unit"


class Reset(StrEnum):
    """When a sequence begins again."""

    YEARLY = "tahunan"
    NEVER = "terus"


_TOLD_APART = {Scope.CLASSIFICATION: Placeholder.CLASSIFICATION, Scope.UNIT: Placeholder.UNIT}


class RuleCode(StrEnum):
    """What can be wrong with a rule beside its pattern; its sentence is in `web/letter_words.py`."""

    REGISTER = "rule_register"
    NAME = "rule_name"  # limit
    START = "rule_start"  # limit
    WIDTH = "rule_width"  # limit
    LANES = "rule_lanes"
    CODES_MISSING = "rule_codes_missing"
    CODE_SHAPE = "rule_code_shape"  # unit
    CODE_TWICE = "rule_code_twice"  # text
    OUTSIDE_SCOPE = "rule_outside_scope"
    FROM_SHAPE = "rule_from_shape"
    FROM_PAST = "rule_from_past"
    FROM_NEW_YEAR = "rule_from_new_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProblem:
    """One thing wrong with a rule; `at` names its field."""

    at: str
    code: RuleCode | PatternCode
    params: Mapping[str, str] = field(default_factory=dict)


class InvalidRule(InvalidSubmission):
    """A rule can't hold; `problems` says everything that is wrong with it."""

    def __init__(self, problems: tuple[RuleProblem, ...]) -> None:
        found = ", ".join(f"{p.code} at {p.at}" for p in problems)
        super().__init__(
            f"Expected a rule that numbers letters, but it has: {found}", code="letter_rule_invalid"
        )
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRule:
    """One version of a register's rule.

    `start` is the first number of the sequences that begin in the year of `valid_from` (so that a paper book can be gone on
    with); in later years they begin at 1. `width` is the number of digits at least. `codes` are the units' codes for
    `{unit}`. `lanes` keep the register: their holders read the book, take numbers by hand and void them.
    """

    agency: AgencyId
    register: RegisterId
    version: int
    name: str
    direction: Direction
    source: Source
    scope: Scope
    reset: Reset
    start: int
    width: int
    pattern: str
    codes: Mapping[str, str]
    lanes: frozenset[LaneId]
    valid_from: date

    def uses(self, placeholder: Placeholder) -> bool:
        """Tell whether a number can't be made without this."""
        if self.source is Source.OUTSIDE:
            return False
        told_apart = _TOLD_APART.get(self.scope) is placeholder
        return told_apart or read_pattern(self.pattern).names(placeholder)

    def period(self, day: date) -> str:
        """Give the period of the sequences that a day belongs to: its year, or empty when they never begin again."""
        return str(day.year) if self.reset is Reset.YEARLY else ""

    def sequence_of(self, classification: str, unit: str) -> str:
        """Give the name of the sequence within its period; empty for that of the whole register."""
        return {Scope.CLASSIFICATION: classification, Scope.UNIT: unit}.get(self.scope, "")

    def first(self, day: date) -> int:
        """Give the first number of a sequence that begins on a day."""
        begins_here = self.reset is Reset.NEVER or day.year == self.valid_from.year
        return self.start if begins_here else 1

    def write(self, sequence: int, day: date, classification: str, unit: str) -> str:
        """Give the number's text."""
        return read_pattern(self.pattern).fill(
            {
                **day_values(day),
                Placeholder.NUMBER: str(sequence).zfill(self.width),
                Placeholder.CLASSIFICATION: classification,
                Placeholder.UNIT: self.codes.get(unit, ""),
            }
        )

    @property
    def counts_like(self) -> tuple[Scope, Reset, int]:
        """What sequences there are and where they begin."""
        return self.scope, self.reset, self.start


def expect_valid(rule: LetterRule) -> None:
    """Raise InvalidRule with everything that is wrong with the rule in itself."""
    if found := tuple(_problems(rule)):
        raise InvalidRule(found)


def expect_follows(
    rule: LetterRule, before: LetterRule | None, today: date, last: date | None
) -> None:
    """Raise InvalidRule when the rule can't come after the version before it.

    `last` is the day on which the register's newest number was taken. What was booked stays as it is, so a rule holds from
    today or later; and sequences are cut anew only where a year begins that has no numbers yet.
    """
    if before is None or last is None:
        return
    if rule.valid_from < today:
        raise InvalidRule((_at("valid_from", RuleCode.FROM_PAST),))
    new_year = (rule.valid_from.month, rule.valid_from.day) == (1, 1)
    if rule.counts_like != before.counts_like and not (new_year and last < rule.valid_from):
        raise InvalidRule((_at("valid_from", RuleCode.FROM_NEW_YEAR),))


def _problems(rule: LetterRule) -> Iterator[RuleProblem]:
    if not REGISTER.fullmatch(rule.register) or rule.register in TAKEN_WORDS:
        yield _at("register", RuleCode.REGISTER)
    if not 0 < len(rule.name) <= LONGEST_NAME or not rule.name.isprintable():
        yield _at("name", RuleCode.NAME, limit=str(LONGEST_NAME))
    if not 1 <= rule.start <= MOST_START:
        yield _at("start", RuleCode.START, limit=str(MOST_START))
    if not 1 <= rule.width <= MOST_WIDTH:
        yield _at("width", RuleCode.WIDTH, limit=str(MOST_WIDTH))
    if not rule.lanes:
        yield _at("lanes", RuleCode.LANES)
    if rule.source is Source.OUTSIDE:
        if rule.scope is not Scope.REGISTER:
            yield _at("scope", RuleCode.OUTSIDE_SCOPE)
        return
    yield from (_of_pattern(p) for p in problems_of(rule.pattern, _TOLD_APART.get(rule.scope)))
    yield from _code_problems(rule)


def _code_problems(rule: LetterRule) -> Iterator[RuleProblem]:
    seen: set[str] = set()
    for unit, code in rule.codes.items():
        if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            yield _at("codes", RuleCode.CODE_SHAPE, unit=unit)
        elif code in seen:
            yield _at("codes", RuleCode.CODE_TWICE, text=code)
        seen.add(code)
    if f"{{{Placeholder.UNIT}}}" in rule.pattern and not rule.codes:
        yield _at("codes", RuleCode.CODES_MISSING)


def _of_pattern(problem: PatternProblem) -> RuleProblem:
    return RuleProblem(at="pattern", code=problem.code, params=problem.params)


def _at(name: str, code: RuleCode, **params: str) -> RuleProblem:
    return RuleProblem(at=name, code=code, params=params)
