"""Multi-instance activities (BPMN 2.0.2, 13.3.7), counted instead of listed.

The container token keeps `total`, `begun` and `done`; each child has a scope of its own with the item and `loopCounter`,
and the container one with `nrOfInstances`, `nrOfCompletedInstances` and `nrOfActiveInstances`, as in Camunda 7. A finished
child leaves nothing behind, so a case with 500 parallel children is as cheap at the end as at the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.specs import defaults as spiff
from typing_extensions import override

from engine.spiff.specs import Flowing
from engine.variables import canonical, load

if TYPE_CHECKING:
    from engine.spiff.workflow import Token


class _Repeating(Flowing):
    """What parallel and sequential repetition have in common."""

    task_spec: str
    cardinality: str
    repeats = True

    @override
    def _update_hook(self, my_task: Token) -> bool:
        if my_task.state == TaskState.STARTED:
            return False
        items = my_task.workflow.top_workflow.scopes.items_of(my_task, self.cardinality)
        if not items:
            return True
        my_task._set_state(TaskState.STARTED)
        my_task.internal_data.update(total=len(items), begun=0, done=0)
        my_task.workflow.top_workflow.scopes.open_repetition(my_task)
        self._begin(my_task, items)
        return False

    def _begin(self, my_task: Token, items: list[Any]) -> None:
        raise NotImplementedError

    def _create(self, my_task: Token, item: Any) -> None:
        my_task.internal_data["begun"] += 1
        spec = my_task.workflow.spec.task_specs[self.task_spec]
        child = my_task._add_child(spec, TaskState.FUTURE)
        child.triggered = True
        index = my_task.internal_data["begun"] - 1
        my_task.workflow.top_workflow.scopes.open_child(
            my_task, child, self.cardinality, item, index
        )
        spec._update(child)

    def merge_child(self, workflow: Any, child: Token) -> None:
        """Count a finished child; the container goes on when all are done or its completion condition is true."""
        container: Token = child.parent
        container.internal_data["done"] += 1
        scopes = workflow.top_workflow.scopes
        scopes.count(container)
        complete = scopes.repetition_complete(child, self.cardinality)
        scopes.close_child(container, child, self.cardinality)
        child.forget()
        if complete or container.internal_data["done"] == container.internal_data["total"]:
            for sibling in container.children:
                sibling.cancel()
            scopes.close(container.internal_data["scope"])
            container._set_state(TaskState.READY)
        else:
            self._next(container)

    @override
    def _on_cancel(self, my_task: Token) -> None:
        if "scope" in my_task.internal_data:
            my_task.workflow.top_workflow.scopes.close(my_task.internal_data["scope"])

    def _next(self, container: Token) -> None:
        """Begin what comes after a finished child; nothing when all have begun at once."""


class ParallelRepetition(_Repeating, spiff.ParallelMultiInstanceTask):
    """All children at once."""

    _update_hook = _Repeating._update_hook
    merge_child = _Repeating.merge_child

    @override
    def _begin(self, my_task: Token, items: list[Any]) -> None:
        for item in items:
            self._create(my_task, item)


class SequentialRepetition(_Repeating, spiff.SequentialMultiInstanceTask):
    """One child after the other; the items still to come are kept as they were at the start."""

    _update_hook = _Repeating._update_hook
    merge_child = _Repeating.merge_child

    @override
    def _begin(self, my_task: Token, items: list[Any]) -> None:
        my_task.internal_data["items"] = canonical(items[1:])
        self._create(my_task, items[0])

    @override
    def _next(self, container: Token) -> None:
        items = load(container.internal_data["items"])
        if isinstance(items, list):
            container.internal_data["items"] = canonical(items[1:])
            self._create(container, items[0])
