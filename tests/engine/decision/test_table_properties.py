"""Random tables: the evaluation against the plainest one, and gaps and overlaps against trying values out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from decision_kit import dmn, table
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision import DecisionFailed, check, evaluate, read_decisions

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.decision import DecisionModel
    from engine.variables import Value

COLORS = ("biru", "hijau", "merah")
POLICIES = ("UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
OUTPUTS = ("3", "1", "2")
"""The output values in the order of their priority."""


@dataclass(frozen=True)
class Test:
    """A cell, and what it means."""

    __test__ = False
    text: str
    holds: Callable[[Value], bool]


@dataclass(frozen=True)
class Rule:
    """A row: a cell for a number, one for a colour, and what it gives."""

    number: Test
    color: Test
    output: str

    def matches(self, number: Value, color: Value) -> bool:
        """Tell whether both cells let the values through."""
        return self.number.holds(number) and self.color.holds(color)


@st.composite
def numbers(draw: st.DrawFn) -> Test:
    low = draw(st.integers(-3, 2))
    high = draw(st.integers(low + 1, 3))  # from a value to itself, without one of both, is no range
    return draw(
        st.sampled_from(
            [
                Test("-", lambda _: True),
                Test(f"< {low}", lambda v: v < low),
                Test(f">= {low}", lambda v: v >= low),
                Test(f"[{low}..{high}]", lambda v: low <= v <= high),
                Test(f"({low}..{high})", lambda v: low < v < high),
                Test(f"{low}, > {high}", lambda v: v == low or v > high),
                Test(f"not([{low}..{high}))", lambda v: not low <= v < high),
            ]
        )
    )


@st.composite
def colors(draw: st.DrawFn) -> Test:
    some = draw(st.sets(st.sampled_from(COLORS), min_size=1))
    listed = ", ".join(f'"{each}"' for each in sorted(some))
    return draw(
        st.sampled_from(
            [
                Test("-", lambda _: True),
                Test(listed, lambda v: v in some),
                Test(f"not({listed})", lambda v: v not in some),
            ]
        )
    )


rules = st.lists(
    st.builds(Rule, number=numbers(), color=colors(), output=st.sampled_from(OUTPUTS)), max_size=5
)
policies = st.sampled_from(POLICIES)
SAMPLES = [(Decimal(n) / 2, color) for n in range(-9, 10) for color in (*COLORS, "ungu")]
"""Every number and every half between the limits of cells, and beyond; a colour that no cell names."""


def model_of(table_rules: list[Rule], policy: str) -> DecisionModel:
    drawn = table(
        [(each.number.text, each.color.text, each.output) for each in table_rules],
        policy=policy,
        inputs={"n": "number", "warna": "string"},
        kind="",
    )
    values = f"><outputValues><text>{','.join(OUTPUTS)}</text></outputValues></output>"
    return read_decisions(dmn(drawn.replace(' typeRef="" />', values)), file="acak.dmn")


def expected(table_rules: list[Rule], policy: str, number: Value, color: Value) -> Value | str:
    """Evaluate a table in the plainest way; an error is a text."""
    hits = [each.output for each in table_rules if each.matches(number, color)]
    if policy in ("PRIORITY", "OUTPUT ORDER"):
        hits.sort(key=OUTPUTS.index)
    if not hits:
        return None
    if policy == "UNIQUE" and len(hits) > 1:
        return "decision_unique"
    if policy == "ANY" and len(set(hits)) > 1:
        return "decision_any"
    values: list[Value] = [Decimal(each) for each in hits]
    return values if policy in ("RULE ORDER", "OUTPUT ORDER", "COLLECT") else values[0]


def found(model: DecisionModel, number: Value, color: Value) -> Value | str:
    try:
        return evaluate(model, "nilai", {"n": number, "warna": color}, now=None).value
    except DecisionFailed as error:
        return error.code


@settings(max_examples=40, deadline=None)
@given(rules, policies, st.lists(st.sampled_from(SAMPLES), min_size=8, max_size=8))
def test_a_table_gives_what_the_plainest_evaluation_gives(
    table_rules: list[Rule], policy: str, samples: list[tuple[Decimal, str]]
) -> None:
    model = model_of(table_rules, policy)
    for number, color in samples:
        assert found(model, number, color) == expected(table_rules, policy, number, color)


@settings(max_examples=40, deadline=None)
@given(rules, policies)
def test_a_gap_is_found_exactly_where_some_value_matches_no_rule(
    table_rules: list[Rule], policy: str
) -> None:
    codes = {each.code for each in check(model_of(table_rules, policy))}
    missed = any(not any(rule.matches(*each) for rule in table_rules) for each in SAMPLES)
    assert ("table_gap" in codes) == missed


@settings(max_examples=40, deadline=None)
@given(rules)
def test_an_overlap_is_found_exactly_where_some_value_matches_two_rules(
    table_rules: list[Rule],
) -> None:
    findings = check(model_of(table_rules, "UNIQUE"))
    rows = {each.rows for each in findings if each.code == "table_overlap"}
    numbered = list(enumerate(table_rules, start=1))
    assert rows == {
        (first, second)
        for first, one in numbered
        for second, other in numbered
        if first < second and any(one.matches(*each) and other.matches(*each) for each in SAMPLES)
    }


@settings(max_examples=40, deadline=None)
@given(rules)
def test_a_rule_is_said_never_to_count_exactly_when_no_value_gets_to_it(
    table_rules: list[Rule],
) -> None:
    findings = check(model_of(table_rules, "FIRST"))
    told = {each.rows[0] for each in findings if each.code.startswith("table_rule_")}
    first = (
        next((at for at, rule in enumerate(table_rules, start=1) if rule.matches(*each)), 0)
        for each in SAMPLES
    )
    assert told == set(range(1, len(table_rules) + 1)) - set(first)
