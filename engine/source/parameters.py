"""What an activity is given of its own and leaves behind: `camunda:inputOutput`, or `zeebe:ioMapping`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import DataMapping
from engine.source.names import BPMN, CAMUNDA, ZEEBE

if TYPE_CHECKING:
    from collections.abc import Iterator


_SHAPES = {CAMUNDA + "list": "list", CAMUNDA + "map": "map"}


def read_parameters(node: etree._Element, direction: str) -> tuple[DataMapping, ...]:
    """Read the parameters of one direction (`input`, `output`), in order: the variable and its value.

    A text is written as it stands; a script in FEEL is an expression with its prefix; a list or a map has parts. What is
    none of them has no expression, which the gate finds (`engine.rules.parameters`).
    """
    path = f"{BPMN}extensionElements/{CAMUNDA}inputOutput/{CAMUNDA}{direction}Parameter"
    mapped = f"{BPMN}extensionElements/{ZEEBE}ioMapping/{ZEEBE}{direction}"
    return tuple(_value(found, found.get("name", "")) for found in node.findall(path)) + tuple(
        DataMapping(target=found.get("target", ""), expression=found.get("source", "").strip())
        for found in node.findall(mapped)
    )


def _value(holder: etree._Element, target: str) -> DataMapping:
    """Read the value in a parameter or an entry of a map."""
    for child in holder.iterchildren(*_SHAPES):
        return _shaped(child, target)
    return DataMapping(target=target, expression=_expression(holder))


def _shaped(holder: etree._Element, target: str) -> DataMapping:
    return DataMapping(target=target, shape=_SHAPES[str(holder.tag)], parts=tuple(_parts(holder)))


def _parts(holder: etree._Element) -> Iterator[DataMapping]:
    """Read the values in a list, or the entries of a map."""
    for child in holder.iterchildren(tag=etree.Element):
        if child.tag == CAMUNDA + "entry":
            yield _value(child, child.get("key", ""))
        elif child.tag == CAMUNDA + "script":
            yield DataMapping(expression=_script(child))
        elif child.tag == CAMUNDA + "value":
            yield DataMapping(expression=(child.text or "").strip())
        elif child.tag in _SHAPES:
            yield _shaped(child, "")
        else:
            yield DataMapping()


def _expression(parameter: etree._Element) -> str:
    script = parameter.find(CAMUNDA + "script")
    return (parameter.text or "").strip() if script is None else _script(script)


def _script(script: etree._Element) -> str:
    text = (script.text or "").strip()
    is_feel = script.get("scriptFormat", "").lower() == "feel"
    return f"={text}" if is_feel and text else ""
