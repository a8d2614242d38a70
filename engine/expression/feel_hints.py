"""FEEL: what its author probably meant where something else is expected. The codes are told in `errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.feel_lexis import NAME_OF_TESTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression.parser import Parser

MARKS: Mapping[str, tuple[str, str]] = {
    "==": ("=", "equals_once"),
    "<>": ("!=", "unequal_sign"),
    "&&": ("and", "and_word"),
    "||": ("or", "or_word"),
    "!": ("not(", "not_function"),
    "'": ('"', "double_quotes"),
    "^": ("**", "power_sign"),
}
"""For marks of other languages: what FEEL writes, and the hint."""

NOT = "not"
"""A function of FEEL, and a word before its operand elsewhere."""

_WORDS: Mapping[str, str] = {
    "dan": "and",
    "atau": "or",
    "bukan": "not",
    "maka": "then",
    "jika": "if",
}

_KEYWORDS = (
    "and",
    "or",
    "not",
    "in",
    "between",
    "if",
    "then",
    "else",
    "for",
    "return",
    "some",
    "every",
    "satisfies",
)

_CONSTANTS: Mapping[str, str] = {
    "True": "true",
    "TRUE": "true",
    "False": "false",
    "FALSE": "false",
    "None": "null",
    "Null": "null",
    "NULL": "null",
}

_MISSING: Mapping[str, str] = {"then": "then_missing", "else": "else_missing"}

_OPERANDS = ("name", "number", "text", "(")

NOT_IN_NAMES: Mapping[str, str] = {
    **_WORDS,
    NAME_OF_TESTED: "",
    **{write(word): word for word in _KEYWORDS for write in (str.upper, str.title)},
}
"""Words that no name goes on with, because a keyword is meant."""


def is_foreign(text: str, following: str) -> bool:
    """Tell whether a name is a constant of another language or, before a token of that kind, a keyword of one."""
    if text == NOT:
        return following in ("true", "false", *_OPERANDS)
    return text in _CONSTANTS or (bool(NOT_IN_NAMES.get(text)) and following in _OPERANDS)


def advice(parser: Parser, expected: str) -> tuple[str, str]:
    """Give what is expected at the current token, and a hint or `""`."""
    if parser.token.kind in MARKS:
        return MARKS[parser.token.kind]
    word = _meant(parser.token.text)
    if word:
        return word
    return expected, _of_mark(parser) or _of_number(parser) or _MISSING.get(expected, "")


def _meant(text: str) -> tuple[str, str] | None:
    """Recognise a constant of another language, and a keyword in capitals or in Indonesian."""
    if text in _CONSTANTS:
        return _CONSTANTS[text], "lower_case"
    if text == NOT:
        return "not(", "not_function"
    word = NOT_IN_NAMES.get(text)
    if not word:
        return None
    return word, "lower_case" if text.lower() == word else f"{word}_word"


def _of_mark(parser: Parser) -> str:
    """Recognise `?:`, `%`, `=>` and `=<`."""
    if NAME_OF_TESTED in (parser.token.text, parser.peek(-1).text):
        return "if_then_else"
    if parser.at("%"):
        return "modulo_function" if parser.peek(1).kind in _OPERANDS else "percent_sign"
    signs = parser.peek(-1).kind + parser.token.kind
    return {"=>": "at_least", "=<": "at_most"}.get(signs, "")


def _of_number(parser: Parser) -> str:
    """Recognise `1,5` and `1.000.000`."""
    before, here, after = (parser.peek(ahead) for ahead in (-1, 0, 1))
    if before.kind != "number" or before.stop != here.position:
        return ""
    if here.kind == "," and after.kind == "number" and after.position == here.stop:
        return "decimal_comma"
    return "thousands_points" if here.kind == "number" and here.text.startswith(".") else ""
