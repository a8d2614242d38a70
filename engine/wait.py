"""What a token waits for besides a person: a moment, a message, a signal, work done elsewhere (BPMN 2.0.2, 10.5.4 and 13.5.3).

A wait belongs to a token and to the event that opened it: the token's own element, a boundary event attached to it, or one
of the events behind an event-based gateway. It is written in the frontier with its token (`engine.spiff.codec`), which is
the truth; rows make it found: a `Job` for a timer or for work, a `Subscription` for a message or a signal. All go by one id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import DefinitionId, InstanceId
    from engine.timer import TimerKind
    from engine.variables import Value


class WaitKind(StrEnum):
    """What is waited for."""

    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    WORK = "work"
    """Work of a service task: by one of Alur's connectors or by a worker outside (`menunggu sistem luar`)."""


ENDLESS = -1
"""How often a cycle without end still comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that a token waits for. `element` is the event (or receive or service task) that the drawing shows for it.

    `name` is that of the message or signal, or the topic of work. `key` tells which message is meant. A timer has `due_at`,
    its kind and its text as evaluated (ISO 8601 or cron), and `left`: how often it comes after this one, or ENDLESS;
    `is_setting` tells that its length is the office's own.
    """

    kind: WaitKind
    token: int
    element: str
    definition: DefinitionId
    name: str = ""
    key: str = ""
    due_at: datetime | None = None
    timer: TimerKind | None = None
    text: str = ""
    left: int = 0
    is_setting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message or signal that a case threw; it is delivered by a job after the commit."""

    kind: WaitKind
    token: int
    element: str
    name: str
    key: str
    values: dict[str, Value]


def wait_id(instance: InstanceId, token: int, element: str) -> str:
    """Give the id of a wait's job or subscription."""
    return f"{instance}-{token}-{element}"
