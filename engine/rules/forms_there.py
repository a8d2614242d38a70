"""Every user task has a form, and the form is in the same deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find user tasks without `camunda:formRef`, and forms that the package does not have."""
    for element in checked.process.elements.values():
        if element.kind is not ElementKind.USER_TASK:
            continue
        if not element.form:
            yield checked.error("form_not_named", element)
        elif element.form not in checked.forms:
            yield checked.error("form_not_there", element, form=element.form)
