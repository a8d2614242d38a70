"""Where a case rests, read from its frontier alone: for lists that show many cases and load none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import ExecutionFailed
from engine.ids import DefinitionId
from engine.spiff.codec import read_frontier
from engine.spiff.normalise import CHILD, SEPARATOR
from engine.spiff.waits import WAITS, read_wait
from engine.variables import object_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.variables import Value
    from engine.wait import Wait

_OWN = 0
"""The scope of the case itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A token that waits at an element; `definition` is that of a called process, empty for the case's own."""

    token: int
    element: str
    definition: str


def list_resting(frontier: bytes) -> tuple[Resting, ...]:
    """Give the tokens that wait, by number; a token around others (a sub-process, a repetition) does not wait itself.

    A frontier in a format of another version gives none: to read a case must not depend on whether it can go on here.
    """
    state = _find_state(frontier)
    if state is None:
        return ()
    scopes = _scopes(state)
    around = {number for number, _ in state["w"]} | {row[6] for row in state["t"]}
    found = [
        Resting(
            token=row[0],
            element=row[2].removeprefix(SEPARATOR).removesuffix(CHILD),
            definition=_definition(row[5], scopes),
        )
        for row in state["t"]
        if row[0] not in around and row[2].startswith(SEPARATOR)
    ]
    return tuple(sorted(found, key=lambda resting: resting.token))


def find_view(frontier: bytes, variables: bytes, token: int) -> Mapping[str, Value] | None:
    """Give what a live token sees, as `Execution.view` does; None when it is gone, or in a format of another version."""
    state = _find_state(frontier)
    row = next((r for r in state["t"] if r[0] == token), None) if state else None
    if state is None or row is None:
        return None
    scopes, values = _scopes(state), object_of(variables)
    seen: dict[str, Value] = {}
    scope = row[5]
    while True:
        own = values[str(scope)]
        seen = {**(own if isinstance(own, dict) else {}), **seen}
        parent, definition = scopes[scope]
        if definition or parent is None:
            return seen
        scope = parent


def list_waits(frontier: bytes, definition: DefinitionId) -> tuple[Wait, ...]:
    """Give all that the tokens wait for besides people, by token; those around others wait for their boundary events.

    `definition` is that of the case itself. Nothing for a frontier in a format of another version.
    """
    state = _find_state(frontier)
    if state is None:
        return ()
    scopes = _scopes(state)
    return tuple(
        read_wait(wait, row[0], element, DefinitionId(_definition(row[5], scopes) or definition))
        for row in sorted(state["t"], key=lambda row: int(row[0]))
        for element, wait in row[7].get(WAITS, {}).items()
    )


def _find_state(frontier: bytes) -> dict[str, Any] | None:
    try:
        return read_frontier(frontier)
    except (ExecutionFailed, ValueError):
        return None


def _scopes(state: dict[str, Any]) -> dict[int, tuple[int, str]]:
    return {number: (parent, definition) for number, parent, definition in state["s"]}


def _definition(scope: int, scopes: dict[int, tuple[int, str]]) -> str:
    while scope != _OWN and scope in scopes:
        parent, definition = scopes[scope]
        if definition:
            return definition
        scope = parent
    return ""
