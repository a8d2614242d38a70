"""Work outside and incidents in a real browser: reported and begun anew with and without JavaScript, without barriers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from barriers import complaints_at_widths
from desk import Desk
from service_office import begin, work
from serving_here import serving
from web_kit import MORNING, Caller, parts_of, settings_for

from engine.testing import FixedClock
from web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@dataclass(frozen=True, kw_only=True)
class Served:
    """An office behind a real server of this process."""

    app: Flask
    address: str
    tokens: dict[str, str]

    def caller(self, login: str) -> Caller:
        """Give somebody's browser without a screen; its session is a real browser's too."""
        parts = parts_of(self.app)
        known = parts.directory.find_credentials(login)
        assert known is not None
        self.tokens[login] = parts.sessions.open_session(known.person).token
        caller = Caller(self.app)
        caller.client.set_cookie("alur_sesi", self.tokens[login])
        return caller

    def desk(self, browser: Browser, login: str, *, javascript: bool = True) -> Desk:
        """Sit down at a real browser."""
        self.caller(login)
        context = browser.new_context(
            base_url=self.address, java_script_enabled=javascript, locale="id-ID"
        )
        cookie = {"name": "alur_sesi", "value": self.tokens[login], "url": self.address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        return Desk(context.new_page(), None)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Serve the demonstration's office on its first morning."""
    app = create_app(settings_for(tmp_path / "alur.sqlite3"), FixedClock(MORNING))
    with serving(app) as port:
        yield Served(app=app, address=f"http://127.0.0.1:{port}", tokens={})


def expect_no_barrier(desk: Desk) -> None:
    """Look at the page as axe-core does, wide and narrow."""
    assert complaints_at_widths(desk.page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_work_outside_is_reported_and_the_case_goes_on(
    served: Served,
    browser: Browser,
    javascript: bool,  # noqa: FBT001 - a browser's switch
) -> None:
    told = {"hasil.isian": "nib, biaya:angka, terbit:tanggal, sah:ya_tidak"}
    case, _ = begin(served.app, served.caller, "oss.permohonan", **told)
    desk = served.desk(browser, "koperasi", javascript=javascript)
    desk.page.goto(f"/perkara/{case}")
    assert "menunggu sistem luar" in desk.text
    desk.follow("Laporkan “Permohonan OSS” selesai")
    if javascript:
        expect_no_barrier(desk)
    desk.fill("Nib", "9120")
    desk.fill("Biaya", "1.500,50")
    desk.press("Laporkan selesai")
    assert "Alasan belum diisi" in desk.text
    if javascript:
        expect_no_barrier(desk)
    desk.fill("Keterangan", "Lewat portal OSS, 21 November.")
    desk.press("Laporkan selesai")
    assert "Laporan Anda tercatat" in desk.text
    assert "Lewat portal OSS, 21 November." in desk.text
    assert "9120" in desk.text


def test_an_incident_is_a_red_box_and_a_line_and_its_work_begins_anew(
    served: Served, browser: Browser
) -> None:
    address = {"http.alamat": "https://lain.contoh.id/"}
    case, _ = begin(served.app, served.caller, "alur.http", **address)
    work(served.app)
    desk = served.desk(browser, "koperasi")
    desk.page.goto(f"/perkara/{case}")
    assert "Ada kendala" in desk.text
    assert "terkendala" in desk.text
    expect_no_barrier(desk)
    head = served.desk(browser, "kepala")
    head.page.goto("/kendala")
    assert "Permohonan OSS" in head.text
    expect_no_barrier(head)
    desk.press("Ulangi")
    assert "dimulai lagi" in desk.text
    assert "Ada kendala" not in desk.text
