"""The administrator's pages: units, posts, persons, who holds what, and the pages as such."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from office_pages import fill_in, hire, letters, page_of, press, roster, settle_abroad
from web_kit import FIRST_REQUEST, Caller, parts_of

from engine.actor import Role
from engine.ids import PersonId, PostId
from web.headers import POLICY

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

KB = 1024
NEW_PERSON = {
    "nama": "Ibu Baru",
    "login": "Ibu.Baru",
    "surel": "ibu@contoh.go.id",
    "peran": "staff",
}
PLH = {"jabatan": "sekretaris", "sebagai": "plh", "surat": "094/12/2026", "sampai": "2026-11-25"}


@pytest.fixture
def admin(desk: Desk) -> Caller:
    """Give the administrator's browser."""
    return desk("admin")


@pytest.fixture
def addresses(app: Flask, desk: Desk) -> list[str]:
    """Give the addresses of all pages, of persons and posts with something to show."""
    letters(desk, "Undangan rapat")
    clerk = page_of(app, "mikro")
    (held,) = roster(app).list_held(PersonId(clerk.rpartition("/")[2]))
    begun = held.held_from.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return [
        "/kantor",
        "/kantor/pegawai",
        "/kantor/pegawai/baru",
        "/kantor/pegawai/impor",
        *(clerk + rest for rest in ("", "/ubah", "/jabatan", "/tutup", "/alihkan")),
        f"{clerk}/jabatan/staf_usaha_mikro/{begun}",
        "/kantor/jabatan",
        "/kantor/jabatan-baru",
        "/kantor/jabatan/sekretaris",
        "/kantor/jabatan/sekretaris/ubah",
        "/kantor/unit",
        "/kantor/unit-baru",
        "/kantor/unit/sekretariat",
    ]


def test_a_unit_is_added_renamed_closed_and_opened_again(app: Flask, admin: Caller) -> None:
    added = fill_in(admin, "/kantor/unit-baru", {"nama": "Bidang UKM & Koperasi", "kode": ""})
    assert (added.path, added.heading) == ("/kantor/unit", "Unit")
    address = "/kantor/unit/bidang_ukm_koperasi"
    fill_in(admin, address, {"nama": "Bidang UKM"})
    assert "Bidang UKM" in press(admin, address, "/tutup", {}).text
    closed = admin.get(address)
    assert closed.heading == "Buka lagi unit"
    admin.post(address, {**closed.form(address), "nama": "Bidang UKM"})
    assert admin.get(address).heading == "Ubah unit"
    told = [unit.closed_at for unit in roster(app).units.values() if unit.name == "Bidang UKM"]
    assert told == [None]


def test_a_unit_with_posts_says_why_it_stays_open(admin: Caller) -> None:
    page = press(admin, "/kantor/unit/sekretariat", "/tutup", {})
    assert page.status == 409
    assert "masih mempunyai jabatan: Sekretaris Dinas, Staf Sekretariat" in page.text


def test_a_post_gets_lanes_by_name_and_keeps_those_that_no_map_has(
    app: Flask, admin: Caller
) -> None:
    form = admin.get("/kantor/jabatan-baru")
    labels = [label.get_text(" ", strip=True) for label in form.page.select(".choice label")]
    assert any(label.startswith("Caraka (pengantar surat)") for label in labels)
    fields = {
        "nama": "Arsiparis",
        "unit": "subbag_umum",
        "atasan": "sekretaris",
        "urutan": "9",
        "lajur": ["caraka", "subbag_umum"],
        "lain": "arsip, arsip_lama",
    }
    page = fill_in(admin, "/kantor/jabatan-baru", fields)
    assert (page.path, page.heading) == ("/kantor/jabatan/arsiparis", "Arsiparis")
    entry = roster(app).get_post(PostId("arsiparis"))
    assert entry.post.lanes == {"caraka", "subbag_umum", "arsip", "arsip_lama"}
    edit = admin.get("/kantor/jabatan/arsiparis/ubah")
    other = edit.page.select_one("#lain")
    assert other is not None
    assert other["value"] == "arsip, arsip_lama"


def test_a_post_that_is_wrong_comes_back_as_it_was_typed(admin: Caller) -> None:
    fields = {"nama": "Arsiparis", "unit": "", "urutan": "sembilan", "lain": "dua arsip"}
    page = fill_in(admin, "/kantor/jabatan-baru", fields)
    assert page.status == 422
    assert "Urutan harus angka" in page.text
    typed = {str(field["name"]): field.get("value") for field in page.page.select("main input")}
    assert (typed["nama"], typed["urutan"], typed["lain"]) == ("Arsiparis", "sembilan", "dua arsip")


def test_two_administrators_do_not_write_over_each_other(admin: Caller, desk: Desk) -> None:
    address = "/kantor/jabatan/caraka/ubah"
    mine, other = admin.get(address), desk("admin")
    fields = {"nama": "Caraka", "unit": "subbag_umum", "urutan": "6", "lajur": ["caraka"]}
    fill_in(other, address, {**fields, "nama": "Pengantar surat"})
    late = admin.post(address, {**mine.form(address), **fields, "nama": "Kurir"})
    assert late.status == 409
    assert "baru saja diubah orang lain" in late.text
    assert admin.get("/kantor/jabatan/caraka").heading == "Pengantar surat"


def test_a_post_with_a_holder_stays_open_and_one_without_is_closed(admin: Caller) -> None:
    page = press(admin, "/kantor/jabatan/caraka", "/tutup", {})
    assert page.status == 409
    assert "masih dipegang Caraka" in page.text
    fill_in(
        admin, "/kantor/jabatan-baru", {"nama": "Arsiparis", "unit": "subbag_umum", "urutan": "9"}
    )
    closed = press(admin, "/kantor/jabatan/arsiparis", "/tutup", {})
    assert closed.path == "/kantor/jabatan"
    assert "Sudah ditutup Arsiparis arsiparis" in closed.text


def test_a_new_person_chooses_a_password_by_a_link_and_signs_in(
    app: Flask, admin: Caller, visitor: Caller
) -> None:
    page = fill_in(admin, "/kantor/pegawai/baru", NEW_PERSON)
    assert page.heading == "Ibu Baru"
    assert "Belum ada kata sandi" in page.text
    assert "Belum mempunyai kata sandi (1)" in admin.get("/kantor").text
    assert visitor.sign_in("ibu.baru", "-").status == 422
    shown = press(admin, page.path, "/tautan", {})
    link = next(code.get_text() for code in shown.page.select("dd code"))
    chosen = visitor.get(link.partition("//")[2].partition("/")[1] + link.split("/", 3)[3])
    password = "gedung kopi rantai ungu"  # noqa: S105 - of a test
    fields = {"sandi_baru": password, "sandi_ulang": password}
    visitor.post("/sandi-baru", {**chosen.form("/sandi-baru"), **fields})
    assert visitor.sign_in("ibu.baru", password).path == "/tugas"
    assert "Belum ada kata sandi" not in admin.get(page_of(app, "ibu.baru")).text


def test_a_new_person_sent_twice_is_one_person(app: Flask, admin: Caller) -> None:
    address = "/kantor/pegawai/baru"
    form = admin.get(address).form(address)
    pages = [admin.post(address, {**form, **NEW_PERSON}) for _ in range(2)]
    assert [page.path for page in pages] == [page_of(app, "ibu.baru")] * 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"login": "kepala"}, "“kepala” sudah dipakai"),
        ({"login": "dua kata"}, "hanya huruf kecil"),
        ({"nama": " "}, "Nama belum diisi"),
        ({"surel": "bukan"}, "surel"),
        ({"peran": "raja"}, "paling sedikit satu peran"),
    ],
)
def test_a_person_who_is_wrong_comes_back_as_typed(
    app: Flask, admin: Caller, given: dict[str, str], said: str
) -> None:
    before = roster(app)
    page = fill_in(admin, "/kantor/pegawai/baru", {**NEW_PERSON, **given})
    assert page.status in {409, 422}
    assert said in page.text
    typed = page.page.select_one("#login")
    assert typed is not None
    assert typed["value"] == {**NEW_PERSON, **given}["login"]
    assert roster(app) == before


def test_roles_count_from_the_next_request_and_the_last_administrator_keeps_the_role(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    clerk = desk("mikro")
    assert clerk.get("/kantor").status == 403
    fields = {"nama": "Staf", "login": "mikro", "peran": ["staff", "administrator"]}
    fill_in(admin, f"{page_of(app, 'mikro')}/ubah", fields)
    assert clerk.get("/kantor").status == 200
    fill_in(
        clerk, f"{page_of(app, 'admin')}/ubah", {"nama": "A", "login": "admin", "peran": "staff"}
    )
    assert admin.get("/kantor").status == 403
    alone = {"nama": "Staf", "login": "mikro", "peran": "staff"}
    page = fill_in(clerk, f"{page_of(app, 'mikro')}/ubah", alone)
    assert page.status == 409
    assert "satu-satunya administrator" in page.text


def test_persons_are_found_by_name_and_by_the_state_of_their_account(
    app: Flask, admin: Caller
) -> None:
    found = admin.get("/kantor/pegawai?cari=BIDANG%20koperasi").page.select("a.title")
    assert [link.get_text() for link in found] == ["Kepala Bidang Koperasi", "Staf Bidang Koperasi"]
    fill_in(admin, f"{page_of(app, 'caraka')}/tutup", {"alasan": "pensiun"})
    names = [
        [
            link.get_text()
            for link in admin.get(f"/kantor/pegawai?keadaan={state}").page.select("a.title")
        ]
        for state in ("", "tertutup", "semua")
    ]
    assert "Caraka" not in names[0]
    assert names[1] == ["Caraka"]
    assert len(names[2]) == len(names[0]) + 1
    assert "Tidak ada pegawai" in admin.get("/kantor/pegawai?cari=siapa").text


def test_a_deputy_without_a_letter_is_sent_back_and_with_one_signs_as_plh(
    app: Flask, admin: Caller, desk: Desk, clock: FixedClock
) -> None:
    address = f"{page_of(app, 'koperasi')}/jabatan"
    silent = fill_in(admin, address, {**PLH, "surat": ""})
    assert silent.status == 422
    assert "Nomor surat penugasan Plh. atau Plt. belum diisi" in silent.text
    chosen = silent.page.select_one("#jabatan option[selected]")
    assert chosen is not None
    assert chosen["value"] == "sekretaris"
    page = fill_in(admin, address, PLH)
    assert "Plh. Sekretaris Dinas surat 094/12/2026" in page.text
    assert "21 November 2026 sampai 25 November 2026" in page.text
    overview = admin.get("/kantor").text
    assert "Plh. 21 November 2026 sampai 25 November 2026, surat 094/12/2026" in overview
    deputy = desk("koperasi")
    asked = deputy.get("/akun").text
    assert "Plh. Sekretaris Dinas" in asked
    clock.advance(timedelta(days=5))
    assert "Plh." not in desk("koperasi").get("/akun").text


def test_a_deputy_of_the_head_starts_a_letter_and_the_history_says_so(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    deputy = {**PLH, "jabatan": "kepala_dinas"}
    fill_in(admin, f"{page_of(app, 'sekretaris')}/jabatan", deputy)
    secretary = desk("sekretaris")
    page = secretary.send(secretary.start("Pelayanan Surat Keluar"), FIRST_REQUEST)
    case = page.link("Lihat perkara")
    assert "Plh. Kepala Dinas" in desk("kepala").get(case).text


def test_a_holding_that_is_past_now_and_to_come_is_told_apart(app: Flask, admin: Caller) -> None:
    address = page_of(app, "caraka")
    for fields in (
        {"jabatan": "staf_umum", "mulai": "2025-01-01", "sampai": "2025-06-30"},
        {"jabatan": "staf_umum", "mulai": "2026-12-01"},
    ):
        assert fill_in(admin, f"{address}/jabatan", fields).status == 200
    text = admin.get(address).text
    assert "1 Januari 2025 sampai 30 Juni 2025 Sudah berakhir" in text
    assert "sejak 1 Desember 2026 Akan datang" in text
    assert "sejak 21 November 2026 Sekarang" in text
    link = next(
        str(a["href"])
        for a in admin.get(address).page.select(".act a")
        if "Batalkan" in a.get_text()
    )
    assert "dibatalkan sebelum mulai (1 Desember 2026) Dibatalkan" in fill_in(admin, link, {}).text


def test_the_overview_names_lanes_posts_and_tasks_that_nobody_has(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    assert "Setiap lajur dan jabatan ada pemegangnya" in admin.get("/kantor").text
    letters(desk, "Undangan rapat")
    for login in ("caraka", "mikro"):
        fill_in(admin, f"{page_of(app, login)}/jabatan", {"jabatan": "staf_umum"})
    fill_in(admin, f"{page_of(app, 'caraka')}/tutup", {"alasan": "pensiun"})
    edit = "/kantor/jabatan/staf_usaha_mikro/ubah"
    without = {"nama": "Staf Bidang Usaha Mikro", "unit": "bidang_usaha_mikro", "urutan": "7"}
    fill_in(admin, edit, without)
    text = admin.get("/kantor").text
    assert "Lajur tanpa pemegang (1)" in text
    assert "Caraka (pengantar surat) caraka · Pelayanan Surat Keluar" in text
    assert "Jabatan tanpa pemegang (1)" in text
    assert "Tugas yang pemegangnya tidak berhak lagi (1)" in text
    assert "Undangan rapat" in text


def test_nothing_of_another_agency_is_there(app: Flask, desk: Desk) -> None:
    settle_abroad(app)
    stranger, before = desk("asing"), roster(app)
    assert "Sekretaris" not in stranger.get("/kantor").text
    assert "Administrator" not in [
        a.get_text() for a in stranger.get("/kantor/pegawai").page.select("a.title")
    ]
    clerk = page_of(app, "mikro")
    token = stranger.get("/kantor/unit-baru").form("/kantor/unit-baru")
    for address in (clerk, "/kantor/jabatan/sekretaris", "/kantor/unit/sekretariat"):
        assert stranger.get(address).status == 404
    changing = [
        f"{clerk}/{act}"
        for act in ("ubah", "buka", "tautan", "sesi", "tutup", "alihkan", "jabatan")
    ]
    changing += ["/kantor/jabatan/sekretaris/ubah", "/kantor/unit/sekretariat/tutup"]
    for address in changing:
        fields = {
            **token,
            "_revisi": "1",
            "nama": "X",
            "login": "x",
            "peran": "staff",
            "urutan": "1",
        }
        fields |= {"jabatan": "kepala_dinas", "alasan": "x"}
        assert stranger.post(address, fields).status == 404, address
    assert roster(app) == before


@pytest.mark.parametrize("login", ["kepala", "mikro", "pemilik", "auditor"])
def test_the_pages_are_for_administrators_only(
    desk: Desk, addresses: list[str], login: str
) -> None:
    other = desk(login)
    assert {other.get(address).status for address in addresses} == {403}


def test_every_page_is_sound(admin: Caller, addresses: list[str]) -> None:
    for address in addresses:
        seen = admin.get(address)
        assert seen.status == 200, address
        assert seen.heading
        assert seen.answer.headers["Content-Security-Policy"] == POLICY
        assert len(gzip.compress(seen.answer.data)) <= 15 * KB
        assert not seen.page.select("[style], style, script:not([src])")
        for control in seen.page.select(
            "main input:not([type=hidden]), main select, main textarea"
        ):
            assert seen.page.select_one(f'label[for="{control.get("id")}"]'), (address, control)
        for form in seen.page.select("main form[method=post]"):
            names = {field.get("name") for field in form.select("input[type=hidden]")}
            assert {"_csrf", "_request"} <= names, address
        ids = [str(tag["id"]) for tag in seen.page.select("[id]")]
        assert len(ids) == len(set(ids)), address


def test_an_office_of_three_hundred_is_listed_in_pages_that_stay_light(
    app: Flask, admin: Caller
) -> None:
    for number in range(300):
        hire(app, f"p{number:03}", "staf_umum", role=Role.STAFF)
    page = admin.get("/kantor/pegawai?halaman=2&cari=p")
    assert "Menampilkan 51–100" in page.text
    for address in ("/kantor", "/kantor/jabatan", "/kantor/pegawai"):
        assert len(gzip.compress(admin.get(address).answer.data)) <= 15 * KB, address


def test_an_administrator_ends_the_sessions_of_somebody(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    clerk = desk("mikro")
    press(admin, page_of(app, "mikro"), "/sesi", {})
    assert clerk.get("/tugas").path == "/masuk"
    assert parts_of(app).directory.find_credentials("mikro") is not None
