"""The page *Pemberitahuan*, the bell's count, and what an e-mail may tell: always as the reader may see it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from engine.actor import Agency, Signature
from engine.chain import read_event, read_signature
from engine.clock import from_text
from engine.ids import AgencyId, DefinitionId, InstanceId, NoticeId, UserTaskId
from engine.notice import MailChoice, NoticeKind
from storage.queries.paging import SIZE, Page
from storage.queries.visibility import sees_case
from storage.tables import (
    agencies,
    definitions,
    history,
    instances,
    notices,
    persons,
    user_tasks,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping, Select

    from engine.actor import Actor
    from engine.history import HistoryEvent
    from engine.ids import PersonId

MOST_COUNTED = 100
"""Unread notices are counted up to here; more are as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCase:
    """The case that a notice is about; `task_name` is empty when it leads to the case itself."""

    case: InstanceId
    definition: DefinitionId
    process: str
    number: str
    subject: str
    is_secret: bool
    task: UserTaskId | None
    task_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One notice. `is_visible` is False when its case is not the reader's to see any more; `case`, `by` and `event` are None then.

    `by` is who acted. An act outside cases has no `case`, but is visible.
    """

    id: NoticeId
    kind: NoticeKind
    at: datetime
    is_unread: bool
    is_visible: bool
    case: NoticeCase | None
    by: Signature | None
    event: HistoryEvent | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """One page of a person's notices, newest first; `unread` is as on the bell."""

    page: Page
    unread: int
    rows: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where a person's e-mails go (`address` empty: nowhere), how notices are wanted, and from which office they come."""

    name: str
    address: str
    choice: MailChoice
    agency: Agency


def find_mailbox(connection: Connection, person: PersonId) -> Mailbox | None:
    """Give the mailbox of a person with an open account."""
    query = (
        select(
            persons.c.name,
            persons.c.email,
            persons.c.mail,
            agencies.c.id,
            agencies.c.name.label("agency_name"),
            agencies.c.zone,
        )
        .join(agencies, agencies.c.id == persons.c.agency_id)
        .where(persons.c.id == person, persons.c.closed_at.is_(None))
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Mailbox(
        name=row["name"],
        address=row["email"],
        choice=MailChoice(row["mail"]),
        agency=Agency(id=AgencyId(row["id"]), name=row["agency_name"], zone=row["zone"]),
    )


def count_unread(connection: Connection, person: PersonId) -> int:
    """Give how many notices the person has not read, at most `MOST_COUNTED`."""
    some = (
        select(notices.c.id)
        .where(notices.c.person_id == person, notices.c.read_at.is_(None))
        .limit(MOST_COUNTED)
        .subquery()
    )
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def list_notices(connection: Connection, reader: Actor, number: int) -> NoticeList:
    """Give a page of the reader's notices."""
    own = notices.c.person_id == reader.person
    total = connection.execute(select(func.count()).select_from(notices).where(own)).scalar_one()
    page = Page(asked=number, total=total)
    query = _rows(reader).order_by(notices.c.id.desc()).limit(SIZE).offset(page.offset)
    rows = tuple(_row(row) for row in connection.execute(query).mappings())
    return NoticeList(page=page, unread=count_unread(connection, reader.person), rows=rows)


def find_notice(connection: Connection, reader: Actor, notice: NoticeId) -> NoticeRow | None:
    """Give one of the reader's notices."""
    row = connection.execute(_rows(reader, notices.c.id == notice)).mappings().first()
    return None if row is None else _row(row)


def list_for_digest(connection: Connection, reader: Actor) -> tuple[NoticeRow, ...]:
    """Give the reader's notices that no digest has told yet, read or not, the oldest first."""
    waiting = notices.alias("waiting")
    ids = select(waiting.c.id).where(
        waiting.c.person_id == reader.person, waiting.c.for_digest == 1
    )
    query = _rows(reader, notices.c.id.in_(ids)).order_by(notices.c.id)
    return tuple(_row(row) for row in connection.execute(query).mappings())


def _rows(reader: Actor, *conditions: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    lead = history.alias("lead")
    is_visible = or_(notices.c.instance_id.is_(None), sees_case(reader))
    return (
        select(
            notices.c.id,
            notices.c.kind,
            notices.c.at,
            notices.c.read_at,
            notices.c.instance_id,
            notices.c.task_id,
            is_visible.label("is_visible"),
            instances.c.definition_id,
            instances.c.number,
            instances.c.subject,
            instances.c.is_secret,
            definitions.c.name.label("process"),
            func.coalesce(user_tasks.c.name, "").label("task_name"),
            history.c.type,
            history.c.data,
            lead.c.by,
        )
        .select_from(notices)
        .join(
            history,
            and_(history.c.chain_id == notices.c.chain_id, history.c.seq == notices.c.seq),
        )
        .join(lead, and_(lead.c.chain_id == notices.c.chain_id, lead.c.seq == notices.c.lead_seq))
        .outerjoin(instances, instances.c.id == notices.c.instance_id)
        .outerjoin(definitions, definitions.c.id == instances.c.definition_id)
        .outerjoin(
            user_tasks,
            and_(
                user_tasks.c.instance_id == notices.c.instance_id,
                user_tasks.c.id == notices.c.task_id,
            ),
        )
        .where(notices.c.person_id == reader.person, *conditions)
    )


def _row(row: RowMapping) -> NoticeRow:
    shown = bool(row["is_visible"])
    return NoticeRow(
        id=NoticeId(row["id"]),
        kind=NoticeKind(row["kind"]),
        at=from_text(row["at"]),
        is_unread=row["read_at"] is None,
        is_visible=shown,
        case=_case(row) if shown and row["instance_id"] else None,
        by=_signature(row["by"]) if shown else None,
        event=read_event(row["type"], row["data"]) if shown else None,
    )


def _case(row: RowMapping) -> NoticeCase:
    return NoticeCase(
        case=InstanceId(row["instance_id"]),
        definition=DefinitionId(row["definition_id"]),
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
        is_secret=bool(row["is_secret"]),
        task=UserTaskId(row["task_id"]) if row["task_id"] else None,
        task_name=row["task_name"],
    )


def _signature(data: bytes | None) -> Signature:
    return Signature.of_system() if data is None else read_signature(data)
