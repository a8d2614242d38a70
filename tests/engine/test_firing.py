"""A timer of a case fires once, whatever happens to its job, and the history says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.history import IncidentRaised, IncidentResolved, TimerFired
from engine.job import JobKind, LeaseLost

if TYPE_CHECKING:
    from engine.ids import InstanceId
    from engine.job import Job

MAP = """
start s
manual tunggu
boundary batas on=tunggu duration=P2D
manual habis
end e
s -> tunggu
tunggu -> e
batas -> habis
habis -> e
"""


@pytest.fixture
def dinas() -> Dinas:
    return Dinas()


def begin(dinas: Dinas, lines: str = MAP) -> InstanceId:
    definition = dinas.deploy_one({"p.bpmn": drawn(lines)})
    return dinas.start(definition.id, "umum")


def take(dinas: Dinas) -> tuple[Job, ...]:
    return dinas.store.jobs.claim({JobKind.TIMER}, 10)


def test_a_due_timer_is_fired_and_its_job_is_gone(dinas: Dinas) -> None:
    instance = begin(dinas)
    assert take(dinas) == ()
    dinas.clock.advance(timedelta(days=2))
    (job,) = take(dinas)
    dinas.runtime.fire_timer(job)
    assert [task.element for task in dinas.tasks(instance) if task.is_open] == ["habis"]
    assert not [job for job in dinas.store.list_jobs() if job.kind is JobKind.TIMER]
    fired = [r for r in dinas.records(instance) if isinstance(r.event, TimerFired)]
    assert len(fired) == 1
    dinas.agree(instance)


def test_a_worker_that_was_away_for_longer_than_its_lease_changes_nothing(dinas: Dinas) -> None:
    instance = begin(dinas)
    dinas.clock.advance(timedelta(days=2))
    (late,) = take(dinas)
    dinas.clock.advance(timedelta(hours=1))
    (job,) = take(dinas)
    dinas.runtime.fire_timer(job)
    with pytest.raises(LeaseLost):
        dinas.runtime.fire_timer(late)
    dinas.agree(instance)


def test_a_timer_whose_task_was_done_meanwhile_does_nothing(dinas: Dinas) -> None:
    instance = begin(dinas)
    dinas.clock.advance(timedelta(days=2))
    (job,) = take(dinas)
    dinas.complete(dinas.tasks(instance)[0], "umum")
    with pytest.raises(LeaseLost):
        dinas.runtime.fire_timer(job)
    assert not [job for job in dinas.store.list_jobs() if job.kind is JobKind.TIMER]


def test_an_incident_is_over_when_its_token_is_taken_away(dinas: Dinas) -> None:
    instance = begin(dinas)
    dinas.clock.advance(timedelta(days=2))
    (job,) = take(dinas)
    dinas.runtime.raise_incident(job, "element_failed")
    dinas.agree(instance)
    dinas.complete(dinas.tasks(instance)[0], "umum")
    told = [type(r.event) for r in dinas.records(instance)]
    assert told.count(IncidentRaised) == told.count(IncidentResolved) == 1
    dinas.agree(instance)
