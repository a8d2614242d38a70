"""PostgreSQL as a server's database: durable, reconnecting, and clear about what hinders it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text
from storage_kit import add_agency, agencies, refused

from storage.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from engine.testing import FixedClock
    from storage.postgresql import PostgresqlDatabase

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.parametrize("url", ["postgresql"], indirect=True),
]


def test_both_spellings_of_the_address_are_understood(url: str, clock: FixedClock) -> None:
    for scheme in ("postgresql", "postgresql+psycopg"):
        opened = open_database(url.replace("postgresql", scheme, 1), clock)
        assert opened.read(agencies) == set()
        opened.close()


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_server_that_may_lose_commits_is_refused(
    make_postgresql: Callable[[], str], clock: FixedClock, url: str, setting: str
) -> None:
    lossy = make_postgresql()
    with psycopg.connect(lossy, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET {setting} = off".encode())
    with refused("database_not_durable"):
        open_database(lossy, clock)
    open_database(url, clock).close()


def test_an_unreachable_server_is_told_without_the_password(clock: FixedClock, url: str) -> None:
    with refused("database_unreachable") as caught:
        open_database("postgresql://ani:secret@127.0.0.1:1/alur?password=secret", clock)
    assert caught.value.params == {"database": "postgresql://127.0.0.1:1/alur"}
    assert "secret" not in str(caught.value)
    with refused("database_unreachable"):
        open_database(url.replace("alur_", "nothing_"), clock)


def test_reading_can_not_write(database: PostgresqlDatabase, clock: FixedClock, url: str) -> None:
    with refused("database_read_only"):
        database.read(add_agency("a"))
    beside = open_database(url, clock, read_only=True)
    with refused("database_read_only"):
        beside.write(add_agency("a"))
    beside.close()


def test_a_lost_connection_is_told_and_the_next_command_gets_a_new_one(
    database: PostgresqlDatabase,
) -> None:
    end_myself = text("SELECT pg_terminate_backend(pg_backend_pid())")

    def cut(connection: Connection) -> None:
        add_agency("a")(connection)
        connection.execute(end_myself)

    with refused("database_unreachable"):
        database.write(cut)
    assert database.write(add_agency("b")) == "b"
    assert database.read(agencies) == {"b"}


def test_a_row_that_stays_locked_is_told(clock: FixedClock, url: str) -> None:
    opened = open_database(url, clock, patience=timedelta(milliseconds=20))
    opened.write(add_agency("a"))
    lock = text("SELECT id FROM agencies FOR UPDATE")
    with psycopg.connect(url) as other:
        other.execute(b"SELECT id FROM agencies FOR UPDATE")
        with refused("database_locked"):
            opened.write(lambda c: c.execute(lock).close())
    opened.close()


def test_two_commands_that_block_each_other_both_succeed(database: PostgresqlDatabase) -> None:
    database.write(add_agency("a"))
    database.write(add_agency("b"))
    both_hold_one = threading.Barrier(2)
    change = text("UPDATE agencies SET head_seq = head_seq + 1 WHERE id = :id")

    def crosswise(names: tuple[str, str]) -> None:
        runs: list[bool] = []

        def work(connection: Connection) -> None:
            connection.execute(change, {"id": names[0]})
            if not runs:
                runs.append(True)
                both_hold_one.wait(timeout=10)
            connection.execute(change, {"id": names[1]})

        database.write(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(crosswise, [("a", "b"), ("b", "a")]))
    heads = database.read(
        lambda c: list(c.execute(text("SELECT head_seq FROM agencies")).scalars())
    )
    assert heads == [2, 2]


def test_text_that_postgresql_can_not_keep_is_refused_as_a_value(
    database: PostgresqlDatabase,
) -> None:
    with pytest.raises(Exception, match="Expected storable text") as caught:
        database.write(add_agency("a\0b"))
    assert caught.value.code == "value_unstorable"
