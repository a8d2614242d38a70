"""What the drawing says of a task and of a process beside who does it: urgent, put aside, a version's tag, kept how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from inbox_office import Materials
from web_kit import Caller, parts_of

from engine.actor import Signature
from engine.ids import AgencyId

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Seen

    Desk = Callable[[str], Caller]


def words(page: Seen) -> str:
    """Give what a page says, without line ends."""
    return " ".join(page.page.get_text(" ").split())


def test_an_urgent_task_is_marked_on_the_desk_and_on_its_page(app: Flask, desk: Desk) -> None:
    task = Materials(app, narrowing="priority=80").ask("Bahan rapat")
    clerk = desk("sekretariat")
    assert "Mendesak prioritas 80" in words(clerk.get("/tugas?meja=bebas"))
    assert "Mendesak" in clerk.get(f"/tugas/{task.id}").text


@pytest.mark.parametrize("narrowing", ["", "priority=50", "priority=10"])
def test_a_usual_task_has_no_mark(app: Flask, desk: Desk, narrowing: str) -> None:
    Materials(app, narrowing=narrowing).ask("Bahan rapat")
    shown = words(desk("sekretariat").get("/tugas?meja=bebas"))
    assert "Bahan rapat" in shown
    assert "Mendesak" not in shown


def test_what_can_be_started_shows_the_tag_of_its_version_and_how_long_cases_are_kept(
    app: Flask, desk: Desk
) -> None:
    lines = "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai"
    said = b'id="p" camunda:versionTag="musrenbang-2026" camunda:historyTimeToLive="P5Y" '
    drawing = drawn(lines, lanes={"kepala_dinas": "mulai kerja selesai"})
    package = {"p.bpmn": drawing.replace(b'id="p" ', said, 1)}
    by = Signature.of_system()
    (version,) = parts_of(app).runtime.deploy(package, agency=AgencyId("pasuruan"), by=by)
    shown = words(desk("kepala").get("/proses"))
    assert "versi 1 (musrenbang-2026) · arsip disimpan 5 tahun" in shown
    owner = desk("pemilik")
    assert "musrenbang-2026" in words(owner.get("/proses/peta"))
    assert "disimpan 5 tahun" in words(owner.get(f"/proses/peta/{version.id}"))
