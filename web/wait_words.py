"""What waiting is called: the words that stand in the sentences of the history and on the pages for timers, messages, work.

Nothing here says that an outside system answered when it didn't: work that nobody of Alur's does *menunggu sistem luar*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.incident import Resolution
from engine.waits import CONNECTOR_PREFIX
from web import words
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

RESOLVED: Mapping[Resolution, str] = {
    Resolution.RETRIED: "Kendala ditutup: pekerjaannya dimulai lagi",
    Resolution.DONE_OUTSIDE: "Kendala selesai: sudah dikerjakan di luar Alur",
    Resolution.LEFT: "Kendala gugur: langkahnya sudah ditinggalkan",
    Resolution.DROPPED: "Kendala ditutup, pekerjaannya dihentikan",
}
"""How an incident ended."""

RESOLVING: Mapping[Resolution, str] = {
    Resolution.RETRIED: "mengulang pekerjaan yang terkendala",
    Resolution.DONE_OUTSIDE: "melaporkan pekerjaan yang terkendala sudah dikerjakan di luar Alur",
    Resolution.LEFT: "meninggalkan langkah yang terkendala",
    Resolution.DROPPED: "menghentikan pekerjaan yang terkendala",
}
"""The same as what somebody did."""


def is_connector(topic: str) -> bool:
    """Tell whether work of this topic is done by Alur itself."""
    return topic.startswith(CONNECTOR_PREFIX)


def requested(topic: str) -> str:
    """Say who is to do the work of a topic."""
    return _("dikerjakan oleh Alur") if is_connector(topic) else _("menunggu sistem luar")


def done_by(topic: str, worker: str, reason: str) -> str:
    """Say who did the work of a topic: an officer reported it with a reason, a connector, or a worker outside."""
    if reason:
        return _("dilaporkan selesai di luar Alur: {reason}").format(reason=reason)
    if is_connector(topic):
        return _("selesai dikerjakan oleh Alur")
    outside = _("selesai dikerjakan sistem luar")
    return f"{outside} ({worker})" if worker else outside


def doing(topic: str, name: str, reason: str) -> str:
    """Say the same as what somebody did."""
    if reason:
        told = _("melaporkan “{name}” selesai di luar Alur: {reason}")
        return told.format(name=name, reason=reason)
    if is_connector(topic):
        return _("mengerjakan “{name}”").format(name=name)
    return _("menerima hasil “{name}” dari sistem luar").format(name=name)


def incident_words(code: str, told: str, step: str) -> str:
    """Say why something can't go on at a step, and what the other side said."""
    known = code if code in words.SENTENCES else "unexpected"
    sentence = words.sentence(known, element=step).rstrip(".")
    return (
        _("{sentence} (keterangan: {told})").format(sentence=sentence, told=told)
        if told
        else sentence
    )


def resolved(how: str, table: Mapping[Resolution, str] = RESOLVED) -> str:
    """Say how an incident ended."""
    return _(table[Resolution(how)]) if how in set(Resolution) else _("Kendala selesai")
