"""The work calendar in a real browser: no barrier that axe can find, not wider than a phone, and a year that is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints_at_widths

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk
    from playwright.sync_api import Page

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

PHONE = 390
ADDRESS = "/kantor/kalender?tahun=2028"


def is_sound(page: Page) -> bool:
    """Tell whether axe finds nothing at both widths, and nothing sticks out on a phone."""
    assert complaints_at_widths(page) == []
    return True


def test_the_calendar_s_pages_have_no_barrier(open_desk: OpenDesk) -> None:
    admin, clerk = open_desk("admin"), open_desk("mikro")
    clerk.page.goto(ADDRESS)
    assert is_sound(clerk.page)
    for address in (
        ADDRESS,
        "/kantor/kalender/jam",
        "/kantor/kalender/musim",
        "/kantor/kalender/aturan",
    ):
        admin.page.goto(address)
        assert is_sound(admin.page)
    admin.page.goto("/kantor/kalender/jam")
    admin.fill("Senin", "pagi")
    admin.press("Simpan")
    assert "tidak dapat dibaca" in admin.text
    assert is_sound(admin.page)


def test_a_year_is_corrected_and_confirmed_without_javascript(open_desk: OpenDesk) -> None:
    admin = open_desk("admin", javascript=False)
    admin.page.goto(ADDRESS)
    admin.fill("Tanggal", "2028-02-08")
    admin.fill("Keterangan", "Hari jadi kota")
    admin.page.get_by_label("Jenis").select_option("closed")
    admin.page.locator("form.card").get_by_role("button", name="Simpan").click()
    assert "Selasa 8 Februari" in admin.text
    admin.press("Pastikan tahun 2028")
    assert "Sudah dipastikan." in admin.text
    admin.page.goto("/kantor/kalender/musim")
    admin.fill("Hari pertama", "2028-01-28")
    admin.fill("Hari terakhir", "2028-02-25")
    admin.press("Simpan")
    assert "28 Januari 2028 sampai 25 Februari 2028" in admin.text
    assert is_sound(open_desk("admin").page)
