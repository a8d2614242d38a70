"""*Catat tanggapan* in a real browser: the list, the letter with its scan, the case that goes on; wide, narrow, with and without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from answer_kit import LETTER, package
from barriers import complaints_at_widths
from serving_here import serving
from web_kit import MORNING, parts_of, settings_for

from engine.actor import Signature
from engine.ids import AgencyId, PersonId
from engine.testing import FixedClock
from web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def cookies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, str]]]:
    """Serve the demonstration office with the map that waits, and give the session of its officer."""
    app = create_app(
        settings_for(tmp_path_factory.mktemp("kantor") / "a.sqlite3"), FixedClock(MORNING)
    )
    parts = parts_of(app)
    parts.runtime.deploy(package(), agency=AgencyId("pasuruan"), by=Signature.of_system())
    known = parts.directory.find_credentials("koperasi")
    assert known is not None
    session = parts.sessions.open_session(PersonId(known.person)).token
    with serving(app) as port:
        url = f"http://127.0.0.1:{port}"
        yield [{"name": "alur_sesi", "value": session, "url": url}]


def expect_no_barrier(page: Page) -> None:
    """Look at the page as axe-core does, wide and narrow; it may not be wider than a phone."""
    assert complaints_at_widths(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_records_the_letter_from_the_list(
    browser: Browser,
    cookies: list[dict[str, str]],
    tmp_path: Path,
    javascript: bool,  # noqa: FBT001 - a browser's switch
) -> None:
    scan = tmp_path / "sk.pdf"
    scan.write_bytes(b"%PDF-1.7 sk")
    context = browser.new_context(
        base_url=cookies[0]["url"], java_script_enabled=javascript, locale="id-ID"
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(10_000)
    look = expect_no_barrier if javascript else (lambda _page: None)
    begin(page, f"7/{javascript}")
    page.goto("/tugas")
    page.get_by_role("link", name="Menunggu tanggapan").click()
    expect_heading(page, "Menunggu tanggapan")
    look(page)
    row = page.locator("tr", has_text="SK pengesahan").first
    row.get_by_role("link", name="Catat tanggapan").click()
    expect_heading(page, "Catat tanggapan: SK pengesahan")
    page.get_by_label("Ringkasan isi").fill("Disahkan.")
    page.get_by_role("button", name="Catat tanggapan").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Ringkasan isi").input_value() == "Disahkan."
    look(page)
    fill_in(page, scan)
    assert "Tanggapan tercatat" in page.inner_text("main")
    assert "Simpan SK" in page.inner_text("main")
    look(page)
    context.close()


def begin(page: Page, number: str) -> None:
    """Bring a case to where it waits."""
    page.goto("/proses")
    page.get_by_role("button", name="uji_sk").click()
    page.get_by_label("Nomor").fill(number)
    page.get_by_role("button", name="Kirim").click()


def fill_in(page: Page, scan: Path) -> None:
    """Fill in what is missing of the letter, and record it."""
    page.locator("[name=sk_tanggal_surat]").fill(LETTER["sk_tanggal_surat"])
    page.get_by_label("Nomor surat").fill(LETTER["sk_nomor_surat"])
    page.get_by_label("Dari").fill(LETTER["sk_dari"])
    page.locator("[name=sk_pindaian]").set_input_files(scan)
    page.get_by_role("button", name="Catat tanggapan").click()


def expect_heading(page: Page, heading: str) -> None:
    """Expect a page by its heading."""
    page.get_by_role("heading", name=heading, level=1).wait_for()
