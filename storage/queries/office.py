"""The office's pages: the roster, the lanes that processes have, and what lies on desks when posts change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, tuple_

from engine.ids import DefinitionId, LaneId, PersonId, UserTaskId
from storage.cases import list_held_tasks
from storage.queries.pile import IS_CLAIMED, IS_OPEN
from storage.roster import read_roster
from storage.tables import definition_lanes, definitions, instances, persons, user_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from engine.ids import AgencyId
    from engine.office import Roster
    from engine.user_task import UserTask

MOST_STRAYS = 100
"""Tasks that are named when many are left behind."""

_NEWEST = (
    select(definitions.c.key, func.max(definitions.c.version))
    .where(definitions.c.agency_id == bindparam("agency"))
    .group_by(definitions.c.key)
)
_LANES = (
    select(definition_lanes.c.lane_id, definitions.c.id, definitions.c.name)
    .join(definitions, definitions.c.id == definition_lanes.c.definition_id)
    .where(
        definitions.c.agency_id == bindparam("agency"),
        tuple_(definitions.c.key, definitions.c.version).in_(_NEWEST),
    )
    .order_by(definitions.c.name, definitions.c.key, definition_lanes.c.lane_id)
)
_OF_LANES = (
    select(user_tasks.c.lane_id, func.count())
    .where(
        user_tasks.c.agency_id == bindparam("agency"),
        user_tasks.c.lane_id.in_(bindparam("lanes", expanding=True)),
        IS_OPEN,
    )
    .group_by(user_tasks.c.lane_id)
)
_DESKS = (
    select(user_tasks.c.holder_id, user_tasks.c.lane_id, func.count().label("count"))
    .where(user_tasks.c.holder_id.in_(bindparam("persons", expanding=True)), IS_CLAIMED)
    .group_by(user_tasks.c.holder_id, user_tasks.c.lane_id)
)
_STRAYS = (
    select(
        user_tasks.c.id,
        user_tasks.c.name,
        user_tasks.c.lane_id,
        user_tasks.c.holder_id,
        persons.c.name.label("holder_name"),
        definitions.c.name.label("process"),
        instances.c.number,
        instances.c.subject,
        instances.c.is_secret,
    )
    .join(instances, instances.c.id == user_tasks.c.instance_id)
    .join(definitions, definitions.c.id == instances.c.definition_id)
    .join(persons, persons.c.id == user_tasks.c.holder_id)
    .where(
        tuple_(user_tasks.c.holder_id, user_tasks.c.lane_id).in_(
            bindparam("desks", expanding=True)
        ),
        IS_CLAIMED,
    )
    .order_by(user_tasks.c.holder_id, user_tasks.c.id)
    .limit(MOST_STRAYS)
)
_CASES = (
    select(
        instances.c.id,
        definitions.c.name.label("process"),
        instances.c.number,
        instances.c.subject,
        instances.c.is_secret,
    )
    .join(definitions, definitions.c.id == instances.c.definition_id)
    .where(instances.c.id.in_(bindparam("cases", expanding=True)))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneUse:
    """A lane of the newest version of a process; an external one stands under its recorder."""

    lane: LaneId
    definition: DefinitionId
    process: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTask:
    """A task on somebody's desk, with what its case is called; a secret one names neither number nor subject."""

    task: UserTask
    process: str
    number: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A task whose holder may no longer do it."""

    task: UserTaskId
    name: str
    lane: LaneId
    holder: PersonId
    holder_name: str
    process: str
    number: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strays:
    """The tasks of an agency whose holders may no longer do them: some of them, and how many there are."""

    tasks: tuple[Stray, ...]
    total: int


def find_roster(connection: Connection, agency: AgencyId) -> Roster:
    """Give an agency's units, posts, persons and holdings."""
    return read_roster(connection, agency)


def list_lanes(connection: Connection, agency: AgencyId) -> tuple[LaneUse, ...]:
    """Give the lanes of the processes in force, by the name of the process; the same lane once a process."""
    found = connection.execute(_LANES, {"agency": agency}).mappings()
    return tuple(
        LaneUse(
            lane=LaneId(row["lane_id"]), definition=DefinitionId(row["id"]), process=row["name"]
        )
        for row in found
    )


def count_open(
    connection: Connection, agency: AgencyId, lanes: Iterable[LaneId]
) -> Mapping[LaneId, int]:
    """Give how many open tasks wait in each of the lanes; a lane without any is missing."""
    asked = {"agency": agency, "lanes": sorted(lanes)}
    return {LaneId(lane): count for lane, count in connection.execute(_OF_LANES, asked)}


def list_desk(connection: Connection, person: PersonId) -> tuple[DeskTask, ...]:
    """Give the open tasks that a person holds, with what their cases are called."""
    held = list_held_tasks(connection, person)
    asked = {"cases": sorted({task.instance for task in held})}
    cases = {row["id"]: row for row in connection.execute(_CASES, asked).mappings()}
    return tuple(
        DeskTask(
            task=task,
            **_called(cases[task.instance]),
        )
        for task in held
    )


def list_strays(connection: Connection, roster: Roster, now: datetime) -> Strays:
    """Give the tasks whose holders' posts don't stand for their lanes (any more), or whose accounts are closed."""
    desks = connection.execute(_DESKS, {"persons": sorted(roster.persons)}).mappings().all()
    holders = {row["holder_id"] for row in desks}
    lanes = {person: roster.lanes_of(PersonId(person), now) for person in holders}
    lost = [row for row in desks if row["lane_id"] not in lanes[row["holder_id"]]]
    if not lost:
        return Strays(tasks=(), total=0)
    asked = {"desks": [(row["holder_id"], row["lane_id"]) for row in lost]}
    found = connection.execute(_STRAYS, asked).mappings()
    strays = tuple(
        Stray(
            task=UserTaskId(row["id"]),
            name=row["name"],
            lane=LaneId(row["lane_id"]),
            holder=PersonId(row["holder_id"]),
            holder_name=row["holder_name"],
            **_called(row),
        )
        for row in found
    )
    return Strays(tasks=strays, total=sum(row["count"] for row in lost))


def _called(case: RowMapping) -> dict[str, str]:
    """Give what a case is called; who hands out the tasks of a secret one need not learn what it is about."""
    told = not case["is_secret"]
    return {
        "process": case["process"],
        "number": case["number"] if told else "",
        "subject": case["subject"] if told else "",
    }
