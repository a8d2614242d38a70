"""A process of the demonstration office that asks a decision with one that it requires: for tests of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decision_kit import dmn, literal, table
from engine_maps import drawn, form_of
from web_kit import parts_of

from engine.actor import Signature
from engine.ids import AgencyId

if TYPE_CHECKING:
    from flask import Flask
    from web_kit import Caller

    from engine.deployment import Prepared

LANE = "bidang_koperasi"
LINES = """
    start mulai
    user isi formRef=isi name="Isi penilaian"
    rule nilai decisionRef=nilai mapDecisionResult=singleEntry resultVariable=hasil name="Tentukan tingkat"
    user lanjut formRef=isi name="Terbitkan hasil"
    end selesai
    mulai -> isi
    isi -> nilai
    nilai -> lanjut
    lanjut -> selesai
"""
RULES = (("< 60", '"kurang"'), ("[60..80)", '"cukup"'), (">= 80", '"sehat"'))


def decision(rules: tuple[tuple[str, str], ...] = RULES) -> bytes:
    """Give the file: the score is a number in the text that was typed, the level a table of it."""
    return dmn(
        table(rules, inputs={"skor angka": "number"}, requires=("angka",)),
        literal("number(skor)", key="angka", name="Skor angka", variable="skor angka"),
    )


def deploy(app: Flask, **files: bytes) -> Prepared:
    """Put the process and its decision in force, or only the files that are given."""
    package = {
        "uji_nilai.bpmn": drawn(
            LINES, key="uji_nilai", lanes={LANE: "mulai isi nilai lanjut selesai"}
        ),
        "isi.form": form_of("isi", "skor"),
        "nilai.dmn": decision(),
    }
    named = {name.replace("_dmn", ".dmn"): content for name, content in files.items()}
    by = Signature.of_system()
    return parts_of(app).runtime.put_in_force(named or package, agency=AgencyId("pasuruan"), by=by)


def judge(staff: Caller, score: str) -> str:
    """Bring a new case through its decision; gives its address."""
    page = staff.start("uji_nilai")
    staff.send(page, {"skor": score})
    return "/perkara/" + page.path.removeprefix("/tugas/").partition("-")[0]
