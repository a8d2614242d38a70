"""FEEL: functions as values: defined, called, handed on, and kept within the budget."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine.expression import (
    EvaluationFailed,
    ExpressionInvalid,
    Language,
    compile_expression,
)
from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

CALLS = [
    ("(function(a) a + 1)(10)", "11"),
    ("-(function(a) a)(10)", "-10"),
    ("(function() 5)()", "5"),
    ("(function(a, b) a - b)(b: 1, a: 3)", "2"),
    ("{f: function(x) x * 2, r: f(3)}.r", "6"),
    ("{f: function(x) x * 2}.f(3)", "6"),
    ('{f: function(x: number) x}.f("a")', "null"),
    ("{f: function(x: list<number>) count(x)}.f([1, 2])", "2"),
    ("{f: function(x: string) x}.f(null)", "null"),
    ("(function(x: number) x + 1)([1])", "2"),
    ("(function(x: list<number>) x)(1)", "[1]"),
    ('(function(x: list<number>) x)("a")', "null"),
    ("(function(x: number) x)([1, 2])", "null"),
    ('(function(x: date and time) x.hour)(@"2026-11-21")', "0"),
    ("(function(a) a)(1, 2)", "null"),
    ("(function(a) a)(b: 1)", "null"),
    ("(function(a, b) a)(a: 1, a: 2)", "null"),
    ("{f: 1, r: f(1)}.r", "null"),
    ("(function(x) function(y) x + y)(1)(2)", "3"),
    ("for i in 1..3 return (function() i)()", "[1,2,3]"),
    ("{fs: for i in 1..2 return function() i, r: for f in fs return f()}.r", "[1,2]"),
    ("{n: 1, f: function(x) x + n, g: {n: 10, r: f(1)}}.g.r", "2"),
    ("sort([3, 1, 2], function(a, b) a < b)", "[1,2,3]"),
    ("sort([3, 1, 2], function(a, b) a > b)", "[3,2,1]"),
    ("(function(f, x) f(x))(abs, -1)", "1"),
    ("(function(f) f([1, 2]))(f: sum)", "3"),
    ("{f: abs}.f(-1)", "1"),
    ("[abs, floor][2](1.5)", "1"),
    ("(if true then abs else floor)(-1)", "1"),
    ("(function(f) f(1, 2, 3))(abs)", "null"),
    ("{twice: function(f, x) f(f(x)), r: twice(function(x) x * 3, 2)}.r", "18"),
    ("(function(count) count(1))(function(x) x)", "1"),
    ("[1, 2][(function(x) x > 1)(item)]", "[2]"),
    ("(function(x) x) = (function(x) x)", "null"),
    ("string(function(a, b) a)", '"function(a, b)"'),
]

REFUSED = [
    ('function(x) external {java: {class: "a"}}', "function_external", 13),
    ("function(a, a) 1", "function_parameter_twice", 13),
    ("function(a: nomor) a", "type_unknown", 13),
    ('"abs"(-1)', "function_expected", 6),
    ("true()", "function_expected", 5),
    ("nama.toUpperCase()", "method_call_refused", 6),
    ("a.b.c(1)", "method_call_refused", 5),
    ("f(1)", "function_unknown", 1),
    ("{f: function(n) f(n - 1)}", "function_unknown", 17),
    ("function(a) ", "expression_syntax", 12),
]

DEEP = [
    ("(function(f) f(f))(function(f) f(f))", "expression_calls"),
    ("{f: function(g, n) if n = 0 then 0 else g(g, n - 1), r: f(f, 1000)}", "expression_calls"),
    (
        "{f: function(g, n) if n = 0 then 0 else g(g, n - 1) + g(g, n - 1), r: f(f, 30)}",
        "expression_steps",
    ),
    ("for i in 1..40 return partial", "expression_steps"),
    ("for i in 1..9000 return count(partial)", "expression_steps"),
]


@pytest.mark.parametrize(("text", "expected"), CALLS)
def test_a_function_is_a_value_that_can_be_called(feel: Evaluate, text: str, expected: str) -> None:
    assert canonical(feel(text)) == expected


@pytest.mark.parametrize(("text", "code", "column"), REFUSED)
def test_what_can_be_no_function_is_refused(text: str, code: str, column: int) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, Language.FEEL)
    assert (caught.value.code, caught.value.position) == (code, column)


@pytest.mark.parametrize(("text", "code"), DEEP)
def test_functions_stop_at_the_budget(text: str, code: str) -> None:
    with pytest.raises(EvaluationFailed) as caught:
        compile_expression(text, Language.FEEL).evaluate({})
    assert caught.value.code == code


def test_what_is_free_in_a_function_is_bound_where_it_was_defined() -> None:
    add_rate = compile_expression("function(x) x + tarif", Language.FEEL)
    function = add_rate.compute({"tarif": Decimal(10)})
    called = compile_expression("f(1) + tarif", Language.FEEL, names=frozenset({"f"}))
    assert called.compute({"f": function, "tarif": Decimal(100)}) == Decimal(111)


def test_a_function_is_no_value_of_a_case() -> None:
    with pytest.raises(EvaluationFailed) as caught:
        compile_expression("function(a) a", Language.FEEL).evaluate({})
    assert (caught.value.code, caught.value.params["found"]) == ("result_not_storable", "function")
