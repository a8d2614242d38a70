"""Numbers that name a person or a body: NIK, NIP, NPWP and telephone numbers (`properties.jenis` of a text field).

They are typed with or without spaces, dots and dashes, kept as digits only, and shown in the groups in which people read
them. Looked at is their shape, and what in them is a date or a region; no register is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from engine.form.problem import FieldCode, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MARKS = re.compile(r"[\s.\-/()]+")
_DIGITS = re.compile(r"[0-9]+")

_NIK_DIGITS, _NIP_DIGITS, _NPWP_DIGITS = 16, 18, (15, 16)
_FOR_WOMEN = 40
"""In a NIK the day of birth of a woman is raised by this."""

_PROVINCES = frozenset(
    f"{number}"
    for span in (
        range(11, 20),
        (21,),
        range(31, 37),
        range(51, 54),
        range(61, 66),
        range(71, 77),
        (81, 82),
        range(91, 97),
    )
    for number in span
)
"""Codes of the provinces (Ministry of Home Affairs, codes of administrative regions, 2022)."""

_CONTRACT_MONTHS = range(21, 100)
"""In the number of an officer on contract (NI PPPK) the month is the count of the contract, from 21."""

_SHORT_AREA, _CITIES = 3, frozenset({"021", "022", "024", "031", "061"})
"""Cities whose area code has three digits; all others, and mobile networks, have four."""

_TELEPHONE = re.compile(r"0[2-9][0-9]{6,11}")


@dataclass(frozen=True, slots=True)
class Identity:
    """A kind of number: how it is checked, and in which groups it is shown."""

    name: str
    check: Callable[[str], str]
    groups: Callable[[str], str]

    def kept(self, text: str) -> str:
        """Give the number as it is kept. Raises Refused when it can't be one."""
        return self.check(_MARKS.sub("", text))

    def shown(self, text: str) -> str:
        """Give the number in its groups; a text that can't be one as it is."""
        try:
            return self.groups(self.kept(text))
        except Refused:
            return text


def _nik(text: str) -> str:
    if not _DIGITS.fullmatch(text) or len(text) != _NIK_DIGITS or text.endswith("0000"):
        raise Refused(FieldCode.NIK_INVALID)
    if text[:2] not in _PROVINCES or "00" in (text[2:4], text[4:6]):
        raise Refused(FieldCode.NIK_REGION, region=text[:6])
    day, month, year = int(text[6:8]), int(text[8:10]), int(text[10:12])
    # Only two digits of the year are there; 2000 was a leap year, so no true 29 February is refused.
    if not _is_day(2000 + year, month, day - _FOR_WOMEN if day > _FOR_WOMEN else day):
        raise Refused(FieldCode.NIK_DATE, date=text[6:12])
    return text


def _nip(text: str) -> str:
    if not _DIGITS.fullmatch(text) or len(text) != _NIP_DIGITS or text[14] not in "12":
        raise Refused(FieldCode.NIP_INVALID)
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
    began, began_month = int(text[8:12]), int(text[12:14])
    works = began_month in range(1, 13) or began_month in _CONTRACT_MONTHS
    if not _is_day(year, month, day) or not works or not year < began:
        raise Refused(FieldCode.NIP_DATE)
    return text


def _npwp(text: str) -> str:
    if not _DIGITS.fullmatch(text) or len(text) not in _NPWP_DIGITS or not text.strip("0"):
        raise Refused(FieldCode.NPWP_INVALID)
    return text


def _telephone(text: str) -> str:
    digits = re.sub(r"^(?:\+|00)?620?", "0", text)
    if not _TELEPHONE.fullmatch(digits):
        raise Refused(FieldCode.PHONE_INVALID)
    return digits


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year >= 1900  # noqa: PLR2004 - nobody in office was born before
    except ValueError:
        return False


def _cut(text: str, sizes: tuple[int, ...], marks: str) -> str:
    """Put the marks between groups of these sizes; `marks` has one a gap."""
    parts, start = [], 0
    for size, mark in zip(sizes, f"{marks} ", strict=True):
        parts += [text[start : start + size], mark]
        start += size
    return "".join(parts).strip()


def _npwp_groups(text: str) -> str:
    old = len(text) == _NPWP_DIGITS[0]
    return _cut(text, (2, 3, 3, 1, 3, 3), "...-.") if old else _cut(text, (4, 4, 4, 4), "   ")


def _telephone_groups(text: str) -> str:
    area = _SHORT_AREA if text[:_SHORT_AREA] in _CITIES else _SHORT_AREA + 1
    rest = text[area:]
    count = max(len(rest) // 4, 1)
    cuts = [rest[4 * i : 4 * i + 4 if i + 1 < count else None] for i in range(count)]
    return "-".join((text[:area], *cuts))


IDENTITIES: Mapping[str, Identity] = {
    each.name: each
    for each in (
        Identity("nik", _nik, lambda text: _cut(text, (6, 6, 4), "  ")),
        Identity("nip", _nip, lambda text: _cut(text, (8, 6, 1, 3), "   ")),
        Identity("npwp", _npwp, _npwp_groups),
        Identity("telepon", _telephone, _telephone_groups),
    )
}
"""By the value of `properties.jenis`."""
