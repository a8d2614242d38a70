"""Reading a BPMN file: a hardened XML parse, then the neutral values of `engine.process`.

Limits (findings/trust.md, rule 2): those of `engine.xml`, and 2,000 flow nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from lxml import etree

from engine.decision.stored import Binding, DecisionRef
from engine.errors import DefinitionError
from engine.ids import LaneId
from engine.process import (
    DataMapping,
    Element,
    ElementKind,
    Flow,
    Lane,
    MultiInstance,
    Process,
    Trigger,
    TriggerKind,
)
from engine.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MODELER = "{http://camunda.org/schema/modeler/1.0}"

MAX_FLOW_NODES = 2_000

TIMERS = ("timeDate", "timeDuration", "timeCycle")

_TAGS = {BPMN + kind.value: kind for kind in ElementKind}
_OTHER = {"businessKey", "local"}
"""What a mapping can say that Alur does not do; it then stays empty, and the gate refuses it."""


class _Decided(TypedDict):
    """The fields of an element that say which decision it asks, and where the outcome goes."""

    decision: DecisionRef | None
    decision_result: str
    result: str


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
    nodes = sum(node.tag in _TAGS for node in root.iter())
    if nodes > MAX_FLOW_NODES:
        raise DefinitionError(
            f"Expected at most {MAX_FLOW_NODES} elements, but found {nodes}",
            code="file_too_many_elements",
            file=file,
            limit=MAX_FLOW_NODES,
        )


def _process(node: etree._Element, platform: str, file: str) -> Process:
    properties = read_properties(node)
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
        elif child.tag in _TAGS:
            elements[_id(child, file)] = _element(child, node, lane_of)
    return Process(
        key=_id(node, file),
        name=node.get("name") or _participant_name(node) or _id(node, file),
        line=_line(node),
        executable=node.get("isExecutable") == "true",
        feel_by_default="Camunda" not in platform,
        documentation=_documentation(node),
        properties=properties,
        lanes=lanes,
        elements=elements,
        flows=flows,
    )


def _id(node: etree._Element, file: str) -> str:
    found = node.get("id")
    if not found:
        raise DefinitionError(
            "Expected an id, but the element has none",
            code="file_no_id",
            file=file,
            line=_line(node),
            kind=etree.QName(node).localname,
        )
    return found


def _line(node: etree._Element) -> int:
    return int(node.sourceline or 0)


def _participant_name(process: etree._Element) -> str:
    root = process.getroottree().getroot()
    found = (p for p in root.iter(BPMN + "participant") if p.get("processRef") == process.get("id"))
    return next((p.get("name", "") for p in found), "")


def _documentation(node: etree._Element) -> str:
    return "\n".join((d.text or "").strip() for d in node.findall(BPMN + "documentation")).strip()


def read_properties(node: etree._Element) -> dict[str, str]:
    """Give the `camunda:properties` of an element, by name."""
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return {p.get("name", ""): p.get("value", "") for p in node.findall(path)}


def _lanes(process: etree._Element, properties: dict[str, str], file: str) -> dict[LaneId, Lane]:
    lanes = {}
    for node in process.iter(BPMN + "lane"):
        lane = LaneId(_id(node, file))
        own = read_properties(node)
        recorder = own.get("dicatat_oleh") or properties.get(f"dicatat_oleh.{lane}")
        lanes[lane] = Lane(
            id=lane,
            name=node.get("name") or lane,
            line=_line(node),
            recorder=LaneId(recorder) if recorder else None,
            kind=own.get("jenis", ""),
        )
    return lanes


def _parent(node: etree._Element, process: etree._Element) -> str:
    parent = node.getparent()
    return "" if parent is None or parent is process else parent.get("id", "")


def _flow(node: etree._Element, process: etree._Element) -> Flow:
    condition = node.find(BPMN + "conditionExpression")
    return Flow(
        id=node.get("id", ""),
        name=node.get("name", ""),
        source=node.get("sourceRef", ""),
        target=node.get("targetRef", ""),
        line=_line(node),
        parent=_parent(node, process),
        condition="" if condition is None else (condition.text or "").strip(),
        language="" if condition is None else condition.get("language", ""),
    )


def _element(node: etree._Element, process: etree._Element, lane_of: dict[str, LaneId]) -> Element:
    script = node.find(BPMN + "script")
    return Element(
        id=node.get("id", ""),
        kind=_TAGS[str(node.tag)],
        name=str(node.get("name") or node.get("id", "")),
        line=_line(node),
        parent=_parent(node, process),
        lane=lane_of.get(node.get("id", "")),
        documentation=_documentation(node),
        properties=read_properties(node),
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
        trigger=_trigger(node),
        attached_to=node.get("attachedToRef", ""),
        interrupts=node.get("cancelActivity") != "false",
        topic=node.get(CAMUNDA + "topic", ""),
        **_decision(node),
    )


def _decision(node: etree._Element) -> _Decided:
    """Read which decision a business rule task asks, in either dialect; without one, `decision` is None.

    What stands there that is no binding or no number is the gate's to find (`engine.rules.decisions`).
    """
    found = node.find(f"{BPMN}extensionElements/{ZEEBE}calledDecision")
    if found is not None:
        key, result = found.get("decisionId", ""), found.get("resultVariable", "")
        binding, tag = found.get("bindingType", ""), found.get("versionTag", "")
        decision = DecisionRef(key=key, binding=_binding(binding), tag=tag)
        return {"decision": decision, "decision_result": "", "result": result}
    key, result = node.get(CAMUNDA + "decisionRef", ""), node.get(CAMUNDA + "resultVariable", "")
    if not key:
        return {"decision": None, "decision_result": "", "result": result}
    decision = DecisionRef(
        key=key,
        binding=_binding(node.get(CAMUNDA + "decisionRefBinding", "")),
        version=_whole(node.get(CAMUNDA + "decisionRefVersion", "")),
        tag=node.get(CAMUNDA + "decisionRefVersionTag", ""),
    )
    mapping = node.get(CAMUNDA + "mapDecisionResult", "resultList")
    return {"decision": decision, "decision_result": mapping, "result": result}


def _binding(word: str) -> Binding:
    return Binding(word) if word in set(Binding) else Binding.LATEST


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _trigger(node: etree._Element) -> Trigger | None:
    """Read what an event waits for or throws, or a receive task waits for; the gate sees to it that there is one at most."""
    if node.tag == BPMN + ElementKind.RECEIVE_TASK:
        return Trigger(kind=TriggerKind.MESSAGE, name=_name_of(node, "message"))
    for kind in TriggerKind:
        found = node.find(f"{BPMN}{kind}EventDefinition")
        if found is not None and kind is TriggerKind.TIMER:
            texts = [(tag, found.findtext(BPMN + tag)) for tag in TIMERS]
            given = [(tag, text.strip()) for tag, text in texts if text is not None]
            timer, text = given[0] if len(given) == 1 else ("", "")
            return Trigger(kind=kind, timer=timer, text=text)
        if found is not None:
            return Trigger(kind=kind, name=_name_of(found, kind))
    return None


def _name_of(node: etree._Element, kind: str) -> str:
    """Give the name of the message or signal that a node refers to, or '' for none or an unknown one."""
    wanted = node.get(f"{kind}Ref", "")
    root = node.getroottree().getroot()
    found = (m.get("name", "") for m in root.iter(BPMN + kind) if wanted and m.get("id") == wanted)
    return next(found, "").strip()


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
