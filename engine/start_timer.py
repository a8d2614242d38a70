"""Processes that begin by themselves: the timer of a start event as a job, one a process (BPMN 2.0.2, 10.5.2).

The job belongs to the version in force. A new version's takes its place in the transaction that puts it in force. When it
fires, a case begins in nobody's name and the job waits for the next time, in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.alternative import is_closed
from engine.clock import as_text, from_text
from engine.history import TimerFired
from engine.ids import DefinitionId, JobId
from engine.job import Job, JobKind
from engine.process import TriggerKind
from engine.timer import Occurrence, TimerInvalid, TimerKind, first, following
from engine.variables import dump, object_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from engine.ids import AgencyId
    from engine.process import Element, Process
    from engine.store import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTimers:
    """What putting versions in force does to the start timers: new jobs, jobs without timer, and what is over already."""

    jobs: tuple[Job, ...]
    dropped: tuple[JobId, ...]
    past: tuple[tuple[Definition, Element], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueStart:
    """The start that a job stands for. `text` is the timer's, its beginning written in."""

    definition: DefinitionId
    element: str
    kind: TimerKind
    text: str
    occurrence: Occurrence

    def told(self, missed: int) -> TimerFired:
        """Give what the history of the new case says."""
        due = as_text(self.occurrence.due_at)
        return TimerFired(token=0, element=self.element, due=due, missed=missed)


def start_timers(
    new: Iterable[Definition], processes: Mapping[str, Process], *, now: datetime, zone: ZoneInfo
) -> StartTimers:
    """Give the jobs of the start timers of new versions. A date that has passed starts nothing."""
    jobs, dropped, past = [], [], []
    for definition in new:
        process = processes[definition.key]
        element = process.start()
        trigger = None if is_closed(process) else element.trigger
        if trigger is not None and trigger.kind is TriggerKind.TIMER:
            kind = TimerKind(trigger.timer)
            found = _coming(kind, trigger.text, now, zone)
            if found is not None:
                jobs.append(_job(definition, element.id, kind, found, now))
                continue
            past.append((definition, element))
        dropped.append(start_job_id(definition.agency, definition.key))
    return StartTimers(jobs=tuple(jobs), dropped=tuple(dropped), past=tuple(past))


def start_job_id(agency: AgencyId, key: str) -> JobId:
    """Give the id of the start timer's job of a process."""
    return JobId(f"start-{agency}-{key}")


def due_start(job: Job) -> DueStart:
    """Give what a job is to start."""
    data = object_of(job.data)
    due_at, text = from_text(str(data["due"])), str(data["text"])
    return DueStart(
        definition=DefinitionId(str(data["definition"])),
        element=str(data["element"]),
        kind=TimerKind(str(data["timer"])),
        text=text,
        occurrence=Occurrence(due_at=due_at, left=int(str(data["left"])), text=text),
    )


def next_start(
    definition: Definition, due: DueStart, *, now: datetime, zone: ZoneInfo
) -> tuple[Job | None, int]:
    """Give the job of the next start, None after the last one, and how many starts were skipped."""
    found, missed = following(due.kind, due.text, due.occurrence, now=now, zone=zone)
    job = None if found is None else _job(definition, due.element, due.kind, found, now)
    return job, missed


def _coming(kind: TimerKind, text: str, now: datetime, zone: ZoneInfo) -> Occurrence | None:
    try:
        found = first(kind, text, now=now, zone=zone)
    except TimerInvalid:
        return None  # the gate has read the text: all its times are over
    return found if found.due_at >= now else None


def _job(
    definition: Definition, element: str, kind: TimerKind, at: Occurrence, now: datetime
) -> Job:
    data = {
        "definition": definition.id,
        "element": element,
        "due": as_text(at.due_at),
        "timer": kind.value,
        "text": at.text,
        "left": at.left,
    }
    return Job(
        id=start_job_id(definition.agency, definition.key),
        agency=definition.agency,
        kind=JobKind.START_TIMER,
        data=dump(data),
        due_at=at.due_at,
        created_at=now,
        topic=definition.key,
    )
