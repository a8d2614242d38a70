"""Values as an Indonesian office writes them: `1.500.000,50`, `5 Desember 2026`, `84 KB`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.variables import as_number

if TYPE_CHECKING:
    from engine.variables import Value

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?")


def number_words(number: Decimal, decimals: int | None = None) -> str:
    """Give a number with dots for thousands and a comma for decimals: `1.500.000,50`.

    With `decimals`, a number that has a fraction is filled up to so many digits; a whole one stays whole.
    """
    whole, _, fraction = format(as_number(number), "f").partition(".")
    if fraction and decimals is not None:
        fraction = fraction.ljust(decimals, "0")
    grouped = f"{int(whole):,}".replace(",", ".")
    if whole == "-0":
        grouped = "-0"
    return f"{grouped},{fraction}" if fraction else grouped


def moment_words(text: str) -> str:
    """Give an ISO date as `5 Desember 2026`, an ISO date and time as `5 Desember 2026 09.15`; another text as it is."""
    match = _ISO.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= len(MONTHS):
        return text
    day = f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {int(match[1]):04d}"
    if match[4] is None:
        return day
    seconds = f".{match[6]}" if match[6] and match[6] != "00" else ""
    return f"{day} {match[4]}.{match[5]}{seconds}"


def size_words(size: int | Decimal) -> str:
    """Give a file size in bytes as `512 B`, `84 KB`, `1,2 MB` (1 KB = 1,024 bytes)."""
    kilo = Decimal(1024)
    if size < kilo:
        return f"{size} B"
    if size < kilo * kilo:
        return f"{number_words((size / kilo).to_integral_value())} KB"
    return f"{number_words(round(size / (kilo * kilo), 1))} MB"


def plain_words(value: Value) -> str:
    """Give any value for people, when no field says how: for data of scripts and of other forms."""
    if isinstance(value, list):
        return ", ".join(plain_words(item) for item in value)
    if isinstance(value, dict):
        return _object_words(value)
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, Decimal):
        return number_words(value)
    return moment_words(value or "")


def _object_words(value: dict[str, Value]) -> str:
    name = value.get("name")
    if isinstance(name, str) and "digest" in value:
        return name
    return "; ".join(f"{key}: {plain_words(item)}" for key, item in value.items())
