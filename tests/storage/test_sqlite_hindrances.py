"""What stands in the way of SQLite is told by its code, and nothing is broken by it."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from storage_kit import add_agency, agencies, refused

from storage.database import DEFAULT_URL, open_database
from storage.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.testing import FixedClock
    from storage.sqlite import SqliteDatabase

NOBODY = 65534


def test_the_default_database_is_for_its_owner_only(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened = open_database(DEFAULT_URL, clock)
    opened.write(lambda c: c.execute(text("CREATE TABLE t (id INTEGER)")).close())
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in Path("var").iterdir()}
    names = ["alur.sqlite3", "alur.sqlite3-shm", "alur.sqlite3-wal", "alur.sqlite3.lock"]
    assert modes == dict.fromkeys(names, 0o600)
    assert stat.S_IMODE(Path("var").stat().st_mode) == 0o700
    opened.close()


def test_commits_reach_the_disk(sqlite: SqliteDatabase) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys")
    found = sqlite.write(lambda c: [c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked])
    assert found == ["wal", 2, 1]


def test_a_missing_folder(tmp_path: Path, clock: FixedClock) -> None:
    with refused("database_folder_missing"):
        open_database(f"sqlite:///{tmp_path}/none/alur.sqlite3", clock)


def test_a_missing_file_to_read(tmp_path: Path, clock: FixedClock) -> None:
    with refused("database_missing"):
        open_database(f"sqlite:///{tmp_path}/alur.sqlite3", clock, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_file(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "alur.sqlite3").mkdir()
    with refused("database_unreachable"):
        open_database(f"sqlite:///{tmp_path}/alur.sqlite3", clock)


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "mysql://a:secret@b/c", "no address: secret", ""],
)
def test_an_address_of_something_else(url: str, clock: FixedClock) -> None:
    with pytest.raises(StorageFailed) as caught:
        open_database(url, clock)
    assert caught.value.code == "database_url_unsupported"
    assert "secret" not in f"{caught.value}{caught.value.params}"


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0"])
def test_a_file_that_is_no_database_is_left_as_it_is(
    tmp_path: Path, clock: FixedClock, content: bytes
) -> None:
    path = tmp_path / "alur.sqlite3"
    path.write_bytes(content)
    for read_only in (True, False):
        with refused("database_damaged"):
            open_database(f"sqlite:///{path}", clock, read_only=read_only)
    assert path.read_bytes() == content


def test_a_damaged_database(sqlite_url: str, clock: FixedClock) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        where = "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'agencies'"
        pages = [page for (page,) in connection.execute(where)]
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    opened = open_database(sqlite_url, clock)
    with refused("database_damaged"):
        opened.read(agencies)
    with refused("database_damaged"):
        opened.write(add_agency("a"))
    opened.close()


def test_a_database_that_another_program_locks(sqlite_url: str, clock: FixedClock) -> None:
    moment = timedelta(milliseconds=20)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with refused("database_locked"):
        open_database(sqlite_url, clock, patience=moment)
    other.execute("ROLLBACK")
    opened = open_database(sqlite_url, clock, patience=moment)
    other.execute("BEGIN IMMEDIATE")
    with refused("database_locked"):
        opened.write(add_agency("a"))
    assert opened.read(agencies) == set()
    other.execute("ROLLBACK")
    opened.write(add_agency("a"))
    assert opened.read(agencies) == {"a"}
    other.close()
    opened.close()


@pytest.mark.parametrize("mode", [0o500, 0o700], ids=["read-only folder", "read-only file"])
def test_a_read_only_database(sqlite_file: Path, clock: FixedClock, mode: int) -> None:
    content = sqlite_file.read_bytes()
    with unprivileged_folder() as folder:
        path = folder / "alur.sqlite3"
        path.write_bytes(content)
        path.chmod(0o400)
        folder.chmod(mode)
        with refused("database_read_only"):
            open_database(f"sqlite:///{path}", clock)


@contextmanager
def unprivileged_folder() -> Iterator[Path]:
    """Give a folder of a user who is not root; the tests' process is that user meanwhile."""
    is_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        if is_root:
            os.chown(name, NOBODY, -1)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            if is_root:
                os.seteuid(0)
