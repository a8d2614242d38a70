"""Functions of texts: examples with their values."""

from collections.abc import Callable

import pytest

from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

EXAMPLES = [
    ('string length("a🐎")', "2"),
    ("string length(1)", "null"),
    ('upper case("aß")', '"ASS"'),
    ('lower case("AÉ")', '"aé"'),
    ('upper case(["a"])', '"A"'),
    ('contains("surat", "ura")', "true"),
    ('contains("a", null)', "null"),
    ('contains("", "")', "true"),
    ('starts with("surat", "su")', "true"),
    ('ends with("surat", "su")', "false"),
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
    ('substring before("foobar", "bar")', '"foo"'),
    ('substring before("foobar", "x")', '""'),
    ('substring before("abc", "")', '""'),
    ('substring after("foobar", "o")', '"obar"'),
    ('substring after("foobar", "x")', '""'),
    ('substring after("abc", "")', '"abc"'),
    ('substring after("", "a")', '""'),
    ('string join(["a", null, "c"], ", ")', '"a, c"'),
    ('string join(["a", "b"])', '"ab"'),
    ('string join(["a", "b"], null)', '"ab"'),
    ('string join(["a", "b"], "-", "[", "]")', '"[a-b]"'),
    ("string join([])", '""'),
    ('string join("a", "X")', '"a"'),
    ('string join([1], "X")', "null"),
    ('string join(["a"], 0)', "null"),
    ("string join(null)", "null"),
    ('string join(delimiter: "-", list: ["a", "b"])', '"a-b"'),
    ('trim("  dua  kata\\n")', '"dua  kata"'),
    ("trim(1)", "null"),
    ('is blank(" \\t")', "true"),
    ('is blank("a")', "false"),
    ("is blank(null)", "null"),
    ('to base64("FEEL")', '"RkVFTA=="'),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_a_function_has_its_value(feel: Evaluate, text: str, expected: str) -> None:
    assert canonical(feel(text)) == expected
