from __future__ import annotations

from datetime import UTC, datetime

import pytest
from narrowing_kit import chosen, failing

from engine.errors import NotAllowed


@pytest.mark.parametrize("unit", ["bidang", "sekretariat"])
def test_a_unit_chosen_in_a_form_narrows_the_next_step_to_its_people(unit: str) -> None:
    dinas, case = chosen("candidateGroups=${unit}", unit=unit)
    inside, outside = ("bidang", "umum") if unit == "bidang" else ("umum", "bidang")
    with pytest.raises(NotAllowed) as refused:
        dinas.claim(dinas.task(case), outside)
    assert refused.value.code == "not_allowed_lane"
    dinas.claim(dinas.task(case), inside)
    assert dinas.task(case).holder == inside


def test_a_post_narrows_like_a_unit() -> None:
    dinas, case = chosen("candidateGroups=umum")
    assert dinas.task(case).candidate_groups == ("umum",)
    with pytest.raises(NotAllowed):
        dinas.complete(dinas.task(case), "bidang")
    dinas.complete(dinas.task(case), "umum")


def test_several_groups_are_written_with_commas() -> None:
    dinas, case = chosen('candidateGroups="bidang, umum"')
    assert dinas.task(case).candidate_groups == ("bidang", "umum")
    dinas.claim(dinas.task(case), "umum")


def test_a_group_of_another_lane_lets_nobody_in() -> None:
    dinas, case = chosen("candidateGroups=pimpinan")
    for login in ("umum", "bidang"):
        with pytest.raises(NotAllowed):
            dinas.claim(dinas.task(case), login)


def test_a_person_narrows_by_login() -> None:
    dinas, case = chosen("candidateUsers=${orang}", orang="bidang")
    with pytest.raises(NotAllowed):
        dinas.claim(dinas.task(case), "umum")
    dinas.claim(dinas.task(case), "bidang")


def test_a_narrowed_task_is_given_only_to_those_it_is_for() -> None:
    dinas, case = chosen("candidateGroups=bidang")
    with pytest.raises(NotAllowed) as refused:
        dinas.assign(dinas.task(case), "umum", by="pengawas")
    assert refused.value.code == "person_not_eligible"
    dinas.assign(dinas.task(case), "bidang", by="pengawas")


def test_an_assignee_of_the_drawing_has_the_task_at_once() -> None:
    dinas, case = chosen("assignee=${orang}", orang="bidang")
    task = dinas.task(case)
    assert (task.state, task.holder, task.revision) == ("claimed", "bidang", 1)
    assert dinas.records(case)[-1].event.type == "user_task_assigned"


def test_nothing_chosen_narrows_nothing() -> None:
    dinas, case = chosen("candidateGroups=${unit} assignee=${orang} dueDate=${tenggat}")
    task = dinas.task(case)
    assert (task.candidate_groups, task.holder, task.due_at) == ((), None, None)


@pytest.mark.parametrize(
    ("narrowing", "values", "unknown"),
    [
        ("candidateGroups=${unit}", {"unit": "gudang"}, ["gudang"]),
        ('candidateGroups="bidang,gudang,arsip"', {}, ["arsip", "gudang"]),
        ("candidateUsers=siapa", {}, ["siapa"]),
        ("assignee=${orang}", {"orang": "siapa"}, ["siapa"]),
        ("assignee=tamu", {}, ["tamu"]),
        ("candidateGroups=tamu", {}, ["tamu"]),
    ],
)
def test_a_name_that_the_agency_does_not_have_stops_the_case_where_it_was(
    narrowing: str, values: dict[str, object], unknown: list[str]
) -> None:
    error = failing(narrowing, **values)
    assert error.code == "group_unknown"
    assert error.params == {"groups": unknown, "element": "kerja"}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-11-25", datetime(2026, 11, 25, 16, 59, 59, tzinfo=UTC)),
        ("2026-11-25T08:00", datetime(2026, 11, 25, 1, 0, tzinfo=UTC)),
        ("2026-11-25T08:00+09:00", datetime(2026, 11, 24, 23, 0, tzinfo=UTC)),
        ("2026-11-25T08:00Z", datetime(2026, 11, 25, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_due_date_is_the_end_of_that_day_in_the_office_and_a_time_is_the_office_s(
    text: str, due: datetime
) -> None:
    dinas, case = chosen("dueDate=${tenggat}", tenggat=text)
    assert dinas.task(case).due_at == due


@pytest.mark.parametrize("text", ["besok", "2026-02-30", "25-11-2026", "0001-01-01T00:00", "7"])
def test_nonsense_as_due_date_stops_the_case_where_it_was(text: str) -> None:
    error = failing("dueDate=${tenggat}", tenggat=text)
    assert (error.code, error.params["element"]) == ("due_invalid", "kerja")


def test_a_name_that_no_value_has_stops_the_case_where_it_was() -> None:
    error = failing("candidateGroups=${tidak_ada}")
    assert (error.code, error.params["name"], error.params["element"]) == (
        "variable_unknown",
        "tidak_ada",
        "kerja",
    )
