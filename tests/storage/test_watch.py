"""The watch on every store: what parted is mended, what nothing can move is an incident, and a case in order is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from inbox_kit import plan_of
from inbox_kit import told as statements_of
from storage_kit import START, Workplace
from timer_kit import AGENCY, ENDED, TimedOffice

from engine.history import IncidentRaised
from engine.ids import AgencyId, InstanceId, JobId, SubscriptionId
from engine.message import Subscription
from engine.store import Changes, WaitChanges
from engine.wait import WaitKind
from engine.watch import STUCK, WELL, Look
from storage.store import SqlStore
from storage.watch import Batch, look_around

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.store import Instance
    from engine.testing import FixedClock

SQL = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
DAY = timedelta(days=1)
WAITING = ENDED + (
    "boundary habis on=kerja duration=P14D\nboundary kabar on=kerja keeps=true message=kabar\n"
    "service oss topic=oss.simpan\nend usai\nhabis -> oss\noss -> usai\nkabar -> usai"
)


@pytest.fixture
def office(backend: Workplace, clock: FixedClock) -> TimedOffice:
    """Give an office on each store in turn."""
    return TimedOffice(backend, clock)


def write(office: TimedOffice, changes: WaitChanges) -> None:
    """Do what a fault, or a hand in the database, would do to the rows."""
    office.store.transact(lambda tx: tx.save_waits(changes))


def jobs_of(office: TimedOffice, case: InstanceId) -> list[str]:
    return sorted(job.id for job in office.store.transact(lambda tx: tx.list_jobs_of(case)))


def subscriptions_of(office: TimedOffice, case: InstanceId) -> list[str]:
    found = office.store.transact(lambda tx: tx.list_subscriptions_of(case))
    return sorted(each.id for each in found)


def suspects(office: TimedOffice) -> tuple[InstanceId, ...] | None:
    """Give what the watch would look at; None on a store that has no watch of its own."""
    if not isinstance(office.store, SqlStore):
        return None
    return office.store._database.read(lambda c: look_around(c, AGENCY, "", 9)).suspects


def put(office: TimedOffice, instance: Instance) -> None:
    """Write a case as it is said to be, without any history."""
    before = office.store.transact(lambda tx: tx.get_instance(instance.id))
    changed = replace(instance, revision=before.revision + 1)
    office.store.transact(lambda tx: tx.save(Changes(instance=changed, records=())))


def test_a_case_in_order_is_left_alone_wherever_it_stands(office: TimedOffice) -> None:
    case = office.start(WAITING)
    assert office.runtime.mend(case) == WELL
    assert suspects(office) in ((), None)
    office.pass_by(14 * DAY)  # now it waits for work that is done outside
    assert office.open(case) == []
    assert office.runtime.mend(case) == WELL
    assert suspects(office) in ((), None)


def test_a_timer_whose_row_was_lost_is_written_again_and_fires_once(office: TimedOffice) -> None:
    case = office.start(WAITING)
    (timer,) = jobs_of(office, case)
    write(office, WaitChanges(dropped_jobs=(JobId(timer),)))
    assert suspects(office) in ((case,), None)
    look = office.runtime.mend(case)
    assert [wait.element for wait in look.lacking] == ["habis"]
    assert jobs_of(office, case) == [timer]
    assert office.runtime.mend(case) == WELL
    assert office.pass_by(14 * DAY) == 1
    assert len(office.fired(case)) == 1


def test_a_subscription_whose_row_was_lost_is_written_again(office: TimedOffice) -> None:
    case = office.start(WAITING)
    (subscription,) = subscriptions_of(office, case)
    write(office, WaitChanges(dropped_subscriptions=(SubscriptionId(subscription),)))
    assert suspects(office) in ((case,), None)
    assert [wait.name for wait in office.runtime.mend(case).lacking] == ["kabar"]
    assert subscriptions_of(office, case) == [subscription]
    assert office.runtime.mend(case) == WELL


def test_rows_that_no_token_waits_for_are_taken_away(office: TimedOffice) -> None:
    case = office.start(WAITING)
    strange = Subscription(
        id=SubscriptionId(f"{case}-99-hilang"),
        agency=AGENCY,
        kind=WaitKind.MESSAGE,
        name="lain",
        key="",
        definition=office.store.transact(lambda tx: tx.get_instance(case)).definition,
        element="kabar",
        instance=case,
        token=99,
        opened_at=START,
    )
    (job,) = office.store.transact(lambda tx: tx.list_jobs_of(case))
    odd = replace(job, id=JobId(f"{case}-99-habis"))
    before = (jobs_of(office, case), subscriptions_of(office, case))
    write(office, WaitChanges(jobs=(odd,), subscriptions=(strange,)))
    assert suspects(office) in ((case,), None)
    look = office.runtime.mend(case)
    assert (look.jobs, look.subscriptions) == ((odd.id,), (strange.id,))
    assert (jobs_of(office, case), subscriptions_of(office, case)) == before


def test_a_timer_that_stands_for_another_moment_is_set_right(office: TimedOffice) -> None:
    case = office.start(WAITING)
    (job,) = office.store.transact(lambda tx: tx.list_jobs_of(case))
    later = job.data.replace(b"2026-03-16", b"2027-03-16")
    assert later != job.data
    write(office, WaitChanges(jobs=(replace(job, data=later, due_at=START + 379 * DAY),)))
    assert [wait.element for wait in office.runtime.mend(case).lacking] == ["habis"]
    assert office.waiting() == [("timer", START + 14 * DAY)]


def test_a_timer_that_failed_without_an_incident_begins_anew(office: TimedOffice) -> None:
    case = office.start(WAITING)
    office.clock.advance(14 * DAY)
    (held,) = office.claim()
    office.jobs.fail(held, "job_unexpected", keeps_data=True)
    assert office.work() == 0
    assert [wait.element for wait in office.runtime.mend(case).lacking] == ["habis"]
    assert office.work() == 1
    assert len(office.fired(case)) == 1


def test_a_timer_that_failed_with_its_incident_is_left_to_the_person(office: TimedOffice) -> None:
    case = office.start(WAITING)
    office.clock.advance(14 * DAY)
    (held,) = office.claim()
    office.runtime.raise_incident(held, "job_unexpected")
    assert office.runtime.mend(case) == WELL
    assert suspects(office) in ((), None)


def test_a_case_that_nothing_can_move_any_more_is_an_incident_once(office: TimedOffice) -> None:
    """Its frontier is that of a case that came to its end, though it is said to run."""
    case = office.start(WAITING)
    running = office.store.transact(lambda tx: tx.get_instance(case))
    office.complete(case)
    ended = office.store.transact(lambda tx: tx.get_instance(case))
    put(office, replace(ended, state=running.state, ended_at=None))
    assert suspects(office) in ((case,), None)
    assert office.runtime.mend(case) == Look(is_stuck=True)
    raised = [r.event for r in office.records(case) if isinstance(r.event, IncidentRaised)]
    assert [(e.code, e.element) for e in raised] == [(STUCK, "mulai")]
    assert office.runtime.mend(case) == WELL
    assert suspects(office) in ((), None)


def test_a_case_that_is_over_is_none_of_the_watchs(office: TimedOffice) -> None:
    case = office.start(WAITING)
    office.complete(case)
    assert office.runtime.mend(case) == WELL
    assert suspects(office) in ((), None)


def test_a_frontier_that_can_not_be_read_is_left_alone(office: TimedOffice) -> None:
    case = office.start(WAITING)
    found = office.store.transact(lambda tx: tx.get_instance(case))
    put(office, replace(found, frontier=b'{"v":99}'))
    assert office.runtime.mend(case) == WELL
    assert len(jobs_of(office, case)) == 1


@pytest.mark.parametrize("backend", SQL, indirect=True)
def test_the_watch_goes_round_case_by_case_and_sees_only_its_agencys(office: TimedOffice) -> None:
    assert isinstance(office.store, SqlStore)
    first = office.start(WAITING)
    second = office.begin(office.store.transact(lambda tx: tx.get_instance(first)).definition)
    (timer,) = jobs_of(office, second)
    write(office, WaitChanges(dropped_jobs=(JobId(timer),)))
    read = office.store._database.read
    assert read(lambda c: look_around(c, AGENCY, "", 1)) == Batch(suspects=(), last=first)
    assert read(lambda c: look_around(c, AGENCY, first, 1)) == Batch(
        suspects=(second,), last=second
    )
    assert read(lambda c: look_around(c, AGENCY, second, 1)) == Batch(suspects=(), last=None)
    assert read(lambda c: look_around(c, AgencyId("lain"), "", 9)).last is None


@pytest.mark.parametrize("backend", SQL, indirect=True)
def test_the_watch_walks_along_indexes(office: TimedOffice) -> None:
    office.start(WAITING)
    assert isinstance(office.store, SqlStore)

    def plans(connection: Connection) -> str:
        asked = statements_of(connection, lambda: look_around(connection, AGENCY, "", 9))
        return "\n".join(plan_of(connection, *one) for one in asked)

    plan = office.store._database.read(plans)
    for table in ("instances", "jobs", "subscriptions", "user_tasks", "incidents"):
        assert table in plan
        assert f"SCAN {table}" not in plan
        assert f"Seq Scan on {table}" not in plan
