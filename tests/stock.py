"""SpiffWorkflow as it comes, for tests that show a defect of it. Its conditions and scripts are Python."""

from __future__ import annotations

from typing import Any

from kit import bpmn
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer


def specs(source: bytes) -> tuple[Any, dict[str, Any]]:
    """Parse the process p with the library's own parser."""
    parser = BpmnParser()
    parser.add_bpmn_str(source)
    return parser.get_spec("p"), parser.get_subprocess_specs("p")


def begun(lines: str) -> BpmnWorkflow:
    """Start a case of the library and run it to its first rest."""
    workflow = BpmnWorkflow(*specs(bpmn(lines)))
    workflow.do_engine_steps()
    return workflow


def ready(workflow: BpmnWorkflow) -> list[Any]:
    """Give its open user tasks."""
    return list(workflow.get_tasks(state=TaskState.READY, manual=True))


def offered(workflow: BpmnWorkflow) -> list[str]:
    """Name the elements of its open user tasks, sorted."""
    return sorted(task.task_spec.name for task in ready(workflow))


def do(workflow: BpmnWorkflow, element: str, **values: object) -> None:
    """Complete the open user task at an element, as its manual says."""
    task = next(t for t in ready(workflow) if t.task_spec.name == element)
    task.data.update(values)
    task.run()
    workflow.do_engine_steps()


def saved(workflow: BpmnWorkflow) -> str:
    """Write a case as the library does."""
    return str(BpmnWorkflowSerializer().serialize_json(workflow))


def loaded(text: str) -> BpmnWorkflow:
    """Read a case as the library does."""
    return BpmnWorkflowSerializer().deserialize_json(text)
