"""What is refused of a DMN file, and with which place."""

import pytest
from decision_kit import dmn, literal, table

from engine.decision import DecisionInvalid, Problem, read_decisions
from engine.errors import DefinitionError

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def problems_of(data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(DecisionInvalid) as caught:
        read_decisions(data, file="uji.dmn")
    return caught.value.problems


def inside(body: str) -> bytes:
    return dmn(f'<decision id="a" name="A"><variable name="a" />{body}</decision>')


def rows(*cells: tuple[str, ...], head: str = "", policy: str = "") -> bytes:
    entries = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{c}</text></inputEntry>" for c in row[:-1])
        + f"<outputEntry><text>{row[-1]}</text></outputEntry></rule>"
        for row in cells
    )
    columns = "<input label='Skor'><inputExpression><text>skor</text></inputExpression></input>"
    output = head or "<output name='hasil' />"
    return inside(f"<decisionTable {policy}>{columns}{output}{entries}</decisionTable>")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<a", "file_not_xml"),
        (b"<a/>", "file_not_dmn"),
        (b'<!DOCTYPE a><definitions xmlns="' + DMN.encode() + b'"/>', "file_doctype"),
        (
            b'<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>',
            "file_dmn_version",
        ),
        (
            b'<definitions xmlns="http://www.omg.org/spec/DMN/20180521/MODEL/"/>',
            "file_dmn_version",
        ),
        (b'<definitions xmlns="' + DMN.encode() + b'"/>', "file_no_decision"),
        (b'<decision xmlns="' + DMN.encode() + b'"/>', "file_not_dmn"),
        (inside("<literalExpression><text/></literalExpression>" * 10_001), "file_too_many_cells"),
        (inside("<context>" * 70 + "</context>" * 70), "file_too_deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_readable_dmn_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_decisions(data, file="uji.dmn")
    assert (caught.value.code, caught.value.params["file"]) == (code, "uji.dmn")


@pytest.mark.parametrize("year", ["20191111", "20211108", "20230324"])
def test_dmn_1_3_to_1_5_are_read(year: str) -> None:
    data = dmn(table()).replace(b"20191111", year.encode())
    assert list(read_decisions(data, file="uji.dmn").drawn.decisions) == ["nilai"]


def test_each_wrong_cell_is_told_with_row_column_heading_line_and_what_is_wrong() -> None:
    found = problems_of(rows(("&lt; 5", '"a"'), ("&gt;", '"b"'), ("-", "skor +")))
    assert [(p.code, p.place.row, p.place.column, p.place.heading, p.text) for p in found] == [
        ("expression_invalid", 2, 1, "Skor", ">"),
        ("expression_invalid", 3, 2, "hasil", "skor +"),
    ]
    first = found[0]
    assert (first.place.decision, first.place.name, first.place.line) == ("a", "A", 3)
    assert first.error is not None
    assert first.error.position == 2


def test_a_wrong_heading_is_row_0() -> None:
    columns = "<input><inputExpression><text>1 +</text></inputExpression></input><input/>"
    found = problems_of(inside(f"<decisionTable>{columns}<output name='b' /></decisionTable>"))
    assert [(p.code, p.place.row, p.place.column) for p in found] == [
        ("expression_invalid", 0, 1),
        ("dmn_input_empty", 0, 2),
    ]


TWO = "<output name='b' /><output name='b' />"


@pytest.mark.parametrize(
    ("data", "code", "found"),
    [
        (rows(("1", "2", "3")), "dmn_cells", 3),
        (rows(("1", "2"), policy="hitPolicy='LAST'"), "dmn_hit_policy", "LAST"),
        (rows(("1", "2"), policy="aggregation='SUM'"), "dmn_aggregation", "SUM"),
        (
            rows(("1", "2"), policy="hitPolicy='COLLECT' aggregation='AVG'"),
            "dmn_aggregation",
            "AVG",
        ),
        (rows(head=TWO), "dmn_output_name", "b"),
        (
            rows(head="<output name='b' typeRef='warna' />"),
            "dmn_type",
            "warna",
        ),
        (inside("<for iteratorVariable='i' />"), "dmn_expression_unsupported", "for"),
        (inside("<functionDefinition kind='Java' />"), "dmn_function_kind", "Java"),
        (
            inside("<informationRequirement><requiredDecision href='#b' /></informationRequirement>"
                   "<literalExpression><text>1</text></literalExpression>"),
            "dmn_reference",
            "#b",
        ),
        (
            inside("<informationRequirement><requiredDecision href='lain.dmn#b' />"
                   "</informationRequirement><literalExpression/>"),
            "dmn_reference",
            "lain.dmn#b",
        ),
        (dmn("<import name='x' />", literal("1", key="a", name="A", variable="a")), "dmn_import", "x"),
        (dmn(table(), table()), "dmn_id", "nilai"),
        (
            dmn("<itemDefinition name='t'><typeRef>t</typeRef></itemDefinition>", table()),
            "dmn_type_circle",
            "t",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_does_not_fit_together_is_refused_by_name(
    data: bytes, code: str, found: str | int
) -> None:
    problem = problems_of(data)[0]
    assert (problem.code, problem.params["found"]) == (code, found)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "dmn_logic_missing"),
        ("<decisionTable />", "dmn_output_missing"),
        ("<invocation />", "dmn_invocation_empty"),
        ("<context><contextEntry/></context>", "dmn_logic_missing"),
        (
            "<decisionTable hitPolicy='PRIORITY'><output name='b' /></decisionTable>",
            "dmn_priority_values",
        ),
    ],
)
def test_what_is_missing_is_named(body: str, code: str) -> None:
    assert code in [problem.code for problem in problems_of(inside(body))]


def test_a_result_in_the_middle_of_a_context_is_refused() -> None:
    entry = "<contextEntry><literalExpression><text>1</text></literalExpression></contextEntry>"
    (problem,) = problems_of(inside(f"<context>{entry}{entry}</context>"))
    assert problem.code == "dmn_context_result"


@pytest.mark.parametrize(
    ("cell", "language"),
    [
        ("<text>${skor > 5}</text>", "juel"),
        ("<text>skor</text>", "groovy"),
        ("<text>skor</text>", "http://www.ecma-international.org/ecma-262"),
    ],
)
def test_cells_in_other_languages_are_refused_by_the_name_of_the_language(
    cell: str, language: str
) -> None:
    named = "" if language == "juel" else f' expressionLanguage="{language}"'
    (problem,) = problems_of(inside(f"<literalExpression{named}>{cell}</literalExpression>"))
    assert (problem.code, problem.params["found"]) == ("dmn_language", language)


def test_decisions_that_require_each_other_are_refused_with_their_circle() -> None:
    found = problems_of(
        dmn(
            literal("1", key="a", name="Awal", variable="a", requires=["b"]),
            literal("2", key="b", name="Akhir", variable="b", requires=["a"]),
        )
    )
    assert found[0].code == "dmn_circle"
    assert set(str(found[0].params["found"]).split(" → ")) == {"Awal", "Akhir"}


def test_a_function_that_nothing_defines_is_refused_in_its_cell() -> None:
    (problem,) = problems_of(rows(("sekarang(?)", "1")))
    assert problem.error is not None
    assert (problem.error.code, problem.place.row) == ("function_unknown", 1)
