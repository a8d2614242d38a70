"""What an administrator does to the calendar: each act is in the office's history, and leaves the job that moves deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from calendar_kit import TimedDinas

from engine.calendar import (
    FASTING_WEEK,
    USUAL_WEEK,
    CalendarYear,
    Day,
    DayKind,
    Season,
    day_text,
    read_day,
    read_week,
    week_text,
)
from engine.errors import CommandRejected
from engine.ids import RequestId
from engine.job import JobKind

RAMADHAN = Season(first=date(2027, 2, 8), last=date(2027, 3, 9), week=FASTING_WEEK, name="Ramadhan")
HOURS = ((time(8), time(14)),)


def refused(dinas: TimedDinas, command: str, *given: object, **named: object) -> str:
    actor = named.pop("actor", dinas.person("admin"))
    seen = named.pop("seen", dinas.calendar.revision)
    with pytest.raises(CommandRejected) as caught:
        getattr(dinas.runtime, command)(
            *given, **named, actor=actor, request=dinas.request(), seen=seen
        )
    return caught.value.code


def last(dinas: TimedDinas) -> tuple[str, str]:
    record = dinas.office_records()[-1]
    assert record.by is not None
    return record.event.type, record.by.person


def test_a_calendar_that_nobody_touched_has_the_programs_hours_and_proposed_years() -> None:
    calendar = TimedDinas().calendar
    assert (calendar.revision, calendar.week) == (0, USUAL_WEEK)
    assert calendar.year(2026) == CalendarYear.proposed(2026)
    assert (calendar.reminds_before, calendar.escalates) == (1, True)
    assert not calendar.work.is_working_day(date(2026, 8, 17))


def test_the_programs_hours_are_those_of_the_rule() -> None:
    def minutes(week: object) -> int:
        assert isinstance(week, tuple)
        return sum(
            (end.hour * 60 + end.minute) - (begin.hour * 60 + begin.minute)
            for spans in week
            for begin, end in spans
        )

    assert minutes(USUAL_WEEK) == 37 * 60 + 30
    assert minutes(FASTING_WEEK) == 32 * 60 + 30


def test_the_first_change_of_a_year_keeps_what_was_proposed_for_it() -> None:
    dinas = TimedDinas()
    dinas.close(date(2026, 2, 8), name="  Hari   jadi ")
    year = dinas.calendar.years[2026]
    assert len(year.days) == len(CalendarYear.proposed(2026).days) + 1
    assert Day(on=date(2026, 2, 8), kind=DayKind.CLOSED, name="Hari jadi") in year.days
    assert not year.is_confirmed
    assert last(dinas) == ("calendar_day_saved", "admin")


def test_a_day_can_be_dropped_and_an_office_can_open_on_a_day_off() -> None:
    dinas = TimedDinas()
    joint = date(2026, 12, 24)
    named = {"actor": dinas.person("admin"), "request": dinas.request()}
    dinas.runtime.drop_day(joint, seen=0, **named)
    assert dinas.calendar.work.is_working_day(joint)
    assert last(dinas) == ("calendar_day_dropped", "admin")
    opened = Day(on=date(2026, 12, 25), kind=DayKind.OPEN, name="Tetap masuk")
    dinas.runtime.save_days((opened,), seen=1, actor=dinas.person("admin"), request=dinas.request())
    assert dinas.calendar.work.is_working_day(opened.on)
    assert refused(dinas, "drop_day", joint) == "not_found"


def test_a_confirmed_year_stands_in_the_history_with_its_days() -> None:
    dinas = TimedDinas()
    dinas.confirm(2026)
    event = dinas.office_records()[-1].event
    assert event.type == "calendar_year_confirmed"
    assert "2026-08-17 holiday" in event.days
    assert dinas.calendar.work.confirmed == {2026}
    assert refused(dinas, "confirm_year", 2026, is_confirmed=True) == "year_confirmed_already"
    dinas.confirm(2026, is_confirmed=False)
    assert dinas.calendar.work.confirmed == set()
    assert last(dinas) == ("calendar_year_doubted", "admin")


def test_hours_and_seasons_are_kept_and_a_season_of_the_same_day_is_replaced() -> None:
    dinas = TimedDinas()
    act = {"actor": dinas.person("admin")}
    short = (*(HOURS,) * 5, (), ())
    dinas.runtime.save_hours(short, request=dinas.request(), seen=0, **act)
    dinas.runtime.save_season(RAMADHAN, request=dinas.request(), seen=1, **act)
    longer = replace(RAMADHAN, last=date(2027, 3, 10))
    dinas.runtime.save_season(longer, request=dinas.request(), seen=2, **act)
    assert dinas.calendar.seasons == (longer,)
    assert dinas.calendar.work.spans(date(2026, 11, 23)) == HOURS
    assert dinas.calendar.work.spans(date(2027, 2, 8)) == FASTING_WEEK[0]
    dinas.runtime.drop_season(RAMADHAN.first, request=dinas.request(), seen=3, **act)
    assert dinas.calendar.seasons == ()
    types = [record.event.type for record in dinas.office_records()[-4:]]
    assert types == [
        "working_hours_changed",
        "calendar_season_saved",
        "calendar_season_saved",
        "calendar_season_dropped",
    ]


def test_the_zone_and_the_rules_are_told_apart() -> None:
    dinas = TimedDinas()
    dinas.set_rules(zone="Asia/Makassar")
    assert dinas.calendar.zone == "Asia/Makassar"
    assert dinas.store.transact(lambda tx: tx.get_agency(dinas.map.agency)).zone == "Asia/Makassar"
    assert last(dinas)[0] == "agency_zone_changed"
    dinas.set_rules(zone="Asia/Makassar", reminds_before=3, escalates=False)
    event = dinas.office_records()[-1].event
    assert (event.reminds_before, event.escalates) == (3, False)


def test_each_change_leaves_a_job_that_names_its_revision() -> None:
    dinas = TimedDinas()
    dinas.close(date(2026, 2, 8))
    dinas.confirm(2026)
    left = [job for job in dinas.store.list_jobs() if job.kind is JobKind.DEADLINES]
    assert [job.data for job in left] == [b'{"revision":1}', b'{"revision":2}']


@pytest.mark.parametrize(
    ("command", "given", "code"),
    [
        (
            "save_days",
            ((Day(on=date(2026, 1, 5), kind=DayKind.CLOSED, name=" "),),),
            "name_missing",
        ),
        (
            "save_days",
            ((Day(on=date(2026, 1, 5), kind=DayKind.CLOSED, name="x" * 201),),),
            "name_long",
        ),
        ("save_days", ((Day(on=date(1999, 1, 5), kind=DayKind.CLOSED, name="x"),),), "year_range"),
        ("save_hours", (((),) * 7,), "week_empty"),
        ("save_season", (replace(RAMADHAN, last=date(2027, 2, 7)),), "season_order"),
        ("save_season", (replace(RAMADHAN, last=date(2027, 5, 7)),), "season_long"),
        ("save_season", (replace(RAMADHAN, week=((),) * 7),), "week_empty"),
    ],
)
def test_what_a_calendar_can_not_say_is_refused(
    command: str, given: tuple[object, ...], code: str
) -> None:
    dinas = TimedDinas()
    assert refused(dinas, command, *given) == code
    assert dinas.calendar.revision == 0


def test_rules_outside_their_bounds_are_refused() -> None:
    dinas = TimedDinas()
    assert refused(dinas, "save_rules", "Europe/Paris", 1, escalates=True) == "zone_unknown"
    assert refused(dinas, "save_rules", "Asia/Jakarta", 11, escalates=True) == "reminder_range"


def test_two_seasons_share_no_day() -> None:
    dinas = TimedDinas()
    dinas.runtime.save_season(
        RAMADHAN, actor=dinas.person("admin"), request=dinas.request(), seen=0
    )
    other = replace(RAMADHAN, first=date(2027, 3, 9), last=date(2027, 3, 20))
    assert refused(dinas, "save_season", other) == "season_overlaps"


def test_only_an_administrator_changes_the_calendar_and_only_the_one_that_was_seen() -> None:
    dinas = TimedDinas()
    day = Day(on=date(2026, 1, 5), kind=DayKind.CLOSED, name="x")
    staff = dinas.person("umum")
    assert refused(dinas, "save_days", (day,), actor=staff) == "not_administrator"
    assert refused(dinas, "save_days", (day,), seen=4) == "calendar_changed"


def test_a_change_sent_twice_is_one() -> None:
    dinas = TimedDinas()
    day = Day(on=date(2026, 1, 5), kind=DayKind.CLOSED, name="x")
    for _ in range(2):
        dinas.runtime.save_days(
            (day,), actor=dinas.person("admin"), request=RequestId("sekali"), seen=0
        )
    assert dinas.calendar.revision == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("07.30-12.00, 13.00-16.00", "07.30-12.00, 13.00-16.00"),
        (" 7:30 – 12:00 ", "07.30-12.00"),
        ("08.00 sampai 14.00", "08.00-14.00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, kept: str) -> None:
    assert day_text(read_day(text)) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pagi", "hours_shape"),
        ("25.00-26.00", "hours_shape"),
        ("12.00-08.00", "hours_order"),
        ("08.00-12.00, 11.00-13.00", "hours_order"),
        (", ".join(f"{h:02}.00-{h:02}.30" for h in range(8, 13)), "hours_order"),
    ],
)
def test_hours_that_can_not_be_are_refused(text: str, code: str) -> None:
    with pytest.raises(CommandRejected) as caught:
        read_day(text)
    assert caught.value.code == code


def test_a_week_is_read_back_as_it_was() -> None:
    assert read_week(week_text(FASTING_WEEK)) == FASTING_WEEK
    with pytest.raises(CommandRejected):
        read_week("08.00-12.00")
