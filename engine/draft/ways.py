"""Which step comes after which: the order of the list, and what overrides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.draft.facts import FlowKind
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.draft.facts import Facts, Step


START_ID = "mulai"
"""The id of every start event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way from a step, gateway or start to what comes next; `condition` is FEEL."""

    source: str
    target: str
    kind: FlowKind = FlowKind.SEQUENCE
    name: str = ""
    condition: str | None = None


def timeout_id(step_id: str) -> str:
    """Give the id of the boundary event that ends the wait at a step."""
    return f"{step_id}_batas"


def ways_of(facts: Facts) -> tuple[Way, ...]:
    """Give all ways in the order of the facts. Raises DefinitionError where a step has none or too many."""
    if not facts.steps:
        raise DefinitionError(
            "Expected steps in the facts, but there are none",
            code="facts_missing",
            place="steps",
        )
    ways = [Way(source=START_ID, target=facts.steps[0].id)]
    for place, step in enumerate(facts.steps):
        following = facts.steps[place + 1] if place + 1 < len(facts.steps) else None
        ways += _after(facts, step, following)
        ways += _timeouts(facts, step)
    for gateway in facts.gateways:
        ways += [
            Way(source=gateway.id, target=branch.to, name=branch.label, condition=branch.when)
            for branch in gateway.branches
        ]
    return tuple(ways)


def _after(facts: Facts, step: Step, following: Step | None) -> list[Way]:
    ways = [
        Way(source=step.id, target=each.target, kind=each.kind)
        for each in facts.handovers
        if each.source == step.id
    ]
    ways += [Way(source=step.id, target=g.id) for g in facts.gateways if g.after == step.id]
    ways += [Way(source=step.id, target=end.id) for end in facts.ends if end.after == step.id]
    if not ways and following:
        ways = [Way(source=step.id, target=following.id)]
    several = len(ways) > 1 and any(way.kind is not FlowKind.PARALLEL for way in ways)
    if not ways or several:
        raise DefinitionError(
            f"Expected one way on after step {step.id!r}, or parallel ones, but it has {len(ways)}",
            code="facts_ways",
            step=step.id,
            name=step.name,
            ways=len(ways),
        )
    return ways


def _timeouts(facts: Facts, step: Step) -> Iterator[Way]:
    for timeout in facts.timeouts:
        if timeout.at == step.id:
            yield Way(source=timeout_id(step.id), target=timeout.to)
