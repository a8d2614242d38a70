"""The built-in functions that make dates, times and durations or take them apart."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from engine.expression import EvaluationFailed, Language, compile_expression
from engine.expression.builtins.calendar import CALENDAR_FUNCTIONS
from engine.expression.builtins.dates import DATE_FUNCTIONS
from engine.expression.builtins.durations import DURATION_FUNCTIONS
from engine.expression.builtins.identity import IDENTITY_FUNCTIONS
from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.expression.temporal.text import text_of as temporal_text
from engine.expression.values import Datum

EXAMPLES = {
    "date": [
        ('date("2026-11-21")', "2026-11-21"),
        ('date(date and time("2026-11-21T10:00:00Z"))', "2026-11-21"),
        ('date(date("2026-11-21"))', "2026-11-21"),
        ("date(2026, 11, 21)", "2026-11-21"),
        ("date(day: 21, month: 11, year: 2026)", "2026-11-21"),
        ("date(2026, 2, 29)", None),
        ("date(2026, 2.5, 1)", None),
        ("date(2026, 2, null)", None),
        ('date("besok")', None),
        ("date(20261121)", None),
    ],
    "time": [
        ('time("10:00:00")', "10:00:00"),
        ('time("T10:00:00")', "10:00:00"),
        ('time(date and time("2026-11-21T10:00:00@Asia/Jakarta"))', "10:00:00@Asia/Jakarta"),
        ('time(date("2026-11-21"))', "00:00:00Z"),
        ('time(time("10:00:00"))', "10:00:00"),
        ("time(10, 5, 1.25)", "10:05:01.25"),
        ("time(10, 5, 1, null)", "10:05:01"),
        (f"time(23, 59, 59.{'9' * 60})", "23:59:59.999999999"),
        ('time(10, 5, 1, duration("PT7H"))', "10:05:01+07:00"),
        ('time(offset: duration("-PT0H"), hour: 1, minute: 2, second: 3)', "01:02:03Z"),
        ('time(10, 5, 1, duration("PT7H0.5S"))', None),
        ('time(10, 5, 1, duration("PT20H"))', None),
        ("time(10, 5, 1, 7)", None),
        ("time(24, 0, 0)", None),
        ("time(10, 60, 0)", None),
        ("time(10, 5, -1)", None),
        ('time(10, 5, "1")', None),
        ("time(null)", None),
    ],
    "date and time": [
        ('date and time("2026-11-21T10:00:00+07:00")', "2026-11-21T10:00:00+07:00"),
        ('date and time("2026-11-21")', "2026-11-21T00:00:00"),
        ('date and time(date("2026-11-21"))', "2026-11-21T00:00:00Z"),
        ('date and time(date("2026-11-21"), time("10:00:00"))', "2026-11-21T10:00:00"),
        (
            'date and time(time: time("10:00:00Z"), date: date and time("2026-11-21T01:00:00"))',
            "2026-11-21T10:00:00Z",
        ),
        (
            'date and time(date and time("2026-11-21T10:00:00@Asia/Jakarta"), "Asia/Jayapura")',
            "2026-11-21T12:00:00@Asia/Jayapura",
        ),
        (
            'date and time(date: date and time("2026-11-21T10:00:00+07:00"), timezone: "Z")',
            "2026-11-21T03:00:00Z",
        ),
        ('date and time(date and time("2026-11-21T10:00:00"), "Z")', None),
        ('date and time(date and time("2026-11-21T10:00:00Z"), "Jakarta")', None),
        ('date and time(date("2026-11-21"), null)', None),
        ('date and time("10:00:00")', None),
        ("date and time(1)", None),
    ],
    "now": [("now()", "2026-11-21T22:50:00.123456@Asia/Jakarta")],
    "today": [("today()", "2026-11-21")],
    "duration": [
        ('duration("P1DT25H")', "P2DT1H"),
        ('duration("-P14M")', "-P1Y2M"),
        ('duration("P1M1D")', None),
        ("duration(null)", None),
    ],
    "years and months duration": [
        (
            'years and months duration(date("2011-12-22"), date("2013-08-24"))',
            "P1Y8M",
        ),
        (
            'years and months duration(to: date("2026-01-31"), from: date("2026-02-28"))',
            "P0M",
        ),
        (
            'years and months duration(date("2026-01-31"), date and time("2025-12-30T00:00:00"))',
            "-P1M",
        ),
        ('years and months duration(date("2026-01-31"), "2026-01-31")', None),
    ],
    "day of year": [
        ('day of year(date("2024-12-31"))', "366"),
        ('day of year(date: date and time("2026-01-01T10:00:00"))', "1"),
        ('day of year("2026-01-01")', None),
    ],
    "day of week": [
        ('day of week(date("2026-11-21"))', "Saturday"),
        ('day of week(date("-0001-01-01"))', "Friday"),
    ],
    "month of year": [('month of year(date("2026-11-21"))', "November")],
    "week of year": [
        ('week of year(date("2021-01-03"))', "53"),
        ('week of year(date("2021-01-04"))', "1"),
        ('week of year(date("2024-12-30"))', "1"),
    ],
    "last day of month": [
        ('last day of month(date("2024-02-01"))', "2024-02-29"),
        ('last day of month(date and time("2026-11-21T10:00:00"))', "2026-11-30"),
        ("last day of month(2)", None),
    ],
    "is": [
        ('is(time("10:00:00Z"), time("10:00:00+00:00"))', "true"),
        ('is(time("10:00:00Z"), time("10:00:00@Etc/UTC"))', "false"),
        ('is(time("10:00:00.1"), time("10:00:00.2"))', "false"),
        ('is(duration("P1Y"), duration("P12M"))', "true"),
        ('is(duration("P0Y"), duration("P0D"))', "false"),
        ('is(date("2026-11-21"), null)', "false"),
        ('is([date("2026-11-21")], [date("2026-11-21")])', "true"),
        ('is({a: time("10:00:00Z")}, {a: time("11:00:00+01:00")})', "false"),
        ("is([1, 2], [1])", "false"),
        ('is("1", 1)', "false"),
        ("is(null, null)", "true"),
        ("is(value2: null)", "true"),
    ],
}
NOW = datetime(2026, 11, 21, 22, 50, 0, 123456, tzinfo=ZoneInfo("Asia/Jakarta"))


def written(value: Datum) -> str | None:
    """Write a value that these functions give."""
    if isinstance(value, (Date, Time, DateTime, DaysDuration, MonthsDuration)):
        return temporal_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def computed(text: str, now: datetime | None = NOW) -> str | None:
    """Compute the expression at the moment."""
    return written(compile_expression(text, Language.FEEL).compute({}, now=now))


@pytest.mark.parametrize(("text", "result"), [row for rows in EXAMPLES.values() for row in rows])
def test_a_function_of_time_gives_its_value(text: str, result: str | None) -> None:
    assert computed(text) == result


def test_each_function_of_time_has_an_example() -> None:
    rows = (*DATE_FUNCTIONS, *DURATION_FUNCTIONS, *CALENDAR_FUNCTIONS, *IDENTITY_FUNCTIONS)
    assert {row.name for row in rows} == EXAMPLES.keys()


@pytest.mark.parametrize(
    ("zone", "written_zone"),
    [
        (UTC, "Z"),
        (timezone(timedelta(hours=9)), "+09:00"),
        (ZoneInfo("Asia/Jayapura"), "@Asia/Jayapura"),
    ],
)
def test_now_has_the_zone_of_the_moment(zone: timezone | ZoneInfo, written_zone: str) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=zone)
    assert computed("now()", moment) == f"2026-01-02T03:04:05{written_zone}"


@pytest.mark.parametrize("text", ["now()", "[1][today() = item]"])
def test_where_no_moment_is_known_now_is_an_error(text: str) -> None:
    with pytest.raises(EvaluationFailed) as raised:
        computed(text, None)
    assert raised.value.code == "now_unknown"
