"""Rows that are filled in (form-js `dynamiclist`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from typing_extensions import override

from engine.form.field import Field
from engine.form.formula import ALL
from engine.form.problem import FieldCode, FieldProblem, FormCode, Refused
from engine.form.scope import Scope
from engine.form.shown import shown_rows
from engine.form.submission import RawSubmission, Reading, Spot, joined, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.form.component import Component
    from engine.form.formula import Formula
    from engine.variables import Value

MOST_ROWS = 200
"""Rows that one table may have."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,2}")


class Cell(NamedTuple):
    """A field of a row at one moment: its column as it is now, where it stands, and what was read from it.

    `can_change` when what is typed elsewhere decides over it; `is_doubtful` when its condition could not be decided, so
    that it is shown.
    """

    column: Field
    spot: Spot
    reading: Reading
    can_change: bool
    is_hidden: bool
    is_doubtful: bool

    @property
    def is_conditional(self) -> bool:
        """Whether it can come and go, so that a page has to say that it was there."""
        return self.column.hide is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Field):
    """Rows to fill in: a list of objects, None when there is no row.

    A page names a cell `penerima.0.nama`. The numbers only keep rows apart and in order; rows without any value but
    defaults are dropped. form-js has no required lists, so a list that needs a row says `properties.wajib` = `ya`.
    Columns are read in `order`, each behind those of the row that its formulas name.
    """

    kind: ClassVar[str] = "dynamiclist"

    columns: tuple[Field, ...]
    order: tuple[str, ...] = ()
    first_rows: int = 1
    scope: Scope = field(default_factory=lambda: Scope(variables={}), compare=False, repr=False)

    @classmethod
    def of(cls, component: Component, columns: tuple[Field, ...], order: tuple[str, ...]) -> Table:
        """Read the field from its component and its columns."""
        component.visual("showOutline", "verticalAlignment", "disableCollapse", "nonCollapsedItems")
        for must_be_set in ("isRepeating", "allowAddRemove"):
            if not component.flag(must_be_set):
                component.problem(FormCode.PROPERTY_VALUE, property=must_be_set, expected="true")
        if not columns:
            component.problem(FormCode.COLUMNS_MISSING)
        pribadi = component.one_of("properties.pribadi", "ya", "tidak") == "ya"
        first = component.whole("defaultRepetitions", least=0, most=20)
        return cls(
            key=component.key("path"),
            label=component.label("label"),
            required=component.one_of("properties.wajib", "ya", "tidak") == "ya",
            personal=pribadi or any(column.personal for column in columns),
            columns=columns,
            order=order,
            first_rows=1 if first is None else first,
        )

    @property
    @override
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas of all columns."""
        return tuple(formula for column in self.columns for formula in column.all_formulas)

    @property
    @override
    def names_outside(self) -> frozenset[str]:
        """The names of the form and the case that these formulas use; behind `this` stand the columns of a row."""
        return frozenset().union(*(formula.names | formula.around for formula in self.formulas))

    @property
    def triggers(self) -> frozenset[str]:
        """The columns that formulas of the same row name; ALL when one takes the row as a whole."""
        own: frozenset[str] = frozenset().union(*(formula.own for formula in self.formulas))
        return frozenset(column.key for column in self.columns) if ALL in own else own

    @override
    def at(self, scope: Scope) -> Self:
        """Give the table with what the formulas of its columns can name."""
        return replace(self, scope=scope)

    @override
    def owns(self, name: str) -> bool:
        """Tell whether a text sent under this HTML name is for a cell of this table."""
        table, _, rest = name.partition(".")
        row, _, key = rest.partition(".")
        return (
            table == self.key
            and _INDEX.fullmatch(row) is not None
            and any(column.key == key for column in self.columns)
        )

    def column(self, name: str) -> Field | None:
        """Give the column that a cell's HTML name belongs to, None when it isn't a cell of this table."""
        key = name.rpartition(".")[2]
        if not self.owns(name):
            return None
        return next(column for column in self.columns if column.key == key)

    def row_numbers(self, raw: RawSubmission, name: str) -> tuple[int, ...]:
        """Give the rows that were sent, by their number in HTML names, in order."""
        numbers = {sent.split(".")[1] for sent in raw.names if self.owns(sent)}
        return tuple(sorted(int(number) for number in numbers)) if name == self.key else ()

    def cells(self, raw: RawSubmission, spot: Spot, row: int, count: int) -> tuple[Cell, ...]:
        """Read a row from what a page sent: `row` as named in HTML, `count` as counted by people."""
        return self._cells(spot, (row, count), lambda column, place: column.sent(raw, place), None)

    @override
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read all rows from what a page sent."""
        numbers = self.row_numbers(raw, spot.name)
        if len(numbers) > MOST_ROWS:
            return self._refused(spot, FieldCode.ROWS_MANY, limit=MOST_ROWS)
        rows = [self.cells(raw, spot, row, count) for count, row in enumerate(numbers, 1)]
        return self._gathered(rows, spot)

    @override
    def accept(self, value: Value, spot: Spot) -> Reading:
        """Read all rows from a list of objects; None means empty."""
        given: list[Value] = [] if value is None else value if isinstance(value, list) else [value]
        rows = [row for row in given if isinstance(row, dict)]
        if len(rows) != len(given) or (value is not None and not isinstance(value, list)):
            return self._refused(spot, FieldCode.WRONG_TYPE, kind=self.kind)
        if len(rows) > MOST_ROWS:
            return self._refused(spot, FieldCode.ROWS_MANY, limit=MOST_ROWS)
        cells = [self._accepted(row, spot, number) for number, row in enumerate(rows)]
        keys = {column.key for column in self.columns}
        unknown = tuple(
            FieldProblem(
                code=FieldCode.UNKNOWN, name=spot.name, place=spot.place, params={"field": key[:80]}
            )
            for key in sorted({key for row in rows for key in row} - keys)
        )
        gathered = self._gathered(cells, spot)
        return gathered._replace(problems=gathered.problems + unknown)

    @override
    def as_raw(self, value: Value, name: str) -> RawSubmission:
        """Give what a page would send for these rows."""
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return joined(
            column.as_raw(row.get(column.key), f"{name}.{number}.{column.key}")
            for number, row in enumerate(rows)
            for column in self.columns
        )

    @override
    def first_raw(self) -> RawSubmission:
        """Give what a page sends for the rows that stand there at first, when they begin with something."""
        if all(column.default is None for column in self.columns):
            return RawSubmission()
        return joined(self.blank_row(number) for number in range(max(self.first_rows, 1)))

    def blank_row(self, number: int) -> RawSubmission:
        """Give what a page sends for a row in which nothing was filled in yet."""
        cells = [
            column.as_raw(column.default, f"{self.key}.{number}.{column.key}")
            for column in self.columns
        ]
        # so that the row is there, also when none of its fields is sent while it is empty
        there = RawSubmission(values={f"{self.key}.{number}.{c.key}": () for c in self.columns})
        return joined([there, *cells])

    @override
    def shown(self, value: Value) -> str:
        """Give the rows in one line; a page shows them as a table instead."""
        rows = shown_rows(self.columns, value)
        return "; ".join(", ".join(filter(None, row)) for row in rows)

    def _accepted(self, row: dict[str, Value], spot: Spot, number: int) -> tuple[Cell, ...]:
        return self._cells(
            spot,
            (number, number + 1),
            lambda column, place: column.accept(row.get(column.key), place),
            row,
        )

    def _cells(
        self,
        spot: Spot,
        numbers: tuple[int, int],
        take: Callable[[Field, Spot], Reading],
        given: Mapping[str, Value] | None,
    ) -> tuple[Cell, ...]:
        """Read a row in order; `given` are its values where a program sends them, and then none of them may be hidden."""
        row, count = numbers
        scope = self.scope.in_row({}, count)
        cells: dict[str, Cell] = {}
        columns = {column.key: column for column in self.columns}
        for key in self.order or columns:
            column = columns[key].at(scope)
            place = spot.cell(row, count, key, column.label)
            truth = column.hide.find_truth(scope) if column.hide else False
            reading = unseen(place, (given or {}).get(key)) if truth else take(column, place)
            cells[key] = Cell(
                column=column,
                spot=place,
                reading=reading,
                can_change=bool(columns[key].all_formulas),
                is_hidden=truth is True,
                is_doubtful=truth is None,
            )
            scope.fill(key, reading.value)
        return tuple(cells[key] for key in columns)

    def _gathered(self, rows: Sequence[tuple[Cell, ...]], spot: Spot) -> Reading:
        filled = [row for row in rows if not self._is_blank(row)]
        if self.required and not filled:
            return self._refused(spot, FieldCode.ROW_REQUIRED)
        problems = tuple(p for row in filled for cell in row for p in cell.reading.problems)
        value: list[Value] = [
            {cell.column.key: cell.reading.value for cell in row} for row in filled
        ]
        return Reading(None if problems else value or None, problems, value or None)

    def _is_blank(self, row: tuple[Cell, ...]) -> bool:
        """Tell whether nothing was filled in: what is missing in a row counts only when something else is there.

        A default that nobody touched is nothing, unless every column has one.
        """
        ready = not all(column.default is not None for column in self.columns)
        return all(_is_empty(cell, cell.column.default if ready else None) for cell in row)

    def _refused(self, spot: Spot, code: FieldCode, **params: object) -> Reading:
        return Reading(None, (spot.problem(Refused(code, **params)),))


def _is_empty(cell: Cell, default: Value) -> bool:
    reading = cell.reading
    if any(problem.code not in _BLANK for problem in reading.problems):
        return False
    return reading.value in (None, False) or (default is not None and reading.value == default)


_BLANK = frozenset(
    {
        FieldCode.REQUIRED,
        FieldCode.TICK_REQUIRED,
        FieldCode.CHOICE_REQUIRED,
        FieldCode.CHOICES_NONE,
        FieldCode.FILE_REQUIRED,
        FieldCode.APPEARED,
    }
)
"""Problems of a cell that was left empty."""
