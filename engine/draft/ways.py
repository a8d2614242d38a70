"""Which step comes after which: the order of the list, and what overrides it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.draft.facts import FlowKind
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.draft.facts import Facts, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way from a step, gateway or start to what comes next; `condition` is FEEL."""

    source: str
    target: str
    kind: FlowKind = FlowKind.SEQUENCE
    name: str = ""
    condition: str | None = None

    def between(self, source: str, target: str) -> Way:
        """Give the same way between other ends, or a bare one when it is another way altogether."""
        if source != self.source and target != self.target:
            return Way(source=source, target=target)
        return replace(self, source=source, target=target)


def ways_of(facts: Facts) -> tuple[Way, ...]:
    """Give all ways in the order of the facts. Raises DefinitionError where a step has none or too many."""
    if not facts.steps:
        raise DefinitionError(
            "Expected steps in the facts, but there are none",
            code="facts_missing",
            place="steps",
        )
    ways = [Way(source="mulai", target=facts.steps[0].id)]
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
            yield Way(source=f"{step.id}_batas", target=timeout.to)
