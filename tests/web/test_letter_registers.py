"""Registers of letter numbers, by HTTP: rules with examples, what would make doubles, and books of other kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import shipped
from letter_pages import register_form, take
from web_kit import Caller, parts_of

from engine.actor import Signature
from engine.chain import agency_chain
from engine.history import LetterRuleChanged
from engine.ids import AgencyId
from storage.history import list_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    Desk = Callable[[str], Caller]


@pytest.fixture
def clerk(desk: Desk) -> Caller:
    """Give the browser of a clerk whose lane numbers outgoing letters."""
    return desk("mikro")


EDIT, NEW = "/register-surat/surat_keluar", "/register-surat/baru"


def test_examples_are_shown_before_anything_is_saved(app: Flask, desk: Desk) -> None:
    admin = desk("admin")
    assert "000.8.3.3/001/KOP/XI/2026" in admin.get(EDIT).text
    page = register_form(admin, EDIT, pola="{nomor}/{unit}-DKUM/{tahun}", lebar="5", _aksi="contoh")
    assert page.status == 200
    assert "00001/KOP-DKUM/2026" in page.text
    assert "00125/KOP-DKUM/2026" in page.text
    assert [event.version for event in rule_events(app)] == [1, 1]


def test_a_new_register_shows_its_numbers_before_it_has_a_name(desk: Desk) -> None:
    admin = desk("admin")
    assert "000.8.3.3/001/XI/2026" in admin.get(NEW).text
    page = register_form(admin, NEW, pola="SK/{nomor}/{tahun}", _aksi="contoh")
    assert page.status == 200
    assert "SK/001/2026" in page.text
    wrong = register_form(admin, NEW, pola="SK/{tahun}", _aksi="contoh")
    assert wrong.status == 422
    assert wrong.page.select_one("#pola-salah")
    assert not wrong.page.select("#nama-salah")


def test_another_rule_numbers_from_today_on(app: Flask, desk: Desk, clerk: Caller) -> None:
    take(clerk)
    saved = register_form(desk("pemilik"), EDIT, pola="{klasifikasi}/{nomor}/{unit}", lebar="1")
    assert "Aturan nomor disimpan." in saved.text
    assert take(clerk).heading == "000.8.3.3/2/UM"
    assert rule_events(app)[-1].pattern == "{klasifikasi}/{nomor}/{unit}"
    assert "Versi 2" in desk("admin").get(EDIT).text


@pytest.mark.parametrize(
    ("changes", "at", "words"),
    [
        ({"pola": "{klasifikasi}/{tahun}"}, "pola", "Pola harus memuat {nomor}"),
        ({"pola": "{nomor}/{hari}"}, "pola", "“{hari}” tidak dikenal"),
        ({"pola": "{nomor}/{tahun}", "lingkup": "klasifikasi"}, "pola", "memuat {klasifikasi}"),
        ({"awal": "nol"}, "awal", "antara 1 dan"),
        ({"mulai": "kapan-kapan"}, "mulai", "1 Januari 2027"),
        ({"nama": ""}, "nama", "Isi nama register"),
        ({"kode.bidang_koperasi": "UM"}, "kode", "dipakai dua unit"),
        ({"lajur": []}, "lajur", "paling sedikit satu lajur"),
    ],
    ids=str,
)
def test_a_rule_that_would_make_doubles_comes_back_with_the_reason_at_its_field(
    app: Flask, desk: Desk, changes: dict[str, object], at: str, words: str
) -> None:
    page = register_form(desk("admin"), EDIT, **changes)
    assert page.status == 422
    told = page.page.select_one(f"#{at}-salah")
    assert told is not None
    assert words in told.get_text()
    assert len(rule_events(app)) == 2


def test_sequences_are_cut_anew_with_a_new_year_only(desk: Desk, clerk: Caller) -> None:
    take(clerk)
    admin = desk("admin")
    refused = register_form(admin, EDIT, lingkup="klasifikasi")
    assert "hanya dapat berganti mulai 1 Januari" in refused.text
    assert refused.status == 422
    saved = register_form(admin, EDIT, lingkup="klasifikasi", mulai="1 Januari 2027")
    assert "Aturan nomor disimpan." in saved.text
    assert take(clerk, classification="005").heading == "005/002/UM/XI/2026"


def test_a_register_is_added_for_letters_of_another_kind(desk: Desk, clerk: Caller) -> None:
    admin = desk("admin")
    page = register_form(
        admin,
        NEW,
        register="sk_kepala",
        nama="Keputusan Kepala Dinas",
        arah="lain",
        pola="SK.{nomor}/{tahun}",
        lajur="sekretariat_bidang",
    )
    assert "Keputusan Kepala Dinas" in page.text
    assert take(clerk, "sk_kepala").heading == "SK.001/2026"
    again = register_form(
        admin, NEW, register="sk_kepala", nama="Lain", lajur="caraka", pola="{nomor}"
    )
    assert again.status == 409
    assert "sudah ada" in again.text


def test_a_register_of_another_system_s_numbers_refuses_doubles(desk: Desk, clerk: Caller) -> None:
    admin = desk("admin")
    register_form(
        admin,
        NEW,
        register="srikandi",
        nama="Nomor SRIKANDI",
        sumber="luar",
        pola="",
        lajur="sekretariat_bidang",
    )
    long = "B/000.8.3.3/1234/SRIKANDI-2026/" + "X" * 60
    assert take(clerk, "srikandi", number=long).heading == long
    double = take(clerk, "srikandi", number=long)
    assert double.status == 422
    assert "sudah ada di register" in double.text


@pytest.mark.parametrize("login", ["mikro", "kepala", "auditor"])
def test_rules_are_made_by_who_oversees_the_office(desk: Desk, login: str) -> None:
    for path in ("/register-surat", EDIT, NEW):
        assert desk(login).get(path).status == 403


def test_a_process_that_wants_a_missing_register_is_named(app: Flask, desk: Desk) -> None:
    package = shipped("surat-masuk")
    drawing = package["surat-masuk.bpmn"].replace(b'"surat_masuk"', b'"buku_lain"')
    parts_of(app).runtime.deploy(
        {**package, "surat-masuk.bpmn": drawing},
        agency=AgencyId("pasuruan"),
        by=Signature.of_system(),
    )
    page = desk("admin").get("/register-surat")
    assert "buku_lain untuk Pelayanan Surat Masuk" in page.text
    assert desk("admin").get(page.link("Buat register")).page.select_one("input[value=buku_lain]")


def rule_events(app: Flask) -> list[LetterRuleChanged]:
    """Give the changes of rules that the office's chain tells of."""
    chain = agency_chain(AgencyId("pasuruan"))
    records = parts_of(app).database.read(lambda c: list_records(c, chain))
    return [r.event for r in records if isinstance(r.event, LetterRuleChanged)]
