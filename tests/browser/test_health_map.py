"""The map of the cooperatives' health in browsers: it begins only with the office's limits, and a table proposes by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints
from map_desk import MapDesks, Town

from engine.clock import SystemClock
from engine.store import InstanceState
from engine.testing import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.walks]

TITLE = "Penilaian Kesehatan Koperasi"
BEFORE = (
    *("bentuk_tim", "siapkan_kertas_kerja", "rapat_tim", "identifikasi_sasaran"),
    *("beritahukan_rencana", "siapkan_dokumen"),
)
BEHIND = (
    *("susun_rekomendasi", "cetak_sertifikat", "tandatangani_sertifikat", "sampaikan_sertifikat"),
)
HEALTHY, FAIR, WATCHED = (
    f"Skor terendah untuk predikat {word}" for word in ("sehat", "cukup sehat", "dalam pengawasan")
)


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


def set_limits(owner: Desk, healthy: str, fair: str, watched: str) -> None:
    owner.page.goto("/kantor/ketetapan")
    for label, limit in ((HEALTHY, healthy), (FAIR, fair), (WATCHED, watched)):
        owner.fill(label, limit)
    owner.press("Simpan")


def refuses_what_is_wrong(owner: Desk) -> None:
    """See what the page says to numbers that it can't keep."""
    owner.page.goto("/kantor/ketetapan")
    assert "3 belum ditetapkan" in owner.text
    assert complaints(owner.page) == ""
    owner.shoot("ketetapan-kosong")
    set_limits(owner, "80", "delapan", "51")
    assert "“delapan” bukan angka" in owner.text
    assert complaints(owner.page) == ""
    owner.shoot("ketetapan-salah")
    set_limits(owner, "80", "90,5", "51")
    assert f"“{FAIR}” harus lebih kecil daripada “{HEALTHY}”" in owner.text


def corrects(desk: Desk) -> None:
    """See what the table proposes, say something else without a reason, and agree after all."""
    assert "75,5" in desk.text
    assert desk.page.get_by_label("Predikat").input_value() == "cukup_sehat"
    desk.shoot("kesehatan-predikat")
    desk.choose("Predikat", "Sehat")
    desk.press("Kirim")
    assert "Alasan koreksi" in desk.text
    desk.shoot("kesehatan-alasan")
    desk.choose("Predikat", "Cukup sehat")
    desk.press("Kirim")


def test_the_office_sets_its_limits_and_the_table_proposes_by_them(
    town: Town, open_desk: Callable[..., Desk]
) -> None:
    people = MapDesks(town, "pacitan", open_desk)
    head, owner = people.of("kepala_dinas"), open_desk("pemilik.pacitan")
    head.page.goto("/proses")
    assert f"Ketetapan kantor belum diisi: {HEALTHY}, {FAIR}, {WATCHED}." in head.text
    assert head.page.get_by_role("button", name=f"Mulai {TITLE}").count() == 0
    head.shoot("kesehatan-belum")

    refuses_what_is_wrong(owner)
    set_limits(owner, "80", "66,5", "51")
    assert "Ketetapan disimpan" in owner.text
    owner.shoot("ketetapan")

    case = people.begin("kepala_dinas", TITLE)
    people.do(case, *BEFORE)
    points = ("30", "20", "20", "5,5")
    aspects = ("tata_kelola", "profil_risiko", "kinerja_keuangan", "permodalan")
    people.do(
        case,
        "laksanakan_penilaian",
        **{f"nilai_{a}": p for a, p in zip(aspects, points, strict=True)},
    )
    corrects(people.open(town.task(case, "tetapkan_predikat")))
    desk = people.do(case, *BEHIND)
    assert town.case(case).state is InstanceState.COMPLETED
    desk.page.goto(f"/perkara/{case}")
    desk.shoot("kesehatan-perkara")
    assert (
        "ketetapan kantor: batas_cukup_sehat 66,5, batas_dalam_pengawasan 51, batas_sehat 80"
        in desk.text
    )
