"""The schema of a database, made and brought up to date by Alembic.

Each revision is a file in `versions/`; together they make what `storage.tables` says (a test compares them on both
databases). A migration runs in one transaction: whole or not at all, on SQLite too.

A new revision begins with a change of `storage/tables/` and
`alembic.command.revision(configuration(connection), "what it changes", autogenerate=True)`; then read what that wrote.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.errors import failed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.database import Database

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7310047)")
"""Several processes may start at once on PostgreSQL; the number stands for this lock and nothing else."""


def migrate(database: Database) -> None:
    """Bring the schema of a database to this version's; an empty one gets all tables.

    Raises StorageFailed: `schema_too_new` (a revision that this version doesn't know), `database_foreign` (tables, but none
    of Alur's); nothing has changed then.
    """

    def work(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(_ONE_AT_A_TIME)
        if _revision(connection, database.address) != newest_revision():
            command.upgrade(configuration(connection), "head")

    if database.read(_found_revision) != newest_revision():
        database.write(work)


def check_schema(database: Database) -> None:
    """Make sure that the schema is this version's, without changing it (for reading beside the running server).

    Raises StorageFailed: `schema_too_old`, `schema_too_new`, `database_foreign`.
    """
    found = database.read(lambda connection: _revision(connection, database.address))
    if found != newest_revision():
        raise failed("schema_too_old", database.address, found=found, needed=newest_revision())


@cache
def newest_revision() -> str:
    """Give the revision that this version of Alur makes; the files are read once in a process."""
    newest = _scripts().get_current_head()
    if newest is None:
        raise LookupError("Expected migrations in the package, but found none")
    return newest


def configuration(connection: Connection | None = None) -> Config:
    """Give Alembic's settings for these migrations, to run on a connection."""
    settings = Config()
    settings.set_main_option("script_location", "storage:migrations")
    settings.set_main_option("file_template", "m%%(rev)s_%%(slug)s")
    settings.attributes["connection"] = connection
    return settings


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())


def _found_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _revision(connection: Connection, address: str) -> str:
    """Give the database's revision, empty when it has no tables at all."""
    found = _found_revision(connection)
    if found is None:
        if inspect(connection).get_table_names():
            raise failed("database_foreign", address)
        return ""
    known = {script.revision for script in _scripts().walk_revisions()}
    if found not in known:
        raise failed("schema_too_new", address, found=found, known=newest_revision())
    return found
