"""The words of a diagram: what a pointer resting on an element reads, and the chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Kind
from web.diagram.marks import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.drawing import Edge, Shape
    from web.diagram.marks import Marks

HERE = "Di sini"
FAILED = "Kendala"
UNSTATED = "batas belum ditetapkan dokumen"
EMPTY = "Peta ini belum bergambar"
LINE = "Garis alir"

KIND_WORDS = {
    Kind.POOL: "Kolam",
    Kind.LANE: "Lajur",
    Kind.TASK: "Tugas",
    Kind.USER_TASK: "Tugas pengguna",
    Kind.MANUAL_TASK: "Tugas manual",
    Kind.SERVICE_TASK: "Tugas sistem",
    Kind.SCRIPT_TASK: "Tugas skrip",
    Kind.SEND_TASK: "Tugas kirim",
    Kind.RECEIVE_TASK: "Tugas terima",
    Kind.RULE_TASK: "Tugas aturan",
    Kind.CALL_ACTIVITY: "Panggilan proses",
    Kind.SUB_PROCESS: "Subproses",
    Kind.TRANSACTION: "Transaksi",
    Kind.START_EVENT: "Mulai",
    Kind.CATCH_EVENT: "Kejadian yang ditunggu",
    Kind.THROW_EVENT: "Kejadian yang dikirim",
    Kind.BOUNDARY_EVENT: "Kejadian pada tugas",
    Kind.END_EVENT: "Selesai",
    Kind.EXCLUSIVE_GATEWAY: "Pilihan satu cabang",
    Kind.INCLUSIVE_GATEWAY: "Pilihan satu cabang atau lebih",
    Kind.PARALLEL_GATEWAY: "Cabang bersamaan",
    Kind.EVENT_GATEWAY: "Pilihan menurut kejadian",
    Kind.COMPLEX_GATEWAY: "Pilihan bersyarat",
    Kind.DATA_OBJECT: "Dokumen",
    Kind.DATA_INPUT: "Dokumen masukan",
    Kind.DATA_OUTPUT: "Dokumen keluaran",
    Kind.DATA_STORE: "Tempat simpan",
    Kind.ANNOTATION: "Catatan",
    Kind.GROUP: "Kelompok",
}
"""What an element without a name is called."""

STATE_WORDS = {
    State.ACTIVE: "sedang di sini",
    State.WAITING: "sedang ditunggu",
    State.DONE: "selesai",
    State.CANCELLED: "dibatalkan",
    State.FAILED: "terkendala",
    State.RUNS: "dapat berjalan",
    State.WARNED: "dapat berjalan, ada peringatan",
    State.MAP_ONLY: "peta saja",
    State.REFUSED: "ditolak",
}


def of_shape(shape: Shape, marks: Marks) -> str:
    """Say what an element is and what became of it: "Memeriksa draf: sedang di sini, 2 kali"."""
    state = marks.states.get(shape.element_id)
    facts = [
        UNSTATED if shape.unstated and shape.name.lower() != UNSTATED else "",
        "" if state is None else STATE_WORDS[state],
        _times(marks.visits, shape.element_id),
        _noted(marks, shape.element_id),
    ]
    return _sentence(shape.name or KIND_WORDS[shape.kind], facts)


def of_edge(edge: Edge, marks: Marks) -> str:
    """Say what a line is called, how often it was taken and what is said of it; "" when there is nothing to say."""
    taken, noted = marks.taken.get(edge.element_id, 0), _noted(marks, edge.element_id)
    state = marks.states.get(edge.element_id) if noted else None
    facts = [
        f"dilalui {taken} kali" if taken else "",
        "" if state is None else STATE_WORDS[state],
        noted,
    ]
    return _sentence(edge.name or (LINE if noted else ""), facts)


def _times(visits: Mapping[str, int], key: str) -> str:
    return f"{visits[key]} kali" if visits.get(key, 0) > 1 else ""


def _noted(marks: Marks, key: str) -> str:
    note = marks.notes.get(key)
    return "" if note is None else f"lihat temuan {note.number}"


def _sentence(name: str, facts: list[str]) -> str:
    said = ", ".join(filter(None, facts))
    return f"{name}: {said}" if name and said else name or said
