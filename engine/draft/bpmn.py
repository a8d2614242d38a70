"""The BPMN file of a draft: what is done, by whom, in which order (the drawing itself is `diagram.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.draft.condition import juel
from engine.draft.decision import asking, outputs
from engine.draft.diagram import add_diagram
from engine.draft.graph import NodeKind
from engine.draft.target import (
    EXPORTER,
    EXPORTER_VERSION,
    HISTORY_TIME_TO_LIVE,
    PLATFORM,
    PLATFORM_VERSION,
)
from engine.draft.xml import add, root, tag, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from engine.draft.facts import Facts, Lane, Step
    from engine.draft.graph import Flow, Graph, Node
    from engine.draft.office import Office
    from engine.draft.place import Picture


EXTERNAL = "eksternal"
"""What a lane of outsiders has as its `jenis`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that is written into one BPMN file."""

    facts: Facts
    graph: Graph
    office: Office
    notes: Mapping[str, str]
    picture: Picture


def write(sheet: Sheet) -> bytes:
    """Give the file as XML: pool, lanes, elements, flows and diagram, in the order of the facts."""
    facts = sheet.facts
    definitions = root(
        "bpmn:definitions",
        {
            "id": f"Definitions_{facts.process_id}",
            "targetNamespace": "http://bpmn.io/schema/bpmn",
            "exporter": EXPORTER,
            "exporterVersion": EXPORTER_VERSION,
            "modeler:executionPlatform": PLATFORM,
            "modeler:executionPlatformVersion": PLATFORM_VERSION,
        },
    )
    collaboration = add(
        definitions, "bpmn:collaboration", {"id": f"Collaboration_{facts.process_id}"}
    )
    add(
        collaboration,
        "bpmn:participant",
        {
            "id": f"Participant_{facts.process_id}",
            "name": facts.title,
            "processRef": facts.process_id,
        },
    )
    _add_process(definitions, sheet)
    for node in sheet.graph.nodes:
        if node.message:
            add(definitions, "bpmn:message", {"id": _message_id(node), "name": node.message})
    add_diagram(definitions, facts, sheet.graph, sheet.picture)
    return written(definitions)


def _add_process(definitions: _Element, sheet: Sheet) -> None:
    facts = sheet.facts
    process = add(
        definitions,
        "bpmn:process",
        {
            "id": facts.process_id,
            "name": facts.title,
            "isExecutable": "true",
            "camunda:historyTimeToLive": HISTORY_TIME_TO_LIVE,
        },
    )
    _describe(process, sheet.notes.get(facts.process_id), _of_process(sheet))
    lanes = add(process, "bpmn:laneSet", {"id": f"LaneSet_{facts.process_id}"})
    for lane in facts.lanes:
        _add_lane(lanes, lane, sheet)
    for node in sheet.graph.nodes:
        _add_node(process, node, sheet)
    for flow in sheet.graph.flows:
        _add_flow(process, flow)


def _of_process(sheet: Sheet) -> dict[str, str]:
    office = sheet.office
    found = {
        "sop.nomor" if sheet.facts.is_sop else "peta.kode": sheet.facts.code,
        "perkara.perihal": office.subject,
        "perkara.nomor": office.number,
    }
    known = {name: value for name, value in found.items() if value}
    return {**known, **_more(sheet.facts.process_id, sheet)}


def _more(element_id: str, sheet: Sheet) -> Mapping[str, str]:
    return sheet.office.properties.get(element_id, {})


def _add_lane(lanes: _Element, lane: Lane, sheet: Sheet) -> None:
    element = add(lanes, "bpmn:lane", {"id": lane.id, "name": lane.name})
    recorder = sheet.office.recorders.get(lane.id)
    told = {"jenis": EXTERNAL, "dicatat_oleh": recorder.id} if recorder else {}
    _describe(element, sheet.notes.get(lane.id), {**told, **_more(lane.id, sheet)})
    for node in sheet.graph.nodes:
        if node.lane == lane.id:
            add(element, "bpmn:flowNodeRef", text=node.id)


def _add_node(process: _Element, node: Node, sheet: Sheet) -> None:
    attributes = {"id": node.id, "name": node.name, **_of_node(node, sheet)}
    element = add(process, f"bpmn:{node.kind.value}", {k: v for k, v in attributes.items() if v})
    properties = {
        **(_of_step(node.step) if node.step else _of_event(node)),
        **_more(node.id, sheet),
    }
    _describe(element, sheet.notes.get(node.id), properties)
    _add_parameters(element, node)
    for flow in sheet.graph.flows:
        if flow.target == node.id:
            add(element, "bpmn:incoming", text=flow.id)
    for flow in sheet.graph.flows:
        if flow.source == node.id:
            add(element, "bpmn:outgoing", text=flow.id)
    _complete(element, node)


def _of_node(node: Node, sheet: Sheet) -> dict[str, str]:
    facts, office = sheet.facts, sheet.office
    repeat = node.step.repeat if node.step else None
    if node.kind is NodeKind.USER:
        return {
            "camunda:formRef": facts.form_id(node.id),
            "camunda:formRefBinding": "deployment",
            "camunda:candidateGroups": (
                repeat.candidates if repeat else office.candidate_groups.get(node.id, "")
            ),
            "camunda:dueDate": office.due_dates.get(node.id, ""),
        }
    if node.kind is NodeKind.SERVICE:
        return {"camunda:type": "external", "camunda:topic": f"{node.lane}_{node.id}"}
    if node.kind is NodeKind.RULE and node.step:
        return asking(facts, node.step)
    if node.kind is NodeKind.SCRIPT and node.step and node.step.script:
        return {"scriptFormat": "feel", "camunda:resultVariable": node.step.script.result}
    if node.kind is NodeKind.RECEIVE:
        return {"messageRef": _message_id(node)}
    return {"attachedToRef": node.host} if node.host else {}


def _of_step(step: Step) -> dict[str, str]:
    found = {
        "jenis": step.kind.value,
        "mutu_baku.kelengkapan": "; ".join(step.requires),
        "mutu_baku.waktu": step.time,
        "mutu_baku.output": "; ".join(step.output),
    }
    return {name: value for name, value in found.items() if value}


def _of_event(node: Node) -> dict[str, str]:
    return {} if node.timeout is None or node.timeout.stated else {"batas.ditetapkan": "tidak"}


def _complete(element: _Element, node: Node) -> None:
    """Add what stands last in an element: over what it repeats, its script or event definition."""
    if node.step and node.step.repeat and node.kind is not NodeKind.RULE:
        repeat = node.step.repeat
        over = {"camunda:collection": repeat.collection, "camunda:elementVariable": repeat.variable}
        add(element, "bpmn:multiInstanceLoopCharacteristics", over)
    if node.step and node.step.script and node.kind is NodeKind.SCRIPT:
        add(element, "bpmn:script", text=node.step.script.feel)
    if node.message and node.kind is not NodeKind.RECEIVE:
        add(
            element,
            "bpmn:messageEventDefinition",
            {"id": f"MessageEventDefinition_{node.id}", "messageRef": _message_id(node)},
        )
    if node.timeout:
        timer = add(element, "bpmn:timerEventDefinition", {"id": f"TimerEventDefinition_{node.id}"})
        add(
            timer,
            "bpmn:timeDuration",
            {"xsi:type": "bpmn:tFormalExpression"},
            node.timeout.after,
        )


def _add_flow(process: _Element, flow: Flow) -> None:
    attributes = {"id": flow.id, "name": flow.name}
    attributes |= {"sourceRef": flow.source, "targetRef": flow.target}
    element = add(process, "bpmn:sequenceFlow", {k: v for k, v in attributes.items() if v})
    if flow.condition:
        add(
            element,
            "bpmn:conditionExpression",
            {"xsi:type": "bpmn:tFormalExpression"},
            juel(flow.condition, gateway=flow.source),
        )


def _describe(element: _Element, note: str | None, properties: Mapping[str, str]) -> None:
    if note:
        add(element, "bpmn:documentation", text=note)
    if properties:
        extensions = add(element, "bpmn:extensionElements")
        holder = add(extensions, "camunda:properties")
        for name, value in properties.items():
            add(holder, "camunda:property", {"name": name, "value": value})


def _add_parameters(element: _Element, node: Node) -> None:
    """Add what a task has of its own and gives on, behind its properties."""
    step, holder = node.step, element.find(tag("bpmn:extensionElements"))
    is_rule = node.kind is NodeKind.RULE
    repeat = None if step is None or is_rule else step.repeat
    given = repeat.inputs if repeat else {}
    left = repeat.outputs if repeat else outputs(step) if step and is_rule else {}
    if holder is not None and (given or left):
        both = add(holder, "camunda:inputOutput")
        for kind, values in (("input", given), ("output", left)):
            for name, text in values.items():
                _add_value(add(both, f"camunda:{kind}Parameter", {"name": name}), text)


def _add_value(parameter: _Element, text: str) -> None:
    """Write an expression as the Modeler does: FEEL is a script, without the prefix that an addition has."""
    if text.startswith("="):
        add(parameter, "camunda:script", {"scriptFormat": "feel"}, text.removeprefix("="))
    else:
        parameter.text = text


def _message_id(node: Node) -> str:
    return f"Message_{node.id}"
