"""Functions against simple models: ranges against sets of points, sets of characters and patterns against Python's `re`."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expression import Language, compile_expression

if TYPE_CHECKING:
    from engine.variables import Value

few = settings(derandomize=True, deadline=None, max_examples=80)
LETTERS = "abcdefgh"

ends = st.tuples(st.integers(0, 5), st.integers(1, 4))
ranges = st.builds(
    lambda low_and_length, opening, closing: (
        f"{opening}{low_and_length[0]}..{sum(low_and_length)}{closing}"
    ),
    ends,
    st.sampled_from("[("),
    st.sampled_from("])"),
)


def evaluated(text: str, **variables: Value) -> Value:
    return compile_expression(text, Language.FEEL).evaluate(variables)


def points(written: str) -> set[float]:
    """Give the whole and half numbers in a range: enough to tell ranges with whole ends from one another."""
    low, high = map(int, re.findall("[0-9]+", written))
    first = low if written.startswith("[") else low + 0.5
    last = high if written.endswith("]") else high - 0.5
    return {each / 2 for each in range(int(first * 2), int(last * 2) + 1)}


@few
@given(one=ranges, other=ranges)
def test_ranges_lie_to_each_other_as_their_points_do(one: str, other: str) -> None:
    ours, theirs = points(one), points(other)
    common, starts = ours & theirs, min(ours) == min(theirs)
    expected = {
        "before": max(ours) < min(theirs),
        "after": min(ours) > max(theirs),
        "meets": max(ours) == min(theirs) and max(ours).is_integer(),
        "met by": min(ours) == max(theirs) and min(ours).is_integer(),
        "overlaps": bool(common),
        "overlaps before": bool(common) and min(ours) < min(theirs) and max(ours) <= max(theirs),
        "overlaps after": bool(common) and min(ours) > min(theirs) and max(ours) >= max(theirs),
        "includes": ours >= theirs,
        "during": ours <= theirs,
        "starts": ours <= theirs and starts,
        "started by": ours >= theirs and starts,
        "finishes": ours <= theirs and max(ours) == max(theirs),
        "finished by": ours >= theirs and max(ours) == max(theirs),
        "coincides": ours == theirs,
    }
    assert {name: evaluated(f"{name}({one}, {other})") for name in expected} == expected


@few
@given(
    kept=st.sets(st.sampled_from(LETTERS), min_size=1),
    removed=st.sets(st.sampled_from(LETTERS), min_size=1),
    sign=st.sampled_from(["", "^"]),
)
def test_a_set_less_another_holds_what_is_in_the_first_only(
    kept: set[str], removed: set[str], sign: str
) -> None:
    pattern = f"[{sign}{''.join(sorted(kept))}-[{''.join(sorted(removed))}]]"
    found = [char for char in LETTERS if evaluated("matches(c, p)", c=char, p=pattern)]
    assert found == [c for c in LETTERS if (c in kept) is not bool(sign) and c not in removed]


@few
@given(
    text=st.text("ab;\n", max_size=12),
    pattern=st.sampled_from(
        ["a", "a+", "(a|b)+?", "a(b?)", "[^b;]+", ";", ".b", "b{2}", "^a", "a$"]
    ),
)
def test_patterns_find_what_python_finds(text: str, pattern: str) -> None:
    in_python = re.compile(pattern.replace("$", r"\Z"))
    given: dict[str, Value] = {"t": text, "p": pattern}
    whole: list[Value] = [match.group() for match in in_python.finditer(text)]
    ends = [0, *(end for match in in_python.finditer(text) for end in match.span()), len(text)]
    between: list[Value] = [text[a:b] for a, b in list(pairwise(ends))[::2]]
    assert evaluated("matches(t, p)", **given) is bool(whole)
    assert evaluated("extract(t, p)", **given) == whole
    assert evaluated("split(t, p)", **given) == between
    assert evaluated('replace(t, p, "<$0>")', **given) == in_python.sub(r"<\g<0>>", text)


@few
@given(numbers=st.lists(st.integers(-5, 5), max_size=9), value=st.integers(-5, 5))
def test_lists_are_as_python_has_them(numbers: list[int], value: int) -> None:
    given: dict[str, Value] = {"l": [Decimal(n) for n in numbers], "v": Decimal(value)}
    assert evaluated("sort(l, function(x, y) x < y)", **given) == sorted(numbers)
    assert evaluated("distinct values(l)", **given) == list(dict.fromkeys(numbers))
    assert evaluated("count(duplicate values(l)) = 0", **given) is (
        len(set(numbers)) == len(numbers)
    )
    assert evaluated("union(l, [v])", **given) == list(dict.fromkeys([*numbers, value]))
    assert evaluated("index of(l, v)", **given) == [
        place for place, n in enumerate(numbers, 1) if n == value
    ]
    assert evaluated("flatten(partition(l, 2))", **given) == numbers
    assert evaluated("reverse(reverse(l))", **given) == numbers
