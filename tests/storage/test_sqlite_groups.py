"""Commands that wait share a commit, and nothing else."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from storage_kit import add_agency, agencies

from storage.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from storage.sqlite import SqliteDatabase


def run_together(
    sqlite: SqliteDatabase, works: list[Callable[[Connection], object]]
) -> list[object]:
    """Let all works wait behind one, so that they form one group; give their results or errors."""
    holding, may_go = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        holding.set()
        assert may_go.wait(timeout=10)

    def run(work: Callable[[Connection], object]) -> object:
        try:
            return sqlite.write(work)
        except (StorageFailed, ZeroDivisionError, sqlite3.Error) as error:
            return error

    waiting = sqlite._writer._waiting
    with ThreadPoolExecutor(len(works) + 1) as pool:
        first = pool.submit(run, hold)
        assert holding.wait(timeout=10)
        answers = []
        for number, work in enumerate(works, 1):  # in order, each in the queue before the next
            answers.append(pool.submit(run, work))
            while waiting.qsize() < number:
                threading.Event().wait(0)
        may_go.set()
        first.result()
        return [answer.result() for answer in answers]


def test_commands_that_wait_share_one_commit(sqlite: SqliteDatabase) -> None:
    commits = sqlite.statements.commits
    names = [f"a{number}" for number in range(20)]
    assert run_together(sqlite, [add_agency(name) for name in names]) == names
    assert sqlite.statements.commits - commits == 1
    assert sqlite.read(agencies) == set(names)


def test_a_group_has_an_end(sqlite: SqliteDatabase) -> None:
    commits = sqlite.statements.commits
    run_together(sqlite, [add_agency(f"a{number}") for number in range(70)])
    assert sqlite.statements.commits - commits == 2


def test_a_command_that_fails_is_undone_alone(sqlite: SqliteDatabase) -> None:
    def failing(connection: Connection) -> None:
        add_agency("bad")(connection)
        raise ZeroDivisionError

    answers = run_together(sqlite, [add_agency("a"), failing, add_agency("b")])
    assert [type(answer) for answer in answers] == [str, ZeroDivisionError, str]
    assert sqlite.read(agencies) == {"a", "b"}


def test_a_command_sees_what_the_one_before_it_in_the_group_wrote(sqlite: SqliteDatabase) -> None:
    assert run_together(sqlite, [add_agency("a"), agencies]) == ["a", {"a"}]


def test_a_commit_that_fails_fails_every_command_of_its_group(sqlite: SqliteDatabase) -> None:
    shutil.move(sqlite.path, f"{sqlite.path}.away")
    answers = run_together(sqlite, [add_agency("a"), add_agency("b")])
    assert [answer.code for answer in answers] == ["database_replaced"] * 2
    shutil.move(f"{sqlite.path}.away", sqlite.path)
    assert sqlite.write(add_agency("c")) == "c"
    assert sqlite.read(agencies) == {"c"}


def test_a_command_that_fills_the_disk_fails_alone_and_writing_goes_on(
    sqlite: SqliteDatabase,
) -> None:
    pages = sqlite.read(lambda c: c.execute(text("PRAGMA page_count")).scalar_one())
    limit = partial(_limit_pages, pages=pages + 5)
    run_together(sqlite, [limit])

    def too_much(connection: Connection) -> None:
        insert = "INSERT INTO files VALUES (:d, 1, '', randomblob(20000), '')"
        for number in range(100):
            connection.execute(text(insert), {"d": str(number)})

    answers = run_together(sqlite, [add_agency("a"), too_much, add_agency("b")])
    assert [getattr(answer, "code", answer) for answer in answers] == ["a", "disk_full", "b"]
    assert sqlite.read(agencies) == {"a", "b"}
    run_together(sqlite, [partial(_limit_pages, pages=pages + 10_000)])
    sqlite.write(too_much)


def test_a_command_in_a_command_is_refused_instead_of_waiting_for_ever(
    sqlite: SqliteDatabase,
) -> None:
    with pytest.raises(RuntimeError, match="Expected a command of its own"):
        sqlite.write(lambda _: sqlite.write(add_agency("a")))


def _limit_pages(connection: Connection, pages: int) -> None:
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
