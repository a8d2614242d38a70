"""SpiffWorkflow's specs, each mended where `findings/spiffworkflow.md` shows a defect.

A spec never changes after parsing and is shared by all cases of its version: what belongs to a case is in its tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.specs import defaults as spiff
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BpmnStartTask, SimpleBpmnTask, _EndJoin
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.specs.base import TaskSpec
from typing_extensions import override

from engine.errors import ExecutionFailed
from engine.spiff.joins import JoinsAll, JoinsAtEnd, JoinsWhatCanCome
from engine.spiff.normalise import SPLIT, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.spiff.workflow import SubWorkflow, Token


class Flowing(TaskSpec):
    """Mix-in of every spec: a token opens its next step when it leaves, and predicts nothing.

    The library predicts the whole way ahead in each token, which costs most of its time and runs out of stack on long
    processes; its own depth-limited walks then lose tokens after 333 rounds of a loop.
    """

    drawn = True
    """Whether the element stands in the drawing and so in the history."""

    has_scope = True
    """Whether what runs inside has a scope of its own."""

    wraps = False
    """Whether it stands for all of its level beside the event sub-processes."""

    repeats = False
    """Whether it is the repetition of an activity, which has its boundary events."""

    onward: Sequence[TaskSpec]
    """What follows by a drawn flow; made by the parser."""

    def passes(self, my_task: Token) -> bool:
        """Tell whether a token goes through without waiting: what it would wait for has come already."""
        del my_task
        return False

    def go_on(self, my_task: Token, element: str) -> None:
        """Go on: what the token waited for at an element has come."""
        del element
        my_task._set_state(TaskState.READY)

    def _predict(self, my_task: Token, *_: Any, **__: Any) -> None:
        pass

    def _update_hook(self, my_task: Token) -> Any:
        return True

    def _on_ready(self, my_task: Token) -> None:
        pass

    def _run_hook(self, my_task: Token) -> Any:
        return True

    def _on_complete(self, my_task: Token) -> None:
        self._open(my_task)
        super()._on_complete(my_task)

    def _on_complete_hook(self, my_task: Token) -> None:
        self.completed_event.emit(my_task.workflow, my_task)

    def _open(self, my_task: Token) -> None:
        my_task._sync_children(self.onward, TaskState.FUTURE)


class Start(Flowing, BpmnStartTask):
    """The library's own node before the start event."""

    drawn = False


class EndJoin(Flowing, JoinsAtEnd, _EndJoin):
    """The library's own node behind the end events: it fires when no token is left."""

    drawn = False
    _update_hook = JoinsAtEnd._update_hook
    _run_hook = JoinsAtEnd._run_hook


class End(Flowing, SimpleBpmnTask):
    """The library's own last node; the process is complete when it is done."""

    drawn = False


class Via(Flowing, BpmnSpecMixin):
    """A node of our own that tells two flows between the same elements apart."""

    drawn = False


class ProcessSpec(BpmnProcessSpec):
    """A process or sub-process, with our own first and last nodes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.task_specs.clear()
        self.start = Start(self, "Start")
        self.end = EndJoin(self, "EndJoin")
        self.end.connect(End(self, "End"))


class StartEvent(Flowing, spiff.StartEvent):
    """A start event without trigger."""


class EndEvent(Flowing, spiff.EndEvent):
    """An end event: none, terminate, or one that throws a message, signal, error or escalation."""

    @override
    def _run_hook(self, my_task: Token) -> bool:
        my_task.workflow.top_workflow.observer.thrown(my_task)
        return True

    @override
    def _open(self, my_task: Token) -> None:
        if not my_task.workflow.top_workflow.observer.raised(my_task):
            super()._open(my_task)

    @override
    def _on_complete_hook(self, my_task: Token) -> None:
        if isinstance(self.event_definition, TerminateEventDefinition):
            my_task.workflow.top_workflow.end_beside(my_task.workflow)
        spiff.EndEvent._on_complete_hook(self, my_task)


class UserTask(Flowing, spiff.UserTask):
    """Waits for a person."""


class ManualTask(Flowing, spiff.ManualTask):
    """Waits for a person to tick it off."""


class ScriptTask(Flowing, spiff.ScriptTask):
    """Sets a variable by a FEEL expression."""

    @override
    def _run_hook(self, my_task: Token) -> bool:
        my_task.workflow.script_engine.execute(my_task, self.script)
        return True


class BusinessRuleTask(Flowing, BpmnSpecMixin):
    """Asks a decision (BPMN 2.0.2, 10.3.3.6)."""

    @override
    def _run_hook(self, my_task: Token) -> bool:
        my_task.workflow.script_engine.decide(my_task)
        return True


class ExclusiveGateway(Flowing, spiff.ExclusiveGateway):
    """Takes the first flow whose condition is true, else the default (BPMN 2.0.2, 13.4.2)."""

    @override
    def _open(self, my_task: Token) -> None:
        conditions = ((c, name) for c, name in self.cond_task_specs if c is not None)
        taken = next((name for c, name in conditions if c._matches(my_task)), None)
        taken = taken or self.default_task_spec
        if taken is None:
            raise _no_flow(self.name)
        my_task._sync_children([self._wf_spec.task_specs[taken]], TaskState.FUTURE)


class ParallelGateway(Flowing, JoinsAll, spiff.ParallelGateway):
    """Joins one token of each incoming flow and takes every outgoing one (BPMN 2.0.2, 13.4.1)."""

    _update_hook = JoinsAll._update_hook


class InclusiveGateway(Flowing, JoinsWhatCanCome, spiff.InclusiveGateway):
    """Joins what can still come; takes each flow whose condition is true, else the default (BPMN 2.0.2, 13.4.3)."""

    _update_hook = JoinsWhatCanCome._update_hook

    @override
    def _open(self, my_task: Token) -> None:
        conditional = [(c, name) for c, name in self.cond_task_specs if c is not None]
        taken = [name for c, name in conditional if c._matches(my_task)]
        taken = taken or [name for c, name in self.cond_task_specs if c is None]
        if not taken:
            raise _no_flow(self.name)
        specs = [self._wf_spec.task_specs[name] for name in taken]
        my_task._sync_children(specs, TaskState.FUTURE)


class Split(Flowing, spiff.InclusiveGateway):
    """Where the flows out of an activity or event part: each without condition is taken, and each whose condition is true.

    The default flow (`otherwise`) is taken when no other one is (BPMN 2.0.2, 13.3.1 and 8.4.13).
    """

    otherwise: str = ""
    _update_hook = Flowing._update_hook
    _run_hook = Flowing._run_hook

    @override
    def _open(self, my_task: Token) -> None:
        others = [(c, name) for c, name in self.cond_task_specs if name != self.otherwise]
        taken = [name for c, name in others if c is None or c._matches(my_task)]
        taken = taken or [self.otherwise] * bool(self.otherwise)
        if not taken:
            raise _no_flow(self.name)
        specs = [self._wf_spec.task_specs[name] for name in taken]
        my_task._sync_children(specs, TaskState.FUTURE)


class _Nested(Flowing):
    """What an embedded sub-process and a called process have in common: an inner workflow with a scope of its own."""

    @override
    def _update_hook(self, my_task: Token) -> bool:
        if my_task.state == TaskState.STARTED:
            return False
        my_task._set_state(TaskState.STARTED)
        my_task.workflow.top_workflow.enter(my_task)
        return False

    def leave(self, inner: SubWorkflow, my_task: Token) -> None:
        """Go on behind the element: its inner workflow has come to its end."""
        my_task.workflow.top_workflow.leave(my_task)
        my_task._set_state(TaskState.READY)

    def _on_cancel(self, my_task: Token) -> None:
        my_task.workflow.top_workflow.abandon(my_task)


class SubProcess(_Nested, spiff.SubWorkflowTask):
    """An embedded sub-process."""

    _on_cancel = _Nested._on_cancel
    _update_hook = _Nested._update_hook


class EventSubProcess(SubProcess):
    """A sub-process that a start event with a trigger begins; no flow leads to it."""


class Body(_Nested, spiff.SubWorkflowTask):
    """What stands in a level beside its event sub-processes, wrapped so that they can be attached to it."""

    has_scope = False
    wraps = True
    _on_cancel = _Nested._on_cancel
    _update_hook = _Nested._update_hook


class CallActivity(_Nested, spiff.CallActivity):
    """A called process; `spec` is the definition it is pinned to."""

    _on_cancel = _Nested._on_cancel
    _update_hook = _Nested._update_hook


def _no_flow(name: str) -> ExecutionFailed:
    element = place_of(name).removesuffix(SPLIT)
    return ExecutionFailed(
        f"Expected at least one condition of {element} to be true, or a default flow, but found none",
        code="no_flow_matches",
        element=element,
    )
