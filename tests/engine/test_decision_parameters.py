"""Parameters of a business rule task (`camunda:inputOutput`): what the decision sees, and where its outcome goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correction_kit import surveyed
from decision_kit import dmn, table
from engine_maps import drawn, form_of
from engine_office import Dinas
from kit import values_of
from parameter_kit import passing

from engine.history import DecisionEvaluated
from engine.survey import Bar

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES = """
    start mulai
    user isi formRef=isi
    rule nilai decisionRef=nilai decisionRefBinding=deployment mapDecisionResult=singleEntry resultVariable=hasil {more}
    user lanjut formRef=isi
    end selesai
    mulai -> isi
    isi -> nilai
    nilai -> lanjut
    lanjut -> selesai
"""


def decided(
    inputs: Mapping[str, str], outputs: Mapping[str, str], more: str = ""
) -> tuple[Mapping[str, object], list[DecisionEvaluated]]:
    """Bring a case through its decision; gives its variables and what was decided."""
    dinas = Dinas()
    drawing = drawn(LINES.format(more=more), lanes={"petugas": "mulai isi nilai lanjut selesai"})
    package = {
        "p.bpmn": passing(drawing, "nilai", inputs=inputs, outputs=outputs),
        "isi.form": form_of("isi", "catatan"),
        "nilai.dmn": dmn(table()),
    }
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    dinas.complete(dinas.task(case), "umum", catatan="75")
    events = [record.event for record in dinas.records(case)]
    return dinas.values(case), [e for e in events if isinstance(e, DecisionEvaluated)]


def test_the_decision_sees_its_inputs_and_the_case_gets_its_outputs() -> None:
    values, (event,) = decided(
        {"angka": "=number(catatan)", "skor": "${angka + 1}"},
        {"keterangan": "${hasil} dengan ${skor}", "pendek": "=substring(keterangan, 1, 5)"},
    )
    assert event.inputs == values_of({"Skor": 76})
    assert (values["hasil"], values["keterangan"]) == ("cukup", "cukup dengan 76")
    assert values["pendek"] == "cukup"
    assert {"angka", "skor"}.isdisjoint(values)


def test_a_repeated_decision_has_its_parameters_once_per_item() -> None:
    values, events = decided(
        {"skor": "=ini * 10"},
        {"semua": "=append(if semua = null then [] else semua, hasil)"},
        more='each="=[5, 7, 9]" item=ini',
    )
    assert [event.outputs for event in events] == ["kurang", "cukup", "sehat"]
    assert values["semua"] == ["kurang", "cukup", "sehat"]


def test_what_a_decision_was_made_of_can_not_be_corrected_any_more() -> None:
    dinas = Dinas()
    drawing = drawn(LINES.format(more=""), lanes={"petugas": "mulai isi nilai lanjut selesai"})
    package = {
        "p.bpmn": passing(drawing, "nilai", inputs={"skor": "=number(catatan)"}, outputs={}),
        "isi.form": form_of("isi", "catatan", "perihal"),
        "nilai.dmn": dmn(table()),
    }
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    first = dinas.task(case)
    dinas.complete(first, "umum", catatan="75", perihal="Rapat")
    assert surveyed(dinas, case, first.id).barred == {"catatan": Bar.DECISION}
