"""When the database can't do its work: what SQLite and PostgreSQL report, in Alur's words.

Every `StorageFailed` names `database` (a path, or an address without its password) in its params.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg import errors as psycopg_errors
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from engine.errors import AlurError, Conflict
from engine.variables import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterator


class StorageFailed(AlurError):
    """The database can't do its work; nothing of the command was written."""


class Raced(Conflict):
    """Another command changed the same rows first; the work may be run again on the new state."""


MESSAGES = {
    "database_url_unsupported": "Expected the address of a SQLite file or a PostgreSQL database",
    "database_folder_missing": "Expected the database's folder, but it does not exist",
    "database_missing": "Expected a database, but there is no such file",
    "database_in_use": "Expected to be the only writing process, but another one has the database",
    "database_locked": "Expected the database to be free, but another program keeps it locked",
    "database_read_only": "Expected a writable database, but it is read-only",
    "database_damaged": "Expected a database, but it is damaged or something else",
    "database_foreign": "Expected an empty database or one of Alur, but it has other tables",
    "database_replaced": "Expected the opened file, but it was removed or replaced meanwhile",
    "database_unreachable": "Expected to reach the database, but it can't be opened",
    "database_not_durable": "Expected commits to be durable, but a setting says otherwise",
    "database_busy": "Expected the command to end, but it collided with others again and again",
    "database_closed": "Expected an open database, but it was closed",
    "database_failed": "Expected the database to answer, but it failed",
    "disk_full": "Expected room on the disk of the database, but it is full",
    "schema_too_new": "Expected a schema that this version knows, but it is newer",
    "schema_too_old": "Expected the schema of this version, but it is older",
    "sqlite_too_old": "Expected a newer SQLite library",
}
"""What each code means, for the log; the sentence for people is in `web/words.py`."""

_SQLITE = {
    sqlite3.SQLITE_PERM: "database_read_only",
    sqlite3.SQLITE_BUSY: "database_locked",
    sqlite3.SQLITE_LOCKED: "database_locked",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CANTOPEN: "database_unreachable",
}

# https://www.postgresql.org/docs/18/errcodes-appendix.html: a code of five characters, a class of two
_POSTGRESQL = {
    "08": "database_unreachable",
    "25006": "database_read_only",
    "25P03": "database_unreachable",  # silent for too long in the middle of a command
    "28": "database_unreachable",
    "3D": "database_unreachable",
    "53100": "disk_full",
    "53": "database_unreachable",
    "55P03": "database_locked",
    "57P": "database_unreachable",
    "XX001": "database_damaged",
    "XX002": "database_damaged",
}


def failed(code: str, database: str, reason: str = "", **params: object) -> StorageFailed:
    """Make the error of a code; `reason` is what the database or the machine said, for the log only."""
    told = ", ".join(f"{name} {value}" for name, value in params.items())
    details = "; ".join(filter(None, (told, reason)))
    message = f"{MESSAGES[code]}: {database}" + (f" ({details})" if details else "")
    return StorageFailed(message, code=code, database=database, **params)


def translated(error: BaseException, database: str) -> BaseException:
    """Give the error to raise instead of one that came out of a command; what is no database's stays as it is."""
    origin = _origin(error)
    if isinstance(origin, sqlite3.IntegrityError | psycopg.IntegrityError):
        return error  # a broken rule of the tables: the store words what it expects, the rest is a mistake of ours
    if is_collision(origin):
        return Conflict(f"{MESSAGES['database_busy']}: {origin}", code="database_busy")
    if isinstance(origin, psycopg.DataError | UnicodeEncodeError):
        return InvalidValue(f"Expected storable text, but {origin}", code="value_unstorable")
    code = _code_of(origin)
    return error if code is None else failed(code, database, str(origin).strip())


@contextmanager
def in_our_words(database: str) -> Iterator[None]:
    """Raise what the database reports inside as an error of ours."""
    try:
        yield
    except Exception as error:
        told = translated(error, database)
        if told is error:
            raise
        raise told from error


def is_collision(error: BaseException) -> bool:
    """Tell whether PostgreSQL gave up one of two commands that stood in each other's way."""
    origin = _origin(error)
    return isinstance(origin, psycopg_errors.SerializationFailure | psycopg_errors.DeadlockDetected)


def _origin(error: BaseException) -> BaseException:
    return error.orig or error if isinstance(error, DBAPIError) else error


def _code_of(error: BaseException) -> str | None:
    if isinstance(error, sqlite3.Error):
        # the low byte is the kind, the rest a detail (https://www.sqlite.org/rescode.html)
        number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        return _SQLITE.get(number, "database_failed")
    if isinstance(error, psycopg.Error):
        return _postgresql_code(error.sqlstate)
    return "database_busy" if isinstance(error, PoolExhausted) else None


def _postgresql_code(state: str | None) -> str:
    if state is None:  # no answer from a server at all
        return "database_unreachable"
    known = (_POSTGRESQL.get(state[:length]) for length in (5, 3, 2))
    return next(filter(None, known), "database_failed")
