"""A step that begins other cases (`lanjutan.…`) names a process that is known, and variables that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.form.names import name_problem
from engine.known import takes_anything
from engine.link import (
    CONDITION,
    COPIES,
    DEEPEST,
    EACH,
    GIVER,
    ITEM,
    MOST_DEPTH,
    ONLY,
    PROCESS,
    PROPERTIES,
    properties_of,
    read_condition,
    read_copies,
)
from engine.process import DONE_BY_PEOPLE, TriggerKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.process import Element
    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find properties of linked cases that are unknown, in the wrong place, incomplete or about what is not there."""
    if checked.process.properties.get(ONLY, "ya") not in ("ya", "tidak"):
        yield checked.error("link_property_unknown", property=ONLY)
    for element in checked.process.elements.values():
        given = properties_of(element)
        if not given:
            continue
        for name in sorted(given.keys() - PROPERTIES):
            yield checked.error("link_property_unknown", element, property=name)
        if element.kind not in DONE_BY_PEOPLE:
            yield checked.error("link_place", element)
        yield from _process(checked, element, given)
        yield from _entries(checked, element, given)
        if not checked.lacks_forms:  # which is said by another rule
            yield from _variables(checked, element, given)


def _process(checked: Checked, element: Element, given: Mapping[str, str]) -> Iterator[Finding]:
    process = given.get(PROCESS, "")
    if not process:
        yield checked.error("link_process_missing", element)
    elif not checked.is_known(process):
        yield checked.error("link_process_unknown", element, process=process)
    depth = given.get(DEEPEST, "1")
    if not depth.isdecimal() or not 1 <= int(depth) <= MOST_DEPTH:
        yield checked.error("link_depth", element, text=depth[:40], limit=MOST_DEPTH)


def _entries(checked: Checked, element: Element, given: Mapping[str, str]) -> Iterator[Finding]:
    if (EACH in given) != (ITEM in given):
        yield checked.error("link_entry_incomplete", element)
    optional = [name for name in (given.get(ITEM), given.get(GIVER)) if name]
    for name in [*(new for new, _ in read_copies(given.get(COPIES, ""))), *optional]:
        if name_problem(name) is not None:
            yield checked.error("link_name", element, name=name[:80])


def _variables(checked: Checked, element: Element, given: Mapping[str, str]) -> Iterator[Finding]:
    read = {here for _, here in read_copies(given.get(COPIES, ""))} | {given.get(EACH, "")} - {""}
    try:
        condition = read_condition(given.get(CONDITION, ""))
    except ExpressionInvalid as error:
        yield checked.error("link_condition_invalid", element, error=error)
    else:
        read |= frozenset() if condition is None else condition.names
    elements = checked.process.elements.values()
    if takes_anything(checked.process, checked.package):
        return
    if any(e.trigger is not None and e.trigger.kind is TriggerKind.MESSAGE for e in elements):
        return  # a message brings whatever it carries
    for name in sorted(read - checked.known):
        yield checked.error("link_variable_unknown", element, name=name[:80])
