"""*Tugas saya* and *Tim saya* in a real browser: no barrier on any of their pages, a phone, a keyboard, and no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from barriers import complaints_at_widths

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

SUBJECTS = ("Undangan bazar", "Permintaan data", "Laporan bulanan")


@pytest.fixture
def clerk(open_desk: OpenDesk) -> Desk:
    """Give the desk of a clerk of the bidang koperasi, before whom three letters lie free."""
    head = open_desk("kepala")
    for subject in SUBJECTS:
        head.follow("Mulai proses")
        head.press("Mulai Pelayanan Surat Keluar")
        head.fill("Perihal", subject)
        head.fill("Tujuan surat", "Koperasi se-kota")
        head.fill("Pokok isi surat", "Isi.")
        head.choose("Unit pembuat", "Bidang Koperasi")
        head.press("Kirim")
    desk: Desk = open_desk("koperasi")
    return desk


def look(desk: Desk, name: str) -> None:
    """See that the page has no barrier, on a wide screen and on a phone."""
    assert complaints_at_widths(desk.page) == [], name
    desk.shoot(name)


def tick(desk: Desk, *numbers: int) -> None:
    for number in numbers:
        desk.page.locator("input[name=tugas]").nth(number).check()


def test_no_page_of_the_inbox_has_a_barrier(clerk: Desk) -> None:
    page = clerk.page
    page.goto("/tugas?meja=bebas&cari=" + SUBJECTS[0].split()[-1])
    look(clerk, "bisa-diambil")
    clerk.press("Ambil")
    look(clerk, "tugas-diambil")
    for act, name in (
        ("Tunda", "tunda"),
        ("Kembalikan", "kembalikan"),
        ("Tugaskan ke", "tugaskan"),
    ):
        here = page.url
        clerk.follow(act)
        look(clerk, name)
        clerk.press({"Tunda": "Tunda", "Kembalikan": "Kembalikan"}.get(act, "Tugaskan"))
        assert page.locator("#kesalahan").is_visible()
        look(clerk, f"{name}-salah")
        page.goto(here)
    page.goto("/tugas?meja=bebas")
    tick(clerk, 0, 1)
    clerk.press("Selesaikan…")
    look(clerk, "selesaikan")
    page.goto("/tugas?meja=bebas")
    tick(clerk, 0, 1)
    page.locator("button[name=aksi][value=ambil]").click()
    assert "2 dari 2 tugas diambil" in clerk.title
    look(clerk, "hasil")
    clerk.follow("Kembali ke daftar")
    assert page.url.endswith("/tugas?meja=bebas")
    for desk in ("saya", "selesai"):
        page.goto(f"/tugas?meja={desk}")
        look(clerk, f"meja-{desk}")


def test_the_heads_pages_have_no_barrier(clerk: Desk, open_desk: OpenDesk) -> None:
    clerk.page.goto("/tugas?meja=bebas")
    clerk.press("Ambil")
    head = open_desk("kabid.koperasi")
    head.follow("Tim saya")
    look(head, "tim")
    head.follow("Semua tugas tim")
    look(head, "tugas-tim")
    head.page.goto("/tugas?meja=bebas")
    head.follow("Ambil alih…")
    look(head, "ambil-alih")
    head.press("Ambil alih")
    assert "sekarang ada pada Anda" in head.text


def test_on_a_phone_the_filter_is_folded_until_it_is_used(clerk: Desk) -> None:
    page = clerk.page
    page.goto("/tugas?meja=bebas")
    assert page.locator("#cari").is_visible()
    assert not page.get_by_text("Cari dan saring").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector("#cari", state="hidden")
    box = page.locator("a.title").first.bounding_box()
    assert box is not None
    assert box["y"] <= 420
    page.get_by_text("Cari dan saring").click()
    page.locator("#cari").fill(SUBJECTS[1])
    clerk.press("Tampilkan")
    assert page.locator("#cari").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("#cari").input_value() == SUBJECTS[1]


def test_one_box_ticks_the_whole_page(clerk: Desk) -> None:
    clerk.page.goto("/tugas?meja=bebas")
    clerk.page.get_by_label("Pilih semua di halaman ini").check()
    boxes = clerk.page.locator("input[name=tugas]")
    assert boxes.count() >= len(SUBJECTS)
    assert all(boxes.nth(n).is_checked() for n in range(boxes.count()))


def test_the_inbox_works_without_a_script(clerk: Desk, open_desk: OpenDesk) -> None:
    assert clerk
    plain = open_desk("kabid.koperasi", javascript=False)
    plain.page.goto("/tugas?meja=bebas&pemegang=bebas")
    assert not plain.page.locator("#pilih-semua").is_visible()
    plain.fill("Cari nomor, perihal, atau nama", SUBJECTS[2])
    plain.press("Tampilkan")
    tick(plain, 0)
    plain.press("Tugaskan ke…")
    names = plain.page.get_by_label(re.compile("^Kepada")).locator("option").all_inner_texts()
    assert "Staf Bidang Koperasi" in names
    plain.choose("Kepada", "Staf Bidang Koperasi")
    plain.press("Tugaskan")
    assert "ditugaskan kepada Staf Bidang Koperasi" in plain.text
    assert "cari=" in plain.page.url


def test_the_way_back_of_the_browser_leads_to_the_filtered_list(clerk: Desk) -> None:
    page = clerk.page
    page.goto("/tugas?meja=bebas&urut=perihal&cari=data")
    page.locator("a.title").first.click()
    page.go_back()
    assert page.url.endswith("/tugas?meja=bebas&urut=perihal&cari=data")
    assert page.locator("#saring-urut").input_value() == "perihal"
