"""The groups of deadlines: by the days of the office, its week ending on Sunday."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.queries.deadlines import Deadlines, DueGroup

ZONE = "Asia/Jakarta"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (None, DueGroup.NONE),
        ("2026-11-18T04:59:59.999999", DueGroup.LATE),
        ("2026-11-18T05:00:00", DueGroup.TODAY),
        ("2026-11-18T16:59:59.999999", DueGroup.TODAY),  # one moment before midnight in Jakarta
        ("2026-11-18T17:00:00", DueGroup.WEEK),
        ("2026-11-22T16:59:59.999999", DueGroup.WEEK),  # Sunday night
        ("2026-11-22T17:00:00", DueGroup.LATER),
    ],
)
def test_a_deadline_is_grouped_by_the_days_of_the_office(due: str | None, group: DueGroup) -> None:
    wednesday_noon = Deadlines.seen_at(at("2026-11-18T05:00:00"), ZONE)
    assert wednesday_noon.group_of(None if due is None else at(due)) is group


def test_on_sunday_the_week_ends_with_the_day() -> None:
    sunday = Deadlines.seen_at(at("2026-11-22T05:00:00"), ZONE)
    assert sunday.end_of_week == sunday.end_of_today
    assert sunday.group_of(at("2026-11-22T17:00:00")) is DueGroup.LATER


def test_an_office_further_east_has_another_today() -> None:
    moment = at("2026-11-21T16:00:00")  # Saturday 23.00 in Jakarta, Sunday 01.00 in Jayapura
    assert Deadlines.seen_at(moment, ZONE).today == "2026-11-21"
    assert Deadlines.seen_at(moment, "Asia/Jayapura").today == "2026-11-22"
