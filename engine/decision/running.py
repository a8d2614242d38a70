"""One evaluation of a decision: one budget for all its expressions, and what the history will say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, final

from engine.decision.problem import DecisionFailed
from engine.decision.types import Misfit
from engine.expression import Budget, EvaluationFailed
from engine.expression.errors import Failure
from engine.expression.frame import Frame
from engine.expression.rendering import value_of
from engine.expression.values import Function

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from engine.decision.problem import Place
    from engine.decision.types import Types
    from engine.expression import Expression
    from engine.expression.values import Datum
    from engine.variables import Value

BUDGET = Budget(steps=500_000, seconds=5.0)
"""What a decision may cost with all that it requires: ten thousand cells and then some."""

CHARACTERS_A_STEP = 16
"""An expression that is evaluated again and again costs one step for so many characters."""

TESTED = "?"
"""The name under which tests see what they test (DMN 1.5, 10.3.1.2)."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A compiled text of a DMN file, and where it stands."""

    expression: Expression
    place: Place

    @property
    def cost(self) -> int:
        """The steps that evaluating it once costs beside those that it counts itself."""
        return 1 + len(self.expression.source) // CHARACTERS_A_STEP

    @property
    def names(self) -> frozenset[str]:
        """The names it takes from outside itself."""
        return self.expression.names | self.expression.filter_names


@final
@dataclass(slots=True, kw_only=True)
class Trace:
    """What is noted of one decision while it is evaluated: inputs by label, and ids of the rules that matched."""

    inputs: dict[str, Datum] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)


@final
class Evaluation:
    """Passed to each program. `trace` is that of the decision that is evaluated now."""

    __slots__ = ("frame", "trace", "types")

    def __init__(
        self,
        types: Types,
        variables: Mapping[str, Value],
        now: datetime | None,
        unknown: set[str],
    ) -> None:
        self.types = types
        self.frame = Frame(variables, BUDGET, now, unknown)
        self.trace = Trace()

    def compute(self, placed: Placed, variables: Mapping[str, Datum]) -> Datum:
        """Give the value of an expression with these variables. Raises DecisionFailed with its place."""
        frame = self.frame
        outer = frame.variables, frame.scopes, frame.position
        frame.variables, frame.scopes = variables, []
        try:
            frame.spend(placed.cost)
            return placed.expression.compute_in(frame)
        except Failure as failure:
            fail(failure, placed.place)
        except EvaluationFailed as error:
            raise DecisionFailed(
                str(error), code=error.code, place=placed.place, **error.params
            ) from error
        finally:
            frame.variables, frame.scopes, frame.position = outer

    def holds(self, tests: Placed, value: Datum, variables: Mapping[str, Datum]) -> bool:
        """Tell whether a value passes the tests of a cell or of a list of allowed values."""
        return self.compute(tests, {**variables, TESTED: value}) is True

    def spend(self, steps: int, place: Place) -> None:
        """Take steps off the budget. Raises DecisionFailed when it is used up."""
        try:
            self.frame.spend(steps)
        except Failure as failure:
            fail(failure, place)

    def call(self, body: Callable[[], Datum], place: Place) -> Datum:
        """Run the body of a function. Raises DecisionFailed when calls are too deep inside one another."""
        try:
            self.frame.begin_call(1)
        except Failure as failure:
            fail(failure, place)
        result = body()
        self.frame.calls -= 1
        return result

    def fit(self, value: Datum, name: str, place: Place, code: str) -> Datum:
        """Give the value as one of its type. Raises DecisionFailed (`<code>_kind`, `<code>_value`) when it is none."""
        try:
            return self.types.fit(self, value, name)
        except Misfit as misfit:
            raise DecisionFailed(
                f"Expected {misfit.expected} as {place.heading!r}, but found {misfit.found}",
                code=f"{code}_{misfit.code}",
                place=place,
                expected=misfit.expected,
                found=misfit.found,
            ) from misfit
        except Failure as failure:
            fail(failure, place)

    def fit_or_null(self, value: Datum, name: str) -> Datum:
        """Give the value as one of its type, null when it is none: so for functions (DMN 1.5, 10.3.2.9.4)."""
        try:
            return self.types.fit(self, value, name)
        except Misfit:
            return None

    def stored(self, value: Datum, place: Place) -> Value:
        """Give a value as a case can hold it. Raises DecisionFailed when it can't, or is too large."""
        try:
            return value_of(self.frame, value)
        except Failure as failure:
            fail(failure, place)

    def told(self, value: Datum, place: Place) -> Value:
        """Give a value as the history can hold it: null for what no case can hold, a range or a function."""
        try:
            return value_of(self.frame, value)
        except Failure as failure:
            if failure.code == "result_not_storable":
                return None
            fail(failure, place)

    def note_names(self, names: frozenset[str], variables: Mapping[str, Datum]) -> None:
        """Note the values of the names that a decision without columns uses."""
        for name in sorted(names):
            if name in variables and not isinstance(variables[name], Function):
                self.trace.inputs.setdefault(name, variables[name])


def fail(failure: Failure, place: Place) -> NoReturn:
    """Raise DecisionFailed for a failure that stopped us outside an expression."""
    raise DecisionFailed(
        str(failure), code=failure.code, place=place, **failure.params
    ) from failure
