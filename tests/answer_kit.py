"""A map that waits for answers from outside, in the demonstration office, and what an officer records of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from letter_kit import numbering
from web_kit import parts_of, pdf

from engine.actor import Signature
from engine.ids import AgencyId

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    Desk = Callable[[str], Caller]

LINES = """
    start mulai
    user isi formRef=isi name="Isi permohonan"
    events pilih
    catch sk message=sk_pengesahan key=${nomor} name="SK pengesahan"
    catch habis duration=P60D name="60 hari lewat"
    user simpan formRef=simpan name="Simpan SK"
    boundary susulan on=simpan message=susulan keeps=true name="Surat susulan"
    manual tanya name="Tanyakan ke kementerian"
    manual catat name="Pelajari surat susulan"
    end selesai
    end lain
    end usai
    mulai -> isi
    isi -> pilih
    pilih -> sk
    pilih -> habis
    sk -> simpan
    habis -> tanya
    tanya -> lain
    simpan -> selesai
    susulan -> catat
    catat -> usai
"""
OWN = "mulai isi pilih habis simpan susulan tanya catat selesai lain usai"
LETTER = {
    "sk_tanggal_surat": "2026-11-19",
    "sk_nomor_surat": "AHU-12/2026",
    "sk_dari": "Direktorat Badan Hukum",
    "sk_ringkasan": "Badan hukum koperasi disahkan.",
}


def package(**sk: str) -> dict[str, bytes]:
    """Give the map; `sk` are further properties of the event that waits for the ministry."""
    source = drawn(
        LINES,
        key="uji_sk",
        lanes={"bidang_koperasi": OWN, "kementerian": "sk"},
        recorders={"kementerian": "bidang_koperasi"},
    )
    further = {name.replace("__", "."): text for name, text in sk.items()}
    return {
        "uji_sk.bpmn": numbering(source, {"sk": further}) if further else source,
        "isi.form": form_of("isi", "nomor"),
        "simpan.form": form_of("simpan", "rak"),
        "sk.form": form_of("sk", "nomor_badan_hukum"),
    }


def waiting(app: Flask, desk: Desk, number: str = "7/A", **sk: str) -> str:
    """Bring a case to where it waits for the ministry; gives its id."""
    deployed = parts_of(app).runtime.deploy(
        package(**sk), agency=AgencyId("pasuruan"), by=Signature.of_system()
    )
    assert deployed
    staff = desk("koperasi")
    page = staff.start("uji_sk")
    staff.send(page, {"nomor": number})
    return page.path.removeprefix("/tugas/").partition("-")[0]


def letter(**others: object) -> dict[str, object]:
    """Give what is filled in of the ministry's letter."""
    return {**LETTER, "sk_pindaian": pdf("sk.pdf"), **others}


def record(caller: Caller, page: Seen, **others: object) -> Seen:
    """Send the form of an answer."""
    return caller.post(page.path, {**page.form(page.path), **letter(**others)})
