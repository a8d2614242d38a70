from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.variables import (
    MAX_DEPTH,
    InvalidValue,
    as_number,
    canonical,
    changes,
    dump,
    equal,
    load,
    object_of,
)

if TYPE_CHECKING:
    from engine.variables import Value

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda n: n.adjusted() <= 400 and int(n.as_tuple().exponent) >= -400
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
)


@given(VALUES)
def test_what_is_written_is_read_back(value: Value) -> None:
    assert load(dump(value)) == value


@given(VALUES)
def test_there_is_one_canonical_form(value: Value) -> None:
    assert dump(load(dump(value))) == dump(value)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_the_order_of_keys_does_not_matter(value: dict[str, Value]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(VALUES)
def test_any_json_reader_reads_the_canonical_form(value: Value) -> None:
    assert json.loads(canonical(value), parse_float=Decimal, parse_int=Decimal) == value


@given(NUMBERS)
def test_a_number_stays_exact(number: Decimal) -> None:
    assert load(canonical(number)) == number
    assert as_number(number) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.5"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-3"), "0.001"),
        (Decimal("0.1") + Decimal("0.2"), "0.3"),
        (12345678901234567890123456789, "12345678901234567890123456789"),
        (True, "true"),
        (None, "null"),
        ({"b": 1, "a": [True, None, "é\n\u2028"]}, '{"a":[true,null,"é\\n\u2028"],"b":1}'),
        (("x", 1), '["x",1]'),
    ],
)
def test_the_canonical_form_is_the_documented_one(value: object, text: str) -> None:
    assert canonical(value) == text


def nested(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.5, "value_type"),
        (b"x", "value_type"),
        ({1, 2}, "value_type"),
        (object, "value_type"),
        ({1: "x"}, "value_key"),
        ({1: "x", "a": "y"}, "value_key"),
        ("a\0b", "value_nul"),
        ({"a\0b": 1}, "value_nul"),
        ("\ud800", "value_surrogate"),
        ({"\udfff": 1}, "value_surrogate"),
        (Decimal("NaN"), "value_not_finite"),
        (Decimal("-Infinity"), "value_not_finite"),
        (Decimal("1E+401"), "value_number_length"),
        (Decimal("1E-401"), "value_number_length"),
        (10**401, "value_number_length"),
        (nested(MAX_DEPTH + 1), "value_depth"),
    ],
    ids=repr,
)
def test_what_no_case_can_hold_is_refused(value: object, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        canonical(value)
    assert refused.value.code == code


def test_the_deepest_value_is_accepted() -> None:
    assert canonical(nested(MAX_DEPTH)) == "[" * MAX_DEPTH + '"x"' + "]" * MAX_DEPTH


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "value_json"),
        ("{", "value_json"),
        ("'x'", "value_json"),
        (b"\xff", "value_json"),
        ("[" * 100_000, "value_json"),
        ("NaN", "value_not_finite"),
        ("-Infinity", "value_not_finite"),
        ("1e401", "value_number_length"),
        ("1e999999999999999999999", "value_number_length"),
        ("1" * 801, "value_number_length"),
    ],
    ids=lambda text: repr(text)[:20],
)
def test_what_is_no_json_of_ours_can_not_be_read(text: str | bytes, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        load(text)
    assert refused.value.code == code


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"x"'])
def test_an_object_is_asked_for_and_nothing_else_taken(data: bytes) -> None:
    with pytest.raises(InvalidValue, match="Expected a JSON object"):
        object_of(data)


def test_true_is_not_one_and_1_50_is_1_5() -> None:
    assert not equal(True, Decimal(1))  # noqa: FBT003 - the value that is compared
    assert equal(Decimal("1.50"), Decimal("1.5"))
    assert not equal("1", Decimal(1))
    assert not equal([], {})


def test_changes_are_what_is_new_or_different_and_what_is_gone() -> None:
    before: dict[str, Value] = {"a": Decimal(1), "b": "x", "c": None, "d": True}
    after: dict[str, Value] = {"a": Decimal("1.0"), "b": "y", "d": Decimal(1), "e": None}
    assert changes(before, after) == ({"b": "y", "d": Decimal(1), "e": None}, ("c",))
    assert changes(before, before) == ({}, ())
