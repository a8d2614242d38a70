"""The mail maps, walked to each end by different persons; after each command history and stored case are the same."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from engine_maps import shipped
from engine_office import Dinas

from engine.errors import NotAllowed, NotFound
from engine.gate import examine
from engine.history import InstanceStarted
from engine.store import InstanceState
from engine.testing import example_post

if TYPE_CHECKING:
    from engine.ids import InstanceId

POSTS = (
    example_post("kepala_dinas", "kepala_dinas", unit="pimpinan"),
    example_post("sekretaris", "sekretaris", "sekretariat_bidang", unit="sekretariat"),
    example_post("staf_umum", "subbag_umum", unit="subbag_umum"),
    example_post("staf_koperasi", "sekretariat_bidang", unit="bidang_koperasi"),
    example_post("staf_usaha_mikro", "sekretariat_bidang", unit="bidang_usaha_mikro"),
    example_post("caraka", "caraka", unit="subbag_umum"),
)
FILE = {"name": "surat.pdf", "digest": "a" * 64, "size": 10, "type": "application/pdf"}
DRAFT = {
    "jenis_naskah": "undangan",
    "perihal": "Undangan rapat",
    "tujuan_surat": "Camat",
    "draf_surat": [FILE],
}


def begun(slug: str, login: str) -> tuple[Dinas, InstanceId]:
    dinas = Dinas(*POSTS)
    dinas.deploy_one(shipped("disposisi"))
    return dinas, dinas.start(dinas.deploy_one(shipped(slug)).id, login)


@pytest.mark.parametrize("slug", ["disposisi", "surat-masuk", "surat-keluar"])
def test_the_gate_finds_nothing_in_a_shipped_map(slug: str) -> None:
    known = {"pasuruan_disposisi"} if slug == "surat-masuk" else set()
    assert examine(shipped(slug), is_known=known.__contains__).findings == ()


def test_all_maps_are_deployed_as_one_package() -> None:
    dinas = Dinas(*POSTS)
    slugs = ("surat-masuk", "surat-keluar", "disposisi")
    deployed = dinas.deploy({k: v for slug in slugs for k, v in _apart(slug).items()})
    assert set(deployed) == {f"pasuruan_{slug.replace('-', '_')}" for slug in slugs}


def _apart(slug: str) -> dict[str, bytes]:
    return {f"{slug}/{name}": data for name, data in shipped(slug).items()}


def ask_for_a_letter(dinas: Dinas, case: InstanceId, **more: object) -> None:
    dinas.complete(
        dinas.task(case, "minta_surat"),
        "kepala_dinas",
        perihal="Undangan",
        tujuan_surat="Camat",
        pokok_isi="Rapat koordinasi",
        unit_pembuat="bidang_koperasi",
        **more,
    )


def sign_and_send(dinas: Dinas, case: InstanceId) -> None:
    dinas.complete(
        dinas.task(case, "tanda_tangani"),
        "kepala_dinas",
        cara_tanda_tangan="basah",
        tanggal_tanda_tangan="2026-11-21",
    )
    dinas.complete(
        dinas.task(case, "beri_nomor"),
        "staf_koperasi",
        nomor_surat="005/12",
        tanggal_surat="2026-11-21",
        kode_klasifikasi="005",
    )
    stamped = {"stempel_dibubuhkan": True, "jumlah_eksemplar": Decimal(2)}
    dinas.complete(dinas.task(case, "bubuhkan_stempel"), "staf_koperasi", **stamped)
    dinas.complete(
        dinas.task(case, "distribusikan_surat"),
        "caraka",
        penerima=[{"nama": "Camat", "alamat": "Kantor"}],
        cara_kirim="antar",
    )


def test_an_outgoing_letter_goes_through_two_revisions_to_its_recipients() -> None:
    dinas, case = begun("surat-keluar", "kepala_dinas")
    ask_for_a_letter(dinas, case, tenggat="2026-11-25")
    for decision in ("revisi", "revisi", "setuju"):
        dinas.complete(dinas.task(case, "buat_draf"), "staf_koperasi", **DRAFT)
        dinas.complete(dinas.task(case, "verifikasi_draf"), "kepala_dinas", keputusan=decision)
    sign_and_send(dinas, case)
    stored = dinas.case(case)
    assert stored.state is InstanceState.COMPLETED
    assert (stored.number, stored.subject) == ("005/12", "Undangan rapat")
    moment = dinas.at(case)
    assert moment.visits["", "buat_draf"] == moment.visits["", "verifikasi_draf"] == 3
    assert moment.flows["", "Flow_hasil_verifikasi_buat_draf"] == 2
    assert moment.flows["", "Flow_hasil_verifikasi_tanda_tangani"] == 1
    assert not any(b"Camat" in record.data for record in dinas.records(case))


def test_only_the_unit_that_the_head_chose_drafts_the_letter() -> None:
    dinas, case = begun("surat-keluar", "kepala_dinas")
    ask_for_a_letter(dinas, case)
    task = dinas.task(case, "buat_draf")
    for login in ("staf_usaha_mikro", "sekretaris"):
        with pytest.raises(NotAllowed):
            dinas.claim(task, login)
    with pytest.raises(NotFound):
        dinas.claim(task, "caraka")
    dinas.claim(task, "staf_koperasi")


def test_an_outgoing_letter_is_asked_for_by_the_head_only() -> None:
    with pytest.raises(NotAllowed):
        begun("surat-keluar", "staf_koperasi")


def record_a_letter(dinas: Dinas, case: InstanceId) -> None:
    dinas.complete(
        dinas.task(case, "kirim_surat"),
        "staf_umum",
        nama_pengirim="Nama Pengirim",
        tanggal_surat="2026-11-19",
        perihal="Permohonan data",
        berkas_surat=[FILE],
    )
    dinas.complete(
        dinas.task(case, "terima_surat"),
        "staf_umum",
        tanggal_terima="2026-11-21T08:00",
        cara_terima="langsung",
        asal_surat="Nama Pengirim",
    )
    dinas.complete(
        dinas.task(case, "agendakan_surat"),
        "staf_umum",
        nomor_agenda="12",
        tanggal_agenda="2026-11-21",
        perihal="Permohonan data koperasi",
    )


def test_an_incoming_letter_is_recorded_for_its_sender() -> None:
    dinas, case = begun("surat-masuk", "staf_umum")
    started = dinas.records(case)[0].event
    assert isinstance(started, InstanceStarted)
    assert started.on_behalf_of == "Dinas/Masyarakat/Lembaga Lain"
    send = dinas.task(case, "kirim_surat")
    assert (send.lane, send.on_behalf_of) == ("subbag_umum", "Dinas/Masyarakat/Lembaga Lain")


@pytest.mark.parametrize("due", [None, "2026-11-25"])
def test_an_incoming_letter_reaches_the_unit_with_and_without_a_deadline(due: str | None) -> None:
    dinas, case = begun("surat-masuk", "staf_umum")
    record_a_letter(dinas, case)
    order = {"unit_tujuan": ["bidang_koperasi"], "instruksi": "Tindak lanjuti", "tenggat": due}
    dinas.complete(dinas.task(case, "disposisi_kepala"), "kepala_dinas", **order)
    forward = dinas.task(case, "teruskan_disposisi")
    assert (forward.due_at is None) == (due is None)
    dinas.complete(forward, "sekretaris", tanggal_diteruskan="2026-11-21")
    dinas.complete(
        dinas.task(case, "distribusikan_surat"),
        "staf_umum",
        penerima=[{"unit": "Bidang Koperasi", "diterima_oleh": "Nama Penerima"}],
    )
    stored = dinas.case(case)
    assert stored.state is InstanceState.COMPLETED
    assert (stored.number, stored.subject) == ("12", "Permohonan data koperasi")
    assert not any(b"Nama Pe" in record.data for record in dinas.records(case))
