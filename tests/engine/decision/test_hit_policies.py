"""What a table gives when none, one or several rules match (DMN 1.5, 8.2.8), and how a task takes it."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from decision_kit import dmn, literal, table

from engine.decision import (
    DecisionFailed,
    Outcome,
    evaluate,
    read_decisions,
    result_of,
)
from engine.errors import ExecutionFailed
from engine.variables import Value

OVERLAPPING = (("< 10", '"kecil"'), ("< 100", '"sedang"'), ("-", '"besar"'))
AMOUNTS = (("< 10", "1"), ("< 100", "20"), ("[50..60]", "4.5"))


def asked(
    rules: Sequence[Sequence[str]],
    skor: Value,
    policy: str = "UNIQUE",
    values: str = "",
    kind: str = "",
) -> Outcome:
    drawn = table(rules, policy=policy, kind=kind)
    if values:
        drawn = drawn.replace(
            f'typeRef="{kind}" />',
            f'typeRef="{kind}"><outputValues><text>{values}</text></outputValues></output>',
        )
    model = read_decisions(dmn(drawn), file="uji.dmn")
    return evaluate(model, "nilai", {"skor": skor}, now=None)


def aggregated(aggregation: str) -> str:
    return f'COLLECT" aggregation="{aggregation}'


@pytest.mark.parametrize(
    ("policy", "skor", "value"),
    [
        ("UNIQUE", 100, "besar"),
        ("FIRST", 5, "kecil"),
        ("RULE ORDER", 5, ["kecil", "sedang", "besar"]),
        ("COLLECT", 50, ["sedang", "besar"]),
        ("PRIORITY", 5, "besar"),
        ("OUTPUT ORDER", 5, ["besar", "sedang", "kecil"]),
    ],
)
def test_each_hit_policy_gives_its_rules(policy: str, skor: int, value: Value) -> None:
    outcome = asked(OVERLAPPING, Decimal(skor), policy, '"besar","sedang","kecil"')
    assert outcome.value == value
    assert outcome.rows == [
        {"hasil": each} for each in (value if isinstance(value, list) else [value])
    ]


@pytest.mark.parametrize(
    ("aggregation", "skor", "value"),
    [
        ("SUM", 55, "24.5"),
        ("MIN", 55, "4.5"),
        ("MAX", 55, "20"),
        ("COUNT", 5, "2"),
        ("COUNT", 500, "0"),
    ],
)
def test_collect_makes_one_number(aggregation: str, skor: int, value: str) -> None:
    outcome = asked(AMOUNTS, Decimal(skor), aggregated(aggregation))
    assert outcome.value == Decimal(value)
    assert outcome.rows == [{"hasil": Decimal(value)}]


def test_dates_have_a_smallest_and_leave_as_texts() -> None:
    rules = (("-", 'date("2026-03-01")'), ("-", 'date("2026-02-01")'))
    assert asked(rules, None, aggregated("MIN")).value == "2026-02-01"


@pytest.mark.parametrize(
    ("rules", "aggregation"),
    [((("-", "1"), ("-", '"a"')), "SUM"), ((("-", '"a"'),), "SUM"), ((("-", "true"),), "MAX")],
)
def test_what_has_no_sum_or_order_is_an_error(
    rules: Sequence[Sequence[str]], aggregation: str
) -> None:
    with pytest.raises(DecisionFailed) as caught:
        asked(rules, None, aggregated(aggregation))
    assert caught.value.code == "decision_aggregation"


def test_unique_refuses_two_rules_and_names_their_rows() -> None:
    with pytest.raises(DecisionFailed) as caught:
        asked(OVERLAPPING, Decimal(50))
    assert caught.value.code == "decision_unique"
    assert (caught.value.params["first"], caught.value.params["second"]) == (2, 3)


def test_any_takes_rules_that_agree_and_refuses_others() -> None:
    rules = (("< 10", '"kecil"'), ("< 20", '"kecil"'), ("< 5", '"mini"'))
    assert asked(rules, Decimal(7), "ANY").value == "kecil"
    with pytest.raises(DecisionFailed) as caught:
        asked(rules, Decimal(3), "ANY")
    assert (caught.value.code, caught.value.params["second"]) == ("decision_any", 3)


@pytest.mark.parametrize("policy", ["UNIQUE", "COLLECT", 'COLLECT" aggregation="SUM'])
def test_without_a_match_there_is_null_and_no_row(policy: str) -> None:
    outcome = asked((("> 5", "1"),), Decimal(1), policy)
    assert (outcome.value, outcome.rows) == (None, [])
    assert outcome.steps[0].rules == ()


def test_without_a_match_the_default_values_count() -> None:
    drawn = table((("> 5", "1"),), kind="number").replace(
        'name="hasil" typeRef="number" />',
        'name="hasil"><defaultOutputEntry><text>7</text></defaultOutputEntry></output>',
    )
    model = read_decisions(dmn(drawn), file="uji.dmn")
    outcome = evaluate(model, "nilai", {"skor": None}, now=None)
    assert (outcome.value, outcome.rows) == (Decimal(7), [{"hasil": Decimal(7)}])


@pytest.mark.parametrize(
    ("kind", "found"),
    [("number", "text"), ("date", "text"), ("boolean", "text"), ("integer", "text")],
)
def test_an_input_of_the_wrong_kind_is_an_error(kind: str, found: str) -> None:
    model = read_decisions(dmn(table((("-", "1"),), inputs={"skor": kind})), file="uji.dmn")
    with pytest.raises(DecisionFailed) as caught:
        evaluate(model, "nilai", {"skor": "lima"}, now=None)
    assert caught.value.code == "decision_input_kind"
    assert (caught.value.params["expected"], caught.value.params["found"]) == (kind, found)


@pytest.mark.parametrize(
    ("kind", "test", "value"),
    [
        ("date", '> date("2026-01-31")', "2026-02-01"),
        ("time", '< time("12:00:00")', "10:00:00"),
        ("dateTime", '> date and time("2026-01-01T00:00:00")', "2026-02-01T10:00:00"),
        ("dayTimeDuration", '> duration("P3D")', "P5D"),
        ("yearMonthDuration", '<= duration("P1Y")', "P6M"),
        ("integer", "5", Decimal("5.0")),
        ("string", '"a"', ["a"]),
        ("list", "count(?) = 1", "a"),
        ("dateTime", '< @"2026-02-02T00:00:00Z"', "2026-02-01"),
    ],
)
def test_texts_of_a_case_become_what_the_column_says(kind: str, test: str, value: Value) -> None:
    model = read_decisions(dmn(table(((test, "1"),), inputs={"skor": kind}, kind="")), file="u.dmn")
    assert evaluate(model, "nilai", {"skor": value}, now=None).value == Decimal(1)


def test_an_input_beyond_the_input_values_is_an_error_but_for_null() -> None:
    drawn = table((("-", "1"),), kind="").replace(
        "</inputExpression>", "</inputExpression><inputValues><text>[0..100]</text></inputValues>"
    )
    model = read_decisions(dmn(drawn), file="uji.dmn")
    assert evaluate(model, "nilai", {"skor": None}, now=None).value == Decimal(1)
    with pytest.raises(DecisionFailed) as caught:
        evaluate(model, "nilai", {"skor": Decimal(101)}, now=None)
    assert caught.value.code == "decision_input_value"
    assert caught.value.params["expected"] == "[0..100]"


def test_a_whole_number_with_a_fraction_is_refused() -> None:
    model = read_decisions(dmn(table((("-", "1"),), inputs={"skor": "integer"})), file="uji.dmn")
    with pytest.raises(DecisionFailed, match="integer"):
        evaluate(model, "nilai", {"skor": Decimal("1.5")}, now=None)


def test_an_output_of_the_wrong_kind_or_beyond_the_allowed_values_is_an_error() -> None:
    with pytest.raises(DecisionFailed) as caught:
        asked((("-", '"satu"'),), None, kind="number")
    assert (caught.value.code, caught.value.params["row"]) == ("decision_output_kind", 1)
    with pytest.raises(DecisionFailed) as caught:
        asked((("-", '"biru"'),), None, values='"merah"')
    assert caught.value.code == "decision_output_value"


def test_an_error_in_a_cell_tells_its_place_and_no_value_of_the_case() -> None:
    with pytest.raises(DecisionFailed) as caught:
        asked((("-", "for i in 1..1000000 return skor"),), Decimal(271828))
    params = caught.value.params
    assert (params["decision"], params["row"], params["table_column"]) == ("nilai", 1, 2)
    assert "271828" not in f"{caught.value} {params}"


def test_the_budget_holds_over_all_rules_together() -> None:
    cell = "count(for i in 1..9000 return i + i) > 0"
    with pytest.raises(DecisionFailed) as caught:
        asked([(cell, "1")] * 100, None, "COLLECT")
    assert caught.value.code == "expression_steps"


def test_collected_answers_are_lists_for_the_decisions_that_require_them() -> None:
    model = read_decisions(
        dmn(
            table(AMOUNTS, policy="COLLECT", kind=""),
            literal(
                "sum(hasil) + count(nilai)", key="b", name="B", variable="b", requires=["nilai"]
            ),
        ),
        file="uji.dmn",
    )
    outcome = evaluate(model, "b", {"skor": Decimal(55)}, now=None)
    assert outcome.value == Decimal("26.5")
    assert outcome.steps[1].inputs == {
        "hasil": [Decimal(20), Decimal("4.5")],
        "nilai": [Decimal(20), Decimal("4.5")],
    }
    assert outcome.steps[1].reads["hasil"] == {"skor"}


ONE, TWO = {"a": Decimal(1)}, {"a": Decimal(1), "b": Decimal(2)}


@pytest.mark.parametrize(
    ("mapping", "rows", "expected"),
    [
        ("", [ONE], "biasa"),
        ("resultList", [], []),
        ("resultList", [ONE, TWO], [ONE, TWO]),
        ("singleResult", [], None),
        ("singleResult", [TWO], TWO),
        ("singleEntry", [], None),
        ("singleEntry", [ONE], Decimal(1)),
        ("collectEntries", [], []),
        ("collectEntries", [ONE, ONE], [Decimal(1), Decimal(1)]),
    ],
)
def test_a_task_takes_the_shape_that_it_names(
    mapping: str, rows: list[dict[str, Value]], expected: Value
) -> None:
    outcome = Outcome(value="biasa", rows=rows, steps=(), unknown=frozenset())
    assert result_of(outcome, mapping) == expected


@pytest.mark.parametrize(
    ("mapping", "rows"),
    [
        ("singleEntry", [TWO]),
        ("singleEntry", [ONE, ONE]),
        ("singleResult", [ONE, ONE]),
        ("collectEntries", [TWO]),
        ("semua", [ONE]),
    ],
)
def test_a_shape_that_does_not_hold_the_outcome_is_an_error(
    mapping: str, rows: list[dict[str, Value]]
) -> None:
    outcome = Outcome(value=None, rows=rows, steps=(), unknown=frozenset())
    with pytest.raises(ExecutionFailed) as caught:
        result_of(outcome, mapping)
    assert caught.value.code == "decision_result_shape"
