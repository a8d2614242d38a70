"""Gaps and overlaps of decision tables, and what else is most likely not meant."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from engine.decision.covering import Covering, TooLarge, joined, meets
from engine.decision.finding import DecisionFinding
from engine.decision.grid import NotChecked, grid_of
from engine.decision.model import HitPolicy
from engine.decision.problem import Place
from engine.decision.programs import FunctionRun
from engine.decision.requirements import known_names, names_of_answer
from engine.decision.running import Evaluation
from engine.decision.table import TableRun
from engine.decision.written import written_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.decision.build import DecisionModel
    from engine.decision.grid import Grid
    from engine.decision.programs import Run
    from engine.decision.running import Placed
    from engine.expression.values import Datum

MOST = 10
"""So many gaps, and so many overlaps, are told of one table."""

LOOKED_AT = 200
"""So many uncovered boxes are joined before they are told."""


def check(model: DecisionModel) -> tuple[DecisionFinding, ...]:
    """Find what is most likely not meant: see `DecisionFinding` for what there is."""
    return tuple(_found(model))


def _found(model: DecisionModel) -> Iterator[DecisionFinding]:
    for name, line in model.drawn.ignored:
        yield DecisionFinding(
            code="attribute_ignored", place=Place(line=line), params={"found": name}
        )
    yield from _not_required(model)
    for program in _tables(model):
        yield from _outputs(model, program)
        try:
            grid = grid_of(model.types, program)
            yield from _gaps_and_overlaps(grid)
        except NotChecked as reason:
            yield _not_checked(reason.place, reason.reason)
        except TooLarge:
            yield _not_checked(program.place, "size")


def _tables(model: DecisionModel) -> Iterator[TableRun]:
    """Give the tables that are the whole of a decision or of a business knowledge model."""
    programs: list[Run] = [*model.decisions.values(), *model.functions.values()]
    for program in programs:
        body = program.body if isinstance(program, FunctionRun) else program
        if isinstance(body, TableRun):
            yield body


def _not_required(model: DecisionModel) -> Iterator[DecisionFinding]:
    drawn = model.drawn
    for decision in drawn.decisions.values():
        taken = model.decisions[decision.id].names - known_names(drawn, decision)
        taken -= {drawn.inputs[key].name for key in decision.inputs}
        for other in drawn.decisions.values():
            if other is not decision and taken & names_of_answer(other):
                place = Place(decision=decision.id, name=decision.name, line=decision.line)
                yield DecisionFinding(
                    code="decision_not_required", place=place, params={"found": other.name}
                )


def _outputs(model: DecisionModel, program: TableRun) -> Iterator[DecisionFinding]:
    """Find written output values that are not among those of their column."""
    for row in program.rows:
        for column, cell in zip(program.outputs, row.outputs, strict=False):
            if column.values is None or not written_values(cell.expression.source):
                continue
            evaluation = Evaluation(model.types, {}, None, set())
            value: Datum = evaluation.compute(cell, {})
            if not evaluation.holds(column.values, value, {}):
                yield DecisionFinding(
                    code="table_output_value", place=cell.place, rows=(row.number,)
                )


def _not_checked(place: Place, reason: str) -> DecisionFinding:
    return DecisionFinding(code="table_not_checked", place=place, params={"reason": reason})


def _gaps_and_overlaps(grid: Grid) -> Iterator[DecisionFinding]:
    covering = Covering()
    yield from _impossible(grid)
    yield from _gaps(grid, covering)
    policy = grid.program.table.hit_policy
    if policy in (HitPolicy.UNIQUE, HitPolicy.ANY):
        yield from islice(_overlaps(grid, covering), MOST)
    elif policy in (HitPolicy.FIRST, HitPolicy.PRIORITY):
        yield from _covered(grid, covering)


def _impossible(grid: Grid) -> Iterator[DecisionFinding]:
    for row, box in zip(grid.program.rows, grid.boxes, strict=True):
        for tests, pieces in zip(row.tests, box, strict=True):
            if not pieces and not grid.knows_null(tests):
                yield DecisionFinding(
                    code="table_rule_impossible", place=tests.place, rows=(row.number,)
                )


def _gaps(grid: Grid, covering: Covering) -> Iterator[DecisionFinding]:
    """Find regions without a rule; where there are default values a table has no gaps."""
    if any(output.default is not None for output in grid.program.outputs):
        return
    found = joined(list(islice(covering.uncovered(grid.whole, grid.boxes), LOOKED_AT)))
    for box in found[:MOST]:
        yield DecisionFinding(code="table_gap", place=grid.program.place, region=grid.region(box))


def _overlaps(grid: Grid, covering: Covering) -> Iterator[DecisionFinding]:
    unique = grid.program.table.hit_policy is HitPolicy.UNIQUE
    rows = grid.program.rows
    for one, other, shared in covering.overlaps(grid.boxes):
        first, second = rows[one], rows[other]
        if not unique and _same_outputs(first.outputs, second.outputs):
            continue
        yield DecisionFinding(
            code="table_overlap" if unique else "table_overlap_differs",
            place=replace(grid.program.place, row=second.number),
            rows=(first.number, second.number),
            region=grid.region(shared),
        )


def _covered(grid: Grid, covering: Covering) -> Iterator[DecisionFinding]:
    """Find rules that never count, because others come before them wherever they match."""
    ranks = _ranks(grid)
    if ranks is None:
        return
    rows = grid.program.rows
    for at, (row, box) in enumerate(zip(rows, grid.boxes, strict=True)):
        before = [
            other
            for other in range(len(rows))
            if ranks[other] < ranks[at] and meets(grid.boxes[other], box)
        ]
        if not all(box) or any(grid.knows_null(tests) for tests in row.tests):
            continue
        if not any(covering.uncovered(box, [grid.boxes[other] for other in before])):
            yield DecisionFinding(
                code="table_rule_covered",
                place=replace(grid.program.place, row=row.number),
                rows=(row.number,),
                by=tuple(rows[other].number for other in before),
            )


def _ranks(grid: Grid) -> list[tuple[int, ...]] | None:
    """Give what comes first: by the rows under FIRST, by the written outputs under PRIORITY; None if these are computed."""
    program = grid.program
    if program.table.hit_policy is HitPolicy.FIRST:
        return [(row.number,) for row in program.rows]
    ranks = []
    for row in program.rows:
        rank = []
        for output, cell in zip(program.outputs, row.outputs, strict=True):
            values = written_values(cell.expression.source)
            if values is None or len(values) != 1:
                return None
            if output.order:
                rank.append(_place_in(output.order, values[0]))
        ranks.append(tuple(rank))
    return ranks


def _place_in(order: Sequence[Datum], value: Datum) -> int:
    return next((at for at, each in enumerate(order) if each == value), len(order))


def _same_outputs(one: Sequence[Placed], other: Sequence[Placed]) -> bool:
    return [each.expression.source for each in one] == [each.expression.source for each in other]
