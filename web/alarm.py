"""Wakes the workers of this process when a job was written, so that they don't wait until they look again."""

from __future__ import annotations

import threading


class Alarm:
    """Rings for everybody who listens; a ring while one works is heard at the next wait."""

    def __init__(self) -> None:
        self._ears: list[threading.Event] = []

    def listen(self) -> threading.Event:
        """Give an event that is set at each ring from now on; its owner clears it."""
        ear = threading.Event()
        self._ears.append(ear)
        return ear

    def ring(self) -> None:
        """Wake everybody who listens."""
        for ear in self._ears:
            ear.set()
