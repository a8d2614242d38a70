"""Subscriptions as rows: what cases and start events wait for by name and key.

When somebody begins to wait for a message, those of that name and key that are on their way and found nobody are due at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from engine.clock import as_text
from engine.ids import AgencyId, DefinitionId, InstanceId, LaneId, SubscriptionId
from engine.job import WAITING, JobKind, topic_of_message
from engine.message import Subscription
from engine.wait import WaitKind
from storage.jobs import BEHIND, BEHIND_ALL
from storage.rows import moment_or_none, text_or_none
from storage.tables import jobs, subscriptions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

_NAMED = (
    subscriptions.c.agency_id == bindparam("agency"),
    subscriptions.c.kind == bindparam("kind"),
    subscriptions.c.name == bindparam("name"),
)
_BY_NAME = select(subscriptions).where(*_NAMED).order_by(subscriptions.c.id)
_BY_KEY = _BY_NAME.where(
    or_(subscriptions.c.key == bindparam("key"), subscriptions.c.instance_id.is_(None))
)
_BY_ID = select(subscriptions).where(subscriptions.c.id == bindparam("id"))
_BETWEEN = (
    select(subscriptions)
    .where(subscriptions.c.id > bindparam("first"), subscriptions.c.id < bindparam("last"))
    .order_by(subscriptions.c.id)
)
_ADD = insert(subscriptions)
_DROP = delete(subscriptions).where(subscriptions.c.id.in_(bindparam("ids", expanding=True)))
_DROP_STARTS = delete(subscriptions).where(
    subscriptions.c.agency_id == bindparam("agency"),
    subscriptions.c.process_key == bindparam("process"),
    subscriptions.c.process_key != "",  # lets the index be used
)
_ON_ITS_WAY = and_(
    jobs.c.kind == JobKind.MESSAGE,
    jobs.c.agency_id == bindparam("agency"),
    jobs.c.topic != "",
    jobs.c.state.in_(sorted(WAITING)),
    jobs.c.due_at > bindparam("now"),
)
_WAKE = update(jobs).where(_ON_ITS_WAY).values(due_at=bindparam("now"))
_WAKE_ONE = _WAKE.where(jobs.c.topic == bindparam("wanted"))
_WAKE_ALL = _WAKE.where(jobs.c.topic >= bindparam("first"), jobs.c.topic < bindparam("behind"))


def list_by_name(
    connection: Connection, agency: AgencyId, kind: WaitKind, name: str, key: str | None
) -> tuple[Subscription, ...]:
    """Give who waits for this name, by id: with this key or as a start event; with the key None everybody."""
    asked = {"agency": agency, "kind": kind, "name": name}
    query, asked = (_BY_NAME, asked) if key is None else (_BY_KEY, {**asked, "key": key})
    return tuple(map(_read, connection.execute(query, asked).mappings()))


def find_subscription(connection: Connection, subscription: SubscriptionId) -> Subscription | None:
    """Give a subscription."""
    row = connection.execute(_BY_ID, {"id": subscription}).mappings().first()
    return None if row is None else _read(row)


def list_between(
    connection: Connection, first: InstanceId, last: InstanceId
) -> tuple[Subscription, ...]:
    """Give the subscriptions of cases in the order of their ids, from one case to another (`engine.wait.wait_id`)."""
    ends = {"first": first + BEHIND, "last": last + BEHIND_ALL}
    return tuple(map(_read, connection.execute(_BETWEEN, ends).mappings()))


def save_subscriptions(
    connection: Connection, new: Collection[Subscription], now: datetime
) -> None:
    """Write subscriptions; one whose id is there already takes its place. Wakes the messages that they wait for."""
    if not new:
        return
    drop_subscriptions(connection, [each.id for each in new])
    connection.execute(_ADD, [_row(each) for each in new])
    for each in new:
        if each.kind is WaitKind.MESSAGE:
            _wake(connection, each, now)


def drop_subscriptions(connection: Connection, ids: Collection[SubscriptionId]) -> None:
    """Take subscriptions away; an unknown one is no error."""
    if ids:
        connection.execute(_DROP, {"ids": sorted(ids)})


def drop_starts(connection: Connection, agency: AgencyId, process: str) -> None:
    """Take away what the start events of a process wait for."""
    connection.execute(_DROP_STARTS, {"agency": agency, "process": process})


def _wake(connection: Connection, opened: Subscription, now: datetime) -> None:
    """Let messages that nobody waited for so far be tried now; a start event takes one with any key."""
    this = {"agency": opened.agency, "now": as_text(now)}
    if opened.instance is not None:
        topic = topic_of_message(opened.name, opened.key)
        connection.execute(_WAKE_ONE, {**this, "wanted": topic})
        return
    first = topic_of_message(opened.name, "")
    behind = first[:-1] + chr(ord(first[-1]) + 1)
    connection.execute(_WAKE_ALL, {**this, "first": first, "behind": behind})


def _row(new: Subscription) -> dict[str, object]:
    return {
        "id": new.id,
        "agency_id": new.agency,
        "kind": new.kind,
        "name": new.name,
        "key": new.key,
        "definition_id": new.definition,
        "process_key": new.process,
        "element": new.element,
        "instance_id": new.instance,
        "token": new.token,
        "lane_id": new.lane,
        "opened_at": text_or_none(new.opened_at),
    }


def _read(row: RowMapping) -> Subscription:
    return Subscription(
        id=SubscriptionId(row["id"]),
        agency=AgencyId(row["agency_id"]),
        kind=WaitKind(row["kind"]),
        name=row["name"],
        key=row["key"],
        definition=DefinitionId(row["definition_id"]),
        element=row["element"],
        instance=None if row["instance_id"] is None else InstanceId(row["instance_id"]),
        token=row["token"],
        process=row["process_key"],
        lane=None if row["lane_id"] is None else LaneId(row["lane_id"]),
        opened_at=moment_or_none(row["opened_at"]),
    )
