"""A letter number that Alur takes by itself, as a step of a case and of no person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from letter_kit import LetterOffice, numbering, rule

from engine.done_outside import WorkReport
from engine.firing import place_of
from engine.ids import JobId
from engine.job import JobFailed, JobKind
from engine.letters.number import NumberState
from engine.letters.rule import Source
from engine.worker import Worker

if TYPE_CHECKING:
    from engine.ids import InstanceId
    from engine.job import Job

LINES = """
    start mulai
    user isi formRef=isi
    service beri topic=alur.nomor
    user lanjut formRef=isi
    end selesai
    mulai -> isi
    isi -> beri
    beri -> lanjut
    lanjut -> selesai
"""
STEP = {
    "nomor.register": "surat_keluar",
    "nomor.isian": "nomor_izin",
    "nomor.tahap": "sahkan",
    "nomor.klasifikasi": "kode",
    "nomor.unit": "unit",
    "agenda.hal": "perihal",
}


@pytest.fixture
def office() -> LetterOffice:
    """Give an office whose letters have one sequence a year."""
    return LetterOffice()


def begun(office: LetterOffice, **values: object) -> InstanceId:
    """Give a case that waits for its number."""
    package = {
        "p.bpmn": numbering(drawn(LINES), {"beri": STEP}),
        "isi.form": form_of("isi", "kode", "unit", "perihal"),
    }
    case = office.start(office.deploy_one(package).id, "bidang")
    usual = {"kode": "503", "unit": "bidang", "perihal": "Izin usaha"}
    office.complete(office.task(case), "bidang", **{**usual, **values})
    return case


def work(office: LetterOffice) -> int:
    """Let a worker do what is due."""
    worker = Worker(
        office.store.jobs,
        {JobKind.CONNECTOR: office.runtime.number_letter},
        office.clock,
        give_up={JobKind.CONNECTOR: office.runtime.raise_incident},
    )
    return worker.run_due(50)


def incidents(office: LetterOffice, case: InstanceId) -> list[tuple[str, str]]:
    found = office.store.transact(lambda tx: tx.list_incidents(case))
    return [(incident.code, incident.told) for incident in found]


def the_job(office: LetterOffice) -> Job:
    (job,) = (j for j in office.store.jobs.kept.values() if j.kind is JobKind.CONNECTOR)
    return job


def test_alur_takes_confirms_and_books_the_number_and_the_case_goes_on(
    office: LetterOffice,
) -> None:
    case = begun(office)
    assert work(office) == 1
    office.agree(case)
    (number,) = office.numbers(case)
    assert (number.number, number.state) == ("503/001/KOP/XI/2026", NumberState.CONFIRMED)
    assert (number.entry.subject, number.taken_by_name) == ("Izin usaha", "Alur")
    assert office.values(case)["nomor_izin"] == number.number
    assert office.task(case).element == "lanjut"
    told = [record.event.type for record in office.records(case)]
    assert told.index("work_completed") < told.index("letter_number_reserved")


def test_two_cases_get_numbers_that_follow_each_other(office: LetterOffice) -> None:
    first, second = begun(office), begun(office)
    assert work(office) == 2
    taken = [office.numbers(case)[0].sequence for case in (first, second)]
    assert sorted(taken) == [1, 2]


def test_without_a_classification_no_number_is_taken_and_no_gap_is_left(
    office: LetterOffice,
) -> None:
    case = begun(office, kode=None)
    work(office)
    assert incidents(office, case) == [("letter_not_complete", "")]
    assert office.numbers(case) == []
    other = begun(office)
    work(office)
    assert office.numbers(other)[0].sequence == 1


@pytest.mark.parametrize(
    "office", [LetterOffice(rule(source=Source.OUTSIDE, pattern="", codes={}))], ids=["outside"]
)
def test_a_register_that_does_not_number_gives_an_incident(office: LetterOffice) -> None:
    case = begun(office)
    work(office)
    assert incidents(office, case) == [("letter_register_missing", "surat_keluar")]


def test_a_number_taken_by_hand_is_reported_in_its_place(office: LetterOffice) -> None:
    case = begun(office, kode=None)
    work(office)
    told = WorkReport(
        place=place_of(the_job(office)),
        values={"nomor_izin": "503/9/KOP/2026"},
        reason="dicatat di buku",
    )
    office.runtime.report_work(case, told, actor=office.person("bidang"), request=office.request())
    office.agree(case)
    assert office.values(case)["nomor_izin"] == "503/9/KOP/2026"
    assert incidents(office, case) == []


def test_a_case_that_went_on_without_the_number_takes_none(office: LetterOffice) -> None:
    case = begun(office)
    (job,) = office.store.jobs.claim([JobKind.CONNECTOR], 50)
    office.cancel(case, "batal", "pengawas")
    office.store.jobs.add(job)  # as a worker sees it that was away when the case was cancelled
    office.runtime.number_letter(job)
    assert office.numbers(case) == []
    assert JobId(job.id) not in office.store.jobs.kept


def test_a_drawing_that_names_no_order_for_its_connector_is_final(office: LetterOffice) -> None:
    begun(office)
    (job,) = office.store.jobs.claim([JobKind.CONNECTOR], 50)
    with pytest.raises(JobFailed) as failed:
        office.runtime.find_order(job)
    assert (failed.value.code, failed.value.is_final) == ("connector_unknown", True)
