"""From plain BPMN to specs, by SpiffWorkflow's parser with our classes."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser, StartEventParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    ScriptTaskParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser

from engine.process import ElementKind
from engine.source import BPMN
from engine.spiff import events, specs
from engine.spiff.normalise import element_id
from engine.spiff.repeats import ParallelRepetition, Repeating, SequentialRepetition, StandardLoop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from engine.ids import DefinitionId

_DEEP = 20_000
"""Frames that the recursive parser may need for a line of 2,000 elements (three each), with room."""

_ONE_AT_A_TIME = threading.Lock()


class _Repeats:
    """Which classes the library's parsers make of a repeated activity; it may lead to its boundary events as well."""

    PARALLEL_MI_CLASS = ParallelRepetition
    SEQUENTIAL_MI_CLASS = SequentialRepetition
    STANDARD_LOOP_CLASS = StandardLoop

    def handles_multiple_outgoing(self) -> bool:
        return True


class _Task(_Repeats, TaskParser):
    pass


class _Script(_Repeats, ScriptTaskParser):
    pass


class _SubProcess(_Repeats, SubWorkflowParser):
    pass


class _Call(_Repeats, CallActivityParser):
    pass


ELEMENTS: Mapping[ElementKind, tuple[type[TaskParser], type[specs.Flowing]]] = {
    ElementKind.START_EVENT: (StartEventParser, specs.StartEvent),
    ElementKind.END_EVENT: (EndEventParser, specs.EndEvent),
    ElementKind.USER_TASK: (_Task, specs.UserTask),
    ElementKind.MANUAL_TASK: (_Task, specs.ManualTask),
    ElementKind.SCRIPT_TASK: (_Script, specs.ScriptTask),
    ElementKind.EXCLUSIVE_GATEWAY: (ConditionalGatewayParser, specs.ExclusiveGateway),
    ElementKind.PARALLEL_GATEWAY: (GatewayParser, specs.ParallelGateway),
    ElementKind.INCLUSIVE_GATEWAY: (ConditionalGatewayParser, specs.InclusiveGateway),
    ElementKind.SUB_PROCESS: (_SubProcess, specs.SubProcess),
    ElementKind.CALL_ACTIVITY: (_Call, specs.CallActivity),
    ElementKind.BOUNDARY_EVENT: (_Task, events.BoundaryEvent),
    ElementKind.CATCH_EVENT: (_Task, events.Waiting),
    ElementKind.THROW_EVENT: (_Task, events.ThrowEvent),
    ElementKind.EVENT_GATEWAY: (_Task, events.EventGateway),
    ElementKind.RECEIVE_TASK: (_Task, events.Waiting),
    ElementKind.SEND_TASK: (_Task, events.Waiting),
    ElementKind.SERVICE_TASK: (_Task, events.Waiting),
    ElementKind.BUSINESS_RULE_TASK: (_Task, specs.BusinessRuleTask),
}
"""What runs each kind of element; a kind without a row is refused by the gate."""


class _Split(ConditionalGatewayParser):
    """Where the flows out of an activity part: those without condition are all taken."""

    def connect_outgoing(self, task: Any, flow: Any, is_default: bool) -> None:  # noqa: FBT001 - the library's
        if is_default:
            self.task.otherwise = task.name
        if is_default or self.parse_condition(flow) is None:
            self.task.connect(task)
        else:
            self.task.connect_outgoing_if(self.parse_condition(flow), task)


_OWN = {
    "task": (TaskParser, specs.Via),
    "complexGateway": (_Split, specs.Split),
    "transaction": (_SubProcess, specs.Body),
    "adHocSubProcess": (_SubProcess, specs.EventSubProcess),
}
"""What runs the nodes that `engine.spiff.normalise` adds, by their tags."""


class _Process(ProcessParser):
    def create_spec(self) -> specs.ProcessSpec:
        return specs.ProcessSpec(name=self.bpmn_id)


class _Parser(BpmnParser):
    PROCESS_PARSER_CLASS = _Process
    PARSER_CLASSES = {BPMN + kind.value: row for kind, row in ELEMENTS.items()} | {
        BPMN + tag: row for tag, row in _OWN.items()
    }


def parse(root: etree._Element, definition: DefinitionId) -> dict[str, specs.ProcessSpec]:
    """Give the specs of a process and its sub-processes, by name, ready to be shared between threads."""
    parser = _Parser()
    with _deep_recursion():
        parser.add_bpmn_xml(root)
        found = {str(definition): parser.get_spec(str(definition))}
        to_see = list(found)
        while to_see:
            for spec in list(found[to_see.pop()].task_specs.values()):
                if isinstance(spec, specs.SubProcess | specs.Body) and spec.spec not in found:
                    found[spec.spec] = parser.get_spec(spec.spec)
                    to_see.append(spec.spec)
    for process in found.values():
        _prepare(process)
    return found


def _prepare(process: Any) -> None:
    """Say what follows each spec, and connect each repetition to its child.

    The library connects it in the first case only, so a loaded one would never go on.
    """
    for spec in process.task_specs.values():
        aside = events.BoundaryEvent | specs.EventSubProcess
        spec.onward = [o for o in spec.outputs if not isinstance(o, aside)]
        spec.drawn = spec.drawn and bool(element_id(spec.name))
        if isinstance(spec, Repeating):
            process.task_specs[spec.task_spec].completed_event.connect(spec.merge_child)


@contextmanager
def _deep_recursion() -> Iterator[None]:
    with _ONE_AT_A_TIME:  # the limit holds for all threads
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(before, _DEEP))
        try:
            yield
        finally:
            sys.setrecursionlimit(before)
