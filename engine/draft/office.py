"""What an office adds to a map: who records for outsiders, which unit takes a task, its deadline, the case's name, and the rest of its additions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.draft.facts import FieldType, LaneKind
from engine.draft.graph import NodeKind, reached
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from engine.draft.addition import Addition
    from engine.draft.facts import Facts, Field, Lane, Step
    from engine.draft.graph import Graph, Node

DEADLINE = "tenggat"
"""A date field of this key is the deadline of the tasks that come after it."""

UNIT = "unit_pembuat"
"""A select of this key chooses the unit whose people may take the tasks that it hands over."""

SUBJECT = "perihal"
NUMBERS = ("nomor_agenda", "nomor_surat")
"""Fields that may hold the number of a case which has a subject, the office's own number first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office's additions: lane ids to the recorder's lane, task ids to expressions, the fields that name the case."""

    recorders: Mapping[str, Lane]
    due_dates: Mapping[str, str]
    candidate_groups: Mapping[str, str]
    subject: str | None
    number: str | None
    properties: Mapping[str, Mapping[str, str]]
    notes: Mapping[str, tuple[str, ...]]


def office_of(facts: Facts, graph: Graph, addition: Addition) -> Office:
    """Find the additions. Raises DefinitionError when outsiders have nobody inside who could record for them, or one is for nobody."""
    _expect_there(facts, graph, (*addition.properties, *addition.notes))
    keys = {field.key for step in facts.steps for field in step.form if not field.readonly}
    subject = SUBJECT if SUBJECT in keys else None
    return Office(
        recorders=_recorders(facts, graph),
        due_dates=dict.fromkeys(_after(facts, graph, _is_deadline), f"${{{DEADLINE}}}"),
        candidate_groups=dict.fromkeys(
            _after(facts, graph, _is_unit, next_lane=True), f"${{{UNIT}}}"
        ),
        subject=addition.subject or subject,
        number=addition.number or next((k for k in NUMBERS if subject and k in keys), None),
        properties=addition.properties,
        notes=addition.notes,
    )


def _expect_there(facts: Facts, graph: Graph, ids: Iterable[str]) -> None:
    known = {facts.process_id, *(lane.id for lane in facts.lanes), *(n.id for n in graph.nodes)}
    for each in ids:
        if each not in known:
            raise DefinitionError(
                f"Expected an element of the drawing, but the addition names {each!r}",
                code="facts_unknown",
                id=each,
                noun="elements",
            )


def _is_deadline(field: Field) -> bool:
    return field.key == DEADLINE and field.type in {FieldType.DATE, FieldType.DATETIME}


def _is_unit(field: Field) -> bool:
    return field.key == UNIT and field.type is FieldType.SELECT


def _after(
    facts: Facts, graph: Graph, writes: Callable[[Field], bool], *, next_lane: bool = False
) -> Iterator[str]:
    """Find the tasks after those whose form writes such a field; `next_lane` keeps those of the lanes it hands over to."""
    writers = {s.id for s in facts.steps for f in s.form if writes(f) and not f.readonly}
    later = {node for writer in writers for node in reached(graph, writer)} - writers
    lanes = {node.lane for writer in writers for node in _next_steps(graph, writer)}
    for node in graph.nodes:
        fitting = not next_lane or node.lane in lanes
        if node.kind is NodeKind.USER and node.id in later and fitting:
            yield node.id


def _recorders(facts: Facts, graph: Graph) -> dict[str, Lane]:
    inside = {lane.id: lane for lane in facts.lanes if lane.kind is LaneKind.INTERNAL}
    outside = [lane for lane in facts.lanes if lane.kind is LaneKind.EXTERNAL]
    if outside and not inside:
        raise DefinitionError(
            "Expected an internal lane that records for external ones, but there is none",
            code="facts_no_recorder",
            lane=outside[0].id,
            name=outside[0].name,
        )
    return {lane.id: inside[_recorder(lane, inside, facts, graph)] for lane in outside}


def _recorder(lane: Lane, inside: Mapping[str, Lane], facts: Facts, graph: Graph) -> str:
    """Find the internal lane that a step of the lane hands over to, else the one before, else the first (FORMAT.md)."""
    steps = [step for step in facts.steps if step.lane == lane.id]
    after = [node.lane for step in steps for node in _next_steps(graph, step.id)]
    before = [other.lane for step in steps for other in _steps_before(facts, graph, step)]
    return next(each for each in (*after, *before, *inside) if each in inside)


def _steps_before(facts: Facts, graph: Graph, step: Step) -> Iterator[Step]:
    for other in facts.steps:
        if any(node.id == step.id for node in _next_steps(graph, other.id)):
            yield other


def _next_steps(graph: Graph, node_id: str) -> list[Node]:
    """Give the steps that follow, looking through gateways and events."""
    found: list[Node] = []
    seen: set[str] = set()
    todo = [node_id]
    while todo:
        here = todo.pop(0)
        nexts = [flow.target for flow in graph.flows if flow.source == here]
        for node in [graph.node(each) for each in nexts if each not in seen]:
            seen.add(node.id)
            if node.step:
                found.append(node)
            else:
                todo.append(node.id)
    return found
