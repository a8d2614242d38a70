"""How a case asks its expressions: with the moment where one asks for it, and what was asked for in vain in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.history import HistoryEvent, VariablesMissed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from engine.expression import Expression
    from engine.spiff.catching import Circumstances
    from engine.variables import Value


class Asking:
    """The expressions of one case while a command works on it.

    FEEL takes a name that is nowhere as null (DMN 1.5, 10.3.2.2); each such name is written down once a command and
    place, so that an auditor sees that a way was chosen without it.
    """

    def __init__(
        self, circumstances: Circumstances, record: Callable[[HistoryEvent], None]
    ) -> None:
        self.circumstances = circumstances
        self._record = record
        self._told: set[tuple[str, str]] = set()

    def begin_command(self) -> None:
        """Let the command that follows tell of each missing name anew."""
        self._told.clear()

    def value(self, expression: Expression, view: Mapping[str, Value], at: str) -> Value:
        """Give the value at an element or flow. Raises EvaluationFailed."""
        unknown: set[str] = set()
        value = expression.evaluate(view, now=self.now(expression), unknown=unknown)
        self.tell(unknown, at)
        return value

    def is_true(self, expression: Expression, view: Mapping[str, Value], at: str) -> bool:
        """Decide a condition at an element or flow. Raises EvaluationFailed."""
        unknown: set[str] = set()
        answer = expression.is_true(view, now=self.now(expression), unknown=unknown)
        self.tell(unknown, at)
        return answer

    def text(self, expression: Expression | None, view: Mapping[str, Value], at: str) -> str:
        """Give the value as a text, '' for none. Raises EvaluationFailed."""
        value = None if expression is None else self.value(expression, view, at)
        return "" if value is None else str(value)

    def now(self, expression: Expression) -> datetime | None:
        """Give the moment in the agency's zone to an expression that asks for it."""
        return self.circumstances.local if expression.asks_now else None

    def tell(self, unknown: set[str] | frozenset[str], at: str) -> None:
        """Write down names that were asked for and are nowhere."""
        names = tuple(sorted(name for name in unknown if (at, name) not in self._told))
        if names:
            self._told.update((at, name) for name in names)
            self._record(VariablesMissed(element=at, names=names))
