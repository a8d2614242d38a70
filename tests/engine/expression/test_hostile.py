"""Expressions that want to reach Python: none runs anything, none sees anything but its variables."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path

import pytest

from engine.expression import (
    EvaluationFailed,
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_literal_or_expression,
)
from engine.variables import Value

HOSTILE = [
    "__import__('os').system('id')",
    '__import__("os").system("id")',
    "().__class__.__base__.__subclasses__()",
    "[].__class__",
    '"".__class__.__mro__',
    "{}.__class__.__init__.__globals__",
    "a.__class__",
    "a.__dict__",
    "teks.__class__.__mro__[1].__subclasses__()",
    "teks.format",
    "teks.upper()",
    '"{0.__class__}".format(a)',
    '"%1000000000d" % 5',
    "'%s' % a",
    'f"{a}"',
    "a['__class__']",
    'a["__class__"]["__init__"]',
    "daftar.append(1)",
    "daftar.__len__()",
    "daftar.sort",
    "angka.real",
    "angka.as_tuple()",
    "lambda: 1",
    "(lambda x: x)(1)",
    "eval('1')",
    'exec("import os")',
    "open('/etc/passwd').read()",
    'open("/etc/passwd")',
    "globals()",
    "vars()",
    "getattr(a, '__class__')",
    'getattr(a, "__class__")',
    "__builtins__",
    "__builtins__.open",
    "self.__class__",
    "frame.variables",
    "type(a)",
    "[x for x in a]",
    "a if a else b",
    "import os",
    "print(1)",
    "a := 1",
    "a = b = __class__",
    'T(java.lang.Runtime).getRuntime().exec("id")',
    "''.getClass().forName('java.lang.Runtime')",
    "execution.setVariable('a', 1)",
    "#{7*7}",
    "{{7*7}}",
    "<%= 7*7 %>",
    "9**9**9**9**9",
    "'a' * 1000000000",
    '"a" * 1000000000',
    "'a' * 10**9",
    "10**10**10**10",
    "for x in 1..99999999 return x",
    'function(x) external {java: {class: "java.lang.Math"}}',
    'now() + @"P1D"',
    "a\u2028b",
    "\u202ea",
]

VARIABLES: dict[str, Value] = {
    "a": {"x": Decimal(1)},
    "teks": "abc",
    "daftar": [Decimal(1)],
    "angka": Decimal(5),
}
ALLOWED_RESULTS = [None, False, True, [], [None], VARIABLES["a"]]


DOORS = ("open", "exec", "compile", "import", "os.", "subprocess.", "socket.", "ctypes.", "code.")
_watched: list[list[str]] = []


def _note(event: str, _: tuple[object, ...]) -> None:
    if _watched and event.startswith(DOORS):
        _watched[-1].append(event)


sys.addaudithook(_note)


@contextmanager
def _watching() -> Iterator[list[str]]:
    """Give the doors out of Python that are opened inside the block, as Python's own audit tells them."""
    _watched.append([])
    try:
        yield _watched[-1]
    finally:
        _watched.pop()


def test_the_watch_notices_an_open_door() -> None:
    with _watching() as opened, Path(__file__).open():
        pass
    assert "open" in opened


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_expression_finds_nothing(text: str, language: Language) -> None:
    result: Value = None
    with _watching() as opened, suppress(ExpressionInvalid, EvaluationFailed):
        result = compile_expression(text, language).evaluate(VARIABLES)
    assert result in ALLOWED_RESULTS
    assert opened == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_part_of_a_text_finds_nothing(text: str) -> None:
    result: Value = "x-"
    with _watching() as opened, suppress(ExpressionInvalid, EvaluationFailed):
        result = compile_literal_or_expression(f"x-${{{text}}}", Language.JUEL).evaluate(VARIABLES)
    assert result == "x-"
    assert opened == []


def test_a_variable_may_have_any_name_and_is_only_data() -> None:
    variables: dict[str, Value] = {
        "__class__": "x",
        "count": Decimal(1),
        "__builtins__": {"a": "b"},
    }
    assert compile_expression("__class__", Language.FEEL).evaluate(variables) == "x"
    assert compile_expression("__builtins__.a", Language.JUEL).evaluate(variables) == "b"
    assert compile_expression("count([1, 2]) + count", Language.FEEL).evaluate(variables) == 3
