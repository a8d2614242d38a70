"""The namespaces of BPMN files, as lxml writes them before a name, and what every reader of a node needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MODELER = "{http://camunda.org/schema/modeler/1.0}"

TIMERS = ("timeDate", "timeDuration", "timeCycle")


def line_of(node: etree._Element) -> int:
    """Give the line of the file that a node begins in."""
    return int(node.sourceline or 0)


def properties_of(node: etree._Element) -> dict[str, str]:
    """Give the `camunda:properties` of an element, by name."""
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return {p.get("name", ""): p.get("value", "") for p in node.findall(path)}


def documentation_of(node: etree._Element) -> str:
    """Give what an element says about itself."""
    return "\n".join((d.text or "").strip() for d in node.findall(BPMN + "documentation")).strip()
