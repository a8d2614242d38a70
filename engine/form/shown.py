"""Rows of a variable that are only shown (form-js `table`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.form.field import Field, Part
from engine.form.names import name_problem
from engine.form.problem import FormCode
from engine.form.words import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.form.component import Component
    from engine.variables import Value


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
