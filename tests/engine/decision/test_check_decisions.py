"""Gaps, overlaps and rules that never count."""

from collections.abc import Mapping, Sequence

import pytest
from decision_kit import dmn, literal, table

from engine.decision import DecisionFinding, Stretch, check, read_decisions


def found_in(
    rules: Sequence[Sequence[str]],
    policy: str = "UNIQUE",
    inputs: Mapping[str, str] | None = None,
    values: str = "",
) -> tuple[DecisionFinding, ...]:
    drawn = table(rules, policy=policy, inputs=inputs, kind="")
    if values:
        drawn = drawn.replace(
            'typeRef="" />', f"><outputValues><text>{values}</text></outputValues></output>"
        )
    return check(read_decisions(dmn(drawn), file="uji.dmn"))


def regions(findings: Sequence[DecisionFinding]) -> list[dict[str, str]]:
    return [{each.expression: written(each) for each in found.region} for found in findings]


def written(stretch: Stretch) -> str:
    if stretch.values or stretch.besides:
        return ("not " if stretch.besides else "") + ",".join(map(str, stretch.values))
    left, right = "[" if stretch.low_included else "(", "]" if stretch.high_included else ")"
    return f"{left}{stretch.low}..{stretch.high}{right}"


def test_a_whole_table_has_no_findings() -> None:
    assert found_in((("< 60", "1"), ("[60..80)", "2"), (">= 80", "3"))) == ()
    assert found_in((('"a"', "1"), ('not("a")', "2")), inputs={"x": "string"}) == ()
    assert found_in((("true", "1"), ("false", "2")), inputs={"x": "boolean"}) == ()


def test_a_gap_is_told_as_a_region() -> None:
    findings = found_in((("< 60", "1"), ("[66..80)", "2"), ("> 80", "3")))
    assert [each.code for each in findings] == ["table_gap", "table_gap"]
    assert regions(findings) == [{"skor": "[60..66)"}, {"skor": "[80..80]"}]
    assert (findings[0].region[0].column, findings[0].region[0].heading) == (1, "Skor")


def test_a_gap_of_two_columns_names_both_and_leaves_out_what_may_be_anything() -> None:
    inputs = {"skor": "number", "ada": "boolean", "x": "string"}
    findings = found_in((("< 5", "-", "-", "1"), (">= 5", "true", "-", "2")), inputs=inputs)
    assert regions(findings) == [{"skor": "[5..None)", "ada": "False"}]


def test_neighbouring_gaps_are_told_as_one() -> None:
    inputs = {"a": "number", "b": "number"}
    findings = found_in(
        (("< 1", "-", "1"), ("[1..2)", "> 3", "2"), (">= 2", "> 3", "3")), inputs=inputs
    )
    assert regions(findings) == [{"a": "[1..None)", "b": "(None..3]"}]


def test_between_neighbouring_days_and_whole_numbers_there_is_no_gap() -> None:
    days = (('<= date("2026-06-30")', "1"), ('>= date("2026-07-01")', "2"))
    assert found_in(days, inputs={"tanggal": "date"}) == ()
    assert found_in((("<= 5", "1"), (">= 6", "2")), inputs={"n": "integer"}) == ()
    assert len(found_in((("<= 5", "1"), (">= 6", "2")), inputs={"n": "number"})) == 1


@pytest.mark.parametrize(
    ("kind", "low", "high", "gap"),
    [
        ("date", 'date("2026-01-31")', 'date("2026-02-02")', "(2026-01-31..2026-02-02)"),
        ("time", 'time("10:00:00")', 'time("11:00:00")', "(10:00:00..11:00:00)"),
        ("dayTimeDuration", 'duration("P1D")', '@"P3D"', "(P1D..P3D)"),
        ("yearMonthDuration", 'duration("P1Y")', 'duration("P2Y")', "(P1Y..P2Y)"),
        (
            "dateTime",
            'date and time("2026-01-01T00:00:00")',
            'date and time("2026-01-02T00:00:00")',
            "(2026-01-01T00:00:00..2026-01-02T00:00:00)",
        ),
    ],
)
def test_gaps_in_time_are_told_in_iso_texts(kind: str, low: str, high: str, gap: str) -> None:
    findings = found_in(((f"<= {low}", "1"), (f">= {high}", "2")), inputs={"x": kind})
    assert regions(findings) == [{"x": gap}]


def test_texts_without_a_list_miss_all_others() -> None:
    findings = found_in((('"a","b"', "1"),), inputs={"x": "string"})
    assert regions(findings) == [{"x": "not a,b"}]


def test_a_list_of_input_values_says_what_can_come() -> None:
    listed = table((('"a"', "1"),), inputs={"x": "string"}).replace(
        "</inputExpression>", '</inputExpression><inputValues><text>"a","b"</text></inputValues>'
    )
    assert regions(check(read_decisions(dmn(listed), file="u.dmn"))) == [{"x": "b"}]
    ranged = table((("<= 50", "1"),)).replace(
        "</inputExpression>", "</inputExpression><inputValues><text>[0..100]</text></inputValues>"
    )
    assert regions(check(read_decisions(dmn(ranged), file="u.dmn"))) == [{"skor": "(50..100]"}]


def test_allowed_values_of_a_type_say_what_can_come() -> None:
    kind = (
        "<itemDefinition name='tNilai'><typeRef>number</typeRef>"
        "<allowedValues><text>[0..100]</text></allowedValues></itemDefinition>"
    )
    model = read_decisions(
        dmn(kind, table((("<= 50", "1"),), inputs={"x": "tNilai"})), file="u.dmn"
    )
    assert regions(check(model)) == [{"x": "(50..100]"}]


def test_default_values_fill_every_gap() -> None:
    drawn = table((("< 5", "1"),)).replace(
        'typeRef="string" />', "><defaultOutputEntry><text>0</text></defaultOutputEntry></output>"
    )
    assert check(read_decisions(dmn(drawn), file="u.dmn")) == ()


def test_two_rules_of_a_unique_table_that_meet_are_told_by_their_rows() -> None:
    (found,) = found_in((("<= 60", "1"), ("[60..80)", "2"), (">= 80", "3")))
    assert (found.code, found.rows, found.place.row) == ("table_overlap", (1, 2), 2)
    assert regions([found]) == [{"skor": "[60..60]"}]


def test_under_any_only_rules_that_differ_are_told() -> None:
    rules = (("<= 60", "1"), (">= 50", "1"), (">= 60", "2"))
    findings = found_in(rules, "ANY")
    assert [(each.code, each.rows) for each in findings] == [
        ("table_overlap_differs", (1, 3)),
        ("table_overlap_differs", (2, 3)),
    ]


def test_a_rule_behind_others_never_counts_under_first() -> None:
    (found,) = found_in((("< 60", "1"), (">= 50", "2"), ("[40..70]", "3")), "FIRST")
    assert (found.code, found.rows, found.by) == ("table_rule_covered", (3,), (1, 2))
    assert found_in((("[40..70]", "1"), ("< 60", "2"), (">= 50", "3")), "FIRST") == ()


def test_under_priority_the_order_of_the_output_values_says_which_rule_never_counts() -> None:
    rules = (("[5..10]", '"kecil"'), ("-", '"besar"'))
    (found,) = found_in(rules, "PRIORITY", values='"besar","kecil"')
    assert (found.rows, found.by) == ((1,), (2,))
    assert found_in(rules, "PRIORITY", values='"kecil","besar"') == ()


def test_rules_may_meet_where_all_of_them_count() -> None:
    for policy in ("COLLECT", "RULE ORDER"):
        assert found_in((("< 60", "1"), ("-", "2")), policy) == ()


def test_a_rule_that_nothing_passes_is_told_with_its_cell() -> None:
    findings = found_in((("-", "1"), ("[10..5]", "2")), "FIRST")
    assert [(f.code, f.rows, f.place.column) for f in findings] == [
        ("table_rule_impossible", (2,), 1)
    ]


def test_a_cell_for_null_is_neither_impossible_nor_covered() -> None:
    assert found_in((("-", "1"), ("null", "2")), "FIRST") == ()


@pytest.mark.parametrize(
    ("rules", "reason", "row"),
    [
        ((("< batas", "1"),), "expression", 1),
        ((("-", "1"), ("? > 5", "2")), "expression", 2),
        ((('"a"', "1"), ("5", "2")), "kinds", 0),
        ((('> "a"', "1"),), "expression", 1),
        ([(str(n), "1") for n in range(400)], "size", 0),
    ],
)
def test_what_can_t_be_looked_through_is_said_with_its_place(
    rules: Sequence[Sequence[str]], reason: str, row: int
) -> None:
    (found,) = found_in(rules, inputs={"x": ""})
    assert (found.code, found.params, found.place.row) == (
        "table_not_checked",
        {"reason": reason},
        row,
    )


def test_a_table_with_too_many_pairs_of_rules_is_said_not_to_be_checked() -> None:
    rules = [(str(a), str(b), str(c), "1") for a in range(10) for b in range(10) for c in range(8)]
    findings = found_in(rules, inputs={"a": "number", "b": "number", "c": "number"})
    assert [each.params for each in findings if each.code == "table_not_checked"] == [
        {"reason": "size"}
    ]


def test_no_more_than_ten_gaps_are_told() -> None:
    assert len(found_in([(str(n), "1") for n in range(50)])) == 10


def test_an_output_beyond_the_listed_values_is_told_with_its_cell() -> None:
    (found,) = found_in((("-", '"biru"'),), values='"merah"')
    assert (found.code, found.place.row, found.place.column) == ("table_output_value", 1, 2)


def test_a_decision_that_uses_another_without_requiring_it_is_told() -> None:
    model = read_decisions(
        dmn(literal("1", key="a", name="Awal", variable="awal"),
            literal("awal + 1", key="b", name="Akhir", variable="b")),
        file="u.dmn",
    )  # fmt: skip
    (found,) = check(model)
    assert (found.code, found.place.decision, found.params) == (
        "decision_not_required",
        "b",
        {"found": "Awal"},
    )
