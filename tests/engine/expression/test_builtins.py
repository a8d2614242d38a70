"""Functions of booleans, numbers and contexts, and conversions: examples with their values. Others stand beside this file."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine.expression import Language, compile_expression
from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

EXAMPLES = {
    "not": [("not(false)", "true"), ("not(1)", "null"), ("not([true])", "false")],
    "is defined": [
        ("is defined(ada)", "true"),
        ("is defined(kosong)", "true"),
        ("is defined(tidak_ada)", "false"),
        ("is defined(objek.isi)", "true"),
        ("is defined(objek.lain)", "false"),
        ("is defined(tidak_ada.lain)", "false"),
        ("is defined(1 + 1)", "true"),
        ("is defined(1 + null)", "false"),
        ("for x in [1] return is defined(x)", "[true]"),
    ],
    "all": [
        ("all([true, false, null])", "false"),
        ("all([true, null])", "null"),
        ("all([])", "true"),
        ("all(true, true)", "true"),
        ("all(true, 123)", "null"),
        ("all(list: false)", "false"),
        ("all(null)", "null"),
    ],
    "any": [
        ("any([null, true])", "true"),
        ("any([false, null])", "null"),
        ("any([])", "false"),
        ("any(false, false)", "false"),
    ],
    "get or else": [
        ("get or else(tidak_ada, 1)", "1"),
        ("get or else(ada, 2)", "1"),
        ("get or else(default: 3, value: null)", "3"),
    ],
    "abs": [("abs(-1.5)", "1.5"), ('abs("1")', "null"), ("abs([-2])", "2"), ("abs(null)", "null")],
    "modulo": [
        ("modulo(10, 4)", "2"),
        ("modulo(-10, 4)", "2"),
        ("modulo(10, -4)", "-2"),
        ("modulo(8, -4)", "0"),
        ("modulo(10.1, -4.5)", "-3.4"),
        ("modulo(10, 0)", "null"),
        ("modulo(divisor: 3, dividend: 7)", "1"),
    ],
    "sqrt": [
        ("sqrt(2)", "1.414213562373095048801688724209698"),
        ("sqrt(-1)", "null"),
        ("sqrt(number: 16)", "4"),
    ],
    "log": [("log(10)", "2.302585092994045684017991454684364"), ("log(0)", "null")],
    "exp": [
        ("exp(1)", "2.718281828459045235360287471352662"),
        ("exp(1e9)", "null"),
        ("exp(-1e9)", "0"),
    ],
    "even": [("even(-2)", "true"), ("even(1)", "false"), ("even(0.5)", "null")],
    "odd": [("odd(1e50 + 1)", "false"), ("odd(-3)", "true"), ("odd(1.5)", "null")],
    "decimal": [
        ("decimal(1/3, 2)", "0.33"),
        ("decimal(2.5, 0)", "2"),
        ("decimal(1234, -2)", "1200"),
        (
            "decimal(1111111111222222222233333333334444444444.5, 0)",
            f"{'1' * 10}{'2' * 10}{'3' * 10}{'4' * 10}",
        ),
    ],
    "floor": [
        ("floor(-1.5)", "-2"),
        ("floor(1.56, 1)", "1.5"),
        ("floor(1234, -2)", "1200"),
        ("floor(1.5, 0.5)", "null"),
        ("floor(1.5, null)", "null"),
        ("floor(1.5, 6176)", "1.5"),
        ("floor(1.5, 6177)", "null"),
        ("floor(15, -1e9)", "null"),
    ],
    "ceiling": [("ceiling(1.2)", "2"), ("ceiling(-1.56, 1)", "-1.5"), ("ceiling(null)", "null")],
    "round up": [("round up(5.5, 0)", "6"), ("round up(-1.121, 2)", "-1.13")],
    "round down": [("round down(5.5)", "5"), ("round down(-1.129, 2)", "-1.12")],
    "round half up": [("round half up(2.5)", "3"), ("round half up(-1.125, 2)", "-1.13")],
    "round half down": [("round half down(2.5)", "2"), ("round half down(-1.126, 2)", "-1.13")],
    "string": [
        ("string(1.50)", '"1.5"'),
        ('string("a")', '"a"'),
        ("string(null)", "null"),
        ("string(true)", '"true"'),
        ('string([1, "a", {b: null}, [1..2)])', '"[1, \\"a\\", {b: null}, [1..2)]"'),
    ],
    "number": [
        ('number("1.5")', "1.5"),
        ('number("1.500.000,50", ".", ",")', "1500000.5"),
        ('number(from: "1,5", decimal separator: ",")', "1.5"),
        ('number("1,5")', "null"),
        ('number("satu")', "null"),
        ('number("1e999")', "null"),
        ('number("1", ".", ".")', "null"),
        ('number("1", ":")', "null"),
        ("number(1)", "null"),
    ],
    "get value": [
        ('get value({a: 1}, "a")', "1"),
        ('get value({a: {b: 2}}, ["a", "b"])', "2"),
        ('get value({a: 1}, ["a", "b"])', "null"),
        ('get value(key: "a", context: {a: 3})', "3"),
        ('get value(m: {a: 4}, key: "b")', "null"),
        ("get value({a: 1}, 1)", "null"),
        ("get value({a: 1}, [])", "null"),
    ],
    "get entries": [
        ("get entries({a: 1, b: null})", '[{"key":"a","value":1},{"key":"b","value":null}]'),
        ("get entries(1)", "null"),
        ("get entries(context: {})", "[]"),
    ],
    "context": [
        ('context([{key: "a", value: 1}, {key: "b", value: null}])', '{"a":1,"b":null}'),
        ('context({key: "a", value: 1})', '{"a":1}'),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
        ('context([{key: "a"}])', "null"),
        ("context([{value: 1}])", "null"),
        ("context([1])", "null"),
        ("context([])", "{}"),
    ],
    "context put": [
        ('context put({a: 1}, "b", 2)', '{"a":1,"b":2}'),
        ('context put({a: 1}, "a", null)', '{"a":null}'),
        ('context put({a: {b: 1, c: 2}}, ["a", "b"], 3)', '{"a":{"b":3,"c":2}}'),
        ('context put({}, ["a", "b", "c"], 1)', '{"a":{"b":{"c":1}}}'),
        ('context put({a: 0}, ["a", "b"], 1)', "null"),
        ("context put({}, [], 1)", "null"),
        ("context put({}, [null], 1)", "null"),
        ('context put(1, "a", 1)', "null"),
        ('context put(context: {}, keys: ["a"], value: 1)', '{"a":1}'),
        ('context put(context: {}, key: "a", value: 1)', '{"a":1}'),
        ('context put(context: {}, key: ["a"], value: 1)', "null"),
    ],
    "context merge": [
        ("context merge([{a: 1, b: 1}, {b: 2}])", '{"a":1,"b":2}'),
        ("context merge({a: 1})", '{"a":1}'),
        ("context merge([{a: 1}, 2])", "null"),
        ("context merge(null)", "null"),
    ],
}

VARIABLES = '{"ada": 1, "kosong": null, "objek": {"isi": null}}'


@pytest.mark.parametrize(
    ("text", "expected"), [example for examples in EXAMPLES.values() for example in examples]
)
def test_a_function_has_its_value(feel: Evaluate, text: str, expected: str) -> None:
    assert canonical(feel(text, VARIABLES)) == expected


def test_computing_never_changes_a_value_it_was_given() -> None:
    given: dict[str, Value] = {"a": {"b": {"c": Decimal(1)}}}
    text = 'context merge([context put(a, ["b", "c"], 2), {d: a}])'
    made = compile_expression(text, Language.FEEL).evaluate(given)
    assert made == {"b": {"c": 2}, "d": {"b": {"c": 1}}}
    assert given == {"a": {"b": {"c": Decimal(1)}}}
