"""What the office adds to the two mail maps: who takes a letter, by when, and which values are a person's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

ROOT = Path(__file__).parents[2]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"


def tasks(slug: str, attribute: str) -> dict[str, str]:
    """Give the value of a Camunda attribute by task, for the tasks that have it."""
    root = etree.parse(ROOT / "processes" / "pasuruan" / f"{slug}.bpmn").getroot()
    found = {t.get("id", ""): t.get(CAMUNDA + attribute) for t in root.iter(BPMN + "userTask")}
    return {task: value for task, value in found.items() if value}


def property_of(slug: str, element_id: str, name: str) -> str:
    root = etree.parse(ROOT / "processes" / "pasuruan" / f"{slug}.bpmn").getroot()
    owner = next(e for e in root.iter() if e.get("id") == element_id)
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return next(p.get("value", "") for p in owner.findall(path) if p.get("name") == name)


def components(slug: str, element_id: str) -> list[dict[str, Any]]:
    file = ROOT / "forms" / "pasuruan" / slug / f"{element_id}.form"
    top: list[dict[str, Any]] = json.loads(file.read_text())["components"]
    return top + [inner for each in top for inner in each.get("components", [])]


def personal(slug: str, element_id: str) -> set[str]:
    found = components(slug, element_id)
    return {c["key"] for c in found if c.get("properties", {}).get("pribadi") == "ya"}


def test_the_unit_chosen_by_the_head_takes_the_tasks_of_its_lane() -> None:
    groups = tasks("surat-keluar", "candidateGroups")
    assert groups == dict.fromkeys(
        ("buat_draf", "beri_nomor", "bubuhkan_stempel"), "${unit_pembuat}"
    )
    assert tasks("surat-masuk", "candidateGroups") == {}


def test_the_deadline_holds_for_every_step_after_it_is_set() -> None:
    due = {slug: tasks(slug, "dueDate") for slug in ("surat-keluar", "surat-masuk")}
    assert set(due["surat-masuk"]) == {"teruskan_disposisi", "distribusikan_surat"}
    assert set(due["surat-keluar"]) == {
        *("buat_draf", "verifikasi_draf", "tanda_tangani"),
        *("beri_nomor", "bubuhkan_stempel", "distribusikan_surat"),
    }
    assert {value for each in due.values() for value in each.values()} == {"${tenggat}"}


def test_a_letter_of_an_outsider_is_recorded_by_the_sub_bagian_umum() -> None:
    assert property_of("surat-masuk", "pengirim_surat", "dicatat_oleh") == "subbag_umum"


@pytest.mark.parametrize(
    ("slug", "number"), [("surat-masuk", "nomor_agenda"), ("surat-keluar", "nomor_surat")]
)
def test_a_case_is_called_by_its_subject_and_number(slug: str, number: str) -> None:
    process_id = f"pasuruan_{slug}".replace("-", "_")
    assert property_of(slug, process_id, "perkara.perihal") == "perihal"
    assert property_of(slug, process_id, "perkara.nomor") == number


@pytest.mark.parametrize(
    ("slug", "element_id", "register", "field", "stage"),
    [
        ("surat-keluar", "buat_draf", "surat_keluar", "nomor_surat", "pesan"),
        ("surat-keluar", "tanda_tangani", "surat_keluar", "nomor_surat", "sahkan"),
        ("surat-keluar", "beri_nomor", "surat_keluar", "nomor_surat", "sahkan"),
        ("surat-keluar", "distribusikan_surat", "surat_keluar", "nomor_surat", "kirim"),
        ("surat-masuk", "agendakan_surat", "surat_masuk", "nomor_agenda", "sahkan"),
    ],
)
def test_letters_are_numbered_at_their_steps(
    slug: str, element_id: str, register: str, field: str, stage: str
) -> None:
    assert property_of(slug, element_id, "nomor.register") == register
    assert property_of(slug, element_id, "nomor.isian") == field
    assert property_of(slug, element_id, "nomor.tahap") == stage


@pytest.mark.parametrize(
    ("slug", "element_id", "keys"),
    [
        ("surat-masuk", "kirim_surat", {"nama_pengirim"}),
        ("surat-masuk", "terima_surat", {"asal_surat"}),
        ("surat-masuk", "distribusikan_surat", {"diterima_oleh"}),
        ("surat-keluar", "minta_surat", {"tujuan_surat"}),
        ("surat-keluar", "distribusikan_surat", {"nama", "alamat", "diterima_oleh"}),
        ("surat-keluar", "verifikasi_draf", set()),
    ],
)
def test_values_that_name_a_person_are_marked(slug: str, element_id: str, keys: set[str]) -> None:
    assert personal(slug, element_id) == keys


def test_attachments_may_be_several_and_a_draft_is_one() -> None:
    files = [c for c in components("surat-keluar", "buat_draf") if c["type"] == "filepicker"]
    assert {c["key"]: c.get("multiple", False) for c in files} == {
        "draf_surat": False,
        "lampiran": True,
    }


def test_copies_are_counted_in_whole_numbers() -> None:
    found = {c["key"]: c for c in components("surat-keluar", "bubuhkan_stempel")}
    assert found["jumlah_eksemplar"]["decimalDigits"] == 0
    assert found["jumlah_eksemplar"]["serializeToString"] is True


def test_the_exclusive_gateway_shows_its_marker() -> None:
    text = (ROOT / "processes" / "pasuruan" / "surat-keluar.bpmn").read_text()
    assert 'bpmnElement="hasil_verifikasi" isMarkerVisible="true"' in text
