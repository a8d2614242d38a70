"""Handing over tasks on a page: who may get each, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from engine import permission
from engine.ids import PersonId, UserTaskId
from engine.office import Handover
from storage.queries.office import list_desk
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from engine.actor import Actor
    from engine.ids import LaneId
    from engine.office import Roster
    from storage.queries.office import DeskTask
    from web.office_view import LaneLine

FIELD = "tugas."
"""Before a task's id: the field with who gets it; empty means its lane."""

STAYS = "tetap"
"""The choice that leaves a task where it is."""

ALL, EACH, TO_LANES = "semua", "", "lajur"
"""The field for all tasks at once: as chosen for each, all to their lanes, or all to one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A task to be handed over, who may get it, and who was chosen (empty: nobody, so it goes back to its lane)."""

    desk_task: DeskTask
    lane_name: str
    eligible: tuple[Actor, ...]
    chosen: str

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"{FIELD}{self.desk_task.task.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The tasks of a person that are to be handed over, and those who may get all of them."""

    choices: list[Choice]
    for_all: list[Actor]
    chosen: str


def desk_to_clear(
    roster: Roster,
    person: PersonId,
    lanes: Mapping[LaneId, LaneLine],
    *,
    kept: Collection[str] = (),
    unless_chosen: str = "",
) -> Desk:
    """Give what lies on a person's desk in other lanes than the `kept` ones, with what was chosen so far."""
    found = parts().database.read(lambda c: list_desk(c, person))
    others = [actor for actor in _actors(roster) if actor.person != person]
    choices = [
        Choice(
            desk_task=each,
            lane_name=lanes[each.task.lane].name if each.task.lane in lanes else each.task.lane,
            eligible=tuple(a for a in others if permission.is_candidate(each.task, a)),
            chosen=request.form.get(f"{FIELD}{each.task.id}", unless_chosen),
        )
        for each in found
        if each.task.lane not in kept
    ]
    for_all = [a for a in others if choices and all(a in c.eligible for c in choices)]
    return Desk(choices=choices, for_all=for_all, chosen=request.form.get(ALL, EACH))


def handover_sent() -> Handover:
    """Give what the form that was sent decides on each task, and why; a task that stays is not in it."""
    sent = {
        name.removeprefix(FIELD): to for name, to in request.form.items() if name.startswith(FIELD)
    }
    every = request.form.get(ALL, EACH)
    if every != EACH:
        sent = dict.fromkeys(sent, "" if every == TO_LANES else every)
    tasks = {
        UserTaskId(task): PersonId(to) if to else None for task, to in sent.items() if to != STAYS
    }
    return Handover(tasks=tasks, reason=request.form.get("alasan", ""))


def _actors(roster: Roster) -> list[Actor]:
    """Give the persons with open accounts as they are now, by name."""
    now = parts().clock.now()
    found = (roster.find_actor(person, now) for person in roster.persons)
    return sorted((actor for actor in found if actor), key=lambda actor: (actor.name, actor.login))
