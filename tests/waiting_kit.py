"""A process that meets the outside: an answer with a limit, a ministry, a system, put in force in the demonstration office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn
from form_kit import form_file

from engine.actor import Signature
from engine.ids import AgencyId
from web.worker import case_worker

if TYPE_CHECKING:
    from web.parts import Parts

KEY = "pembubaran_percobaan"
NAME = "Pembubaran percobaan"
MINISTRY = "Kementerian Koperasi"
LINES = """
    start mulai name="Permohonan"
    user susun name="Menyusun surat" formRef=susun
    user jawab name="Memberi tanggapan" formRef=jawab
    boundary batas on=jawab duration=P60D unstated=true name="Batas tanggapan"
    boundary ingat on=jawab duration=P30D keeps=true name="Sudah 30 hari"
    user ingatkan name="Mengingatkan pengurus" formRef=ingatkan
    service oss name="Menyimpan di OSS" topic=oss
    catch sk name="Menunggu SK" message="SK pembubaran"
    user arsip name="Mengarsipkan" formRef=arsip
    end selesai
    end diingatkan
    mulai -> susun
    susun -> jawab
    jawab -> oss
    oss -> sk
    sk -> arsip
    arsip -> selesai
    batas -> arsip
    ingat -> ingatkan
    ingatkan -> diingatkan
"""
LANES = {
    "kementerian": "mulai jawab batas ingat sk",
    "subbag_umum": "susun ingatkan oss arsip selesai diingatkan",
}


def package() -> dict[str, bytes]:
    """Give the drawing, whose ministry is recorded by the staff of the Sub Bagian Umum, with its forms."""
    drawing = drawn(
        LINES,
        key=KEY,
        lanes=LANES,
        recorders={"kementerian": "subbag_umum"},
        kinds={"kementerian": "eksternal"},
    )
    drawing = drawing.replace(b'name="Lajur kementerian"', f'name="{MINISTRY}"'.encode())
    drawing = drawing.replace(f'id="{KEY}"'.encode(), f'id="{KEY}" name="{NAME}"'.encode(), 1)
    drawing = drawing.replace(b"</bpmn:definitions>", _sheet() + b"</bpmn:definitions>")
    steps = ("susun", "jawab", "ingatkan", "arsip")
    return {"p.bpmn": drawing, **{f"{step}.form": _form(step) for step in steps}}


def _sheet() -> bytes:
    """Give the layout of the step with its limits, which is all that the tests look at."""
    boxes = {"jawab": (20, 20, 100, 80), "batas": (42, 82, 36, 36), "ingat": (92, 82, 36, 36)}
    shapes = "".join(
        f'<di:BPMNShape id="{element}_di" bpmnElement="{element}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></di:BPMNShape>'
        for element, (x, y, width, height) in boxes.items()
    )
    return (
        '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">'
        f'<di:BPMNPlane bpmnElement="{KEY}">{shapes}</di:BPMNPlane></di:BPMNDiagram>'
    ).encode()


def put_in_force(parts: Parts) -> None:
    """Put the process in force in the demonstration office."""
    parts.runtime.deploy(package(), agency=AgencyId("pasuruan"), by=Signature.of_system())


def run_due(parts: Parts) -> None:
    """Let the worker do everything that is due for cases."""
    while case_worker(parts).run_due():
        pass


def _form(step: str) -> bytes:
    field = {"type": "textarea", "key": f"catatan_{step}", "label": f"Catatan {step}"}
    return form_file(field, id=step)
