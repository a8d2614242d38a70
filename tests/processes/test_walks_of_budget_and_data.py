"""The maps of budget plans and of data for stakeholders: their decisions asked, corrected with a reason, asked again."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import pytest
import yaml
from map_kit import ROOT, TOLD
from map_walk import Walk

from engine.errors import InvalidSubmission
from engine.history import DecisionEvaluated, UserTaskCreated

if TYPE_CHECKING:
    from engine.ids import InstanceId

BUDGET, DATA = "rka-dpa", "data-bagi-pemangku-kepentingan"
COOPERATIVES, MICRO = "bidang_koperasi", "bidang_usaha_mikro"
LANE = "subbag_program"
STAKEHOLDERS = yaml.safe_load((TOLD / "stakeholders.yaml").read_text())


def row(name: str, price: int) -> dict[str, object]:
    """Give a line of expenses."""
    told = {"sub_kegiatan": name, "kode_rekening": "5.1", "uraian": name, "satuan": "paket"}
    return {**told, "volume": Decimal(1), "harga_satuan": Decimal(price)}


# Penyusunan RKA dan DPA


@pytest.fixture
def budget() -> Walk:
    return Walk("pasuruan", BUDGET, units={"bidang": (COOPERATIVES, MICRO)})


def handed_out(walk: Walk, *units: str) -> InstanceId:
    case = walk.begin(BUDGET, LANE)
    walk.do(case, "kirim_surat_penyusunan")
    walk.do(case, "distribusikan_surat", bidang_tujuan=list(units))
    return case


def filled_in(walk: Walk, case: InstanceId, unit: str, price: int) -> None:
    rows, amount = [row(f"Kegiatan {unit}", price)], Decimal(price)
    walk.do_for(case, "input_data", unit, bidang=unit, rincian_belanja=rows, jumlah=amount)


def verified(walk: Walk, case: InstanceId, bpka: str, bappeda: str) -> None:
    walk.do(case, "verifikasi_bpka", hasil_bpka=bpka)
    walk.do(case, "verifikasi_bappeda", hasil_bappeda=bappeda)


def decided(walk: Walk, case: InstanceId) -> list[DecisionEvaluated]:
    events = [record.event for record in walk.dinas.records(case)]
    return [event for event in events if isinstance(event, DecisionEvaluated)]


def to_the_end(walk: Walk, case: InstanceId, last: str) -> None:
    walk.do(case, "tanda_tangani_dokumen", "cetak_dokumen", "kirim_dokumen")
    reviews = ["review_bpka_keuangan", "review_inspektorat"]
    assert walk.open(case) == {*reviews}
    walk.do(case, *sorted(reviews, key=lambda review: review == last))


@pytest.mark.parametrize("last", ["review_bpka_keuangan", "review_inspektorat"])
def test_a_budget_that_both_find_right_is_signed_printed_and_reviewed_twice(
    budget: Walk, last: str
) -> None:
    case = handed_out(budget, COOPERATIVES, MICRO)
    filled_in(budget, case, MICRO, 200)
    assert budget.open(case) == {"input_data"}
    filled_in(budget, case, COOPERATIVES, 300)
    verified(budget, case, "sesuai", "sesuai")
    budget.do(case, "simpulkan_verifikasi")
    to_the_end(budget, case, last)
    assert budget.ends_of(case) == {"selesai_bpka", "selesai_inspektorat"}


@pytest.mark.parametrize(("bpka", "bappeda"), [*product(["revisi", "sesuai"], repeat=2)])
def test_the_budget_goes_back_when_one_of_the_two_asks_for_it(
    budget: Walk, bpka: str, bappeda: str
) -> None:
    case = handed_out(budget, MICRO)
    filled_in(budget, case, MICRO, 200)
    verified(budget, case, bpka, bappeda)
    expected = "sesuai" if (bpka, bappeda) == ("sesuai", "sesuai") else "revisi"
    assert budget.dinas.values(case)["kesimpulan"] == expected
    (event,) = decided(budget, case)
    assert event.outputs == expected
    budget.do(case, "simpulkan_verifikasi")
    assert budget.open(case) == {
        "tanda_tangani_dokumen" if expected == "sesuai" else "beritahu_revisi"
    }


def test_the_unit_that_must_revise_begins_with_its_own_entries_and_the_other_ones_stay(
    budget: Walk,
) -> None:
    case = handed_out(budget, COOPERATIVES, MICRO)
    filled_in(budget, case, COOPERATIVES, 300)
    filled_in(budget, case, MICRO, 200)
    assert budget.dinas.values(case)["jumlah_anggaran"] == 500
    verified(budget, case, "sesuai", "revisi")
    budget.do(case, "simpulkan_verifikasi")
    budget.do(case, "beritahu_revisi", bidang_terkait=[MICRO])
    created = [r.event for r in budget.dinas.records(case) if isinstance(r.event, UserTaskCreated)]
    assert created[-1].candidate_groups == (MICRO,)
    assert budget.innermost(case)["rincian_belanja"] == [row(f"Kegiatan {MICRO}", 200)]
    filled_in(budget, case, MICRO, 150)
    values = budget.dinas.values(case)
    assert values["jumlah_anggaran"] == 450
    assert values["rincian_anggaran"] == [
        {**row(f"Kegiatan {COOPERATIVES}", 300), "bidang": "Bidang Koperasi"},
        {**row(f"Kegiatan {MICRO}", 150), "bidang": "Bidang Usaha Mikro"},
    ]
    verified(budget, case, "sesuai", "sesuai")
    budget.do(case, "simpulkan_verifikasi")
    assert budget.open(case) == {"tanda_tangani_dokumen"}
    assert len(decided(budget, case)) == 2


def test_a_conclusion_other_than_the_rules_needs_a_reason(budget: Walk) -> None:
    case = handed_out(budget, MICRO)
    filled_in(budget, case, MICRO, 200)
    verified(budget, case, "revisi", "sesuai")
    with pytest.raises(InvalidSubmission):
        budget.do(case, "simpulkan_verifikasi", kesimpulan="sesuai")
    reason = "Revisi BPKA sudah dipenuhi saat rapat."
    budget.do(case, "simpulkan_verifikasi", kesimpulan="sesuai", alasan_koreksi=reason)
    assert budget.open(case) == {"tanda_tangani_dokumen"}
    assert budget.dinas.values(case)["simpulkan_verifikasi_aturan"] == {"kesimpulan": "revisi"}


# Sumber informasi bagi pemangku kepentingan


def packages_on_the_form() -> list[str]:
    """Give the packages in the order in which a page sends them, by which a table's list is compared with the form's."""
    form = ROOT / "forms" / "pasuruan" / DATA / "tetapkan_paket_data.form"
    components = json.loads(form.read_text())["components"]
    (field,) = (each for each in components if each.get("key") == "paket_data")
    return [option["value"] for option in field["values"]]


def test_each_of_the_21_stakeholders_gets_its_package_and_its_data() -> None:
    walk, packages = Walk("pasuruan", DATA), packages_on_the_form()
    assert len(STAKEHOLDERS) == 21
    for number, told in enumerate(STAKEHOLDERS, 1):
        case = walk.begin(DATA, "bidang")
        walk.do(case, "minta_data", pihak=told["id"], keperluan="Perencanaan")
        values = walk.dinas.values(case)
        assert values["kelompok"] == told["group"]
        assert values["paket_data"] == [each for each in packages if each in told["packages"]]
        (event,) = decided(walk, case)
        assert event.rules == (f"DecisionRule_{number}",)
        walk.do(case, "tetapkan_paket_data")
        walk.do(case, "siapkan_data", "serahkan_data", "manfaatkan_data")
        assert walk.end_of(case) == "selesai"


def test_a_package_may_be_changed_with_a_reason() -> None:
    walk = Walk("pasuruan", DATA)
    case = walk.begin(DATA, "bidang")
    walk.do(case, "minta_data", pihak="bappeda")
    with pytest.raises(InvalidSubmission):
        walk.do(case, "tetapkan_paket_data", paket_data=["perekonomian"])
    more = ["verifikasi_anggaran", "perekonomian"]
    walk.do(case, "tetapkan_paket_data", paket_data=more, alasan_koreksi="Diminta suratnya.")
    assert walk.dinas.values(case)["paket_data"] == more
