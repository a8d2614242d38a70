"""Where the way parts by conditions, one holds whatever the data are, or there is a default; each can hold, and at an exclusive gateway only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.parting import judge
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.parting import Judged
    from engine.process import Flow
    from engine.rule import Checked, Finding

LONGEST = 80
"""Characters of a condition that are said again."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find values with which no way can be taken or two can, and conditions that nothing makes true.

    Only warnings: a case that finds no way stops as an incident, which says so.
    """
    if checked.lacks_forms:
        return
    for judged in judge(checked.process, checked.forms, checked.package):
        yield from _gap(checked, judged)
        for flow in judged.never:
            yield _at(checked, "condition_never", flow, text=_said(flow))
        if judged.clash is not None:
            one, other, example = judged.clash
            yield _at(
                checked,
                "conditions_overlap",
                other,
                text=_said(one),
                example=tuple(example.items()),
            )


def _gap(checked: Checked, judged: Judged) -> Iterator[Finding]:
    element = judged.element
    place = (element.id, element.name, element.line)
    if judged.gap is not None:
        example = tuple(judged.gap.items())
        yield checked.at(Severity.WARNING, "ways_gap", *place, example=example)
    elif judged.is_unsure:
        yield checked.at(Severity.WARNING, "ways_unsure", *place)


def _at(checked: Checked, code: str, flow: Flow, **params: object) -> Finding:
    return checked.at(Severity.WARNING, code, flow.id, flow.name, flow.line, **params)


def _said(flow: Flow) -> str:
    return " ".join(flow.condition.split())[:LONGEST]
