"""Dates, and dates with a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import DATE, MOMENT, Json, form_with, isi, problem_of, typed_value, value_of

from engine.form import DateTimeField, FieldCode, RawSubmission

if TYPE_CHECKING:
    from engine.variables import Value


@pytest.mark.parametrize(
    "text",
    ["2026-12-05", "5/12/2026", "05/12/2026", "5-12-2026", "5 Desember 2026", "5 DESEMBER  2026"],
)
def test_a_date_is_kept_as_iso_text(text: str) -> None:
    assert value_of(DATE, text) == "2026-12-05"


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "29/2/2026",
        "5/13/2026",
        "20261205",
        "2026-W01-1",
        "besok",
        "5 Dec 2026",
        "5/12/26",
        "0000-01-01",
        "2026-12-05T09:15",
    ],
)
def test_a_day_that_is_in_no_calendar_is_refused(text: str) -> None:
    assert problem_of(DATE, text) == ("date_invalid", {"text": text})


def test_a_leap_day_is_a_day() -> None:
    assert value_of(DATE, "29/2/2028") == "2028-02-29"


@pytest.mark.parametrize("text", ["1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_year_out_of_reach_is_refused(text: str) -> None:
    assert problem_of(DATE, text) == ("date_range", {"first": "1900", "last": "2200"})


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-05T09:15",
        "2026-12-05T09:15:00",
        "5/12/2026 9.15",
        "5/12/2026 09:15",
        "5 Desember 2026 09.15",
    ],
)
def test_a_moment_is_kept_with_seconds_in_the_offices_time(text: str) -> None:
    assert value_of(MOMENT, text) == "2026-12-05T09:15:00"


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-05",
        "09.15",
        "2026-12-05T24:00",
        "2026-12-05T09:60",
        "2026-12-05T09:15Z",
        "2026-12-05T09:15+07:00",
        "T",
        "2026-02-30T09:15",
    ],
)
def test_half_a_moment_is_refused(text: str) -> None:
    assert problem_of(MOMENT, text)[0] == "datetime_invalid"


@pytest.mark.parametrize(
    ("component", "value", "result"),
    [
        (DATE, "2026-12-05", "2026-12-05"),
        (DATE, "5/12/2026", "date_invalid"),
        (DATE, Decimal(5), "field_wrong_type"),
        (DATE, "", None),
        (MOMENT, "", None),
        (MOMENT, "2026-12-05T09:15", "2026-12-05T09:15:00"),
        (MOMENT, "2026-12-05T09:15:30", "2026-12-05T09:15:30"),
        (MOMENT, "2026-12-05 09:15", "datetime_invalid"),
        (MOMENT, "2026-12-05T09.15", "datetime_invalid"),
        (MOMENT, None, None),
    ],
)
def test_a_typed_date_is_iso_text(component: Json, value: Value, result: object) -> None:
    assert typed_value(component, value) == result


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("component", "text", "result"),
    [
        (DATE, "2026-11-21", "2026-11-21"),
        (DATE, "22/11/2026", "2026-11-22"),
        (DATE, "2026-11-20", "date_past"),
        (MOMENT, "2026-11-21T00:00", "2026-11-21T00:00:00"),
        (MOMENT, "2026-11-20T23:59", "date_past"),
        (DATE, "", None),
    ],
)
def test_a_day_before_today_may_be_refused(component: Json, text: str, result: object) -> None:
    form = form_with(isi({**component, "disallowPassedDates": True}))
    submission = form.read(RawSubmission(values={"isi": (text,)}), {}, today=TODAY)
    codes = [str(error.code) for error in submission.errors]
    assert (codes[0] if codes else submission.values["isi"]) == result
    if codes:
        assert submission.errors[0].params == {"first": "21 November 2026"}


def test_a_past_day_of_the_case_is_shown_and_has_to_be_changed() -> None:
    form = form_with(isi({**DATE, "disallowPassedDates": True}))
    raw = form.prefill({"isi": "2025-01-31"}, answered_here=False)
    assert raw.values == {"isi": ("2025-01-31",)}
    assert [e.code for e in form.read(raw, {}, today=TODAY).errors] == [FieldCode.DATE_PAST]
    assert [e.code for e in form.read_json({"isi": "2025-01-31"}, today=TODAY).errors] == [
        FieldCode.DATE_PAST
    ]


def test_a_form_that_asks_for_today_is_not_read_without() -> None:
    form = form_with(isi({**DATE, "disallowPassedDates": True}))
    with pytest.raises(ValueError, match="today"):
        form.read(RawSubmission(values={"isi": ("",)}), {})


def test_a_clock_offers_its_times_in_steps() -> None:
    (field,) = form_with(isi(MOMENT)).fields
    assert isinstance(field, DateTimeField)
    assert field.minutes == 15
    (field,) = form_with(isi({**MOMENT, "timeInterval": 5})).fields
    assert isinstance(field, DateTimeField)
    assert field.minutes == 5
    assert value_of({**MOMENT, "timeInterval": 5}, "2026-12-05T09:07") == "2026-12-05T09:07:00"
