"""Which language a text is in, and texts with expressions in them."""

import pytest

from engine.expression import (
    EvaluationFailed,
    ExpressionInvalid,
    Language,
    compile_cached,
    compile_expression,
    compile_literal_or_expression,
    compile_text,
    is_expression,
    language_of,
)
from engine.variables import Value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${a > 1}", (Language.JUEL, "a > 1")),
        ("#{a}", (Language.JUEL, "a")),
        ("\n  ${a}  ", (Language.JUEL, "a")),
        ("${'}' == a}", (Language.JUEL, "'}' == a")),
        ("= a", (Language.FEEL, " a")),
        (' ={b: "${"}', (Language.FEEL, '{b: "${"}')),
    ],
)
def test_the_prefix_tells_the_language(text: str, expected: tuple[Language, str]) -> None:
    assert language_of(text, default=None) == expected
    assert is_expression(text)


def test_without_prefix_the_default_holds() -> None:
    assert language_of("a > 1", default=Language.FEEL) == (Language.FEEL, "a > 1")
    assert not is_expression("a > 1")
    assert not is_expression(r"\${a}")


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a > 1", "expression_prefix_missing", 1),
        ("  a", "expression_prefix_missing", 3),
        ("", "expression_prefix_missing", 1),
        ("${a", "expression_brace_open", 1),
        ("${'}", "expression_text_open", 3),
        ("${a} dan ${b}", "expression_mixed", 5),
        ("${a > }", "expression_syntax", 6),
        ("${}", "expression_empty", 3),
        ("= a >", "expression_syntax", 6),
        ("=", "expression_empty", 2),
    ],
)
def test_a_wrong_text_is_refused_at_the_column_its_author_sees(
    text: str, code: str, column: int
) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_text(text, default=None)
    assert (caught.value.code, caught.value.position) == (code, column)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("umum", "umum"),
        (" a, b ", " a, b "),
        ("", ""),
        ("${unit}", ["u"]),
        (" ${unit} ", ["u"]),
        ('= "unit-" + nama', "unit-kepegawaian"),
        ("unit-${nama}", "unit-kepegawaian"),
        ("${nama},#{nama}", "kepegawaian,kepegawaian"),
        ("a,${ya}${nihil}${'}'}!", "a,true}!"),
        (r"harga \${nama}", "harga ${nama}"),
        (r"\#{x} ${nama}", "#{x} kepegawaian"),
        ("5 $ {nama}", "5 $ {nama}"),
    ],
)
def test_a_text_is_plain_unless_it_has_a_prefix(text: str, expected: Value) -> None:
    variables: dict[str, Value] = {"unit": ["u"], "nama": "kepegawaian", "ya": True, "nihil": None}
    expression = compile_literal_or_expression(text, Language.JUEL)
    assert expression.evaluate(variables) == expected
    assert expression.source == text


def test_a_plain_text_uses_no_names_and_is_in_the_default_language() -> None:
    plain = compile_literal_or_expression("umum", Language.FEEL)
    assert (plain.names, plain.language) == (frozenset(), Language.FEEL)


def test_a_mixed_text_is_juel_and_fails_at_the_part_that_has_no_text() -> None:
    mixed = compile_literal_or_expression("unit-${unit}", Language.FEEL)
    assert (mixed.names, mixed.language) == ({"unit"}, Language.JUEL)
    with pytest.raises(EvaluationFailed) as caught:
        mixed.evaluate({"unit": ["u"]})
    assert (caught.value.code, caught.value.position) == ("operand_kind", 8)


@pytest.mark.parametrize(("text", "column"), [("a ${b", 3), ("a ${b c}", 7), ("${a}${b(}", 7)])
def test_a_wrong_part_of_a_mixed_text_is_refused_at_its_column(text: str, column: int) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_literal_or_expression(text, Language.JUEL)
    assert caught.value.position == column


def test_the_same_text_is_compiled_once() -> None:
    first = compile_cached("a + 1", Language.FEEL)
    assert compile_cached("a + 1", Language.FEEL) is first
    assert compile_cached("a + 1", Language.JUEL) is not first


@pytest.mark.parametrize(
    ("text", "names", "filter_names"),
    [
        ("a + b.c * count(d)", {"a", "b", "d"}, set()),
        ("for x in xs, y in x return x + y + z", {"xs", "z"}, set()),
        ("(for x in xs return x) = x", {"xs", "x"}, set()),
        ("some x in xs satisfies x > y", {"xs", "y"}, set()),
        ("xs[item > batas]", {"xs"}, {"batas"}),
        ("xs[status = batas] = batas", {"xs", "batas"}, {"status"}),
        ("{a: 1, b: a, c: d}", {"d"}, set()),
        ("{b: a, a: 1}", {"a"}, set()),
        ("x in (< a, [b..c])", {"x", "a", "b", "c"}, set()),
    ],
)
def test_an_expression_tells_the_names_it_uses(
    text: str, names: set[str], filter_names: set[str]
) -> None:
    expression = compile_expression(text, Language.FEEL)
    assert expression.names == names
    assert expression.filter_names == filter_names
