"""Boxed expressions as programs (DMN 1.5, 10.2.2): what a model draws, ready to be run any number of times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, final

from engine.expression.values import Function

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.decision.model import Parameter
    from engine.decision.problem import Place
    from engine.decision.running import Evaluation, Placed
    from engine.expression.values import Datum


NAMES_A_STEP = 16
"""So many names are handed on to an entry for one step."""


class Run(Protocol):
    """What each program is."""

    @property
    def names(self) -> frozenset[str]:
        """The names it takes from outside itself."""
        ...

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give its value for these variables. Raises DecisionFailed."""
        ...


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralRun:
    """A literal expression."""

    placed: Placed
    type: str

    @property
    def names(self) -> frozenset[str]:
        """The names it takes from outside itself."""
        return self.placed.names

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give the value of the expression, as one of its type."""
        value = evaluation.compute(self.placed, variables)
        return evaluation.fit(value, self.type, self.placed.place, "decision_result")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRun:
    """A named part."""

    name: str
    logic: Run
    type: str
    place: Place

    def value(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give the value of the part, as one of its type."""
        value = self.logic.run(evaluation, variables)
        return evaluation.fit(value, self.type, self.place, "decision_result")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRun:
    """A boxed context; entries without a name are its result, of which only the last can be."""

    entries: Sequence[EntryRun]
    names: frozenset[str]

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give the result entry's value or, without one, all entries."""
        context: dict[str, Datum] = {}
        for entry in self.entries:
            evaluation.spend(1 + (len(variables) + len(context)) // NAMES_A_STEP, entry.place)
            value = entry.value(evaluation, {**variables, **context})
            if not entry.name:
                return value
            context[entry.name] = value
        return context


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class InvocationRun:
    """A boxed invocation; what is called without being a function gives null, as in FEEL."""

    called: Placed
    bindings: Sequence[EntryRun]
    names: frozenset[str]

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Call the function with the bound parameters; those that nothing is bound to are null."""
        function = evaluation.compute(self.called, variables)
        bound = {each.name: each.value(evaluation, variables) for each in self.bindings}
        if not isinstance(function, Function) or not bound.keys() <= set(function.parameters):
            return None
        return function.run(evaluation.frame, [bound.get(name) for name in function.parameters])


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ListRun:
    """A boxed list."""

    items: Sequence[Run]
    names: frozenset[str]

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give the values."""
        return [item.run(evaluation, variables) for item in self.items]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRun:
    """A relation."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Run]]
    names: frozenset[str]

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give a context for each row."""
        return [
            {
                name: cell.run(evaluation, variables)
                for name, cell in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalRun:
    """A boxed `if`: anything but true takes the other way."""

    condition: Run
    then: Run
    otherwise: Run

    @property
    def names(self) -> frozenset[str]:
        """The names it takes from outside itself."""
        return self.condition.names | self.then.names | self.otherwise.names

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give the value of the way that the condition chooses."""
        holds = self.condition.run(evaluation, variables) is True
        return (self.then if holds else self.otherwise).run(evaluation, variables)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRun:
    """A function definition, of a boxed expression or a business knowledge model; what it gives is of `type` or null."""

    parameters: Sequence[Parameter]
    body: Run
    names: frozenset[str]
    place: Place
    type: str = ""

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give the function as a value; it sees the variables that are there now."""
        return Function(
            parameters=tuple(each.name for each in self.parameters),
            run=lambda _, given: self.call(evaluation, variables, given),
        )

    def call(
        self, evaluation: Evaluation, variables: Mapping[str, Datum], given: Sequence[Datum]
    ) -> Datum:
        """Call it; an argument that is not of its parameter's type is null, and so is all with more or fewer of them."""
        if len(given) != len(self.parameters):
            return None
        bound = {
            each.name: evaluation.fit_or_null(value, each.type)
            for each, value in zip(self.parameters, given, strict=True)
        }
        seen = {**variables, **bound}
        result = evaluation.call(lambda: self.body.run(evaluation, seen), self.place)
        return evaluation.fit_or_null(result, self.type)
