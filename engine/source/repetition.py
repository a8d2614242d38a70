"""Over what or how long an activity is repeated (BPMN 2.0.2, 10.3.8), in either dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import MultiInstance, StandardLoop
from engine.source.names import BPMN, CAMUNDA, ZEEBE, find_extension

if TYPE_CHECKING:
    from lxml import etree


def read_repetition(node: etree._Element) -> MultiInstance | None:
    """Read the multi-instance characteristics of an activity, None for none."""
    found = node.find(BPMN + "multiInstanceLoopCharacteristics")
    if found is None:
        return None
    loop = find_extension(found, ZEEBE + "loopCharacteristics")
    said = {} if loop is None else {str(name): str(text) for name, text in loop.attrib.items()}
    return MultiInstance(
        sequential=found.get("isSequential") == "true",
        cardinality=(found.findtext(BPMN + "loopCardinality") or "").strip(),
        collection=said.get("inputCollection", found.get(CAMUNDA + "collection", "")),
        variable=said.get("inputElement", found.get(CAMUNDA + "elementVariable", "")),
        completion=(found.findtext(BPMN + "completionCondition") or "").strip(),
        outputs_to=said.get("outputCollection", "").strip(),
        output=said.get("outputElement", "").strip(),
    )


def read_loop(node: etree._Element) -> StandardLoop | None:
    """Read the standard loop characteristics of an activity, None for none."""
    found = node.find(BPMN + "standardLoopCharacteristics")
    if found is None:
        return None
    return StandardLoop(
        condition=(found.findtext(BPMN + "loopCondition") or "").strip(),
        maximum=found.get("loopMaximum", "").strip(),
        test_before=found.get("testBefore") == "true",
    )
