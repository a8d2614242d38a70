"""Patterns: XPath regular expressions in linear time: examples with their values, and what is refused."""

from collections.abc import Callable

import pytest

from engine.expression import EvaluationFailed, ExpressionInvalid, Language, compile_expression
from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

EXAMPLES = [
    ('matches("foobar", "^fo*bar")', "true"),
    ('matches("FOO", "foo")', "false"),
    ('matches("FOO", "foo", "i")', "true"),
    ('matches("a\\nb", "a.b")', "false"),
    ('matches("a\\rb", "a.b")', "false"),
    ('matches("a\\nb", "a.b", "s")', "true"),
    ('matches("a\\nb", "^b$")', "false"),
    ('matches("a\\nb", "^b$", "m")', "true"),
    ('matches("ab", " a b ", "x")', "true"),
    ('matches("a b", "a[ ]b", "x")', "true"),
    ('matches("a.b", "a.b", "q")', "true"),
    ('matches("axb", "a.b", "q")', "false"),
    ('matches(null, "a")', "null"),
    ('matches("a", null)', "null"),
    ('matches("a", "a", null)', "true"),
    ('matches("a", "a", 1)', "null"),
    ('matches("x", "[A-Z-[OI]]", "i")', "true"),
    ('matches("O", "[A-Z-[OI]]", "i")', "false"),
    ('matches("b", "^[^a-[b]]$")', "false"),
    ('matches("a", "[a-[a]]")', "false"),
    ('matches("[", "[\\\\[\\\\]]")', "true"),
    ('matches("-", "[a-]")', "true"),
    ('matches("-", "[-a]")', "true"),
    ('matches("a", "a[^b]")', "false"),
    ('matches("٣", "^\\\\d$")', "true"),
    ('matches("é", "^\\\\w$")', "true"),
    ('matches("-", "^\\\\W$")', "true"),
    ('matches("a", "[\\\\D]")', "true"),
    ('matches(" ", "\\\\s")', "false"),
    ('matches("a", "[^\\\\S]")', "false"),
    ('matches("_a-1", "^\\\\i\\\\c*$")', "true"),
    ('matches("1", "^[\\\\I]$")', "true"),
    ('matches("A", "\\\\p{Lu}")', "true"),
    ('matches("A", "\\\\P{Lu}")', "false"),
    ('matches("ꦗ", "\\\\p{IsJavanese}")', "true"),
    ('matches("a", "[\\\\P{IsJavanese}]")', "true"),
    ('matches("a]}", "a]}")', "true"),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
    ('replace("0123456789", "(\\\\d{3})(\\\\d{3})(\\\\d{4})", "($1) $2-$3")', '"(012) 345-6789"'),
    ('replace("abc", "b", "<$0>")', '"a<b>c"'),
    ('replace("abc", "(b)", "$12")', '"ab2c"'),
    ('replace("abc", "b", "\\\\$\\\\\\\\")', '"a$\\\\c"'),
    ('replace("a.c", ".", "$1", "q")', '"a$1c"'),
    ('replace("aaa", "a+?", "b")', '"bbb"'),
    ('replace("abc", "B", "-", "i")', '"a-c"'),
    ('replace(input: "abc", replacement: "#", pattern: "[a-z]")', '"###"'),
    ('replace("a", "b", 1)', "null"),
    ('split("John Doe", "\\\\s")', '["John","Doe"]'),
    ('split("a;b;c;;", ";")', '["a","b","c","",""]'),
    ('split("", ",")', '[""]'),
    ('split(null, ",")', "null"),
    ('extract("1234, 1256, 1378", "12[0-9]*")', '["1234","1256"]'),
    ('extract("a", "b")', "[]"),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_a_function_has_its_value(feel: Evaluate, text: str, expected: str) -> None:
    assert canonical(feel(text)) == expected


REFUSED = [
    ('matches("a", "(a)\\1")', "pattern_unsupported"),
    ('matches("a", "(?=a)")', "pattern_unsupported"),
    ('matches("a", "(?!a)")', "pattern_unsupported"),
    ('matches("a", "(?<=a)b")', "pattern_unsupported"),
    ('matches("a", "(?i)a")', "pattern_unsupported"),
    ('matches("a", "a{1001}")', "pattern_unsupported"),
    ('matches("a", "\\p{IsKlingon}")', "pattern_unsupported"),
    ('matches("a", "[a-z-[\\d]]")', "pattern_unsupported"),
    ('matches("a", "[a-z-[b-[c]]]")', "pattern_unsupported"),
    ('matches("a", "\\p{Xx}")', "pattern_invalid"),
    ('matches("a", "\\ba")', "pattern_invalid"),
    ('matches("a", "[a\\1]")', "pattern_invalid"),
    ('matches("a", "[b-a]")', "pattern_invalid"),
    ('matches("a", "[")', "pattern_invalid"),
    ('matches("a", "[]")', "pattern_invalid"),
    ('matches("a", "a{")', "pattern_invalid"),
    ('matches("a", "a**")', "pattern_invalid"),
    ('matches("a", "(a")', "pattern_invalid"),
    ('matches("a", "a", "X")', "pattern_invalid"),
    ('replace("a", "a", "$")', "pattern_invalid"),
    ('replace("a", "a", "\\d")', "pattern_invalid"),
    ('replace("a", "a*", "b")', "pattern_fits_nothing"),
    ('split("a", "")', "pattern_fits_nothing"),
    ('extract(pattern: "a?", string: "a")', "pattern_fits_nothing"),
    (f'matches("a", "{"a" * 1_001}")', "pattern_length"),
    ('matches("a", "\\p{L}{1000}")', "pattern_size"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_a_written_pattern_is_refused_at_deploy(text: str, code: str) -> None:
    with pytest.raises(ExpressionInvalid) as refused:
        compile_expression(text, Language.FEEL)
    assert refused.value.code == code


def test_a_computed_pattern_that_means_nothing_gives_null(feel: Evaluate) -> None:
    assert (
        feel("[matches(a, p), replace(a, p, a), split(a, p)]", '{"a": "a", "p": "("}') == [None] * 3
    )
    assert feel("[replace(a, p, a), split(a, p)]", '{"a": "a", "p": "x*"}') == [None] * 2


@pytest.mark.parametrize("pattern", ["(a)\\\\1", "(?=a)"])
def test_a_computed_pattern_beyond_linear_time_stops_the_evaluation(
    feel: Evaluate, pattern: str
) -> None:
    with pytest.raises(EvaluationFailed) as failed:
        feel("matches(a, p)", f'{{"a": "a", "p": "{pattern}"}}')
    assert failed.value.code == "pattern_unsupported"
    assert failed.value.params["found"] == "…"  # what the case holds stays in it


def test_a_pattern_pays_for_its_size_and_the_text(feel: Evaluate) -> None:
    text = 'for n in 1..10000 return matches(a, "(x+x+)+y" + string(n))'
    with pytest.raises(EvaluationFailed) as failed:
        feel(text, f'{{"a": "{"x" * 50_000}"}}')
    assert failed.value.code == "expression_steps"


def test_replacing_stops_before_the_text_is_too_long(feel: Evaluate) -> None:
    with pytest.raises(EvaluationFailed) as failed:
        feel('replace(a, "a+", "$0$0$0$0$0$0")', f'{{"a": "{"a" * 50_000}"}}')
    assert failed.value.code == "expression_text_length"
