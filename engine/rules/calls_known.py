"""Every called process is in the same deployment or in force already, and what is passed can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.process import ElementKind
from engine.spiff.program import compile_mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find calls without or to an unknown process, and mappings without source or target."""
    for element in checked.process.elements.values():
        if element.kind is not ElementKind.CALL_ACTIVITY:
            continue
        if not element.calls:
            yield checked.error("call_empty", element)
        elif not checked.is_known(element.calls):
            yield checked.error("call_unknown", element, process=element.calls)
        mappings = element.passes_in + element.passes_out
        if any(
            not m.everything and not (m.target and (m.source or m.expression)) for m in mappings
        ):
            yield checked.error("mapping_incomplete", element)
        try:
            compile_mappings(mappings, checked.process)
        except ExpressionInvalid as error:
            yield checked.error("mapping_invalid", element, error=error)
