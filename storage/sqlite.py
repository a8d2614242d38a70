"""A SQLite file: one writing connection, many reading ones, durable commits (findings/trust.md 6.11)."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool

from storage.errors import failed, in_our_words
from storage.sqlite_files import create_file, identity, lock_for_writing
from storage.sqlite_writer import SqliteWriter
from storage.statements import Statements

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from engine.clock import Clock

T = TypeVar("T")

OLDEST_SQLITE = (3, 35)

KEPT_READERS = 8
"""Reading connections that stay open; more are opened in a rush and closed again."""

WRITING = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")
READING = ("PRAGMA query_only=ON",)


class SqliteDatabase:
    """An open SQLite file; see `storage.database.Database`."""

    def __init__(self, path: Path, clock: Clock, *, read_only: bool, patience: timedelta) -> None:
        self.path = path
        self.address = str(path)
        self.clock = clock
        self._patience = patience.total_seconds()
        self._lock: int | None = None
        self._writer: SqliteWriter | None = None
        _check_library(self.address)
        self._writers = self._engine(WRITING, "BEGIN IMMEDIATE")
        self._readers = self._engine(READING, "BEGIN")
        self.statements = Statements(self._writers, self._readers)
        try:
            self._open_for_reading() if read_only else self._open_for_writing()
        except BaseException:
            self.close()
            raise

    @property
    def engine(self) -> Engine:
        """The engine of the writing connection, for SQLAlchemy's events."""
        return self._writers

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run the work on the writing thread; it is committed together with others that wait."""
        if self._writer is None:
            raise failed("database_read_only", self.address)
        return self._writer.run(work)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run the work on a reading connection."""
        with in_our_words(self.address), self._readers.connect() as connection:
            return work(connection)

    def close(self) -> None:
        """Finish what waits, close the connections, let another process write."""
        if self._writer is not None:
            self._writer.close()
        self._readers.dispose()
        self._writers.dispose()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _open_for_reading(self) -> None:
        if not self.path.exists():
            raise failed("database_missing", self.address)
        self.read(_look_inside)

    def _open_for_writing(self) -> None:
        self._lock = lock_for_writing(self.path)
        create_file(self.path)
        with in_our_words(self.address):
            connection = self._writers.connect()
            _look_inside(connection)
            self._check_log(connection)
            # A file that can't be written is found now, not at the first command; BEGIN alone doesn't tell.
            connection.exec_driver_sql("PRAGMA user_version = 0")
            connection.rollback()
        self._opened = identity(self.path)
        self._writer = SqliteWriter(connection, self.address, self._check_file)

    def _check_log(self, connection: Connection) -> None:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        if mode != "wal":
            raise failed("database_not_durable", self.address, setting="journal_mode", value=mode)

    def _check_file(self) -> None:
        if identity(self.path) != self._opened:
            raise failed("database_replaced", self.address)

    def _engine(self, pragmas: tuple[str, ...], begin: str) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=lambda: self._connect(pragmas),
            poolclass=QueuePool,
            pool_size=KEPT_READERS,
            max_overflow=-1,
        )
        event.listen(engine, "begin", lambda connection: _raw(connection).execute(begin))
        return engine

    def _connect(self, pragmas: tuple[str, ...]) -> sqlite3.Connection:
        # without an isolation level Python begins no transaction behind our back; the "begin" event does
        raw = sqlite3.connect(
            f"{self.path.as_uri()}?mode=rw",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for pragma in pragmas:
                raw.execute(pragma).close()
        except sqlite3.Error:
            raw.close()
            raise
        return raw


def _check_library(address: str) -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise failed("sqlite_too_old", address, found=sqlite3.sqlite_version)


def _look_inside(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)
