"""The composition root: settings become parts, parts and pages become one WSGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.clock import SystemClock
from engine.ids import Ids
from engine.runtime import Runtime
from storage.database import open_database
from storage.directory import Directory
from storage.drafts import Drafts
from storage.files import Files
from storage.jobs import SqlJobs
from storage.migrations import check_schema, migrate
from storage.notices import Notices
from storage.packages import Packages
from storage.previews import Previews
from storage.sessions import Sessions
from storage.sign_ins import SignIns
from storage.store import SqlStore
from web import demonstration, errors, guard, headers, rendering
from web.alarm import Alarm
from web.assets import assets
from web.pages.account import account
from web.pages.amends import amends
from web.pages.answers import answers
from web.pages.bulk import bulk
from web.pages.calendar import calendar
from web.pages.case import case
from web.pages.case_files import case_files
from web.pages.cases import cases
from web.pages.decisions import decisions
from web.pages.dispositions import dispositions
from web.pages.draft import draft
from web.pages.expressions import expressions
from web.pages.forgotten import forgotten
from web.pages.handover import handover
from web.pages.holdings import holdings
from web.pages.incidents import incidents, register_count
from web.pages.letter_numbers import letter_numbers
from web.pages.letter_registers import letter_registers
from web.pages.letters import letters
from web.pages.maps import maps
from web.pages.notices import notices, register_bell
from web.pages.office import office
from web.pages.office_values import office_values
from web.pages.password_link import password_link
from web.pages.people_import import people_import
from web.pages.persons import persons
from web.pages.posts import posts
from web.pages.processes import processes
from web.pages.session import session
from web.pages.task import task
from web.pages.task_acts import task_acts
from web.pages.tasks import tasks
from web.pages.team import team
from web.pages.units import units
from web.pages.upload import upload
from web.pages.wait_lengths import wait_lengths
from web.parts import Parts, install

if TYPE_CHECKING:
    from engine.clock import Clock
    from web.config import Settings

BLUEPRINTS = (
    assets,
    session,
    account,
    forgotten,
    password_link,
    tasks,
    bulk,
    task_acts,
    team,
    task,
    draft,
    amends,
    processes,
    maps,
    upload,
    cases,
    case,
    case_files,
    answers,
    incidents,
    dispositions,
    decisions,
    letters,
    letter_numbers,
    letter_registers,
    notices,
    office,
    calendar,
    units,
    posts,
    persons,
    holdings,
    handover,
    people_import,
    wait_lengths,
    office_values,
    expressions,
)
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
    ids, alarm = Ids(clock), Alarm()
    return Parts(
        settings=settings,
        clock=clock,
        ids=ids,
        database=database,
        runtime=Runtime(SqlStore(database, wake=alarm.ring), clock, ids),
        directory=Directory(database),
        sessions=Sessions(database),
        sign_ins=SignIns(database),
        files=Files(database),
        drafts=Drafts(database),
        previews=Previews(database),
        jobs=SqlJobs(database),
        notices=Notices(database),
        packages=Packages(database),
        alarm=alarm,
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
    if (
        parts.settings.proxies
    ):  # only what they say of the caller's address is believed, not the caller's own headers
        trusted = parts.settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=0, x_host=0)  # type: ignore[method-assign]
    for module in (errors, guard, headers, rendering):
        module.register(app)
    register_bell(app)
    register_count(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
