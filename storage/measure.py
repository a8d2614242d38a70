"""How many bytes an act writes to the database's log: an exact figure for tests and the bench (T6)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from storage.postgresql import PostgresqlDatabase
from storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database

_POSITION = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"


def log_bytes(database: Database, act: Callable[[], object]) -> int:
    """Give the bytes that went to the write-ahead log while the act ran, if nobody else writes meanwhile."""
    if isinstance(database, SqliteDatabase):
        log = Path(f"{database.path}-wal")
        with closing(sqlite3.connect(database.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        act()
        return log.stat().st_size
    if isinstance(database, PostgresqlDatabase):
        before = _position(database)
        act()
        return _position(database) - before
    raise TypeError(f"Expected SQLite or PostgreSQL, but found {type(database).__name__}")


def _position(database: PostgresqlDatabase) -> int:
    return int(database.read(lambda c: c.exec_driver_sql(_POSITION).scalar_one()))


def file_bytes(path: Path) -> int:
    """Give the bytes of a SQLite file, with everything of its log in it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size
