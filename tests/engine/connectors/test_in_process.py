"""Connectors inside called processes, and what of their results is personal."""

from __future__ import annotations

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas
from kit import definition
from letter_kit import numbering

from engine.done_outside import WorkReport
from engine.firing import place_of
from engine.job import JobFailed, JobKind
from engine.spiff.personal import personal_keys
from engine.spiff.program import compile_program
from engine.worker import Worker

ONE = "start mulai\n{}\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
CALLING = {
    "http.alamat": "https://a.go.id/${nomor}",
    "http.isi": "={nama: nama}",
    "http.hasil": "jawaban",
}


def refuse(_job: object) -> None:
    raise JobFailed("refused", code="http_refused", is_final=True)


def test_work_in_a_called_process_has_its_incident_there_and_is_reported_there() -> None:
    dinas = Dinas()
    child = numbering(
        drawn(ONE.format("service kerja topic=alur.http"), key="anak"),
        {"kerja": {**CALLING, "http.isi": "=nomor", "hasil.isian": "nib"}},
    )
    parent = drawn(
        "start mulai\nuser isi formRef=isi\ncall kerja calledElement=anak in=all out=all\n"
        "manual lanjut\nend selesai\n"
        "mulai -> isi\nisi -> kerja\nkerja -> lanjut\nlanjut -> selesai\n"
    )
    deployed = dinas.deploy(
        {"p.bpmn": parent, "anak.bpmn": child, "isi.form": form_of("isi", "nomor")}
    )
    case = dinas.start(deployed["p"].id, "bidang")
    dinas.complete(dinas.task(case), "bidang", nomor="7")
    (job,) = (j for j in dinas.store.jobs.kept.values() if j.kind is JobKind.CONNECTOR)
    orders = []
    worker = Worker(
        dinas.store.jobs,
        {JobKind.CONNECTOR: lambda j: orders.append(dinas.runtime.find_order(j)) or refuse(j)},
        dinas.clock,
        give_up={JobKind.CONNECTOR: dinas.runtime.raise_incident},
    )
    worker.run_due(50)
    (incident,) = dinas.store.transact(lambda tx: tx.list_incidents(case))
    assert incident.definition == deployed["anak"].id
    assert orders[0].address == "https://a.go.id/7"
    told = WorkReport(place=place_of(job), values={"nib": "9120"}, reason="lewat portal")
    dinas.runtime.report_work(case, told, actor=dinas.person("bidang"), request=dinas.request())
    dinas.agree(case)
    assert dinas.task(case).element == "lanjut"
    assert dinas.values(case)["nib"] == "9120"


@pytest.mark.parametrize(("personal", "is_personal"), [("nama", True), ("", False)])
def test_an_answer_to_what_is_personal_is_personal(personal: str, is_personal: bool) -> None:  # noqa: FBT001 - a case of the table
    lines = (
        "start mulai\nuser isi formRef=isi\nservice kerja topic=alur.http\nend selesai\n"
        "mulai -> isi\nisi -> kerja\nkerja -> selesai\n"
    )
    deployed = definition(
        numbering(drawn(lines), {"kerja": CALLING}),
        forms={"isi": form_of("isi", "nomor", "nama", personal=personal)},
    )
    program = compile_program(deployed)
    assert ("jawaban" in personal_keys(deployed.id, lambda _: program)) is is_personal
