"""Numbers taken by hand, for letters outside the processes: what is said of the letter, and what is wrong with that."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING

from engine.form.problem import FieldCode, FieldProblem
from engine.letters.number import BookEntry
from engine.letters.taking import Wanted, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 2_000
"""Characters of each text."""

DAYS = frozenset({"letter_date", "received_on", "sent_on"})
"""The fields of an entry that are days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A number that is wanted by hand: for which letter, and why it does not come from a process."""

    wanted: Wanted = field(default_factory=Wanted)
    entry: BookEntry = field(default_factory=BookEntry)


def expect_entry(entry: BookEntry) -> None:
    """Raise InvalidSubmission with everything that is wrong with an entry; names are those of its fields."""
    if found := tuple(list_problems(entry)):
        raise refused(*found)


def list_problems_of_reason(reason: str) -> Iterator[FieldProblem]:
    """Give what is wrong with the reason for a number by hand."""
    if not reason:
        yield FieldProblem(code=FieldCode.REQUIRED, name="reason")
    elif len(reason) > LONGEST:
        params = {"limit": str(LONGEST), "length": str(len(reason))}
        yield FieldProblem(code=FieldCode.TEXT_LONG, name="reason", params=params)


def list_problems(entry: BookEntry) -> Iterator[FieldProblem]:
    """Give what is wrong with an entry; names are those of its fields."""
    if not entry.subject:
        yield FieldProblem(code=FieldCode.REQUIRED, name="subject")
    for each in fields(entry):
        text = str(getattr(entry, each.name))
        if len(text) > LONGEST:
            params = {"limit": str(LONGEST), "length": str(len(text))}
            yield FieldProblem(code=FieldCode.TEXT_LONG, name=each.name, params=params)
        elif not text.replace("\n", " ").isprintable():
            yield FieldProblem(code=FieldCode.TEXT_CONTROL, name=each.name)
        elif each.name in DAYS and text and not _is_day(text):
            params = {"text": text[:40]}
            yield FieldProblem(code=FieldCode.DATE_INVALID, name=each.name, params=params)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
