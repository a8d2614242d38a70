"""*Tugas saya* as a person meets it: groups and figures, search and filters in the address, and the way back to them."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from inbox_office import Materials, act, choices, rows, tabs
from web_kit import MORNING, Caller, Seen, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

KB = 1024


@pytest.fixture
def office(app: Flask) -> Materials:
    """Give the cases of the office."""
    return Materials(app)


def headings(page: Seen) -> list[str]:
    """Give the groups of the list with their figures."""
    return [" ".join(th.get_text(" ").split()) for th in page.page.select("tr.group th")]


# groups and figures

DUES = ("2026-11-20", "2026-11-21", "2026-11-22", "2026-12-24", "")


def test_the_desk_is_grouped_by_deadline_with_figures_that_hold_on_every_page(
    office: Materials, desk: Desk
) -> None:
    for number in range(60):
        office.ask(f"Perihal {number:02}", DUES[number % 5])
    clerk = desk("sekretariat")
    first, second = clerk.get("/tugas?meja=bebas"), clerk.get("/tugas?meja=bebas&halaman=2")
    groups = ["Terlambat 12", "Hari ini 12", "Minggu ini 12", "Nanti 12", "Tanpa tenggat 12"]
    assert headings(first) == groups
    assert headings(second) == groups[-1:]
    assert (len(rows(first)), len(rows(second))) == (50, 10)
    assert tabs(first) == ["Untuk saya 0", "Bisa diambil 60", "Selesai 0"]
    assert "Menampilkan 1–50 dari 60 tugas." in first.text
    assert "Urut menurut tenggat" in first.text
    assert len(gzip.compress(first.answer.data)) <= 15 * KB


def test_today_is_the_offices_and_a_late_task_says_so(
    office: Materials, desk: Desk, clock: FixedClock
) -> None:
    office.ask("Batas pukul tujuh", "2026-11-21T07:00:00+07:00")
    office.ask("Batas nanti malam", "2026-11-21T23:00:00+07:00")
    page = desk("sekretariat").get("/tugas?meja=bebas")
    assert headings(page) == ["Terlambat 1", "Hari ini 1"]
    assert "Terlambat 1 jam" in page.text
    clock.set(MORNING + timedelta(hours=16))  # midnight in Jakarta, not yet in UTC
    assert headings(desk("sekretariat").get("/tugas?meja=bebas")) == ["Terlambat 2"]


def test_the_number_in_the_navigation_is_that_of_the_desk(office: Materials, desk: Desk) -> None:
    tasks = [office.claim(office.ask(f"Perihal {n}"), "sekretariat") for n in range(3)]
    office.parts.runtime.postpone(
        tasks[0].id,
        date(2026, 11, 30),
        actor=office.person("sekretariat"),
        request=office.request(),
        revision=tasks[0].revision,
    )
    page = desk("sekretariat").get("/tugas")
    count = page.page.select_one("nav.side .count")
    assert count is not None
    assert count.get_text(" ", strip=True) == "2 tugas"
    assert tabs(page)[0] == "Untuk saya 2"
    assert len(rows(page)) == 2


def test_a_row_names_subject_task_process_number_sender_and_round(
    office: Materials, desk: Desk
) -> None:
    office.ask("Undangan rapat", number="005/119/2026")
    page = desk("sekretariat").get("/tugas?meja=bebas")
    (row,) = page.page.select("table.tasks tbody tr:not(.group)")
    words = " ".join(row.get_text(" ").split())
    assert "Undangan rapat Menyiapkan bahan · bahan 005/119/2026 Kepala Dinas" in words
    assert "putaran" not in words


def test_a_step_done_before_says_the_round(desk: Desk) -> None:
    head, clerk = desk("kepala"), desk("sekretariat")
    head.send(head.start("Pelayanan Surat Keluar"), {**LETTER, "unit_pembuat": "sekretariat"})
    clerk.send(clerk.take_first(), {**DRAFT, "draf_surat": pdf()})
    head.send(head.take_first(), {"keputusan": "revisi", "catatan_revisi": "Tanggalnya salah"})
    assert "putaran ke-2" in clerk.get("/tugas?meja=bebas").text


LETTER = {
    "perihal": "Undangan",
    "tujuan_surat": "Camat",
    "dasar": "",
    "pokok_isi": "Mengundang.",
    "sifat": "",
    "tenggat": "2026-11-25",
}
DRAFT = {
    "jenis_naskah": "undangan",
    "perihal": "Undangan",
    "tujuan_surat": "Camat",
    "kode_klasifikasi": "",
    "tanggapan_revisi": "",
}


# search, filters, order: everything in the address


def test_a_search_finds_by_subject_number_and_person_and_says_when_it_finds_nothing(
    office: Materials, desk: Desk
) -> None:
    office.ask("Rapat 100% hadir", number="A_1/B")
    office.ask("Rapat 1000 hadirin", number="AX1/B")
    office.claim(office.ask("Yang dipegang"), "koperasi")
    clerk = desk("sekretariat")
    for text, found in (
        ("100%", ["Rapat 100% hadir"]),
        ("a_1", ["Rapat 100% hadir"]),
        ("RAPAT hadir", ["Rapat 100% hadir", "Rapat 1000 hadirin"]),
        ("bidang koperasi", ["Yang dipegang"]),
        ("kepala dinas rapat", ["Rapat 100% hadir", "Rapat 1000 hadirin"]),
    ):
        page = Seen(answer=clerk.client.get("/tugas", query_string={"meja": "bebas", "cari": text}))
        assert rows(page) == found, text
    empty = clerk.get("/tugas?meja=bebas&cari=tidak+ada+yang+begini")
    assert "Tidak ada tugas yang cocok dengan saringan ini." in empty.text
    assert empty.link("Hapus saringan") == "/tugas?meja=bebas"


@pytest.mark.parametrize(
    "query",
    [
        "meja=aneh",
        "meja=bebas&urut=aneh&tenggat=aneh&halaman=999999",
        "meja=bebas&halaman=-1&ditunda=mungkin",
        "meja=bebas&cari=%00&proses=%00&lajur=%00&pemegang=%00",
        "meja=bebas&cari=" + "x" * 5_000,
        "meja=bebas&pemegang=' OR 1=1 --",
    ],
)
def test_an_address_of_nonsense_is_a_page_all_the_same(
    office: Materials, desk: Desk, query: str
) -> None:
    office.ask("Perihal")
    assert desk("sekretariat").get(f"/tugas?{query}").status == 200


def test_a_filter_offers_what_is_there_with_figures_and_keeps_what_was_chosen(
    office: Materials, desk: Desk
) -> None:
    for number in range(3):
        office.ask(f"Bebas {number}")
    office.claim(office.ask("Dipegang"), "koperasi")
    clerk = desk("sekretariat")
    page = clerk.get("/tugas?meja=bebas")
    holders = choices(page, "pemegang")
    assert list(holders.values()) == [
        "Semua",
        "Bebas (belum dipegang) (3)",
        "Staf Bidang Koperasi (1)",
    ]
    assert choices(page, "proses") == {"": "Semua", "bahan": "bahan (4)"}
    holder = next(value for value, name in holders.items() if "Koperasi" in name)
    held = clerk.get(f"/tugas?meja=bebas&pemegang={holder}&urut=perihal")
    assert rows(held) == ["Dipegang"]
    chosen = held.page.select("select option[selected]")
    assert [str(option["value"]) for option in chosen] == [holder, "perihal"]
    assert "Urut menurut perihal" in held.text
    assert headings(held) == []


def test_a_choice_that_nothing_is_left_of_still_stands_in_the_filter(
    office: Materials, desk: Desk
) -> None:
    office.ask("Perihal")
    page = desk("sekretariat").get("/tugas?meja=bebas&proses=sudah_tidak_ada")
    assert rows(page) == []
    assert choices(page, "proses")["sudah_tidak_ada"] == "(pilihan sebelumnya) (0)"


def test_numbered_pages_keep_the_filter(office: Materials, desk: Desk) -> None:
    for number in range(55):
        office.ask(f"Perihal {number:02}", DUES[number % 2])
    page = desk("sekretariat").get("/tugas?meja=bebas&urut=perihal&cari=perihal")
    following = page.link("Berikutnya")
    query = parse_qs(urlsplit(following).query)
    assert query == {
        "meja": ["bebas"],
        "urut": ["perihal"],
        "cari": ["perihal"],
        "halaman": ["2"],
    }
    assert rows(desk("sekretariat").get(following))[-1] == "Perihal 54"


# the way back

WISH = "/tugas?meja=bebas&cari=perihal&urut=terbaru"


def test_a_task_taken_from_a_filtered_list_leads_back_to_it(office: Materials, desk: Desk) -> None:
    for number in range(3):
        office.ask(f"Perihal {number}")
    clerk = desk("sekretariat")
    page = clerk.get(WISH)
    button = page.page.select_one("button[name=ambil]")
    assert button is not None
    taken = act(clerk, page, ambil=str(button["value"]))
    assert "sekarang ada pada Anda" in taken.text
    assert taken.heading == "Menyiapkan bahan"
    sent = clerk.send(taken, {})
    assert sent.answer.request.full_path.startswith(WISH)
    assert "Terkirim: Menyiapkan bahan." in sent.text
    assert len(rows(sent)) == 2


def test_a_task_opened_from_a_filtered_list_leads_back_to_it_after_every_act(
    office: Materials, desk: Desk
) -> None:
    task = office.claim(office.ask("Perihal satu"), "sekretariat")
    clerk = desk("sekretariat")
    list_ = "/tugas?cari=perihal"
    opened = clerk.get(clerk.get(list_).link("Perihal satu"))
    later = clerk.get(opened.link("Tunda"))
    put_off = clerk.post(
        f"/tugas/{task.id}/tunda", {**later.form("/tunda"), "sampai": "2026-11-23"}
    )
    assert put_off.answer.request.full_path.startswith(list_)
    back = clerk.get(opened.link("Kembalikan"))
    returned = clerk.post(
        f"/tugas/{task.id}/kembalikan", {**back.form("/kembalikan"), "alasan": "Bukan bagian kami"}
    )
    assert returned.answer.request.full_path.startswith(list_)
    assert "dikembalikan" in returned.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/tugas",
        "//example.org/tugas",
        "/\\example.org/tugas",
        "/perkara",
        "/keluar",
        "javascript:alert(1)",
        "/tugas?cari=" + "x" * 2_000,
    ],
)
def test_only_an_address_of_our_lists_is_a_way_back(
    office: Materials, desk: Desk, elsewhere: str
) -> None:
    task = office.claim(office.ask("Perihal"), "sekretariat")
    clerk = desk("sekretariat")
    page = clerk.client.get(f"/tugas/{task.id}/tunda", query_string={"kembali": elsewhere})
    assert "example.org" not in page.text
    fields = Seen(answer=page).form("/tunda")
    assert "_kembali" not in fields
    sent = clerk.client.post(
        f"/tugas/{task.id}/tunda",
        data={**fields, "sampai": "2026-11-30", "_kembali": elsewhere},
    )
    assert (sent.status_code, urlsplit(sent.headers["Location"]).path) == (303, "/tugas")
    assert not urlsplit(sent.headers["Location"]).netloc
