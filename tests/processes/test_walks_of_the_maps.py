"""Each map of dissolution, licensing and revolving fund, walked to each of its ends: by answers, by silence, by rounds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from map_kit import ROOT
from map_walk import Walk, closing, package

from engine.alternative import alternatives_of
from engine.errors import ExecutionFailed
from engine.gate import Refused, examine
from engine.history import InstanceStarted, TimerFired, TimerScheduled, WorkRequested
from engine.office_value import declared_values
from engine.source import read_source
from engine.user_task import TaskState

if TYPE_CHECKING:
    from pathlib import Path

    from engine.ids import InstanceId

DISSOLUTION, LICENCE = "pembubaran-koperasi", "perizinan-berusaha-koperasi"
COLLECTION, BOOKS = "penagihan-dana-bergulir", "pencatatan-penyimpanan-pembukuan"
SINGLE = ("penagihan-ketiga", "penagihan-kedua", "penagihan-pertama")
FUND = ("penyaluran-pinjaman", "penetapan-penerima", "verifikasi-lapangan", "pengajuan-proposal")
UNTIL_LETTER = (
    *("rapat_hasil_monev", "verifikasi_tidak_aktif", "kirim_usulan", "konfirmasi_usulan"),
    *("terbitkan_sk_usulan", "terima_sk_usulan", "kirim_surat_pengurus"),
)
TO_PRESS = ("kirim_bahan_publikasi", "publikasikan")
INQUIRY = ("usulkan_tim_penyelesai", "selidiki")
DECREE = (
    *("usulkan_sk_pembubaran", "terbitkan_sk_pembubaran"),
    *("kirim_sk_pembubaran", "umumkan_sk"),
)
LETTER_WAIT, PRESS_WAIT = timedelta(days=60), timedelta(days=30)
HALF_A_YEAR = timedelta(days=184)
DRAWINGS = sorted((ROOT / "processes").rglob("*.bpmn"))


# Pembubaran koperasi


@pytest.fixture
def dissolution() -> Walk:
    return Walk("pasuruan", DISSOLUTION)


def letter_sent(walk: Walk) -> InstanceId:
    case = walk.begin(DISSOLUTION, "bidang_koperasi")
    walk.do(case, *UNTIL_LETTER)
    return case


def test_a_cooperative_that_never_answers_is_dissolved(dissolution: Walk) -> None:
    case = letter_sent(dissolution)
    dissolution.wait(LETTER_WAIT - timedelta(minutes=1))
    assert dissolution.open(case) == {"tanggapi_surat"}
    dissolution.wait(timedelta(minutes=1))
    dissolution.do(case, *TO_PRESS)
    dissolution.wait(PRESS_WAIT)
    dissolution.do(case, *DECREE)
    assert dissolution.end_of(case) == "selesai_dibubarkan"


@pytest.mark.parametrize(
    ("advice", "rest", "end"),
    [
        ("pembubaran", DECREE, "selesai_dibubarkan"),
        ("aktif_kembali", ("proses_hukum",), "selesai_proses_hukum"),
    ],
)
@pytest.mark.parametrize("answered", ["tanggapi_surat", "tanggapi_publikasi"])
def test_an_answer_leads_to_the_inquiry_and_its_advice_decides(
    dissolution: Walk, answered: str, advice: str, rest: tuple[str, ...], end: str
) -> None:
    case = letter_sent(dissolution)
    if answered == "tanggapi_publikasi":
        dissolution.wait(LETTER_WAIT)
        dissolution.do(case, *TO_PRESS)
    dissolution.do(case, answered, sikap="keberatan")
    dissolution.wait(LETTER_WAIT + PRESS_WAIT)
    dissolution.do(case, *INQUIRY)
    dissolution.do(case, "buat_laporan_penyelidikan", rekomendasi=advice)
    dissolution.do(case, *rest)
    assert dissolution.end_of(case) == end


def test_the_wait_for_an_answer_is_a_length_of_ours_and_takes_the_task_away(
    dissolution: Walk,
) -> None:
    case = letter_sent(dissolution)
    task = dissolution.dinas.task(case, "tanggapi_surat")
    assert (task.lane, task.on_behalf_of) == ("bidang_koperasi", "Pengurus Koperasi")
    dissolution.wait(LETTER_WAIT)
    assert dissolution.dinas.any_task(task.id).state is TaskState.CANCELLED
    events = [record.event for record in dissolution.dinas.records(case)]
    (scheduled,) = [e for e in events if isinstance(e, TimerScheduled)]
    assert (scheduled.element, scheduled.length) == ("tanggapi_surat_batas", "P60D")
    assert [e.element for e in events if isinstance(e, TimerFired)] == ["tanggapi_surat_batas"]


# Perizinan berusaha koperasi


def test_a_licence_is_given_after_the_files_came_back_once() -> None:
    walk = Walk("pasuruan", LICENCE)
    case = walk.begin(LICENCE, "dinas")
    walk.do(case, "buat_akun", "unggah_berkas")
    for result in ("belum_lengkap", "lengkap"):
        assert walk.open(case) == set()
        walk.report(case, "dinas")
        walk.do(case, "kirim_pemberitahuan")
        walk.do(case, "verifikasi_berkas", hasil_verifikasi=result)
        if result == "belum_lengkap":
            walk.do(case, "lengkapi_berkas")
    walk.do(case, "setujui_permohonan", "cetak_izin")
    assert walk.end_of(case) == "selesai"
    events = [record.event for record in walk.dinas.records(case)]
    topics = [event.topic for event in events if isinstance(event, WorkRequested)]
    assert topics == ["oss_simpan_berkas"] * 2


# Dana bergulir


def collected(walk: Walk, case: InstanceId, *, paid: bool) -> None:
    """One round of the collection, up to the evaluation."""
    walk.do(case, "tugaskan_penagihan", "siapkan_surat_tagihan", "lakukan_penagihan")
    if paid:
        walk.do(case, "bayar_angsuran", "terima_angsuran", "berikan_data_angsuran")
    else:
        walk.wait(HALF_A_YEAR)
    walk.do(case, "catat_angsuran", "laporkan_angsuran")


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_arrears_that_are_paid_close_the_collection_in_any_round(rounds: int) -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION)
    case = walk.begin(COLLECTION, "kepala_upt")
    for number in range(1, rounds + 1):
        is_last = number == rounds
        collected(walk, case, paid=is_last)
        assert walk.dinas.values(case)["putaran"] == number
        walk.do(case, "evaluasi_laporan", status_tunggakan="lunas" if is_last else "menunggak")
    assert walk.end_of(case) == "lunas"


def test_the_third_unpaid_round_goes_to_the_head_of_the_upt() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION)
    case = walk.begin(COLLECTION, "kepala_upt")
    for number in (1, 2, 3):
        collected(walk, case, paid=False)
        walk.do(case, "evaluasi_laporan", status_tunggakan="menunggak")
        assert walk.open(case) == ({"tindak_lanjut"} if number == 3 else {"tugaskan_penagihan"})
    walk.do(case, "tindak_lanjut")
    assert walk.end_of(case) == "diserahkan"
    events = [record.event for record in walk.dinas.records(case)]
    assert len([event for event in events if isinstance(event, TimerFired)]) == 3


def test_a_payment_that_only_comes_in_part_counts_as_unpaid() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION)
    case = walk.begin(COLLECTION, "kepala_upt")
    collected(walk, case, paid=True)
    walk.do(case, "evaluasi_laporan", status_tunggakan="menunggak")
    assert walk.open(case) == {"tugaskan_penagihan"}


@pytest.mark.parametrize("slug", SINGLE)
@pytest.mark.parametrize("paid", [True, False])
def test_a_single_collection_ends_with_its_evaluation(slug: str, *, paid: bool) -> None:
    walk = Walk("pacitan", BOOKS, *SINGLE)
    case = walk.begin(slug, "kepala_upt")
    collected(walk, case, paid=paid)
    walk.do(case, "evaluasi_laporan", sisa_tunggakan=Decimal(0))
    assert walk.end_of(case) == "selesai"


def booked(walk: Walk, case: InstanceId) -> None:
    walk.do(case, "tugaskan_petugas", "catat_data", "simpan_berkas", "bukukan")
    walk.do(case, "laporkan_ke_kepala_upt", "laporkan_ke_kepala_dinas")
    walk.do(case, "kirim_ke_bkd", "terima_laporan_bkd")
    assert walk.end_of(case) == "selesai"


def disbursed(walk: Walk) -> InstanceId:
    """Walk a loan from its proposal, which comes back once, to the money; gives the case that follows."""
    proposal = walk.begin("pengajuan-proposal", "petugas")
    for result in ("tidak", "ya"):
        walk.do(proposal, "ajukan_proposal", nama_pemohon="Nama Pemohon", agunan="Sertifikat")
        walk.do(proposal, "teliti_proposal", hasil_penelitian=result)
    walk.do(proposal, "disposisi_kepala_dinas", "tugaskan_pencatatan")
    walk.do(proposal, "catat_proposal", nomor_register="017/2026")
    assert walk.end_of(proposal) == "selesai"
    survey = walk.begun_by(proposal)
    assert walk.dinas.values(survey)["nama_pemohon"] == "Nama Pemohon"
    walk.do(survey, "nyatakan_lengkap", nomor_register="017/2026")
    walk.do(survey, "tugaskan_verifikasi", "verifikasi_lapangan", "terima_hasil")
    assert walk.end_of(survey) == "selesai"
    award = walk.begun_by(survey)
    walk.do(award, "rekap_verifikasi", "terima_rekap", "rapat_penentuan")
    assert walk.end_of(award) == "selesai"
    loan = walk.begun_by(award)
    walk.do(loan, "tugaskan_agenda", "tugaskan_persiapan", "siapkan_berkas")
    assert walk.open(loan) == {"sampaikan_undangan"}
    walk.do(loan, "sampaikan_undangan", "terima_undangan", "laksanakan_perjanjian")
    walk.do(loan, "serahkan_daftar_bank", "realisasi_kredit")
    assert walk.end_of(loan) == "selesai"
    return walk.begun_by(loan)


def test_a_loan_is_followed_from_its_proposal_to_the_books() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION, *FUND)
    case = disbursed(walk)
    known = walk.dinas.values(case)
    assert (known["debitur"], known["nomor_perjanjian"]) == ("Nama Pemohon", "isi")
    collected(walk, case, paid=True)
    walk.do(case, "evaluasi_laporan", status_tunggakan="lunas")
    books = walk.begun_by(case)
    assert walk.dinas.values(books)["debitur"] == "Nama Pemohon"
    started = walk.dinas.records(books)[0].event
    assert isinstance(started, InstanceStarted)
    assert started.parent == case
    booked(walk, books)


def test_nobody_awarded_means_nothing_to_disburse() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION, *FUND)
    case = walk.begin("penetapan-penerima", "tim_survei")
    walk.do(case, "rekap_verifikasi", "terima_rekap")
    walk.do(case, "rapat_penentuan", total_pinjaman=Decimal(0))
    assert "instance_linked" not in walk.dinas.told(case)


def test_the_three_single_collections_follow_each_other_while_something_is_owed() -> None:
    walk = Walk("pacitan", BOOKS, *SINGLE)
    case = walk.begin("penagihan-pertama", "kepala_upt")
    for _ in SINGLE:
        collected(walk, case, paid=False)
        walk.do(case, "evaluasi_laporan", sisa_tunggakan=Decimal(500))
        case = walk.begun_by(case)
    booked(walk, case)


# One collection in force


def test_the_combined_collection_and_the_single_ones_are_not_in_force_together() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION)
    with pytest.raises(Refused) as refused:
        walk.dinas.deploy(package("pacitan", "penagihan-ketiga"))
    assert [finding.code for finding in refused.value.findings] == ["alternative_in_force"]


def test_an_office_changes_over_with_a_version_that_is_no_longer_in_force() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION)
    running = walk.begin(COLLECTION, "kepala_upt")
    closed = walk.dinas.deploy_one(closing(COLLECTION))
    assert closed.starters == frozenset()
    walk.dinas.deploy(package("pacitan", "penagihan-ketiga"))
    walk.do(running, "tugaskan_penagihan")
    with pytest.raises(Refused) as refused:
        walk.dinas.deploy(package("pacitan", "penyaluran-pinjaman"))
    assert [finding.code for finding in refused.value.findings] == ["link_process_unknown"]


def test_the_change_may_come_in_one_package() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION)
    drawing = f"{COLLECTION}.bpmn"
    apart = {f"lama/{name}": data for name, data in closing(COLLECTION).items()}
    assert f"lama/{drawing}" in apart
    deployed = walk.dinas.deploy({**apart, **package("pacitan", "penagihan-ketiga")})
    assert deployed["pacitan_penagihan_ketiga"].version == 1


def test_a_running_case_begins_none_of_a_map_that_was_taken_out_of_force() -> None:
    walk = Walk("pacitan", BOOKS, COLLECTION, "penyaluran-pinjaman")
    case = walk.begin("penyaluran-pinjaman", "kepala_dinas")
    walk.do(case, "tugaskan_agenda", "tugaskan_persiapan", "sampaikan_undangan")
    walk.do(case, "terima_undangan", "siapkan_berkas", "laksanakan_perjanjian")
    walk.do(case, "serahkan_daftar_bank")
    walk.dinas.deploy(closing(COLLECTION))
    with pytest.raises(ExecutionFailed) as failed:
        walk.do(case, "realisasi_kredit")
    assert failed.value.code == "link_not_in_force"


# The gate


@pytest.mark.parametrize("file", DRAWINGS, ids=[file.stem for file in DRAWINGS])
def test_the_gate_takes_every_shipped_map_and_warns_of_what_is_the_offices_to_set_only(
    file: Path,
) -> None:
    files = package(file.parent.name, file.stem)
    (process,) = read_source(file.read_bytes(), file=file.name).processes
    known = {f"{f.parent.name}_{f.stem}".replace("-", "_") for f in DRAWINGS}
    found = examine(files, is_known=(known - {*alternatives_of(process)}).__contains__).findings
    unstated = [e for e in process.elements.values() if "batas.ditetapkan" in e.properties]
    limits = ["table_not_checked"] if declared_values(process) else []  # they are not in the file
    assert [f.code for f in found] == limits + ["timer_unstated"] * len(unstated)
