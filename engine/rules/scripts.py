"""A script task is one expression (FEEL, or JUEL in its braces) whose value goes to a named variable; nothing else is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.process import ElementKind
from engine.spiff.program import compile_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element
    from engine.rule import Checked, Finding

LANGUAGES = ("feel", "juel")
"""What `scriptFormat` may say. A task with `camunda:expression` is a script in JUEL."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find script tasks in another language, without result variable, or with a text that is no expression."""
    for element in checked.process.elements.values():
        if element.kind is ElementKind.SCRIPT_TASK:
            yield from _script(checked, element)


def _script(checked: Checked, element: Element) -> Iterator[Finding]:
    if element.script_format.lower() not in LANGUAGES:
        yield checked.error("script_language", element, language=element.script_format)
        return
    if not element.result.isidentifier():
        yield checked.error("script_result_missing", element)
    try:
        compile_script(element)
    except ExpressionInvalid as error:
        yield checked.error("script_invalid", element, error=error)
