"""An activity or event has at most one outgoing flow, without condition: where the way parts there is a gateway.

Implicit splits come with a later version of the gate; until then they are refused rather than guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import GATEWAYS, ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find activities with several outgoing flows, with a conditional one or with none, and gateways without a way on."""
    for element in checked.process.elements.values():
        leaving = checked.process.leaving(element.id)
        if element.kind is ElementKind.END_EVENT:
            continue
        if element.kind in GATEWAYS:
            if not leaving:
                yield checked.error("dead_end", element)
            continue
        if len(leaving) > 1:
            yield checked.error("implicit_split", element, count=len(leaving))
        if any(flow.condition for flow in leaving):
            yield checked.error("conditional_flow", element)
        if not leaving and element.kind is not ElementKind.START_EVENT:
            yield checked.error("dead_end", element)
