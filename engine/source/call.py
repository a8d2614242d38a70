"""Which process a call activity calls, in either dialect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.call_ref import CallRef
from engine.decision.stored import Binding
from engine.process import ElementKind
from engine.source.names import BPMN, CAMUNDA, ZEEBE

if TYPE_CHECKING:
    from lxml import etree

_WHOLE = re.compile(r"[0-9]{1,9}")


def read_call(node: etree._Element) -> CallRef | None:
    """Read which process a call activity calls; None at other elements.

    A word that is no binding is kept as written: the gate refuses it (`engine.rules.calls_known`).
    """
    if node.tag != BPMN + ElementKind.CALL_ACTIVITY:
        return None
    found = node.find(f"{BPMN}extensionElements/{ZEEBE}calledElement")
    if found is not None:
        word = found.get("bindingType", "")
        tag = found.get("versionTag", "").strip()
        return CallRef(
            key=found.get("processId", "").strip(), binding=_binding(word), tag=tag, word=word
        )
    word = node.get(CAMUNDA + "calledElementBinding", "")
    version = node.get(CAMUNDA + "calledElementVersion", "").strip()
    return CallRef(
        key=node.get("calledElement", "").strip(),
        binding=_binding(word),
        version=int(version) if _WHOLE.fullmatch(version) else 0,
        tag=node.get(CAMUNDA + "calledElementVersionTag", "").strip(),
        word=word,
    )


def _binding(word: str) -> Binding:
    return Binding(word) if word in set(Binding) else Binding.LATEST
