"""Functions of texts (DMN 1.5, 10.3.4.3; the last three are Camunda's). A character is a code point, counted from 1."""

from __future__ import annotations

from base64 import b64encode
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import (
    Builtin,
    Form,
    as_list,
    of_text,
    of_two_texts,
    only,
    place_in,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum


def string_length(text: str) -> Decimal:
    """Count the characters."""
    return Decimal(len(text))


def substring(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Cut `length` characters (all, when left out) from a start position; a negative one counts from the end."""
    text, start, length = map(only, (*arguments, None)[:3])
    if not isinstance(text, str) or not isinstance(start, Decimal):
        return None
    first = place_in(len(text), start.to_integral_value(ROUND_DOWN))
    if first is None:
        return None
    if length is None:
        return text[first:]
    if not isinstance(length, Decimal) or length < 1:
        return None
    return text[first : first + int(min(length, Decimal(len(text))))]


def before_match(text: str, match: str) -> str:
    """Give what stands before the first match; nothing when there is none."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


def after_match(text: str, match: str) -> str:
    """Give what stands after the first match; nothing when there is none, everything after an empty match."""
    return text.partition(match)[2] if match else text


def string_join(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Join the texts of a list, without its nulls; null when one is no text."""
    elements = as_list(arguments[0])
    marks = [only(each) for each in (*arguments[1:], None, None, None)][:3]
    if elements is None:
        return None
    texts = [each for each in elements if isinstance(each, str)]
    if len(texts) < sum(each is not None for each in elements):
        return None
    given = [mark or "" for mark in marks if mark is None or isinstance(mark, str)]
    if len(given) < len(marks):
        return None
    delimiter, prefix, suffix = given
    between = len(delimiter) * max(0, len(texts) - 1)
    frame.room_for_text(len(prefix) + sum(map(len, texts)) + between + len(suffix))
    return prefix + delimiter.join(texts) + suffix


def is_blank(text: str) -> bool:
    """Tell whether there is nothing but white space."""
    return not text.strip()


def to_base64(text: str) -> str:
    """Write the UTF-8 of the text in Base64."""
    return b64encode(text.encode()).decode()


def _contains(text: str, match: str) -> bool:
    return match in text


_MATCH = ("string", "match")
_JOINED = ("list", "delimiter", "prefix", "suffix")

TEXT_FUNCTIONS = (
    Builtin(name="string length", parameters=("string",), run=of_text(string_length)),
    Builtin(name="upper case", parameters=("string",), run=of_text(str.upper)),
    Builtin(name="lower case", parameters=("string",), run=of_text(str.lower)),
    Builtin(name="contains", parameters=_MATCH, run=of_two_texts(_contains)),
    Builtin(name="starts with", parameters=_MATCH, run=of_two_texts(str.startswith)),
    Builtin(name="ends with", parameters=_MATCH, run=of_two_texts(str.endswith)),
    Builtin(
        name="substring",
        parameters=("string", "start position", "length"),
        optional=1,
        run=substring,
    ),
    Builtin(name="substring before", parameters=_MATCH, run=of_two_texts(before_match)),
    Builtin(name="substring after", parameters=_MATCH, run=of_two_texts(after_match)),
    Builtin(
        name="string join",
        parameters=_JOINED[:2],
        optional=1,
        run=string_join,
        others=(Form(parameters=_JOINED, run=string_join),),
    ),
    Builtin(name="trim", parameters=("string",), run=of_text(str.strip)),
    Builtin(name="is blank", parameters=("string",), run=of_text(is_blank)),
    Builtin(name="to base64", parameters=("value",), run=of_text(to_base64)),
)
