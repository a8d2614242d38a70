"""A task at work in a real browser: nothing typed is lost, the file is beside the decision, the pages have no barriers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints
from pictures import pdf_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

SUBJECT = "Permohonan data usaha mikro"
TOP = "element => element.getBoundingClientRect().top"


def begin(desk: Desk) -> None:
    """Start a letter and fill in most of its first form."""
    desk.page.goto("/proses")
    desk.press("Mulai Pelayanan Surat Masuk")
    desk.fill("Nama pengirim/instansi", "Badan Statistik")
    desk.fill("Tanggal surat", "2026-11-18")
    desk.fill("Perihal", SUBJECT)


def test_what_was_typed_and_chosen_is_there_again_after_leaving_the_page(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk("umum")
    begin(desk)
    task = desk.page.url
    with desk.page.expect_response("**/konsep") as answer:
        desk.attach("Berkas surat", "permohonan.pdf", pdf_pages(1))
    assert answer.value.ok
    desk.page.locator("[data-saved]:not(:empty)").wait_for()
    desk.fill("Perihal", f"{SUBJECT} dan koperasi")
    with desk.page.expect_request("**/konsep"):
        desk.follow("Perkara")
    desk.page.wait_for_url("**/perkara")
    desk.page.goto(task)
    assert desk.page.locator("[name=perihal]").input_value() == f"{SUBJECT} dan koperasi"
    assert "Konsep Anda, belum terkirim" in desk.text
    assert "permohonan.pdf" in desk.text
    desk.press("Kirim")
    assert not desk.mistakes
    assert desk.title == "Menerima surat"
    desk.page.goto(task)
    assert "Konsep" not in desk.text


def test_a_form_that_is_sent_saves_no_draft(open_desk: OpenDesk) -> None:
    desk = open_desk("umum")
    begin(desk)
    desk.attach("Berkas surat", "permohonan.pdf", pdf_pages(1))
    desk.page.locator("[data-saved]:not(:empty)").wait_for()
    desk.fill("Perihal", SUBJECT)
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.press("Kirim")
    assert desk.title == "Menerima surat"
    assert not [url for url in asked if url.endswith("/konsep")]


def test_without_a_script_the_button_saves(open_desk: OpenDesk) -> None:
    desk = open_desk("umum", javascript=False)
    begin(desk)
    desk.press("Simpan dulu")
    assert "tersimpan; belum terkirim" in desk.text
    assert desk.page.locator("[name=perihal]").input_value() == SUBJECT
    desk.press("Buang konsep")
    assert desk.page.locator("[name=perihal]").input_value() == ""


def test_the_file_stays_beside_the_decision_and_comes_before_it_on_a_phone(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk("umum")
    begin(desk)
    desk.attach("Berkas surat", "permohonan.pdf", pdf_pages(7))
    desk.press("Kirim")
    page = desk.page
    work, preview = page.locator("#isian"), page.locator(".preview")
    work.evaluate("element => element.scrollIntoView()")
    beside = preview.bounding_box()
    assert beside is not None
    assert beside["y"] < 450 < beside["y"] + beside["height"]
    left = work.bounding_box()
    assert left is not None
    assert left["x"] + left["width"] <= beside["x"]
    page.locator(".preview img").first.evaluate("picture => picture.decode()")
    page.set_viewport_size({"width": 390, "height": 844})
    assert float(preview.evaluate(TOP)) < float(work.evaluate(TOP))
    page.evaluate("scrollTo(0, 0)")
    desk.follow("Ke isian Anda")
    assert 0 <= float(work.evaluate(TOP)) < 400


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_a_task_and_a_case_have_no_barrier(open_desk: OpenDesk, width: int) -> None:
    desk = open_desk("umum")
    begin(desk)
    desk.attach("Berkas surat", "permohonan.pdf", pdf_pages(7))
    page = desk.page
    page.set_viewport_size({"width": width, "height": 844})
    desk.press("Kirim")
    looks = [page.url]
    desk.press("Simpan dulu")
    desk.follow("Riwayat lengkap")
    looks.append(page.url)
    page.locator("summary", has_text="Tulis catatan").click()
    page.locator("#isi-catatan").fill("Sudah ditelepon.")
    desk.press("Simpan catatan")
    looks.append(str(page.get_by_role("link", name="Versi cetak").get_attribute("href")))
    looks.append(
        str(page.locator("aside a", has_text="permohonan.pdf").first.get_attribute("href"))
    )
    looks.append("/perkara?cari=data&keadaan=running&milik=saya")
    for address in looks:
        page.goto(address)
        page.locator("main details").evaluate_all(
            "all => all.forEach(each => { each.open = true; })"
        )
        assert complaints(page) == "", address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
