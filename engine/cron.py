"""Cron texts as timers of Camunda 7 have them: `second minute hour day-of-month month day-of-week [year]`.

What the two dialects that write such texts (Quartz, Spring) read differently is refused rather than guessed: a weekday by
its number (1 is Sunday in one and Monday in the other) and both days at once. Weekdays go by their names. Nearest weekdays
(`15W`), days before the last (`L-3`), steps and open ends of weekdays are refused, as the library has no word for them.

`cronsim` finds the moments. The second is kept out of it, as without one it treats the hour that a change of the clock leaves out
or repeats as cron does: what belongs into a gap comes behind it, and what has a fixed time comes once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cronsim import CronSim, CronSimError

from engine.recurrence import InvalidTime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

_PLAIN = r"(?:\*|\d{1,2}(?:-\d{1,2})?)(?:/\d{1,2})?"
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_MONTHS = rf"(?:{_PLAIN}|{_MONTH}(?:-{_MONTH})?)"
_WEEKDAY = r"(?:MON|TUE|WED|THU|FRI|SAT|SUN)"
_YEAR = re.compile(r"\*|(\d{4})(?:-(\d{4}))?")
_TERMS = tuple(
    re.compile(rf"{term}(?:,{term})*", re.ASCII)
    for term in (
        _PLAIN,
        _PLAIN,
        rf"(?:{_PLAIN}|LW|L)",
        _MONTHS,
        rf"(?:\*|{_WEEKDAY}(?:-{_WEEKDAY}|\#[1-5]|L)?)",
    )
)
_NUMBERS = {"SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6}
_DAY_FIELD = 2
_WEEKDAY_FIELD = 4
_FEWEST = 6
_MOST = 7
_SECONDS = range(60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """A cron text as read: its second, the five fields that `cronsim` takes, and the years, None for every one."""

    second: int
    fields: str
    years: frozenset[int] | None

    def after(self, moment: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """Give the moments (UTC) behind one, in the wall-clock time of a zone, each later than the one before."""
        last = moment
        shift = timedelta(seconds=self.second)
        start: datetime | None = self._into_years((last - shift).astimezone(zone))
        while start is not None:
            found = next(CronSim(self.fields, start), None)
            if found is None:
                return
            start = self._into_years(found)
            came = found.astimezone(UTC) + shift
            if start == found and came > last:
                last = came
                yield came

    def _into_years(self, local: datetime) -> datetime | None:
        """Give a moment, or if its year is none of ours the one just before the next year that is; None without one."""
        if self.years is None or local.year in self.years:
            return local
        later = [year for year in self.years if year > local.year]
        if not later:
            return None
        return datetime(min(later), 1, 1, tzinfo=local.tzinfo) - timedelta(minutes=1)


def read_cron(text: str) -> Cron:
    """Read a cron text. Raises InvalidTime."""
    fields = text.upper().split()
    if not _FEWEST <= len(fields) <= _MOST:
        raise InvalidTime(text, "timer_cron_fields")
    second, *five = fields[:_FEWEST]
    _check_second(text, second)
    for place in (_DAY_FIELD, _WEEKDAY_FIELD):
        # `?` is no value of its own, which means every day
        five[place] = "*" if five[place] == "?" else five[place]
    for place, (term, field) in enumerate(zip(_TERMS, five, strict=True)):
        if not term.fullmatch(field):
            raise InvalidTime(text, _reason(place, field))
    if "*" not in {five[_DAY_FIELD], five[_WEEKDAY_FIELD]}:
        raise InvalidTime(text, "timer_cron_both_days")
    five[_WEEKDAY_FIELD] = _weekdays(five[_WEEKDAY_FIELD])
    read = Cron(second=int(second), fields=" ".join(five), years=_years(text, fields[_FEWEST:]))
    try:
        CronSim(read.fields, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise InvalidTime(text, "timer_cron") from error
    return read


def _check_second(text: str, second: str) -> None:
    """Refuse all but one second a minute: no timer comes more often."""
    if second.isascii() and second.isdigit():
        if int(second) not in _SECONDS:
            raise InvalidTime(text, "timer_cron")
    elif re.fullmatch(rf"{_PLAIN}(?:,{_PLAIN})*", second, re.ASCII):
        raise InvalidTime(text, "timer_too_often")
    else:
        raise InvalidTime(text, "timer_cron")


def _reason(place: int, field: str) -> str:
    if place == _WEEKDAY_FIELD and re.search(r"\d", re.split("[#/]", field)[0]):
        return "timer_cron_weekday_number"
    return "timer_cron_unsupported" if re.search(r"[LWC#/]", field) else "timer_cron"


def _weekdays(field: str) -> str:
    """Write names of weekdays as the library's numbers; Sunday at the end of a range is its seventh."""
    ended = re.sub("(?<!SUN)-SUN", "-7", field)
    return re.sub(_WEEKDAY, lambda found: str(_NUMBERS[found[0]]), ended)


def _years(text: str, field: list[str]) -> frozenset[int] | None:
    if not field or field == ["*"]:
        return None
    years: set[int] = set()
    for term in field[0].split(","):
        found = _YEAR.fullmatch(term)
        if found is None or not found[1]:
            raise InvalidTime(text, "timer_cron")
        years.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    if not years:
        raise InvalidTime(text, "timer_cron")
    return frozenset(years)
