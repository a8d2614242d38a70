"""What a BPMN element means for its picture: kind, name, markers, trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing.values import ACTIVITIES, Direction, EdgeKind, Kind, Marker, Trigger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

_PROPERTY = (
    f"{BPMN}extensionElements/{{http://camunda.org/schema/1.0/bpmn}}properties/"
    "{http://camunda.org/schema/1.0/bpmn}property"
)

KINDS: Mapping[str, Kind] = {
    "participant": Kind.POOL,
    "lane": Kind.LANE,
    "task": Kind.TASK,
    "userTask": Kind.USER_TASK,
    "manualTask": Kind.MANUAL_TASK,
    "serviceTask": Kind.SERVICE_TASK,
    "scriptTask": Kind.SCRIPT_TASK,
    "sendTask": Kind.SEND_TASK,
    "receiveTask": Kind.RECEIVE_TASK,
    "businessRuleTask": Kind.RULE_TASK,
    "callActivity": Kind.CALL_ACTIVITY,
    "subProcess": Kind.SUB_PROCESS,
    "adHocSubProcess": Kind.SUB_PROCESS,
    "transaction": Kind.TRANSACTION,
    "startEvent": Kind.START_EVENT,
    "intermediateCatchEvent": Kind.CATCH_EVENT,
    "intermediateThrowEvent": Kind.THROW_EVENT,
    "boundaryEvent": Kind.BOUNDARY_EVENT,
    "endEvent": Kind.END_EVENT,
    "exclusiveGateway": Kind.EXCLUSIVE_GATEWAY,
    "inclusiveGateway": Kind.INCLUSIVE_GATEWAY,
    "parallelGateway": Kind.PARALLEL_GATEWAY,
    "eventBasedGateway": Kind.EVENT_GATEWAY,
    "complexGateway": Kind.COMPLEX_GATEWAY,
    "dataObjectReference": Kind.DATA_OBJECT,
    "dataInput": Kind.DATA_INPUT,
    "dataOutput": Kind.DATA_OUTPUT,
    "dataStoreReference": Kind.DATA_STORE,
    "textAnnotation": Kind.ANNOTATION,
    "group": Kind.GROUP,
}

EDGE_KINDS: Mapping[str, EdgeKind] = {
    "sequenceFlow": EdgeKind.SEQUENCE,
    "messageFlow": EdgeKind.MESSAGE,
    "association": EdgeKind.ASSOCIATION,
    "dataInputAssociation": EdgeKind.DATA,
    "dataOutputAssociation": EdgeKind.DATA,
}

_TRIGGERS: Mapping[str, Trigger] = {
    "messageEventDefinition": Trigger.MESSAGE,
    "timerEventDefinition": Trigger.TIMER,
    "signalEventDefinition": Trigger.SIGNAL,
    "errorEventDefinition": Trigger.ERROR,
    "escalationEventDefinition": Trigger.ESCALATION,
    "conditionalEventDefinition": Trigger.CONDITION,
    "linkEventDefinition": Trigger.LINK,
    "compensateEventDefinition": Trigger.COMPENSATION,
    "cancelEventDefinition": Trigger.CANCEL,
    "terminateEventDefinition": Trigger.TERMINATE,
}

_DIRECTIONS = {"One": Direction.ONE, "Both": Direction.BOTH}


def tag(element: _Element) -> str:
    """Give the local name of an element."""
    return str(element.tag).rpartition("}")[2]


def reference(text: str | None) -> str:
    """Give the id that a QName refers to; a prefix is only the writer's habit, "" stands for none."""
    return (text or "").strip().rpartition(":")[2]


def is_true(element: _Element, attribute: str, *, default: bool) -> bool:
    """Read an xs:boolean attribute; other words count as the default."""
    words = {"true": True, "1": True, "false": False, "0": False}
    return words.get(element.get(attribute, "").strip(), default)


def name(element: _Element, index: Mapping[str, _Element]) -> str:
    """Give the text that is written on an element; a group bears the value of its category."""
    match tag(element):
        case "textAnnotation":
            return (element.findtext(f"{BPMN}text") or "").strip()
        case "group":
            value = index.get(reference(element.get("categoryValueRef")))
            return "" if value is None else value.get("value", "").strip()
        case _:
            return element.get("name", "").strip()


def markers(element: _Element, index: Mapping[str, _Element]) -> tuple[Marker, ...]:
    """Give the signs at the foot of a shape, from left to right."""
    found = []
    if element.find(f"{BPMN}standardLoopCharacteristics") is not None:
        found.append(Marker.LOOP)
    several = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if several is not None:
        one_by_one = is_true(several, "isSequential", default=False)
        found.append(Marker.SEQUENTIAL if one_by_one else Marker.PARALLEL)
    if element.find(f"{BPMN}participantMultiplicity") is not None:
        found.append(Marker.PARALLEL)
    if is_true(element, "isForCompensation", default=False):
        found.append(Marker.COMPENSATION)
    if tag(element) == "adHocSubProcess":
        found.append(Marker.AD_HOC)
    data = index.get(reference(element.get("dataObjectRef")), element)
    if is_true(data, "isCollection", default=False):
        found.append(Marker.COLLECTION)
    return tuple(found)


def find_trigger(element: _Element) -> Trigger | None:
    """Give what an event waits for or gives; None for a plain event."""
    found = [_TRIGGERS[tag(child)] for child in element if tag(child) in _TRIGGERS]
    if len(found) > 1:
        together = is_true(element, "parallelMultiple", default=False)
        return Trigger.PARALLEL_MULTIPLE if together else Trigger.MULTIPLE
    return found[0] if found else None


def is_interrupting(element: _Element) -> bool:
    """Tell whether an event stops the work it belongs to (boundary: cancelActivity, start: isInterrupting)."""
    return is_true(element, "cancelActivity", default=True) and is_true(
        element, "isInterrupting", default=True
    )


def is_unstated(element: _Element) -> bool:
    """Tell whether a timer's length is one that no document states."""
    found = (p for p in element.iterfind(_PROPERTY) if p.get("name") == "batas.ditetapkan")
    return any(p.get("value") == "tidak" for p in found)


def ends(element: _Element) -> tuple[str, str]:
    """Give the ids at the two ends of a flow; a data association lies inside the activity it serves."""
    parent = element.getparent()
    owner = "" if parent is None else parent.get("id", "")
    match tag(element):
        case "dataInputAssociation":
            return reference(element.findtext(f"{BPMN}sourceRef")), owner
        case "dataOutputAssociation":
            return owner, reference(element.findtext(f"{BPMN}targetRef"))
        case _:
            return reference(element.get("sourceRef")), reference(element.get("targetRef"))


def direction(element: _Element) -> Direction:
    """Give where a line has arrowheads; an association says so itself, every other line has one."""
    if tag(element) == "association":
        return _DIRECTIONS.get(element.get("associationDirection", ""), Direction.NONE)
    return Direction.ONE


def is_conditional(element: _Element, index: Mapping[str, _Element]) -> bool:
    """Tell whether a flow leaves an activity under a condition (BPMN 2.0.2 table 7.3, mini-diamond)."""
    source = index.get(ends(element)[0])
    leaves_activity = source is not None and KINDS.get(tag(source)) in ACTIVITIES
    return leaves_activity and element.find(f"{BPMN}conditionExpression") is not None
