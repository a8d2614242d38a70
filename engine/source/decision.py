"""Which decision a business rule task asks, in either dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from engine.decision.stored import Binding, DecisionRef
from engine.source.names import BPMN, CAMUNDA, ZEEBE

if TYPE_CHECKING:
    from lxml import etree


class Decided(TypedDict):
    """The fields of an element that say which decision it asks, and where the outcome goes."""

    decision: DecisionRef | None
    decision_result: str
    result: str


def read_decision(node: etree._Element) -> Decided:
    """Read which decision a business rule task asks, in either dialect; without one, `decision` is None.

    What stands there that is no binding or no number is the gate's to find (`engine.rules.decisions`).
    """
    found = node.find(f"{BPMN}extensionElements/{ZEEBE}calledDecision")
    if found is not None:
        key, result = found.get("decisionId", ""), found.get("resultVariable", "")
        binding, tag = found.get("bindingType", ""), found.get("versionTag", "")
        decision = DecisionRef(key=key, binding=_binding(binding), tag=tag)
        return {"decision": decision, "decision_result": "", "result": result}
    key, result = node.get(CAMUNDA + "decisionRef", ""), node.get(CAMUNDA + "resultVariable", "")
    if not key:
        return {"decision": None, "decision_result": "", "result": result}
    decision = DecisionRef(
        key=key,
        binding=_binding(node.get(CAMUNDA + "decisionRefBinding", "")),
        version=_whole(node.get(CAMUNDA + "decisionRefVersion", "")),
        tag=node.get(CAMUNDA + "decisionRefVersionTag", ""),
    )
    mapping = node.get(CAMUNDA + "mapDecisionResult", "resultList")
    return {"decision": decision, "decision_result": mapping, "result": result}


def _binding(word: str) -> Binding:
    return Binding(word) if word in set(Binding) else Binding.LATEST


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
