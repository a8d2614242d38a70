"""Service tasks for tests: a drawing in order, and one for each thing that is wrong with a task."""

from __future__ import annotations

from engine_maps import drawn
from letter_kit import numbering

LINE = "start mulai\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
"""One element, `kerja`, from the start to the end."""

MAIL = {"surel.kepada": "a@b.id", "surel.perihal": "Izin", "surel.isi": "Terbit."}


def serving(topic: str = "oss.permohonan", /, **properties: str) -> bytes:
    """Give a map with a service task of an outside topic, unless told otherwise."""
    source = drawn(f"service kerja topic={topic}\n{LINE}")
    return numbering(source, {"kerja": properties}) if properties else source


def mailed(**properties: str) -> bytes:
    """Give a map that sends an e-mail."""
    return serving("alur.surel", **{**MAIL, **properties})


def called(**properties: str) -> bytes:
    """Give a map that calls a service."""
    return serving("alur.http", **{"http.alamat": "https://a.go.id/", **properties})


SERVICE = called(
    **{"http.alamat": "https://a.go.id/${catatan}", "hasil.isian": "nib, jumlah:angka"}
)

SERVICE_WRONG = {
    "service_without_topic": drawn("service kerja\n" + LINE),
    "service_topic": serving("x" * 101),
    "service_lane_missing": serving().replace(b"<bpmn:flowNodeRef>kerja</bpmn:flowNodeRef>", b""),
    "service_fields_place": numbering(
        drawn("user kerja formRef=isi\n" + LINE), {"kerja": {"hasil.isian": "x"}}
    ),
    "service_fields": serving(**{"hasil.isian": "nib:uang"}),
    "connector_unknown": serving("alur.kurir"),
    "connector_place": serving(**{"surel.kepada": "a@b.id"}),
    "connector_property_unknown": mailed(**{"surel.cc": "a@b.id"}),
    "connector_property_missing": mailed(**{"surel.isi": ""}),
    "connector_expression_invalid": mailed(**{"surel.isi": "${x"}),
    "connector_address": mailed(**{"surel.kepada": "a@b.id, c@d.id"}),
    "connector_host": called(**{"http.alamat": "https://${x}/"}),
    "connector_method": called(**{"http.metode": "HAPUS"}),
    "connector_body_unsent": called(**{"http.metode": "GET", "http.isi": "=catatan"}),
    "connector_body_plain": called(**{"http.isi": "catatan"}),
    "connector_result": called(**{"http.hasil": "hasil http"}),
}
"""A map for each finding; it is at `kerja`."""
