"""How the store works on SQL: few statements, and a lost race that is run again."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, insert
from storage_kit import CASE, START, advanced, started, task

from engine.clock import as_text
from engine.errors import NotFound
from engine.ids import PersonId, RequestId
from engine.user_task import TaskState
from storage.measure import log_bytes
from storage.tables import files, instance_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.store import Changes, Instance, Transaction
    from storage.database import Database
    from storage.store import SqlStore


def complete(transaction: Transaction, request: str = "complete") -> None:
    """Do what completing a task asks of the store: the request, the case, the next task."""
    assert transaction.find_request(RequestId(request)) is None
    case, found = transaction.get_case_of(task(1).id)
    done = dataclasses.replace(
        found, state=TaskState.COMPLETED, holder=PersonId("ani"), revision=found.revision + 1
    )
    transaction.save(advanced(case, request, changed_tasks=(done,), new_tasks=(task(2),)))


def test_a_completion_takes_six_statements_and_one_commit(
    database: Database, store: SqlStore
) -> None:
    store.transact(lambda t: t.save(started(task(1))))
    statements, commits = database.statements.total, database.statements.commits
    store.transact(complete)
    assert database.statements.total - statements == 6
    assert database.statements.commits - commits == 1


def test_the_bytes_of_a_completion_do_not_grow_with_the_history(
    database: Database, store: SqlStore
) -> None:
    store.transact(lambda t: t.save(started(task(1))))

    def round_trip(number: int) -> None:
        def work(transaction: Transaction) -> None:
            case, found = transaction.get_case_of(task(1).id)
            moved = dataclasses.replace(found, revision=found.revision + 1)
            transaction.save(advanced(case, f"r{number:04}", changed_tasks=(moved,)))

        store.transact(work)

    sizes = [log_bytes(database, lambda n=n: round_trip(n)) for n in range(100)]
    early, late = sorted(sizes[2:22])[10], sorted(sizes[-20:])[10]
    assert late <= early * 1.35


def test_a_request_that_another_command_carried_out_meanwhile_is_found_on_the_second_run(
    store: SqlStore,
) -> None:
    store.transact(lambda t: t.save(started(request="one")))
    runs: list[bool] = []

    def work(transaction: Transaction) -> object:
        runs.append(True)
        if len(runs) == 1:  # as if the other command had not been there when it asked
            transaction.save(started(request="one", ident="other"))
        return transaction.find_request(RequestId("one"))

    assert store.transact(work) == started(request="one").records[0]
    assert len(runs) == 2


def test_a_command_on_an_old_case_is_run_again_on_the_new_one(store: SqlStore) -> None:
    store.transact(lambda t: t.save(started()))
    old = store.transact(lambda t: t.get_instance(CASE))
    store.transact(lambda t: t.save(advanced(old, "first")))
    seen: list[Instance] = [old]

    def work(transaction: Transaction) -> None:
        case = seen[-1]
        seen.append(transaction.get_instance(CASE))
        transaction.save(advanced(case, "second"))

    store.transact(work)
    assert store.transact(lambda t: t.get_instance(CASE)).revision == 3
    assert len(seen) == 3


def test_a_rejection_by_the_engine_is_not_run_again(store: SqlStore) -> None:
    runs: list[bool] = []

    def work(transaction: Transaction) -> None:
        runs.append(True)
        transaction.get_instance(CASE)

    with pytest.raises(NotFound):
        store.transact(work)
    assert len(runs) == 1


def keep_file(digest: str) -> Callable[..., None]:
    row = {
        "digest": digest,
        "size": 1,
        "content_type": "text/plain",
        "content": b"x",
        "stored_at": as_text(START),
    }
    return lambda connection: connection.execute(insert(files), [row]).close()


def with_files(changes: Changes, *digests: str) -> Changes:
    return dataclasses.replace(changes, files=frozenset(digests))


def test_a_case_notes_each_file_that_it_uses_once(database: Database, store: SqlStore) -> None:
    database.write(keep_file("aa"))
    database.write(keep_file("bb"))
    store.transact(lambda t: t.save(with_files(started(), "aa")))
    case = store.transact(lambda t: t.get_instance(CASE))
    store.transact(lambda t: t.save(with_files(advanced(case, "next"), "aa", "bb")))
    used = database.read(lambda c: {tuple(row) for row in c.execute(instance_files.select())})
    assert used == {(CASE, "aa"), (CASE, "bb")}


def test_a_file_that_was_never_stored_is_refused(store: SqlStore) -> None:
    with pytest.raises(NotFound) as refused:
        store.transact(lambda t: t.save(with_files(started(), "cc")))
    assert (refused.value.code, refused.value.params) == ("file_unknown", {"digests": ["cc"]})


def test_a_command_writes_only_those_columns_of_a_case_that_changed(
    database: Database, store: SqlStore
) -> None:
    """An index is written anew for each of its columns that a statement names, changed or not."""
    store.transact(lambda t: t.save(started(task(1))))
    sent: list[str] = []
    listen_to(database, sent)
    store.transact(complete)
    (changed,) = (text for text in sent if text.startswith("UPDATE instances"))
    named = changed.partition(" SET ")[2].partition(" WHERE ")[0]
    assert {part.partition("=")[0] for part in named.split(", ")} == {
        "revision",
        "head_seq",
        "head_hash",
    }


def listen_to(database: Database, sent: list[str]) -> None:
    """Note the statements that go out from now on."""

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)  # type: ignore[attr-defined]
