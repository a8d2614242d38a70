"""A throwing link event has one catching event of its name in the same level, and stands where a flow would (BPMN 2.0.2, 10.5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import LINKED, ElementKind, TriggerKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element
    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find links without name or without other side, names with several catching events, and flows at the wrong side."""
    linked = [e for e in checked.process.elements.values() if _is_link(e)]
    catching = [e for e in linked if e.kind is ElementKind.CATCH_EVENT]
    for element in linked:
        throws = element.kind is ElementKind.THROW_EVENT
        drawn = (checked.process.leaving if throws else checked.process.arriving)(element.id)
        if any(not flow.id.endswith(LINKED) for flow in drawn):
            yield checked.error("link_flow", element)
        if not _name(element):
            yield checked.error("link_nameless", element)
        elif not any(flow.id.endswith(LINKED) for flow in drawn):
            yield checked.error("link_unpaired", element, link=_name(element))
        elif throws and sum(_place(e) == _place(element) for e in catching) > 1:
            yield checked.error("link_several", element, link=_name(element))


def _is_link(element: Element) -> bool:
    return element.trigger is not None and element.trigger.kind is TriggerKind.LINK


def _name(element: Element) -> str:
    return "" if element.trigger is None else element.trigger.name


def _place(element: Element) -> tuple[str, str]:
    return element.parent, _name(element)
