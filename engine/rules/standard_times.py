"""The mutu baku of a step (`mutu_baku.waktu`) is an ISO 8601 duration that a deadline can be counted by (DESIGN.md 5.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.calendar import InvalidDuration, read_duration
from engine.deadline import STANDARD_TIME
from engine.process import DONE_BY_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

LONGEST_YEARS = 20
"""A step may not take longer."""

_DAYS = 365


def check(checked: Checked) -> Iterator[Finding]:
    """Find times of a step that can't be read, that are nothing, and that are longer than any step takes."""
    for element in checked.process.elements.values():
        text = element.properties.get(STANDARD_TIME, "").strip()
        if not text or element.kind not in DONE_BY_PEOPLE:
            continue
        try:
            length = read_duration(text)
        except InvalidDuration:
            yield checked.error("standard_time_invalid", element, given=text[:40])
            continue
        if not (length.is_long or length.is_short):
            yield checked.error("standard_time_nothing", element)
        elif (
            length.years * _DAYS + length.months * 30 + length.weeks * 7 + length.days
            > LONGEST_YEARS * _DAYS
        ):
            yield checked.error("standard_time_long", element, limit=LONGEST_YEARS)
