"""Messages and signals: who waits for one (BPMN 2.0.2, 10.5.1 and 8.4.2 correlation), and a message on its way.

A message reaches one case, the one that waits for it with the same key, or begins one; a signal reaches all that wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.ids import JobId
from engine.job import Job, JobKind
from engine.variables import dump, object_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from engine.ids import AgencyId, DefinitionId, InstanceId, LaneId, SubscriptionId
    from engine.variables import Value
    from engine.wait import WaitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A case, or without `instance` a process whose start event waits, that a message or signal of this name reaches.

    `kind` is MESSAGE or SIGNAL. `key` is what the message must carry, empty for a signal and for a start event. `element` is
    the event, `definition` the version it stands in (for a called process that one), `token` the token that waits, else 0.
    `process` is the key of the process that a start event begins, empty for a case. `lane` has the officers who may record
    an answer that came by letter, None where nobody may. `opened_at` is when the wait began.
    """

    id: SubscriptionId
    agency: AgencyId
    kind: WaitKind
    name: str
    key: str
    definition: DefinitionId
    element: str
    instance: InstanceId | None = None
    token: int = 0
    process: str = ""
    lane: LaneId | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message on its way: its name, the key by which it finds its case, and the variables it brings.

    `sender` is the case that threw it, empty when it comes from outside; `personal` are the names of those variables that
    hold personal values there.
    """

    agency: AgencyId
    name: str
    key: str
    values: Mapping[str, Value]
    sender: str = ""
    personal: frozenset[str] = frozenset()


def message_of(job: Job) -> Message:
    """Give the message that a job brings."""
    data = object_of(job.data)
    values, personal = data["values"], data["personal"]
    return Message(
        agency=job.agency,
        name=str(data["name"]),
        key=str(data["key"]),
        values=values if isinstance(values, dict) else {},
        sender=job.instance or "",
        personal=frozenset(map(str, personal if isinstance(personal, list) else ())),
    )


def deliveries(signal: Job, found: Iterable[Subscription], now: datetime) -> tuple[Job, ...]:
    """Give a job for each subscription that a signal reaches: those that were there when it was thrown.

    Their ids are made of the signal's, so that each is written once.
    """
    data = object_of(signal.data)
    return tuple(
        Job(
            id=JobId(f"{signal.id}-{each.id}"),
            agency=signal.agency,
            kind=JobKind.SIGNAL_DELIVERY,
            data=dump({**data, "subscription": each.id}),
            due_at=now,
            created_at=now,
            instance=signal.instance,
            topic=str(data["name"]),
        )
        for each in found
        if _waited(each, signal)
    )


def _waited(subscription: Subscription, signal: Job) -> bool:
    """Tell whether somebody waited when a signal was thrown; a case does not hear what it threw before it began to wait."""
    opened = subscription.opened_at
    if opened is None or opened < signal.created_at:
        return True
    return opened == signal.created_at and subscription.instance != signal.instance
