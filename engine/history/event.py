"""The root of all events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEvent:
    """Root of all events; `type` is the public name."""

    type: ClassVar[str]
