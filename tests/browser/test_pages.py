"""The main pages as a reader with other means meets them: axe-core, a narrow screen, paper, a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

SUBJECT = "Permohonan data koperasi"


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """Give the desk of the officer who just recorded a letter, at the next task."""
    desk: Desk = open_desk("umum")
    desk.follow("Mulai proses")
    desk.press("Mulai Pelayanan Surat Masuk")
    desk.fill("Nama pengirim/instansi", "Badan Statistik")
    desk.fill("Tanggal surat", "2026-11-18")
    desk.fill("Perihal", SUBJECT)
    desk.attach("Berkas surat", "permohonan.pdf", b"%PDF-1.4 letter")
    desk.press("Kirim")
    assert desk.title == "Menerima surat"
    return desk


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_have_no_barrier_that_axe_can_find(desk: Desk, width: int) -> None:
    page = desk.page
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("details.map summary").click()
    assert complaints(page) == ""  # a task with its form and its diagram
    desk.press("Kirim")
    assert desk.mistakes
    assert complaints(page) == ""  # the same with mistakes
    for address in ("/tugas", "/tugas?meja=bebas", "/tugas?meja=selesai", "/proses", "/perkara"):
        page.goto(address)
        assert complaints(page) == "", address
    desk.follow(SUBJECT)
    assert complaints(page) == ""  # the case


def test_the_sign_in_has_no_barrier_that_axe_can_find(desk: Desk) -> None:
    desk.press("Keluar")
    assert desk.title == "Masuk"
    assert complaints(desk.page) == ""
    desk.shoot("masuk")


def test_no_page_is_wider_than_a_phone(desk: Desk) -> None:
    page = desk.page
    page.set_viewport_size({"width": 390, "height": 844})
    addresses = [page.url, "/tugas", "/tugas?meja=bebas", "/proses", "/perkara"]
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    desk.follow(SUBJECT)
    page.wait_for_url("**/perkara/*")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_form_is_sent_by_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    page.locator("[name=tanggal_terima]").focus()
    page.keyboard.press("Tab")
    goal = "document.activeElement.innerText.trim()"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(goal) == "Kirim":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#kesalahan")
    assert page.evaluate("document.activeElement.id") == "kesalahan"


def test_a_reader_can_skip_the_navigation(desk: Desk) -> None:
    desk.page.goto("/tugas")
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.innerText") == "Langsung ke isi"
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("document.activeElement.id") == "isi"


def test_paper_shows_the_case_and_none_of_the_buttons(desk: Desk) -> None:
    desk.follow("Perkara")
    desk.follow(SUBJECT)
    desk.page.emulate_media(media="print")
    assert desk.page.get_by_role("heading", name="Riwayat").is_visible()
    assert not desk.page.get_by_role("button", name="Keluar").is_visible()
    assert not desk.page.get_by_role("link", name="Tugas saya").first.is_visible()
