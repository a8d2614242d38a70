"""What somebody saw in force when they decided to put something else in force: what came in between is not overrun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.decision import StoredDecision
    from engine.store import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInForce:
    """The numbers of the versions that were seen, by key; what has none was not there."""

    processes: Mapping[str, int]
    decisions: Mapping[str, int]

    def check(self, processes: Iterable[Definition], decisions: Iterable[StoredDecision]) -> None:
        """Let new versions pass that follow what was seen. Raises Conflict (`in_force_changed`) with what is in force now."""
        for definition in processes:
            _check(definition, self.processes)
        for decision in decisions:
            _check(decision, self.decisions)


def _check(new: Definition | StoredDecision, seen: Mapping[str, int]) -> None:
    in_force = new.version - 1
    if in_force != seen.get(new.key, 0):
        raise Conflict(
            f"Expected version {seen.get(new.key, 0)} of {new.key} in force, but it is {in_force}",
            code="in_force_changed",
            name=new.name or new.key,
            version=in_force,
        )
