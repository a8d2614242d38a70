"""The demonstration office as it is on its first morning, for each test anew."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from matrix_world import build
from route_memory import remember_routes
from web_kit import MORNING, Caller, close, parts_of, settings_for

from engine.testing import FixedClock
from web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from matrix_world import World

remember_routes()


@pytest.fixture(scope="session")
def first_morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database in which the demonstration office was set up and nothing happened."""
    file = tmp_path_factory.mktemp("office") / "alur.sqlite3"
    app = create_app(settings_for(file), FixedClock(MORNING))
    close(app)
    return file


@pytest.fixture(scope="session")
def world(first_morning: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Give the office in which every route is asked: more people, a second agency, a letter of each kind."""
    return build(first_morning, tmp_path_factory.mktemp("world"))


@pytest.fixture
def clock() -> FixedClock:
    """Give the clock of the office."""
    return FixedClock(MORNING)


@pytest.fixture
def app(first_morning: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Flask]:
    """Give the application on a database of its own."""
    file = tmp_path / "alur.sqlite3"
    shutil.copy(first_morning, file)
    app = create_app(settings_for(file), clock)
    yield app
    close(app)


@pytest.fixture
def visitor(app: Flask) -> Caller:
    """Give a browser of somebody who is not signed in."""
    return Caller(app)


@pytest.fixture
def desk(app: Flask) -> Callable[[str], Caller]:
    """Give the browser of a person who is signed in, by login (without the time that a password takes)."""

    def sit_down(login: str) -> Caller:
        parts = parts_of(app)
        known = parts.directory.find_credentials(login)
        assert known is not None
        caller = Caller(app)
        caller.client.set_cookie("alur_sesi", parts.sessions.open_session(known.person).token)
        return caller

    return sit_down
