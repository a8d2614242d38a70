"""From boxed expressions and tables to programs; what does not fit together becomes a problem with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

from engine.decision.hit_policy import ORDERED
from engine.decision.model import (
    BoxedContext,
    BoxedFunction,
    BoxedList,
    Cell,
    Conditional,
    Invocation,
    Literal,
    Relation,
    Table,
)
from engine.decision.programs import (
    ConditionalRun,
    ContextRun,
    EntryRun,
    FunctionRun,
    InvocationRun,
    ListRun,
    LiteralRun,
    RelationRun,
)
from engine.decision.running import TESTED
from engine.decision.table import Column, OutputColumn, Row, TableRun
from engine.expression import EvaluationFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.decision.compiling import Cells
    from engine.decision.model import Entry, Logic, Output, TableRule
    from engine.decision.problem import Place
    from engine.decision.programs import Run
    from engine.decision.running import Placed
    from engine.decision.types import Types
    from engine.expression.values import Datum

OLD_TESTED = "cellInput"
"""What Camunda 7 calls the tested value in cells, unless the column says another name."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LogicBuilder:
    """Builds the programs of one owner; `names` in each call are those that are known where the logic stands."""

    cells: Cells
    types: Types
    owner: Place

    def run(self, logic: Logic, names: frozenset[str], heading: str = "") -> Run:  # noqa: C901, PLR0911 - one line a kind
        """Build a program."""
        match logic:
            case Literal():
                return self._literal(logic, names, heading)
            case Table():
                return self.table(logic, names)
            case BoxedContext():
                return self._context(logic, names)
            case Invocation():
                return self._invocation(logic, names)
            case BoxedList():
                items = [self.run(each, names, heading) for each in logic.items]
                return ListRun(items=items, names=_all_names(items))
            case Relation():
                return self._relation(logic, names)
            case Conditional():
                condition = self.run(logic.condition, names, heading)
                then = self.run(logic.then, names, heading)
                otherwise = self.run(logic.otherwise, names, heading)
                return ConditionalRun(condition=condition, then=then, otherwise=otherwise)
            case BoxedFunction():
                return self.function(logic, names)

    def function(
        self, function: BoxedFunction, names: frozenset[str], result: str = ""
    ) -> FunctionRun:
        """Build a function, which sees its parameters too."""
        bound = frozenset(each.name for each in function.parameters)
        for each in function.parameters:
            self.known_type(each.type, replace(self.owner, heading=each.name))
        self.known_type(result, self.owner)
        body = self.run(function.body, names | bound)
        return FunctionRun(
            parameters=function.parameters,
            body=body,
            names=body.names - bound,
            place=self.owner,
            type=result,
        )

    def table(self, table: Table, names: frozenset[str]) -> TableRun:
        """Build a decision table."""
        columns = list(self._columns(table, names))
        return TableRun(
            table=table,
            place=replace(self.owner, line=table.line or self.owner.line),
            columns=columns,
            outputs=[
                self._output(table, each, number, names)
                for number, each in enumerate(table.outputs, start=len(columns) + 1)
            ],
            rows=[self._row(table, rule, columns, names) for rule in table.rules],
        )

    def known_type(self, name: str, place: Place) -> None:
        """Note a type that the file does not define."""
        if not self.types.knows(name):
            self.cells.refuse("dmn_type", place, name, found=name)

    def _literal(self, literal: Literal, names: frozenset[str], heading: str) -> LiteralRun:
        place = replace(self.owner, heading=heading, line=literal.cell.line or self.owner.line)
        self.known_type(literal.type, place)
        return LiteralRun(
            placed=self.cells.expression(literal.cell, place, names), type=literal.type
        )

    def _context(self, context: BoxedContext, names: frozenset[str]) -> ContextRun:
        entries: list[EntryRun] = []
        free = frozenset[str]()
        known = names
        for entry in context.entries:
            built = self._entry(entry, known)
            free |= built.logic.names - (known - names)
            known |= {entry.name} - {""}
            entries.append(built)
        if any(not entry.name for entry in context.entries[:-1]):
            self.cells.refuse("dmn_context_result", self.owner)
        return ContextRun(entries=entries, names=free)

    def _invocation(self, invocation: Invocation, names: frozenset[str]) -> InvocationRun:
        called = self._literal(invocation.called, names, "")
        bindings = [self._entry(each, names) for each in invocation.bindings]
        return InvocationRun(
            called=called.placed,
            bindings=bindings,
            names=called.names | _all_names([each.logic for each in bindings]),
        )

    def _relation(self, relation: Relation, names: frozenset[str]) -> RelationRun:
        rows = [
            [
                self.run(cell, names, heading)
                for heading, cell in zip(relation.columns, row, strict=False)
            ]
            for row in relation.rows
        ]
        return RelationRun(
            columns=relation.columns,
            rows=rows,
            names=_all_names([cell for row in rows for cell in row]),
        )

    def _entry(self, entry: Entry, names: frozenset[str]) -> EntryRun:
        place = replace(self.owner, heading=entry.name)
        self.known_type(entry.type, place)
        return EntryRun(
            name=entry.name,
            logic=self.run(entry.logic, names, entry.name),
            type=entry.type,
            place=place,
        )

    def _columns(self, table: Table, names: frozenset[str]) -> Iterator[Column]:
        labels: list[str] = []
        for number, column in enumerate(table.inputs, start=1):
            place = self._heading(column.expression, number, column.label)
            self.known_type(column.type, place)
            if column.expression.is_empty:
                self.cells.refuse("dmn_input_empty", place)
            seen = names | {column.variable or OLD_TESTED}
            labels.append(column.label)
            count = labels.count(column.label)
            yield Column(
                label=column.label if count == 1 else f"{column.label} ({count})",
                expression=self.cells.expression(column.expression, place, names),
                type=column.type,
                variables=(TESTED, column.variable or OLD_TESTED),
                values=_values(self.cells, column.values, place, seen),
            )

    def _output(
        self, table: Table, output: Output, number: int, names: frozenset[str]
    ) -> OutputColumn:
        place = self._heading(output.values or Cell(line=table.line), number, output.label)
        self.known_type(output.type, place)
        order: Sequence[Datum] = ()
        if table.hit_policy in ORDERED:
            order = self._order(output, place)
            if not order and number == len(table.inputs) + 1:
                self.cells.refuse("dmn_priority_values", place, policy=table.hit_policy)
        default = output.default
        return OutputColumn(
            name=output.name,
            type=output.type,
            default=None if default is None else self.cells.expression(default, place, names),
            values=_values(self.cells, output.values, place, names),
            order=order,
        )

    def _order(self, output: Output, place: Place) -> Sequence[Datum]:
        """Give the output values from the highest to the lowest, of the column or else of its type."""
        values = output.values or self.types.values(output.type)
        if values is None or values.is_empty:
            return ()
        listed = self.cells.expression(replace(values, text=f"[{values.text}]"), place, frozenset())
        try:
            found = listed.expression.compute({})
        except EvaluationFailed:
            return ()
        return found if isinstance(found, list) else ()

    def _row(
        self, table: Table, rule: TableRule, columns: Sequence[Column], names: frozenset[str]
    ) -> Row:
        tests = [
            self.cells.tests(
                cell, self._cell(cell, rule, number, column.label), names | {column.variables[1]}
            )
            for number, (cell, column) in enumerate(zip(rule.inputs, columns, strict=False), 1)
        ]
        first = len(columns) + 1
        outputs = [
            self.cells.expression(cell, self._cell(cell, rule, number, output.label), names)
            for number, (cell, output) in enumerate(
                zip(rule.outputs, table.outputs, strict=False), first
            )
        ]
        return Row(id=rule.id, number=rule.number, tests=tests, outputs=outputs)

    def _heading(self, cell: Cell, column: int, heading: str) -> Place:
        line = cell.line or self.owner.line
        return replace(self.owner, column=column, heading=heading, line=line)

    def _cell(self, cell: Cell, rule: TableRule, column: int, heading: str) -> Place:
        return replace(self.owner, row=rule.number, column=column, heading=heading, line=cell.line)


def _values(cells: Cells, cell: Cell | None, place: Place, names: frozenset[str]) -> Placed | None:
    return None if cell is None or cell.is_empty else cells.tests(cell, place, names)


def _all_names(programs: Sequence[Run]) -> frozenset[str]:
    return frozenset[str]().union(*(each.names for each in programs))
