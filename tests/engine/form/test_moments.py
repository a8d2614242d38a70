"""Dates, and dates with a time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import DATE, MOMENT, Json, problem_of, typed_value, value_of

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
