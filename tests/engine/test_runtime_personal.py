"""No personal value may stand in the chain, whatever name it has there; the value lies beside it, with its salt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from engine_office import Dinas
from form_kit import form_file

from engine.chain import commitment, instance_chain
from engine.history import VariablesChanged
from engine.replay import fold

if TYPE_CHECKING:
    from engine.ids import InstanceId

NAME = "Nama Warga"
ONE_FORM = """
    start mulai
    user terima formRef=terima
    end selesai
    mulai -> terima
    terima -> selesai
"""
RECIPIENTS = {
    "type": "dynamiclist",
    "path": "penerima",
    "label": "Penerima",
    "isRepeating": True,
    "allowAddRemove": True,
    "components": [
        {"type": "textfield", "key": "nama", "label": "Nama", "properties": {"pribadi": "ya"}}
    ],
}


def received(*, personal: str = "pengirim") -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    form = form_of("terima", "perihal", "pengirim", personal=personal)
    definition = dinas.deploy_one({"p.bpmn": drawn(ONE_FORM), "terima.form": form})
    return dinas, dinas.start(definition.id, "umum")


def changes(dinas: Dinas, case: InstanceId) -> list[VariablesChanged]:
    return [r.event for r in dinas.records(case) if isinstance(r.event, VariablesChanged)]


def hidden_names(dinas: Dinas, case: InstanceId) -> set[str]:
    """Give the names that are hidden, having seen that the value stands nowhere in the chain."""
    assert not any(NAME.encode() in record.data for record in dinas.records(case))
    return {name for event in changes(dinas, case) for name in event.personal}


def test_a_personal_value_stands_in_the_history_only_as_a_commitment() -> None:
    dinas, case = received()
    dinas.complete(dinas.task(case), "umum", perihal="Undangan", pengirim=NAME)
    sent = changes(dinas, case)[-1]
    assert (set(sent.set), set(sent.personal)) == ({"perihal"}, {"pengirim"})
    assert hidden_names(dinas, case) == {"pengirim"}
    assert dinas.values(case)["pengirim"] == NAME


def test_a_commitment_is_that_of_the_value_kept_beside_the_chain() -> None:
    dinas, case = received()
    dinas.complete(dinas.task(case), "umum", pengirim=NAME)
    (kept,) = dinas.store._tables.personal.values()
    assert changes(dinas, case)[-1].personal == {"pengirim": commitment(kept.salt, kept.value)}
    assert kept.value == f'"{NAME}"'.encode()


def test_two_equal_personal_values_have_different_commitments() -> None:
    commitments = set()
    for _ in range(2):
        dinas, case = received()
        dinas.complete(dinas.task(case), "umum", pengirim=NAME)
        commitments.add(changes(dinas, case)[-1].personal["pengirim"])
    assert len(commitments) == 2


def test_without_its_value_a_commitment_folds_to_nothing_and_says_so() -> None:
    dinas, case = received()
    dinas.complete(dinas.task(case), "umum", perihal="Undangan", pengirim=NAME)
    moment = fold(dinas.records(case), {})
    assert (moment.variables()["perihal"], moment.variables()["pengirim"]) == ("Undangan", None)
    assert moment.erased == {"pengirim"}


def test_an_empty_personal_field_is_no_personal_value() -> None:
    dinas, case = received()
    dinas.complete(dinas.task(case), "umum", perihal="Undangan")
    assert dinas.store.personal_values(instance_chain(case)) == {}


def test_a_row_of_a_personal_table_is_personal_as_an_item_and_so_is_what_a_script_takes_of_it() -> (
    None
):
    dinas = Dinas()
    source = drawn(
        """
        start mulai
        user daftar formRef=daftar
        manual kirim each=penerima item=orang
        script ambil script="penerima[1].nama" scriptFormat=feel resultVariable=pertama
        script hitung script="count([1, 2])" scriptFormat=feel resultVariable=jumlah
        end selesai
        mulai -> daftar
        daftar -> kirim
        kirim -> ambil
        ambil -> hitung
        hitung -> selesai
        """
    )
    package = {"p.bpmn": source, "daftar.form": form_file(RECIPIENTS, id="daftar")}
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    dinas.complete(dinas.task(case), "umum", penerima=[{"nama": NAME}])
    dinas.complete(dinas.task(case), "umum")
    assert hidden_names(dinas, case) == {"penerima", "orang", "pertama"}
    assert dinas.values(case) == {"penerima": [{"nama": NAME}], "pertama": NAME, "jumlah": 2}


def test_a_personal_value_that_a_called_process_gives_stays_personal_when_that_one_is_over() -> (
    None
):
    dinas = Dinas()
    package = {
        "induk.bpmn": drawn(
            """
            start mulai
            call panggil calledElement=anak out=pengirim:pemohon
            manual jeda
            script salin script="pemohon" scriptFormat=feel resultVariable=untuk
            end selesai
            mulai -> panggil
            panggil -> jeda
            jeda -> salin
            salin -> selesai
            """,
            key="induk",
        ),
        "anak.bpmn": drawn(ONE_FORM, key="anak"),
        "terima.form": form_of("terima", "pengirim", personal="pengirim"),
    }
    case = dinas.start(dinas.deploy(package)["induk"].id, "umum")
    dinas.complete(dinas.task(case), "umum", pengirim=NAME)
    dinas.complete(dinas.task(case), "umum")
    assert hidden_names(dinas, case) == {"pengirim", "pemohon", "untuk"}
    assert dinas.values(case) == {"pemohon": NAME, "untuk": NAME}


def test_a_personal_value_that_is_passed_into_a_called_process_stays_personal_there() -> None:
    dinas = Dinas()
    package = {
        "induk.bpmn": drawn(
            """
            start mulai
            user terima formRef=terima
            call panggil calledElement=anak in="${pengirim}:nama"
            end selesai
            mulai -> terima
            terima -> panggil
            panggil -> selesai
            """,
            key="induk",
        ),
        "anak.bpmn": drawn(
            """
            start a
            manual b
            script c script="nama" scriptFormat=feel resultVariable=lagi
            end d
            a -> b
            b -> c
            c -> d
            """,
            key="anak",
        ),
        "terima.form": form_of("terima", "pengirim", personal="pengirim"),
    }
    case = dinas.start(dinas.deploy(package)["induk"].id, "umum")
    dinas.complete(dinas.task(case), "umum", pengirim=NAME)
    dinas.complete(dinas.task(case), "umum")
    assert hidden_names(dinas, case) == {"pengirim", "nama", "lagi"}
