"""Watches over the running cases: that each can go on, and that what each waits for can be found.

The frontier is the truth about what a case waits for, the rows of jobs and subscriptions are its index. A fault of ours, of a
disk or of a hand in the database could part them, and then a case would wait for ever without anybody noticing. So a worker
looks at all of them now and then, writes what is missing, takes away what is too much, and lets a case that nothing can
move any more be an incident.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.clock import as_text
from engine.errors import ExecutionFailed
from engine.firing import raise_at
from engine.ids import DefinitionId, IncidentId
from engine.incident import Incident
from engine.job import JobKind, JobState
from engine.spiff.codec import read_frontier
from engine.spiff.resting import list_resting, list_waits
from engine.store import WaitChanges
from engine.variables import object_of
from engine.wait import WaitKind, wait_id
from engine.waits import job_of, subscription_of

if TYPE_CHECKING:
    from engine.act import Act
    from engine.ids import JobId, SubscriptionId
    from engine.job import Job
    from engine.message import Subscription
    from engine.store import Changes, Instance
    from engine.wait import Wait

OF_CASES = frozenset({JobKind.TIMER, JobKind.CONNECTOR, JobKind.WORK})
"""The jobs that a case waits for."""

STUCK = "case_stuck"
"""Code of the incident of a case that nothing can move any more."""

_BY_SUBSCRIPTION = frozenset({WaitKind.MESSAGE, WaitKind.SIGNAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What the tables say of a case: its jobs of `OF_CASES` and subscriptions, how many of its tasks are open, open incidents."""

    jobs: tuple[Job, ...]
    subscriptions: tuple[Subscription, ...]
    open_tasks: int
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at a case found: waits without a row, rows without a wait, and whether nothing can move it any more."""

    lacking: tuple[Wait, ...] = ()
    jobs: tuple[JobId, ...] = ()
    subscriptions: tuple[SubscriptionId, ...] = ()
    is_stuck: bool = False

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return self == WELL


WELL = Look()


def look_at(instance: Instance, rows: Rows) -> Look:
    """Compare a running case with its rows. One whose frontier this Alur can't read is left alone."""
    try:
        read_frontier(instance.frontier)
    except (ExecutionFailed, ValueError):
        return WELL
    waits = {_id(instance, w): w for w in list_waits(instance.frontier, instance.definition)}
    jobs = {str(job.id): job for job in rows.jobs}
    subscriptions = {str(each.id): each for each in rows.subscriptions}
    given_up = {incident.job for incident in rows.incidents}
    lacking = tuple(
        wait
        for ident, wait in waits.items()
        if not (
            _is_subscribed(wait, subscriptions.get(ident))
            if wait.kind in _BY_SUBSCRIPTION
            else _is_planned(wait, jobs.get(ident), given_up)
        )
    )
    return Look(
        lacking=lacking,
        jobs=tuple(job.id for ident, job in jobs.items() if ident not in waits),
        subscriptions=tuple(s.id for ident, s in subscriptions.items() if ident not in waits),
        is_stuck=not (waits or rows.open_tasks or rows.incidents),
    )


def mended(instance: Instance, look: Look, act: Act) -> WaitChanges:
    """Give the rows to write and to drop, so that they are what the frontier says."""
    return WaitChanges(
        jobs=tuple(j for wait in look.lacking if (j := job_of(instance, wait, act))),
        dropped_jobs=look.jobs,
        subscriptions=tuple(
            s for wait in look.lacking if (s := subscription_of(instance, wait, act))
        ),
        dropped_subscriptions=look.subscriptions,
    )


def stuck(instance: Instance, act: Act) -> Changes:
    """Let a case that nothing can move any more be an incident, where a token stands, else at its beginning."""
    token, element = 0, act.programs(instance.definition).process.start().id
    definition = instance.definition
    for resting in list_resting(instance.frontier)[:1]:
        token, element = resting.token, resting.element
        definition = DefinitionId(resting.definition) if resting.definition else definition
    incident = Incident(
        id=IncidentId(act.new_id()),
        agency=instance.agency,
        instance=instance.id,
        definition=definition,
        element=element,
        token=token,
        job=None,
        code=STUCK,
        told="",
        raised_at=act.at,
    )
    return raise_at(instance, incident, act)


def _id(instance: Instance, wait: Wait) -> str:
    return wait_id(instance.id, wait.token, wait.element)


def _is_planned(wait: Wait, job: Job | None, given_up: set[JobId | None]) -> bool:
    """Tell whether a job stands for a wait: one that has failed only with its incident, a timer's only with its moment."""
    if job is None or (job.state is JobState.FAILED and job.id not in given_up):
        return False
    return wait.due_at is None or object_of(job.data).get("due") == as_text(wait.due_at)


def _is_subscribed(wait: Wait, subscription: Subscription | None) -> bool:
    if subscription is None:
        return False
    return (subscription.kind, subscription.name, subscription.key) == (
        wait.kind,
        wait.name,
        wait.key,
    )
