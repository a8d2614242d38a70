"""The variable that tells who started a case has a name that a variable can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.form.names import name_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

LONGEST = 60
"""Characters of a refused name that are said again."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find start events whose `camunda:initiator` is no name of a variable."""
    for element in checked.process.elements.values():
        if element.initiator and name_problem(element.initiator) is not None:
            yield checked.error("initiator_name", element, name=element.initiator[:LONGEST])
