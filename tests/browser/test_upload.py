"""*Unggah peta proses* in a real browser: from a refused file to a version in force, without scripts, and no barrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import WIDTHS
from upload_kit import PAGE, drawn, form, package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desk import Desk

pytestmark = pytest.mark.browser


def barriers(desk: Desk) -> list[str]:
    """Give what axe-core finds wrong, and what is wider than the screen, on a wide screen and on a phone."""
    found: list[str] = []
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        found += [each["id"] for each in Axe().run(desk.page).response["violations"]]
        if desk.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
    return found


def choose(desk: Desk, files: Mapping[str, bytes]) -> None:
    """Choose files and press *Periksa*."""
    desk.page.goto(PAGE)
    desk.page.get_by_label("Berkas", exact=True).set_input_files(
        [
            {"name": name, "mimeType": "text/xml", "buffer": content}
            for name, content in files.items()
        ]
    )
    desk.press("Periksa")


def test_an_owner_goes_from_a_finding_to_its_element_and_puts_the_mended_map_in_force(
    open_desk: Callable[..., Desk],
) -> None:
    owner = open_desk("pemilik", javascript=False)
    choose(owner, {"izin.bpmn": drawn(form="lain"), "izin.form": form()})
    assert "Belum dapat diberlakukan" in owner.text
    owner.follow("Lihat di gambar")
    element = owner.page.locator("svg.diagram a:target")
    assert element.get_attribute("data-el") == "periksa"
    element.focus()
    owner.page.keyboard.press("Enter")
    assert "Langkah “Memeriksa <berkas>” (periksa)" in owner.page.locator("li:target").inner_text()

    choose(owner, package())
    owner.press("Berlakukan")
    assert owner.title == "Sudah berlaku"
    assert "Izin warung izin_warung sekarang versi 1" in owner.text


def test_the_pages_of_maps_and_uploads_have_no_barrier(open_desk: Callable[..., Desk]) -> None:
    owner = open_desk("pemilik")
    owner.page.goto(PAGE)
    assert barriers(owner) == []
    choose(owner, {"izin.bpmn": drawn(form="lain"), "rusak.bpmn": b"<a", "izin.form": form()})
    assert barriers(owner) == []
    owner.shoot("unggah-temuan")
    choose(owner, {"izin.bpmn": drawn(executable=False)})
    assert barriers(owner) == []
    owner.press("Simpan peta")
    assert barriers(owner) == []
    owner.follow("Lihat peta proses")
    assert barriers(owner) == []
    owner.follow("Izin warung")
    assert barriers(owner) == []
