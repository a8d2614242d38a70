"""What the formulas of a form can name: the case's data, the form as it is filled now, and the row they stand in."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from engine.variables import Value

SPECIAL = ("this", "parent", "i")
"""form-js' own names: the row (or the form), what is around it, and the row's number, counted from one.

A variable of the same name comes first; `_this_`, `_parent_` and `_i_` always mean these.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One place of a form at one moment.

    `variables` are the case's, overlaid by the fields that were read so far: it grows while a form is read. `today` is
    the office's day. In a row of a table, `row` are its cells so far and `number` is counted from one.
    """

    variables: dict[str, Value]
    today: date | None = None
    row: dict[str, Value] | None = None
    number: int = 0

    def in_row(self, row: dict[str, Value], number: int) -> Scope:
        """Give the place in a row of a table of this form."""
        return replace(self, row=row, number=number)

    def fill(self, key: str, value: Value) -> None:
        """Let the formulas that come see what was read: in a row the row's, else the form's."""
        (self.variables if self.row is None else self.row)[key] = value

    @property
    def names(self) -> Mapping[str, Value]:
        """Everything that can be named here (form-js 1.23, `buildExpressionContext`)."""
        if self.row is None:
            special: dict[str, Value] = {"this": self.variables, "parent": None, "i": []}
        else:
            number: list[Value] = [Decimal(self.number)]
            special = {"this": self.row, "parent": self.variables, "i": number}
        certain = {f"_{name}_": value for name, value in special.items()}
        return ChainMap(certain, self.variables, special)
