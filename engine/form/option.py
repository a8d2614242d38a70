"""What can be chosen: fixed options, or options that a formula takes from the data of the case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression import EvaluationFailed
from engine.form.problem import FormCode
from engine.variables import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.form.component import Component
    from engine.form.formula import Formula
    from engine.form.scope import Scope
    from engine.variables import Value

MOST_OPTIONS = 1_000
"""Options that a formula may give; a page with more helps nobody."""

SOURCES = ("values", "valuesKey", "valuesExpression")
"""Where form-js takes options from: a component has exactly one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose: what a page sends for it, the words that are shown, and the value that is kept if that is another."""

    value: str
    label: str
    kept: Value = None

    @property
    def meaning(self) -> Value:
        """The value of the variable when this is chosen."""
        return self.value if self.kept is None else self.kept


def find_option(options: Sequence[Option], value: Value) -> Option | None:
    """Give the option that a page or a variable means by this value."""
    if not isinstance(value, str | Decimal):
        return None
    return next((o for o in options if value in (o.meaning, o.value)), None)


def options_of(component: Component) -> tuple[Option, ...]:
    """Read the fixed options of a component: at least one, none twice."""
    options = [_option(component, item) for item in component.objects("values")]
    found = tuple(option for option in options if option is not None)
    if not options:
        component.problem(FormCode.OPTIONS_MISSING)
    seen: set[str] = set()
    for option in found:
        if option.value in seen:
            component.problem(FormCode.OPTION_TWICE, option=option.value)
        seen.add(option.value)
    return found


def source_of(component: Component) -> Formula | None:
    """Read where a component takes its options from, None when they are fixed; two sources are a problem."""
    key = component.source_key("valuesKey")
    formula = component.formula("valuesExpression")
    sources = [name for name in SOURCES if component.is_set(name)]
    if len(sources) > 1:
        component.value("values")
        component.problem(FormCode.OPTIONS_TWICE, sources=", ".join(sources))
    return key or formula


def find_options(source: Formula, scope: Scope) -> tuple[Option, ...] | None:
    """Give the options that there are at this place and moment; None when the formula has no answer.

    A list of texts, numbers or `{label, value}` (form-js 1.23, `normalizeOptionsData`); null is no list yet. Empty and
    repeated entries are left out.
    """
    try:
        value = source.evaluate(scope)
    except EvaluationFailed:
        return None
    items = [] if value is None else value
    if not isinstance(items, list) or len(items) > MOST_OPTIONS:
        return None
    found: dict[str, Option] = {}
    for item in items:
        option = _given(item)
        if option is None:
            return None
        if option.value:
            found.setdefault(option.value, option)
    return tuple(found.values())


def _given(item: Value) -> Option | None:
    """Give the option that an entry of case data means, an empty one for an empty entry, None for anything else."""
    label, value = (
        (item.get("label"), item.get("value")) if isinstance(item, dict) else (None, item)
    )
    if isinstance(value, Decimal):
        text = canonical(value)
    elif value is None or isinstance(value, str):
        text = (value or "").strip()
    else:
        return None
    if not text.isprintable():
        return None
    words = label.strip() if isinstance(label, str) else ""
    return Option(value=text, label=words or text, kept=None if text == value else value)


def _option(component: Component, item: Mapping[str, Value]) -> Option | None:
    value, label = item.get("value"), item.get("label")
    for name in sorted(item.keys() - {"value", "label"}):
        component.problem(FormCode.PROPERTY_UNSUPPORTED, property=f"values.{name}"[:100])
    if isinstance(value, str) and isinstance(label, str) and value.strip() and label.strip():
        return Option(value=value.strip(), label=label.strip())
    component.problem(
        FormCode.PROPERTY_VALUE, property="values", expected='{"value": "…", "label": "…"}'
    )
    return None
