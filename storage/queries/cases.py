"""The page *Perkara*: the cases that the actor may see, searched and filtered, and who has what of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, literal, or_, select

from engine.clock import from_text
from engine.ids import DefinitionId, InstanceId, LaneId, PersonId, UserTaskId
from engine.spiff.resting import list_resting, list_waits
from engine.store import InstanceState
from engine.user_task import OPEN, TaskState
from storage.queries.paging import Page
from storage.queries.visibility import OVERSEERS, sees_case
from storage.tables import (
    case_titles,
    definition_lanes,
    definitions,
    incidents,
    instances,
    persons,
    user_tasks,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping, Select

    from engine.actor import Actor
    from engine.wait import Wait

MOST_COUNTED = 10_000
"""Cases that are counted and can be paged through; a list with more says so and asks for a narrower filter."""

MOST_WORDS = 8
"""Words of a search that are looked for; more of them find nothing else."""

MOST_NAMES = 20
"""Persons whose names a word may fit; when there are more, the word is not looked for in names."""

SHORTEST_NAME = 3
"""Letters that a word must have to be looked for in names."""


class Age(StrEnum):
    """The orders that the list can have."""

    NEWEST = "terbaru"
    OLDEST = "terlama"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWish:
    """What is asked for; empty means all. `process` is a key.

    Each of the `words` has to be found in the case's number, subject or business key, or in the name of somebody who has or
    had a task in it. `mine` leaves only the cases in which the actor has or had one.
    """

    words: tuple[str, ...] = ()
    process: str = ""
    state: InstanceState | None = None
    mine: bool = False
    age: Age = Age.NEWEST
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.words or self.process or self.state or self.mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a case rests: at an open task and who has it, or at an element that waits by itself (`task` is None).

    `waits` is what the token waits for besides people.
    """

    task: UserTaskId | None
    definition: DefinitionId
    element: str
    name: str = ""
    lane: LaneId | None = None
    on_behalf_of: str = ""
    holder: PersonId | None = None
    holder_name: str = ""
    due_at: datetime | None = None
    due_is_estimate: bool = False
    waits: tuple[Wait, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of the list, and where it rests now; with an incident, something there can't go on without a person."""

    case: InstanceId
    definition: DefinitionId
    process: str
    number: str
    subject: str
    business_key: str
    state: InstanceState
    is_secret: bool
    started_at: datetime
    ended_at: datetime | None
    places: tuple[Place, ...]
    has_incident: bool

    @property
    def title(self) -> str:
        """What the case is called: its subject, else its process."""
        return self.subject or self.process

    def is_late(self, now: datetime) -> bool:
        """Tell whether a task of it should have been done by now."""
        return any(place.due_at is not None and place.due_at < now for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """One page of the list; `has_more` when there are more cases than are counted."""

    page: Page
    rows: tuple[CaseRow, ...]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessChoice:
    """A process whose cases the actor may see."""

    key: str
    name: str


def list_cases(
    connection: Connection, actor: Actor, wish: CaseWish, *, most: int = MOST_COUNTED
) -> CaseList:
    """Give a page of the cases that the actor may see and the wish asks for, of at most so many."""
    asked = _conditions(connection, actor, wish)
    # one walk gives the figure and the page: counting first would walk twice
    found = connection.execute(_walk(wish).where(*asked).limit(most + 1)).scalars().all()
    page = Page(asked=wish.page, total=min(len(found), most))
    shown = [InstanceId(case) for case in found[page.offset : page.last]]
    return CaseList(page=page, rows=case_rows(connection, shown), has_more=len(found) > most)


def list_processes(connection: Connection, actor: Actor) -> tuple[ProcessChoice, ...]:
    """Give the processes whose cases the actor may see, by the name of the newest version."""
    seen = definitions.c.id.in_(
        select(definition_lanes.c.definition_id).where(
            definition_lanes.c.lane_id.in_(actor.lanes | actor.led_lanes)
        )
    )
    query = (
        select(definitions.c.key, definitions.c.name)
        .where(
            definitions.c.agency_id == actor.agency,
            literal(True) if actor.roles & OVERSEERS else seen,  # noqa: FBT003 - SQL's own word
        )
        .order_by(definitions.c.key, definitions.c.version)
    )
    names = {row["key"]: row["name"] for row in connection.execute(query).mappings()}
    found = (ProcessChoice(key=key, name=name) for key, name in names.items())
    return tuple(sorted(found, key=lambda choice: (choice.name.lower(), choice.key)))


def case_rows(connection: Connection, cases: Sequence[InstanceId]) -> tuple[CaseRow, ...]:
    """Give these cases, in this order, with where they rest; whether they may be seen is asked before."""
    if not cases:
        return ()
    query = (
        select(
            instances.c.id,
            instances.c.definition_id,
            definitions.c.name.label("process"),
            instances.c.number,
            instances.c.subject,
            instances.c.business_key,
            instances.c.state,
            instances.c.is_secret,
            instances.c.started_at,
            instances.c.ended_at,
            instances.c.frontier,
        )
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(instances.c.id.in_(cases))
    )
    found = {row["id"]: row for row in connection.execute(query).mappings()}
    tasks, troubled = _open_tasks(connection, cases), _with_incident(connection, cases)
    return tuple(
        _row(found[case], tasks.get(case, {}), has_incident=case in troubled)
        for case in cases
        if case in found
    )


def _walk(wish: CaseWish) -> Select[str]:
    """Walk along the cases by age, or along their titles when there is something to be found in them."""
    found = instances.c.id
    order = found.asc() if wish.age is Age.OLDEST else found.desc()
    query = select(found).order_by(order)
    if not wish.words:
        return query
    titled = and_(
        case_titles.c.agency_id == instances.c.agency_id, case_titles.c.instance_id == found
    )
    return query.join(case_titles, titled)


def _conditions(connection: Connection, actor: Actor, wish: CaseWish) -> list[ColumnElement[bool]]:
    asked = [sees_case(actor)]
    if wish.state:
        asked.append(instances.c.state == wish.state)
    if wish.process:
        asked.append(instances.c.key == wish.process)
    if wish.mine:
        asked.append(_has_task_of(actor.person))
    if wish.words:
        asked.append(case_titles.c.agency_id == actor.agency)
        asked.extend(_found(connection, actor, word) for word in wish.words[:MOST_WORDS])
    return asked


def _found(connection: Connection, actor: Actor, word: str) -> ColumnElement[bool]:
    """Give the condition that a word is found anywhere in the title, or in the name of somebody who has part in it."""
    in_title = case_titles.c.title.icontains(word, autoescape=True)
    people = _named(connection, actor, word) if len(word) >= SHORTEST_NAME else []
    return or_(in_title, _has_task_of(*people)) if people else in_title


def _named(connection: Connection, actor: Actor, word: str) -> list[PersonId]:
    fitting = select(persons.c.id).where(
        persons.c.agency_id == actor.agency, persons.c.name.icontains(word, autoescape=True)
    )
    found = connection.execute(fitting.limit(MOST_NAMES + 1)).scalars().all()
    return [] if len(found) > MOST_NAMES else [PersonId(person) for person in found]


def _has_task_of(*people: PersonId) -> ColumnElement[bool]:
    held = (
        select(user_tasks.c.instance_id).where(
            user_tasks.c.holder_id.in_(people), user_tasks.c.state == state
        )
        for state in (TaskState.CLAIMED, TaskState.COMPLETED)
    )
    return or_(*(instances.c.id.in_(tasks) for tasks in held))


def _open_tasks(
    connection: Connection, cases: Sequence[InstanceId]
) -> Mapping[str, dict[int, Place]]:
    query = (
        select(
            user_tasks.c.instance_id,
            user_tasks.c.id,
            user_tasks.c.definition_id,
            user_tasks.c.element,
            user_tasks.c.name,
            user_tasks.c.lane_id,
            user_tasks.c.on_behalf_of,
            user_tasks.c.holder_id,
            func.coalesce(persons.c.name, "").label("holder_name"),
            user_tasks.c.due_at,
            user_tasks.c.due_is_estimate,
        )
        .outerjoin(persons, persons.c.id == user_tasks.c.holder_id)
        .where(user_tasks.c.instance_id.in_(cases), user_tasks.c.state.in_(sorted(OPEN)))
    )
    found: dict[str, dict[int, Place]] = {}
    for row in connection.execute(query).mappings():
        token = int(row["id"].rpartition("-")[2])
        found.setdefault(row["instance_id"], {})[token] = _place(row)
    return found


def _place(row: RowMapping) -> Place:
    return Place(
        task=UserTaskId(row["id"]),
        definition=DefinitionId(row["definition_id"]),
        element=row["element"],
        name=row["name"],
        lane=LaneId(row["lane_id"]),
        on_behalf_of=row["on_behalf_of"],
        holder=PersonId(row["holder_id"]) if row["holder_id"] else None,
        holder_name=row["holder_name"],
        due_at=from_text(row["due_at"]) if row["due_at"] else None,
        due_is_estimate=bool(row["due_is_estimate"]),
    )


def _with_incident(connection: Connection, cases: Sequence[InstanceId]) -> frozenset[str]:
    query = select(incidents.c.instance_id).where(
        incidents.c.instance_id.in_(cases), incidents.c.resolved_at.is_(None)
    )
    return frozenset(connection.execute(query).scalars())


def _row(row: RowMapping, tasks: Mapping[int, Place], *, has_incident: bool) -> CaseRow:
    definition = DefinitionId(row["definition_id"])
    waits: dict[int, list[Wait]] = {}
    for wait in list_waits(row["frontier"], definition):
        waits.setdefault(wait.token, []).append(wait)
    waiting = {
        resting.token: Place(
            task=None,
            definition=DefinitionId(resting.definition or definition),
            element=resting.element,
            waits=tuple(waits.get(resting.token, ())),
        )
        for resting in list_resting(row["frontier"])
    }
    places = {**waiting, **tasks}
    return CaseRow(
        case=InstanceId(row["id"]),
        definition=definition,
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
        business_key=row["business_key"],
        state=InstanceState(row["state"]),
        is_secret=bool(row["is_secret"]),
        started_at=from_text(row["started_at"]),
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        places=tuple(places[token] for token in sorted(places)),
        has_incident=has_incident,
    )
