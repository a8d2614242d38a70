"""What is wrong with an expression, as its author reads it: real errors of every code, with their place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from engine.expression import (
    Budget,
    EvaluationFailed,
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_literal_or_expression,
    compile_text,
    feel_hints,
)
from engine.expression.lexer import CHARACTER_HINTS
from engine.expression.values import _KINDS
from web.expression_words import HINTS, KINDS, PARTS, SENTENCES, parted, pointed, told
from web.words import explain

EXPRESSION = Path(feel_hints.__file__).parent
EXPECTED = re.compile(r'(?:unexpected|expect)\("([a-z]+)"\)')

FEEL = {
    "expression_character": "a # b",
    "expression_empty": "=",
    "expression_key_twice": "{a: 1, a: 2}",
    "expression_number": "1e401",
    "expression_syntax": "jumlah > ",
    "expression_text": '"\\u0000"',
    "expression_text_open": '"abc',
    "function_arguments": "abs(1, 2)",
    "function_expected": "1(2)",
    "function_external": "function(x) external {}",
    "function_parameter": "modulo(dividend: 1, teiler: 2)",
    "function_parameter_twice": "function(x, x) x",
    "function_unknown": "cuont([1])",
    "method_call_refused": "nama.panjang()",
    "pattern_invalid": 'matches("a", "[")',
    "pattern_unsupported": 'matches("a", "(a)\\1")',
    "pattern_fits_nothing": 'replace("a", "x*", "b")',
    "now_unknown": "now()",
    "temporal_literal": '@"kemarin"',
    "type_unknown": "1 instance of angka",
}
JUEL = {
    "expression_brace_open": "${a",
    "expression_mixed": "${a} b",
    "condition_not_boolean": "${1}",
    "division_by_zero": "${1 / 0}",
    "juel_call_refused": "${f(1)}",
    "juel_lambda_refused": "${x -> 1}",
    "juel_method_refused": "${a.equals('x')}",
    "juel_object_refused": "${execution.id}",
    "number_out_of_reach": "${1e300 * 1e300}",
    "operand_kind": "${'a' + 1}",
    "variable_unknown": "${hilang}",
}
BUDGETS = {
    "expression_calls": "{f: function(g) g(g), r: f(f)}.r",
    "expression_list_length": "for i in 1..99 return i",
    "expression_steps": "for i in 1..9 return sum(for j in 1..9 return i + j + i + j + i)",
    "expression_text_length": 'string join(for i in 1..9 return "aaaaaaaaaaaaaaaaaaaaaaa", "")',
    "expression_too_deep": "((((((((((1))))))))))",
    "expression_too_long": "1 +" * 60,
}
UNSEEN = {
    # what only a mistake of ours, an exhausted stack or data of a size that no test makes comes to
    "expression_data_depth",
    "expression_prefix_missing",
    "expression_stack",
    "expression_time",
    "pattern_length",
    "pattern_size",
    "result_not_storable",
    "formula_now",  # of forms: tests/engine/form/test_conditions.py
}
SMALL = Budget(
    source_length=150, nesting=8, depth=9, steps=200, text_length=100, list_length=10, calls=3
)


def problem(
    text: str, language: Language = Language.FEEL, budget: Budget | None = None
) -> ExpressionInvalid | EvaluationFailed:
    """Give what is wrong with a text, as it is written in a drawing."""
    try:
        if budget is not None:
            compile_expression(text, language, budget=budget).evaluate({})
        else:
            compile_text(text, default=language).is_true({})
    except (ExpressionInvalid, EvaluationFailed) as error:
        return error
    raise AssertionError(f"Expected an error of {text}, but there is none")


def test_there_is_an_error_of_each_code() -> None:
    assert {*FEEL, *JUEL, *BUDGETS, *UNSEEN} == set(SENTENCES)


@pytest.mark.parametrize(("code", "text"), [*FEEL.items(), *JUEL.items(), *BUDGETS.items()])
def test_an_error_is_said_with_its_text_and_place_and_nothing_left_open(
    code: str, text: str
) -> None:
    error = problem(text, budget=SMALL if code in BUDGETS else None)
    assert error.code == code
    said = told(error)
    assert said == explain(error)
    assert f"kolom {error.position}: " in said
    if code not in BUDGETS:
        assert said.startswith(f"`{text}` ")
    reason = said.partition(f"kolom {error.position}: ")[2]
    assert "…" not in reason.replace("(…)", "").replace("${…}", "")
    assert said[-1] in ".?"


def test_an_error_reads_as_the_process_owner_was_promised() -> None:
    assert told(problem("jumlah > ")) == (
        "`jumlah > ` kolom 9: sesudah “>” diharapkan nilai, tetapi tulisannya sudah habis."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a == 1", "diharapkan “=”, tetapi ada “==”. “Sama dengan” ditulis “=” satu kali."),
        ("a && b", "“Dan” ditulis “and”."),
        ("a = 'x'", "Teks diapit tanda kutip dua."),
        ("1,5 + 2", "Angka pecahan ditulis dengan titik, seperti 1.5."),
        ("1.000.000 + a", "Angka ditulis tanpa titik ribuan, seperti 1000000."),
        ("if a then b", "“if” memerlukan “then” dan “else”."),
        ("cuont([1])", "Maksud Anda “count”?"),
        ("${a.isEmpty()}", "Pakai “empty”."),
        ("${orang.getNama()}", "Pakai “.nama”."),
        ("${execution.getVariable('nilai')}", "Tulis nama datanya langsung: “nilai”."),
        ("${a.size()}", "Pakai FEEL (awali dengan “=”): count(…)."),
        ("abs(1, 2)", "Isiannya: n."),
        ("${'a' + 1}", "diharapkan angka, tetapi nilainya teks."),
    ],
)
def test_something_typical_is_answered_with_what_to_write(text: str, words: str) -> None:
    assert words in told(problem(text))


def test_a_long_text_is_cut_around_the_place_and_the_line_is_named() -> None:
    error = problem("a +\n" + "b + " * 30 + "* c")
    line, mark = pointed(error)
    assert len(line) < 70
    assert line[len(mark) - 1] == "*"
    before, here, after = parted(error)
    assert (before + here + after, here) == (line, "*")
    assert "baris 2 kolom 121" in told(error)


def test_behind_the_end_there_is_nothing_to_mark() -> None:
    assert pointed(problem("jumlah >")) == ("jumlah >", "        ^")
    assert parted(problem("jumlah >")) == ("jumlah >", "", "")


def test_marks_that_can_not_be_shown_do_not_move_the_place() -> None:
    line, mark = pointed(problem("a\t+ * b"))
    assert line[len(mark) - 1] == "*"


def test_every_hint_every_part_and_every_kind_has_words() -> None:
    tables = (feel_hints.MARKS.values(), feel_hints._WORDS.values())
    given = {hint for _, hint in tables[0]} | {f"{word}_word" for word in tables[1]}
    given |= set(CHARACTER_HINTS.values())
    source = ast.parse(Path(feel_hints.__file__).read_text())
    texts = {str(n.value) for n in ast.walk(source) if isinstance(n, ast.Constant)}
    assert given | (texts & HINTS.keys()) == HINTS.keys()
    asked = {
        word for file in EXPRESSION.glob("*.py") for word in EXPECTED.findall(file.read_text())
    }
    marks = {"then", "else", "in", "return", "satisfies", "and", "of", "external", "text"}
    assert asked - marks <= PARTS.keys()
    assert set(_KINDS.values()) == KINDS.keys()


def test_a_text_in_a_sentence_is_read_as_its_author_wrote_it() -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_literal_or_expression("Yth. ${nama.}, salam", Language.JUEL)
    assert told(caught.value).startswith("`Yth. ${nama.}, salam` kolom 13: sesudah “.”")
