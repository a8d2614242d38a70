"""Makes two commands meet: on SQLite in one group of the writer, on PostgreSQL in the moment before the first one's commit."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, Self

import psycopg
from sqlalchemy import event

from storage.postgresql import PostgresqlDatabase
from storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.database import Database

PATIENCE = 20
"""Seconds that one side may take to meet the other."""

BOTH = 2

_WAITERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class Meeting(Protocol):
    """What holds the one until the other is there; `met` tells whether it came."""

    met: bool

    def __enter__(self) -> Self:
        """Begin to hold."""
        ...

    def __exit__(self, *_: object) -> None:
        """Hold nobody any more."""
        ...

    def release(self) -> None:
        """Let both go as soon as they have met."""
        ...

    def ended(self) -> None:
        """Hear that one of them came to its end."""
        ...


def meeting_on(database: Database) -> Meeting:
    """Give what makes two commands meet on this database."""
    if isinstance(database, SqliteDatabase):
        return HeldWriter(database)
    assert isinstance(database, PostgresqlDatabase)
    return HeldCommit(database)


class HeldWriter:
    """Keeps SQLite's writer busy until two commands wait for it, or one of them has ended without writing."""

    def __init__(self, database: SqliteDatabase) -> None:
        assert database._writer is not None
        self._waiting = database._writer._waiting
        self._free, self._ended = threading.Event(), threading.Event()
        self._is_held = threading.Event()
        self.met = False
        self._holder = threading.Thread(target=lambda: database.write(self._hold))

    def __enter__(self) -> Self:
        self._holder.start()
        self._is_held.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self._free.set()
        self._holder.join()

    def release(self) -> None:
        """Let both go as soon as they have met."""
        while not self.met and not self._ended.wait(0.001):
            self.met = self._waiting.qsize() >= BOTH
        self._free.set()

    def ended(self) -> None:
        """Hear that one of them came to its end."""
        self._ended.set()

    def _hold(self, _: Connection) -> None:
        self._is_held.set()
        self._free.wait(PATIENCE)


class HeldCommit:
    """Holds the first commit of history in PostgreSQL until another command waits for its locks, or has ended."""

    def __init__(self, database: PostgresqlDatabase) -> None:
        self._engine = database.engine
        self._is_first, self._ended = threading.Lock(), threading.Event()
        self.met = False

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._wrote)
        event.listen(self._engine, "commit", self._hold)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._wrote)
        event.remove(self._engine, "commit", self._hold)

    def release(self) -> None:
        """Let both go as soon as they have met, which the commit itself sees."""

    def ended(self) -> None:
        """Hear that one of them came to its end."""
        self._ended.set()

    def _wrote(self, connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO history"):
            connection.info["wrote"] = True

    def _hold(self, connection: Connection) -> None:
        if not connection.info.pop("wrote", False) or not self._is_first.acquire(blocking=False):
            return
        address = self._engine.url.set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False)) as beside:
            beside.autocommit = True
            while not self.met and not self._ended.wait(0.001):
                self.met = beside.execute(_WAITERS).fetchone() != (0,)
