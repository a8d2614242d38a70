"""*Coba ekspresi* in a real browser without scripts: from a case to a value, an error at its place, and no barrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints_at_widths

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

pytestmark = pytest.mark.browser

SUBJECT = "Undangan rapat koordinasi"


def begun(head: Desk) -> str:
    """Ask for a letter, and give the address of its case."""
    head.page.goto("/proses")
    head.press("Mulai Pelayanan Surat Keluar")
    head.fill("Perihal", SUBJECT)
    head.fill("Tujuan surat", "Camat")
    head.fill("Pokok isi surat", "Mengundang rapat.")
    head.choose("Unit pembuat", "Bidang Usaha Mikro")
    head.press("Kirim")
    case = head.page.get_by_role("link", name="Lihat perkara").first.get_attribute("href")
    assert case is not None
    return case


def test_an_owner_tries_an_expression_on_a_case_without_scripts(
    open_desk: Callable[..., Desk],
) -> None:
    case = begun(open_desk("kepala", javascript=False))
    owner = open_desk("pemilik")  # axe-core needs scripts; the page itself has none of its own
    owner.page.goto(case)
    owner.follow("Coba ekspresi dengan data perkara ini")
    owner.fill("Ekspresi", 'if string length(perihal) > 100 then "panjang" else unit_pembua')
    owner.press("Coba")
    assert "Jenisnya: kosong" in owner.text
    assert "unit_pembua (maksud Anda “unit_pembuat”?)" in owner.text
    assert f'"{SUBJECT}"' in owner.text
    assert complaints_at_widths(owner.page) == []
    owner.shoot("ekspresi-hasil")

    owner.fill("Ekspresi", "jumlah > 10 && perihal = 'x'")
    owner.press("Coba")
    assert owner.page.locator("mark").inner_text() == "&&"
    assert "diharapkan “and”, tetapi ada “&&”" in owner.text
    owner.shoot("ekspresi-salah")
    owner.fill("Ganti perkara: nomor, perihal, atau nama orang", "Undangan")
    owner.press("Cari perkara")
    assert complaints_at_widths(owner.page) == []

    plain = open_desk("pemilik", javascript=False)
    plain.page.goto("/ekspresi")
    plain.fill("Data dari perkara: nomor, perihal, atau nama orang", "koordinasi")
    plain.press("Cari perkara")
    plain.press(f"Pilih {SUBJECT}")
    plain.fill("Ekspresi", "${perihal}")
    plain.press("Coba")
    assert f'Hasil "{SUBJECT}" Jenisnya: teks' in plain.text
