"""What an office sets where no document gives a number: of the agency's own chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.history.event import HistoryEvent

if TYPE_CHECKING:
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeValueChanged(HistoryEvent):
    """The number that the office has set for a process (by key) under a name; null: it is not set, or was not before."""

    type: ClassVar[str] = "office_value_changed"
    process: str
    name: str
    label: str
    value: Value = None
    previous: Value = None
    reason: str
