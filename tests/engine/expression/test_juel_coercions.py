"""The coercions of Unified EL 2.2 (1.8 and 1.18) where JUEL meets what an office has typed: null, "", texts that are numbers.

Rows with an error are where EL 2.2 would go on with 0, false or a Java object: a mistake shows here instead.
"""

from collections.abc import Callable

import pytest

from engine.expression import EvaluationFailed, Language, compile_literal_or_expression
from engine.variables import Value, canonical, object_of

Evaluate = Callable[..., Value]

VARIABLES = """{
    "n": null, "k": "", "lima": "5", "koma": "2.50", "ribuan": "1.000,5", "kata": "ya", "benar": "TRUE", "salah": "false",
    "b": true, "t": false, "angka": 5, "nol": 0, "daftar": [], "isi": [1], "objek": {}, "peta": {"a": null}
}"""

ARITHMETIC = [
    ("n + 1", "1"),
    ("n + n", "0"),
    ("k + 1", "1"),
    ("lima + 1", "6"),
    ("lima + lima", "10"),
    ("koma * 2", "5"),
    ("lima - n", "5"),
    ("lima div 2", "2.5"),
    ("lima mod 2", "1"),
    ("n / 5", "0"),
    ("-lima", "-5"),
    ("-n", "0"),
    ("0.1 + 0.2", "0.3"),
    ("1 / 3", "0.3333333333333333333333333333333333"),
    ("b + 1", "operand_kind"),
    ("ribuan + 1", "operand_kind"),
    ("kata + 1", "operand_kind"),
    ("isi + 1", "operand_kind"),
    ("5 / n", "division_by_zero"),
    ("5 % k", "division_by_zero"),
]

EQUALITY = [
    ("n == n", "true"),
    ("n == null", "true"),
    ("n == k", "false"),
    ("n == 0", "false"),
    ("n == false", "false"),
    ("n != 0", "true"),
    ("lima == 5", "true"),
    ("koma == 2.5", "true"),
    ("lima == '5.0'", "false"),
    ("k == 0", "false"),
    ("k == ''", "true"),
    ("kata == b", "false"),
    ("benar == b", "true"),
    ("salah == t", "true"),
    ("'YA' == kata", "false"),
    ("angka == kata", "false"),
    ("isi == isi", "true"),
    ("peta.a == null", "true"),
    ("peta.tidak_ada eq null", "true"),
]

ORDER = [
    ("n < 1", "false"),
    ("n > 1", "false"),
    ("n <= n", "true"),
    ("n >= null", "true"),
    ("n < n", "false"),
    ("n <= 0", "false"),
    ("lima < 10", "true"),
    ("'10' < '5'", "true"),
    ("lima ge angka", "true"),
    ("k < 1", "true"),
    ("kata < 1", "operand_kind"),
    ("b < t", "operand_kind"),
    ("daftar < isi", "operand_kind"),
]

LOGIC = [
    ("n or b", "true"),
    ("k and b", "false"),
    ("not n", "true"),
    ("!k", "true"),
    ("benar and b", "true"),
    ("not salah", "true"),
    ("salah ? 1 : 2", "2"),
    ("n ? 1 : 2", "2"),
    ("kata and b", "operand_kind"),
    ("angka and b", "operand_kind"),
    ("nol ? 1 : 2", "operand_kind"),
    ("empty n and empty k and empty daftar and empty objek", "true"),
    ("empty nol or empty t or empty isi or empty peta", "false"),
]

TEXTS = [
    ("Halo ${kata}", '"Halo ya"'),
    ("${kata} ${angka}", '"ya 5"'),
    ("[${n}${k}]", '"[]"'),
    ("Rp${angka * 1000} (#{koma})", '"Rp5000 (2.50)"'),
    ("${b} dan ${t}", '"true dan false"'),
    (r"\${kata} dan ${kata}", '"${kata} dan ya"'),
    ("${'}'} ${\"it's\"}", '"} it\'s"'),
    ("biaya $5 {a}", '"biaya $5 {a}"'),
    ("${angka}", "5"),
    (" ${isi} ", "[1]"),
    ("isi: ${isi}", "operand_kind"),
]


def outcome(evaluate: Callable[[], Value]) -> str:
    try:
        return canonical(evaluate())
    except EvaluationFailed as failed:
        return failed.code


@pytest.mark.parametrize(("text", "expected"), [*ARITHMETIC, *EQUALITY, *ORDER, *LOGIC])
def test_null_empty_and_texts_are_coerced_as_in_el(
    juel: Evaluate, text: str, expected: str
) -> None:
    assert outcome(lambda: juel(text, VARIABLES)) == expected


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_text_with_expressions_in_it_is_joined(text: str, expected: str) -> None:
    expression = compile_literal_or_expression(text, Language.JUEL)
    assert outcome(lambda: expression.evaluate(object_of(VARIABLES.encode()))) == expected


@pytest.mark.parametrize("text", ["x == null", "empty x", "x ? 1 : 2", "x.y", "x['y']", "not x"])
def test_an_unknown_variable_fails_even_where_null_would_do(juel: Evaluate, text: str) -> None:
    assert outcome(lambda: juel(text, VARIABLES)) == "variable_unknown"
