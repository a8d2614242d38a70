"""What `camunda:inputOutput` gives an activity and takes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import DataMapping
from engine.source.names import BPMN, CAMUNDA

if TYPE_CHECKING:
    from lxml import etree


def read_parameters(node: etree._Element, direction: str) -> tuple[DataMapping, ...]:
    """Read the parameters of one direction (`input`, `output`), in order: the variable and the expression of its value.

    A text is written as it stands; a script in FEEL is an expression with its prefix. What is neither has no expression,
    which the gate finds (`engine.rules.parameters`).
    """
    path = f"{BPMN}extensionElements/{CAMUNDA}inputOutput/{CAMUNDA}{direction}Parameter"
    return tuple(
        DataMapping(target=found.get("name", ""), expression=_expression(found))
        for found in node.findall(path)
    )


def _expression(parameter: etree._Element) -> str:
    script = parameter.find(CAMUNDA + "script")
    if script is None:
        return (parameter.text or "").strip()
    text = (script.text or "").strip()
    is_feel = script.get("scriptFormat", "").lower() == "feel"
    return f"={text}" if is_feel and text else ""
