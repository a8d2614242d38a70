"""Opens the database that an address names: a SQLite file or a PostgreSQL database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import failed
from storage.postgresql import PostgresqlDatabase
from storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL, Connection

    from engine.clock import Clock
    from storage.statements import Statements

T = TypeVar("T")

DEFAULT_URL = "sqlite:///var/alur.sqlite3"
"""The database when no address is given; the folder `var` is made if it is missing."""

PATIENCE = timedelta(seconds=5)
"""How long a command waits for a lock that another program holds."""


class Database(Protocol):
    """A database that is open, whichever it is."""

    @property
    def address(self) -> str:
        """The path or address, without a password: what messages name."""
        ...

    @property
    def clock(self) -> Clock:
        """The clock by which posts are held and sessions end."""
        ...

    @property
    def statements(self) -> Statements:
        """Counts of what was sent, for tests and the bench."""
        ...

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run the work in a transaction; what it wrote is durable when this returns.

        On any exception nothing is written and the exception goes on. The work may be run more than once, so it must have
        no effect of its own; it runs in another thread. Raises StorageFailed when the database can't do it.
        """
        ...

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run the work on one unchanging view of what was committed. Raises StorageFailed when the database can't do it."""
        ...

    def close(self) -> None:
        """Finish the commands that wait, and let go of the database."""
        ...


def open_database(
    url: str, clock: Clock, *, read_only: bool = False, patience: timedelta = PATIENCE
) -> Database:
    """Open the database of an address: `sqlite:///<path>` or `postgresql://…` (also `postgresql+psycopg://…`).

    A missing SQLite file is created (for its owner only), but stays empty until `storage.migrations.migrate`. A SQLite file
    has one writing process; with `read_only` any number may read beside it.

    Raises StorageFailed with a code of `storage.errors.MESSAGES` when it can't be opened.
    """
    address = _read(url)
    match address.drivername:
        case "sqlite" | "sqlite+pysqlite" if _names_a_file(address):
            if url == DEFAULT_URL and not read_only:
                Path(str(address.database)).parent.mkdir(mode=0o700, exist_ok=True)
            path = Path(str(address.database)).resolve()
            return SqliteDatabase(path, clock, read_only=read_only, patience=patience)
        case "postgresql" | "postgresql+psycopg" | "postgres":
            return PostgresqlDatabase(address, clock, read_only=read_only, patience=patience)
        case other:
            raise failed("database_url_unsupported", other)


def _read(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        # the text may hold a password, so only its beginning is told
        scheme = url.partition(":")[0]
        raise failed("database_url_unsupported", scheme) from error


def _names_a_file(address: URL) -> bool:
    return bool(address.database) and address.database != ":memory:" and not address.query
