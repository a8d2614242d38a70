"""Two files as the Modeler writes them: tables of Camunda 7, and the boxed expressions of DMN 1.5."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.decision import (
    DecisionFailed,
    DecisionModel,
    check,
    evaluate,
    inputs_of,
    read_decisions,
    result_of,
)
from engine.variables import Value

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
LOAN: dict[str, Value] = {
    "omzet": Decimal(300_000_000),
    "jumlah": Decimal(25_000_000),
    "tanggal_berdiri": "2020-05-01",
}
TRIP: dict[str, Value] = {
    "Surat tugas": {"tanggal surat": "2026-03-01", "lama": Decimal(3)},
    "tujuan": "Jakarta",
}


@pytest.fixture(scope="module")
def loan() -> DecisionModel:
    return read_decisions((FOLDER / "persetujuan.dmn").read_bytes(), file="persetujuan.dmn")


@pytest.fixture(scope="module")
def trip() -> DecisionModel:
    return read_decisions((FOLDER / "perjalanan.dmn").read_bytes(), file="perjalanan.dmn")


def test_a_required_table_is_known_by_the_name_of_its_output_as_in_camunda_7(
    loan: DecisionModel,
) -> None:
    outcome = evaluate(loan, "persetujuan", LOAN, now=NOW)
    assert outcome.value == {"jalur": "langsung", "plafon": Decimal(10_000_000)}
    assert outcome.rows == [outcome.value]
    assert result_of(outcome, "singleResult") == outcome.value


def test_each_decision_tells_what_it_looked_at_what_it_gave_and_which_rules_matched(
    loan: DecisionModel,
) -> None:
    first, second = evaluate(loan, "persetujuan", LOAN, now=NOW).steps
    assert (first.decision, first.name, first.rules) == (
        "golongan",
        "Golongan usaha",
        ("DecisionRule_4",),
    )
    assert (first.inputs, first.outputs) == ({"Omzet": Decimal(300_000_000)}, "mikro")
    assert second.inputs == {"Golongan usaha": "mikro", "Tanggal berdiri": "2020-05-01"}
    assert second.rules == ("DecisionRule_2",)


def test_an_input_says_which_variables_of_the_case_it_is_made_of(loan: DecisionModel) -> None:
    step = evaluate(loan, "persetujuan", LOAN, now=NOW).steps[1]
    assert step.reads == {
        "Golongan usaha": {"omzet"},
        "Tanggal berdiri": {"tanggal_berdiri"},
        "": {"jumlah"},
    }
    assert inputs_of(loan, "persetujuan") == {"omzet", "tanggal_berdiri", "jumlah"}
    assert inputs_of(loan, "golongan") == {"omzet"}


def test_the_file_s_own_words_are_kept_for_the_page(loan: DecisionModel) -> None:
    decision = loan.drawn.decisions["persetujuan"]
    assert (decision.tag, decision.decisions) == ("2026", ("golongan",))
    assert loan.drawn.ignored == (("camunda:historyTimeToLive", 3),)
    assert check(loan)[0].code == "attribute_ignored"


def test_a_date_that_is_none_is_refused_with_the_column(loan: DecisionModel) -> None:
    with pytest.raises(DecisionFailed) as caught:
        evaluate(loan, "persetujuan", {**LOAN, "tanggal_berdiri": "kemarin"}, now=NOW)
    params = caught.value.params
    assert caught.value.code == "decision_input_kind"
    assert (params["decision"], params["heading"], params["table_column"]) == (
        "persetujuan",
        "Tanggal berdiri",
        2,
    )
    assert (params["expected"], params["found"]) == ("date", "text")


def test_names_that_the_case_does_not_have_are_told(loan: DecisionModel) -> None:
    outcome = evaluate(loan, "golongan", {}, now=NOW)
    assert (outcome.value, outcome.rows) == (None, [])
    assert outcome.unknown == {"omzet"}


def test_models_contexts_relations_and_functions_work_together(trip: DecisionModel) -> None:
    outcome = evaluate(trip, "uang_harian", TRIP, now=NOW)
    assert outcome.value == Decimal(1_590_000)
    assert outcome.rows == [{"Uang harian": Decimal(1_590_000)}]
    assert [step.decision for step in outcome.steps] == ["biaya-dasar", "uang_harian"]
    assert outcome.unknown == frozenset()
    assert trip.drawn.decisions["uang_harian"].tag == "v3"


def test_a_decision_service_is_a_function_of_its_facts_and_given_decisions(
    trip: DecisionModel,
) -> None:
    outcome = evaluate(trip, "pilihan", TRIP, now=NOW)
    assert outcome.value == ["semester 1", Decimal(200)]


def test_a_decision_service_takes_what_it_says_is_given_from_the_case(trip: DecisionModel) -> None:
    given: dict[str, Value] = {**TRIP, "Biaya-dasar": Decimal(10)}
    assert evaluate(trip, "layanan", given, now=NOW).value == Decimal(30)
    assert inputs_of(trip, "layanan") == {"Surat tugas", "Biaya-dasar"}
    assert inputs_of(trip, "biaya-dasar") == {"tujuan"}


def test_a_value_that_its_type_does_not_allow_is_refused(trip: DecisionModel) -> None:
    surat: Value = {"tanggal surat": "2026-03-01", "lama": Decimal(31)}
    with pytest.raises(DecisionFailed) as caught:
        evaluate(trip, "uang_harian", {**TRIP, "Surat tugas": surat}, now=NOW)
    assert caught.value.code == "decision_input_value"
    assert caught.value.params["heading"] == "Surat tugas"


def test_a_decision_that_is_not_in_the_file_is_refused(trip: DecisionModel) -> None:
    with pytest.raises(DecisionFailed, match="uang_saku"):
        evaluate(trip, "uang_saku", TRIP, now=NOW)
