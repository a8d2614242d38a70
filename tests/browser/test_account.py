"""An account in a real browser: a link from the administrator, a password of one's own, and signing out elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.demonstration import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk
    from playwright.sync_api import Browser

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

NEW = "lima ekor kucing di atap"


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_link_of_the_administrator_leads_to_a_password_of_ones_own(
    open_desk: OpenDesk, server: str, browser: Browser, *, javascript: bool
) -> None:
    admin = open_desk("admin", javascript=javascript)
    admin.page.goto("/kantor/pegawai")
    admin.follow("Staf Sekretariat")
    admin.press("Buat tautan kata sandi")
    link = admin.page.locator("main").inner_text().partition(server)[2].split()[0]
    admin.shoot("tautan-kata-sandi")

    context = browser.new_context(base_url=server, java_script_enabled=javascript, locale="id-ID")
    page = context.new_page()
    page.goto(server + link)
    assert page.url == f"{server}/sandi-baru"
    page.get_by_label("Kata sandi baru", exact=True).fill(NEW)
    page.get_by_label("Ketik sekali lagi kata sandi baru").fill(NEW)
    page.get_by_role("button", name="Simpan kata sandi").click()
    assert "Kata sandi sudah diganti" in page.locator("main").inner_text()
    page.get_by_label("Nama masuk").fill("sekretariat")
    page.get_by_label("Kata sandi").fill(NEW)
    page.get_by_role("button", name="Masuk").first.click()
    page.wait_for_url("**/tugas")
    page.goto(server + link)
    assert "Mintalah tautan baru" in page.locator("main").inner_text()
    page.goto("/akun/sandi")  # and back to what the other tests sign in with
    page.get_by_label("Kata sandi lama").fill(NEW)
    page.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    page.get_by_label("Ketik sekali lagi kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Ganti kata sandi").click()
    assert "Kata sandi diganti" in page.locator("main").inner_text()
    context.close()


def test_a_person_signs_out_everywhere_else(open_desk: OpenDesk) -> None:
    there, here = open_desk("sekretaris"), open_desk("sekretaris")
    here.follow("Akun saya")
    assert here.title == "Akun saya"
    here.shoot("akun-saya")
    here.press("Akhiri semua yang lain")
    assert "Sesi sudah diakhiri" in here.text
    there.page.goto("/tugas")
    assert there.title == "Masuk"
    here.page.goto("/tugas")
    assert here.title == "Tugas saya"
