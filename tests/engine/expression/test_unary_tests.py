"""Cells of decision tables: each row is a cell, the tested value, and whether it is met."""

import pytest

from engine.expression import ExpressionInvalid, compile_unary_tests
from engine.variables import canonical, load

CELLS = [
    ("-", "null", "true"),
    ("", "5", "true"),
    ("  ", "5", "true"),
    ("5", "5", "true"),
    ("5", "5.00", "true"),
    ("5", "6", "false"),
    ("5", "null", "false"),
    ("null", "null", "true"),
    ("null", "5", "false"),
    ('"a"', '"a"', "true"),
    ('"a", "b"', '"b"', "true"),
    ('"a", "b"', '"c"', "false"),
    ("< 5", "4", "true"),
    ("< 5", "5", "false"),
    ("<= 5", "5", "true"),
    (">5", "5", "false"),
    (">= batas", "9", "true"),
    ("!= 5", "4", "true"),
    ("= 5", "5", "true"),
    ("< 5", "null", "null"),
    ("< 5", '"a"', "null"),
    ("< 5, > 10", "11", "true"),
    ("< 5, > 10", "7", "false"),
    ("[1..5]", "5", "true"),
    ("[1..5)", "5", "false"),
    ("(1..5]", "1", "false"),
    ("]1..5[", "1", "false"),
    ("(1..5)", "3", "true"),
    ("[1..5], [8..9]", "8", "true"),
    ("[-5..-1]", "-3", "true"),
    ("-5", "-5", "true"),
    ("- 5, 5", "5", "true"),
    ("not(5)", "5", "false"),
    ("not(5, 6)", "7", "true"),
    ("not([0..5))", "5", "true"),
    ("not(]0..5[, 7)", "7", "false"),
    ("not(< 5, > 10)", "7", "true"),
    ('not("a")', "null", "true"),
    ("not(< 5)", "null", "null"),
    ("true", "true", "true"),
    ("true", "false", "false"),
    ("not(true)", "true", "false"),
    ("false", "true", "false"),
    ("? > 5", "6", "true"),
    ("? > 5 and ? < batas", "6", "true"),
    ('contains(?, "dinas")', '"kepala dinas"', "true"),
    ('not(contains(?, "dinas"))', '"kepala dinas"', "false"),
    ('not(contains(?, "a")) and ? != "b"', '"c"', "true"),
    ("count(?) > 1", "[1, 2]", "true"),
    ("every x in ? satisfies x > 1", "[2, 3]", "true"),
    ("batas > 5", "1", "true"),
    ("batas > 9", "1", "false"),
    ("batas", "9", "true"),
    ("daftar", "2", "true"),
    ("daftar", "4", "false"),
    ("[1, 2, 3]", "2", "true"),
    ("[1, 2]", "[1, 2]", "true"),
    ('@"2026-11-21"', '"2026-11-21"', "null"),
    ("if batas > 5 then ? > 1 else false", "2", "true"),
    ("{a: 1}", '{"a": 1}', "true"),
]

REFUSED = [
    ("5,", "value", 3),
    ("< ", "value", 2),
    ("5 6", "operator", 3),
    ("not(5", ")", 6),
    ("[1..5", "]", 6),
    ("- 5 -", "value", 6),
]


@pytest.mark.parametrize(("cell", "tested", "expected"), CELLS)
def test_a_cell_is_met_or_not(cell: str, tested: str, expected: str) -> None:
    variables = load(b'{"batas": 9, "daftar": [1, 2, 3]}')
    assert isinstance(variables, dict)
    met = compile_unary_tests(cell).evaluate({**variables, "?": load(tested)})
    assert canonical(met) == expected


@pytest.mark.parametrize(("cell", "expected", "column"), REFUSED)
def test_a_wrong_cell_is_refused_at_its_place(cell: str, expected: str, column: int) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_unary_tests(cell)
    assert (caught.value.expected, caught.value.position) == (expected, column)


def test_a_cell_asks_for_variables_but_not_for_what_it_tests() -> None:
    cell = compile_unary_tests("? > batas, jumlah akhir", names=frozenset({"jumlah akhir"}))
    assert cell.names == {"batas", "jumlah akhir"}
    unknown: set[str] = set()
    cell.evaluate({"?": None}, unknown=unknown)
    assert unknown == {"batas", "jumlah akhir"}
