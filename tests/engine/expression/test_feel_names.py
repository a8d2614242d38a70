"""FEEL: which words are one name, and which names an expression asks for."""

from collections.abc import Callable, Mapping

import pytest

from engine.expression import Language, compile_expression
from engine.variables import Value, canonical, object_of

Evaluate = Callable[..., Value]

JOINED = [
    ("Full Name", '{"Full Name": "Ani"}', '"Ani"'),
    ("Full\n  Name", '{"Full Name": "Ani"}', '"Ani"'),
    ("Full /* of */ Name", '{"Full Name": "Ani"}', '"Ani"'),
    ("a b + a b c", '{"a b": 1, "a b c": 2}', "3"),
    ("data.tanggal surat", '{"data": {"tanggal surat": 5}}', "5"),
    ("data.if", '{"data": {"if": 5}}', "5"),
    ('{"a b": 1}.a b', "{}", "1"),
    ("{a-b: 2, c: a-b * 3}.c", "{}", "6"),
    ('{"x+y": 1}.x+y', "{}", "1"),
    ("{tahun 2024: 1, b: tahun 2024 + 1}.b", "{}", "2"),
    ("{date and time: 1}.date and time", "{}", "1"),
    ("for berkas baru in [1, 2] return berkas baru * 2", "{}", "[2,4]"),
    ("[{nilai akhir: 1}, {nilai akhir: 3}][nilai akhir > 2]", "{}", '[{"nilai akhir":3}]'),
    ("(function(nilai awal) nilai awal + 1)(nilai awal: 2)", "{}", "3"),
    ("{\U0001f40e: 1}.\U0001f40e", "{}", "1"),
    ("ナマエ + été", '{"ナマエ": 1, "été": 2}', "3"),
    ("instance + of", '{"instance": 1, "of": 2}', "3"),
    ("a instance of number", '{"a": 1}', "true"),
    ("function", '{"function": 1}', "1"),
    ("partial", '{"partial": 1}', "1"),
    ("`data-diri` + 1", '{"data-diri": 1}', "2"),
    ("a.`b.c`", '{"a": {"b.c": 1}}', "1"),
    ("`True`", '{"True": 1}', "1"),
    ("{`a-b`: 1}.`a-b`", "{}", "1"),
    ("date - time", '{"date": 3, "time": 1}', "2"),
]

KNOWN = [
    ("a-b", {"a-b": "1"}, "1"),
    ("a - b", {"a-b": "1", "a": "5", "b": "3"}, "2"),
    ("Full   Name", {"Full Name": "1"}, "1"),
    ("a-b-c", {"a-b": "3", "c": "1"}, "2"),
    ("values in a list", {"values in a list": "[1]"}, "[1]"),
    ("every x in values in a list satisfies x > 0", {"values in a list": "[1]"}, "true"),
    ("Tahun 2024 + 1", {"Tahun 2024": "1"}, "2"),
    ("sisa/lebih", {"sisa/lebih": "4"}, "4"),
    ("Syarat dan Berkas", {"Syarat dan Berkas": "4"}, "4"),
    ("True", {"True": "1"}, "1"),
    ("abs(1)", {"abs": "1"}, "1"),
]

ASKED = [
    ("a + b.c", {"a", "b"}, set()),
    ("for x in xs return x + y", {"xs", "y"}, set()),
    ("for x in xs, y in x.ys return partial", {"xs"}, set()),
    ("some x in xs, y in x satisfies y > z", {"xs", "z"}, set()),
    ("(function(x, y) x + z)(a, b)", {"z", "a", "b"}, set()),
    ("{a: b, c: a}", {"b"}, set()),
    ("xs[nilai > batas]", {"xs"}, {"nilai", "batas"}),
    ("xs[item > 1] + batas", {"xs", "batas"}, set()),
    ("x in (? > y)", {"x", "y"}, set()),
    ("is defined(a)", {"a"}, set()),
    ('@"2026-01-01" instance of date', set(), set()),
]

UNKNOWN = [
    ("a + b.c", '{"a": 1}', {"b"}),
    ("a or b", '{"a": true}', set()),
    ("is defined(a) and is defined(b.c)", "{}", set()),
    ("is defined(a)", "{}", set()),
    ("xs[nilai > 1]", '{"xs": [{"nilai": 2}]}', set()),
    ("xs[nilai > 1]", '{"xs": [{"nilai": 2}, {"lain": 1}]}', set()),
    ("xs[nilia > 1]", '{"xs": [{"nilai": 2}]}', {"nilia"}),
    ("xs[nilai > batas]", '{"xs": [{"nilai": 2}], "batas": 1}', set()),
    ("xs[nilai > batas]", '{"xs": [{"nilai": 2}]}', {"batas"}),
    ("xs[n]", '{"xs": [1]}', {"n"}),
    ("xs[nilai > 1]", '{"xs": []}', set()),
    ("for x in xs return x + y", '{"xs": [1, 2]}', {"y"}),
    ("sort(xs, kecil)", '{"xs": [2, 1]}', {"kecil"}),
    ("(function(x) x + y)(1)", "{}", {"y"}),
    ("null", "{}", set()),
]


@pytest.mark.parametrize(("text", "variables", "expected"), JOINED)
def test_words_beside_one_another_are_one_name(
    feel: Evaluate, text: str, variables: str, expected: str
) -> None:
    assert canonical(feel(text, variables)) == expected


@pytest.mark.parametrize(("text", "variables", "expected"), KNOWN)
def test_a_known_name_may_hold_signs_and_keywords(
    text: str, variables: Mapping[str, str], expected: str
) -> None:
    given = "{" + ", ".join(f'"{name}": {value}' for name, value in variables.items()) + "}"
    expression = compile_expression(text, Language.FEEL, names=frozenset(variables))
    assert canonical(expression.evaluate(object_of(given.encode()))) == expected


@pytest.mark.parametrize(("text", "names", "in_filters"), ASKED)
def test_an_expression_tells_what_it_asks_for(
    text: str, names: set[str], in_filters: set[str]
) -> None:
    expression = compile_expression(text, Language.FEEL)
    assert (expression.names, expression.filter_names) == (names, in_filters)


@pytest.mark.parametrize(("text", "variables", "expected"), UNKNOWN)
def test_names_that_are_nowhere_are_noted(text: str, variables: str, expected: set[str]) -> None:
    unknown: set[str] = set()
    compile_expression(text, Language.FEEL).evaluate(object_of(variables.encode()), unknown=unknown)
    assert unknown == expected


@pytest.mark.parametrize(
    ("text", "asks"),
    [("now()", True), ("[today() > a]", True), ("(function(f) f())(now)", True), ("a + 1", False)],
)
def test_an_expression_tells_whether_it_asks_the_time(text: str, asks: bool) -> None:  # noqa: FBT001 - a row
    assert compile_expression(text, Language.FEEL).asks_now is asks
