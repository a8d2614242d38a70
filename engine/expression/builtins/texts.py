"""Functions of texts (DMN 1.5, 10.3.4.3). A character is a Unicode code point, counted from 1."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, of_text, of_two_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum


def string_length(text: str) -> Decimal:
    """Count the characters."""
    return Decimal(len(text))


def substring(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Cut `length` characters (all, when left out) from a start position; a negative one counts from the end."""
    text, start, *length = arguments
    if not isinstance(text, str) or not isinstance(start, Decimal):
        return None
    first = _first(text, int(start) if abs(start) <= len(text) else 0)
    if first is None:
        return None
    if not length or length[0] is None:
        return text[first:]
    wanted = length[0]
    if not isinstance(wanted, Decimal) or wanted < 1:
        return None
    return text[first : first + int(min(wanted, Decimal(len(text))))]


def _first(text: str, start: int) -> int | None:
    if start > 0:
        return start - 1
    return len(text) + start if start else None


def _contains(text: str, match: str) -> bool:
    return match in text


TEXT_FUNCTIONS = (
    Builtin(name="string length", parameters=("string",), run=of_text(string_length)),
    Builtin(name="upper case", parameters=("string",), run=of_text(str.upper)),
    Builtin(name="lower case", parameters=("string",), run=of_text(str.lower)),
    Builtin(name="contains", parameters=("string", "match"), run=of_two_texts(_contains)),
    Builtin(name="starts with", parameters=("string", "match"), run=of_two_texts(str.startswith)),
    Builtin(name="ends with", parameters=("string", "match"), run=of_two_texts(str.endswith)),
    Builtin(
        name="substring",
        parameters=("string", "start position", "length"),
        optional=1,
        run=substring,
    ),
)
