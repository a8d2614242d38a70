"""The maps of dissolution, licensing and revolving fund, each walked to each of its ends in browsers, the clock moved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from map_desk import MapDesks, Town
from map_walk import closing, package

from engine.actor import Signature
from engine.clock import SystemClock
from engine.ids import AgencyId
from engine.store import InstanceState
from engine.testing import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk import Desk

    from engine.ids import InstanceId

pytestmark = pytest.mark.browser

UNTIL_LETTER = (
    *("rapat_hasil_monev", "verifikasi_tidak_aktif", "kirim_usulan", "konfirmasi_usulan"),
    *("terbitkan_sk_usulan", "terima_sk_usulan", "kirim_surat_pengurus"),
)
DECREE = (
    *("usulkan_sk_pembubaran", "terbitkan_sk_pembubaran"),
    *("kirim_sk_pembubaran", "umumkan_sk"),
)
BOOKS = (
    *("tugaskan_petugas", "catat_data", "simpan_berkas", "bukukan", "laporkan_ke_kepala_upt"),
    *("laporkan_ke_kepala_dinas", "kirim_ke_bkd", "terima_laporan_bkd"),
)
COLLECT = ("tugaskan_penagihan", "siapkan_surat_tagihan", "lakukan_penagihan")
RECORD = ("catat_angsuran", "laporkan_angsuran")
HALF_A_YEAR = timedelta(days=184)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give the demonstration offices with a clock of their own."""
    town = Town(tmp_path_factory.mktemp("town"), FixedClock(SystemClock().now()))
    yield town
    town.stop()


@pytest.fixture(scope="module")
def server(town: Town) -> str:
    """Give the address that the desks sit at."""
    return town.address


@pytest.fixture
def pasuruan(town: Town, open_desk: Callable[..., Desk]) -> MapDesks:
    return MapDesks(town, "pasuruan", open_desk)


@pytest.fixture
def pacitan(town: Town, open_desk: Callable[..., Desk]) -> MapDesks:
    return MapDesks(town, "pacitan", open_desk)


def ended(town: Town, desk: Desk, case: InstanceId, end: str) -> None:
    """See that a case is over, and that its page says where it ended."""
    assert town.case(case).state is InstanceState.COMPLETED
    desk.page.goto(f"/perkara/{case}")
    assert desk.page.locator(f"svg.diagram [data-el='{end}'].done").count() == 1
    desk.shoot(f"selesai-{end}")


def test_a_cooperative_that_never_answers_is_dissolved(town: Town, pasuruan: MapDesks) -> None:
    case = pasuruan.begin("bidang_koperasi", "Pembubaran Koperasi")
    pasuruan.do(case, *UNTIL_LETTER)
    desk = pasuruan.of("bidang_koperasi")
    desk.page.goto(f"/tugas/{town.task(case, 'tanggapi_surat').id}")
    assert "atas nama Pengurus Koperasi" in desk.text
    desk.shoot("menunggu-tanggapan")
    pasuruan.wait(timedelta(days=60))
    pasuruan.do(case, "kirim_bahan_publikasi", "publikasikan")
    pasuruan.wait(timedelta(days=30))
    ended(town, pasuruan.do(case, *DECREE), case, "selesai_dibubarkan")


@pytest.mark.walks
def test_a_cooperative_that_answers_goes_to_law(town: Town, pasuruan: MapDesks) -> None:
    case = pasuruan.begin("bidang_koperasi", "Pembubaran Koperasi")
    pasuruan.do(case, *UNTIL_LETTER)
    pasuruan.do(case, "tanggapi_surat", sikap="Keberatan")
    pasuruan.do(case, "usulkan_tim_penyelesai", "selidiki")
    answer = "Koperasi ingin aktif kembali"
    pasuruan.do(case, "buat_laporan_penyelidikan", rekomendasi=answer)
    ended(town, pasuruan.do(case, "proses_hukum"), case, "selesai_proses_hukum")


def test_a_licence_is_given_after_the_files_came_back_once(town: Town, pasuruan: MapDesks) -> None:
    case = pasuruan.begin("dinas", "Perizinan Berusaha Koperasi")
    pasuruan.do(case, "buat_akun", "unggah_berkas")
    pasuruan.report(case, "dinas", "Menyimpan berkas secara otomatis")
    pasuruan.do(case, "kirim_pemberitahuan")
    pasuruan.do(case, "verifikasi_berkas", hasil_verifikasi="Belum lengkap", kekurangan="Rencana")
    pasuruan.do(case, "lengkapi_berkas")
    pasuruan.report(case, "dinas", "Menyimpan berkas secara otomatis")
    pasuruan.do(case, "kirim_pemberitahuan")
    pasuruan.do(case, "verifikasi_berkas", hasil_verifikasi="Lengkap")
    desk = pasuruan.do(case, "setujui_permohonan", "cetak_izin")
    ended(town, desk, case, "selesai")


def test_a_loan_is_followed_from_its_proposal_to_the_books(town: Town, pacitan: MapDesks) -> None:
    proposal = pacitan.begin("petugas", "Pengajuan Proposal Dana Bergulir")
    pacitan.do(proposal, "ajukan_proposal", nama_pemohon="Koperasi Uji")
    pacitan.do(proposal, "teliti_proposal", hasil_penelitian="Tidak", kekurangan="Agunan")
    pacitan.do(proposal, "ajukan_proposal")
    pacitan.do(proposal, "teliti_proposal", hasil_penelitian="Ya")
    pacitan.do(proposal, "disposisi_kepala_dinas", "tugaskan_pencatatan")
    ended(town, pacitan.do(proposal, "catat_proposal"), proposal, "selesai")
    survey = town.begun_by(proposal)
    first = ("nyatakan_lengkap", "tugaskan_verifikasi", "verifikasi_lapangan", "terima_hasil")
    ended(town, pacitan.do(survey, *first), survey, "selesai")
    award = town.begun_by(survey)
    desk = pacitan.do(award, "rekap_verifikasi", "terima_rekap", "rapat_penentuan")
    ended(town, desk, award, "selesai")
    loan = town.begun_by(award)
    pacitan.do(loan, "tugaskan_agenda", "tugaskan_persiapan", "sampaikan_undangan")
    pacitan.do(loan, "terima_undangan", "siapkan_berkas", "laksanakan_perjanjian")
    ended(town, pacitan.do(loan, "serahkan_daftar_bank", "realisasi_kredit"), loan, "selesai")
    collection = town.begun_by(loan)
    pacitan.do(collection, *COLLECT, "bayar_angsuran", "terima_angsuran", "berikan_data_angsuran")
    pacitan.do(collection, *RECORD)
    desk = pacitan.do(collection, "evaluasi_laporan", status_tunggakan="Lunas")
    ended(town, desk, collection, "lunas")
    books = town.begun_by(collection)
    desk = pacitan.do(books, *BOOKS)
    ended(town, desk, books, "selesai")
    head = pacitan.of("kepala_upt")
    head.page.goto(f"/perkara/{books}")
    assert "Koperasi Uji" in head.text
    assert head.page.locator(f"a[href*='{collection}']").count()
    head.follow("Siapa memegang apa")
    assert head.title == "Rantai perkara"
    for case in (proposal, survey, award, loan, collection, books):
        assert head.page.locator(f"main a[href='/perkara/{case}']").count()
    head.shoot("rantai-dana-bergulir")


@pytest.mark.walks
def test_the_third_unpaid_round_goes_to_the_head_of_the_upt(town: Town, pacitan: MapDesks) -> None:
    case = pacitan.begin("kepala_upt", "Penagihan Dana Bergulir (tiga putaran)")
    for _ in range(3):
        pacitan.do(case, *COLLECT)
        pacitan.wait(HALF_A_YEAR)
        pacitan.do(case, *RECORD)
        pacitan.do(case, "evaluasi_laporan", status_tunggakan="Masih menunggak")
    ended(town, pacitan.do(case, "tindak_lanjut"), case, "diserahkan")


@pytest.mark.walks
def test_the_single_collections_follow_each_other_when_an_office_has_them_in_force(
    town: Town, pacitan: MapDesks
) -> None:
    single = ("penagihan-ketiga", "penagihan-kedua", "penagihan-pertama")
    deploy = town.parts.runtime.deploy
    closed = closing("penagihan-dana-bergulir")
    for files in (closed, *(package("pacitan", slug) for slug in single)):
        deploy(files, agency=AgencyId("pacitan"), by=Signature.of_system())
    case = pacitan.begin("kepala_upt", "Penagihan Pertama Dana Bergulir")
    for _ in single:
        pacitan.do(case, *COLLECT)
        pacitan.wait(HALF_A_YEAR)
        desk = pacitan.do(case, *RECORD, "evaluasi_laporan")
        ended(town, desk, case, "selesai")
        case = town.begun_by(case)
    assert town.slug(case)[1] == "pencatatan-penyimpanan-pembukuan"
