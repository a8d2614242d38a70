"""A formula of a form: FEEL behind a `=`, compiled when the form is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from engine.expression import Budget, EvaluationFailed, Expression, compile_text, tree
from engine.expression.feel_parser import parse_feel
from engine.expression.language import source_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.form.scope import Scope
    from engine.variables import Value

BUDGET = Budget(steps=20_000)
"""What one formula may cost: a page evaluates it in every row of a table, each time it is drawn."""

ALL = "*"
"""Stands for every field: a formula that takes the form or the row as a whole may depend on any of them."""

_OWN, _AROUND = ("this", "_this_"), ("parent", "_parent_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula and what it depends on.

    `names` are variables of the form and the case. `own` are those behind `this`: fields of the same row, and outside
    of rows those of the form. `around` are those behind `parent`: in a row fields of the form, outside of rows nothing.
    """

    expression: Expression
    names: frozenset[str]
    own: frozenset[str]
    around: frozenset[str]

    def evaluate(self, scope: Scope) -> Value:
        """Give the value at a place of the form. Raises EvaluationFailed when there is none."""
        day = scope.today if self.expression.asks_now else None
        now = None if day is None else datetime.combine(day, time(), UTC)
        return self.expression.evaluate(scope.names, now=now)

    def find_truth(self, scope: Scope) -> bool | None:
        """Decide a condition: null is false as in form-js; None when it can't be decided."""
        try:
            value = self.evaluate(scope)
        except EvaluationFailed:
            return None
        if value is None:
            return False
        return value if isinstance(value, bool) else None


def compile_formula(text: str) -> Formula:
    """Compile a formula that begins with `=`. Raises ExpressionInvalid with the place and what is expected there.

    A form knows the office's day and no time: it is shown at one moment and sent at another.
    """
    expression = compile_text(text, default=None, budget=BUDGET)
    _, source = source_of(text, default=None)
    root = parse_feel(source, BUDGET)
    for node, _ in tree.walk(root):
        if isinstance(node, tree.Call) and node.function == "now":
            raise source.invalid(
                node.position, "Expected today() in a form, but found now()", code="formula_now"
            )
    keys = _keys_taken(root)
    return Formula(
        expression=expression,
        names=expression.names | expression.filter_names,
        own=_of(keys, _OWN),
        around=_of(keys, _AROUND),
    )


def _of(keys: Mapping[str, set[str]], roots: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(keys.get(root, set()) for root in roots))


def _keys_taken(root: tree.Node) -> dict[str, set[str]]:
    """Give for each name the keys that are taken from it; ALL where it is taken as a whole."""
    taken: dict[str, set[str]] = {}
    stems: set[int] = set()
    for node, _ in tree.walk(root):
        if isinstance(node, tree.Path) and isinstance(node.base, tree.Name):
            taken.setdefault(node.base.name, set()).add(node.key)
            stems.add(id(node.base))
        elif isinstance(node, tree.Name) and id(node) not in stems:
            taken.setdefault(node.name, set()).add(ALL)
    return taken
