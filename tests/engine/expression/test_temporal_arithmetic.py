"""Dates, times and durations are added, subtracted, scaled and compared (DMN 1.5, tables 53 to 59)."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time, Zone
from engine.expression.temporal.arithmetic import (
    add,
    compare,
    divide,
    equal,
    multiply,
    negate,
    property_of,
    subtract,
)
from engine.expression.temporal.civil import (
    date_from,
    date_of,
    day_of_year,
    days_of,
    months_between,
    week_of,
    weekday_of,
)
from engine.expression.temporal.literal import literal
from engine.expression.temporal.text import text_of
from engine.expression.temporal.timeline import (
    A_DAY,
    A_SECOND,
    LONGEST,
    at_instant,
    instant_of,
    time_at,
)
from engine.expression.values import Datum

OPERATIONS: dict[str, Callable[[Datum, Datum], Datum]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}
A_YEAR = 146_097 * 86_400 // 400
"""Seconds of a year of the calendar, on an average of 400."""

DAYS = st.integers(-300_000_000, 300_000_000)
DATES = DAYS.map(date_of).filter(bool)
SHORT = st.integers(-(10**20), 10**20).map(lambda length: DaysDuration(nanoseconds=length))
UNNAMED = st.none() | st.sampled_from([Zone(), Zone(seconds=25_200), Zone(seconds=-9000)])
MOMENTS = st.builds(
    lambda day, clock, zone: DateTime(date=day, time=time_at(clock, zone)),
    DATES,
    st.integers(0, A_DAY - 1),
    UNNAMED,
)


def value(text: str) -> Datum:
    """Read a number, or else a date, time or duration."""
    found = literal(text)
    return Decimal(text) if found is None else found


def written(result: Datum) -> str | None:
    """Write what an operation gave."""
    if isinstance(result, (Date, Time, DateTime, DaysDuration, MonthsDuration)):
        return text_of(result)
    return None if result is None else str(result)


@pytest.mark.parametrize(
    ("left", "operator", "right", "result"),
    [
        ("2026-01-31", "+", "P1M", "2026-02-28"),
        ("2024-02-29", "+", "P1Y", "2025-02-28"),
        ("2024-02-29", "-", "P48M", "2020-02-29"),
        ("P1M", "+", "2026-12-15", "2027-01-15"),
        ("2026-11-21", "+", "PT36H", "2026-11-22"),
        ("2026-11-21", "-", "PT1H", "2026-11-20"),
        ("999999999-12-31", "+", "P1D", None),
        ("-999999999-01-01", "-", "P1M", None),
        ("0001-01-01", "-", "P1D", "0000-12-31"),
        ("23:30:00+07:00", "+", "PT1H", "00:30:00+07:00"),
        ("00:30:00", "-", "P2DT1H", "23:30:00"),
        ("2026-11-21T23:30:00@Asia/Jakarta", "+", "PT1H", "2026-11-22T00:30:00@Asia/Jakarta"),
        ("2026-03-28T12:00:00@Europe/Paris", "+", "P1D", "2026-03-29T13:00:00@Europe/Paris"),
        ("2026-03-28T12:00:00@Europe/Paris", "+", "P1M", "2026-04-28T12:00:00@Europe/Paris"),
        ("999999999-12-31T23:00:00", "+", "PT1H", None),
        ("2026-11-21", "-", "2026-11-01", "P20D"),
        ("2026-11-21T10:00:00+07:00", "-", "2026-11-21T10:00:00Z", "-PT7H"),
        ("2026-11-21T10:00:00@Asia/Jakarta", "-", "2026-11-21", "PT3H"),
        ("2026-11-21T10:00:00", "-", "2026-11-21", None),
        ("2026-11-21T10:00:00", "-", "2026-11-21T10:00:00Z", None),
        ("10:00:00", "-", "11:30:00", "-PT1H30M"),
        ("10:00:00+08:00", "-", "10:00:00+07:00", "-PT1H"),
        ("10:00:00+08:00", "-", "10:00:00", None),
        ("P1D", "-", "PT25H", "-PT1H"),
        ("P1Y", "+", "P2M", "P1Y2M"),
        ("P1Y", "+", "P2D", None),
        ("P1D", "-", "2026-11-21", None),
        ("2026-11-21", "+", "2026-11-21", None),
        ("10:00:00", "+", "P1M", None),
        ("P1DT1H", "*", "-1.5", "-P1DT13H30M"),
        ("2.5", "*", "P1Y11M", "P4Y9M"),
        ("-2.5", "*", "P1Y11M", "-P4Y9M"),
        ("PT1S", "*", "0.0000000016", "PT0.000000002S"),
        ("PT3S", "/", "3", "PT1S"),
        ("P10Y11M", "/", "2.5", "P4Y4M"),
        ("P1D", "/", "PT8H", "3"),
        ("P1Y", "/", "P8M", "1.5"),
        ("P1D", "/", "0", None),
        ("P1D", "/", "P0D", None),
        ("P1D", "/", "P1M", None),
        ("2", "/", "P1D", None),
        ("P1D", "*", "P1D", None),
        ("P1D", "*", "1E+300", None),
        ("P1D", "/", "1E-300", None),
        ("P999999999999M", "*", "9999999", None),
    ],
)
def test_an_operation_gives_its_value_or_none(
    left: str, operator: str, right: str, result: str | None
) -> None:
    assert written(OPERATIONS[operator](value(left), value(right))) == result


@pytest.mark.parametrize("other", [None, Decimal(1), "teks", True, [], {}])
@pytest.mark.parametrize("text", ["2026-11-21", "10:00:00", "2026-11-21T10:00:00Z"])
def test_a_moment_means_nothing_together_with_what_is_no_duration(text: str, other: Datum) -> None:
    for operate in (*OPERATIONS.values(), compare):
        assert operate(value(text), other) is None
        assert operate(other, value(text)) is None


def test_only_a_duration_is_negated() -> None:
    assert written(negate(value("P1DT2H"))) == "-P1DT2H"
    assert written(negate(value("-P5M"))) == "P5M"
    assert negate(value("2026-11-21")) is None


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        ("2026-11-21", "2026-11-22", (-1, False)),
        ("-0001-01-01", "0001-01-01", (-1, False)),
        ("10:00:00Z", "10:00:00+00:00", (0, True)),
        ("10:00:00+07:00", "10:30:00+08:00", (1, False)),
        ("10:00:00.1", "10:00:00.2", (0, True)),
        ("10:00:00+07:00", "10:00:00@Asia/Jakarta", (0, True)),
        ("2026-11-21T10:00:00+07:00", "2026-11-21T03:00:00Z", (0, True)),
        ("2026-11-21T10:00:00@Asia/Jakarta", "2026-11-21T12:00:00@Asia/Jayapura", (0, True)),
        ("2026-11-21T10:00:00", "2026-11-21T11:00:00+07:00", (-1, False)),
        ("2026-11-21T10:00:00", "2026-11-21T10:00:00+07:00", (0, False)),
        ("2026-03-29T12:00:00@Europe/Paris", "2026-03-29T10:00:00Z", (0, True)),
        ("PT24H", "P1D", (0, True)),
        ("P1DT0.5S", "P1D", (1, False)),
        ("P12M", "P1Y", (0, True)),
        ("P1Y", "P365D", (None, None)),
        ("2026-11-21", "2026-11-21T00:00:00", (None, None)),
    ],
)
def test_two_values_of_a_kind_are_compared(
    left: str, right: str, outcome: tuple[int | None, bool | None]
) -> None:
    order, same = outcome
    found = compare(value(left), value(right))
    assert (None if found is None else (found > 0) - (found < 0)) == order
    assert equal(value(left), value(right)) is same


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026-11-21", {"year": "2026", "month": "11", "day": "21", "weekday": "6", "hour": None}),
        ("10:20:30.250", {"hour": "10", "minute": "20", "second": "30.25", "timezone": None}),
        ("10:20:30+07:00", {"time offset": "PT7H", "timezone": None, "year": None}),
        ("10:20:30@Asia/Jakarta", {"time offset": "PT7H", "timezone": "Asia/Jakarta"}),
        (
            "2026-07-01T10:20:30@Europe/Paris",
            {"year": "2026", "weekday": "3", "hour": "10", "time offset": "PT2H", "second": "30"},
        ),
        ("2026-07-01T10:20:30", {"time offset": None, "timezone": None}),
        ("P1DT2H3M4.5S", {"days": "1", "hours": "2", "minutes": "3", "seconds": "4.5"}),
        ("-P1DT2H3M4S", {"days": "-1", "hours": "-2", "minutes": "-3", "seconds": "-4"}),
        ("P1D", {"seconds": "0", "months": None, "years": None}),
        ("-P1Y2M", {"years": "-1", "months": "-2", "days": None}),
    ],
)
def test_a_part_is_found_by_its_name(text: str, parts: dict[str, str | None]) -> None:
    assert {name: written(property_of(value(text), name)) for name in parts} == parts


@given(MOMENTS | DATES, SHORT)
def test_what_is_added_can_be_taken_away_again(
    moment: DateTime | Date, length: DaysDuration
) -> None:
    whole = length.nanoseconds // A_DAY * A_DAY
    length = DaysDuration(nanoseconds=whole) if isinstance(moment, Date) else length
    assert subtract(add(moment, length), length) == moment
    assert subtract(add(moment, length), moment) == length


@given(st.lists(MOMENTS.filter(lambda each: each.time.zone is not None), min_size=3, max_size=3))
def test_the_order_of_moments_is_total(moments: list[DateTime]) -> None:
    one, two, three = sorted(moments, key=instant_of)
    for before, after in ((one, two), (two, three), (one, three)):
        order, back = compare(before, after), compare(after, before)
        assert order is not None
        assert order <= 0
        assert back == -order


@given(st.dates(), st.dates())
def test_the_calendar_is_pythons_where_python_has_one(day: date, other: date) -> None:
    found = date_from(day.year, day.month, day.day)
    ending = date_from(other.year, other.month, other.day)
    assert found is not None
    assert ending is not None
    assert days_of(found) == (day - date(1970, 1, 1)).days
    assert date_of(days_of(found)) == found
    assert (week_of(found), weekday_of(found)) == day.isocalendar()[1:]
    assert day_of_year(found) == day.timetuple().tm_yday


@given(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)))
def test_whole_months_between_two_dates_reach_just_to_the_second(day: date, other: date) -> None:
    start, end = (value(each.isoformat()) for each in sorted((day, other)))
    assert isinstance(start, Date)
    assert isinstance(end, Date)
    months = months_between(start, end)
    assert months == -months_between(end, start)
    reached, beyond = (
        compare(add(start, MonthsDuration(months=each)), end) for each in (months, months + 1)
    )
    assert reached is not None
    assert reached <= 0
    assert beyond is not None
    assert beyond >= 0


@given(DAYS)
def test_each_number_of_days_is_one_date(days: int) -> None:
    found = date_of(days)
    assert found is not None
    assert days_of(found) == days


@given(
    st.integers(-600_000_000, 13_000_000_000),
    st.sampled_from(["Europe/Paris", "Australia/Melbourne", "Asia/Jakarta"]),
)
def test_a_zone_is_pythons_where_python_has_dates(second: int, name: str) -> None:
    found = at_instant(second * A_SECOND, Zone(name=name))
    assert found is not None
    here = datetime.fromtimestamp(second, ZoneInfo(name)).replace(tzinfo=None)
    assert text_of(found) == f"{here.isoformat()}@{name}"


@given(st.integers(2_500_000_000, 20_000_000_000), st.integers(0, 10**6))
def test_a_zone_goes_on_after_the_year_9999_as_400_years_before(second: int, cycles: int) -> None:
    zone = Zone(name="Europe/Paris")
    near, far = (
        at_instant(each * A_SECOND, zone) for each in (second, second + cycles * 400 * A_YEAR)
    )
    assert near is not None
    assert far is not None
    assert near.time == far.time


def test_a_duration_has_a_longest_one() -> None:
    longest = DaysDuration(nanoseconds=LONGEST)
    assert add(longest, DaysDuration(nanoseconds=1)) is None
    assert multiply(longest, Decimal(1)) == longest
