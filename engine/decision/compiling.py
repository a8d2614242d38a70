"""From the cells of a DMN file to compiled expressions; whatever is no FEEL becomes a problem with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision.problem import Problem
from engine.decision.running import Placed
from engine.expression import (
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_unary_tests,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.decision.model import Cell
    from engine.decision.problem import Place
    from engine.expression import Expression

_NULL = compile_expression("null", Language.FEEL)
_ANYTHING = compile_unary_tests("-")


class Cells:
    """Compiles the cells of one file, each text once for the names that are known where it stands."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self._done: dict[tuple[str, str, frozenset[str]], Expression] = {}

    def expression(self, cell: Cell, place: Place, names: frozenset[str]) -> Placed:
        """Compile an expression; an empty cell is null."""
        return self._placed(cell, place, names, _expression, _NULL)

    def tests(self, cell: Cell, place: Place, names: frozenset[str]) -> Placed:
        """Compile the tests of a condition or of allowed values; an empty cell holds for everything."""
        return self._placed(cell, place, names, _tests, _ANYTHING)

    def refuse(self, code: str, place: Place, text: str = "", /, **params: str | int) -> None:
        """Note that something does not run."""
        self.problems.append(Problem(code=code, place=place, text=text, params=params))

    @property
    def only_in_filters(self) -> frozenset[str]:
        """The names that stand in filters and nowhere else: most likely entries of what is filtered, not variables."""
        used = frozenset[str]().union(*(each.names for each in self._done.values()))
        return frozenset[str]().union(*(each.filter_names for each in self._done.values())) - used

    def _placed(
        self,
        cell: Cell,
        place: Place,
        names: frozenset[str],
        compiles: Callable[[str, frozenset[str]], Expression],
        empty: Expression,
    ) -> Placed:
        if cell.is_empty:
            return Placed(expression=empty, place=place)
        foreign = _foreign_language(cell)
        if foreign:
            self.refuse("dmn_language", place, cell.text, found=foreign)
            return Placed(expression=empty, place=place)
        key = (compiles.__name__, cell.text, names)
        try:
            if key not in self._done:
                self._done[key] = compiles(cell.text, names)
        except ExpressionInvalid as error:
            self.problems.append(
                Problem(code="expression_invalid", place=place, text=cell.text, error=error)
            )
            return Placed(expression=empty, place=place)
        return Placed(expression=self._done[key], place=place)


def _expression(text: str, names: frozenset[str]) -> Expression:
    return compile_expression(text, Language.FEEL, names=names)


def _tests(text: str, names: frozenset[str]) -> Expression:
    return compile_unary_tests(text, names=names)


def _foreign_language(cell: Cell) -> str:
    """Name the language of a cell that is not in FEEL, by its attribute or by the marks of JUEL; '' for FEEL."""
    if cell.text.startswith(("${", "#{")):
        return "juel"
    language = cell.language.rstrip("/")
    return "" if language.lower() in ("", "feel") or language.endswith("/FEEL") else language
