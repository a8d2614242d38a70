"""The forms that a drawing of Camunda 8 carries in itself (`zeebe:userTaskForm`), and which form a step of it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.source.names import BPMN, ZEEBE, find_extension

if TYPE_CHECKING:
    from lxml import etree

EMBEDDED = "camunda-forms:bpmn:"
"""Before the id of a form that stands in the drawing, in `formKey`."""


def read_form_definition(node: etree._Element, process: etree._Element) -> str:
    """Give the id of the form that a step names by `zeebe:formDefinition`, '' for none that can be here."""
    found = find_extension(node, ZEEBE + "formDefinition")
    if found is None:
        return ""
    key = found.get("formKey", "")
    own = _id(process, key[len(EMBEDDED) :]) if key.startswith(EMBEDDED) else ""
    return own or str(found.get("formId", "")).strip()


def read_carried_forms(process: etree._Element) -> dict[str, bytes]:
    """Give the forms of a process by id, as form-js JSON."""
    found = process.findall(f"{BPMN}extensionElements/{ZEEBE}userTaskForm")
    return {_id(process, each.get("id", "")): (each.text or "").encode() for each in found}


def _id(process: etree._Element, form: str) -> str:
    """Give the form an id of its process's own: drawings that are copies of each other use the same ones."""
    return f"{process.get('id', '')}.{form}"
