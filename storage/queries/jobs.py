"""The page of jobs that failed, for the administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from engine.clock import from_text
from engine.ids import JobId
from engine.job import OF_A_CASE, JobKind, JobState
from engine.variables import object_of
from storage.jobs import NO_DATA
from storage.queries.paging import SIZE, Page
from storage.tables import jobs, persons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping

    from engine.actor import Actor
    from engine.ids import AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedJob:
    """A job that a person has to decide about. `to` is the name or address that an e-mail is for, else empty.

    `can_begin_anew` is False when what it needs was not to be kept.
    """

    id: JobId
    kind: JobKind
    to: str
    error: str
    attempts: int
    created_at: datetime
    can_begin_anew: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedJobs:
    """One page of an agency's failed jobs, by id."""

    page: Page
    rows: tuple[FailedJob, ...]


def count_failed(connection: Connection, agency: AgencyId) -> int:
    """Give how many jobs of an agency have failed."""
    query = select(func.count()).select_from(jobs).where(_failed(agency))
    return connection.execute(query).scalar_one()


def list_failed(connection: Connection, reader: Actor, number: int) -> FailedJobs:
    """Give a page of the failed jobs of the reader's agency."""
    page = Page(asked=number, total=count_failed(connection, reader.agency))
    query = (
        select(
            jobs.c.id, jobs.c.kind, jobs.c.data, jobs.c.error, jobs.c.attempts, jobs.c.created_at
        )
        .where(_failed(reader.agency))
        .order_by(jobs.c.id)
        .limit(SIZE)
        .offset(page.offset)
    )
    rows = connection.execute(query).mappings().all()
    given = {row["id"]: object_of(row["data"]) for row in rows}
    wanted = {str(each["person"]) for each in given.values() if "person" in each}
    names = _names(connection, wanted)
    return FailedJobs(page=page, rows=tuple(_row(row, given[row["id"]], names) for row in rows))


def _failed(agency: AgencyId) -> ColumnElement[bool]:
    return and_(
        jobs.c.agency_id == agency,
        jobs.c.state == JobState.FAILED,
        jobs.c.kind.not_in(sorted(OF_A_CASE)),
    )


def _names(connection: Connection, wanted: set[str]) -> Mapping[str, str]:
    query = select(persons.c.id, persons.c.name).where(persons.c.id.in_(sorted(wanted)))
    return {row["id"]: row["name"] for row in connection.execute(query).mappings()}


def _row(row: RowMapping, given: Mapping[str, object], names: Mapping[str, str]) -> FailedJob:
    person = str(given.get("person", ""))
    return FailedJob(
        id=JobId(row["id"]),
        kind=JobKind(row["kind"]),
        to=names.get(person, str(given.get("to", ""))),
        error=row["error"],
        attempts=row["attempts"],
        created_at=from_text(row["created_at"]),
        can_begin_anew=row["data"] != NO_DATA,
    )
