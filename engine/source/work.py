"""The work that an element has done: by a script, by an expression, or by whoever takes a topic; in either dialect.

What is drawn as one thing and does the work of another becomes what it does: a task with `camunda:expression` is a script,
a script or business rule task with a topic is a service task, and so is a message event whose sending a program does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.process import DONE_BY_PROGRAMS, THROWING, ElementKind
from engine.source.names import BPMN, CAMUNDA, ZEEBE, find_extension

if TYPE_CHECKING:
    from lxml import etree

_MESSAGE = BPMN + "messageEventDefinition"
_CAMUNDA_WORK = DONE_BY_PROGRAMS | THROWING | {ElementKind.BUSINESS_RULE_TASK}
"""What can have `camunda:expression` and `camunda:topic`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What an element does: its kind, and the fields of an element that go with it."""

    kind: ElementKind
    topic: str = ""
    script: str = ""
    script_format: str = ""
    result: str = ""


def read_work(node: etree._Element, drawn: ElementKind) -> Work:
    """Read what an element does that is drawn as this kind."""
    task = find_extension(node, ZEEBE + "taskDefinition")
    script = find_extension(node, ZEEBE + "script")
    holder = node.find(_MESSAGE) if drawn in THROWING else node
    if holder is None:
        return Work(kind=drawn)
    if task is not None:
        kind = drawn if drawn in DONE_BY_PROGRAMS else ElementKind.SERVICE_TASK
        return Work(kind=kind, topic=task.get("type", ""))
    if script is not None:
        text, result = script.get("expression", ""), script.get("resultVariable", "")
        return Work(kind=drawn, script=text.strip(), script_format="feel", result=result)
    return _of_camunda(node, holder, drawn)


def _of_camunda(node: etree._Element, holder: etree._Element, drawn: ElementKind) -> Work:
    result = holder.get(CAMUNDA + "resultVariable", "")
    if drawn in _CAMUNDA_WORK:
        expression = holder.get(CAMUNDA + "expression", "").strip()
        if expression:
            kind = ElementKind.SCRIPT_TASK
            return Work(kind=kind, script=expression, script_format="juel", result=result)
        if holder.get(CAMUNDA + "type") == "external":
            kind = drawn if drawn in DONE_BY_PROGRAMS else ElementKind.SERVICE_TASK
            return Work(kind=kind, topic=holder.get(CAMUNDA + "topic", ""))
    return Work(
        kind=drawn,
        script=(node.findtext(BPMN + "script") or "").strip(),
        script_format=node.get("scriptFormat", ""),
        result=result,
    )
