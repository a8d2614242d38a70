"""The XML namespaces of BPMN 2.0.2 and of Camunda 7, and elements in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "modeler": "http://camunda.org/schema/modeler/1.0",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def root(name: str, attributes: Mapping[str, str]) -> _Element:
    """Give a new element that declares all namespaces; names are written `prefix:name`."""
    given = {tag(key): value for key, value in attributes.items()}
    element: _Element = etree.Element(tag(name), given, nsmap=NAMESPACES)
    return element


def add(
    parent: _Element, name: str, attributes: Mapping[str, str] | None = None, text: str = ""
) -> _Element:
    """Add a child with these attributes and text; names are written `prefix:name`, plain ones for attributes without."""
    given = {tag(key): value for key, value in (attributes or {}).items()}
    child: _Element = etree.SubElement(parent, tag(name), given)
    child.text = text or None
    return child


def tag(name: str) -> str:
    """Give the full name of `prefix:name`; a name without prefix stays as it is."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def written(element: _Element) -> bytes:
    """Give the document as UTF-8 XML, indented by two."""
    etree.indent(element, space="  ")
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + etree.tostring(element, encoding="UTF-8") + b"\n"
