"""A clock that stands still, and ids that can be told in advance."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from engine.ids import Ids

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from engine.clock import Clock


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Give the time that the clock was last set to."""
        return self._now

    def advance(self, step: timedelta) -> None:
        """Move the clock by a step (a negative one moves it back)."""
        self._now += step

    def set(self, moment: datetime) -> None:
        """Set the clock to a moment."""
        self._now = moment


def predictable_ids(clock: Clock) -> Ids:
    """Give ids whose random part counts 1, 2, 3…, so that a test can be repeated."""
    numbers = count(1)
    return Ids(clock, lambda size: next(numbers).to_bytes(size, "big"))
