"""Databases for what goes wrong: SQLite files and PostgreSQL databases of their own."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from contest_kit import Arena
from postgresql_kit import make_database, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Callable[[str], str]]:
    """Run a PostgreSQL server; gives the function that tells the address of one of its databases."""
    with running_server() as address_of:
        yield address_of


@pytest.fixture(scope="module", params=["sqlite", POSTGRESQL])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('faults') / 'alur.sqlite3'}"
    return make_database(request.getfixturevalue("postgresql_server"), f"faults_{next(_NUMBERS)}")


@pytest.fixture(scope="module")
def arena(url: str) -> Iterator[Arena]:
    """Give the office of the contests."""
    arena = Arena(url)
    yield arena
    arena.close()
