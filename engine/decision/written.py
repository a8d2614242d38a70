"""Which values a cell compares with, when it does nothing but compare with values that are written in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.expression import EvaluationFailed, ExpressionInvalid, Language, compile_cached

if TYPE_CHECKING:
    from engine.expression.values import Datum

_VALUE = re.compile(
    r"""
    -?(?:(?<!\w)\d+(?:\.\d+)?|(?<![\w.])\.\d+)(?:[eE][+-]?\d+)?(?![\w(]|\.\d)
    | @?"(?:[^"\\]|\\.)*"
    | (?:date\ and\ time|date|time|duration)\s*\(\s*"(?:[^"\\]|\\.)*"\s*\)
    | \b(?:true|false|null)\b
    """,
    re.VERBOSE,
)
_REST = re.compile(r"(?:\bnot\b|\.\.|<=|>=|!=|[<>=,()\[\]\s\0])*")
_SIDE_BY_SIDE = re.compile(r"\0\s*\0")
_ORDER = re.compile(r"[<>]|\.\.")


def written_values(text: str) -> list[Datum] | None:
    """Give the values that the tests compare with, None when there is anything else in them."""
    rest = _VALUE.sub("\0", text)
    if not _REST.fullmatch(rest) or _SIDE_BY_SIDE.search(rest):
        return None
    try:
        return [
            compile_cached(each.group(), Language.FEEL).compute({})
            for each in _VALUE.finditer(text)
        ]
    except (ExpressionInvalid, EvaluationFailed):
        return None


def compares_order(text: str) -> bool:
    """Tell whether the tests ask what comes before what."""
    return bool(_ORDER.search(_VALUE.sub("", text)))
