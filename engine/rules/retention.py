"""How long cases of a process are to be kept (`camunda:historyTimeToLive`) is a number of days or an ISO 8601 duration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.calendar import InvalidDuration, read_duration
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

LONGEST = 60
"""Characters of a text that are said again."""

_DAYS = re.compile(r"[0-9]{1,6}")


def check(checked: Checked) -> Iterator[Finding]:
    """Find a time to live that can't be read; it is only shown, so that is a warning."""
    text = checked.process.retention
    if text and not _DAYS.fullmatch(text) and not _is_duration(text):
        process = checked.process
        place = (process.key, process.name, process.line)
        yield checked.at(Severity.WARNING, "retention_wrong", *place, text=text[:LONGEST])


def _is_duration(text: str) -> bool:
    try:
        return read_duration(text).is_dated
    except InvalidDuration:
        return False
