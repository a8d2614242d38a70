"""The composition root: settings become parts, parts and pages become one WSGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from engine.clock import SystemClock
from engine.ids import Ids
from engine.runtime import Runtime
from storage.database import open_database
from storage.directory import Directory
from storage.files import Files
from storage.migrations import check_schema, migrate
from storage.sessions import Sessions
from storage.store import SqlStore
from web import demonstration, errors, guard, headers, rendering
from web.assets import assets
from web.pages.case import case
from web.pages.cases import cases
from web.pages.processes import processes
from web.pages.session import session
from web.pages.task import task
from web.pages.tasks import tasks
from web.parts import Parts, install

if TYPE_CHECKING:
    from engine.clock import Clock
    from web.config import Settings

BLUEPRINTS = (assets, session, tasks, task, processes, cases, case)
"""Every page; one line a noun."""

MOST_BYTES = 32 * 1024 * 1024
"""Bytes of one request, files included."""

MOST_TEXT_BYTES = 5 * 1024 * 1024
"""Bytes of the texts of one request; a form's own limit is lower, and its message is in its place."""

MOST_FIELDS = 20_000
"""Fields of one request."""


def open_parts(settings: Settings, clock: Clock | None = None, *, read_only: bool = False) -> Parts:
    """Open the database of the settings, brought up to date, and put the parts together.

    With `read_only` it may be in use by another Alur, and has to be up to date already. Raises StorageFailed when the database can't be opened.
    """
    clock = clock or SystemClock()
    database = open_database(settings.database_url, clock, read_only=read_only)
    (check_schema if read_only else migrate)(database)
    ids = Ids(clock)
    return Parts(
        settings=settings,
        clock=clock,
        ids=ids,
        database=database,
        runtime=Runtime(SqlStore(database), clock, ids),
        directory=Directory(database),
        sessions=Sessions(database),
        files=Files(database),
    )


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """Give the application of these settings; an empty database of a demonstration is filled.

    Raises StorageFailed when the database can't be opened.
    """
    parts = open_parts(settings, clock)
    if settings.demonstration:
        demonstration.fill(parts)
    return assemble(parts)


def assemble(parts: Parts) -> Flask:
    """Give the application that works with these parts."""
    app = Flask("web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_TEXT_BYTES
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    install(app, parts)
    for module in (errors, guard, headers, rendering):
        module.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
