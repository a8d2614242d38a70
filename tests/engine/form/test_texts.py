"""Lines and texts: what a page may send for them."""

from __future__ import annotations

import pytest
from form_kit import AREA, LINE, REQUIRED, Json, problem_of, value_of


def test_a_line_is_kept_without_surrounding_space() -> None:
    assert value_of(LINE, "  Undangan rapat ") == "Undangan rapat"


@pytest.mark.parametrize("text", ["", "   ", "\N{NO-BREAK SPACE}"])
@pytest.mark.parametrize("component", [LINE, AREA, {"type": "number"}])
def test_an_empty_field_is_null_and_a_required_one_must_be_filled(
    component: Json, text: str
) -> None:
    assert value_of(component, text) is None
    assert problem_of({**component, **REQUIRED}, text) == ("field_required", {})


@pytest.mark.parametrize(
    "text", ["a\nb", "a\tb", "a\x00b", "a\x1bb", "a\u202eb", "a\ud800b", "a\u2028b"]
)
def test_a_line_with_a_control_character_is_refused(text: str) -> None:
    assert problem_of(LINE, text) == ("text_control", {})


def test_a_text_keeps_its_lines_whatever_broke_them() -> None:
    assert value_of(AREA, "satu\r\ndua\rtiga\u2028empat\tlima\v") == "satu\ndua\ntiga\nempat\tlima"
    assert problem_of(AREA, "a\x00b") == ("text_control", {})


def test_a_text_has_a_longest_length() -> None:
    assert len(value_of(LINE, "a" * 1000)) == 1000
    assert problem_of(LINE, "a" * 1001) == ("text_long", {"limit": "1000", "length": "1001"})
    assert len(value_of(AREA, "a" * 10_000)) == 10_000
    assert problem_of(AREA, "a" * 10_001)[0] == "text_long"
    short = {**LINE, "validate": {"minLength": 3, "maxLength": 4}}
    assert value_of(short, "abcd") == "abcd"
    assert value_of(short, "") is None
    assert problem_of(short, "ab") == ("text_short", {"limit": "3", "length": "2"})
    assert problem_of(short, "abcde") == ("text_long", {"limit": "4", "length": "5"})


def test_a_field_that_was_sent_twice_or_not_at_all_is_refused() -> None:
    assert problem_of(LINE, "a", "b") == ("field_twice", {})
    assert problem_of(LINE) == ("field_missing", {})
