"""A decision table as boxes: for each rule and column the pieces of the column's values that its cell lets through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from engine.decision.axis import Piece, pieces_of
from engine.decision.finding import Stretch
from engine.decision.problem import DecisionFailed
from engine.decision.running import Evaluation
from engine.decision.types import Misfit
from engine.decision.written import compares_order, written_values
from engine.expression import DEFAULT_BUDGET
from engine.expression.frame import Frame
from engine.expression.rendering import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.decision.covering import Box
    from engine.decision.problem import Place
    from engine.decision.running import Placed
    from engine.decision.table import Column, TableRun
    from engine.decision.types import Types
    from engine.expression.values import Datum
    from engine.variables import Value

MAX_ASKED = 100_000
"""So many times cells are asked whether they hold."""


class NotChecked(Exception):
    """Inside this package: a table can't be looked through; the reason is a word of `DecisionFinding`."""

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(f"Expected comparisons with written values, but {reason}")
        self.place = place
        self.reason = reason


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table, the pieces of each column, and a box for each rule, in their order."""

    program: TableRun
    axes: Sequence[Sequence[Piece]]
    boxes: Sequence[Box]

    @property
    def whole(self) -> Box:
        """All values of all columns."""
        return tuple((1 << len(axis)) - 1 for axis in self.axes)

    def knows_null(self, tests: Placed) -> bool:
        """Tell whether a cell may be there for null, which no piece stands for."""
        return None in (written_values(tests.expression.source) or ())

    def region(self, box: Box) -> tuple[Stretch, ...]:
        """Give a box as stretches of values, without columns that may have any value."""
        columns = zip(self.program.columns, self.axes, box, self.whole, strict=True)
        return tuple(
            _stretch(number, column, axis, pieces)
            for number, (column, axis, pieces, whole) in enumerate(columns, start=1)
            if pieces != whole
        )


def grid_of(types: Types, program: TableRun) -> Grid:
    """Make the boxes of a table. Raises NotChecked when a cell is more than a comparison with written values."""
    axes, masks, asked = [], [], 0
    for at, column in enumerate(program.columns):
        cells = [row.tests[at] for row in program.rows]
        axis = _axis(types, column, cells)
        different = {each.expression.source: each for each in cells}
        asked += len(axis) * len(different)
        if asked > MAX_ASKED:
            raise NotChecked(program.place, "size")
        held = {text: _mask(types, each, axis) for text, each in different.items()}
        axes.append(axis)
        masks.append([held[each.expression.source] for each in cells])
    boxes = [tuple(mask[at] for mask in masks) for at in range(len(program.rows))]
    return Grid(program=program, axes=axes, boxes=boxes)


def _axis(types: Types, column: Column, cells: Sequence[Placed]) -> Sequence[Piece]:
    limits = [] if column.values is None else [column.values]
    values: list[Datum] = []
    for each in (*limits, *cells):
        values.extend(_written(each))
    allowed = types.values(column.type)
    values.extend((allowed and written_values(allowed.text)) or ())
    pieces = pieces_of(values, column.type)
    place = column.expression.place
    if pieces is None:
        raise NotChecked(place, "kinds")
    if any(isinstance(each, str) for each in values):
        for each in (*limits, *cells):
            if compares_order(each.expression.source):
                raise NotChecked(each.place, "expression")
    return [each for each in pieces if _is_allowed(types, column, each)]


def _written(tests: Placed) -> list[Datum]:
    text = tests.expression.source
    values = [] if text.strip() in ("", "-") else written_values(text)
    if values is None:
        raise NotChecked(tests.place, "expression")
    return values


def _is_allowed(types: Types, column: Column, piece: Piece) -> bool:
    """Tell whether a value of the piece can come to the table at all."""
    evaluation = Evaluation(types, {}, None, set())
    try:
        types.fit(evaluation, piece.sample, column.type)
    except Misfit:
        return False
    return column.values is None or evaluation.holds(column.values, piece.sample, {})


def _mask(types: Types, tests: Placed, axis: Sequence[Piece]) -> int:
    evaluation = Evaluation(types, {}, None, set())
    try:
        held = [evaluation.holds(tests, piece.sample, {}) for piece in axis]
    except DecisionFailed:
        raise NotChecked(tests.place, "expression") from None
    return sum(1 << at for at, holds in enumerate(held) if holds)


def _stretch(number: int, column: Column, axis: Sequence[Piece], pieces: int) -> Stretch:
    found = [piece for at, piece in enumerate(axis) if pieces >> at & 1]
    heading, expression = column.label, column.expression.expression.source
    if any(isinstance(each.sample, (str, bool)) for each in found):
        besides = any(each.is_other for each in found)
        listed = [each for each in axis if not each.is_other and (each in found) != besides]
        return Stretch(
            column=number,
            heading=heading,
            expression=expression,
            values=tuple(_values(listed)),
            besides=besides,
        )
    first, last = found[0], found[-1]
    return Stretch(
        column=number,
        heading=heading,
        expression=expression,
        low=_value(first.low),
        high=_value(last.high),
        low_included=first.is_point,
        high_included=last.is_point,
    )


def _values(pieces: Sequence[Piece]) -> Iterator[Value]:
    for piece in pieces:
        yield _value(piece.sample)


def _value(datum: Datum) -> Value:
    return value_of(Frame({}, DEFAULT_BUDGET), datum)
