"""Every built-in function has examples here, and every example its value."""

from collections.abc import Callable

import pytest

from engine.expression.builtins import BUILTINS
from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

EXAMPLES = {
    "not": [("not(false)", "true"), ("not(1)", "null")],
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
    "abs": [("abs(-1.5)", "1.5"), ('abs("1")', "null")],
    "floor": [
        ("floor(-1.5)", "-2"),
        ("floor(1.56, 1)", "1.5"),
        ("floor(1234, -2)", "1200"),
        ("floor(1.5, 0.5)", "null"),
        ("floor(1.5, 1e9)", "1.5"),
        ("floor(15, -1e9)", "null"),
    ],
    "ceiling": [("ceiling(1.2)", "2"), ("ceiling(-1.56, 1)", "-1.5"), ("ceiling(null)", "null")],
    "modulo": [
        ("modulo(10, 4)", "2"),
        ("modulo(-10, 4)", "2"),
        ("modulo(10, -4)", "-2"),
        ("modulo(8, -4)", "0"),
        ("modulo(10, 0)", "null"),
        ("modulo(divisor: 3, dividend: 7)", "1"),
    ],
    "string length": [('string length("a\U0001f40e")', "2"), ("string length(1)", "null")],
    "upper case": [('upper case("aß")', '"ASS"')],
    "lower case": [('lower case("AÉ")', '"aé"')],
    "contains": [('contains("surat", "ura")', "true"), ('contains("a", null)', "null")],
    "starts with": [('starts with("surat", "su")', "true")],
    "ends with": [('ends with("surat", "su")', "false")],
    "substring": [
        ('substring("foobar", 3)', '"obar"'),
        ('substring("foobar", 3, 3.8)', '"oba"'),
        ('substring("foobar", -2, 1)', '"a"'),
        ('substring(string: "foobar", start position: 6)', '"r"'),
        ('substring("foobar", 0)', "null"),
        ('substring("foobar", 7)', "null"),
        ('substring("foobar", -7)', "null"),
        ('substring("foobar", 1, 0)', "null"),
        ('substring("foobar", 1, null)', '"foobar"'),
        ("substring(1, 1)", "null"),
    ],
    "count": [("count([1, null])", "2"), ("count(5)", "1"), ("count(null)", "null")],
    "sum": [
        ("sum([1, 2.5])", "3.5"),
        ("sum(1, 2)", "3"),
        ("sum([])", "null"),
        ('sum([1, "2"])', "null"),
        ("sum([9e399, 9e399, 9e400])", "null"),
    ],
    "min": [("min([3, 1, 2])", "1"), ('min("b", "a")', '"a"'), ("min([])", "null")],
    "max": [("max(3, 1)", "3"), ("max([1, null])", "null"), ("max([true])", "null")],
    "list contains": [
        ("list contains([1, 2], 2)", "true"),
        ("list contains([1, null], null)", "true"),
        ('list contains([1], "1")', "false"),
        ("list contains(null, 1)", "null"),
    ],
    "append": [("append([1], 2, [3])", "[1,2,[3]]"), ("append(null, 1)", "null")],
    "concatenate": [("concatenate([1], 2, [])", "[1,2]"), ("concatenate([1], null)", "null")],
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
}

VARIABLES = '{"ada": 1, "kosong": null, "objek": {"isi": null}}'


@pytest.mark.parametrize(
    ("text", "expected"), [example for examples in EXAMPLES.values() for example in examples]
)
def test_a_function_has_its_value(feel: Evaluate, text: str, expected: str) -> None:
    assert canonical(feel(text, VARIABLES)) == expected


def test_each_function_has_examples() -> None:
    assert EXAMPLES.keys() == BUILTINS.keys()
