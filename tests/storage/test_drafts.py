"""Drafts: kept per person and task, seen by nobody else, gone with the round, the sending and the years."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_kit import CASE, START, advanced, registration, set_up, started, task

from engine.errors import InvalidSubmission, NotFound
from engine.form import RawSubmission, StoredFile
from engine.ids import PersonId, user_task_id
from engine.user_task import TaskState
from storage.drafts import KEPT_AFTER_TASK, KEPT_AT_MOST, MOST_BYTES, MOST_DRAFTS, Drafts
from storage.store import SqlStore
from storage.tables import drafts as table

if TYPE_CHECKING:
    from engine.testing import FixedClock
    from engine.user_task import UserTask
    from storage.database import Database
    from storage.sqlite import SqliteDatabase

ANI, BUDI = PersonId("ani"), PersonId("budi")
LETTER = StoredFile(name="surat.pdf", digest="0f" * 32, size=12, content_type="application/pdf")
TYPED = RawSubmission(
    values={"perihal": ("Undangan \0 “rapat”",), "peserta.0.nama": ("Ani", "Budi")},
    files={"berkas": (LETTER,)},
)
TASK = user_task_id(CASE, 2)


@pytest.fixture
def office(database: Database) -> SqlStore:
    """Give a store with two people and a case with two tasks."""
    store = SqlStore(database)
    set_up(store, registration("ani", "kepala"), registration("budi", "kepala"))
    store.transact(lambda t: t.save(started(task(2), task(3))))
    return store


def change(store: SqlStore, request: str, changed: UserTask) -> None:
    """Write a change of a task."""

    def work(transaction: object) -> None:
        case = transaction.get_instance(CASE)
        transaction.save(advanced(case, request, changed_tasks=(changed,)))

    store.transact(work)


def finished(by: PersonId) -> UserTask:
    """Give the task, finished by a person."""
    return task(2, state=TaskState.COMPLETED, holder=by, revision=2)


@pytest.mark.usefixtures("office")
def test_a_draft_is_read_back_by_its_writer_only(database: Database, clock: FixedClock) -> None:
    drafts = Drafts(database)
    saved = drafts.save_draft(ANI, TASK, TYPED)
    found = drafts.find_draft(ANI, TASK)
    assert found == saved
    assert found is not None
    assert (found.values, found.files, found.saved_at) == (TYPED.values, TYPED.files, clock.now())
    assert drafts.find_draft(BUDI, TASK) is None
    assert drafts.find_draft(ANI, user_task_id(CASE, 3)) is None


@pytest.mark.usefixtures("office")
def test_a_later_draft_stands_in_place_of_the_earlier(database: Database) -> None:
    drafts = Drafts(database)
    drafts.save_draft(ANI, TASK, TYPED)
    drafts.save_draft(ANI, TASK, RawSubmission(values={"perihal": ("Lain",)}))
    found = drafts.find_draft(ANI, TASK)
    assert found is not None
    assert (found.values, found.files) == ({"perihal": ("Lain",)}, {})


@pytest.mark.usefixtures("office")
def test_a_dropped_draft_is_gone_and_dropping_it_again_writes_nothing(database: Database) -> None:
    drafts = Drafts(database)
    drafts.save_draft(ANI, TASK, TYPED)
    drafts.drop_draft(ANI, TASK)
    assert drafts.find_draft(ANI, TASK) is None
    commits = database.statements.commits
    drafts.drop_draft(ANI, TASK)
    assert database.statements.commits == commits


def test_what_was_sent_leaves_no_draft_and_takes_none(database: Database, office: SqlStore) -> None:
    drafts = Drafts(database)
    drafts.save_draft(ANI, TASK, TYPED)
    change(office, "complete", finished(ANI))
    assert drafts.find_draft(ANI, TASK) is None
    assert drafts.save_draft(ANI, TASK, TYPED) is None


def test_a_draft_of_a_task_that_another_finished_is_kept(
    database: Database, office: SqlStore
) -> None:
    drafts = Drafts(database)
    change(office, "complete", finished(BUDI))
    drafts.save_draft(ANI, TASK, TYPED)
    assert drafts.find_draft(ANI, TASK) is not None


def test_a_draft_older_than_its_task_is_none(
    database: Database, office: SqlStore, clock: FixedClock
) -> None:
    drafts = Drafts(database)
    later = dataclasses.replace(task(4), created_at=START + timedelta(days=1))
    case = office.transact(lambda t: t.get_instance(CASE))
    office.transact(lambda t: t.save(advanced(case, "round", new_tasks=(later,))))
    drafts.save_draft(ANI, later.id, TYPED)
    assert drafts.find_draft(ANI, later.id) is None
    clock.advance(timedelta(days=1))
    drafts.save_draft(ANI, later.id, TYPED)
    assert drafts.find_draft(ANI, later.id) is not None


@pytest.mark.usefixtures("office")
def test_a_draft_has_a_task_and_an_end(database: Database) -> None:
    drafts = Drafts(database)
    with pytest.raises(NotFound):
        drafts.save_draft(ANI, user_task_id(CASE, 99), TYPED)
    with pytest.raises(InvalidSubmission) as refused:
        drafts.save_draft(ANI, TASK, RawSubmission(values={"perihal": ("x" * MOST_BYTES,)}))
    assert refused.value.code == "draft_large"
    assert drafts.find_draft(ANI, TASK) is None


def test_of_too_many_drafts_the_oldest_goes(sqlite: SqliteDatabase, clock: FixedClock) -> None:
    store, drafts = SqlStore(sqlite), Drafts(sqlite)
    set_up(store, registration("ani", "kepala"), registration("budi", "kepala"))
    tasks = [task(n) for n in range(2, MOST_DRAFTS + 3)]
    store.transact(lambda t: t.save(started(*tasks)))
    drafts.save_draft(BUDI, tasks[0].id, TYPED)
    for each in tasks:
        clock.advance(timedelta(minutes=1))
        drafts.save_draft(ANI, each.id, TYPED)
    kept = [each.id for each in tasks if drafts.find_draft(ANI, each.id)]
    assert kept == [each.id for each in tasks[1:]]
    assert drafts.find_draft(BUDI, tasks[0].id) is not None


def test_old_drafts_are_cleared_away_when_a_new_one_is_kept(
    database: Database, office: SqlStore, clock: FixedClock
) -> None:
    drafts = Drafts(database)
    drafts.save_draft(ANI, TASK, TYPED)
    change(office, "complete", finished(BUDI))
    clock.advance(KEPT_AFTER_TASK - timedelta(days=1))
    drafts.save_draft(BUDI, user_task_id(CASE, 3), TYPED)
    assert drafts.find_draft(ANI, TASK) is not None
    clock.advance(timedelta(days=2))
    drafts.save_draft(BUDI, user_task_id(CASE, 3), TYPED)
    assert drafts.find_draft(ANI, TASK) is None
    clock.advance(KEPT_AT_MOST + timedelta(days=1))
    drafts.save_draft(ANI, user_task_id(CASE, 3), TYPED)
    assert drafts.find_draft(BUDI, user_task_id(CASE, 3)) is None


def test_old_drafts_are_found_by_an_index(sqlite: SqliteDatabase) -> None:
    purge = "EXPLAIN QUERY PLAN DELETE FROM drafts WHERE saved_at < '2026' AND (saved_at < '2025')"
    (row,) = sqlite.read(lambda c: c.exec_driver_sql(purge).all())
    assert "ix_drafts_saved_at" in row[3]
    assert {index.name for index in table.indexes} == {"ix_drafts_saved_at"}
