"""Every form that comes with a package is used by one of its processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.answer import FORM
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

LONGEST = 80
"""Characters of a form's id that are said again."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find forms that nothing uses, once for a package: they are not stored, and most often a reference is misspelt."""
    process, package = checked.process, checked.package
    if not package or package[0].key != process.key:
        return
    processes = (*package, *checked.source.processes)
    elements = [element for each in processes for element in each.elements.values()]
    used = {name for e in elements for name in (e.form, e.properties.get(FORM, ""))}
    for form in sorted(checked.forms.keys() - used):
        place = (process.key, process.name, process.line)
        yield checked.at(Severity.WARNING, "form_unused", *place, form=form[:LONGEST])
