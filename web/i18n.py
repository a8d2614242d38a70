"""Words in the reader's language, and dates and lengths of time as an Indonesian office writes them.

The texts in code and templates are Indonesian; each passes `_`, so that a catalogue in another language can be put behind
it with `use`.
"""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.form import MONTHS

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

DEFAULT_ZONE = "Asia/Jakarta"
"""Zone of pages that belong to no agency (the sign-in)."""

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SHORT = 3
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_catalogue: list[gettext.NullTranslations] = [gettext.NullTranslations()]


def use(catalogue: gettext.NullTranslations) -> None:
    """Put a catalogue behind `_`; from now on all texts come from it."""
    _catalogue[0] = catalogue


def _(text: str) -> str:
    """Give a text in the reader's language."""
    return _catalogue[0].gettext(text)


def plural(one: str, many: str, number: int) -> str:
    """Give the text for a number of things, in the reader's language (Indonesian has one form for both)."""
    return _catalogue[0].ngettext(one, many, number)


def short_moment(at: datetime, zone: str = DEFAULT_ZONE) -> str:
    """Give a moment as `17 Nov 2026, 11.05` in the zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1][:_SHORT]} {local.year}, {local:%H.%M}"


def long_moment(at: datetime, zone: str = DEFAULT_ZONE) -> str:
    """Give a moment as `16 November 2026, 08.02 WIB` in the zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H.%M %Z}"


def long_day(at: datetime, zone: str = DEFAULT_ZONE) -> str:
    """Give the day of a moment as `16 November 2026` in the zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def weekday_moment(at: datetime, now: datetime, zone: str = DEFAULT_ZONE) -> str:
    """Give a moment near the present as `Hari ini, 15.30` or `Senin 23 Nov, 10.00`."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"{_('Hari ini')}, {local:%H.%M}"
    year = f" {local.year}" if local.year != today.year else ""
    month = MONTHS[local.month - 1][:_SHORT]
    return f"{WEEKDAYS[local.weekday()]} {local.day} {month}{year}, {local:%H.%M}"


def weekday_day(day: date, now: datetime, zone: str = DEFAULT_ZONE) -> str:
    """Give a day near the present as `Senin 23 Nov`, with its year when that is another one."""
    year = f" {day.year}" if day.year != now.astimezone(ZoneInfo(zone)).year else ""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:_SHORT]}{year}"


def is_same_day(at: datetime, now: datetime, zone: str = DEFAULT_ZONE) -> bool:
    """Tell whether both moments are on one day in the zone."""
    return at.astimezone(ZoneInfo(zone)).date() == now.astimezone(ZoneInfo(zone)).date()


def length(time: timedelta) -> str:
    """Give a length of time roughly, in its largest unit: `3 jam`, `2 hari`."""
    seconds = max(int(time.total_seconds()), 0)
    if seconds >= _DAY:
        return _("{n} hari").format(n=seconds // _DAY)
    if seconds >= _HOUR:
        return _("{n} jam").format(n=seconds // _HOUR)
    return _("{n} menit").format(n=max(seconds // _MINUTE, 1))
