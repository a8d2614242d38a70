"""The people around a case, as the notices of a command ask for them (`engine.circle.Circle`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, or_, select

from engine.actor import Role
from engine.clock import as_text
from engine.history import UserTaskCreated
from engine.ids import ChainId, PersonId, instance_of
from engine.notice import HOLDING
from engine.user_task import TaskState
from storage.history import list_records, list_records_back
from storage.tables import (
    candidates,
    holdings,
    instances,
    persons,
    post_lanes,
    posts,
    user_tasks,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping, Select

    from engine.chain import Record
    from engine.ids import InstanceId, UserTaskId

_TASK = select(
    user_tasks.c.agency_id,
    user_tasks.c.lane_id,
    user_tasks.c.state,
    user_tasks.c.narrowed,
    user_tasks.c.holder_id,
).where(user_tasks.c.instance_id == bindparam("instance"), user_tasks.c.id == bindparam("task"))
_STANDING_FOR = (
    select(persons.c.id, persons.c.login, posts.c.id.label("post"), posts.c.unit_id)
    .select_from(post_lanes)
    .join(
        posts, and_(posts.c.agency_id == post_lanes.c.agency_id, posts.c.id == post_lanes.c.post_id)
    )
    .join(
        holdings,
        and_(holdings.c.agency_id == posts.c.agency_id, holdings.c.post_id == posts.c.id),
    )
    .join(persons, persons.c.id == holdings.c.person_id)
    .where(
        post_lanes.c.agency_id == bindparam("agency"),
        post_lanes.c.lane_id == bindparam("lane"),
        posts.c.closed_at.is_(None),
        persons.c.closed_at.is_(None),
        holdings.c.held_from <= bindparam("now"),
        or_(holdings.c.held_to.is_(None), holdings.c.held_to > bindparam("now")),
    )
)
_NARROWED_TO = select(candidates.c.kind, candidates.c.candidate).where(
    candidates.c.task_id == bindparam("task")
)
_HOLDERS = (
    select(user_tasks.c.holder_id)
    .where(user_tasks.c.instance_id == bindparam("instance"), user_tasks.c.holder_id.is_not(None))
    .distinct()
)
_OF_AGENCY = (
    select(persons.c.id, persons.c.roles)
    .join(instances, instances.c.agency_id == persons.c.agency_id)
    .where(
        instances.c.id == bindparam("instance"),
        persons.c.closed_at.is_(None),
        persons.c.roles.contains(Role.ADMINISTRATOR, autoescape=True),
    )
)
_DOERS = _HOLDERS.where(
    user_tasks.c.element == bindparam("element"), user_tasks.c.state == TaskState.COMPLETED
)
_OPEN_HOLDERS = _HOLDERS.where(user_tasks.c.state == TaskState.CLAIMED)


class SqlCircle:
    """The people around a case, at a moment; see `engine.circle.Circle`."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def list_candidates(self, task: UserTaskId) -> Collection[PersonId]:
        """Give those who may take the task; nobody when it isn't free."""
        found = self._task(task)
        if found is None or found["state"] != TaskState.CREATED:
            return ()
        standing = self._connection.execute(
            _STANDING_FOR,
            {"agency": found["agency_id"], "lane": found["lane_id"], "now": as_text(self._now)},
        ).mappings()
        if found["narrowed"]:
            narrowed = self._connection.execute(_NARROWED_TO, {"task": task}).all()
            named = {(str(kind), str(candidate)) for kind, candidate in narrowed}
            fitting = [row for row in standing if _is_named(row, named)]
        else:
            fitting = list(standing)
        return {PersonId(row["id"]) for row in fitting}

    def find_holder(self, task: UserTaskId) -> PersonId | None:
        """Give who has the task, or had it last."""
        found = self._task(task)
        return None if found is None or found["holder_id"] is None else PersonId(found["holder_id"])

    def find_earlier(self, task: UserTaskId, seq: int) -> Record | None:
        """Give the last record before a number that says who has the task."""
        kinds = (UserTaskCreated, *HOLDING)
        for record in list_records_back(
            self._connection, ChainId(instance_of(task)), seq, [kind.type for kind in kinds]
        ):
            if isinstance(record.event, kinds) and record.event.task == task:
                return None if isinstance(record.event, UserTaskCreated) else record
        return None

    def find_signer(self, record: Record) -> PersonId | None:
        """Give who gave the command that a record belongs to."""
        lead = record
        if record.by is None:
            (lead,) = list_records(self._connection, record.chain, after=record.cause - 1, limit=1)
        return PersonId(lead.by.person) if lead.by and lead.by.person else None

    def list_doers(self, case: InstanceId, element: str) -> Collection[PersonId]:
        """Give those who have completed a task at the element."""
        return self._holders(_DOERS, {"instance": case, "element": element})

    def list_participants(self, case: InstanceId) -> Collection[PersonId]:
        """Give those who have a task in the case, or had one."""
        return self._holders(_HOLDERS, {"instance": case})

    def list_holders(self, case: InstanceId) -> Collection[PersonId]:
        """Give those who have an open task in the case."""
        return self._holders(_OPEN_HOLDERS, {"instance": case})

    def list_administrators(self, case: InstanceId) -> Collection[PersonId]:
        """Give the administrators of the case's agency, of those with an open account."""
        rows = self._connection.execute(_OF_AGENCY, {"instance": case}).mappings()
        return {PersonId(row["id"]) for row in rows if Role.ADMINISTRATOR in row["roles"].split()}

    def find_starter(self, case: InstanceId) -> PersonId | None:
        """Give who began the case."""
        first = list_records(self._connection, ChainId(case), limit=1)
        return self.find_signer(first[0]) if first else None

    def _task(self, task: UserTaskId) -> RowMapping | None:
        this = {"instance": instance_of(task), "task": task}
        return self._connection.execute(_TASK, this).mappings().first()

    def _holders(self, query: Select[str], values: Mapping[str, str]) -> Collection[PersonId]:
        return set(map(PersonId, self._connection.execute(query, values).scalars()))


def _is_named(row: RowMapping, named: Collection[tuple[str, str]]) -> bool:
    names = {("group", row["post"]), ("group", row["unit_id"]), ("person", row["login"])}
    return not names.isdisjoint(named)
