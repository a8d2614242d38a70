"""When timers come: tables of texts read by hand, and properties that hold for every one of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.timer import (
    MOST_COUNTED,
    Occurrence,
    TimerInvalid,
    TimerKind,
    check,
    first,
    following,
)
from engine.wait import ENDLESS

JAKARTA = ZoneInfo("Asia/Jakarta")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 1, 31, 10, 0, tzinfo=JAKARTA)
BEFORE_SPRING = datetime(2026, 3, 7, 0, 0, tzinfo=NEW_YORK)
BEFORE_AUTUMN = datetime(2026, 11, 1, 0, 0, tzinfo=NEW_YORK)


def local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")


def times(
    text: str,
    *,
    now: datetime = NOW,
    zone: ZoneInfo = JAKARTA,
    most: int = 4,
    kind: TimerKind = TimerKind.CYCLE,
) -> list[str]:
    """Give the first times of a timer that is never late, in wall-clock time."""
    found = [first(kind, text, now=now, zone=zone)]
    while len(found) < most:
        came = found[-1]
        after, missed = following(kind, came.text, came, now=came.due_at, zone=zone)
        assert missed == 0
        if after is None:
            break
        found.append(after)
    return [local(one.due_at, zone) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", "2026-11-22 00:00"),
        ("2026-11-22T10:00", "2026-11-22 10:00"),
        ("2026-11-22T10:00:30", "2026-11-22 10:00:30"),
        ("2026-11-22T10:00Z", "2026-11-22 17:00"),
        ("2026-11-22T10:00+09:00", "2026-11-22 08:00"),
        ("2026-11-22T10:00+0900", "2026-11-22 08:00"),
        ("2026-11-22T10:00[Asia/Makassar]", "2026-11-22 09:00"),
        ("2026-11-22T10:00+07:00[Asia/Jakarta]", "2026-11-22 10:00"),
        (" 2026-11-22 ", "2026-11-22 00:00"),
        ("2020-01-01", "2020-01-01 00:00"),
    ],
)
def test_a_date_is_a_moment_in_the_agencys_zone_unless_it_has_one_of_its_own(
    text: str, expected: str
) -> None:
    assert times(text, kind=TimerKind.DATE) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT1H", "2026-01-31 11:00"),
        ("PT10S", "2026-01-31 10:00:10"),
        ("P1D", "2026-02-01 10:00"),
        ("P1W", "2026-02-07 10:00"),
        ("P1M", "2026-02-28 10:00"),
        ("P1Y", "2027-01-31 10:00"),
        ("P1M1DT2H", "2026-03-01 12:00"),
    ],
)
def test_a_length_is_calendar_time_from_now(text: str, expected: str) -> None:
    assert times(text, kind=TimerKind.DURATION) == [expected]


def test_a_day_keeps_the_wall_clock_where_it_changes_and_24_hours_dont() -> None:
    now = datetime(2026, 3, 7, 12, 0, tzinfo=NEW_YORK)
    assert times("P1D", now=now, zone=NEW_YORK, kind=TimerKind.DURATION) == ["2026-03-08 12:00"]
    assert times("PT24H", now=now, zone=NEW_YORK, kind=TimerKind.DURATION) == ["2026-03-08 13:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # without start: the first time is one length from now, and there are as many as counted
        ("R2/PT1H", ["2026-01-31 11:00", "2026-01-31 12:00"]),
        ("R1/P1D", ["2026-02-01 10:00"]),
        ("R3/P1M", ["2026-02-28 10:00", "2026-03-31 10:00", "2026-04-30 10:00"]),
        ("R/P1M", ["2026-02-28 10:00", "2026-03-31 10:00", "2026-04-30 10:00", "2026-05-31 10:00"]),
        # with a start, which is the first time
        ("R2/2026-03-01T08:00/P1D", ["2026-03-01 08:00", "2026-03-02 08:00"]),
        ("R3/2026-01-30/P1D", ["2026-02-01 00:00"]),
        ("R2/2026-01-31T10:00/P1D", ["2026-01-31 10:00", "2026-02-01 10:00"]),
        ("R/2025-01-01T07:00/P1W", ["2026-02-04 07:00", "2026-02-11 07:00", "2026-02-18 07:00", "2026-02-25 07:00"]),
        # with an end, which is the last time: counted back from it
        ("R2/P1D/2026-03-01", ["2026-02-28 00:00", "2026-03-01 00:00"]),
        ("R/PT6H/2026-02-01", ["2026-01-31 12:00", "2026-01-31 18:00", "2026-02-01 00:00"]),
    ],
)  # fmt: skip
def test_a_cycle_comes_at_these_times(text: str, expected: list[str]) -> None:
    assert times(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 0 8 ? * MON-FRI", ["2026-02-02 08:00", "2026-02-03 08:00", "2026-02-04 08:00"]),
        ("0 0 8 ? * FRI-SUN", ["2026-02-01 08:00", "2026-02-06 08:00", "2026-02-07 08:00"]),
        ("0 0 8 ? * SUN", ["2026-02-01 08:00", "2026-02-08 08:00", "2026-02-15 08:00"]),
        ("0 0 8 ? * MON#2", ["2026-02-09 08:00", "2026-03-09 08:00", "2026-04-13 08:00"]),
        ("0 0 8 ? * friL", ["2026-02-27 08:00", "2026-03-27 08:00", "2026-04-24 08:00"]),
        ("0 0 8 L * ?", ["2026-02-28 08:00", "2026-03-31 08:00", "2026-04-30 08:00"]),
        ("0 0 8 LW * ?", ["2026-02-27 08:00", "2026-03-31 08:00", "2026-04-30 08:00"]),
        ("0 0 8 5 JAN,JUL *", ["2026-07-05 08:00", "2027-01-05 08:00", "2027-07-05 08:00"]),
        ("0 0/20 10 * * ?", ["2026-01-31 10:20", "2026-01-31 10:40", "2026-02-01 10:00"]),
        ("30 0 12 * * ?", ["2026-01-31 12:00:30", "2026-02-01 12:00:30", "2026-02-02 12:00:30"]),
        ("0 0 0 29 2 ?", ["2028-02-29 00:00", "2032-02-29 00:00", "2036-02-29 00:00"]),
        ("0 0 8 1 1 ? 2028,2030-2031", ["2028-01-01 08:00", "2030-01-01 08:00", "2031-01-01 08:00"]),
        ("0 0 0 1 1 ? 2028", ["2028-01-01 00:00"]),
    ],
)  # fmt: skip
def test_a_cron_text_comes_at_these_times(text: str, expected: list[str]) -> None:
    assert times(text, most=3) == expected


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        # the hour from 2 to 3 is left out on 8 March: its times come behind the gap
        ("0 30 2 * * ?", BEFORE_SPRING, ["2026-03-07 02:30", "2026-03-08 03:00", "2026-03-09 02:30"]),
        ("R/2026-03-07T02:30/P1D", BEFORE_SPRING, ["2026-03-07 02:30", "2026-03-08 03:30", "2026-03-09 02:30"]),
        # the hour from 1 to 2 comes twice on 1 November: a fixed time comes once, each half hour comes each time
        ("0 30 1 * * ?", BEFORE_AUTUMN, ["2026-11-01 01:30", "2026-11-02 01:30", "2026-11-03 01:30"]),
        ("0 0/30 * * * ?", BEFORE_AUTUMN.replace(hour=1), ["2026-11-01 01:30", "2026-11-01 01:00", "2026-11-01 01:30"]),
        ("R/PT12H", BEFORE_SPRING.replace(day=8), ["2026-03-08 13:00", "2026-03-09 01:00", "2026-03-09 13:00"]),
    ],
)  # fmt: skip
def test_a_cycle_goes_on_where_the_clock_is_changed(
    text: str, now: datetime, expected: list[str]
) -> None:
    assert times(text, now=now, zone=NEW_YORK, most=3) == expected


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (TimerKind.DATE, "", "timer_empty"),
        (TimerKind.DATE, "   ", "timer_empty"),
        (TimerKind.DATE, "besok", "timer_date"),
        (TimerKind.DATE, "2026-02-30", "timer_date"),
        (TimerKind.DATE, "22/11/2026", "timer_date"),
        (TimerKind.DATE, "2026-11-22 10:00", "timer_date"),
        (TimerKind.DATE, "P1D", "timer_date"),
        (TimerKind.DATE, "9999-12-31", "timer_too_far"),
        (TimerKind.DATE, "2026-11-22T10:00[Asia/Atlantis]", "timer_zone"),
        (TimerKind.DATE, "2026-11-22T10:00[Asia]", "timer_zone"),
        (TimerKind.DATE, "2026-11-22T10:00[/etc/passwd]", "timer_zone"),
        (TimerKind.DURATION, "", "timer_empty"),
        (TimerKind.DURATION, "P", "timer_duration"),
        (TimerKind.DURATION, "3 hari", "timer_duration"),
        (TimerKind.DURATION, "PT1.5H", "timer_duration"),
        (TimerKind.DURATION, "-PT1H", "timer_negative"),
        (TimerKind.DURATION, "PT0S", "timer_zero"),
        (TimerKind.DURATION, "P0D", "timer_zero"),
        (TimerKind.DURATION, "P9000Y", "timer_too_far"),
        (TimerKind.CYCLE, "R/PT59S", "timer_too_often"),
        (TimerKind.CYCLE, "R5/-PT1H", "timer_negative"),
        (TimerKind.CYCLE, "R5/PT0S", "timer_zero"),
        (TimerKind.CYCLE, "R0/PT1H", "timer_zero"),
        (TimerKind.CYCLE, "R-1/PT1H", "timer_cycle"),
        (TimerKind.CYCLE, "R/P1D/2026-01-01/2027-01-01", "timer_cycle"),
        (TimerKind.CYCLE, "R/2026-01-01/2027-01-01", "timer_duration"),
        (TimerKind.CYCLE, "R9999/P1Y", "timer_too_far"),
        (TimerKind.CYCLE, "P1D", "timer_cron_fields"),
        (TimerKind.CYCLE, "0 8 * * *", "timer_cron_fields"),
        (TimerKind.CYCLE, "@daily", "timer_cron_fields"),
        (TimerKind.CYCLE, "0 0 8 ? * 2-6", "timer_cron_weekday_number"),
        (TimerKind.CYCLE, "0 0 8 ? * 6#3", "timer_cron_weekday_number"),
        (TimerKind.CYCLE, "0 0 8 1 * MON", "timer_cron_both_days"),
        (TimerKind.CYCLE, "0 0 8 15W * ?", "timer_cron_unsupported"),
        (TimerKind.CYCLE, "0 0 8 L-3 * ?", "timer_cron_unsupported"),
        (TimerKind.CYCLE, "0 0 8 ? * MON/2", "timer_cron_unsupported"),
        (TimerKind.CYCLE, "0 0 8 ? * 2/2", "timer_cron_weekday_number"),
        (TimerKind.CYCLE, "0 0 8 ? * L", "timer_cron_unsupported"),
        (TimerKind.CYCLE, "0 0 8 31 2 ?", "timer_cron"),
        (TimerKind.CYCLE, "0 0 25 * * ?", "timer_cron"),
        (TimerKind.CYCLE, "60 0 8 * * ?", "timer_cron"),
        (TimerKind.CYCLE, "? 0 8 * * ?", "timer_cron"),
        (TimerKind.CYCLE, "0 0 8 * * ? abad", "timer_cron"),
        (TimerKind.CYCLE, "0 0 8 * * ? 2030-2026", "timer_cron"),
        (TimerKind.CYCLE, "0 0 ? * * ?", "timer_cron"),
        (TimerKind.CYCLE, "* * * * * ?", "timer_too_often"),
        (TimerKind.CYCLE, "0/30 * * * * ?", "timer_too_often"),
        (TimerKind.CYCLE, "0 " * 200, "timer_cycle"),
    ],
)
def test_a_text_that_no_timer_can_follow_is_refused_with_its_code(
    kind: TimerKind, text: str, code: str
) -> None:
    with pytest.raises(TimerInvalid) as refused:
        check(kind, text)
    assert refused.value.code == code
    assert refused.value.params == {"kind": kind.value, "text": text[:80]}


@pytest.mark.parametrize("text", ["R3/2020-01-01/P1D", "R/P1D/2026-01-01", "0 0 8 1 1 ? 2020"])
def test_a_cycle_whose_times_are_all_over_does_not_begin(text: str) -> None:
    check(TimerKind.CYCLE, text)
    with pytest.raises(TimerInvalid) as refused:
        first(TimerKind.CYCLE, text, now=NOW, zone=JAKARTA)
    assert refused.value.code == "timer_over"


def test_a_counted_cycle_says_how_often_it_still_comes_and_an_endless_one_that_it_has_no_end() -> (
    None
):
    def lefts(text: str) -> list[int]:
        found = [first(TimerKind.CYCLE, text, now=NOW, zone=JAKARTA)]
        while len(found) < 3:
            came = found[-1]
            after, _ = following(TimerKind.CYCLE, came.text, came, now=NOW, zone=JAKARTA)
            assert after is not None
            found.append(after)
        return [one.left for one in found]

    assert lefts("R3/PT1H") == [2, 1, 0]
    assert lefts("R/PT1H") == [ENDLESS, ENDLESS, ENDLESS]
    assert lefts("R/P1D/2026-02-03") == [ENDLESS, ENDLESS, 0]
    assert lefts("0 0 8 * * ?") == [ENDLESS, ENDLESS, ENDLESS]


def test_each_time_of_a_counted_cycle_comes_also_a_year_late() -> None:
    a_year_later = NOW + timedelta(days=365)
    one = first(TimerKind.CYCLE, "R3/PT1H", now=NOW, zone=JAKARTA)
    two, missed_two = following(TimerKind.CYCLE, one.text, one, now=a_year_later, zone=JAKARTA)
    assert two is not None
    three, missed_three = following(TimerKind.CYCLE, two.text, two, now=a_year_later, zone=JAKARTA)
    assert three is not None
    assert local(three.due_at, JAKARTA) == "2026-01-31 13:00"
    assert (missed_two, missed_three) == (0, 0)
    last = following(TimerKind.CYCLE, three.text, three, now=a_year_later, zone=JAKARTA)
    assert last == (None, 0)


@pytest.mark.parametrize(
    ("text", "late", "expected", "missed"),
    [
        ("R/PT1H", timedelta(hours=10, minutes=30), "2026-01-31 22:00", 10),
        ("R/P1M", timedelta(days=360), "2027-02-28 10:00", 11),
        ("R/P1D/2026-02-10", timedelta(days=3), "2026-02-05 00:00", 3),
        ("0 0 8 * * ?", timedelta(days=31), "2026-03-05 08:00", 31),
    ],
)
def test_times_without_a_count_that_have_gone_by_come_once_and_then_in_the_future(
    text: str, late: timedelta, expected: str, missed: int
) -> None:
    came = first(TimerKind.CYCLE, text, now=NOW, zone=JAKARTA)
    after, skipped = following(
        TimerKind.CYCLE, came.text, came, now=came.due_at + late, zone=JAKARTA
    )
    assert after is not None
    assert (local(after.due_at, JAKARTA), skipped) == (expected, missed)


def test_what_goes_by_behind_the_end_is_counted_too() -> None:
    came = first(TimerKind.CYCLE, "R/P1D/2026-02-10", now=NOW, zone=JAKARTA)
    late = NOW + timedelta(days=100)
    assert following(TimerKind.CYCLE, came.text, came, now=late, zone=JAKARTA) == (None, 9)


def test_skipped_minutes_of_a_year_are_counted_up_to_a_bound() -> None:
    came = first(TimerKind.CYCLE, "0 * * * * ?", now=NOW, zone=JAKARTA)
    late = NOW + timedelta(days=365, seconds=30)
    after, skipped = following(TimerKind.CYCLE, came.text, came, now=late, zone=JAKARTA)
    assert after is not None
    assert (local(after.due_at, JAKARTA), skipped) == ("2027-01-31 10:01", MOST_COUNTED)


TEXTS = st.one_of(
    st.builds(
        "R{}/{}".format,
        st.sampled_from(["", "1", "2", "5", "40"]),
        st.sampled_from(["PT1M", "PT90M", "PT25H", "P1D", "P1DT1H", "P3W", "P1M", "P1M1D", "P1Y"]),
    ),
    st.builds(
        "R{}/{}/{}".format,
        st.sampled_from(["", "5000"]),
        st.sampled_from(["2026-01-31", "2026-03-08T02:30", "2026-11-01T01:30-05:00"]),
        st.sampled_from(["PT1H", "P1D", "P1M"]),
    ),
    st.builds("R/{}/2027-06-30".format, st.sampled_from(["PT7H", "P1D", "P1M"])),
    st.sampled_from(["0 0/15 * * * ?", "0 30 2 * * ?", "30 59 1 ? * SUN", "0 0 0 L * ?"]),
)
NOWS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - given its zone below
    max_value=datetime(2027, 3, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONES = st.sampled_from(
    [JAKARTA, ZoneInfo("Asia/Jayapura"), NEW_YORK, ZoneInfo("Australia/Lord_Howe")]
)
STEPS = st.lists(
    st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=10)), max_size=12
)


@given(text=TEXTS, now=NOWS, zone=ZONES, steps=STEPS)
def test_however_the_clock_steps_each_time_lies_behind_the_one_before(
    text: str, now: datetime, zone: ZoneInfo, steps: list[timedelta]
) -> None:
    came: Occurrence | None = first(TimerKind.CYCLE, text, now=now, zone=zone)
    found = []
    for step in steps:
        if came is None:
            break
        found.append(came)
        came, missed = following(
            TimerKind.CYCLE, came.text, came, now=came.due_at + step, zone=zone
        )
        assert missed >= 0
    assert all(one.due_at < after.due_at for one, after in pairwise(found))
    assert all(one.due_at >= now for one in found)


@given(
    count=st.integers(min_value=1, max_value=30),
    length=st.sampled_from(["PT1M", "P1D", "P1M"]),
    now=NOWS,
    zone=ZONES,
    late=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900)),
)
def test_a_counted_cycle_comes_as_often_as_counted_however_late(
    count: int, length: str, now: datetime, zone: ZoneInfo, late: timedelta
) -> None:
    came: Occurrence | None = first(TimerKind.CYCLE, f"R{count}/{length}", now=now, zone=zone)
    often = 0
    while came is not None:
        often += 1
        assert came.left == count - often
        came, missed = following(TimerKind.CYCLE, came.text, came, now=now + late, zone=zone)
        assert missed == 0
    assert often == count


@given(
    length=st.sampled_from(["PT45M", "P1D", "P1M"]),
    now=NOWS,
    zone=ZONES,
    late=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=20)),
)
def test_what_a_late_endless_cycle_skips_is_what_a_punctual_one_would_have_done(
    length: str, now: datetime, zone: ZoneInfo, late: timedelta
) -> None:
    text = f"R/{length}"
    came = first(TimerKind.CYCLE, text, now=now, zone=zone)
    moment = came.due_at + late
    jumped, missed = following(TimerKind.CYCLE, came.text, came, now=moment, zone=zone)
    walked, steps = came, -1
    while walked.due_at <= moment:
        after, _ = following(TimerKind.CYCLE, walked.text, walked, now=now, zone=zone)
        assert after is not None
        walked, steps = after, steps + 1
    assert jumped == walked
    assert missed == steps


@given(st.text(max_size=30) | st.text(alphabet="R0123456789/PTDMHYSWL?*#-, []MON", max_size=40))
def test_any_text_is_either_followed_or_refused(text: str) -> None:
    for kind in TimerKind:
        try:
            came = first(kind, text, now=NOW, zone=JAKARTA)
        except TimerInvalid:
            continue
        assert came.due_at.tzinfo is UTC
