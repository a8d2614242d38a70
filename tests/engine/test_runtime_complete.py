from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas
from form_kit import DIGEST, form_file

from engine.errors import ExecutionFailed, InvalidSubmission
from engine.form import FieldCode
from engine.gate import Refused
from engine.spiff.execution import MAX_STEPS
from engine.store import InstanceState

if TYPE_CHECKING:
    from engine.ids import InstanceId

ASK = """
    start mulai
    user tanya formRef=tanya
    {rest}
"""
FIELDS = form_file(
    {"type": "textfield", "key": "judul", "label": "Judul", "validate": {"required": True}},
    {"type": "number", "key": "jumlah", "label": "Jumlah"},
    {"type": "datetime", "subtype": "date", "key": "tanggal", "dateLabel": "Tanggal"},
    {"type": "filepicker", "key": "berkas", "label": "Berkas"},
    id="tanya",
)
STRAIGHT = "end selesai\nmulai -> tanya\ntanya -> selesai"


def asked(rest: str = STRAIGHT, form: bytes = FIELDS) -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    package = {"p.bpmn": drawn(ASK.format(rest=rest)), "tanya.form": form}
    return dinas, dinas.start(dinas.deploy_one(package).id, "umum")


def unchanged(rest: str, **values: object) -> ExecutionFailed:
    """Send the form and give why the case can't go on; it must stand where it stood."""
    dinas, case = asked(rest, form_of("tanya", "jawab"))
    before = dinas.at_rest(case)
    with pytest.raises(ExecutionFailed) as failed:
        dinas.complete(dinas.task(case), "umum", **values)
    assert dinas.at_rest(case) == before
    return failed.value


def test_values_of_a_form_become_variables_of_the_case() -> None:
    dinas, case = asked()
    dinas.complete(dinas.task(case), "umum", judul="Undangan", jumlah=Decimal("2.50"))
    values = {"judul": "Undangan", "jumlah": Decimal("2.5"), "tanggal": None, "berkas": None}
    assert dinas.values(case) == values
    assert dinas.case(case).state is InstanceState.COMPLETED


def test_all_problems_of_a_form_are_told_and_nothing_changes() -> None:
    dinas, case = asked()
    before = dinas.at_rest(case)
    with pytest.raises(InvalidSubmission) as refused:
        dinas.complete(dinas.task(case), "umum", jumlah="dua", tanggal="2026-02-30")
    problems = refused.value.params["problems"]
    assert isinstance(problems, tuple)
    assert {(p.name, p.code) for p in problems} == {
        ("judul", FieldCode.REQUIRED),
        ("jumlah", FieldCode.WRONG_TYPE),
        ("tanggal", FieldCode.DATE_INVALID),
    }
    assert dinas.at_rest(case) == before


@pytest.mark.parametrize("key", ["__builtins__", "typename", "lain", "judul.0", ""])
def test_a_key_that_the_form_does_not_have_is_refused(key: str) -> None:
    dinas, case = asked()
    before = dinas.at_rest(case)
    with pytest.raises(InvalidSubmission) as refused:
        dinas.complete(dinas.task(case), "umum", **{"judul": "x", key: "x"})
    problems = refused.value.params["problems"]
    assert isinstance(problems, tuple)
    assert [p.code for p in problems] == [FieldCode.UNKNOWN]
    assert dinas.at_rest(case) == before


@pytest.mark.parametrize("key", ["__builtins__", "typename"])
def test_a_form_that_asks_for_a_reserved_key_is_not_deployed(key: str) -> None:
    package = {"p.bpmn": drawn(ASK.format(rest=STRAIGHT)), "tanya.form": form_of("tanya", key)}
    with pytest.raises(Refused) as refused:
        Dinas().deploy(package)
    assert "form_invalid" in {f.code for f in refused.value.findings}


def test_a_step_without_form_takes_no_values() -> None:
    dinas = Dinas()
    source = drawn("start a\nmanual b\nend c\na -> b\nb -> c")
    case = dinas.start(dinas.deploy_one({"p.bpmn": source}).id, "umum")
    before = dinas.at_rest(case)
    with pytest.raises(InvalidSubmission) as refused:
        dinas.complete(dinas.task(case), "umum", judul="x")
    assert refused.value.code == "submission_without_form"
    assert dinas.at_rest(case) == before
    dinas.complete(dinas.task(case), "umum")
    assert dinas.case(case).state is InstanceState.COMPLETED


def test_the_files_of_a_form_belong_to_the_case() -> None:
    dinas, case = asked()
    file = {"name": "a.pdf", "digest": DIGEST, "size": 10, "type": "application/pdf"}
    dinas.complete(dinas.task(case), "umum", judul="x", berkas=[file])
    assert dinas.store.list_files(case) == {DIGEST}


def test_a_loop_that_never_rests_is_stopped_and_the_case_stands_where_it_was() -> None:
    error = unchanged(
        """
        xor temu
        script hitung script="1" scriptFormat=feel resultVariable=satu
        xor lagi
        end selesai
        mulai -> tanya
        tanya -> temu
        temu -> hitung
        hitung -> lagi
        lagi -> temu if =satu = 1
        lagi -> selesai default
        """
    )
    assert (error.code, error.params["steps"]) == ("step_budget", MAX_STEPS)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("${jawab > 1}", "operand_kind"),
        ("${tidak_ada == 1}", "variable_unknown"),
        ("=1 + 1", "condition_not_boolean"),
        ("=jawab = 1", "no_flow_matches"),
    ],
)
def test_a_decision_that_can_not_be_made_leaves_the_case_where_it_was(
    condition: str, code: str
) -> None:
    error = unchanged(
        f"""
        xor pilih
        end selesai
        end batal
        mulai -> tanya
        tanya -> pilih
        pilih -> selesai if {condition}
        pilih -> batal if {condition}
        """,
        jawab="satu",
    )
    assert (error.code, error.params["element"]) == (code, "pilih")


def test_a_script_that_fails_leaves_the_case_where_it_was() -> None:
    error = unchanged(
        """
        script hitung script="[1..2]" scriptFormat=feel resultVariable=hasil
        end selesai
        mulai -> tanya
        tanya -> hitung
        hitung -> selesai
        """
    )
    assert (error.code, error.params["element"]) == ("result_not_storable", "hitung")
