"""The files of a SQLite database on disk: made for their owner only, locked by one writing process."""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from storage.errors import StorageFailed, failed

if TYPE_CHECKING:
    from pathlib import Path

_CODES = {
    errno.ENOENT: "database_folder_missing",
    errno.ENOTDIR: "database_folder_missing",
    errno.EACCES: "database_read_only",
    errno.EPERM: "database_read_only",
    errno.EROFS: "database_read_only",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EISDIR: "database_unreachable",
}


def lock_for_writing(path: Path) -> int:
    """Become the one process that writes to the database; the lock ends when the given descriptor is closed.

    The lock lies on the file `<path>.lock` beside it, and the kernel ends it with the process, however that dies.
    Raises StorageFailed (`database_in_use`, or why the lock's file can't be made).
    """
    lock = _open(path, f"{path}.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise failed("database_in_use", str(path)) from error
    return lock


def create_file(path: Path) -> None:
    """Make the file, empty and for its owner only, if there is none; SQLite gives its side files the same mode."""
    if not path.exists():
        os.close(_open(path, str(path), os.O_RDWR | os.O_CREAT | os.O_EXCL))


def identity(path: Path) -> tuple[int, int] | None:
    """Tell which file the path names now: its device and number, None when there is none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _open(database: Path, name: str, flags: int) -> int:
    try:
        return os.open(name, flags, 0o600)
    except OSError as error:
        raise _refused(database, error) from error


def _refused(database: Path, error: OSError) -> StorageFailed:
    code = _CODES.get(error.errno or 0, "database_unreachable")
    return failed(code, str(database), str(error))
