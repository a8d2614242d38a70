"""Files made to hang, crash or look around: each ends with one of our errors, within its budget."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from decision_kit import dmn, literal, table
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision import DecisionFailed, check, evaluate, read_decisions
from engine.errors import AlurError

if TYPE_CHECKING:
    from engine.variables import Value

TRIP = (Path(__file__).parent / "perjalanan.dmn").read_bytes()


def function(name: str, body: str, parameters: str = "f", requires: str = "") -> str:
    needs = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}" /></knowledgeRequirement>'
        for each in requires.split()
    )
    formal = "".join(f'<formalParameter name="{each}" />' for each in parameters.split())
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><encapsulatedLogic>{formal}{body}'
        f"</encapsulatedLogic>{needs}</businessKnowledgeModel>"
    )


def text(feel: str) -> str:
    return f"<literalExpression><text>{feel}</text></literalExpression>"


def asking(feel: str, *functions: str) -> bytes:
    needs = '<knowledgeRequirement><requiredKnowledge href="#g0" /></knowledgeRequirement>'
    decision = literal(feel, key="a", name="A", variable="a")
    return dmn(decision.replace("<variable", needs + "<variable", 1), *functions)


CALL = '<invocation><literalExpression><text>f</text></literalExpression><binding><parameter name="f" /><literalExpression><text>f</text></literalExpression></binding></invocation>'  # fmt: skip
DIAMONDS = [function(f"g{n}", text("1"), requires=f"g{n + 1} h{n + 1}") for n in range(60)] + [
    function(f"h{n}", text("2"), requires=f"g{n + 1} h{n + 1}") for n in range(61)
]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (asking("g0(g0)", function("g0", text("f(f)"))), "expression_calls"),
        (asking("g0(g0)", function("g0", CALL)), "expression_calls"),
        (
            asking("g0(g0)", function("g0", "<list>" * 20 + CALL + "</list>" * 20)),
            "expression_(calls|stack)",
        ),
        (
            asking(
                "count(for i in 1..9000 return g0(i))",
                function("g0", f"<list>{text('f') * 500}</list>"),
            ),
            "expression_steps",
        ),
        (dmn(literal("9 ** 9 ** 9 ** 9", key="a", name="A", variable="a")), "null"),
        (
            dmn(literal("for a in 1..9999 return for b in 1..9999 return b", key="a", name="A", variable="a")),
            "expression_steps",
        ),
        (
            asking(
                "g0(1)",
                *DIAMONDS,
                function("g60", text("1"), requires="g61 h61"),
                function("g61", text("1")),
                function("h61", text("1")),
            ),
            "null",
        ),
    ],
    ids=["self", "invocation", "nested", "loop", "power", "loops", "diamonds"],
)  # fmt: skip
def test_what_would_run_for_ever_ends(data: bytes, code: str) -> None:
    assert re.fullmatch(code, ending(data))


def ending(data: bytes) -> str:
    """Give the code of the error, 'null' for an answer."""
    try:
        evaluate(read_decisions(data, file="jahat.dmn"), "a", {}, now=None)
    except DecisionFailed as error:
        return error.code
    return "null"


def test_a_type_that_is_itself_stops_nothing_even_where_its_values_are_ordered() -> None:
    circle = "<itemDefinition name='t'><typeRef>t</typeRef></itemDefinition>"
    with pytest.raises(AlurError):
        read_decisions(dmn(circle, table(policy="PRIORITY", kind="t")), file="jahat.dmn")


def test_a_type_may_hold_itself_as_deep_as_the_value_goes() -> None:
    tree = (
        "<itemDefinition name='tPohon'><itemComponent name='anak' isCollection='true'>"
        "<typeRef>tPohon</typeRef></itemComponent></itemDefinition>"
    )
    model = read_decisions(
        dmn(tree, table((("-", "1"),), inputs={"x": "tPohon"}, kind="")), file="pohon.dmn"
    )
    value: Value = {"anak": []}
    for _ in range(10):
        value = {"anak": [value]}
    assert evaluate(model, "nilai", {"x": value}, now=None).value == Decimal(1)
    with pytest.raises(DecisionFailed):
        evaluate(model, "nilai", {"x": {"anak": [Decimal(1)]}}, now=None)


def test_a_function_is_no_result_but_may_go_from_decision_to_decision() -> None:
    made = literal("function(n) n + 1", key="buat", name="Buat", variable="tambah")
    used = literal("tambah(2)", key="pakai", name="Pakai", variable="p", requires=["buat"])
    model = read_decisions(dmn(made, used), file="fungsi.dmn")
    outcome = evaluate(model, "pakai", {}, now=None)
    assert (outcome.value, outcome.steps[0].outputs) == (Decimal(3), None)
    with pytest.raises(DecisionFailed) as caught:
        evaluate(model, "buat", {}, now=None)
    assert caught.value.code == "result_not_storable"


@pytest.mark.parametrize("feel", ["g0(1, 2)", "g0()", "g0(k: 1)"])
def test_a_call_that_does_not_fit_gives_null(feel: str) -> None:
    model = read_decisions(asking(feel, function("g0", text("f"))), file="uji.dmn")
    assert evaluate(model, "a", {}, now=None).value is None


def test_an_argument_of_the_wrong_type_is_null() -> None:
    typed = function("g0", text("f = null")).replace('name="f"', 'name="f" typeRef="number"')
    model = read_decisions(asking('g0("a")', typed), file="uji.dmn")
    assert evaluate(model, "a", {}, now=None).value is True


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TRIP) - 1), st.integers(1, 30), st.binary(max_size=4))
def test_a_damaged_file_gives_our_error_or_an_answer(at: int, length: int, put: bytes) -> None:
    data = TRIP[:at] + put + TRIP[at + length :]
    surat: Value = {"tanggal surat": "2026-03-01", "lama": Decimal(3)}
    try:
        model = read_decisions(data, file="rusak.dmn")
        check(model)
        evaluate(model, "pilihan", {"Surat tugas": surat, "tujuan": "Jakarta"}, now=None)
    except AlurError:
        pass


CELLS = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(
            ["?", "<", ">=", "5", "..", "[", ")", "(", "not(", ",", '"a"', "null", "skor", "-", "+",
             "date(", '@"P1D"', "in", "for", "item", "true", "{", "}", "function(", ":", "."]
        ),
        max_size=8,
    ).map(" ".join),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(CELLS, CELLS)
def test_any_text_in_a_cell_gives_our_error_or_an_answer(condition: str, output: str) -> None:
    cells = [condition, output]
    safe = ["".join(c for c in cell if c.isprintable()) for cell in cells]
    try:
        model = read_decisions(dmn(table([safe], kind="")), file="acak.dmn")
        check(model)
        evaluate(model, "nilai", {"skor": Decimal(5)}, now=None)
    except AlurError:
        pass
