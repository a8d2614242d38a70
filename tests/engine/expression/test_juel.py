"""JUEL as Camunda 7 has it: each row is an expression, its variables and the canonical JSON of its value."""

from collections.abc import Callable

import pytest

from engine.expression import EvaluationFailed, Language, compile_expression
from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

VARIABLES = """{
    "jumlah": 10, "teks": "abc", "ya": true, "tidak": false, "kosong": null, "daftar": [1, 2],
    "objek": {"nama": "x", "isi": {"a": 1}, "1": "satu"}, "sepuluh": "10", "huruf": "", "tanpa": []
}"""

VALUES = [
    ("'a\"b'", '"a\\"b"'),
    ('"a\'b\\\\"', '"a\'b\\\\"'),
    ("1.50", "1.5"),
    ("null", "null"),
    ("true", "true"),
    ("jumlah", "10"),
    ("objek.isi.a", "1"),
    ("objek['nama']", '"x"'),
    ("objek[1]", '"satu"'),
    ("objek.tidak_ada", "null"),
    ("kosong.apa", "null"),
    ("daftar[0]", "1"),
    ("daftar['1']", "2"),
    ("daftar[2]", "null"),
    ("daftar[-1]", "null"),
    ("daftar[0.5]", "null"),
    ("daftar[kosong]", "null"),
]

OPERATORS = [
    ("1 + 2 * 3", "7"),
    ("7 / 2", "3.5"),
    ("7 div 2", "3.5"),
    ("-7 % 3", "-1"),
    ("7 mod 3", "1"),
    ("0.1 + 0.2 == 0.3", "true"),
    ("sepuluh + 1", "11"),
    ("kosong + 1", "1"),
    ("huruf + 1", "1"),
    ("- jumlah", "-10"),
    ("jumlah == 10", "true"),
    ("jumlah eq 10.0", "true"),
    ("jumlah == '10'", "true"),
    ("'10' == jumlah", "true"),
    ("jumlah == 'abc'", "false"),
    ("jumlah != 'abc'", "true"),
    ("ya == 'TRUE'", "true"),
    ("'ya' == ya", "false"),
    ("tidak == 'ya'", "false"),
    ("ya == 1", "false"),
    ("kosong == null", "true"),
    ("null == jumlah", "false"),
    ("kosong == ''", "false"),
    ("daftar == daftar", "true"),
    ("teks ne 'abc'", "false"),
    ("1 lt 2 and 2 gt 1 and 1 le 1 and 1 ge 1", "true"),
    ("1 < 2 && 2 > 1 && 1 <= 1 && 1 >= 1", "true"),
    ("'b' > 'a'", "true"),
    ("sepuluh < 9", "false"),
    ("kosong < 1", "false"),
    ("1 >= kosong", "false"),
    ("ya && tidak || ya", "true"),
    ("ya or tidak_ada", "true"),
    ("tidak and tidak_ada", "false"),
    ("!ya", "false"),
    ("not ya == tidak", "true"),
    ("'true' and ya", "true"),
    ("kosong or huruf", "false"),
    ("empty kosong and empty huruf and empty tanpa and empty objek.tidak_ada", "true"),
    ("empty teks or empty daftar or empty jumlah or empty tidak", "false"),
    ("not empty daftar", "true"),
    ("jumlah > 5 ? 'banyak' : 'sedikit'", '"banyak"'),
    ("tidak ? 1 : ya ? 2 : 3", "2"),
    ("(1 + 2) * 3", "9"),
    ("123456789012345678901234567890123456 == 123456789012345678901234567890123457", "false"),
]


@pytest.mark.parametrize(("text", "expected"), [*VALUES, *OPERATORS])
def test_an_expression_has_its_value(juel: Evaluate, text: str, expected: str) -> None:
    assert canonical(juel(text, VARIABLES)) == expected


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("ya && tidak_ada", "variable_unknown", 7),
        ("empty tidak_ada", "variable_unknown", 7),
        ("1 / 0", "division_by_zero", 3),
        ("1 % 0", "division_by_zero", 3),
        ("1e300 * 1e300", "number_out_of_reach", 7),
        ("'a' + 'b'", "operand_kind", 5),
        ("teks > 1", "operand_kind", 6),
        ("ya < tidak", "operand_kind", 4),
        ("daftar > 1", "operand_kind", 8),
        ("teks and ya", "operand_kind", 1),
        ("ya and jumlah", "operand_kind", 8),
        ("teks ? 1 : 2", "operand_kind", 1),
        ("!teks", "operand_kind", 1),
        ("-teks", "operand_kind", 1),
        ("teks.panjang", "operand_kind", 5),
        ("daftar.nama", "operand_kind", 7),
        ("daftar['a']", "operand_kind", 7),
        ("objek[daftar]", "operand_kind", 6),
    ],
)
def test_what_has_no_value_fails_at_its_place(
    juel: Evaluate, text: str, code: str, column: int
) -> None:
    with pytest.raises(EvaluationFailed) as caught:
        juel(text, VARIABLES)
    assert (caught.value.code, caught.value.position) == (code, column)
    assert caught.value.source == text


@pytest.mark.parametrize("value", [None, "true", []])
def test_a_condition_that_is_neither_true_nor_false_fails(value: Value) -> None:
    with pytest.raises(EvaluationFailed) as caught:
        compile_expression("ok", Language.JUEL).is_true({"ok": value})
    assert caught.value.code == "condition_not_boolean"


def test_an_error_names_no_value_of_the_case(juel: Evaluate) -> None:
    with pytest.raises(EvaluationFailed) as caught:
        juel("rahasia + 1", '{"rahasia": "NIK 3514"}')
    assert "3514" not in f"{caught.value} {caught.value.params}"
