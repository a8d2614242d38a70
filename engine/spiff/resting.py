"""Where a case rests, read from its frontier alone: for lists that show many cases and load none of them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ExecutionFailed
from engine.spiff.codec import read_frontier
from engine.spiff.normalise import CHILD, SEPARATOR

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
    try:
        state = read_frontier(frontier)
    except (ExecutionFailed, ValueError):
        return ()
    scopes = {number: (parent, definition) for number, parent, definition in state["s"]}
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


def _definition(scope: int, scopes: dict[int, tuple[int, str]]) -> str:
    while scope != _OWN and scope in scopes:
        parent, definition = scopes[scope]
        if definition:
            return definition
        scope = parent
    return ""
