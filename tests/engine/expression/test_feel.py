"""FEEL: each row is an expression, its variables and the canonical JSON of its value."""

from collections import defaultdict
from collections.abc import Callable

import pytest

from engine.expression import EvaluationFailed, Language, compile_expression
from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

LITERALS = [
    ("null", "null"),
    ("true", "true"),
    ("1.50", "1.5"),
    (".5", "0.5"),
    ("1.2e3", "1200"),
    ('"a\\"b\\n\\u00e9\\U01F40E"', '"a\\"b\\né\U0001f40e"'),
    ('"\\ud83d\\udc0e"', '"\U0001f40e"'),
    ('"a\\d"', '"a\\\\d"'),
    ("[1, [2], []]", "[1,[2],[]]"),
    ('{a: 1, "b c": a + 1, tanggal surat: 3}', '{"a":1,"b c":2,"tanggal surat":3}'),
    ("/* a */ 1 // b", "1"),
    ("{if: 1}.if", "1"),
]

ARITHMETIC = [
    ("0.1 + 0.2 = 0.3", "true"),
    ("1 + 2 * 3 - 4 / 2", "5"),
    ("-3 ** 2", "9"),
    ("2 ** 3 ** 2", "64"),
    ("2 ** -1", "0.5"),
    ("- - 2", "2"),
    ("1 / 3", "0." + 34 * "3"),
    ("9999999999999999999999999999999999 + 1", "1" + 34 * "0"),
    ("1 / 0", "null"),
    ("9 ** 9 ** 9 ** 9", "null"),
    ("1 + null", "null"),
    ('1 + "1"', "null"),
    ('"a" + "b"', '"ab"'),
    ('-"a"', "null"),
    ("(-8) ** 0.5", "null"),
]

LOGIC = [
    ("true and null", "null"),
    ("false and null", "false"),
    ("null and false", "false"),
    ("1 and true", "null"),
    ("true or null", "true"),
    ("null or true", "true"),
    ("false or null", "null"),
    ('false or "true"', "null"),
    ("not(true)", "false"),
    ("not(null)", "null"),
    ("true or false and false", "true"),
    ("if null then 1 else 2", "2"),
    ("if 1 < 2 then 1 else 2 + 5", "1"),
]

COMPARISON = [
    ("1 = 1.0", "true"),
    ("1 != 2", "true"),
    ("null = null", "true"),
    ("1 = null", "false"),
    ("1 != null", "true"),
    ('1 = "1"', "null"),
    ("true = 1", "null"),
    ("[1, {a: 2}] = [1.0, {a: 2}]", "true"),
    ("[1, 2] = [2, 1]", "false"),
    ("{a: 1, b: 2} = {b: 2, a: 1}", "true"),
    ("{a: 1} = {b: 1}", "false"),
    ("[1..2] = [1..2]", "true"),
    ("[1..2] = [1..2)", "false"),
    ('"b" > "a"', "true"),
    ("1 < null", "null"),
    ("true < false", "null"),
    ('1 < "2"', "null"),
    ("2 >= 2 and 2 <= 2", "true"),
    ("3 between 1 and 3 and true", "true"),
    ("4 between 1 and 3", "false"),
    ("null between 1 and 3", "null"),
]

MEMBERSHIP = [
    ("2 in [1, 2]", "true"),
    ("2 in [1..2]", "true"),
    ("2 in [1..2)", "false"),
    ("2 in [1..2[", "false"),
    ("1 in ]1..2]", "false"),
    ("1 in (1..2]", "false"),
    ("5 in (1, < 3, >= 5)", "true"),
    ("5 in (1, < 3)", "false"),
    ("5 in > 4", "true"),
    ("5 in != 4", "true"),
    ("5 in = 4", "false"),
    ("5 in 5", "true"),
    ('"b" in [["a".."c"]]', "true"),
    ("[1] in [[1], [2]]", "true"),
    ("null in [1..2]", "null"),
    ("1 in [null..2]", "null"),
    ("null in [null]", "true"),
    ('1 in "a"', "null"),
    ("2 in ((1 + 1))", "true"),
    ("[true..2]", "null"),
]

LISTS = [
    ("[10, 20, 30][2]", "20"),
    ("[10, 20, 30][-1]", "30"),
    ("[10, 20, 30][0]", "null"),
    ("[10, 20, 30][4]", "null"),
    ("[10, 20, 30][1.5]", "null"),
    ("[][1]", "null"),
    ("[][item > 1]", "[]"),
    ("[10, 20, 30][item > 10]", "[20,30]"),
    ("[1, 2][null]", "[]"),
    ("null[1]", "null"),
    ("5[1]", "5"),
    ("[{a: 1}, {a: 2}][a > 1]", '[{"a":2}]'),
    ("[{a: 1}, {a: 2}].a", "[1,2]"),
    ("[{a: 1}, 5].a", "[1,null]"),
    ("[{item: 1}, {item: 5}][item > 2]", '[{"item":5}]'),
    ("[[1, 2], [3]][item[1] = 3]", "[[3]]"),
    ("{a: {b: 1}}.a.b", "1"),
    ("{a: 1}.b", "null"),
    ("1.a", "null"),
    ("null.a", "null"),
]

LOOPS = [
    ("for x in [1, 2] return x * 2", "[2,4]"),
    ("for x in 1..3 return x", "[1,2,3]"),
    ("for x in 3..1 return x", "[3,2,1]"),
    ("for x in (1..4) return x", "[2,3]"),
    ("for x in [1, 2], y in [x, 10] return x + y", "[2,11,4,12]"),
    ("for x in [1, 2] return for y in [3] return x + y", "[[4],[5]]"),
    ("for x in null return x", "null"),
    ('for x in "a".."c" return x', "null"),
    ("for x in 5 return x", "[5]"),
    ("some x in [1, 2] satisfies x > 1", "true"),
    ("some x in [] satisfies true", "false"),
    ("some x in [null, 1] satisfies x > 1", "null"),
    ("every x in [1, 2] satisfies x > 0", "true"),
    ("every x in [] satisfies false", "true"),
    ("every x in [1, 2], y in [2, 3] satisfies x < y", "false"),
    ("every x in [null, 1] satisfies x > 0", "null"),
    ("true and some x in [1] satisfies x = 1", "true"),
    ("every x in null satisfies x", "null"),
    ("{x: 1, y: for x in [5] return x, z: x}.z", "1"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*LITERALS, *ARITHMETIC, *LOGIC, *COMPARISON, *MEMBERSHIP, *LISTS, *LOOPS],
)
def test_an_expression_has_its_value(feel: Evaluate, text: str, expected: str) -> None:
    assert canonical(feel(text)) == expected


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ("a + b", '{"a": 1, "b": 2}', "3"),
        ("unit_pembuat", '{"unit_pembuat": "umum"}', '"umum"'),
        ("pemohon.alamat.kota", '{"pemohon": {"alamat": {"kota": "Pasuruan"}}}', '"Pasuruan"'),
        ("tidak_ada", "{}", "null"),
        ("tidak_ada.lagi > 3", "{}", "null"),
        ("jumlah_é", '{"jumlah_é": 7}', "7"),
        ("count", '{"count": 3}', "3"),
        ('item = "x"', '{"item": "x"}', "true"),
        ("barang[harga > batas].nama", '{"barang":[{"nama":"a","harga":5}],"batas":4}', '["a"]'),
        ("for x in xs return x + y", '{"xs": [1], "y": 2, "x": 9}', "[3]"),
        ("{y: 5, z: y}.z + y", '{"y": 1}', "6"),
    ],
)
def test_names_are_looked_up_in_the_variables(
    feel: Evaluate, text: str, variables: str, expected: str
) -> None:
    assert canonical(feel(text, variables)) == expected


def test_a_condition_holds_only_for_true() -> None:
    condition = compile_expression("ok", Language.FEEL)
    assert condition.is_true({"ok": True})
    assert not condition.is_true({"ok": False})
    assert not condition.is_true({"ok": None})
    assert not condition.is_true({})


@pytest.mark.parametrize("value", ["true", [], {}, [True]])
def test_a_condition_that_is_neither_true_nor_false_fails(value: Value) -> None:
    with pytest.raises(EvaluationFailed) as caught:
        compile_expression("ok", Language.FEEL).is_true({"ok": value})
    assert caught.value.code == "condition_not_boolean"


def test_a_range_is_no_value_of_a_case(feel: Evaluate) -> None:
    with pytest.raises(EvaluationFailed) as caught:
        feel("[1..2]")
    assert caught.value.code == "result_not_storable"


def test_the_result_is_never_a_part_of_the_variables() -> None:
    variables: dict[str, Value] = {"a": {"b": ["c"]}}
    result = compile_expression("a", Language.FEEL).evaluate(variables)
    assert result == variables["a"]
    assert isinstance(result, dict)
    assert result is not variables["a"]
    result["b"] = None
    assert variables == {"a": {"b": ["c"]}}


def test_any_mapping_that_is_a_dict_is_a_context() -> None:
    variables: dict[str, Value] = {"a": defaultdict(None, b=True), "c": {"b": True}}
    assert compile_expression("a.b and a = c", Language.FEEL).is_true(variables)
