"""Every name in a condition or an option list of a form is a variable that the process can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.form import Field, walk
from engine.form.scope import SPECIAL
from engine.known import takes_anything
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.form import Form
    from engine.rule import Checked, Finding

_SPECIAL = frozenset(SPECIAL) | frozenset(f"_{name}_" for name in SPECIAL)


def check(checked: Checked) -> Iterator[Finding]:
    """Find names that nothing in the process gives a value: a misspelt one is null, and may hide a field for ever.

    Only a warning: a process that calls this one, or begins it, may hand the variable in.
    """
    if takes_anything(checked.process, checked.package):
        return
    known = checked.known
    for element in checked.process.elements.values():
        form = checked.forms.get(element.form)
        for name in sorted(_named(form) - known) if form is not None else ():
            yield checked.at(
                Severity.WARNING,
                "form_name_unknown",
                element.id,
                element.name,
                element.line,
                form=element.form,
                name=name[:80],
            )


def _named(form: Form) -> set[str]:
    """Give the names that the formulas of a form use; those inside filters may be entries of rows."""
    names: set[str] = set()
    for part in walk(form.parts):
        formulas = part.all_formulas if isinstance(part, Field) else (part.hide,)
        for formula in filter(None, formulas):
            names |= formula.expression.names
    return names - _SPECIAL
