"""Dates, and dates with a time of day in the office's own zone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING, ClassVar, Self

from typing_extensions import override

from engine.form.field import SingleField, common
from engine.form.problem import FieldCode, Refused
from engine.form.words import MONTHS, moment_words

if TYPE_CHECKING:
    from engine.form.component import Component
    from engine.form.scope import Scope
    from engine.variables import Value

FIRST_YEAR, LAST_YEAR = 1900, 2200

DEFAULT_MINUTES = 15
"""The steps of form-js' clock when its form doesn't say."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FIGURES = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2}) +([A-Za-z]+) +([0-9]{4})")
_T = re.compile(r"(?<=[0-9])T(?=[0-9])")
_CLOCK = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})(?:[.:]([0-9]{2}))?")
_MONTH_NUMBERS = {month.lower(): number for number, month in enumerate(MONTHS, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(SingleField):
    """A day (form-js `datetime`, subtype `date`), kept as `2026-12-05`.

    With `no_past` (form-js `disallowPassedDates`) it is not before today; `at` puts today in as `first_day`.
    """

    kind: ClassVar[str] = "date"

    no_past: bool = False
    first_day: date | None = None

    @classmethod
    def of(cls, component: Component) -> Self:
        """Read the field from its component."""
        # A day has no time; form-js lays these out only for the other subtypes.
        component.visual("subtype", "use24h", "timeInterval", "timeLabel", "timeSerializingFormat")
        return cls(
            **common(component, "dateLabel", "label"),
            no_past=component.flag("disallowPassedDates"),
        )

    @override
    def at(self, scope: Scope) -> Self:
        """Give the field as it is today. Raises ValueError when it asks for today and nobody said which day that is."""
        if not self.no_past:
            return self
        if scope.today is None:
            raise ValueError(f"Expected today's date for {self.key}, but there is none")
        return replace(self, first_day=scope.today)

    @override
    def parse(self, text: str) -> Value:
        """Give the day meant by `2026-12-05`, `5/12/2026` or `5 Desember 2026`."""
        day = _day(text)
        if day is None:
            raise Refused(FieldCode.DATE_INVALID, text=text[:40])
        return day.isoformat()

    @override
    def check(self, value: Value) -> Value:
        """Give the day when it is in the calendar and in a sensible year."""
        if not isinstance(value, str):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        if not value:
            return None
        day = _day(value) if _ISO.fullmatch(value) else None
        if day is None:
            raise Refused(FieldCode.DATE_INVALID, text=value[:40])
        return self.in_range(day).isoformat()

    @override
    def text_of(self, value: Value) -> str:
        """Give the day as the browser's date control takes it."""
        return str(value)

    @override
    def shown(self, value: Value) -> str:
        """Give the day in words: `5 Desember 2026`."""
        return moment_words(value) if isinstance(value, str) else SingleField.shown(self, value)

    def in_range(self, day: date) -> date:
        """Give the day back. Raises Refused for a year that nobody means, and for the past where that is not allowed."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refused(FieldCode.DATE_RANGE, first=FIRST_YEAR, last=LAST_YEAR)
        if self.first_day is not None and day < self.first_day:
            raise Refused(FieldCode.DATE_PAST, first=moment_words(self.first_day.isoformat()))
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTimeField(DateField):
    """A day and a time (form-js `datetime`, subtype `datetime`), kept as `2026-12-05T09:15:00`, the office's time.

    FEEL's date and time literals have seconds (DMN 1.3, 10.3.2.3.7), so the variable has them too. `minutes` are the steps
    in which a page offers times (form-js `timeInterval`); others can be typed.
    """

    kind: ClassVar[str] = "datetime"

    minutes: int = DEFAULT_MINUTES

    @classmethod
    @override
    def of(cls, component: Component) -> Self:
        """Read the field from its component."""
        # An office writes its hours from 00 to 24, and one label stands for both controls.
        component.visual("subtype", "use24h", "timeLabel")
        # The variable is the office's own time without a zone; form-js' other formats would be another value.
        component.one_of("timeSerializingFormat", "no_timezone")
        return cls(
            **common(component, "dateLabel", "label"),
            no_past=component.flag("disallowPassedDates"),
            minutes=component.whole("timeInterval", least=1, most=60) or DEFAULT_MINUTES,
        )

    @override
    def parse(self, text: str) -> Value:
        """Give the moment meant by `2026-12-05T09:15`, `5/12/2026 09.15` or `5 Desember 2026 09.15`."""
        day, _, clock = _T.sub(" ", text).rpartition(" ")
        return self._moment(day.strip(), clock, text)

    @override
    def check(self, value: Value) -> Value:
        """Give the moment when it is in the calendar and in a sensible year."""
        if not isinstance(value, str):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        if not value:
            return None
        day, _, clock = value.partition("T")
        if not _ISO.fullmatch(day) or "." in clock:
            raise Refused(FieldCode.DATETIME_INVALID, text=value[:40])
        return self._moment(day, clock, value)

    @override
    def text_of(self, value: Value) -> str:
        """Give the moment as the browser's control takes it: without seconds when there are none."""
        return str(value).removesuffix(":00")

    def _moment(self, day_text: str, clock_text: str, text: str) -> str:
        day, clock = _day(day_text), _clock(clock_text)
        if day is None or clock is None:
            raise Refused(FieldCode.DATETIME_INVALID, text=text[:40])
        return f"{self.in_range(day).isoformat()}T{clock.isoformat()}"


def _day(text: str) -> date | None:
    if match := _ISO.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _FIGURES.fullmatch(text):
        year, month, day = int(match[3]), int(match[2]), int(match[1])
    elif match := _WORDS.fullmatch(text):
        year, month, day = int(match[3]), _MONTH_NUMBERS.get(match[2].lower(), 0), int(match[1])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        return None
