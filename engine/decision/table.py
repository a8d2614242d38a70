"""Decision tables as programs (DMN 1.5, 8.2 and 8.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

from engine.decision.hit_policy import SINGLE, Hit, aggregated, chosen
from engine.decision.model import Aggregation, HitPolicy
from engine.decision.problem import DecisionFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.decision.model import Table
    from engine.decision.problem import Place
    from engine.decision.running import Evaluation, Placed
    from engine.expression.values import Datum


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a table gives: its value, and a row of named values for each rule that counts (or for what is made of them)."""

    value: Datum
    rows: Sequence[Mapping[str, Datum]]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An input column: `label` is unlike those of all others, `variables` are the names of the tested value in its cells."""

    label: str
    expression: Placed
    type: str
    variables: Sequence[str]
    values: Placed | None

    def value(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give what is tested. Raises DecisionFailed when it is not of its type or none of the allowed values."""
        place = self.expression.place
        found = evaluation.compute(self.expression, variables)
        value = evaluation.fit(found, self.type, place, "decision_input")
        if self.values is not None and value is not None:
            seen = {**variables, **dict.fromkeys(self.variables, value)}
            if not evaluation.holds(self.values, value, seen):
                raise DecisionFailed(
                    f"Expected one of the allowed values as {self.label!r}, but found another",
                    code="decision_input_value",
                    place=place,
                    expected=self.values.expression.source,
                )
        return value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OutputColumn:
    """An output column; `order` are its output values where the hit policy needs them."""

    name: str
    type: str
    default: Placed | None
    values: Placed | None
    order: Sequence[Datum]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule."""

    id: str
    number: int
    tests: Sequence[Placed]
    outputs: Sequence[Placed]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TableRun:
    """A decision table."""

    table: Table
    place: Place
    columns: Sequence[Column]
    outputs: Sequence[OutputColumn]
    rows: Sequence[Row]

    names_of_rules: frozenset[str] = field(init=False, repr=False)
    """The names in its cells, without those of the tested values."""

    names: frozenset[str] = field(init=False, repr=False)
    """The names it takes from outside itself."""

    def __post_init__(self) -> None:
        """Collect the names once: the history asks for them at each evaluation."""
        in_cells = frozenset(self._names_of_cells())
        in_columns = frozenset[str]().union(*(each.expression.names for each in self.columns))
        object.__setattr__(self, "names_of_rules", in_cells)
        object.__setattr__(self, "names", in_cells | in_columns)

    def run(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Datum:
        """Give what the rules say for these variables."""
        return self.decide(evaluation, variables).value

    def decide(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Decided:
        """Give what the rules say, also by row. Raises DecisionFailed."""
        tested = [column.value(evaluation, variables) for column in self.columns]
        for column, value in zip(self.columns, tested, strict=True):
            evaluation.trace.inputs.setdefault(column.label, value)
        seen = [
            {**variables, **dict.fromkeys(column.variables, value)}
            for column, value in zip(self.columns, tested, strict=True)
        ]
        hits = list(self._hits(evaluation, variables, seen))
        if not hits:
            return self._by_default(evaluation, variables)
        orders = {output.name: output.order for output in self.outputs if output.order}
        counting = chosen(evaluation.frame, self.table.hit_policy, hits, orders, self.place)
        return self._decided(evaluation, counting)

    def _names_of_cells(self) -> Iterator[str]:
        for row in self.rows:
            for column, tests in zip(self.columns, row.tests, strict=False):
                yield from tests.names.difference(column.variables)
            for cell in row.outputs:
                yield from cell.names
        for output in self.outputs:
            yield from () if output.default is None else output.default.names

    def _hits(
        self,
        evaluation: Evaluation,
        variables: Mapping[str, Datum],
        seen: Sequence[Mapping[str, Datum]],
    ) -> Iterator[Hit]:
        for row in self.rows:
            evaluation.spend(1 + len(row.tests), self.place)
            if all(
                evaluation.compute(tests, names) is True
                for tests, names in zip(row.tests, seen, strict=True)
            ):
                evaluation.trace.rules[row.id] = None
                yield Hit(row.number, self._values(evaluation, variables, row.outputs))
                if self.table.hit_policy is HitPolicy.FIRST:
                    return

    def _values(
        self,
        evaluation: Evaluation,
        variables: Mapping[str, Datum],
        cells: Sequence[Placed | None],
    ) -> dict[str, Datum]:
        """Give the values of output cells, each as one of its column's type and of the allowed values."""
        values: dict[str, Datum] = {}
        for output, cell in zip(self.outputs, cells, strict=True):
            if cell is None:
                values[output.name] = None
                continue
            found = evaluation.compute(cell, variables)
            value = evaluation.fit(found, output.type, cell.place, "decision_output")
            if (
                output.values is not None
                and value is not None
                and not evaluation.holds(output.values, value, variables)
            ):
                raise DecisionFailed(
                    f"Expected one of the allowed values as {output.name!r}, but found another",
                    code="decision_output_value",
                    place=cell.place,
                    expected=output.values.expression.source,
                )
            values[output.name] = value
        return values

    def _by_default(self, evaluation: Evaluation, variables: Mapping[str, Datum]) -> Decided:
        """Give the default output entries, or null without any (DMN 1.5, 8.2.10)."""
        cells = [output.default for output in self.outputs]
        if not any(cells) and self.table.aggregation is Aggregation.COUNT:
            return self._decided(evaluation, [])
        if not any(cells):
            return Decided(value=None, rows=())
        row = self._values(evaluation, variables, cells)
        return Decided(value=self._value(row), rows=(row,))

    def _decided(self, evaluation: Evaluation, hits: Sequence[Hit]) -> Decided:
        aggregation = self.table.aggregation
        if aggregation is not None:
            name = self.outputs[0].name
            values = [hit.values[name] for hit in hits]
            value = aggregated(evaluation.frame, aggregation, values, self.place)
            return Decided(value=value, rows=({name: value},))
        rows = [hit.values for hit in hits]
        given = [self._value(row) for row in rows]
        return Decided(value=given[0] if self.table.hit_policy in SINGLE else given, rows=rows)

    def _value(self, row: Mapping[str, Datum]) -> Datum:
        """Give the value of a single column alone, those of several as a context."""
        return row[self.outputs[0].name] if len(self.outputs) == 1 else dict(row)
