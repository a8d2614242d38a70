"""A process as Alur reads it from a BPMN file: one neutral form for every dialect (BPMN 2.0.2, clause 10).

`engine.source` makes these values, `engine.rules` checks them, `engine.spiff` runs them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.call_ref import CallRef
    from engine.decision.stored import DecisionRef
    from engine.ids import LaneId

T = TypeVar("T")

EXTERNAL, INTERNAL = "eksternal", "internal"
"""The kinds of lanes, as the property `jenis` says them; a lane without it is internal."""


class ElementKind(StrEnum):
    """The flow nodes that can run; the word is the BPMN element's own."""

    START_EVENT = "startEvent"
    END_EVENT = "endEvent"
    USER_TASK = "userTask"
    MANUAL_TASK = "manualTask"
    SCRIPT_TASK = "scriptTask"
    EXCLUSIVE_GATEWAY = "exclusiveGateway"
    PARALLEL_GATEWAY = "parallelGateway"
    INCLUSIVE_GATEWAY = "inclusiveGateway"
    SUB_PROCESS = "subProcess"
    CALL_ACTIVITY = "callActivity"
    BOUNDARY_EVENT = "boundaryEvent"
    CATCH_EVENT = "intermediateCatchEvent"
    THROW_EVENT = "intermediateThrowEvent"
    EVENT_GATEWAY = "eventBasedGateway"
    RECEIVE_TASK = "receiveTask"
    SEND_TASK = "sendTask"
    SERVICE_TASK = "serviceTask"
    BUSINESS_RULE_TASK = "businessRuleTask"


GATEWAYS = frozenset(
    {
        ElementKind.EXCLUSIVE_GATEWAY,
        ElementKind.PARALLEL_GATEWAY,
        ElementKind.INCLUSIVE_GATEWAY,
        ElementKind.EVENT_GATEWAY,
    }
)
DECIDING = frozenset({ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY})
DONE_BY_PEOPLE = frozenset({ElementKind.USER_TASK, ElementKind.MANUAL_TASK})
DONE_BY_PROGRAMS = frozenset({ElementKind.SERVICE_TASK, ElementKind.SEND_TASK})
CATCHING = frozenset(
    {
        ElementKind.BOUNDARY_EVENT,
        ElementKind.CATCH_EVENT,
        ElementKind.RECEIVE_TASK,
        ElementKind.START_EVENT,
    }
)
"""What waits for its trigger."""

THROWING = frozenset({ElementKind.THROW_EVENT, ElementKind.END_EVENT})


class TriggerKind(StrEnum):
    """What an event waits for or throws; the word begins the BPMN element's name."""

    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    ERROR = "error"
    ESCALATION = "escalation"
    LINK = "link"


AWAITED = frozenset({TriggerKind.TIMER, TriggerKind.MESSAGE, TriggerKind.SIGNAL})
"""What comes from outside the process, so that a token waits for it; the others come from within and are caught at once."""

RAISED = frozenset({TriggerKind.ERROR, TriggerKind.ESCALATION})
"""What an activity throws to those around it."""

LINKED = "/link"
"""Behind a throwing link event's id: the flow that it stands for (no BPMN id has a slash)."""


DONE = "/done"
"""Behind the id of a message end event that a script or a program sends: the end behind it, and the flow to that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """An event definition (BPMN 2.0.2, 10.5.5), as written.

    `name` is that of a message, signal or link, or the code of an error or escalation ('' at a catching event: any).
    `timer` is `timeDate`, `timeDuration` or `timeCycle` (empty when the file gives none or several) and `text` what it says.
    A catching event puts code and message of what it caught into the variables `code_variable` and `message_variable`.
    """

    kind: TriggerKind
    name: str = ""
    timer: str = ""
    text: str = ""
    message: str = ""
    code_variable: str = ""
    message_variable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiInstance:
    """An activity done once per item (BPMN 2.0.2, 10.3.8); the texts are expressions.

    Exactly one of `cardinality` and `collection` is set. `variable` is the name of the item in each child. What `output` gives
    in each child, in the order of the items, becomes the list `outputs_to` when all are done (null for one that was not).
    """

    sequential: bool
    cardinality: str = ""
    collection: str = ""
    variable: str = ""
    completion: str = ""
    outputs_to: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardLoop:
    """An activity done again while a condition holds (BPMN 2.0.2, 10.3.8), an expression; `maximum` is a whole number, as written."""

    condition: str = ""
    maximum: str = ""
    test_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMapping:
    """One `camunda:in` or `camunda:out`: a variable or expression copied to a name, or all variables.

    A `local` one reads (`in`) or sets (`out`) the variables of the call itself only. `business_key` is the expression of the
    business key that a call hands on, which needs no copy. The value of a parameter may instead be a `list` or a `map` (its
    `shape`) of `parts`, each with its `target` in a map.
    """

    source: str = ""
    expression: str = ""
    target: str = ""
    everything: bool = False
    local: bool = False
    business_key: str = ""
    shape: str = ""
    parts: tuple[DataMapping, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of `camunda:formData`, as written: its `type` is the word there, `rules` are the constraints by name."""

    id: str
    type: str
    line: int
    label: str = ""
    default: str = ""
    pattern: str = ""
    options: tuple[tuple[str, str], ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A flow node. `parent` is the sub-process around it, or empty; texts of expressions are as written in the file.

    A boundary event is `attached_to` an activity, which it takes away if it `interrupts`; the start event of a sub-process that
    runs `by_event` (10.3.5, Event Sub-Process) so interrupts what stands beside it. `topic` is that of a service task.
    A business rule task asks a `decision`; `decision_result` is how its outcome becomes the variable `result`, a word of
    `camunda:mapDecisionResult`. The variable `initiator` of a start event has the login of who starts a case. The fields
    of `camunda:formData` (`form_fields`) are a form of their own, named by `form` (`engine.source.drawn_form`).
    """

    id: str
    kind: ElementKind
    name: str
    line: int
    parent: str = ""
    lane: LaneId | None = None
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    assignee: str = ""
    candidate_groups: str = ""
    candidate_persons: str = ""
    due: str = ""
    follow_up: str = ""
    priority: str = ""
    initiator: str = ""
    form_fields: tuple[FormField, ...] = ()
    script: str = ""
    script_format: str = ""
    result: str = ""
    call: CallRef | None = None
    passes_in: tuple[DataMapping, ...] = ()
    passes_out: tuple[DataMapping, ...] = ()
    default: str = ""
    terminates: bool = False
    repeats: MultiInstance | None = None
    loops: StandardLoop | None = None
    trigger: Trigger | None = None
    attached_to: str = ""
    interrupts: bool = True
    by_event: bool = False
    topic: str = ""
    decision: DecisionRef | None = None
    decision_result: str = ""
    inputs: tuple[DataMapping, ...] = ()
    outputs: tuple[DataMapping, ...] = ()

    @property
    def repeated(self) -> bool:
        """Whether it is done more than once for one token that arrives: for each item, or in rounds."""
        return self.repeats is not None or self.loops is not None

    @property
    def calls(self) -> str:
        """The key of the process that it calls, '' for none."""
        return "" if self.call is None else self.call.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A sequence flow; `condition` is the expression as written, `language` its `language` attribute."""

    id: str
    name: str
    source: str
    target: str
    line: int
    parent: str = ""
    condition: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane; `kind` is its property `jenis`. An external one names the internal lane that records its steps (DESIGN.md 5.11)."""

    id: LaneId
    name: str
    line: int
    recorder: LaneId | None = None
    kind: str = ""

    @property
    def external(self) -> bool:
        """Whether it stands for somebody outside the office: it says so, or it names a recorder (`dicatat_oleh`)."""
        return self.kind == EXTERNAL or self.recorder is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One process of a file, with everything inside it (also inside its sub-processes) in document order.

    `tag` is its version tag. `starter_groups` (posts or units) and `starter_persons` (logins) narrow who may start it by
    hand, which nobody may when it is not `startable`. `retention` is how long its cases are to be kept, as written
    (`camunda:historyTimeToLive`: days, or an ISO 8601 duration).
    """

    key: str
    name: str
    line: int
    executable: bool
    feel_by_default: bool
    """Whether an expression without prefix is FEEL (no Camunda platform declared) rather than refused."""
    documentation: str
    properties: Mapping[str, str]
    lanes: Mapping[LaneId, Lane]
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    tag: str = ""
    starter_groups: tuple[str, ...] = ()
    starter_persons: tuple[str, ...] = ()
    startable: bool = True
    retention: str = ""
    carried_forms: Mapping[str, bytes] = field(default_factory=dict)
    """The forms that stand in the drawing itself, by their id, as form-js JSON."""
    _attached: Mapping[str, tuple[Element, ...]] = field(init=False, repr=False, compare=False)
    _by_event: Mapping[str, tuple[tuple[Element, Element], ...]] = field(
        init=False, repr=False, compare=False
    )
    _leaving: Mapping[str, tuple[Flow, ...]] = field(init=False, repr=False, compare=False)
    _arriving: Mapping[str, tuple[Flow, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the flows by their ends once: a walk over a large drawing asks for them at every element."""
        flows = self.flows.values()
        events = (e for e in self.elements.values() if e.kind is ElementKind.BOUNDARY_EVENT)
        object.__setattr__(self, "_attached", _grouped((e.attached_to, e) for e in events))
        triggered = (
            (e.parent, (e, start))
            for e in self.elements.values()
            if e.by_event and (start := self.find_start(e.id)) is not None
        )
        object.__setattr__(self, "_by_event", _grouped(triggered))
        object.__setattr__(self, "_leaving", _grouped((f.source, f) for f in flows))
        object.__setattr__(self, "_arriving", _grouped((f.target, f) for f in flows))

    @property
    def computed(self) -> frozenset[str]:
        """The variables that the process itself sets: by scripts, decisions, connectors, and outputs of activities."""
        elements = self.elements.values()
        outputs = {each.target for element in elements for each in element.outputs}
        collected = {e.repeats.outputs_to for e in elements if e.repeats is not None}
        return frozenset((outputs | collected | {element.result for element in elements}) - {""})

    def inside(self, parent: str) -> Iterator[Element]:
        """Give the elements directly inside a sub-process ('' for the process itself)."""
        return (e for e in self.elements.values() if e.parent == parent)

    def leaving(self, element: str) -> tuple[Flow, ...]:
        """Give the flows out of an element, in document order."""
        return self._leaving.get(element, ())

    def arriving(self, element: str) -> tuple[Flow, ...]:
        """Give the flows into an element, in document order."""
        return self._arriving.get(element, ())

    def started_by_events(self, level: str) -> tuple[tuple[Element, Element], ...]:
        """Give the event sub-processes directly inside a sub-process ('' for the process), each with its start event."""
        return self._by_event.get(level, ())

    def attached(self, element: str) -> tuple[Element, ...]:
        """Give the boundary events of an activity, in document order."""
        return self._attached.get(element, ())

    def start(self, parent: str = "") -> Element:
        """Give the start event of the process or of a sub-process. Raises KeyError when there is none."""
        found = self.find_start(parent)
        if found is None:
            raise KeyError(f"Expected a start event in {parent or self.key}, but there is none")
        return found

    def find_start(self, parent: str = "") -> Element | None:
        """Give the start event of the process or of a sub-process."""
        starts = (e for e in self.inside(parent) if e.kind is ElementKind.START_EVENT)
        return next(starts, None)

    def lane_of(self, element: Element) -> Lane | None:
        """Give the lane that an element stands in; one inside a sub-process takes its lane, a boundary event its host's."""
        while element.lane is None and (element.attached_to or element.parent):
            element = self.elements[element.attached_to or element.parent]
        return None if element.lane is None else self.lanes[element.lane]

    def party_of(self, element: Element) -> str:
        """Give the name of the outside party on whose behalf an element is recorded, empty for the office's own."""
        lane = self.lane_of(element)
        return lane.name if lane is not None and lane.external else ""

    def worker_of(self, element: Element) -> Lane | None:
        """Give the lane whose holders do an element: its own, or the recorder of an external one."""
        lane = self.lane_of(element)
        return self.lanes[lane.recorder] if lane is not None and lane.recorder else lane


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for end, found in pairs:
        groups.setdefault(end, []).append(found)
    return {end: tuple(group) for end, group in groups.items()}
