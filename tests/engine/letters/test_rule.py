"""A register's rule: which sequence, which period, where it begins, and what can't be a rule."""

from __future__ import annotations

from datetime import date

import pytest
from letter_kit import OUTGOING, rule

from engine.ids import RegisterId
from engine.letters.pattern import PatternCode, Placeholder
from engine.letters.rule import (
    InvalidRule,
    LetterRule,
    Reset,
    RuleCode,
    Scope,
    Source,
    expect_follows,
    expect_valid,
)

TODAY = date(2026, 11, 21)


def problems(wrong: LetterRule) -> set[tuple[str, str]]:
    with pytest.raises(InvalidRule) as refused:
        expect_valid(wrong)
    return {(problem.at, problem.code) for problem in refused.value.problems}


def test_a_number_is_written_with_its_width_and_the_unit_s_code() -> None:
    expect_valid(OUTGOING)
    assert OUTGOING.write(7, TODAY, "005", "bidang") == "005/007/KOP/XI/2026"
    assert OUTGOING.write(1234, TODAY, "005", "sekretariat") == "005/1234/SEKR/XI/2026"


def test_a_long_number_is_not_cut() -> None:
    long = rule(
        pattern="{klasifikasi}/{nomor}/DINAS-KOPERASI-DAN-USAHA-MIKRO/{bulan_romawi}/{tahun}"
    )
    assert len(long.write(7, TODAY, "000.8.3.3", "bidang")) > 50


@pytest.mark.parametrize(
    ("scope", "sequence"),
    [(Scope.REGISTER, ""), (Scope.CLASSIFICATION, "005"), (Scope.UNIT, "bidang")],
)
def test_a_sequence_is_that_of_the_register_the_classification_or_the_unit(
    scope: Scope, sequence: str
) -> None:
    assert rule(scope=scope).sequence_of("005", "bidang") == sequence


def test_sequences_begin_again_each_year_or_never() -> None:
    assert rule().period(TODAY) == "2026"
    assert rule(reset=Reset.NEVER).period(TODAY) == ""


def test_a_paper_book_is_gone_on_with_in_its_year_only() -> None:
    going_on = rule(start=513)
    assert going_on.first(TODAY) == 513
    assert going_on.first(date(2027, 1, 1)) == 1
    assert rule(start=513, reset=Reset.NEVER).first(date(2027, 1, 1)) == 513


def test_a_number_needs_what_its_pattern_or_its_sequence_names() -> None:
    plain = rule(pattern="{nomor}/{tahun}")
    assert not plain.uses(Placeholder.CLASSIFICATION)
    assert OUTGOING.uses(Placeholder.UNIT)
    assert not rule(source=Source.OUTSIDE).uses(Placeholder.UNIT)


@pytest.mark.parametrize(
    ("changes", "at", "code"),
    [
        ({"register": RegisterId("Surat Keluar")}, "register", RuleCode.REGISTER),
        ({"register": RegisterId("menggantung")}, "register", RuleCode.REGISTER),
        ({"name": ""}, "name", RuleCode.NAME),
        ({"start": 0}, "start", RuleCode.START),
        ({"width": 10}, "width", RuleCode.WIDTH),
        ({"lanes": frozenset()}, "lanes", RuleCode.LANES),
        ({"codes": {}}, "codes", RuleCode.CODES_MISSING),
        ({"codes": {"bidang": "K/P"}}, "codes", RuleCode.CODE_SHAPE),
        ({"codes": {"bidang": "KOP", "umum": "KOP"}}, "codes", RuleCode.CODE_TWICE),
        ({"pattern": "{tahun}"}, "pattern", PatternCode.NUMBER_MISSING),
        (
            {"scope": Scope.CLASSIFICATION, "pattern": "{nomor}/{tahun}"},
            "pattern",
            PatternCode.SCOPE_MISSING,
        ),
        ({"source": Source.OUTSIDE, "scope": Scope.UNIT}, "scope", RuleCode.OUTSIDE_SCOPE),
    ],
    ids=str,
)
def test_what_can_not_be_a_rule_is_refused_at_its_field(
    changes: dict[str, object], at: str, code: str
) -> None:
    assert (at, code) in problems(rule(**changes))


def test_a_register_of_numbers_from_outside_needs_no_pattern() -> None:
    expect_valid(rule(source=Source.OUTSIDE, pattern="", codes={}))


def test_another_pattern_may_hold_from_today_on() -> None:
    new = rule(pattern="{nomor}/{tahun}", valid_from=TODAY)
    expect_follows(new, OUTGOING, TODAY, last=TODAY)
    expect_follows(rule(valid_from=date(2020, 1, 1)), None, TODAY, last=None)


def follows(new: LetterRule, last: date = TODAY) -> str:
    try:
        expect_follows(new, OUTGOING, TODAY, last)
    except InvalidRule as refused:
        (problem,) = refused.problems
        return problem.code
    return ""


def test_what_is_booked_is_not_numbered_by_another_rule_afterwards() -> None:
    assert follows(rule(valid_from=date(2026, 11, 20))) == RuleCode.FROM_PAST


@pytest.mark.parametrize(
    "change", [{"scope": Scope.UNIT}, {"reset": Reset.NEVER}, {"start": 20}], ids=str
)
def test_sequences_are_cut_anew_only_with_a_new_year(change: dict[str, object]) -> None:
    assert follows(rule(valid_from=TODAY, **change)) == RuleCode.FROM_NEW_YEAR
    assert follows(rule(valid_from=date(2027, 1, 1), **change)) == ""
    assert follows(rule(valid_from=date(2027, 1, 1), **change), last=date(2027, 1, 1)) != ""
