"""The maps with decision tables, each walked to its end in browsers: the rule proposes, a person confirms or says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from map_desk import MapDesks, Town

from engine.clock import SystemClock
from engine.store import InstanceState
from engine.testing import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.walks]

VERIFY = ("verifikasi_bpka", "verifikasi_bappeda")


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


def is_chosen(desk: Desk, label: str) -> bool:
    return desk.page.get_by_label(label, exact=True).is_checked()


def test_a_budget_goes_back_to_one_unit_and_then_to_both_reviews(
    town: Town, pasuruan: MapDesks
) -> None:
    case = pasuruan.begin("subbag_program", "Penyusunan RKA dan DPA")
    pasuruan.do(case, "kirim_surat_penyusunan")
    both = "Bidang Koperasi, Bidang Usaha Mikro"
    pasuruan.do(case, "distribusikan_surat", bidang_tujuan=both)
    pasuruan.do_for(case, "input_data", "bidang_koperasi")
    pasuruan.do_for(case, "input_data", "bidang_usaha_mikro")
    pasuruan.do(case, VERIFY[0], hasil_bpka="Sesuai")
    pasuruan.do(case, VERIFY[1], hasil_bappeda="Perlu revisi", catatan_bappeda="Harga 2026.")

    desk = pasuruan.open(town.task(case, "simpulkan_verifikasi"))
    assert is_chosen(desk, "Perlu revisi")
    assert "Harga 2026." in desk.text
    pasuruan.do(case, "simpulkan_verifikasi")
    pasuruan.do(case, "beritahu_revisi", bidang_terkait="Bidang Usaha Mikro")
    desk = pasuruan.do_for(case, "input_data", "bidang_usaha_mikro")

    pasuruan.do(case, *VERIFY, hasil_bpka="Sesuai", hasil_bappeda="Sesuai")
    desk = pasuruan.open(town.task(case, "simpulkan_verifikasi"))
    assert is_chosen(desk, "Sesuai")
    desk.tick("Perlu revisi", under="Kesimpulan")
    desk.press("Kirim")
    assert len(desk.mistakes) == 1
    assert "Alasan koreksi" in desk.text
    desk.shoot("rka-dpa-alasan")
    desk.tick("Sesuai", under="Kesimpulan")
    desk.press("Kirim")
    assert not desk.mistakes
    pasuruan.do(case, "tanda_tangani_dokumen", "cetak_dokumen", "kirim_dokumen")
    desk = pasuruan.do(case, "review_bpka_keuangan", "review_inspektorat")
    assert town.case(case).state is InstanceState.COMPLETED
    desk.page.goto(f"/perkara/{case}")
    assert "Simpulan verifikasi RKA dan DPA" in desk.text
    desk.shoot("rka-dpa-perkara")


def test_a_stakeholder_gets_the_package_that_the_table_gives(
    town: Town, pasuruan: MapDesks
) -> None:
    case = pasuruan.begin("bidang", "Sumber Informasi bagi Pemangku Kepentingan")
    pasuruan.do(case, "minta_data", keperluan="Perencanaan pelatihan 2027")
    desk = pasuruan.open(town.task(case, "tetapkan_paket_data"))
    assert is_chosen(desk, "Vertikal")
    assert is_chosen(desk, "Kebutuhan pelatihan")
    assert not is_chosen(desk, "Sertifikat halal")
    desk.tick("Sertifikat halal", under="Paket data")
    desk.shoot("paket-koreksi")
    desk.fill("Alasan koreksi", "Diminta dalam suratnya.")
    desk.press("Kirim")
    assert not desk.mistakes
    desk = pasuruan.do(case, "siapkan_data", "serahkan_data", "manfaatkan_data")
    assert town.case(case).state is InstanceState.COMPLETED
    desk.page.goto(f"/perkara/{case}")
    desk.shoot("data-perkara")
