"""FEEL: what people write who know another language, or none, is refused with what they mean."""

import pytest

from engine.expression import ExpressionInvalid, Language, compile_expression

HINTS = [
    ("a == 1", "=", "equals_once"),
    ("a <> 1", "!=", "unequal_sign"),
    ("a && b", "and", "and_word"),
    ("a || b", "or", "or_word"),
    ("!a", "not(", "not_function"),
    ("a and not b", "not(", "not_function"),
    ("not true", "not(", "not_function"),
    ("a = 'x'", '"', "double_quotes"),
    ("a ^ 2", "**", "power_sign"),
    ("a = True", "true", "lower_case"),
    ("a = NULL", "null", "lower_case"),
    ("a AND b", "and", "lower_case"),
    ("IF a THEN b", "if", "lower_case"),
    ("a > 5 dan b < 3", "and", "and_word"),
    ("status atau b", "or", "or_word"),
    ("jika a > 5 maka b", "if", "if_word"),
    ("if a > 5 maka b", "then", "then_word"),
    ("if a > 5 b", "then", "then_missing"),
    ("if a then b", "else", "else_missing"),
    ("a > 5 ? 1 : 2", "operator", "if_then_else"),
    ("a => 5", "value", "at_least"),
    ("a =< 5", "value", "at_most"),
    ("a > 1,5", "operator", "decimal_comma"),
    ("a > 1.000.000", "operator", "thousands_points"),
    ("a % 2", "operator", "modulo_function"),
    ("a * 50%", "operator", "percent_sign"),
]

CHARACTERS = [
    ("a ≥ 5", "at_least"),
    ("a ≤ 5", "at_most"),
    ("a ≠ 5", "unequal_sign"),
    ("a × 5", "times_sign"),
    ("a – 5", "minus_sign"),
    ("a = “x”", "straight_quotes"),
    ("${a}", "braces"),
    ("a; b", "semicolon"),
    ("a | b", "or_word"),
]


@pytest.mark.parametrize(("text", "expected", "hint"), HINTS)
def test_a_typical_mistake_is_recognised(text: str, expected: str, hint: str) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, Language.FEEL)
    assert caught.value.code == "expression_syntax"
    assert (caught.value.expected, caught.value.params["hint"]) == (expected, hint)


@pytest.mark.parametrize(("text", "hint"), CHARACTERS)
def test_a_character_of_a_text_program_is_recognised(text: str, hint: str) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, Language.FEEL)
    assert (caught.value.code, caught.value.params["hint"]) == ("expression_character", hint)


def test_a_mistake_that_is_not_known_has_no_hint() -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression("1 2", Language.FEEL)
    assert "hint" not in caught.value.params
