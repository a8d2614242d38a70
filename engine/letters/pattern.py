"""The pattern of a letter number: plain text with placeholders, such as `{klasifikasi}/{nomor}/{unit}/{bulan_romawi}/{tahun}`.

Month and year are those of the day on which the number is taken. A classification and a unit's code have letters, digits,
points and hyphens only; so what stands between them and the number can't be taken for a part of them, and two numbers of
one book never read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

LONGEST = 200
"""Characters of a pattern."""

LONGEST_CODE = 60
"""Characters of a classification or of a unit's code."""

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*")
"""What a classification or a unit's code looks like: `000.8.3.3`, `KP.07-6`."""

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_PART = re.compile(r"\{([^{}]*)\}|([^{}]+)|[{}]")
_OF_A_CODE = re.compile(r"[A-Za-z0-9.\-]*")


class Placeholder(StrEnum):
    """What a pattern can name; the word stands in braces."""

    NUMBER = "nomor"
    CLASSIFICATION = "klasifikasi"
    UNIT = "unit"
    MONTH = "bulan"
    ROMAN_MONTH = "bulan_romawi"
    YEAR = "tahun"


VARIED = frozenset({Placeholder.CLASSIFICATION, Placeholder.UNIT})
"""Placeholders of any length."""


class PatternCode(StrEnum):
    """What can be wrong with a pattern; its sentence is in `web/letter_words.py`."""

    EMPTY = "pattern_empty"
    LONG = "pattern_long"  # limit
    CONTROL = "pattern_control"
    BRACE = "pattern_brace"
    UNKNOWN = "pattern_unknown"  # name
    NUMBER_MISSING = "pattern_number_missing"
    NUMBER_TWICE = "pattern_number_twice"
    SEPARATOR = "pattern_separator"  # name
    SCOPE_MISSING = "pattern_scope_missing"  # name


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternProblem:
    """One thing wrong with a pattern."""

    code: PatternCode
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A pattern in its parts, texts and placeholders in order."""

    parts: tuple[str | Placeholder, ...]

    def names(self, placeholder: Placeholder) -> bool:
        """Tell whether the pattern has this placeholder."""
        return placeholder in [part for part in self.parts if isinstance(part, Placeholder)]

    def fill(self, values: Mapping[Placeholder, str]) -> str:
        """Give the text with each placeholder's value. Raises KeyError for a value that is not given."""
        return "".join(values[p] if isinstance(p, Placeholder) else p for p in self.parts)


def read_pattern(text: str) -> Pattern:
    """Read a pattern that `problems_of` finds nothing wrong with. Raises ValueError for an unknown placeholder."""
    return Pattern(parts=tuple(_parts(text)))


def day_values(day: date) -> dict[Placeholder, str]:
    """Give what the day of taking fills in."""
    return {
        Placeholder.MONTH: f"{day.month:02}",
        Placeholder.ROMAN_MONTH: ROMAN_MONTHS[day.month - 1],
        Placeholder.YEAR: str(day.year),
    }


def problems_of(text: str, told_apart: Placeholder | None) -> tuple[PatternProblem, ...]:
    """Give everything wrong with a pattern whose sequences are told apart by a placeholder (None: one for the book)."""
    rough = tuple(_rough(text))
    if rough:
        return rough
    pattern = read_pattern(text)
    found = list(_numbers(pattern))
    if told_apart is not None and not pattern.names(told_apart):
        found.append(_problem(PatternCode.SCOPE_MISSING, name=told_apart))
    found += [_problem(PatternCode.SEPARATOR, name=name) for name in _too_near(pattern)]
    return tuple(found)


def _parts(text: str) -> Iterator[str | Placeholder]:
    for part in _PART.finditer(text):
        yield part[2] if part[1] is None else Placeholder(part[1])


def _rough(text: str) -> Iterator[PatternProblem]:
    if not text.strip():
        yield _problem(PatternCode.EMPTY)
    if len(text) > LONGEST:
        yield _problem(PatternCode.LONG, limit=str(LONGEST))
    if not text.isprintable() or text != text.strip():
        yield _problem(PatternCode.CONTROL)
    for part in _PART.finditer(text):
        if part[1] is None and part[2] is None:
            yield _problem(PatternCode.BRACE)
        elif part[1] is not None and part[1] not in list(Placeholder):
            yield _problem(PatternCode.UNKNOWN, name=part[1][:40])


def _numbers(pattern: Pattern) -> Iterator[PatternProblem]:
    count = pattern.parts.count(Placeholder.NUMBER)
    if count == 0:
        yield _problem(PatternCode.NUMBER_MISSING)
    elif count > 1:
        yield _problem(PatternCode.NUMBER_TWICE)


def _too_near(pattern: Pattern) -> list[Placeholder]:
    """Give the placeholders of any length that only what could be part of them keeps from the number."""
    places = [(i, p) for i, p in enumerate(pattern.parts) if isinstance(p, Placeholder)]
    near: list[Placeholder] = []
    for (i, one), (j, other) in pairwise(places):
        between = "".join(str(part) for part in pattern.parts[i + 1 : j])
        varied = {one, other} & VARIED
        if Placeholder.NUMBER in (one, other) and varied and _OF_A_CODE.fullmatch(between):
            near += varied
    return near


def _problem(code: PatternCode, **params: str) -> PatternProblem:
    return PatternProblem(code=code, params=params)
