"""A number that the office sets (`ketetapan.<name>`) has a name and a label of its own, and rises as `ketetapan.urutan` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision import inputs_of
from engine.form.names import name_problem
from engine.office_value import ORDER, PREFIX, declared_values, order_of
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find numbers that can't be set or are not what they seem, an order that names others, and numbers that nothing reads."""
    declared = declared_values(checked.process)
    yield from _declared(checked, declared)
    yield from _order(checked, declared)
    yield from _unused(checked, declared)
    for element in checked.process.elements.values():
        if any(name.startswith(PREFIX) for name in element.properties):
            yield checked.error("office_value_place", element)


def _declared(checked: Checked, declared: dict[str, str]) -> Iterator[Finding]:
    taken = checked.known if declared else set()
    for name, label in declared.items():
        if name_problem(name) is not None:
            yield checked.error("office_value_name", name=name[:80])
        elif name in taken:
            yield checked.error("office_value_taken", name=name)
        if not label.strip():
            yield checked.error("office_value_label", name=name[:80])


def _order(checked: Checked, declared: dict[str, str]) -> Iterator[Finding]:
    if ORDER not in checked.process.properties:
        return
    names = order_of(checked.process)
    for name in names:
        if name not in declared:
            yield checked.error("office_value_order_unknown", name=name[:80])
    if len(names) < 2 or len(set(names)) < len(names):  # noqa: PLR2004 - an order is of two at least
        yield checked.error("office_value_order_shape")


def _unused(checked: Checked, declared: dict[str, str]) -> Iterator[Finding]:
    """Find numbers that no decision of the process reads, unless it asks one that does not come with it."""
    read: set[str] = set()
    for element in checked.process.elements.values():
        if element.decision is not None:
            brought = checked.decisions.brought.get(element.decision.key)
            if brought is None or not brought.fits(element.decision):
                return
            read |= inputs_of(brought.model, brought.key)
    process = checked.process
    for name in sorted(declared.keys() - read):
        place = (process.key, process.name, process.line)
        yield checked.at(Severity.WARNING, "office_value_unused", *place, name=name[:80])
