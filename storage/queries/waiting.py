"""The page *Menunggu tanggapan*: what waits for an answer that the reader may record, and for work outside, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from engine.clock import from_text
from engine.ids import DefinitionId, InstanceId, LaneId
from engine.job import JobKind
from storage.queries.paging import SIZE, Page
from storage.queries.visibility import sees_case
from storage.rows import moment_or_none
from storage.tables import definitions, instances, jobs, subscriptions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping

    from engine.actor import Actor

MOST_COUNTED = 1_000
"""Waits that are counted and can be paged through."""

MOST_WORK = 200
"""Pieces of work outside that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A wait for a message, with its case. `definition` is that of the event; `until` is when the first timer ends it."""

    case: InstanceId
    definition: DefinitionId
    element: str
    token: int
    name: str
    lane: LaneId
    since: datetime
    until: datetime | None
    process: str
    number: str
    subject: str

    @property
    def title(self) -> str:
        """What the case is called: its subject, else its process."""
        return self.subject or self.process


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """Work outside that a case waits for; `definition` is the case's own, though the element may be of a called process."""

    case: InstanceId
    definition: DefinitionId
    element: str
    token: int
    topic: str
    since: datetime
    process: str
    number: str
    subject: str

    @property
    def title(self) -> str:
        """What the case is called: its subject, else its process."""
        return self.subject or self.process


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """One page of the waits, oldest first."""

    page: Page
    rows: tuple[WaitingRow, ...]


def list_waiting(connection: Connection, actor: Actor, page: int) -> WaitingList:
    """Give a page of what waits for an answer that the actor may record, in cases that the actor may see."""
    if not actor.lanes:
        return WaitingList(page=Page(asked=page, total=0), rows=())
    asked = Page(asked=page, total=_count(connection, actor, MOST_COUNTED))
    query = (
        select(
            subscriptions.c.instance_id,
            subscriptions.c.definition_id,
            subscriptions.c.element,
            subscriptions.c.token,
            subscriptions.c.name,
            subscriptions.c.lane_id,
            subscriptions.c.opened_at,
            definitions.c.name.label("process"),
            instances.c.number,
            instances.c.subject,
        )
        .select_from(_joined())
        .where(*_recordable(actor))
        .order_by(subscriptions.c.opened_at, subscriptions.c.id)
        .limit(SIZE)
        .offset(asked.offset)
    )
    found = connection.execute(query).mappings().all()
    ends = _ends(connection, {row["instance_id"] for row in found})
    return WaitingList(page=asked, rows=tuple(_row(row, ends) for row in found))


def list_work(connection: Connection, actor: Actor) -> tuple[WorkRow, ...]:
    """Give the work outside that cases wait for which the actor may see, at most so many; who may report it is asked elsewhere."""
    query = (
        select(
            jobs.c.id,
            jobs.c.topic,
            jobs.c.created_at,
            instances.c.definition_id,
            definitions.c.name.label("process"),
            instances.c.number,
            instances.c.subject,
        )
        .select_from(_with_work())
        .where(*_is_outside(actor), sees_case(actor))
        .order_by(jobs.c.created_at, jobs.c.id)
        .limit(MOST_WORK)
    )
    return tuple(map(_work_row, connection.execute(query).mappings()))


def has_waiting(connection: Connection, actor: Actor) -> bool:
    """Tell whether anything waits for an answer that the actor may record, or for work outside in a case of the actor's.

    Every page asks it, so of the work outside only so many are looked at.
    """
    if not actor.lanes:
        return False
    some = select(jobs.c.instance_id).where(*_is_outside(actor)).limit(MOST_WORK)
    mine = select(instances.c.id).where(instances.c.id.in_(some), sees_case(actor)).limit(1)
    return _count(connection, actor, 1) > 0 or connection.execute(mine).first() is not None


def _count(connection: Connection, actor: Actor, most: int) -> int:
    some = select(subscriptions.c.id).select_from(_joined()).where(*_recordable(actor)).limit(most)
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())


def _recordable(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        subscriptions.c.agency_id == actor.agency,
        subscriptions.c.lane_id.in_(sorted(actor.lanes)),
        sees_case(actor),
    )


def _joined() -> FromClause:
    cases = subscriptions.join(instances, instances.c.id == subscriptions.c.instance_id)
    return cases.join(definitions, definitions.c.id == instances.c.definition_id)


def _is_outside(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        jobs.c.kind == JobKind.WORK,
        jobs.c.topic != "",  # lets the index be used
        jobs.c.agency_id == actor.agency,
    )


def _with_work() -> FromClause:
    cases = jobs.join(instances, instances.c.id == jobs.c.instance_id)
    return cases.join(definitions, definitions.c.id == instances.c.definition_id)


def _work_row(row: RowMapping) -> WorkRow:
    case, token, element = row["id"].split("-", 2)  # engine.wait.wait_id
    return WorkRow(
        case=InstanceId(case),
        definition=DefinitionId(row["definition_id"]),
        element=element,
        token=int(token),
        topic=row["topic"],
        since=from_text(row["created_at"]),
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
    )


def _ends(connection: Connection, cases: Collection[str]) -> Mapping[tuple[str, int], str]:
    """Give when the first timer of each token of these cases is due."""
    ends: dict[tuple[str, int], str] = {}
    for case in sorted(cases):
        # a wait's job is called after its case: one walk along the key
        query = select(jobs.c.id, jobs.c.due_at).where(
            and_(jobs.c.id > f"{case}-", jobs.c.id < f"{case}."), jobs.c.kind == JobKind.TIMER
        )
        for row in connection.execute(query).mappings():
            token = int(row["id"].split("-")[1])
            ends[case, token] = min(row["due_at"], ends.get((case, token), row["due_at"]))
    return ends


def _row(row: RowMapping, ends: Mapping[tuple[str, int], str]) -> WaitingRow:
    return WaitingRow(
        case=InstanceId(row["instance_id"]),
        definition=DefinitionId(row["definition_id"]),
        element=row["element"],
        token=row["token"],
        name=row["name"],
        lane=LaneId(row["lane_id"]),
        since=from_text(row["opened_at"]),
        until=moment_or_none(ends.get((row["instance_id"], row["token"]))),
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
    )
