"""Jobs in memory, on SQLite and on PostgreSQL: taken by one worker, given back when it dies, finished with their work."""

from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, event, select
from storage_kit import AGENCY, BY, START, advanced, set_up, started, task

from engine.chain import append
from engine.clock import as_text
from engine.errors import NotFound
from engine.history import HistoryEvent, UserTaskCompleted
from engine.ids import AgencyId, InstanceId, JobId, RequestId
from engine.job import LEASE, Job, JobKind, JobState, LeaseLost
from engine.testing import MemoryJobs
from storage.database import open_database
from storage.jobs import SqlJobs, add_jobs_once, finish_job
from storage.queries.jobs import list_failed
from storage.store import SqlStore
from storage.tables import jobs as rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from storage_kit import Backend

    from engine.store import Transaction
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.sqlite import SqliteDatabase

KINDS = frozenset(JobKind)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where jobs are kept, and how one is finished there."""

    jobs: MemoryJobs | SqlJobs
    finish: Callable[[Job], None]


@pytest.fixture
def place(backend: Backend, clock: FixedClock) -> Place:
    """Give each place in turn, empty."""
    if isinstance(backend.store, SqlStore):
        set_up(backend.store)
        database = backend.store._database
        return Place(
            jobs=SqlJobs(database),
            finish=lambda job: database.write(lambda c: finish_job(c, job)),
        )
    memory = MemoryJobs(clock)
    return Place(jobs=memory, finish=memory.finish)


def job(name: str = "a", **fields: object) -> Job:
    """Give a job that is due."""
    given = {"kind": JobKind.MAIL_NOTICE, "data": b'{"a":1}', "due_at": START, **fields}
    return Job(id=JobId(name), agency=AGENCY, created_at=START, **given)


def test_a_job_is_given_to_one_worker_as_it_was_written(place: Place) -> None:
    written = job(instance=InstanceId("case"), due_at=START - MINUTE)
    place.jobs.add(written)
    (claimed,) = place.jobs.claim(KINDS, 9)
    assert claimed == dataclasses.replace(
        written, state=JobState.LOCKED, attempts=1, fence=1, lease_until=START + LEASE
    )
    assert place.jobs.claim(KINDS, 9) == ()


def test_jobs_come_when_they_are_due_the_longest_due_first(place: Place) -> None:
    for name, minutes in (("c", 0), ("b", -1), ("a", 0), ("later", 1)):
        place.jobs.add(job(name, due_at=START + minutes * MINUTE))
    assert [found.id for found in place.jobs.claim(KINDS, 2)] == ["b", "a"]
    assert [found.id for found in place.jobs.claim(KINDS, 9)] == ["c"]


def test_only_the_kinds_asked_for_are_taken(place: Place) -> None:
    place.jobs.add(job("mail"))
    place.jobs.add(job("notify", kind=JobKind.NOTIFY))
    assert [found.id for found in place.jobs.claim({JobKind.NOTIFY}, 9)] == ["notify"]


def test_the_next_job_is_the_first_that_nobody_has_and_a_person_does_not_decide_about(
    place: Place,
) -> None:
    assert place.jobs.next_due(KINDS) is None
    for name, minutes in (("taken", -2), ("failed", -1), ("soon", 1), ("later", 2)):
        place.jobs.add(job(name, due_at=START + minutes * MINUTE))
    place.jobs.add(job("other", kind=JobKind.NOTIFY, due_at=START - MINUTE))
    _, failed = place.jobs.claim({JobKind.MAIL_NOTICE}, 9)
    place.jobs.fail(failed, "mail_refused", keeps_data=True)
    assert place.jobs.next_due({JobKind.MAIL_NOTICE}) == START + MINUTE
    assert place.jobs.next_due(KINDS) == START - MINUTE


def test_a_finished_job_is_gone(place: Place, clock: FixedClock) -> None:
    place.jobs.add(job())
    (claimed,) = place.jobs.claim(KINDS, 1)
    place.finish(claimed)
    clock.advance(LEASE)
    assert place.jobs.claim(KINDS, 9) == ()
    with pytest.raises(LeaseLost):
        place.finish(claimed)


def test_a_job_whose_lease_ran_out_is_given_to_another_with_a_new_fence(
    place: Place, clock: FixedClock
) -> None:
    place.jobs.add(job())
    (slow,) = place.jobs.claim(KINDS, 1)
    clock.advance(LEASE - MINUTE)
    assert place.jobs.claim(KINDS, 1) == ()
    clock.advance(MINUTE)
    (second,) = place.jobs.claim(KINDS, 1)
    assert (second.fence, second.attempts) == (2, 2)
    for act in (
        lambda: place.finish(slow),
        lambda: place.jobs.release(slow),
        lambda: place.jobs.retry(slow, START, "x"),
        lambda: place.jobs.fail(slow, "x", keeps_data=True),
    ):
        with pytest.raises(LeaseLost):
            act()
    place.finish(second)


def test_a_retried_job_waits_for_its_time_and_remembers_what_was_wrong(
    place: Place, clock: FixedClock
) -> None:
    place.jobs.add(job())
    (claimed,) = place.jobs.claim(KINDS, 1)
    place.jobs.retry(claimed, START + MINUTE, "mail_later")
    assert place.jobs.claim(KINDS, 1) == ()
    clock.advance(MINUTE)
    (again,) = place.jobs.claim(KINDS, 1)
    assert (again.error, again.attempts, again.due_at) == ("mail_later", 2, START + MINUTE)


def test_a_released_job_is_free_at_once_and_was_not_attempted(place: Place) -> None:
    place.jobs.add(job())
    (claimed,) = place.jobs.claim(KINDS, 1)
    place.jobs.release(claimed)
    (again,) = place.jobs.claim(KINDS, 1)
    assert (again.attempts, again.fence) == (1, 2)


def test_a_failed_job_is_left_to_a_person(place: Place, clock: FixedClock) -> None:
    place.jobs.add(job())
    (claimed,) = place.jobs.claim(KINDS, 1)
    place.jobs.fail(claimed, "mail_refused", keeps_data=True)
    clock.advance(timedelta(days=30))
    assert place.jobs.claim(KINDS, 9) == ()


@pytest.fixture
def office(database: Database) -> SqlJobs:
    """Give the jobs of a database with an office."""
    set_up(SqlStore(database))
    return SqlJobs(database)


def failed(database: Database, jobs: SqlJobs, name: str = "a", *, keeps_data: bool = True) -> None:
    """Let a job fail."""
    jobs.add(job(name, data=b'{"person":"ani"}'))
    (claimed,) = jobs.claim(KINDS, 1)
    jobs.fail(claimed, "mail_refused", keeps_data=keeps_data)
    assert name in {row.id for row in listed(database)}


def listed(database: Database, agency: str = AGENCY) -> list[object]:
    """Give the lines of the page of failed jobs."""
    actor = SqlStore(database).transact(lambda t: t.get_actor("ani"))
    reader = dataclasses.replace(actor, agency=AgencyId(agency))
    return list(database.read(lambda c: list_failed(c, reader, 1)).rows)


def test_the_failed_jobs_of_an_agency_are_listed_with_whom_they_are_for(
    database: Database, office: SqlJobs
) -> None:
    failed(database, office)
    (line,) = listed(database)
    assert (line.to, line.error, line.attempts, line.can_begin_anew) == (
        "Ani",
        "mail_refused",
        1,
        True,
    )
    assert listed(database, "other") == []


def test_a_failed_job_can_be_begun_anew_by_its_own_agency(
    database: Database, office: SqlJobs, clock: FixedClock
) -> None:
    failed(database, office)
    clock.advance(MINUTE)
    with pytest.raises(NotFound):
        office.begin_anew(JobId("a"), AgencyId("other"))
    office.begin_anew(JobId("a"), AGENCY)
    (again,) = office.claim(KINDS, 1)
    assert (again.attempts, again.error, again.due_at) == (1, "", START + MINUTE)
    with pytest.raises(NotFound):
        office.begin_anew(JobId("a"), AGENCY)


def test_a_failed_job_without_its_data_can_only_be_dropped(
    database: Database, office: SqlJobs
) -> None:
    failed(database, office, keeps_data=False)
    (line,) = listed(database)
    assert (line.to, line.can_begin_anew) == ("", False)
    with pytest.raises(NotFound):
        office.begin_anew(JobId("a"), AGENCY)
    with pytest.raises(NotFound):
        office.drop_failed(JobId("a"), AgencyId("other"))
    office.drop_failed(JobId("a"), AGENCY)
    assert listed(database) == []


def test_a_job_that_is_there_already_is_not_written_again(
    database: Database, office: SqlJobs
) -> None:
    office.add(job(data=b'{"first":1}'))
    database.write(lambda c: add_jobs_once(c, [job(data=b'{"second":1}'), job("b")]))
    found = office.claim(KINDS, 9)
    assert [(each.id, each.data) for each in found] == [("a", b'{"first":1}'), ("b", b'{"a":1}')]


def test_a_job_is_finished_in_the_transaction_of_its_work_or_not_at_all(
    database: Database, office: SqlJobs
) -> None:
    office.add(job())
    (claimed,) = office.claim(KINDS, 1)

    def work(connection: Connection) -> None:
        finish_job(connection, claimed)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write(work)
    assert database.read(lambda c: len(c.execute(select(rows.c.id)).all())) == 1


def test_nothing_is_written_while_nothing_is_due(database: Database, office: SqlJobs) -> None:
    office.add(job(due_at=START + MINUTE))
    commits = database.statements.commits
    assert office.claim(KINDS, 9) == ()
    assert database.statements.commits == commits


def test_workers_beside_each_other_get_each_job_once(url: str, clock: FixedClock) -> None:
    """On PostgreSQL they are processes of their own, each with its connections; a SQLite file has one process."""
    first = open_database(url, clock)
    set_up(SqlStore(first))
    opened = [first]
    if url.startswith("postgresql"):
        opened += [open_database(url, clock) for _ in range(3)]
    first.write(lambda c: add_jobs_once(c, [job(f"{n:03}") for n in range(200)]))
    together = threading.Barrier(4)

    def work(database: Database) -> list[str]:
        done = []
        together.wait(timeout=30)
        jobs = SqlJobs(database)
        while claimed := jobs.claim(KINDS, 3):
            for each in claimed:
                database.write(lambda c, each=each: finish_job(c, each))
                done.append(each.id)
        return done

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(work, opened[n % len(opened)]) for n in range(4)]
        done = Counter(name for each in asked for name in each.result())
    for database in opened:
        database.close()
    assert len(done) == 200
    assert set(done.values()) == {1}


def test_the_next_jobs_are_found_by_their_index_in_their_order(sqlite: SqliteDatabase) -> None:
    set_up(SqlStore(sqlite))
    jobs = SqlJobs(sqlite)
    jobs.add(job())
    (plan,) = plans(sqlite, lambda: jobs.claim(KINDS, 20))[:1]
    assert "USING INDEX ix_jobs_waiting (due_at<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_the_failed_jobs_are_found_by_their_index(sqlite: SqliteDatabase) -> None:
    set_up(SqlStore(sqlite))
    for plan in plans(sqlite, lambda: listed(sqlite))[-3:-1]:
        assert "ix_jobs_failed (agency_id=?)" in plan


def plans(database: SqliteDatabase, act: Callable[[], object]) -> list[str]:
    """Give SQLite's plan of each statement of an act."""
    told: list[tuple[str, object]] = []

    def note(*arguments: object) -> None:
        told.append((str(arguments[2]), arguments[3]))

    event.listen(Engine, "before_cursor_execute", note)
    act()
    event.remove(Engine, "before_cursor_execute", note)

    def explain(connection: Connection, sql: str, values: object) -> str:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
        return "\n".join(row[3] for row in rows)

    return [database.read(lambda c, t=each: explain(c, *t)) for each in told]


def test_the_job_of_a_command_is_written_in_its_transaction_by_one_statement_more(
    database: Database, store: SqlStore
) -> None:
    store.transact(lambda t: t.save(started(task(1))))
    statements, commits = database.statements.total, database.statements.commits
    store.transact(lambda t: complete(t, "silent"))
    silent = database.statements.total - statements
    store.transact(lambda t: complete(t, "told", UserTaskCompleted(task="t", token=1, element="e")))
    assert database.statements.total - statements == 2 * silent + 1
    assert database.statements.commits - commits == 2
    jobs = SqlJobs(database)
    (left,) = jobs.claim(KINDS, 9)
    assert (left.kind, left.instance, left.agency) == (JobKind.NOTIFY, "case", AGENCY)


def complete(transaction: Transaction, request: str, happened: HistoryEvent | None = None) -> None:
    """Do what completing a task asks of the store."""
    assert transaction.find_request(RequestId(request)) is None
    case, found = transaction.get_case_of(task(1).id)
    moved = dataclasses.replace(found, revision=found.revision + 1)
    changes = advanced(case, request, changed_tasks=(moved,))
    if happened is not None:
        records, head = append(
            case.head, [happened], at=as_text(START), by=BY, request=RequestId(request)
        )
        after = dataclasses.replace(changes.instance, head=head)
        changes = dataclasses.replace(changes, instance=after, records=records)
    transaction.save(changes)


def test_who_waits_for_jobs_is_woken_after_the_commit(database: Database) -> None:
    woken: list[int] = []
    store = SqlStore(database, wake=lambda: woken.append(database.statements.commits))
    set_up(store)
    store.transact(lambda t: t.save(started(task(1))))
    assert woken == []
    store.transact(lambda t: complete(t, "told", UserTaskCompleted(task="t", token=1, element="e")))
    assert woken == [database.statements.commits]


def test_a_command_that_fails_leaves_no_job_and_wakes_nobody(
    database: Database, store: SqlStore
) -> None:
    store.transact(lambda t: t.save(started(task(1))))

    def work(transaction: Transaction) -> None:
        complete(transaction, "told", UserTaskCompleted(task="t", token=1, element="e"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(work)
    assert SqlJobs(database).claim(KINDS, 9) == ()
