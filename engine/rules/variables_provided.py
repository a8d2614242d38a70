"""Every variable that an expression takes is one that something in the process provides, or that is given to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision import inputs_of
from engine.expression.builtins import BUILTINS
from engine.expressions_of import Written, expressions_of
from engine.known import nearest, takes_anything
from engine.office_value import declared_values
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

LONGEST = 80
"""Characters of a text or name that are said again."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find names that nothing gives a value, once for each place: FEEL takes them as null, JUEL fails.

    Only a warning: a process that calls this one, a message or a system outside may hand the variable in.
    """
    if checked.lacks_forms or takes_anything(checked.process, checked.package):
        return
    known = checked.known
    told: set[tuple[str, str]] = set()
    for written in (*expressions_of(checked.process), *_asked(checked)):
        for name in sorted(written.names - known - BUILTINS.keys()):
            if (written.at.id, name) not in told:
                told.add((written.at.id, name))
                yield _unprovided(checked, written, name, nearest(name, known))


def _asked(checked: Checked) -> Iterator[Written]:
    """Give what the decisions of the same package take from the case, beside the numbers that the office sets."""
    own = declared_values(checked.process).keys()
    for element in checked.process.elements.values():
        reference = element.decision
        brought = None if reference is None else checked.decisions.brought.get(reference.key)
        if reference is not None and brought is not None and brought.fits(reference):
            names = inputs_of(brought.model, brought.key) - own
            yield Written(at=element, text=brought.name, names=names)


def _unprovided(checked: Checked, written: Written, name: str, near: str) -> Finding:
    at = written.at
    return checked.at(
        Severity.WARNING,
        "variable_misspelt" if near else "variable_unprovided",
        at.id,
        at.name,
        at.line,
        name=name[:LONGEST],
        text=" ".join(written.text.split())[:LONGEST],
        near=near,
    )
