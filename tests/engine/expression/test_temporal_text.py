"""Texts of dates, times and durations: what is read, how it is written, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time, Zone
from engine.expression.temporal.civil import date_of
from engine.expression.temporal.literal import literal, moment_in, time_in, zone_in
from engine.expression.temporal.text import iso_text, text_of
from engine.expression.temporal.timeline import A_DAY, LONGEST, time_at

LAST_DAY = 365_241_780_471

ZONES = st.none() | st.sampled_from(
    [Zone(), Zone(seconds=25_200), Zone(seconds=-9000), Zone(name="Asia/Jayapura")]
)
DATES = st.integers(-LAST_DAY, LAST_DAY).map(date_of).filter(bool)
TIMES = st.builds(time_at, st.integers(0, A_DAY - 1), ZONES)
MOMENTS = st.builds(lambda date, time: DateTime(date=date, time=time), DATES, TIMES)
DURATIONS = st.integers(-LONGEST, LONGEST).map(lambda length: DaysDuration(nanoseconds=length))
MONTHS = st.integers(-(10**18), 10**18).map(lambda months: MonthsDuration(months=months))


@given(DATES | TIMES | MOMENTS | DURATIONS | MONTHS)
def test_what_is_written_is_read_again(value: Date | Time | DateTime | DaysDuration) -> None:
    assert literal(text_of(value)) == value


@given(DATES | TIMES | MOMENTS | DURATIONS | MONTHS)
def test_the_text_that_leaves_is_read_again_without_the_name_of_a_zone(value: Date) -> None:
    left = literal(iso_text(value))
    assert left is not None
    assert iso_text(left) == iso_text(value)
    assert "@" not in iso_text(value)


@given(st.text("0123456789-:.+@TZPYMDHS/", max_size=40))
def test_a_text_of_figures_and_signs_is_a_value_with_one_text_or_none(text: str) -> None:
    value = literal(text)
    assert value is None or literal(text_of(value)) == value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("24:00:00", "00:00:00"),
        ("2021-12-31T24:00:00", "2022-01-01T00:00:00"),
        ("08:05:00.500", "08:05:00.5"),
        ("08:05:00+00:00", "08:05:00Z"),
        ("08:05:00-00:00", "08:05:00Z"),
        ("08:05:00z", "08:05:00Z"),
        ("08:05:00@Asia/Makassar", "08:05:00@Asia/Makassar"),
        ("-0044-03-15", "-0044-03-15"),
        ("0000-02-29", "0000-02-29"),
        ("999999999-12-31T23:59:59.999999999", "999999999-12-31T23:59:59.999999999"),
        ("P0D", "PT0S"),
        ("-PT0S", "PT0S"),
        ("PT36H", "P1DT12H"),
        ("PT90.25S", "PT1M30.25S"),
        ("-P1DT0.000000001S", "-P1DT0.000000001S"),
        ("P0Y", "P0M"),
        ("-P26M", "-P2Y2M"),
        ("P24M", "P2Y"),
    ],
)
def test_each_value_has_one_text(text: str, written: str) -> None:
    value = literal(text)
    assert value is not None
    assert text_of(value) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "besok",
        "2026-11-31",
        "2025-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-1-01",
        "998-12-31",
        "02026-01-01",
        "-0000-01-01",
        "+2026-01-01",
        "1000000000-01-01",
        "2026-11-21Z",
        "٢٠٢٦-١١-٢١",
        "24:00:01",
        "25:00:00",
        "10:60:00",
        "10:00:60",
        "10:00",
        "10:00:00.",
        "10:00:00.1234567891",
        "T10:00:00",
        "10:00:00+7:00",
        "10:00:00+07",
        "10:00:00+07:60",
        "10:00:00+14:01",
        "10:00:00+07:00@Asia/Jakarta",
        "10:00:00@Jakarta",
        "10:00:00@../../etc/passwd",
        "10:00:00@localtime",
        "2026-11-21 10:00:00",
        "2026-11-21T",
        "999999999-12-31T24:00:00",
        "P",
        "PT",
        "P1DT",
        "P1Y1D",
        "P1S",
        "P-1D",
        "P1.5D",
        "PT1.5H",
        "P1W",
        "p1d",
        "2026-11-21\n",
        "P" + "9" * 19 + "D",
        "PT" + "9" * 200 + "S",
    ],
)
def test_any_other_text_is_no_date_time_or_duration(text: str) -> None:
    assert literal(text) is None


def test_a_date_alone_is_the_midnight_of_wherever_one_is() -> None:
    assert moment_in("2026-11-21") == moment_in("2026-11-21T00:00:00")


def test_the_zone_of_a_time_alone_is_written_as_its_offset_without_summer_time() -> None:
    time = time_in("10:00:00@Australia/Melbourne")
    assert time is not None
    assert iso_text(time) == "10:00:00+10:00"


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("2026-01-15T10:00:00@Australia/Melbourne", "2026-01-15T10:00:00+11:00"),
        ("2026-07-15T10:00:00@Australia/Melbourne", "2026-07-15T10:00:00+10:00"),
        ("2026-03-29T02:30:00@Europe/Paris", "2026-03-29T02:30:00+01:00"),
        ("2026-10-25T02:30:00@Europe/Paris", "2026-10-25T02:30:00+02:00"),
        ("99999-07-15T10:00:00@Europe/Paris", "99999-07-15T10:00:00+02:00"),
        ("1800-01-01T00:00:00@Asia/Jakarta", "1799-12-31T16:52:48Z"),
    ],
)
def test_a_moment_leaves_with_the_offset_of_its_day(moment: str, left: str) -> None:
    value = moment_in(moment)
    assert value is not None
    assert iso_text(value) == left


def test_a_zone_is_read_by_name_or_offset() -> None:
    assert zone_in("Asia/Jayapura") == Zone(name="Asia/Jayapura")
    assert zone_in("+09:00") == Zone(seconds=9 * 3600)
    assert zone_in("Z") == Zone()
    assert zone_in("/etc/localtime") is None
