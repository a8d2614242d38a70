"""What a call passes to the process it calls and takes back (BPMN 2.0.2, 10.3.6), in either dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import DataMapping
from engine.source.names import BPMN, CAMUNDA, ZEEBE, find_extension
from engine.source.parameters import read_parameters

if TYPE_CHECKING:
    from lxml import etree

_WITHIN = {
    "in": ("propagateAllParentVariables", "input"),
    "out": ("propagateAllChildVariables", "output"),
}
_ALL = DataMapping(everything=True)


def read_mappings(node: etree._Element, direction: str) -> tuple[DataMapping, ...]:
    """Read what a call passes in one direction (`in`, `out`), in order."""
    called = find_extension(node, ZEEBE + "calledElement")
    if called is not None:
        return _of_zeebe(node, called, direction)
    return tuple(
        DataMapping(
            source=found.get("source", ""),
            expression=found.get("sourceExpression", ""),
            target=found.get("target", ""),
            everything=found.get("variables") == "all",
            local=found.get("local") == "true",
            business_key=found.get("businessKey", ""),
        )
        for found in node.findall(f"{BPMN}extensionElements/{CAMUNDA}{direction}")
    )


def _of_zeebe(
    node: etree._Element, called: etree._Element, direction: str
) -> tuple[DataMapping, ...]:
    """Give all variables unless the call says no, and those of its mappings.

    Where it says what comes back, nothing else does (Camunda 8, Call activities, Variable mappings).
    """
    attribute, parameter = _WITHIN[direction]
    own = tuple(_expression(each) for each in read_parameters(node, parameter))
    everything = called.get(attribute) != "false" and not (own and direction == "out")
    return (_ALL, *own) if everything else own


def _expression(mapping: DataMapping) -> DataMapping:
    """Write a plain text as the expression that it is the value of."""
    text = mapping.expression
    if not text or text.startswith(("=", "${", "#{")):
        return mapping
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return DataMapping(target=mapping.target, expression=f'="{quoted}"')
