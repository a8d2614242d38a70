"""The form that a step or a start event carries in the drawing itself (`camunda:formData`), and which form it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import FormField
from engine.source.names import BPMN, CAMUNDA, line_of

if TYPE_CHECKING:
    from lxml import etree

DEPLOYED = "camunda-forms:deployment:"
"""Before the file name of a form that comes in the same package, in `camunda:formKey`."""

_ENDING = ".form"


def read_form_name(node: etree._Element, process: etree._Element) -> str:
    """Give the id of the form of an element: named, or that of its own fields (`engine.source.drawn_form`); '' for none.

    A `formKey` that names a file of the package is `formRef` in older words: a form's file is called by its id.
    """
    key = node.get(CAMUNDA + "formKey", "")
    if key.startswith(DEPLOYED) and key.endswith(_ENDING):
        return key[len(DEPLOYED) : -len(_ENDING)]
    own = f"{process.get('id', '')}.{node.get('id', '')}" if _fields(node) else ""
    return node.get(CAMUNDA + "formRef", own)


def read_form_fields(node: etree._Element) -> tuple[FormField, ...]:
    """Read the fields of the form that stands in the drawing, in order."""
    return tuple(_field(found) for found in _fields(node))


def _fields(node: etree._Element) -> list[etree._Element]:
    path = f"{BPMN}extensionElements/{CAMUNDA}formData/{CAMUNDA}formField"
    found: list[etree._Element] = node.findall(path)
    return found


def _field(node: etree._Element) -> FormField:
    rules = node.findall(f"{CAMUNDA}validation/{CAMUNDA}constraint")
    properties = node.findall(f"{CAMUNDA}properties/{CAMUNDA}property")
    return FormField(
        id=node.get("id", ""),
        type=node.get("type", ""),
        line=line_of(node),
        label=node.get("label", ""),
        default=node.get("defaultValue", ""),
        pattern=node.get("datePattern", ""),
        options=tuple(
            (v.get("id", ""), v.get("name", "")) for v in node.findall(CAMUNDA + "value")
        ),
        rules=tuple((rule.get("name", ""), rule.get("config", "")) for rule in rules),
        properties={p.get("id", "") or p.get("name", ""): p.get("value", "") for p in properties},
    )
