"""Values of a case and their one canonical form.

A variable is JSON: null, boolean, number, text, list or object. Numbers are exact: read and written as `Decimal`, never
as a binary float. Dates are ISO 8601 texts. The canonical form is what hashes are made of and what is stored: UTF-8,
keys sorted by code point, no white space, numbers without exponent, trailing zeros or negative zero.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, TypeAlias

from engine.errors import CommandRejected

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = "bool | Decimal | str | list[Value] | dict[str, Value] | None"
"""One value: JSON, with every number a `Decimal`."""

MAX_DIGITS = 400
"""A number with more digits than this, before or after the point, is refused."""

MAX_DEPTH = 32
"""Lists and objects nested deeper than this are refused."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class InvalidValue(CommandRejected):
    """A value is not JSON as Alur keeps it; nothing was stored."""


def canonical(value: object) -> str:
    """Give the canonical JSON text of a value (ints are accepted and written as numbers).

    Raises InvalidValue for floats, NaN, over-long numbers, lone surrogates, NUL, non-text keys and too deep nesting.
    """
    return _write(value, 0)


def dump(value: object) -> bytes:
    """Give the canonical form as UTF-8 bytes."""
    return canonical(value).encode()


def load(data: bytes | str) -> Value:
    """Read JSON text; every number becomes a `Decimal`. Raises InvalidValue when it is not JSON or not finite."""
    try:
        value: Value = json.loads(
            data, parse_float=_number, parse_int=_number, parse_constant=_constant
        )
    except (ValueError, RecursionError) as error:
        raise InvalidValue("Expected JSON text, but it can't be read", code="value_json") from error
    return value


def as_number(value: int | str | Decimal) -> Decimal:
    """Give the number as variables hold it: a plain `Decimal` without trailing zeros."""
    return Decimal(_digits(Decimal(value)))


def object_of(data: bytes) -> dict[str, Value]:
    """Read a JSON object. Raises InvalidValue when it is something else."""
    value = load(data)
    if not isinstance(value, dict):
        raise InvalidValue("Expected a JSON object, but found another value", code="value_json")
    return value


def equal(left: Value, right: Value) -> bool:
    """Tell whether two values have the same canonical form (so `true` is not `1`)."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right  # as most values of forms are: a tenth of what writing both takes
    return left is right or canonical(left) == canonical(right)


def changes(
    before: Mapping[str, Value], after: Mapping[str, Value]
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Give what is new or different in `after`, and the keys that are gone."""
    changed = {k: v for k, v in after.items() if k not in before or not equal(before[k], v)}
    return changed, tuple(sorted(before.keys() - after.keys()))


def _number(text: str) -> Decimal:
    try:
        return as_number(text) if len(text) <= 2 * MAX_DIGITS else _too_long()
    except InvalidOperation:  # an exponent that not even Decimal can hold
        return _too_long()


def _constant(text: str) -> Decimal:
    raise InvalidValue(f"Expected a finite number, but found {text}", code="value_not_finite")


def _too_long() -> Decimal:
    raise InvalidValue(
        "Expected a number of a sensible length, but it is too long", code="value_number_length"
    )


def _digits(number: Decimal) -> str:
    if not number.is_finite():
        _constant(str(number))
    if number.adjusted() > MAX_DIGITS or -int(number.as_tuple().exponent) > MAX_DIGITS:
        _too_long()
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _write(value: object, depth: int) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return _digits(Decimal(value))
    if depth >= MAX_DEPTH:
        raise InvalidValue("Expected shallow data, but it is nested too deep", code="value_depth")
    return _container(value, depth + 1)


def _text(value: str) -> str:
    if "\0" in value:
        raise InvalidValue("Expected text, but it has a NUL character", code="value_nul")
    if not value.isascii() and _SURROGATE.search(value):
        raise InvalidValue(
            "Expected Unicode text, but found a lone surrogate", code="value_surrogate"
        )
    return encode_basestring(value)


def _container(value: object, depth: int) -> str:
    if isinstance(value, dict):
        try:
            keys = sorted(value)
        except TypeError as error:
            raise _wrong_key() from error
        return "{" + ",".join([_member(key, value[key], depth) for key in keys]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([_write(item, depth) for item in value]) + "]"
    raise InvalidValue(f"Expected JSON, but found {type(value).__name__}", code="value_type")


def _member(key: object, value: object, depth: int) -> str:
    if not isinstance(key, str):
        raise _wrong_key()
    written = _text(value) if isinstance(value, str) else _write(value, depth)
    return f"{_text(key)}:{written}"


def _wrong_key() -> InvalidValue:
    return InvalidValue("Expected text as keys, but found something else", code="value_key")
