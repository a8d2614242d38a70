"""What is painted over a drawing: where a case is and which way it came, or what the gate says of each element."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """What has become of an element in a case, or would become of it; the value is its CSS class."""

    ACTIVE = "active"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    RUNS = "runs"
    WARNED = "warned"
    MAP_ONLY = "map-only"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is said of an element elsewhere on the page, under a number: the element `id` leads to `href`."""

    number: int
    id: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The state of elements, how often they were entered, how often flows were taken, what is said of them; ids that are not drawn are ignored."""

    states: Mapping[str, State] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    taken: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
