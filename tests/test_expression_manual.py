"""The manual of expressions (docs/id/ekspresi.md): every example in it has the value that stands beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.expression import (
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_literal_or_expression,
    compile_text,
    compile_unary_tests,
)
from engine.variables import canonical, load, object_of

PAGE = (Path(__file__).parents[1] / "docs/id/ekspresi.md").read_text(encoding="utf-8")
DATA = object_of(re.findall(r"Data pada contoh: `(\{.*\})`", PAGE)[0].encode())
CODE = re.compile(r"`([^`]+)`")


def rows(heading: str) -> list[list[str]]:
    """Give the code of each row of the table whose first column is so called."""
    table = PAGE.partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    lines = (line.split("|")[1:-1] for line in table.splitlines()[2:])
    return [[code for cell in line for code in CODE.findall(cell)[:1]] for line in lines]


@pytest.mark.parametrize("row", rows("FEEL"), ids=lambda row: row[0])
def test_an_example_of_feel_has_its_value(row: list[str]) -> None:
    value = compile_expression(row[0], Language.FEEL).evaluate(DATA)
    assert canonical(value) == canonical(load(row[1]))


@pytest.mark.parametrize("row", rows("Sel"), ids=lambda row: row[0])
def test_an_example_of_a_cell_fits_as_said(row: list[str]) -> None:
    assert compile_unary_tests(row[0]).is_true({"?": load(row[1])}) is (row[2] == "true")


@pytest.mark.parametrize("row", rows("JUEL"), ids=lambda row: row[0])
def test_an_example_of_juel_has_its_value(row: list[str]) -> None:
    value = compile_literal_or_expression(row[0], Language.JUEL).evaluate(DATA)
    assert canonical(value) == canonical(load(row[1]))


@pytest.mark.parametrize("row", rows("Di Camunda 7"), ids=lambda row: row[0])
def test_what_only_camunda_runs_is_refused_and_what_is_advised_is_not(row: list[str]) -> None:
    with pytest.raises(ExpressionInvalid):
        compile_text(row[0], default=None)
    assert compile_text(row[1], default=None)


@pytest.mark.parametrize("row", rows("Tertulis"), ids=lambda row: row[0])
def test_a_usual_mistake_is_refused_and_the_right_way_is_not(row: list[str]) -> None:
    with pytest.raises(ExpressionInvalid):
        compile_expression(row[0], Language.FEEL)
    assert compile_expression(row[1], Language.FEEL)


def test_what_the_manual_says_of_what_is_not_reported_is_so() -> None:
    assert compile_expression('"10" = 10', Language.FEEL).evaluate({}) is None
    assert compile_expression("'10' == 10", Language.JUEL).evaluate({}) is True
