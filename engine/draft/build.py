"""From facts to nodes and flows, by the format's chapter "Reading the flow"."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING

from engine.draft.decision import rule_id
from engine.draft.facts import FlowKind, StepKind, Trigger
from engine.draft.graph import Flow, Graph, Node, NodeKind, reached
from engine.draft.text import in_words
from engine.draft.ways import START_ID, Way, timeout_id, ways_of
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.draft.facts import Facts, Step, Timeout


UNSTATED = "Batas belum ditetapkan dokumen"
"""The name of a timeout whose length the document doesn't state; the length itself may be the office's own, so it isn't drawn."""


def graph_of(facts: Facts) -> Graph:
    """Give the nodes and flows of a process; every node is reached from the start.

    Raises DefinitionError for a step that can't be drawn, has several ways on without a gateway, has none, or is never reached.
    """
    ways = ways_of(facts)
    splits = [step for step in facts.steps if _parallel([w for w in ways if w.source == step.id])]
    joins = [step for step in facts.steps if _parallel([w for w in ways if w.target == step.id])]
    nodes = tuple(_nodes(facts, splits, joins))
    graph = Graph(nodes=nodes, flows=_named(_flows(facts, ways, splits, joins)))
    _check_names(facts, graph)
    _check_reached(graph)
    return graph


def _parallel(ways: Sequence[Way]) -> bool:
    return sum(way.kind is FlowKind.PARALLEL for way in ways) > 1


def _nodes(facts: Facts, splits: Sequence[Step], joins: Sequence[Step]) -> Iterator[Node]:
    yield _of_start(facts)
    for step in facts.steps:
        if step in joins:
            yield Node(id=f"{step.id}_gabung", kind=NodeKind.PARALLEL, lane=step.lane)
        yield from _of_step(step)
        yield from (
            _of_timeout(each, step, n)
            for n, each in enumerate(t for t in facts.timeouts if t.at == step.id)
        )
        if step in splits:
            yield Node(id=f"{step.id}_pisah", kind=NodeKind.PARALLEL, lane=step.lane)
    lanes = {step.id: step.lane for step in facts.steps}
    for gateway in facts.gateways:
        lanes[gateway.id] = lanes[gateway.after]
        yield Node(
            id=gateway.id,
            kind=NodeKind.EXCLUSIVE,
            lane=lanes[gateway.id],
            name=gateway.question,
        )
    for end in facts.ends:
        yield Node(id=end.id, kind=NodeKind.END, lane=lanes[end.after], name=end.name)


def _of_start(facts: Facts) -> Node:
    start = facts.start
    if start.trigger not in {Trigger.NONE, Trigger.MESSAGE}:
        raise DefinitionError(
            f"Expected a start by hand or by message, but the facts have a {start.trigger.value}",
            code="facts_start",
            trigger=start.trigger.value,
        )
    by_message = start.trigger is Trigger.MESSAGE
    return Node(
        id=START_ID,
        kind=NodeKind.START,
        lane=start.lane,
        name=start.name or "",
        message=(start.name or facts.title) if by_message else None,
    )


def _of_step(step: Step) -> Iterator[Node]:
    if step.kind is StepKind.BUSINESS_RULE:
        name = f"Aturan: {step.name}" if step.form else step.name
        yield Node(id=rule_id(step), kind=NodeKind.RULE, lane=step.lane, name=name, step=step)
        if not step.form:
            return
    kind = _kind(step)
    message = step.name if kind in {NodeKind.THROW, NodeKind.RECEIVE} else None
    yield Node(id=step.id, kind=kind, lane=step.lane, name=step.name, step=step, message=message)


def _kind(step: Step) -> NodeKind:
    if step.form:
        return NodeKind.USER
    kinds = {
        StepKind.MANUAL: NodeKind.MANUAL,
        StepKind.SEND: NodeKind.THROW,
        StepKind.RECEIVE: NodeKind.RECEIVE,
        StepKind.SERVICE: NodeKind.SERVICE,
        StepKind.SCRIPT: NodeKind.SCRIPT,
    }
    lacks = {StepKind.USER: "form", StepKind.CALL: "process that it calls"}
    lack = "script" if step.kind is StepKind.SCRIPT and not step.script else lacks.get(step.kind)
    if lack:
        raise DefinitionError(
            f"Expected a {lack} at step {step.id!r} of kind {step.kind.value}, but there is none",
            code="facts_step",
            step=step.id,
            name=step.name,
            kind=step.kind.value,
            lack=lack,
        )
    return kinds[step.kind]


def _of_timeout(timeout: Timeout, step: Step, number: int) -> Node:
    if number:
        raise DefinitionError(
            f"Expected at most one timeout at step {step.id!r}, but there are more",
            code="facts_timeout",
            step=step.id,
            name=step.name,
        )
    return Node(
        id=timeout_id(timeout.at),
        kind=NodeKind.TIMEOUT,
        lane=step.lane,
        name=in_words(timeout.after) if timeout.stated else UNSTATED,
        timeout=timeout,
    )


def _flows(
    facts: Facts, ways: Sequence[Way], splits: Sequence[Step], joins: Sequence[Step]
) -> Iterator[Way]:
    entries = {s.id: rule_id(s) for s in facts.steps if s.kind is StepKind.BUSINESS_RULE}
    exits = {s.id: f"{s.id}_pisah" for s in splits}
    gathers = {s.id: f"{s.id}_gabung" for s in joins}
    for way in ways:
        parallel = way.kind is FlowKind.PARALLEL
        source = exits.get(way.source, way.source) if parallel else way.source
        target = entries.get(way.target, way.target)
        target = gathers.get(way.target, target) if parallel else target
        yield replace(way, source=source, target=target)
    for step in facts.steps:
        if step.id in gathers:
            yield Way(source=gathers[step.id], target=entries.get(step.id, step.id))
        if step.id in exits:
            yield Way(source=step.id, target=exits[step.id])
        if entries.get(step.id, step.id) != step.id:
            yield Way(source=entries[step.id], target=step.id)


def _named(ways: Iterator[Way]) -> tuple[Flow, ...]:
    flows: dict[str, Flow] = {}
    for way in ways:
        stem = f"Flow_{way.source}_{way.target}"
        names = chain([stem], (f"{stem}_{number}" for number in count(2)))
        name = next(each for each in names if each not in flows)
        flows[name] = Flow(
            id=name,
            source=way.source,
            target=way.target,
            name=way.name,
            condition=way.condition,
        )
    return tuple(flows.values())


def _check_names(facts: Facts, graph: Graph) -> None:
    ids = [facts.process_id, *(lane.id for lane in facts.lanes)]
    ids += [node.id for node in graph.nodes]
    for place, each in enumerate(ids):
        if each in ids[:place]:
            raise DefinitionError(
                f"Expected an id of its own, but {each!r} is also the id of an element that is added",
                code="facts_twice",
                id=each,
                of="",
            )


def _check_reached(graph: Graph) -> None:
    found = reached(graph, START_ID)
    for node in graph.nodes:
        if node.id not in found and node.id != START_ID:
            raise DefinitionError(
                f"Expected a way from the start to {node.id!r}, but there is none",
                code="facts_unreached",
                id=node.id,
                name=node.name,
            )
