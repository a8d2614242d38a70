"""What an office decides about waits whose length no document states: of the agency's own chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLengthChanged(HistoryEvent):
    """The office's own length (ISO 8601) of a wait of a process, at an element; empty: the drawn one holds again.

    `name` is that of the step at which the case waits.
    """

    type: ClassVar[str] = "wait_length_changed"
    process: str
    element: str
    name: str
    length: str
    previous: str
