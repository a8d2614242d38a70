"""Time comes from a clock that is handed in; nothing else in Alur asks the machine for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

_LENGTH = len("2026-11-21T03:00:00.000000Z")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the time as an aware UTC datetime."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the machine's time, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where time enters


def as_text(moment: datetime) -> str:
    """Give a moment as it is kept: ISO 8601, UTC, microseconds, `2026-11-21T03:00:00.000000Z`.

    Raises ValueError for a datetime without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("Expected an aware datetime, but it has no zone")
    # a tenth of what strftime costs, and a command writes several moments
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """Read a moment written by `as_text`. Raises ValueError for any other text."""
    moment = datetime.fromisoformat(text)
    if len(text) != _LENGTH or not text.endswith("Z"):
        raise ValueError(f"Expected a moment as Alur keeps it, but found {text[:40]!r}")
    return moment
