"""Patterns: what a JavaScript regular expression means, or refused by name."""

from __future__ import annotations

import pytest
from form_kit import LINE, Json, form_file, isi, problem_of, value_of

from engine.form import InvalidForm, read_form


def line(pattern: str, **validate: object) -> Json:
    return {**LINE, "validate": {"pattern": pattern, **validate}}


FITTING = [
    # found anywhere, unless it says otherwise
    ("[0-9]{3}", "No. 140/2026", True),
    ("^[0-9]{3}$", "1400", False),
    ("^[0-9]{3}$", "140", True),
    (r"^\d{3}/\w+/[IVX]+/\d{4}$", "005/DKUM/XI/2026", True),
    ("^(?:a|b)+$", "abba", True),
    (r"^(?<nomor>\d+)$", "12", True),
    (r"\u00e9", "café", True),
    (r"\x41", "A", True),
    # signs that RE2 reads otherwise than JavaScript
    (r"^\S+$", "a\N{NO-BREAK SPACE}b", False),
    (r"^[\s\d]+$", "1\N{NO-BREAK SPACE}2", True),
    ("[[:alpha:]]", "a]", True),
    ("[[:alpha:]]", "a", False),
    ("[]", "a", False),
    ("[^]", "a", True),
    (r"[^\]]", "]", False),
    ("a{,3}", "aaa", False),
    ("]", "]", True),
]


@pytest.mark.parametrize(("pattern", "text", "fits"), FITTING)
def test_a_pattern_means_what_it_means_in_javascript(pattern: str, text: str, fits: bool) -> None:  # noqa: FBT001 - a table's column
    if fits:
        assert value_of(line(pattern), text) == text
    else:
        assert problem_of(line(pattern), text) == ("text_pattern", {"pattern": pattern})


def test_an_empty_field_need_not_fit() -> None:
    assert value_of(line("^[0-9]+$"), "") is None


def test_the_owner_may_say_what_is_wrong() -> None:
    own = line("^[0-9]+$", patternErrorMessage="Tulis angka saja.")
    assert problem_of(own, "a") == ("text_pattern_said", {"sentence": "Tulis angka saja."})


def test_a_pattern_made_to_take_long_does_not() -> None:
    assert problem_of(line("^(a+)+$"), "a" * 900 + "b")[0] == "text_pattern"


UNSUPPORTED = [
    ("(?=a)", "(?="),
    ("(?!a)b", "(?!"),
    ("(?<=a)b", "(?<="),
    ("(?<!a)b", "(?<!"),
    (r"(a)\1", r"\1"),
    (r"(?<x>a)\k<x>", r"\k<x>"),
    (r"\p{L}", r"\p"),
    (r"\u{1F600}", r"\u"),
    (r"\Aa\z", r"\A"),
    ("(?i)a", "(?i"),
    ("(?P<x>a)", "(?P"),
    (r"[\S]", r"[\S]"),
    ("a\\", "\\"),
    ("a" * 1001, "a"),
]


@pytest.mark.parametrize(("pattern", "part"), UNSUPPORTED)
def test_what_re2_can_not_do_is_refused_by_name(pattern: str, part: str) -> None:
    assert problem(pattern) == ("form_pattern_unsupported", part)


@pytest.mark.parametrize("pattern", ["(", "[a", "*a", "a{2,1}", "(a{1000}){1000}", ")"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    assert problem(pattern) == ("form_pattern_invalid", None)


def problem(pattern: str) -> tuple[str, str | None]:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file(isi(line(pattern))), file="x")
    (found,) = caught.value.problems
    assert found.params["pattern"] == pattern[:100]
    return str(found.code), found.params.get("part")
