"""Numbers and money, by Indonesian rules."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import NUMBER, problem_of, typed_value, value_of

if TYPE_CHECKING:
    from engine.variables import Value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1500000", "1500000"),
        ("1.500.000", "1500000"),
        ("1.500.000,50", "1500000.5"),
        ("1500,75", "1500.75"),
        ("1.500", "1500"),
        ("-12,5", "-12.5"),
        ("007", "7"),
        ("-0", "0"),
        ("Rp 1.500.000", "1500000"),
        ("Rp1.500.000,-", "1500000"),
        ("Rp. 1.500", "1500"),
        ("Rp\N{NO-BREAK SPACE}1.500", "1500"),
    ],
)
def test_a_number_is_read_by_indonesian_rules(text: str, number: str) -> None:
    read = value_of(NUMBER, text)
    assert isinstance(read, Decimal)
    assert str(read) == number


@pytest.mark.parametrize(
    ("text", "fraction", "whole"),
    [
        ("1.5", "1,5", "15"),
        ("1500.75", "1.500,75", "150.075"),
        ("1500.750", "1.500,75", "1.500.750"),
        ("0.500", "0,5", "500"),
        ("-2.25", "-2,25", "-225"),
    ],
)
def test_a_figure_that_can_mean_two_things_is_asked_back(
    text: str, fraction: str, whole: str
) -> None:
    assert problem_of(NUMBER, text) == (
        "number_ambiguous",
        {"text": text, "fraction": fraction, "whole": whole},
    )


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "1,5,0",
        "1.500.00",
        "1,500.75",
        "1e5",
        "+5",
        "--5",
        "NaN",
        "Infinity",
        "٣",
        "1 000",
        "0x1",
        "5,",
        ",5",
        "Rp",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert problem_of(NUMBER, text)[0] == "number_invalid"


def test_a_number_has_limits() -> None:
    assert problem_of(NUMBER, "1,505") == ("number_decimals", {"limit": "2"})
    assert value_of(NUMBER, "1,500") == Decimal("1.5")
    assert problem_of({"type": "number", "decimalDigits": 0}, "1,5") == (
        "number_decimals",
        {"limit": "0"},
    )
    between = {**NUMBER, "validate": {"min": 1, "max": 1500}}
    assert value_of(between, "1.500") == 1500
    assert problem_of(between, "0") == ("number_small", {"limit": "Rp 1"})
    assert problem_of(between, "1.501") == ("number_large", {"limit": "Rp 1.500"})
    assert problem_of(NUMBER, "9" * 31)[0] == "number_long"
    assert problem_of(NUMBER, "9" * 300_000)[0] == "number_long"


def test_a_number_may_go_in_steps() -> None:
    steps = {"type": "number", "increment": 500}
    assert value_of(steps, "1.500") == 1500
    assert value_of(steps, "0") == 0
    assert value_of(steps, "-500") == -500
    assert problem_of(steps, "1.600") == (
        "number_step",
        {"step": "500", "below": "1.500", "above": "2.000"},
    )
    assert problem_of(steps, "-100") == (
        "number_step",
        {"step": "500", "below": "-500", "above": "0"},
    )
    money = {**NUMBER, "increment": "0.25"}
    assert value_of(money, "0,75") == Decimal("0.75")
    assert problem_of(money, "0,80")[1]["above"] == "Rp 1"


def test_limits_may_stand_in_the_file_as_text() -> None:
    between = {**NUMBER, "validate": {"min": "1.5", "max": "1500"}}
    assert problem_of(between, "1") == ("number_small", {"limit": "Rp 1,50"})
    assert problem_of(between, "1.501") == ("number_large", {"limit": "Rp 1.500"})


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (Decimal("1500.5"), Decimal("1500.5")),
        (Decimal("1500.500"), Decimal("1500.5")),
        (Decimal("NaN"), "field_wrong_type"),
        (Decimal("1e400"), "number_long"),
        (Decimal("1e-400"), "number_long"),
        (Decimal("0e999999"), "number_long"),
        (Decimal("1.005"), "number_decimals"),
        ("1500", "field_wrong_type"),
        (True, "field_wrong_type"),
        ([], "field_wrong_type"),
        (None, None),
    ],
)
def test_a_typed_number_follows_the_same_rules(value: Value, result: object) -> None:
    assert typed_value(NUMBER, value) == result
