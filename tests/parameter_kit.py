"""Parameters (`camunda:inputOutput`) put into drawn maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"


def passing(
    source: bytes,
    element: str,
    *,
    inputs: Mapping[str, str] | None = None,
    outputs: Mapping[str, str] | None = None,
    script: str = "feel",
) -> bytes:
    """Give a map whose element has these parameters: a text that begins with `=` as a script, any other as it stands."""
    root = etree.fromstring(source)
    node = next(each for each in root.iter() if each.get("id") == element)
    extensions = node.find(BPMN + "extensionElements")
    if extensions is None:
        extensions = etree.Element(BPMN + "extensionElements")
        node.insert(0, extensions)
    holder = etree.SubElement(extensions, CAMUNDA + "inputOutput")
    for tag, given in (("inputParameter", inputs), ("outputParameter", outputs)):
        for name, text in (given or {}).items():
            parameter = etree.SubElement(holder, CAMUNDA + tag, name=name)
            if text.startswith("="):
                inner = etree.SubElement(parameter, CAMUNDA + "script", scriptFormat=script)
                inner.text = text[1:]
            else:
                parameter.text = text
    return etree.tostring(root)
