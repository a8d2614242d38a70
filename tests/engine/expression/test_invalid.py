"""What is no expression is refused with line, column, what was found and what is expected."""

import pytest

from engine.errors import DefinitionError
from engine.expression import ExpressionInvalid, Language, compile_expression

FEEL = [
    ("jumlah > ", 9, "end", "value"),
    ("1 2", 3, "2", "operator"),
    ("(1 + 2", 7, "end", ")"),
    ("[1, 2", 6, "end", "]"),
    ("[1,]", 5, "end", "value"),
    ("a == 1", 3, "==", "="),
    ("a <> 1", 3, "<>", "!="),
    ("a && b", 3, "&&", "and"),
    ("a || b", 3, "||", "or"),
    ("!a", 1, "!", "not("),
    ("a = 'x'", 5, "'", '"'),
    ("if a then b", 12, "end", "else"),
    ("if a", 5, "end", "then"),
    ("for x return 1", 7, "return", "in"),
    ("for x in xs", 12, "end", "return"),
    ("some 1 in xs satisfies true", 6, "1", "name"),
    ("some x in xs", 13, "end", "satisfies"),
    ("x between 1", 12, "end", "and"),
    ("{a 1}", 4, "1", ":"),
    ("{1: 2}", 2, "1", "name"),
    ("a.", 3, "end", "name"),
    ("a.1", 2, ".1", "operator"),
    ("[1..2", 6, "end", "]"),
    ("xs[]", 4, "]", "value"),
    ("abs(1,)", 7, ")", "value"),
    ("1 +\n  * 2", 3, "*", "value"),
    ("@1", 2, "1", "text"),
    ("a instance of", 14, "end", "type"),
    ("a instance of list<number", 26, "end", ">"),
    ("function(a b", 13, "end", ":"),
    ("xs[1](2", 8, "end", ")"),
    ("(< 5", 5, "end", ")"),
]

JUEL = [
    ("a = 1", 3, "=", "=="),
    ("a ? 1", 6, "end", ":"),
    ("a[1", 4, "end", "]"),
    ("a.", 3, "end", "name"),
    ("a.b.'c'", 5, "'c'", "name"),
    ("a; b", 2, ";", "operator"),
    ("(a", 3, "end", ")"),
    ("1 +", 4, "end", "value"),
    ("a instanceof b", 3, "instanceof", "operator"),
    ("{a}", 1, "{", "value"),
]

CODES = [
    (Language.FEEL, "", "expression_empty"),
    (Language.FEEL, "  \n ", "expression_empty"),
    (Language.FEEL, "a # b", "expression_character"),
    (Language.FEEL, "a\x00b", "expression_character"),
    (Language.FEEL, "a = \ud800", "expression_character"),
    (Language.FEEL, '"abc', "expression_text_open"),
    (Language.FEEL, "1 /* a", "expression_text_open"),
    (Language.FEEL, "1 /*/", "expression_text_open"),
    (Language.FEEL, '"\\ud800"', "expression_text"),
    (Language.FEEL, '"\\u0000"', "expression_text"),
    (Language.FEEL, "1" * 401, "expression_number"),
    (Language.FEEL, "1e401", "expression_number"),
    (Language.FEEL, "1e-401", "expression_number"),
    (Language.FEEL, "1e9999999999999999999", "expression_number"),
    (Language.FEEL, "{a: 1, a: 2}", "expression_key_twice"),
    (Language.FEEL, "1 +" * 4000 + "1", "expression_too_long"),
    (Language.FEEL, "lenght(a)", "function_unknown"),
    (Language.FEEL, "list contain(a, b)", "function_unknown"),
    (Language.FEEL, "abs()", "function_arguments"),
    (Language.FEEL, "abs(1, 2)", "function_arguments"),
    (Language.FEEL, "append([1])", "function_arguments"),
    (Language.FEEL, "modulo(dividend: 1)", "function_arguments"),
    (Language.FEEL, "modulo(dividend: 1, 2)", "function_arguments"),
    (Language.FEEL, "modulo(dividend: 1, teiler: 2)", "function_parameter"),
    (Language.FEEL, "abs(n: 1, n: 2)", "function_parameter"),
    (Language.JUEL, "'abc", "expression_text_open"),
    (Language.JUEL, "a @ b", "expression_character"),
    (Language.JUEL, "f(1)", "juel_call_refused"),
    (Language.JUEL, "fn:length(a)", "juel_call_refused"),
]


@pytest.mark.parametrize(
    ("language", "text", "column", "found", "expected"),
    [
        *((Language.FEEL, *row) for row in FEEL),
        *((Language.JUEL, *row) for row in JUEL),
    ],
)
def test_a_wrong_expression_is_refused_at_its_place(
    language: Language, text: str, column: int, found: str, expected: str
) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, language)
    error = caught.value
    assert error.code == "expression_syntax"
    assert (error.position, error.found, error.expected) == (column, found, expected)
    assert error.params["column"] == column


@pytest.mark.parametrize(("language", "text", "code"), CODES)
def test_a_wrong_expression_is_refused_with_its_reason(
    language: Language, text: str, code: str
) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, language)
    assert caught.value.code == code


def test_the_line_is_counted_too() -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression("a and\n  b >", Language.FEEL)
    assert (caught.value.line, caught.value.position) == (2, 6)
    assert caught.value.params["after"] == ">"


def test_an_invalid_expression_is_an_error_of_the_definition() -> None:
    assert issubclass(ExpressionInvalid, DefinitionError)
