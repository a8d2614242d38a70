"""A process of the demonstration office that waits for work of a program, at a clerk's desk: for tests of the pages."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from letter_kit import numbering
from web_kit import parts_of

from engine.actor import Signature
from engine.ids import AgencyId
from web.application import assemble
from web.worker import connector_worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    Desk = Callable[[str], Caller]

LANE = "bidang_koperasi"
LINES = """
    start mulai
    user isi formRef=isi name="Isi permohonan"
    service oss topic={} name="Permohonan OSS"
    user lanjut formRef=isi name="Periksa izin"
    end selesai
    mulai -> isi
    isi -> oss
    oss -> lanjut
    lanjut -> selesai
"""


def begin(app: Flask, desk: Desk, topic: str, **told: str) -> tuple[str, Seen]:
    """Bring a new case to its service task; gives its id and its page."""
    source = drawn(LINES.format(topic), key="uji_oss", lanes={LANE: "mulai isi oss lanjut selesai"})
    package = {
        "uji_oss.bpmn": numbering(source, {"oss": told}) if told else source,
        "isi.form": form_of("isi", "nomor", "surel", "nib"),
    }
    parts = parts_of(app)
    parts.runtime.deploy(package, agency=AgencyId("pasuruan"), by=Signature.of_system())
    staff = desk("koperasi")
    page = staff.start("uji_oss")
    case = page.path.removeprefix("/tugas/").partition("-")[0]
    staff.send(page, {"nomor": "7/A", "surel": "ksp@contoh.id", "nib": ""})
    return case, staff.get(f"/perkara/{case}")


def work(app: Flask, **settings: object) -> None:
    """Let the worker of connectors do what is due, in an office with these settings."""
    parts = parts_of(app)
    known = dataclasses.replace(parts.settings, **settings)
    there = dataclasses.replace(parts, settings=known)
    thread = connector_worker(there, assemble(there))
    try:
        while thread.run_due():
            pass
    finally:
        thread.rest()
