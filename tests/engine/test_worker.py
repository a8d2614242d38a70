"""Jobs and the worker that does them: leases, fences, attempts, and that nothing ends the worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from engine.errors import Conflict, ExecutionFailed
from engine.ids import AgencyId, JobId
from engine.job import BACK_OFF, LEASE, TRANSITIONS, Job, JobFailed, JobKind, JobState, LeaseLost
from engine.testing import FixedClock, MemoryJobs
from engine.worker import SILENT, UNEXPECTED, Worker

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Desk:
    """Jobs in memory, a worker that does them, and what it did."""

    def __init__(self) -> None:
        self.clock = FixedClock(NOON)
        self.jobs = MemoryJobs(self.clock)
        self.done: list[str] = []
        self.reported: list[str] = []
        self.given_up: list[tuple[str, str, str]] = []
        self.work: Callable[[Job], None] = lambda _job: None
        self.stopping = False
        self.worker = Worker(
            self.jobs,
            {JobKind.MAIL_NOTICE: self._do, JobKind.TIMER: self._do},
            self.clock,
            give_up={JobKind.TIMER: self._give_up},
            report=lambda job, error: self.reported.append(f"{job.id} {type(error).__name__}"),
            is_stopping=lambda: self.stopping,
        )

    def add(self, name: str = "a", **fields: object) -> None:
        """Lay a job out that is due."""
        given = {"kind": JobKind.MAIL_NOTICE, "due_at": NOON, **fields}
        self.jobs.add(
            Job(id=JobId(name), agency=AgencyId("kota"), data=b"{1}", created_at=NOON, **given)
        )

    def fail_with(self, error: BaseException) -> None:
        """Let each attempt from now on raise an error."""

        def work(_job: Job) -> None:
            raise error

        self.work = work

    def job(self, name: str = "a") -> Job:
        """Give a job that is still there."""
        return self.jobs.kept[JobId(name)]

    def _give_up(self, job: Job, code: str, told: str) -> None:
        self.jobs.finish(job)
        self.given_up.append((job.id, code, told))

    def _do(self, job: Job) -> None:
        self.work(job)
        self.jobs.finish(job)
        self.done.append(job.id)


@pytest.fixture
def desk() -> Desk:
    """Give a desk with nothing on it."""
    return Desk()


def test_a_job_that_is_done_is_gone(desk: Desk) -> None:
    desk.add()
    assert desk.worker.run_due(9) == 1
    assert desk.done == ["a"]
    assert desk.jobs.kept == {}
    assert desk.worker.run_due(9) == 0


def test_jobs_are_begun_when_they_are_due_the_longest_due_first(desk: Desk) -> None:
    desk.add("late", due_at=NOON - MINUTE)
    desk.add("now")
    desk.add("later", due_at=NOON + MINUTE)
    assert desk.worker.run_due(9) == 2
    assert desk.done == ["late", "now"]
    desk.clock.advance(MINUTE)
    desk.worker.run_due(9)
    assert desk.done == ["late", "now", "later"]


def test_no_more_are_taken_than_asked_for(desk: Desk) -> None:
    for name in "abc":
        desk.add(name)
    assert desk.worker.run_due(2) == 2
    assert desk.job("c").state is JobState.DUE


def test_jobs_of_another_kind_are_left_to_others(desk: Desk) -> None:
    desk.add(kind=JobKind.NOTIFY)
    assert desk.worker.run_due(9) == 0
    assert desk.job().state is JobState.DUE


def test_an_attempt_that_comes_to_nothing_is_made_again_ever_later_and_then_failed(
    desk: Desk,
) -> None:
    desk.add()
    desk.fail_with(JobFailed("Expected a server", code="mail_server_unreachable"))
    waits = []
    while desk.worker.run_due(9) and desk.job().state is JobState.RETRIED:
        assert desk.job().error == "mail_server_unreachable"
        waits.append(desk.job().due_at - desk.clock.now())
        desk.clock.advance(waits[-1])
    assert tuple(waits) == BACK_OFF
    failed = desk.job()
    assert (failed.state, failed.attempts, failed.data) == (JobState.FAILED, 10, b"{1}")
    desk.clock.advance(timedelta(days=30))
    assert desk.worker.run_due(9) == 0


def test_an_attempt_that_can_never_succeed_is_the_last(desk: Desk) -> None:
    desk.add()
    desk.fail_with(JobFailed("Expected it taken", code="mail_refused", is_final=True))
    desk.worker.run_due(9)
    assert (desk.job().state, desk.job().error) == (JobState.FAILED, "mail_refused")


def test_what_may_not_be_kept_is_gone_when_a_job_fails_but_not_while_it_is_retried(
    desk: Desk,
) -> None:
    desk.add("retried")
    desk.fail_with(JobFailed("Expected a server", code="mail_later", keeps_data=False))
    desk.worker.run_due(9)
    assert desk.job("retried").data == b"{1}"
    desk.add("failed")
    desk.fail_with(
        JobFailed("Expected to be in time", code="mail_too_late", is_final=True, keeps_data=False)
    )
    desk.worker.run_due(9)
    assert desk.job("failed").data == b"{}"


@pytest.mark.parametrize("error", [ZeroDivisionError(), SystemExit(1), MemoryError()], ids=repr)
def test_whatever_an_attempt_raises_the_worker_goes_on(desk: Desk, error: BaseException) -> None:
    desk.add("bad", due_at=NOON - MINUTE)
    desk.fail_with(error)
    desk.worker.run_due(1)
    assert (desk.job("bad").state, desk.job("bad").error) == (JobState.RETRIED, UNEXPECTED)
    assert desk.reported == [f"bad {type(error).__name__}"]
    desk.work = lambda _job: None
    desk.add("good")
    desk.worker.run_due(9)
    assert desk.done == ["good"]


def test_a_poisonous_job_among_good_ones_hinders_none_of_them(desk: Desk) -> None:
    for number in range(50):
        desk.add(f"{number:02}")

    def work(job: Job) -> None:
        if job.id == "17":
            raise RuntimeError

    desk.work = work
    desk.worker.run_due(50)
    assert len(desk.done) == 49
    assert list(desk.jobs.kept) == ["17"]


def test_a_job_whose_worker_died_is_begun_again_when_its_lease_is_over(desk: Desk) -> None:
    desk.add()
    (dead,) = desk.jobs.claim([JobKind.MAIL_NOTICE], 1)
    assert desk.worker.run_due(9) == 0
    desk.clock.advance(LEASE)
    assert desk.worker.run_due(9) == 1
    assert desk.done == ["a"]
    with pytest.raises(LeaseLost):
        desk.jobs.finish(dead)


def test_a_worker_that_was_away_too_long_changes_nothing(desk: Desk) -> None:
    desk.add()
    (slow,) = desk.jobs.claim([JobKind.MAIL_NOTICE], 1)
    desk.clock.advance(LEASE)
    (second,) = desk.jobs.claim([JobKind.MAIL_NOTICE], 1)
    assert second.fence == slow.fence + 1
    for act in (
        lambda: desk.jobs.finish(slow),
        lambda: desk.jobs.release(slow),
        lambda: desk.jobs.retry(slow, NOON, "x"),
        lambda: desk.jobs.fail(slow, "x", keeps_data=True),
    ):
        with pytest.raises(Conflict) as lost:
            act()
        assert lost.value.code == "job_lost"
    assert desk.job() == second


def test_a_worker_that_lost_its_job_says_so_and_goes_on(desk: Desk) -> None:
    desk.add("a")
    desk.add("b")

    def work(job: Job) -> None:
        if job.id == "a":  # as if this took longer than the lease, and another one was faster
            del desk.jobs.kept[job.id]

    desk.work = work
    assert desk.worker.run_due(9) == 2
    assert desk.reported == ["a LeaseLost"]
    assert desk.done == ["b"]


def test_a_job_that_takes_its_worker_along_each_time_is_failed_in_the_end(desk: Desk) -> None:
    desk.add()
    for _ in range(len(BACK_OFF) + 1):
        assert desk.jobs.claim([JobKind.MAIL_NOTICE], 1)
        desk.clock.advance(LEASE)
    desk.worker.run_due(9)
    assert desk.done == []
    assert (desk.job().state, desk.job().error) == (JobState.FAILED, SILENT)


def test_what_was_taken_but_not_begun_when_alur_stops_is_free_at_once(desk: Desk) -> None:
    for name in "abc":
        desk.add(name)

    def work(_job: Job) -> None:
        desk.stopping = True

    desk.work = work
    desk.worker.run_due(3)
    assert desk.done == ["a"]
    left = [desk.job(name) for name in "bc"]
    assert [(job.state, job.attempts) for job in left] == [(JobState.DUE, 0)] * 2


def test_a_job_of_a_case_that_failed_for_good_is_given_to_its_case(desk: Desk) -> None:
    desk.add(kind=JobKind.TIMER)
    desk.fail_with(JobFailed("Expected an answer", code="http_refused", is_final=True, told="410"))
    desk.worker.run_due(9)
    assert desk.given_up == [("a", "http_refused", "410")]
    assert desk.jobs.kept == {}


def test_a_job_of_a_case_that_silently_took_its_workers_along_is_given_to_its_case(
    desk: Desk,
) -> None:
    desk.add(kind=JobKind.TIMER)
    for _ in range(len(BACK_OFF) + 1):
        assert desk.jobs.claim([JobKind.TIMER], 1)
        desk.clock.advance(LEASE)
    desk.worker.run_due(9)
    assert desk.given_up == [("a", SILENT, "")]


def test_a_case_that_can_not_go_on_is_not_tried_again(desk: Desk) -> None:
    desk.add(kind=JobKind.TIMER)
    desk.fail_with(ExecutionFailed("Expected a way on", code="no_flow_matches", element="pilih"))
    desk.worker.run_due(9)
    assert desk.given_up == [("a", "no_flow_matches", "")]


def test_a_case_that_somebody_else_works_on_is_tried_again(desk: Desk) -> None:
    desk.add(kind=JobKind.TIMER)
    desk.fail_with(Conflict("Expected the case as it was read", code="instance_changed"))
    desk.worker.run_due(9)
    assert (desk.job().state, desk.job().error) == (JobState.RETRIED, "instance_changed")


def test_a_job_that_can_not_even_be_given_up_hinders_no_other(desk: Desk) -> None:
    desk.add("bad", kind=JobKind.TIMER, due_at=NOON - MINUTE)
    desk.add("good")

    def work(job: Job) -> None:
        if job.id == "bad":
            del desk.jobs.kept[job.id]
            raise ExecutionFailed("Expected a way on", code="no_flow_matches")

    desk.work = work
    assert desk.worker.run_due(9) == 2
    assert desk.done == ["good"]
    assert desk.reported == ["bad ExecutionFailed", "bad LeaseLost"]


def test_a_worker_knows_when_it_will_have_something_to_do(desk: Desk) -> None:
    assert desk.worker.next_due() is None
    desk.add("later", due_at=NOON + 2 * MINUTE)
    desk.add("soon", due_at=NOON + MINUTE)
    desk.add("others", kind=JobKind.NOTIFY)
    assert desk.worker.next_due() == NOON + MINUTE
    desk.clock.advance(MINUTE)
    desk.jobs.claim([JobKind.MAIL_NOTICE], 1)
    assert desk.worker.next_due() == NOON + 2 * MINUTE


def test_the_life_of_a_job_ends_only_when_it_is_done() -> None:
    assert [state for state, after in TRANSITIONS.items() if not after] == [JobState.DONE]
    assert set(TRANSITIONS) == set(JobState)
