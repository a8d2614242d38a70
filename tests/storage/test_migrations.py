"""The schema: made by migrations, equal to `storage.tables`, known by its revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from storage_kit import START

from engine.testing import FixedClock
from storage.database import open_database
from storage.errors import StorageFailed
from storage.migrations import check_schema, migrate, newest_revision
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from storage.database import Database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give a database without any table."""
    url = f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("make_postgresql")()
    opened = open_database(url, FixedClock(START))
    yield opened
    opened.close()


def set_revision(database: Database, revision: str) -> None:
    change = text("UPDATE alembic_version SET version_num = :revision")
    database.write(lambda c: c.execute(change, {"revision": revision}).close())


def table_names(database: Database) -> set[str]:
    return set(database.read(lambda c: inspect(c).get_table_names()))


def test_the_migrations_make_what_the_tables_say(bare: Database) -> None:
    migrate(bare)

    def difference(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    assert bare.read(difference) == []


def test_a_missing_column_would_be_seen_as_a_difference(bare: Database) -> None:
    migrate(bare)
    bare.write(lambda c: c.execute(text("ALTER TABLE units DROP COLUMN name")).close())
    found = bare.read(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
    assert len(found) == 1


def test_a_schema_up_to_date_is_left_alone(bare: Database) -> None:
    migrate(bare)
    commits = bare.statements.commits
    migrate(bare)
    check_schema(bare)
    assert bare.statements.commits == commits


def test_a_newer_schema_is_refused(bare: Database) -> None:
    migrate(bare)
    set_revision(bare, "9999")
    for act in (migrate, check_schema):
        with pytest.raises(StorageFailed) as refused:
            act(bare)
        assert refused.value.code == "schema_too_new"
        assert refused.value.params == {
            "database": bare.address,
            "found": "9999",
            "known": newest_revision(),
        }


def test_reading_an_older_schema_is_refused(bare: Database) -> None:
    with pytest.raises(StorageFailed) as refused:
        check_schema(bare)
    assert refused.value.code == "schema_too_old"
    assert refused.value.params["needed"] == newest_revision()


def test_the_database_of_another_program_is_refused_and_left_alone(bare: Database) -> None:
    bare.write(lambda c: c.execute(text("CREATE TABLE theirs (id INTEGER)")).close())
    with pytest.raises(StorageFailed) as refused:
        migrate(bare)
    assert refused.value.code == "database_foreign"
    assert table_names(bare) == {"theirs"}


def test_a_migration_that_fails_leaves_nothing(bare: Database) -> None:
    # an index that is in the way of one of the last statements
    bare.write(lambda c: c.execute(text("CREATE TABLE t (id INTEGER)")).close())
    bare.write(lambda c: c.execute(text("CREATE INDEX ix_instance_files_digest ON t (id)")).close())
    bare.write(lambda c: c.execute(text("CREATE TABLE alembic_version (version_num TEXT)")).close())
    with pytest.raises(StorageFailed):
        migrate(bare)
    assert table_names(bare) == {"t", "alembic_version"}
