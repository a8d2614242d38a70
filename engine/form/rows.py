"""Tables: rows that are filled in (form-js `dynamiclist`) and rows that are only shown (form-js `table`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from engine.form.field import Field, Part
from engine.form.names import name_problem
from engine.form.problem import FieldCode, FieldProblem, FormCode, Refused
from engine.form.submission import RawSubmission, Reading, Spot, joined
from engine.form.words import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.form.component import Component
    from engine.variables import Value

MOST_ROWS = 200
"""Rows that one table may have."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Field):
    """Rows to fill in: a list of objects, None when there is no row.

    A page names a cell `penerima.0.nama`. The numbers only keep rows apart and in order; rows without any value are
    dropped. form-js has no required lists, so a list that needs a row says `properties.wajib` = `ya`.
    """

    kind: ClassVar[str] = "dynamiclist"

    columns: tuple[Field, ...]
    first_rows: int = 1

    @classmethod
    def of(cls, component: Component, parts: tuple[Part, ...]) -> Table:
        """Read the field from its component and its columns."""
        component.visual("showOutline", "verticalAlignment", "disableCollapse", "nonCollapsedItems")
        for must_be_set in ("isRepeating", "allowAddRemove"):
            if not component.flag(must_be_set):
                component.problem(FormCode.PROPERTY_VALUE, property=must_be_set, expected="true")
        columns = tuple(part for part in parts if isinstance(part, Field))
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
            first_rows=1 if first is None else first,
        )

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

    @override
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read all rows from what a page sent."""
        numbers = self.row_numbers(raw, spot.name)
        if len(numbers) > MOST_ROWS:
            return self._refused(spot, FieldCode.ROWS_MANY, limit=MOST_ROWS)
        rows = [
            {
                column.key: column.read(raw, _cell(spot, row, count, column))
                for column in self.columns
            }
            for count, row in enumerate(numbers, 1)
        ]
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
        readings = [
            {
                column.key: column.accept(
                    row.get(column.key), _cell(spot, number, number + 1, column)
                )
                for column in self.columns
            }
            for number, row in enumerate(rows)
        ]
        unknown = tuple(
            FieldProblem(
                code=FieldCode.UNKNOWN, name=spot.name, place=spot.place, params={"field": key[:80]}
            )
            for key in sorted({key for row in rows for key in row} - {c.key for c in self.columns})
        )
        gathered = self._gathered(readings, spot)
        return Reading(gathered.value, gathered.problems + unknown)

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
    def shown(self, value: Value) -> str:
        """Give the rows in one line; a page shows them as a table instead."""
        rows = shown_rows(self.columns, value)
        return "; ".join(", ".join(filter(None, row)) for row in rows)

    def _gathered(self, rows: Sequence[dict[str, Reading]], spot: Spot) -> Reading:
        filled = [row for row in rows if not _is_blank(row)]
        if self.required and not filled:
            return self._refused(spot, FieldCode.ROW_REQUIRED)
        problems = tuple(p for row in filled for cell in row.values() for p in cell.problems)
        value: list[Value] = [{key: cell.value for key, cell in row.items()} for row in filled]
        return Reading(None if problems else value or None, problems)

    def _refused(self, spot: Spot, code: FieldCode, **params: object) -> Reading:
        return Reading(None, (spot.problem(Refused(code, **params)),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of rows that are only shown."""

    key: str
    label: str

    def shown(self, value: Value) -> str:
        """Give the cell for people."""
        return plain_words(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable(Part):
    """Rows of a variable that are only shown; `key` is that variable (`dataSource` = `=key`)."""

    kind: ClassVar[str] = "table"

    key: str
    label: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, component: Component) -> ShownTable:
        """Read the table from its component."""
        component.visual("rowCount")
        source = component.value("dataSource")
        key = source.removeprefix("=").strip() if isinstance(source, str) else ""
        if name_problem(key) is not None:
            component.problem(
                FormCode.PROPERTY_VALUE, property="dataSource", expected="=nama_isian"
            )
        columns = tuple(_columns(component))
        if not columns:
            component.problem(FormCode.COLUMNS_MISSING)
        return cls(key=key, label=component.label("label"), columns=columns)


def _columns(component: Component) -> Iterator[Column]:
    for item in component.objects("columns"):
        key, label = item.get("key"), item.get("label")
        if isinstance(key, str) and isinstance(label, str) and key and label.strip():
            yield Column(key=key, label=label.strip())
        else:
            component.problem(
                FormCode.PROPERTY_VALUE, property="columns", expected='{"key": "…", "label": "…"}'
            )


def shown_rows(columns: Sequence[Field | Column], value: Value) -> list[list[str]]:
    """Give the cells of rows for people."""
    rows = value if isinstance(value, list) else []
    return [
        [column.shown(row.get(column.key)) for column in columns]
        for row in rows
        if isinstance(row, dict)
    ]


def _cell(spot: Spot, row: int, number: int, column: Field) -> Spot:
    return spot.cell(row, number, column.key, column.label)


def _is_blank(row: dict[str, Reading]) -> bool:
    """Tell whether nothing was filled in: what is missing in a row counts only when something else is there."""
    return all(
        cell.value in (None, False) and all(p.code in _BLANK for p in cell.problems)
        for cell in row.values()
    )


_BLANK = frozenset(
    {
        FieldCode.REQUIRED,
        FieldCode.TICK_REQUIRED,
        FieldCode.CHOICE_REQUIRED,
        FieldCode.FILE_REQUIRED,
    }
)
"""Problems of a cell that was left empty."""
