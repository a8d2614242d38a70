"""One process writes to a SQLite file, whatever happens to it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from sqlalchemy import text
from storage_kit import add_agency, agencies, refused

from storage.database import open_database

if TYPE_CHECKING:
    from pathlib import Path

    from engine.testing import FixedClock
    from storage.sqlite import SqliteDatabase

WRITER = """
import sys
from sqlalchemy import text
from engine.clock import SystemClock
from storage.database import open_database

database = open_database(sys.argv[1], SystemClock())
insert = text("INSERT INTO units (agency_id, id, name) VALUES ('a', :id, 'x')")
database.write(lambda c: c.execute(text("PRAGMA foreign_keys")).close())
for number in range(1_000_000):
    database.write(lambda c: c.execute(insert, {"id": str(number)}).close())
    print(number, flush=True)
"""


def test_a_second_writer_is_refused_while_the_first_one_lives(
    sqlite: SqliteDatabase, clock: FixedClock
) -> None:
    url = f"sqlite:///{sqlite.path}"
    with refused("database_in_use"):
        open_database(url, clock)
    sqlite.close()
    open_database(url, clock).close()


def test_another_name_of_the_file_is_the_same_file(
    sqlite: SqliteDatabase, clock: FixedClock, tmp_path: Path
) -> None:
    link = tmp_path / "link.sqlite3"
    link.symlink_to(sqlite.path)
    with refused("database_in_use"):
        open_database(f"sqlite:///{link}", clock)


def test_reading_beside_the_writer_works_and_writing_does_not(
    sqlite: SqliteDatabase, clock: FixedClock
) -> None:
    beside = open_database(f"sqlite:///{sqlite.path}", clock, read_only=True)
    sqlite.write(add_agency("a"))
    assert beside.read(agencies) == {"a"}
    with refused("database_read_only"):
        beside.write(add_agency("b"))
    beside.close()


def test_a_reader_can_not_write(sqlite: SqliteDatabase) -> None:
    with refused("database_read_only"):
        sqlite.read(add_agency("a"))


def test_what_a_killed_writer_acknowledged_is_there_and_its_lock_is_gone(
    sqlite_url: str, clock: FixedClock
) -> None:
    setting_up = open_database(sqlite_url, clock)
    setting_up.write(add_agency("a"))
    setting_up.close()
    for _ in range(3):
        command = [sys.executable, "-c", WRITER, sqlite_url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            for _ in range(20):
                writer.stdout.readline()
            with refused("database_in_use"):
                open_database(sqlite_url, clock)
            writer.kill()
            told = 20 + len(writer.stdout.read().splitlines())
        after = open_database(sqlite_url, clock)
        kept = after.read(lambda c: c.execute(text("SELECT count(*) FROM units")).scalar_one())
        assert kept in (told, told + 1)  # the last one may be written without an answer
        assert after.read(lambda c: c.execute(text("PRAGMA integrity_check")).scalar()) == "ok"
        after.write(lambda c: c.execute(text("DELETE FROM units")).close())
        after.close()


def test_a_closed_database_refuses_commands(sqlite: SqliteDatabase) -> None:
    sqlite.close()
    with refused("database_closed"):
        sqlite.write(add_agency("a"))
