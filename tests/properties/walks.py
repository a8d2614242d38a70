"""Random walks through random processes: which open task is done next, and with which values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from properties.models import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hypothesis.strategies import DataObject
    from kit import Case
    from properties.token_game import Place

LONGEST = 40
"""Tasks done in one walk."""

FIRST = {name: values[0] for name, values in CHOICES.items()}


def places(case: Case) -> dict[Place, int]:
    """Give the token of each open task by its place: element and child numbers, outermost first."""
    active = case.execution.active()
    return {(element, _path(case, active[token][1])): token for token, element in case.desk.items()}


def waits(case: Case) -> dict[Place, int]:
    """Give the token of each wait by its place."""
    find = case.execution._workflow.find_token
    return {
        (wait.element, _path(case, find(wait.token).scope)): wait.token
        for wait in case.execution.list_waits()
    }


def act(case: Case, place: Place, values: Mapping[str, object]) -> None:
    """Do the open task at a place, or let come what is waited for there."""
    tasks = places(case)
    if place in tasks:
        case.complete_token(tasks[place], **values)
    else:
        case.fire_token(waits(case)[place], place[0], **values)


def token_at(case: Case, place: Place) -> int:
    """Give the token of the open task at a place."""
    return places(case)[place]


def _path(case: Case, scope: int | None) -> tuple[int, ...]:
    scopes = case.execution._scopes.all
    path: list[int] = []
    while scope is not None:
        counter = scopes[scope].values.get("loopCounter")
        if counter is not None:
            path.insert(0, int(str(counter)))
        scope = scopes[scope].parent
    return tuple(path)


def steps(case: Case, data: DataObject) -> Iterator[tuple[Place, Mapping[str, object]]]:
    """Give what to do next, drawn among the open tasks, until the case is over or the walk is long enough."""
    for number in range(LONGEST):
        if case.finished:
            return
        place = data.draw(st.sampled_from(sorted({**places(case), **waits(case)})))
        chosen = data.draw(st.fixed_dictionaries({}, optional=_CHOICES))
        yield place, {**chosen, f"k_{place[0]}": number}


_CHOICES = {name: st.sampled_from(values) for name, values in CHOICES.items()}
