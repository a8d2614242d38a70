"""Maps whose steps begin other cases: `lanjutan.…` written into a drawing, and a letter that is handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from form_kit import form_file
from lxml import etree

from engine.source import BPMN, CAMUNDA

if TYPE_CHECKING:
    from collections.abc import Mapping

LETTER = """
    start mulai
    user baca formRef=baca
    manual arsip
    end selesai
    mulai -> baca
    baca -> arsip
    arsip -> selesai
"""
HANDED = """
    start mulai
    user terima formRef=terima candidateGroups=${kepada}
    end selesai
    mulai -> terima
    terima -> selesai
"""
READ = form_file(
    {"type": "textfield", "key": "perihal", "label": "Perihal"},
    {"type": "checkbox", "key": "teruskan", "label": "Teruskan"},
    {
        "type": "checklist",
        "key": "penerima",
        "label": "Penerima",
        "values": [{"label": n.title(), "value": n} for n in ("umum", "bidang", "kepala")],
    },
    id="baca",
)
TAKEN = form_file(
    {"type": "textfield", "key": "hal", "label": "Hal", "readonly": True},
    {"type": "textfield", "key": "kepada", "label": "Kepada", "readonly": True},
    {"type": "textfield", "key": "oleh", "label": "Diteruskan kepada"},
    {"type": "textfield", "key": "catatan", "label": "Catatan"},
    id="terima",
)
TO_EACH = {"proses": "oper", "untuk": "penerima", "isi": "kepada", "data": "hal=perihal"}
ONWARD = {**TO_EACH, "untuk": "oleh", "data": "hal"}


def linking(source: bytes, element: str, properties: Mapping[str, str]) -> bytes:
    """Give the file with `lanjutan.…` properties at an element."""
    root = etree.fromstring(source)
    (node,) = (n for n in root.iter() if n.get("id") == element)
    extensions = etree.Element(BPMN + "extensionElements")
    node.insert(0, extensions)
    inside = etree.SubElement(extensions, CAMUNDA + "properties")
    for name, value in properties.items():
        etree.SubElement(inside, CAMUNDA + "property", name=f"lanjutan.{name}", value=value)
    return etree.tostring(root)


def letter(properties: Mapping[str, str] = TO_EACH, **more: str) -> dict[str, bytes]:
    """Give a package: a letter that is read and handed on, and what each hand does with it, onward too.

    The process `surat` has the step `baca` (what it begins is in the properties), `oper` the step `terima`.
    """
    forms = {"baca.form": READ, "terima.form": TAKEN}
    return {
        "surat.bpmn": linking(drawn(LETTER, key="surat"), "baca", {**properties, **more}),
        "oper.bpmn": linking(drawn(HANDED, key="oper"), "terima", {**ONWARD, **more}),
        **forms,
    }


def laying_open() -> dict[str, bytes]:
    """Give a letter whose personal subject is handed on to where it is not personal."""
    personal = form_of("baca", "perihal", personal="perihal")
    return {**letter({"proses": "oper", "data": "hal=perihal"}), "baca.form": personal}
