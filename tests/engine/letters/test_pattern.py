"""The pattern of a number: what it says, and what would make doubles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.letters.pattern import PatternCode, Placeholder, day_values, problems_of, read_pattern

CODES = st.text("0123456789AZ.-", min_size=1, max_size=6).filter(lambda c: c[0] not in ".-")


def written(pattern: str, day: date, number: str = "007") -> str:
    values = {
        **day_values(day),
        Placeholder.NUMBER: number,
        Placeholder.CLASSIFICATION: "000.8.3.3",
        Placeholder.UNIT: "KOP",
    }
    return read_pattern(pattern).fill(values)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{klasifikasi}/{nomor}/{unit}", "000.8.3.3/007/KOP"),
        ("{nomor}/{unit}/{bulan}/{tahun}", "007/KOP/07/2026"),
        ("140/{nomor}/TGR/{bulan_romawi}/{tahun}", "140/007/TGR/VII/2026"),
        ("{nomor}", "007"),
        ("W-{nomor} th. {tahun}", "W-007 th. 2026"),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, text: str) -> None:
    assert problems_of(pattern, None) == ()
    assert written(pattern, date(2026, 7, 9)) == text


def test_months_are_roman_all_the_year() -> None:
    months = [written("{nomor}{bulan_romawi}", date(2026, m, 1), "") for m in range(1, 13)]
    assert months == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


@pytest.mark.parametrize(
    ("pattern", "told_apart", "code"),
    [
        (" ", None, PatternCode.EMPTY),
        ("{nomor}" + "x" * 200, None, PatternCode.LONG),
        ("{nomor}\t", None, PatternCode.CONTROL),
        ("{nomor}/{tahun", None, PatternCode.BRACE),
        ("{nomor}/{hari}", None, PatternCode.UNKNOWN),
        ("{klasifikasi}/{tahun}", None, PatternCode.NUMBER_MISSING),
        ("{nomor}/{nomor}", None, PatternCode.NUMBER_TWICE),
        ("{nomor}/{tahun}", Placeholder.CLASSIFICATION, PatternCode.SCOPE_MISSING),
        ("{klasifikasi}/{nomor}", Placeholder.UNIT, PatternCode.SCOPE_MISSING),
        ("{klasifikasi}{nomor}", None, PatternCode.SEPARATOR),
        ("{nomor}.{klasifikasi}", None, PatternCode.SEPARATOR),
        ("{unit}-2-{nomor}", None, PatternCode.SEPARATOR),
    ],
)
def test_a_pattern_that_would_make_doubles_is_refused(
    pattern: str, told_apart: Placeholder | None, code: PatternCode
) -> None:
    assert code in {problem.code for problem in problems_of(pattern, told_apart)}


@given(one=st.tuples(CODES, st.integers(1, 9999)), other=st.tuples(CODES, st.integers(1, 9999)))
@pytest.mark.parametrize("pattern", ["{klasifikasi}/{nomor}", "{nomor} ({klasifikasi})"])
def test_numbers_of_two_classifications_never_read_alike(
    pattern: str, one: tuple[str, int], other: tuple[str, int]
) -> None:
    def text(code: str, number: int) -> str:
        values = {Placeholder.CLASSIFICATION: code, Placeholder.NUMBER: f"{number:03}"}
        return read_pattern(pattern).fill(values)

    assert problems_of(pattern, Placeholder.CLASSIFICATION) == ()
    assert (text(*one) == text(*other)) == (one == other)
