"""Numbers written as text."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.variables import MAX_DIGITS

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def read_number(text: str) -> Decimal | None:
    """Read a plain decimal number, or give None when the text is none or too long."""
    if len(text) > MAX_DIGITS or not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    in_reach = value.adjusted() <= MAX_DIGITS and -int(value.as_tuple().exponent) <= MAX_DIGITS
    return value if in_reach else None
