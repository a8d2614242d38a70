"""What a case waits for besides people, and what came: timers, messages, signals, work done elsewhere, incidents.

`token` is the token that waits and `element` the event that the drawing shows for it: for a boundary event that of the
activity it is attached to. When the token leaves its element, all its waits are over without a further event.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerScheduled(HistoryEvent):
    """A timer runs, until `due` (UTC). `length` is as it was evaluated; `is_setting` tells that it is the office's own.

    `left` is how often it comes after this time, -1 without end.
    """

    type: ClassVar[str] = "timer_scheduled"
    token: int
    element: str
    due: str
    length: str
    left: int = 0
    is_setting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(HistoryEvent):
    """The moment `due` had come; `missed` further ones of its cycle had gone by meanwhile and were skipped."""

    type: ClassVar[str] = "timer_fired"
    token: int
    element: str
    due: str
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAwaited(HistoryEvent):
    """The token waits for a message of this name and key."""

    type: ClassVar[str] = "message_awaited"
    token: int
    element: str
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(HistoryEvent):
    """The message came: from another case (`sender`), or recorded by an officer on behalf of who wrote it."""

    type: ClassVar[str] = "message_received"
    token: int
    element: str
    name: str
    key: str = ""
    sender: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(HistoryEvent):
    """The case threw a message; who takes it is in that case's history."""

    type: ClassVar[str] = "message_sent"
    token: int
    element: str
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAwaited(HistoryEvent):
    """The token waits for a signal of this name."""

    type: ClassVar[str] = "signal_awaited"
    token: int
    element: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReceived(HistoryEvent):
    """The signal came, thrown by the case `sender`."""

    type: ClassVar[str] = "signal_received"
    token: int
    element: str
    name: str
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalSent(HistoryEvent):
    """The case threw a signal."""

    type: ClassVar[str] = "signal_sent"
    token: int
    element: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRequested(HistoryEvent):
    """The token waits for work that no person does from the inbox: a connector's, or a worker's outside."""

    type: ClassVar[str] = "work_requested"
    token: int
    element: str
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCompleted(HistoryEvent):
    """The work is done: by a connector, by the worker named, or outside as an officer reported for a reason."""

    type: ClassVar[str] = "work_completed"
    token: int
    element: str
    topic: str
    worker: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised(HistoryEvent):
    """Something can't go on without a person; `code` is the reason, `told` what an outside system said."""

    type: ClassVar[str] = "incident_raised"
    incident: str
    token: int
    element: str
    code: str
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(HistoryEvent):
    """The incident is over (`engine.incident.Resolution`)."""

    type: ClassVar[str] = "incident_resolved"
    incident: str
    how: str
    reason: str = ""
