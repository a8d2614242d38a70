"""Twelve people's desks on one day, and what each of them looks at in between: the bell, the counts, the calendar."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

ZONE = ZoneInfo("Asia/Jakarta")
BELL_RINGS_WITHIN = 10_000
"""Milliseconds in which the worker has told; it is woken at once, but the machine may be busy."""


class Office:
    """The desks of everybody who came in today: `office["umum"]` sits down at the first asking."""

    def __init__(self, open_desk: OpenDesk) -> None:
        self._open = open_desk
        self._desks: dict[str, Desk] = {}
        self.numbers: dict[str, str] = {}

    def __getitem__(self, login: str) -> Desk:
        """Give the desk of this person."""
        if login not in self._desks:
            self._desks[login] = self._open(login)
        return self._desks[login]

    @property
    def present(self) -> set[str]:
        """Who has sat down."""
        return set(self._desks)


def in_days(days: int) -> str:
    """Give a day from today on in the office's zone, as a date field takes it."""
    return (SystemClock().now().astimezone(ZONE) + timedelta(days=days)).date().isoformat()


def counted(desk: Desk, tab: str) -> int:
    """Give the number that a tab of *Tugas saya* carries, after seeing that the list has as many lines."""
    desk.follow("Tugas saya")
    desk.page.locator("nav.tabs a", has_text=tab).click()
    number = int(desk.page.locator("nav.tabs a[aria-current] .count").inner_text())
    lines = desk.page.locator("table.tasks a.title").count()
    assert lines == min(number, 25), desk.text
    if number:
        assert f"dari {number} tugas" in desk.text
    return number


def bell(desk: Desk) -> str:
    """Wait until the bell rings, and give what the page of notices says."""
    for _ in range(100):
        desk.follow("Tugas saya")
        if re.search(r"\d", desk.page.locator("a.bell").inner_text()):
            break
        desk.page.wait_for_timeout(BELL_RINGS_WITHIN / 100)
    desk.page.locator("a.bell").click()
    return desk.text
