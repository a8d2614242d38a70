"""One evaluation: the variables, the names bound inside the expression, and what is left of the budget."""

from __future__ import annotations

from time import thread_time
from typing import TYPE_CHECKING

from engine.expression.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.expression.budget import Budget
    from engine.expression.values import Datum

CHARACTERS_A_STEP = 256
"""Walking this many characters of a text costs one step."""

STEPS_A_LOOK = 2_000
"""So many steps are taken between two looks at the clock."""


class Frame:
    """Passed from closure to closure; nothing of it outlives the evaluation.

    `position` is the offset of what is evaluated now, set before anything that can fail. `scopes` are the names bound
    by loops, filters and contexts, innermost last. `now` is the moment of the evaluation in the agency's zone, None where
    there is none. `unknown` takes the names that were asked for and are nowhere.
    """

    __slots__ = (
        "_look",
        "_until",
        "budget",
        "calls",
        "now",
        "position",
        "scopes",
        "steps",
        "unknown",
        "variables",
    )

    def __init__(
        self,
        variables: Mapping[str, Datum],
        budget: Budget,
        now: datetime | None = None,
        unknown: set[str] | None = None,
    ) -> None:
        self.variables = variables
        self.budget = budget
        self.now = now
        self.unknown = unknown
        self.steps = budget.steps
        self.position = 0
        self.calls = 0
        self.scopes: list[Mapping[str, Datum]] = []
        self._look = budget.steps - STEPS_A_LOOK
        self._until = 0.0

    def scope_of(self, name: str) -> Mapping[str, Datum] | None:
        """Give the innermost place that has the name."""
        for scope in reversed(self.scopes):
            if name in scope:
                return scope
        return self.variables if name in self.variables else None

    def bound(self, name: str) -> Datum:
        """Give the value of a name that the expression binds, or of a variable with the name."""
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return self.variables.get(name)

    def miss(self, name: str) -> None:
        """Note a name that is nowhere, so that it is null."""
        if self.unknown is not None:
            self.unknown.add(name)

    def begin_call(self, steps: int) -> None:
        """Pay for a call of a function that the expression defines. Raises Failure when calls are too deep."""
        self.calls += 1
        if self.calls > self.budget.calls:
            raise Failure(
                f"Expected at most {self.budget.calls} calls inside one another, but there are more",
                code="expression_calls",
                limit=self.budget.calls,
            )
        self.spend(steps)

    def spend(self, steps: int) -> None:
        """Take steps off the budget. Raises Failure when it is used up."""
        self.steps -= steps
        if self.steps < 0:
            raise Failure(
                f"Expected at most {self.budget.steps} steps, but the expression takes more",
                code="expression_steps",
                limit=self.budget.steps,
            )
        if self.steps < self._look:
            self._look_at_clock()

    def _look_at_clock(self) -> None:
        """Begin to watch the time, or see whether it is over. Raises Failure."""
        self._look = self.steps - STEPS_A_LOOK
        now = thread_time()
        self._until = self._until or now + self.budget.seconds
        if now > self._until:
            raise Failure(
                f"Expected an answer within {self.budget.seconds} s, but there is none",
                code="expression_time",
            )

    def spend_on_text(self, length: int) -> None:
        """Pay for walking a text."""
        if length >= CHARACTERS_A_STEP:
            self.spend(length // CHARACTERS_A_STEP)

    def spend_on(self, value: Datum) -> None:
        """Pay for walking a value once, on its uppermost level."""
        if isinstance(value, (list, dict)):
            self.spend(len(value))
        elif isinstance(value, str):
            self.spend_on_text(len(value))

    def room_for(self, value: Datum) -> None:
        """Pay for a value that was made. Raises Failure when it is too long."""
        if isinstance(value, str):
            self.room_for_text(len(value))
        elif isinstance(value, list):
            self.room_for_list(len(value))

    def room_for_text(self, length: int) -> None:
        """Pay for making a text of that length. Raises Failure when it is too long."""
        if length > self.budget.text_length:
            raise Failure(
                f"Expected a text of at most {self.budget.text_length} characters, but it is longer",
                code="expression_text_length",
                limit=self.budget.text_length,
            )
        self.spend_on_text(length)

    def room_for_list(self, length: int) -> None:
        """Pay for making a list of that length. Raises Failure when it is too long."""
        if length > self.budget.list_length:
            raise Failure(
                f"Expected a list of at most {self.budget.list_length} elements, but it is longer",
                code="expression_list_length",
                limit=self.budget.list_length,
            )
        self.spend(length)
