"""Days as they are typed, and the moments at which something begins or ends in the office's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.errors import InvalidSubmission
from web.days import beginning, day_of, ending, last_day

WIT = ZoneInfo("Asia/Jayapura")
NOW = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
"""Half past five in the morning of the 21st in Jayapura."""


@pytest.mark.parametrize(
    "text",
    ["2026-12-05", "2026-12-5", "5/12/2026", "05-12-2026", "5.12.2026", " 5  Desember 2026 ", "5 desember 2026"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day_of(text) == date(2026, 12, 5)


@pytest.mark.parametrize(
    "text",
    ["", "besok", "5/12/26", "31/2/2026", "2026-13-01", "5 Dec 2026", "0/1/2026", "1/1/1800", "1/1/2200", "٥/١٢/٢٠٢٦"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        day_of(text)
    assert refused.value.code == "day_shape"


def test_today_in_the_office_begins_at_once_and_other_days_at_midnight_there() -> None:
    assert beginning("21/11/2026", NOW, WIT) == beginning("", NOW, WIT) == NOW
    assert beginning("22/11/2026", NOW, WIT) == datetime(2026, 11, 21, 15, tzinfo=UTC)
    assert beginning("20/11/2026", NOW, WIT) == datetime(2026, 11, 19, 15, tzinfo=UTC)


def test_the_last_day_still_counts_to_its_end() -> None:
    end = ending("22/11/2026", WIT)
    assert end == datetime(2026, 11, 22, 15, tzinfo=UTC)
    assert last_day(end, WIT) == date(2026, 11, 22)
    assert last_day(NOW, WIT) == date(2026, 11, 21)
    assert ending(" ", WIT) is None
