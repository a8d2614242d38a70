"""The work on deadlines in a database: which are found, that each is told once whoever looks, and how a change moves them."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

import pytest
from calendar_kit import AGENCY, local, timed
from inbox_kit import plan_of
from inbox_kit import told as statements_of
from roster_kit import post
from sqlalchemy import select, update

from engine import deadline
from engine.actor import Role, Signature
from engine.calendar import Day, DayKind
from engine.history import UserTaskEscalated, UserTaskReminded
from engine.ids import InstanceId, PersonId, RequestId
from engine.job import JobKind, LeaseLost
from engine.notice import NoticeKind
from engine.office import NO_PASSWORD
from engine.runtime import Runtime
from engine.store import Registration
from engine.testing import example_office
from engine.user_task import DueTold
from storage.database import open_database
from storage.deadlines import DeadlineMover
from storage.jobs import SqlJobs
from storage.migrations import migrate
from storage.notices import Notifier
from storage.queries import calendar_watch
from storage.queries.calendar_page import get_calendar_now
from storage.store import SqlStore
from storage.tables import history, notices, user_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.store import Transaction
    from engine.testing import FixedClock
    from engine.user_task import UserTask
    from storage.database import Database
    from storage.queries.calendar_page import CalendarNow

MONDAY, WEDNESDAY, LATE = "2026-11-23 09:00", "2026-11-25 08:00", "2026-11-27 08:00"
AT_ONCE = 8


class Office:
    """An office on a database: one step of three working days, done by `staf`, whose head is `kabid`."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.jobs = SqlJobs(database)
        self.runtime = Runtime(SqlStore(database), clock)
        self._requests = count(1)
        posts = (post("kabid", "kepala"), post("staf", "petugas", superior="kabid"))
        self.runtime.set_up(example_office(*posts))
        for login, held in (("kabid", "kabid"), ("staf", "staf"), ("wakil", "staf")):
            self._hire(login, held)
        self._hire("admin")
        clock.set(local(MONDAY))
        (self.map,) = self.runtime.deploy(
            {"p.bpmn": timed("P3D")}, agency=AGENCY, by=Signature.of_system()
        )

    def begin(self, times: int = 1) -> list[InstanceId]:
        """Begin cases."""
        actor = self._person("staf")
        return [
            self.runtime.start(self.map.id, actor=actor, request=self._request())
            for _ in range(times)
        ]

    def close(self, on: date) -> None:
        """Close the office on a day."""
        day = Day(on=on, kind=DayKind.CLOSED, name="Tutup")
        seen = self.now().calendar.revision
        actor = self._person("admin")
        self.runtime.save_days((day,), actor=actor, request=self._request(), seen=seen)

    def now(self) -> CalendarNow:
        """Give the calendar and what its last change led to."""
        return self.database.read(lambda c: get_calendar_now(c, AGENCY))

    def task(self, case: InstanceId) -> UserTask:
        """Give the open task of a case."""
        (found,) = SqlStore(self.database).transact(lambda tx: tx.list_open_tasks(case))
        return found

    def count(self, event: type[UserTaskReminded | UserTaskEscalated]) -> int:
        """Count the events of a kind in all histories."""
        query = select(history.c.seq).where(history.c.type == event.type)
        return len(self.database.read(lambda c: c.execute(query).all()))

    def tell(self) -> list[tuple[str, str]]:
        """Write the notices that commands call for; gives who has which that are about deadlines."""
        notifier = Notifier(self.database, digest_at=None, wake=lambda: None)
        for job in self.jobs.claim([JobKind.NOTIFY], 50):
            notifier(job)
        query = select(notices.c.person_id, notices.c.kind).where(
            notices.c.kind.in_((NoticeKind.DUE_SOON, NoticeKind.OVERDUE))
        )
        found = self.database.read(lambda c: c.execute(query).all())
        return sorted((row[0], row[1]) for row in found)

    def claim(self, case: InstanceId, login: str) -> None:
        """Take the task of a case."""
        found, actor = self.task(case), self._person(login)
        self.runtime.claim(found.id, actor=actor, request=self._request(), revision=found.revision)

    def mover(self, cases_a_job: int = 200) -> DeadlineMover:
        """Give the handler of the jobs that a change of the calendar leaves."""
        move = self.runtime.move_deadlines
        return DeadlineMover(self.database, move, wake=lambda: None, cases_a_job=cases_a_job)

    def move(self, cases_a_job: int = 200) -> int:
        """Do these jobs; gives how many there were."""
        mover, done = self.mover(cases_a_job), 0
        while taken := self.jobs.claim([JobKind.DEADLINES], 1):
            mover(taken[0])
            done += 1
        return done

    def windows(self) -> tuple[deadline.Window, ...]:
        """Give the deadlines that are near."""
        return deadline.windows(self.now().calendar, self.clock.now())

    def near(self) -> list[str]:
        """Give the tasks that are to be reminded of now."""
        return [
            task
            for window in self.windows()
            for task in self.database.read(
                partial(calendar_watch.list_near, agency=AGENCY, window=window)
            )
        ]

    def late(self) -> list[str]:
        """Give the tasks that heads are to be told of now."""
        at = self.clock.now()
        return list(self.database.read(lambda c: calendar_watch.list_late(c, AGENCY, at)))

    def _hire(self, login: str, *posts: str) -> None:
        self.runtime.register(
            Registration(
                person=PersonId(login),
                agency=AGENCY,
                login=login,
                name=login.title(),
                posts=posts,
                roles=frozenset({Role.STAFF if posts else Role.ADMINISTRATOR}),
                password_hash=NO_PASSWORD,
            ),
            by=Signature.of_system(),
        )

    def _person(self, login: str) -> Actor:
        return SqlStore(self.database).transact(lambda tx: tx.get_actor(PersonId(login)))

    def _request(self) -> RequestId:
        return RequestId(f"permintaan-{next(self._requests)}")


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Office:
    """Give the office on each database in turn."""
    return Office(database, clock)


def test_what_is_near_is_found_until_it_is_told(office: Office) -> None:
    case = office.begin()[0]
    task = office.task(case).id
    assert office.near() == []
    office.clock.set(local(WEDNESDAY))
    assert office.near() == [task]
    assert office.runtime.remind(task)
    assert office.near() == []
    assert office.late() == []


def test_what_is_late_is_found_until_it_is_told_reminded_of_or_not(office: Office) -> None:
    first, second = (office.task(case).id for case in office.begin(2))
    office.clock.set(local(WEDNESDAY))
    assert office.runtime.remind(first)
    office.clock.set(local(LATE))
    assert sorted(office.late()) == sorted([first, second])
    assert office.near() == []
    assert all(office.runtime.escalate(task) for task in (first, second))
    assert office.late() == []


def test_of_a_free_task_everybody_is_reminded_until_one_takes_it(office: Office) -> None:
    (case,) = office.begin()
    office.clock.set(local(WEDNESDAY))
    office.runtime.remind(office.task(case).id)
    assert office.tell() == [("staf", "due_soon"), ("wakil", "due_soon")]
    office.claim(case, "wakil")
    assert office.tell() == [], "nobody is called to what a colleague does"


def test_of_a_taken_task_its_holder_is_reminded_and_of_a_late_one_the_head_is_told(
    office: Office,
) -> None:
    (case,) = office.begin()
    office.claim(case, "wakil")
    office.clock.set(local(WEDNESDAY))
    office.runtime.remind(office.task(case).id)
    assert office.tell() == [("wakil", "due_soon")]
    office.clock.set(local(LATE))
    office.runtime.escalate(office.task(case).id)
    assert office.tell() == [("kabid", "overdue"), ("wakil", "due_soon")]


def test_many_who_look_at_once_tell_each_deadline_once(office: Office) -> None:
    tasks = [office.task(case).id for case in office.begin(6)]
    office.clock.set(local(WEDNESDAY))
    everybody = tasks * AT_ONCE
    with ThreadPoolExecutor(AT_ONCE) as threads:
        told = list(threads.map(office.runtime.remind, everybody))
    assert (sum(told), office.count(UserTaskReminded)) == (6, 6)
    office.clock.set(local(LATE))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        told = list(threads.map(office.runtime.escalate, everybody))
    assert (sum(told), office.count(UserTaskEscalated)) == (6, 6)


@pytest.mark.postgresql
def test_two_processes_on_one_database_tell_each_deadline_once(
    make_postgresql: Callable[[], str], clock: FixedClock
) -> None:
    url = make_postgresql()
    mine, other = open_database(url, clock), open_database(url, clock)
    migrate(mine)
    office = Office(mine, clock)
    tasks = [office.task(case).id for case in office.begin(10)]
    clock.set(local(LATE))
    runtimes = [office.runtime, Runtime(SqlStore(other), clock)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        told = list(threads.map(lambda n: runtimes[n % 2].escalate(tasks[n // 2]), range(20)))
    assert (sum(told), office.count(UserTaskEscalated)) == (10, 10)
    mine.close()
    other.close()


def test_a_change_of_the_calendar_moves_every_deadline_that_it_concerns(office: Office) -> None:
    cases = office.begin(3)
    office.close(date(2026, 11, 25))
    assert (office.now().moved, office.now().is_settled) == (0, False)
    assert office.move() == 1
    assert {office.task(case).due_at for case in cases} == {local("2026-11-27 16:30")}
    assert (office.now().moved, office.now().is_settled) == (3, True)


def test_more_cases_than_a_job_takes_are_moved_by_the_next_one(office: Office) -> None:
    cases = office.begin(5)
    office.close(date(2026, 11, 25))
    assert office.move(cases_a_job=2) == 3
    assert {office.task(case).due_at for case in cases} == {local("2026-11-27 16:30")}
    assert (office.now().moved, office.now().is_settled) == (5, True)


def test_the_job_of_an_older_calendar_moves_nothing_and_settles_nothing(office: Office) -> None:
    office.begin()
    office.close(date(2026, 11, 25))
    office.close(date(2026, 11, 26))
    first, second = office.jobs.claim([JobKind.DEADLINES], 2)
    office.mover()(first)
    assert (office.now().moved, office.now().is_settled) == (0, False)
    office.mover()(second)
    assert (office.now().moved, office.now().is_settled) == (1, True)


def test_a_job_that_another_worker_has_meanwhile_settles_nothing(office: Office) -> None:
    (case,) = office.begin()
    office.close(date(2026, 11, 25))
    (job,) = office.jobs.claim([JobKind.DEADLINES], 1)
    office.jobs.release(job)
    (again,) = office.jobs.claim([JobKind.DEADLINES], 1)
    with pytest.raises(LeaseLost):
        office.mover()(job)
    assert not office.now().is_settled
    office.mover()(again)
    assert (office.now().moved, office.now().is_settled) == (1, True), "no deadline counts twice"
    assert office.task(case).due_at == local("2026-11-27 16:30")


@pytest.mark.postgresql
def test_who_changes_the_calendar_waits_for_who_counts_by_it(
    make_postgresql: Callable[[], str], clock: FixedClock
) -> None:
    database = open_database(make_postgresql(), clock)
    migrate(database)
    office = Office(database, clock)
    with ThreadPoolExecutor(1) as threads:

        def work(tx: Transaction) -> Future[None]:
            tx.get_calendar(AGENCY)
            changing = threads.submit(office.close, date(2026, 11, 25))
            _, still_going = wait([changing], timeout=0.5)
            assert changing in still_going
            return changing

        SqlStore(database).transact(work).result()
    assert office.now().calendar.revision == 1
    database.close()


Look: TypeAlias = "Callable[[Connection, Office], object]"
LOOKS: dict[str, tuple[Look, str]] = {
    "near": (
        lambda c, office: calendar_watch.list_near(c, AGENCY, office.windows()[0]),
        "ix_user_tasks_due",
    ),
    "late": (
        lambda c, office: calendar_watch.list_late(c, AGENCY, office.clock.now()),
        "ix_user_tasks_due",
    ),
    "counted": (
        lambda c, _: calendar_watch.list_counted(c, AGENCY, InstanceId(""), 200),
        "ix_user_tasks_counted",
    ),
}


@pytest.mark.parametrize(("look", "index"), LOOKS.values(), ids=LOOKS)
def test_each_look_walks_along_its_index(office: Office, look: Look, index: str) -> None:
    cases = office.begin(12)
    told = update(user_tasks).values(due_told=DueTold.ESCALATED)
    done = told.where(user_tasks.c.instance_id.in_(cases[5:]))
    office.database.write(lambda c: c.execute(done).close())
    office.clock.set(local(WEDNESDAY))

    def plans(connection: Connection) -> list[str]:
        act = partial(look, connection, office)
        return [plan_of(connection, *one) for one in statements_of(connection, act)]

    for plan in office.database.read(plans):
        assert index in plan, plan
        assert "SCAN user_tasks" not in plan, plan
