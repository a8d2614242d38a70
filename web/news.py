"""The line at the top of a page that says what the last command did.

The address names only the act and the task or case (`?kabar=selesai&id=…`); the words come from what is there now, so
nobody can put words of his own into a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from engine.ids import InstanceId, UserTaskId, instance_of
from storage.queries.case import CaseNow, find_case_now
from storage.queries.visibility import find_visible_case
from web.auth import actor
from web.i18n import _
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "selesai": "Terkirim: {task}.",
    "diambil": "Tugas “{task}” sekarang ada pada Anda.",
    "diambil_alih": "Tugas “{task}” sekarang ada pada Anda.",
    "dikembalikan": "Tugas “{task}” dikembalikan dan dapat diambil lagi.",
    "ditugaskan": "Tugas “{task}” ditugaskan kepada {holder}.",
    "ditunda": "Tugas “{task}” ditunda.",
    "tidak_ditunda": "Tugas “{task}” tidak ditunda lagi.",
    "konsep": "Konsep isian “{task}” tersimpan; belum terkirim.",
    "konsep_dibuang": "Konsep isian “{task}” dibuang.",
    "terputus": "Sesi Anda berakhir sebelum isian “{task}” terkirim. Isian itu tersimpan sebagai konsep di bawah ini; "
    "periksa, lalu kirim.",
    "catatan": "Catatan Anda ditulis di riwayat perkara.",
    "ditarik": "Kiriman “{task}” ditarik kembali; perbaiki, lalu kirim lagi.",
    "dikoreksi": "Isian “{task}” dikoreksi.",
    "dimulai": "Perkara “{case}” dimulai.",
    "diulang": "Pekerjaan yang terkendala dimulai lagi.",
    "dihentikan": "Pengiriman itu dihentikan.",
    "tanggapan": "Tanggapan tercatat; perkara “{case}” lanjut.",
    "dilaporkan": "Laporan Anda tercatat; perkara “{case}” lanjut.",
    "batal": "Perkara “{case}” dibatalkan.",
}
"""What each act is called."""

_MOST_PLACES = 3

SAYS_WHERE = frozenset({"selesai", "dimulai", "dilaporkan", "tanggapan"})
"""Acts after which the case is somewhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What happened, and the case that it happened to."""

    text: str
    where: str
    case: InstanceId
    title: str


def find_news() -> News | None:
    """Give the news that the address asks for, if the reader may see the case."""
    act, id_ = request.args.get("kabar", ""), request.args.get("id", "")
    if act not in SENTENCES:
        return None
    case = instance_of(UserTaskId(id_))
    reader, database = actor(), parts().database
    if database.read(lambda c: find_visible_case(c, reader, case)) is None:
        return None
    now = database.read(lambda c: find_case_now(c, case))
    return _word(act, UserTaskId(id_), now) if now else None


def _word(act: str, task: UserTaskId, now: CaseNow) -> News:
    line = next((line for line in now.tasks if line.task == task), None)
    name, holder = (line.name, line.holder_name) if line else ("…", "…")
    title = now.head.subject or now.head.process
    return News(
        text=_(SENTENCES[act]).format(task=name, case=title, holder=holder),
        where=_where(now) if act in SAYS_WHERE else "",
        case=now.head.case,
        title=title,
    )


def _where(now: CaseNow) -> str:
    waiting = [line for line in now.tasks if line.is_open]
    if not waiting:
        return _("Perkara selesai.")
    lanes = parts().runtime.program(now.head.definition).process.lanes
    places = []
    for line in waiting[:_MOST_PLACES]:
        lane = lanes.get(line.lane)
        places.append(f"{line.name} ({line.holder_name or (lane.name if lane else line.lane)})")
    return _("Sekarang menunggu: {places}.").format(places="; ".join(places))
