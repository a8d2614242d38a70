"""One flow node of a file becomes an `engine.process.Element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import CATCHING, Element, ElementKind
from engine.source.call import read_call
from engine.source.carried import read_form_definition
from engine.source.decision import read_decision
from engine.source.form_data import read_form_fields, read_form_name
from engine.source.mappings import read_mappings
from engine.source.names import (
    BPMN,
    CAMUNDA,
    ZEEBE,
    documentation_of,
    find_extension,
    line_of,
    properties_of,
)
from engine.source.parameters import read_parameters
from engine.source.people import read_people
from engine.source.repetition import read_loop, read_repetition
from engine.source.trigger import read_key, read_trigger
from engine.source.work import read_work

if TYPE_CHECKING:
    from lxml import etree

    from engine.ids import LaneId

KEY = "pesan.kunci"
"""Property of a message event: an expression that tells which message is meant."""

TAGS = {BPMN + kind.value: kind for kind in ElementKind}
"""The kind of each flow node that can run, by its tag."""


def read_element(
    node: etree._Element, process: etree._Element, lane_of: dict[str, LaneId]
) -> Element:
    """Read a flow node of a process; `lane_of` gives the lane of each."""
    drawn = TAGS[str(node.tag)]
    work, decided = read_work(node, drawn), read_decision(node)
    return Element(
        id=node.get("id", ""),
        kind=work.kind,
        name=str(node.get("name") or node.get("id", "")),
        line=line_of(node),
        parent=parent_of(node, process),
        lane=lane_of.get(node.get("id", "")),
        documentation=documentation_of(node),
        properties=_properties(node, drawn, process),
        form=read_form_definition(node, process) or read_form_name(node, process),
        form_fields=read_form_fields(node),
        initiator=node.get(CAMUNDA + "initiator", "").strip(),
        script=work.script,
        script_format=work.script_format,
        result=work.result or decided["result"],
        call=read_call(node),
        passes_in=read_mappings(node, "in"),
        passes_out=read_mappings(node, "out"),
        default=node.get("default", ""),
        terminates=node.find(BPMN + "terminateEventDefinition") is not None,
        repeats=read_repetition(node),
        loops=read_loop(node),
        trigger=read_trigger(node) if work.kind is drawn else None,
        attached_to=node.get("attachedToRef", ""),
        interrupts="false" not in {node.get("cancelActivity"), node.get("isInterrupting")},
        by_event=node.get("triggeredByEvent") == "true",
        topic=work.topic,
        # a call of Camunda 8 hands its mappings to the called process
        inputs=() if _maps_itself(node) else read_parameters(node, "input"),
        outputs=() if _maps_itself(node) else read_parameters(node, "output"),
        decision=decided["decision"],
        decision_result=decided["decision_result"],
        **read_people(node),
    )


def parent_of(node: etree._Element, process: etree._Element) -> str:
    """Give the sub-process that a node stands in, or '' for the process itself."""
    parent = node.getparent()
    return "" if parent is None or parent is process else parent.get("id", "")


def _properties(
    node: etree._Element, drawn: ElementKind, process: etree._Element
) -> dict[str, str]:
    """Give the properties of an element; what its message says of the key is one of them."""
    properties, key = properties_of(node), read_key(node, process)
    return {KEY: key, **properties} if key and drawn in CATCHING else properties


def _maps_itself(node: etree._Element) -> bool:
    return find_extension(node, ZEEBE + "calledElement") is not None
