"""Repeated activities (BPMN 2.0.2, 13.3.6 and 13.3.7), counted instead of listed.

The container token of a multi-instance activity keeps `total`, `begun` and `done`; each child has a scope of its own with
the item and `loopCounter`, and the container one with `nrOfInstances`, `nrOfCompletedInstances` and
`nrOfActiveInstances`, as in Camunda 7. That of a standard loop keeps `done`, and in its scope `loopCounter`: the rounds
done. A finished child leaves nothing behind, so a case with 500 parallel children is as cheap at the end as at the start.
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


class Repeating(Flowing):
    """What all repetitions have in common: a container that stays while its children come and go."""

    task_spec: str
    repeats = True

    def _add(self, my_task: Token) -> Token:
        child = my_task._add_child(
            my_task.workflow.spec.task_specs[self.task_spec], TaskState.FUTURE
        )
        child.triggered = True
        return child

    def merge_child(self, workflow: Any, child: Token) -> None:
        """Count a finished child; the container goes on when it was the last one."""
        raise NotImplementedError

    def _end(self, container: Token) -> None:
        for sibling in container.children:
            sibling.cancel()
        container.workflow.top_workflow.scopes.close(container.internal_data["scope"])
        container._set_state(TaskState.READY)

    @override
    def _on_cancel(self, my_task: Token) -> None:
        if "scope" in my_task.internal_data:
            my_task.workflow.top_workflow.scopes.close(my_task.internal_data["scope"])


class _MultiInstance(Repeating):
    """What parallel and sequential repetition have in common."""

    cardinality: str

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

    @override
    def _run_hook(self, my_task: Token) -> bool:
        my_task.workflow.top_workflow.scopes.give_results(my_task, self.cardinality)
        return True

    def _begin(self, my_task: Token, items: list[Any]) -> None:
        raise NotImplementedError

    def _create(self, my_task: Token, item: Any) -> None:
        my_task.internal_data["begun"] += 1
        child = self._add(my_task)
        index = my_task.internal_data["begun"] - 1
        my_task.workflow.top_workflow.scopes.open_child(
            my_task, child, self.cardinality, item, index
        )
        child.task_spec._update(child)

    @override
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
            self._end(container)
        else:
            self._next(container)

    def _next(self, container: Token) -> None:
        """Begin what comes after a finished child; nothing when all have begun at once."""


class ParallelRepetition(_MultiInstance, spiff.ParallelMultiInstanceTask):
    """All children at once."""

    _update_hook = _MultiInstance._update_hook
    merge_child = _MultiInstance.merge_child

    @override
    def _begin(self, my_task: Token, items: list[Any]) -> None:
        for item in items:
            self._create(my_task, item)


class SequentialRepetition(_MultiInstance, spiff.SequentialMultiInstanceTask):
    """One child after the other; the items still to come are kept as they were at the start."""

    _update_hook = _MultiInstance._update_hook
    merge_child = _MultiInstance.merge_child

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


class StandardLoop(Repeating, spiff.StandardLoopTask):
    """Done again while a condition holds; it is asked before the first round too if the drawing says so."""

    condition: str

    @override
    def _update_hook(self, my_task: Token) -> bool:
        if my_task.state == TaskState.STARTED:
            return False
        scopes = my_task.workflow.top_workflow.scopes
        if not scopes.begins(my_task, self.condition):
            return True
        my_task._set_state(TaskState.STARTED)
        my_task.internal_data["done"] = 0
        scopes.open_loop(my_task)
        self._round(my_task)
        return False

    @override
    def merge_child(self, workflow: Any, child: Token) -> None:
        """Count a round; another one begins while the condition holds."""
        container: Token = child.parent
        container.internal_data["done"] += 1
        scopes = workflow.top_workflow.scopes
        scopes.close_child(container, child, self.condition)
        child.forget()
        if scopes.goes_on(container, self.condition):
            self._round(container)
        else:
            self._end(container)

    def _round(self, my_task: Token) -> None:
        child = self._add(my_task)
        my_task.workflow.top_workflow.scopes.open_round(my_task, child, self.condition)
        child.task_spec._update(child)
