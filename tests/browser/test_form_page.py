"""A form whose fields depend on each other, as people meet it: with the script, with a slow line, and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import form_process_kit
import pytest
from barriers import complaints
from playwright.sync_api import expect
from serving import Server
from web_kit import close, parts_of, settings_for

from web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk import Desk
    from playwright.sync_api import Page, Route

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.4 surat"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server whose office also has a process with a form that has everything."""
    folder = tmp_path_factory.mktemp("server")
    app = create_app(settings_for(folder / "alur.sqlite3"))
    form_process_kit.deploy(parts_of(app))
    close(app)
    server = Server(folder)
    server.start()
    yield server.address
    server.stop()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """Give the desk of the officer who is at the first page of that form."""
    return begin(open_desk("umum"))


def begin(desk: Desk) -> Desk:
    desk.follow("Mulai proses")
    desk.press("Mulai permohonan")
    assert desk.title == "Mengisi permohonan"
    return desk


def field(name: str) -> str:
    """Give what selects a field that can be seen."""
    return f"[name='{name}']:not([type=hidden])"


def chosen(page: Page, name: str) -> int:
    """Count the files that are chosen in a field."""
    count = page.locator(f"input[type=file][name='{name}']").evaluate("input => input.files.length")
    assert isinstance(count, int)
    return count


def test_fields_come_and_go_while_everything_else_stays(desk: Desk) -> None:
    page = desk.page
    desk.fill("Nama pemohon", "Ani")
    desk.attach("Lampiran", "a.pdf", PDF)
    desk.tick("Lainnya", under="Keperluan")
    page.locator(field("keperluan_lain")).fill("Sewa kios")
    desk.tick("Alat produksi", under="Keperluan")
    expect(page.locator(field("barang.0.jenis"))).to_be_visible()
    expect(page.locator(field("keperluan_lain"))).to_have_count(0)
    desk.attach("Surat penawaran", "p.pdf", PDF + b" penawaran")
    desk.tick("Lainnya", under="Keperluan")
    expect(page.locator(field("keperluan_lain"))).to_have_value("Sewa kios")
    expect(page.locator("[name=penawaran]")).to_have_count(0)
    desk.tick("Alat produksi", under="Keperluan")
    expect(page.locator("[name=penawaran]")).to_be_visible()
    assert (chosen(page, "penawaran"), chosen(page, "lampiran")) == (1, 1)
    expect(page.locator("[name=nama]")).to_have_value("Ani")
    expect(page.locator("input[value=alat]")).to_be_focused()
    expect(page.locator("[data-changed]")).to_have_text("Isian diperbarui sesuai jawaban Anda.")
    assert not page.get_by_role("button", name="Perbarui isian").is_visible()


def test_a_column_of_a_row_and_the_options_of_another_field_follow_the_row(desk: Desk) -> None:
    page = desk.page
    desk.tick("Alat produksi", under="Keperluan")
    desk.choose("Jenis", "Lainnya")
    page.locator(field("barang.0.jenis_lain")).fill("Gerobak")
    expect(page.locator("[name=barang_utama] option")).to_have_text(["– pilih –", "lain"])
    desk.choose("Barang utama", "lain")
    desk.choose("Jenis", "Mesin")
    expect(page.locator("[name=barang_utama] option")).to_have_text(["– pilih –", "mesin"])
    expect(page.locator("[name=barang_utama]")).to_have_value("")
    expect(page.locator(field("barang.0.jenis_lain"))).to_have_count(0)
    desk.choose("Jenis", "Lainnya")
    expect(page.locator(field("barang.0.jenis_lain"))).to_have_value("Gerobak")


def test_a_figure_is_read_back_or_asked_about_while_one_types_on(desk: Desk) -> None:
    page = desk.page
    desk.fill("Jumlah yang diminta", "15000000")
    page.keyboard.press("Tab")
    expect(page.locator("#isian-jumlah-terbaca")).to_have_text("Terbaca: Rp 15.000.000")
    expect(page.locator("[data-changed]")).to_contain_text("Terbaca: Rp 15.000.000")
    expect(page.locator(field("alasan_besar"))).to_be_visible()
    desk.fill("Jumlah yang diminta", "1.5")
    page.keyboard.press("Tab")
    expect(page.locator("#isian-jumlah-terbaca")).to_contain_text("bisa berarti 1,5 atau 15")


class SlowLine:
    """Holds back the answers of a page until they are let go, in any order."""

    def __init__(self, page: Page) -> None:
        self.held: list[Route] = []
        page.route("**/tugas/*", self._hold)
        self._page = page

    def _hold(self, route: Route) -> None:
        if route.request.headers.get("x-fragment") == "1":
            self.held.append(route)
        else:
            route.continue_()

    def wait_for(self, count: int) -> None:
        """Wait until so many answers are held."""
        while len(self.held) < count:
            self._page.wait_for_timeout(20)


def test_an_answer_that_was_overtaken_is_dropped(desk: Desk) -> None:
    page = desk.page
    line = SlowLine(page)
    desk.tick("Alat produksi", under="Keperluan")
    line.wait_for(1)
    desk.tick("Lainnya", under="Keperluan")
    line.wait_for(2)
    line.held[1].continue_()
    expect(page.locator(field("keperluan_lain"))).to_be_visible()
    with page.expect_response("**/tugas/*"):
        line.held[0].continue_()
    page.wait_for_function("document.readyState === 'complete'")
    expect(page.locator(field("keperluan_lain"))).to_be_visible()
    expect(page.locator(field("barang.0.jenis"))).to_have_count(0)


def test_what_is_typed_while_the_answer_is_under_way_is_kept(desk: Desk) -> None:
    page = desk.page
    line = SlowLine(page)
    desk.tick("Lainnya", under="Keperluan")
    line.wait_for(1)
    page.locator("[name=nama]").press_sequentially("Ani")
    line.held[0].continue_()
    expect(page.locator(field("keperluan_lain"))).to_be_visible()
    expect(page.locator("[name=nama]")).to_be_focused()
    page.keyboard.type(" Rahayu")
    expect(page.locator("[name=nama]")).to_have_value("Ani Rahayu")


def test_when_the_server_does_not_answer_the_button_is_there(desk: Desk) -> None:
    page = desk.page
    elsewhere = {"Location": "/tugas"}
    page.route("**/tugas/*", lambda route: route.fulfill(status=303, headers=elsewhere), times=1)
    desk.tick("Lainnya", under="Keperluan")
    button = page.get_by_role("button", name="Perbarui isian")
    expect(button).to_be_visible()
    button.click()
    expect(page.locator(field("keperluan_lain"))).to_be_visible()


def test_without_a_script_the_button_shows_what_there_is(open_desk: OpenDesk) -> None:
    desk = begin(open_desk("umum", javascript=False))
    page = desk.page
    desk.fill("Nama pemohon", "Ani")
    desk.tick("Lainnya", under="Keperluan")
    desk.press("Perbarui isian")
    expect(page.locator(field("keperluan_lain"))).to_be_focused()
    expect(page.locator("[name=nama]")).to_have_value("Ani")
    desk.press("Kirim")
    assert any(line.startswith("Keperluan lainnya:") for line in desk.mistakes)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_form_has_no_barrier_that_axe_can_find_and_fits(desk: Desk, width: int) -> None:
    page = desk.page
    page.set_viewport_size({"width": width, "height": 900})
    desk.tick("Alat produksi", under="Keperluan")
    expect(page.locator(field("barang.0.jenis"))).to_be_visible()
    desk.fill("Jumlah yang diminta", "1.5")
    desk.press("Tambah baris")
    assert complaints(page) == ""
    desk.press("Kirim")
    assert desk.mistakes
    expect(page.locator("#kesalahan")).to_be_focused()
    assert complaints(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    desk.shoot("formulir-lengkap")


def test_a_long_text_is_printed_whole(desk: Desk) -> None:
    page = desk.page
    desk.fill("Jumlah yang diminta", "15.000.000")
    page.keyboard.press("Tab")
    area = page.locator(field("alasan_besar"))
    area.fill("Satu baris alasan.\n" * 40)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert area.evaluate("area => area.scrollHeight <= area.clientHeight + 2")
