"""The hours of a week as one text, as they are kept and as the history says them.

A weekday is its spans with a comma between, `07.30-12.00, 13.00-16.00`, or nothing for a day off; a week is seven of them,
Monday first, with a semicolon between.
"""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission

if TYPE_CHECKING:
    from engine.calendar.work_calendar import Span, Week

WEEKDAYS = 7
MOST_SPANS = 4
"""Spans of work in one day."""

_SPAN = re.compile(
    r"([0-9]{1,2})[.:]([0-9]{2})\s*(?:[-–—]|sampai|s\.?d\.?)\s*([0-9]{1,2})[.:]([0-9]{2})"
)

_MORNING, _NOON = time(7, 30), time(12)
_USUAL_DAY = ((_MORNING, _NOON), (time(13), time(16)))
_USUAL_FRIDAY = ((_MORNING, time(11, 30)), (time(13), time(16, 30)))
USUAL_WEEK: Week = (*(_USUAL_DAY,) * 4, _USUAL_FRIDAY, (), ())
"""The hours of an office that has set none: 37.5 hours from 07.30, breaks of 60 minutes and 90 on Friday.

Sums and beginnings are those of Perpres 21/2023, article 4 (1), (3) and (5); when the breaks lie is our choice.
"""

_FASTING_DAY = ((time(8), _NOON), (time(12, 30), time(15)))
_FASTING_FRIDAY = ((time(8), time(11, 30)), (time(12, 30), time(15, 30)))
FASTING_WEEK: Week = (*(_FASTING_DAY,) * 4, _FASTING_FRIDAY, (), ())
"""The hours proposed for Ramadhan: 32.5 hours from 08.00, breaks of 30 minutes and 60 on Friday (article 4 (2), (4), (6))."""


def day_text(spans: tuple[Span, ...]) -> str:
    """Give a weekday's spans as a text, empty for a day off."""
    return ", ".join(f"{begin:%H.%M}-{end:%H.%M}" for begin, end in spans)


def week_text(week: Week) -> str:
    """Give a week as a text."""
    return ";".join(day_text(spans) for spans in week)


def read_day(text: str) -> tuple[Span, ...]:
    """Read a weekday's spans; an empty text is a day off. Raises InvalidSubmission (`hours_shape`, `hours_order`)."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    spans = tuple(_span(part, text) for part in parts)
    moments = [moment for span in spans for moment in span]
    if len(spans) > MOST_SPANS or any(a >= b for a, b in pairwise(moments)):
        raise InvalidSubmission(
            f"Expected hours one after the other, but found {text[:40]!r}",
            code="hours_order",
            given=text[:40],
        )
    return spans


def read_week(text: str) -> Week:
    """Read a week that `week_text` wrote. Raises InvalidSubmission."""
    days = text.split(";")
    if len(days) != WEEKDAYS:
        raise _unreadable(text)
    return tuple(read_day(day) for day in days)


def _span(part: str, text: str) -> Span:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise _unreadable(text)
    numbers = [int(number) for number in found.groups()]
    try:
        return time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    except ValueError as error:
        raise _unreadable(text) from error


def _unreadable(text: str) -> InvalidSubmission:
    return InvalidSubmission(
        f"Expected hours such as 07.30-12.00, but found {text[:40]!r}",
        code="hours_shape",
        given=text[:40],
    )
