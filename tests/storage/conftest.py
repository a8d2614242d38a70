"""The three stores that every test of the contract runs on, and a PostgreSQL server of our own."""

from __future__ import annotations

import shutil
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest
from postgresql_kit import make_database, running_server
from storage_kit import START, Workplace, set_up

from engine.testing import FixedClock, MemoryStore
from storage.database import open_database
from storage.history import list_records, personal_values_of
from storage.jobs import SqlJobs
from storage.migrations import migrate
from storage.store import SqlStore
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storage.database import Database
    from storage.sqlite import SqliteDatabase

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)
SQL = ["sqlite", POSTGRESQL]
_NUMBERS = count(1)


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands still."""
    return FixedClock(START)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Callable[[str], str]]:
    """Run a PostgreSQL server; gives the function that tells the address of one of its databases."""
    with running_server() as address_of:
        yield address_of


@pytest.fixture(scope="session")
def make_postgresql(postgresql_server: Callable[[str], str]) -> Callable[[], str]:
    """Give the function that makes an empty PostgreSQL database and tells its address."""

    def make() -> str:
        return make_database(postgresql_server, f"alur_{next(_NUMBERS)}")

    return make


@pytest.fixture(scope="module")
def postgresql_url(make_postgresql: Callable[[], str]) -> str:
    """Give the address of a database of this module, with all tables."""
    url = make_postgresql()
    database = open_database(url, FixedClock(START))
    migrate(database)
    database.close()
    return url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "alur.sqlite3"
    database = open_database(f"sqlite:///{path}", FixedClock(START))
    migrate(database)
    database.close()
    return path


@pytest.fixture
def sqlite_url(sqlite_file: Path, tmp_path: Path) -> str:
    """Give the address of a SQLite file of this test, with all tables."""
    return f"sqlite:///{shutil.copy(sqlite_file, tmp_path / 'alur.sqlite3')}"


@pytest.fixture
def sqlite(sqlite_url: str, clock: FixedClock) -> Iterator[SqliteDatabase]:
    """Give an open SQLite database."""
    opened = open_database(sqlite_url, clock)
    yield opened
    opened.close()


@pytest.fixture(params=SQL)
def url(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database with all tables."""
    return empty(request, request.param)


@pytest.fixture
def database(url: str, clock: FixedClock) -> Iterator[Database]:
    """Give an open database with all tables and no rows."""
    opened = open_database(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> SqlStore:
    """Give a store with an office, its head Ani and a process."""
    store = SqlStore(database)
    set_up(store)
    return store


@pytest.fixture(params=["memory", *SQL])
def backend(request: pytest.FixtureRequest, clock: FixedClock) -> Iterator[Workplace]:
    """Give each store in turn, empty."""
    if request.param == "memory":
        memory = MemoryStore(clock)
        yield Workplace(
            store=memory,
            jobs=memory.jobs,
            clock=clock,
            records=memory.list_records,
            personal=memory.personal_values,
        )
        return
    opened = open_database(empty(request, request.param), clock)
    yield Workplace(
        store=SqlStore(opened),
        jobs=SqlJobs(opened),
        clock=clock,
        records=lambda chain: opened.read(partial(list_records, chain=chain)),
        personal=lambda chain: opened.read(partial(personal_values_of, chain=chain)),
    )
    opened.close()


def empty(request: pytest.FixtureRequest, kind: str) -> str:
    """Give the address of a database of a kind, with all tables and no rows."""
    url: str = request.getfixturevalue(f"{kind}_url")
    if kind == "postgresql":
        _clear(url)
    return url


def _clear(url: str) -> None:
    with psycopg.connect(url) as connection:
        # a replica runs no triggers, so that the history lets itself be emptied here
        deletes = (str(table.delete()) for table in metadata.tables.values())
        all_at_once = "; ".join(("SET session_replication_role = replica", *deletes))
        connection.execute(all_at_once.encode())
