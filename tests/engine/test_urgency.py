from __future__ import annotations

import pytest
from narrowing_kit import chosen, failing

from engine.history import UserTaskCreated


@pytest.mark.parametrize(
    ("narrowing", "values", "priority"),
    [
        ("priority=80", {}, 80),
        ("priority=${tenggat}", {"tenggat": "100"}, 100),
        ("priority=${unit}", {}, 50),
        ("assignee=umum", {}, 50),
    ],
)
def test_a_task_keeps_the_priority_that_its_drawing_gives(
    narrowing: str, values: dict[str, object], priority: int
) -> None:
    dinas, case = chosen(narrowing, **values)
    assert dinas.task(case).priority == priority
    events = [record.event for record in dinas.records(case)]
    told = [e.priority for e in events if isinstance(e, UserTaskCreated) and e.element == "kerja"]
    assert told == [priority]


@pytest.mark.parametrize("text", ["101", "-1", "tinggi", "50,5"])
def test_nonsense_as_priority_stops_the_case_where_it_was(text: str) -> None:
    error = failing("priority=${tenggat}", tenggat=text)
    assert (error.code, error.params["element"]) == ("priority_invalid", "kerja")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-25", "2026-11-25"),
        ("2026-11-24T23:00Z", "2026-11-25"),
        ("2026-11-25T08:00", "2026-11-25"),
        ("2026-11-21", ""),
        ("2020-01-01", ""),
    ],
)
def test_a_task_is_put_aside_until_the_day_that_its_drawing_gives(text: str, day: str) -> None:
    dinas, case = chosen("assignee=umum followUpDate=${tenggat}", tenggat=text)
    task = dinas.task(case)
    assert (task.follow_up, task.holder) == (day, "umum")


def test_who_takes_a_task_that_was_put_aside_has_it_on_the_desk_now() -> None:
    dinas, case = chosen("followUpDate=2026-11-25")
    dinas.claim(dinas.task(case), "umum")
    assert dinas.task(case).follow_up == ""


@pytest.mark.parametrize("text", ["besok", "2026-02-30", "7"])
def test_nonsense_as_follow_up_date_stops_the_case_where_it_was(text: str) -> None:
    error = failing("followUpDate=${tenggat}", tenggat=text)
    assert (error.code, error.params["element"]) == ("follow_up_invalid", "kerja")
