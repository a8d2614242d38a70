"""Reading a BPMN file: a hardened XML parse, then the neutral values of `engine.process`.

Limits (findings/trust.md, rule 2): those of `engine.xml`, and 2,000 flow nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from engine.errors import DefinitionError
from engine.ids import LaneId
from engine.process import DONE, LINKED, Element, ElementKind, Flow, Lane, Process, TriggerKind
from engine.source.carried import read_carried_forms
from engine.source.drawn_form import drawn_forms
from engine.source.element import TAGS, parent_of, read_element
from engine.source.names import BPMN, MODELER, documentation_of, line_of, properties_of
from engine.source.starting import read_starting
from engine.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_FLOW_NODES = 2_000

CAMUNDA_7 = "Camunda Platform"
"""What the Modeler calls the platform whose conditions are JUEL, and not FEEL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A BPMN file that could be read: its tree and the processes in it."""

    file: str
    root: etree._Element
    processes: tuple[Process, ...]


def read_source(data: bytes, *, file: str) -> Source:
    """Read a BPMN file. Raises DefinitionError (codes `file_*`, with file and line) when it is none or breaks a limit."""
    root = parse_xml(data, file=file)
    if root.tag != BPMN + "definitions":
        raise DefinitionError("Expected BPMN, but found other XML", code="file_not_bpmn", file=file)
    _check_size(root, file)
    platform = root.get(MODELER + "executionPlatform", "")
    processes = tuple(_process(node, platform, file) for node in root.iter(BPMN + "process"))
    if not processes:
        raise DefinitionError(
            "Expected a process, but the file has none", code="file_no_process", file=file
        )
    return Source(file=file, root=root, processes=processes)


def flow_nodes(process: etree._Element) -> Iterator[etree._Element]:
    """Give every BPMN child of the process and of its sub-processes, in document order."""
    for child in process:
        if isinstance(child.tag, str) and child.tag.startswith(BPMN):
            yield child
            if child.tag == BPMN + ElementKind.SUB_PROCESS:
                yield from flow_nodes(child)


def _check_size(root: etree._Element, file: str) -> None:
    nodes = sum(node.tag in TAGS for node in root.iter())
    if nodes > MAX_FLOW_NODES:
        raise DefinitionError(
            f"Expected at most {MAX_FLOW_NODES} elements, but found {nodes}",
            code="file_too_many_elements",
            file=file,
            limit=MAX_FLOW_NODES,
        )


def _process(node: etree._Element, platform: str, file: str) -> Process:
    properties = properties_of(node)
    lanes = _lanes(node, properties, file)
    lane_of = {
        ref.text.strip(): LaneId(lane.get("id", ""))
        for lane in node.iter(BPMN + "lane")
        for ref in lane.findall(BPMN + "flowNodeRef")
        if ref.text
    }
    elements = {}
    flows = {}
    for child in flow_nodes(node):
        if child.tag == BPMN + "sequenceFlow":
            flows[_id(child, file)] = _flow(child, node)
        elif child.tag in TAGS:
            element = elements[_id(child, file)] = read_element(child, node, lane_of)
            if TAGS[child.tag] is ElementKind.END_EVENT is not element.kind:
                end, flow = _ended(element)
                elements[end.id], flows[flow.id] = end, flow
    flows.update(_links(elements))
    return Process(
        key=_id(node, file),
        name=node.get("name") or _participant_name(node) or _id(node, file),
        line=line_of(node),
        executable=node.get("isExecutable") == "true",
        feel_by_default=platform != CAMUNDA_7,
        documentation=documentation_of(node),
        properties=properties,
        lanes=lanes,
        elements=elements,
        flows=flows,
        carried_forms={**read_carried_forms(node), **drawn_forms(elements.values())},
        **read_starting(node),
    )


def _ended(work: Element) -> tuple[Element, Flow]:
    """Give the end behind a message end event whose sending is a script or the work of a program, and the flow to it."""
    end = Element(
        id=work.id + DONE,
        kind=ElementKind.END_EVENT,
        name=work.name,
        line=work.line,
        parent=work.parent,
        lane=work.lane,
    )
    flow = Flow(
        id=f"{end.id}/in",
        name="",
        source=work.id,
        target=end.id,
        line=work.line,
        parent=work.parent,
    )
    return end, flow


def _links(elements: Mapping[str, Element]) -> Iterator[tuple[str, Flow]]:
    """Give the flow that each throwing link event stands for: to the catching one of its name (BPMN 2.0.2, 10.5.4)."""
    linked = [e for e in elements.values() if e.trigger and e.trigger.kind is TriggerKind.LINK]
    for source in linked:
        for target in linked:
            joins = (
                source.kind is ElementKind.THROW_EVENT and target.kind is ElementKind.CATCH_EVENT
            )
            if joins and _link(source) == _link(target):
                flow = Flow(
                    id=f"{source.id}{LINKED}",
                    name=source.name,
                    source=source.id,
                    target=target.id,
                    line=source.line,
                    parent=source.parent,
                )
                yield flow.id, flow


def _link(element: Element) -> tuple[str, str]:
    """Give what two link events have in common: their process level and their name."""
    return element.parent, "" if element.trigger is None else element.trigger.name


def _id(node: etree._Element, file: str) -> str:
    found = node.get("id")
    if not found:
        raise DefinitionError(
            "Expected an id, but the element has none",
            code="file_no_id",
            file=file,
            line=line_of(node),
            kind=etree.QName(node).localname,
        )
    return found


def _participant_name(process: etree._Element) -> str:
    root = process.getroottree().getroot()
    found = (p for p in root.iter(BPMN + "participant") if p.get("processRef") == process.get("id"))
    return next((p.get("name", "") for p in found), "")


def _lanes(process: etree._Element, properties: dict[str, str], file: str) -> dict[LaneId, Lane]:
    lanes = {}
    for node in process.iter(BPMN + "lane"):
        lane = LaneId(_id(node, file))
        own = properties_of(node)
        recorder = own.get("dicatat_oleh") or properties.get(f"dicatat_oleh.{lane}")
        lanes[lane] = Lane(
            id=lane,
            name=node.get("name") or lane,
            line=line_of(node),
            recorder=LaneId(recorder) if recorder else None,
            kind=own.get("jenis", ""),
        )
    return lanes


def _flow(node: etree._Element, process: etree._Element) -> Flow:
    condition = node.find(BPMN + "conditionExpression")
    return Flow(
        id=node.get("id", ""),
        name=node.get("name", ""),
        source=node.get("sourceRef", ""),
        target=node.get("targetRef", ""),
        line=line_of(node),
        parent=parent_of(node, process),
        condition="" if condition is None else (condition.text or "").strip(),
        language="" if condition is None else _language(condition),
    )


def _language(condition: etree._Element) -> str:
    """Give the language that a condition names; standards call FEEL by an address."""
    named = str(condition.get("language", "")).strip()
    return "feel" if "/feel" in named.lower() else named
