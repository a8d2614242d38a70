"""One flow node of a file becomes an `engine.process.Element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import DataMapping, Element, ElementKind, MultiInstance
from engine.source.decision import read_decision
from engine.source.names import BPMN, CAMUNDA, documentation_of, line_of, properties_of
from engine.source.parameters import read_parameters
from engine.source.trigger import read_trigger

if TYPE_CHECKING:
    from lxml import etree

    from engine.ids import LaneId

TAGS = {BPMN + kind.value: kind for kind in ElementKind}
"""The kind of each flow node that can run, by its tag."""

_OTHER = {"businessKey", "local"}
"""What a mapping can say that Alur does not do; it then stays empty, and the gate refuses it."""


def read_element(
    node: etree._Element, process: etree._Element, lane_of: dict[str, LaneId]
) -> Element:
    """Read a flow node of a process; `lane_of` gives the lane of each."""
    script = node.find(BPMN + "script")
    return Element(
        id=node.get("id", ""),
        kind=TAGS[str(node.tag)],
        name=str(node.get("name") or node.get("id", "")),
        line=line_of(node),
        parent=parent_of(node, process),
        lane=lane_of.get(node.get("id", "")),
        documentation=documentation_of(node),
        properties=properties_of(node),
        form=node.get(CAMUNDA + "formRef", ""),
        assignee=node.get(CAMUNDA + "assignee", ""),
        candidate_groups=node.get(CAMUNDA + "candidateGroups", ""),
        candidate_persons=node.get(CAMUNDA + "candidateUsers", ""),
        due=node.get(CAMUNDA + "dueDate", ""),
        script="" if script is None else (script.text or "").strip(),
        script_format=node.get("scriptFormat", ""),
        calls=node.get("calledElement", ""),
        passes_in=_mappings(node, "in"),
        passes_out=_mappings(node, "out"),
        default=node.get("default", ""),
        terminates=node.find(BPMN + "terminateEventDefinition") is not None,
        repeats=_repeats(node),
        trigger=read_trigger(node),
        attached_to=node.get("attachedToRef", ""),
        interrupts="false" not in {node.get("cancelActivity"), node.get("isInterrupting")},
        by_event=node.get("triggeredByEvent") == "true",
        topic=node.get(CAMUNDA + "topic", ""),
        inputs=read_parameters(node, "input"),
        outputs=read_parameters(node, "output"),
        **read_decision(node),
    )


def parent_of(node: etree._Element, process: etree._Element) -> str:
    """Give the sub-process that a node stands in, or '' for the process itself."""
    parent = node.getparent()
    return "" if parent is None or parent is process else parent.get("id", "")


def _mappings(node: etree._Element, direction: str) -> tuple[DataMapping, ...]:
    return tuple(
        DataMapping(
            source=found.get("source", ""),
            expression=found.get("sourceExpression", ""),
            target=found.get("target", ""),
            everything=found.get("variables") == "all",
        )
        if _OTHER.isdisjoint(found.attrib)
        else DataMapping()
        for found in node.findall(f"{BPMN}extensionElements/{CAMUNDA}{direction}")
    )


def _repeats(node: etree._Element) -> MultiInstance | None:
    found = node.find(BPMN + "multiInstanceLoopCharacteristics")
    if found is None:
        return None
    return MultiInstance(
        sequential=found.get("isSequential") == "true",
        cardinality=(found.findtext(BPMN + "loopCardinality") or "").strip(),
        collection=found.get(CAMUNDA + "collection", ""),
        variable=found.get(CAMUNDA + "elementVariable", ""),
        completion=(found.findtext(BPMN + "completionCondition") or "").strip(),
    )
