"""The proleptic Gregorian calendar in whole numbers: any year, nothing rounded, no limits but those of FEEL.

Days are counted from 1 January 1970. A year of the reckoning begins in March, so that the day that leap years add is its
last; 400 years make one cycle, which always has the same number of days and of weeks.
"""

from __future__ import annotations

from engine.expression.temporal.values import Date

LAST_YEAR = 999_999_999
"""Years go from minus this to this (DMN 1.5, 10.3.2.3.5)."""

DAYS_A_CYCLE = 146_097

_EPOCH = 719_468
"""Days from 1 March of the year 0 to 1 January 1970."""

_MARCH = 3
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


def is_leap(year: int) -> bool:
    """Tell whether the year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Give the number of the last day of the month."""
    return _LENGTHS[month - 1] + (month == _FEBRUARY and is_leap(year))


def date_from(year: int, month: int, day: int) -> Date | None:
    """Give the date, None if there is no such day."""
    if not -LAST_YEAR <= year <= LAST_YEAR or not 1 <= month <= len(_LENGTHS):
        return None
    if not 1 <= day <= month_length(year, month):
        return None
    return Date(year=year, month=month, day=day)


def days_of(date: Date) -> int:
    """Count the days from 1 January 1970 to the date."""
    cycle, year = divmod(date.year - (date.month < _MARCH), 400)
    month = (date.month - _MARCH) % 12
    day_of_year = (153 * month + 2) // 5 + date.day - 1
    return cycle * DAYS_A_CYCLE + year * 365 + year // 4 - year // 100 + day_of_year - _EPOCH


def date_of(days: int) -> Date | None:
    """Give the date so many days after 1 January 1970, None if its year is out of range."""
    cycle, day = divmod(days + _EPOCH, DAYS_A_CYCLE)
    year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
    day_of_year = day - (365 * year + year // 4 - year // 100)
    month = (5 * day_of_year + 2) // 153
    in_next = month > 12 - _MARCH
    return date_from(
        cycle * 400 + year + in_next,
        month + _MARCH - 12 * in_next,
        day_of_year - (153 * month + 2) // 5 + 1,
    )


def weekday_of(date: Date) -> int:
    """Give the number of the day in its week, 1 for Monday (ISO 8601)."""
    return (days_of(date) + 3) % 7 + 1


def day_of_year(date: Date) -> int:
    """Give the number of the day in its year."""
    return days_of(date) - _first_of(date.year) + 1


def week_of(date: Date) -> int:
    """Give the number of the week in its year: the first is the one with the first Thursday (ISO 8601)."""
    thursday = days_of(date) + 4 - weekday_of(date)
    year = date.year
    if thursday < _first_of(year):
        year -= 1
    elif thursday >= _first_of(year + 1):
        year += 1
    return (thursday - _first_of(year)) // 7 + 1


def months_later(date: Date, months: int) -> Date | None:
    """Move by whole months; in a month without such a day it is its last one. None if the year is out of range."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return date_from(year, month + 1, min(date.day, month_length(year, month + 1)))


def months_between(start: Date, end: Date) -> int:
    """Count the whole months from one date to another, negative if that is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    return months + 1 if months < 0 and end.day > start.day else months


def _first_of(year: int) -> int:
    return days_of(Date(year=year, month=1, day=1))
