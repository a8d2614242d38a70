"""Events, event-based gateways and the tasks that wait for programs (BPMN 2.0.2, 10.5, 10.6.6 and 13.5).

The library's own event machinery is not used (findings/spiffworkflow.md 5 and 6): a token that waits is STARTED, what it
waits for is in `engine.spiff.waits`, and a boundary event is a wait of its host, not a token, until it fires.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from typing_extensions import override

from engine.spiff.specs import Flowing

if TYPE_CHECKING:
    from engine.spiff.workflow import Token


class Waiting(Flowing, BpmnSpecMixin):
    """A catching event, receive, send or service task: the token goes on when its wait comes true."""

    @override
    def _update_hook(self, my_task: Token) -> bool:
        if self.passes(my_task):
            return True
        if my_task.state != TaskState.STARTED:
            my_task._set_state(TaskState.STARTED)
        return False

    @override
    def passes(self, my_task: Token) -> bool:
        return isinstance(my_task.parent.task_spec, EventGateway) and not my_task.triggered


class EventGateway(Waiting):
    """Waits for all the events behind it and takes the way of the first (exclusive event-based gateway)."""

    @override
    def passes(self, my_task: Token) -> bool:
        return False

    @override
    def go_on(self, my_task: Token, element: str) -> None:
        my_task.internal_data["chosen"] = element
        super().go_on(my_task, element)

    @override
    def _open(self, my_task: Token) -> None:
        chosen = my_task.internal_data["chosen"]
        taken = [spec for spec in self.onward if spec.name.endswith(f"@{chosen}")]
        my_task._sync_children(taken, TaskState.FUTURE)


class BoundaryEvent(Flowing, BpmnSpecMixin):
    """Where a token runs on when the wait of its host came true; the flow that leads here is ours and never taken."""


class ThrowEvent(Flowing, BpmnSpecMixin):
    """Throws a message, signal or escalation, or none, and goes on."""

    @override
    def _run_hook(self, my_task: Token) -> Any:
        my_task.workflow.top_workflow.observer.thrown(my_task)
        return True

    @override
    def _open(self, my_task: Token) -> None:
        if not my_task.workflow.top_workflow.observer.raised(my_task):
            super()._open(my_task)
