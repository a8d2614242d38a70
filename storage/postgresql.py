"""A PostgreSQL database: a pool of connections, READ COMMITTED with row locks, durable commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import create_engine

from storage.errors import failed, in_our_words, is_collision
from storage.statements import Statements

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from sqlalchemy import URL, Connection

    from engine.clock import Clock

T = TypeVar("T")

POOL = 10
"""Connections that are kept; as many again are opened in a rush."""

TRIES = 5
"""How often a command is run when PostgreSQL gives it up for another one."""

SECONDS_TO_CONNECT = 10

PATIENT_TIMES = 12
"""How many times as long as it waits for a lock a command may be silent: a minute, by the usual patience."""

_DURABILITY = "SELECT name, setting FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync')"


class PostgresqlDatabase:
    """An open PostgreSQL database; see `storage.database.Database`."""

    def __init__(self, url: URL, clock: Clock, *, read_only: bool, patience: timedelta) -> None:
        self.address = _shown(url)
        self.clock = clock
        self._is_read_only = read_only
        self.engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="READ COMMITTED",
            pool_size=POOL,
            max_overflow=POOL,
            pool_pre_ping=True,  # a restart of the server must not need one of ours
            connect_args={
                "application_name": "alur",
                "connect_timeout": SECONDS_TO_CONNECT,
                "options": _limits(patience),
            },
        )
        self._reading = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self.statements = Statements(self.engine)
        try:
            self.read(self._check_durability)
        except BaseException:
            self.close()
            raise

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run the work in a transaction, again when PostgreSQL gave it up for another command."""
        if self._is_read_only:
            raise failed("database_read_only", self.address)
        with in_our_words(self.address):
            for _ in range(TRIES - 1):
                try:
                    return self._write_once(work)
                except Exception as error:
                    if not is_collision(error):
                        raise
            return self._write_once(work)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run the work on one snapshot."""
        with in_our_words(self.address), self._reading.connect() as connection:
            return work(connection)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self.engine.dispose()

    def _write_once(self, work: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return work(connection)

    def _check_durability(self, connection: Connection) -> None:
        for setting, value in connection.exec_driver_sql(_DURABILITY):
            if value == "off":
                raise failed("database_not_durable", self.address, setting=setting, value=value)


def _limits(patience: timedelta) -> str:
    """Give how long a command waits for a lock, and how long it may hold some without a word.

    A process that was stopped in the middle of a command would keep a case from everybody: PostgreSQL undoes its transaction,
    so that another worker can do its job, and the late one has no say any more.
    """
    lock, idle = (int(each.total_seconds() * 1000) for each in (patience, PATIENT_TIMES * patience))
    return f"-c lock_timeout={lock} -c idle_in_transaction_session_timeout={idle}"


def _shown(url: URL) -> str:
    # nothing of the query: it may hold a password too
    host = url.host or "localhost"
    place = f"{host}:{url.port}" if url.port else host
    return f"postgresql://{place}/{url.database or ''}"
