"""The lists of incidents: those in cases that a reader may see, and by their indexes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from incident_kit import HTTP, Kantor
from sqlalchemy import Engine, event
from storage_kit import Workplace

from engine.actor import Role
from engine.job import JobFailed, JobKind
from engine.testing import example_actor, example_post
from storage.history import list_records, personal_values_of
from storage.incidents import find_incident, list_open_incidents
from storage.jobs import SqlJobs
from storage.queries.incidents import count_incidents, list_incidents, list_of_case, list_retried
from storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.job import Job
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.sqlite import SqliteDatabase

CLERK = example_actor("petugas", example_post("petugas", "petugas"))
OTHER = example_actor("lain", example_post("lain", "lain"))
OWNER = dataclasses.replace(example_actor("pemilik"), roles=frozenset({Role.PROCESS_OWNER}))


def office(database: Database, clock: FixedClock) -> Kantor:
    """Give an office whose process calls a service."""
    backend = Workplace(
        store=SqlStore(database),
        records=lambda chain: database.read(lambda c: list_records(c, chain)),
        personal=lambda chain: database.read(lambda c: personal_values_of(c, chain)),
        jobs=SqlJobs(database),
        clock=clock,
    )
    return Kantor(backend, clock, "alur.http", **HTTP)


def fail(_job: Job) -> None:
    raise JobFailed("refused", code="http_refused", is_final=True, told="HTTP 422")


def cases(database: Database, reader: Actor) -> list[str]:
    """Give the cases with an incident, whose count must agree."""
    found = database.read(lambda c: list_incidents(c, reader, 1))
    assert database.read(lambda c: count_incidents(c, reader)) == found.page.total
    assert len(found.rows) == found.page.total
    return [row.case for row in found.rows]


def test_incidents_are_listed_to_who_sees_their_cases_until_they_are_over(
    database: Database, clock: FixedClock
) -> None:
    there = office(database, clock)
    first, second = there.wait(), there.wait()
    there.worker(fail).run_due(50)
    assert cases(database, CLERK) == cases(database, OWNER) == [first, second]
    assert cases(database, OTHER) == []
    (row,) = database.read(lambda c: list_of_case(c, first))
    assert (row.element, row.code, row.told) == ("kerja", "http_refused", "HTTP 422")
    assert (row.job, row.process, row.raised_at) == (JobKind.CONNECTOR, "p", clock.now())
    there.retry(first)
    assert cases(database, OWNER) == [second]
    assert database.read(lambda c: list_of_case(c, first)) == ()
    over = database.read(lambda c: find_incident(c, row.id))
    assert over is not None
    assert over.resolved_at == clock.now()


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda c: list_incidents(c, OWNER, 1), "ix_incidents_open"),
        (lambda c: count_incidents(c, CLERK), "ix_incidents_open"),
        (lambda c: list_of_case(c, "x"), "ix_incidents_case"),
        (lambda c: list_open_incidents(c, "x"), "ix_incidents_case"),
        (lambda c: list_retried(c, "x"), "PRIMARY KEY (id>? AND id<?)"),
    ],
)
def test_incidents_are_found_by_their_index(
    sqlite: SqliteDatabase, read: Callable[[Connection], object], index: str
) -> None:
    told: list[tuple[str, object]] = []

    def note(*arguments: object) -> None:
        told.append((str(arguments[2]), arguments[3]))

    event.listen(Engine, "before_cursor_execute", note)
    sqlite.read(read)
    event.remove(Engine, "before_cursor_execute", note)
    for sql, values in told:
        rows = sqlite.read(
            lambda c, s=sql, v=values: c.exec_driver_sql(f"EXPLAIN QUERY PLAN {s}", v).all()
        )
        plan = "\n".join(row[3] for row in rows)
        assert index in plan
        assert "SCAN incidents" not in plan
