"""What each event of the history says, in Indonesian: one sentence an event (`engine.history.EVENTS`).

A sentence names the event's own fields, and through `Names` the things behind ids: `{element}` (of the token), `{task_name}`
and `{lane_name}`.
"""

from __future__ import annotations

import dataclasses
from string import Formatter
from typing import TYPE_CHECKING, Protocol

from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.history import HistoryEvent

SENTENCES: Mapping[str, str] = {
    "instance_started": "Perkara dimulai menurut peta proses versi {version}",
    "instance_completed": "Perkara selesai",
    "instance_cancelled": "Perkara dibatalkan: {reason}",
    "element_activated": "Sampai di “{element_name}”",
    "element_completed": "“{element_name}” selesai",
    "element_merged": "“{element_name}” bergabung dengan jalur lain",
    "element_cancelled": "“{element_name}” dihentikan",
    "scope_opened": "Bagian {scope} dibuka",
    "scope_closed": "Bagian {scope} ditutup",
    "variables_changed": "Data berubah: {keys}",
    "user_task_created": "Tugas “{task_name}” diletakkan di meja {lane_name}",
    "user_task_claimed": "Tugas “{task_name}” diambil",
    "user_task_unclaimed": "Tugas “{task_name}” dilepaskan",
    "user_task_assigned": "Tugas “{task_name}” diberikan kepada {to_name}",
    "user_task_completed": "Tugas “{task_name}” diselesaikan",
    "user_task_cancelled": "Tugas “{task_name}” tidak diperlukan lagi",
    "definition_deployed": "Peta proses {key} versi {version} diberlakukan dari {resource}",
    "person_registered": "Akun {login} dibuat",
    "password_changed": "Kata sandi akun {login} diganti",
    "signed_in": "Masuk",
    "signed_out": "Keluar",
    "sign_in_refused": "Percobaan masuk dengan nama {login} ditolak",
}
"""One sentence an event, without a full stop."""


ACTS: Mapping[str, str] = {
    "instance_started": "memulai perkara",
    "instance_cancelled": "membatalkan perkara: {reason}",
    "user_task_completed": "menyelesaikan “{task_name}”",
    "user_task_claimed": "mengambil “{task_name}”",
    "user_task_unclaimed": "melepaskan “{task_name}”",
    "user_task_assigned": "memberikan “{task_name}” kepada {to_name}",
}
"""What somebody did, to stand behind a name; one for each event that an act can be called after."""


class Names(Protocol):
    """Gives names of the things that events name by id."""

    def element(self, token: int) -> str:
        """Give the name of a token's element."""
        ...

    def task(self, task: str) -> str:
        """Give the name of a task."""
        ...

    def lane(self, lane: str) -> str:
        """Give the name of a lane."""
        ...

    def variable(self, key: str) -> str:
        """Give the label of a variable."""
        ...


def words(event: HistoryEvent, names: Names) -> str:
    """Say an event. Raises KeyError for an event without a sentence."""
    return _said(_(SENTENCES[event.type]), event, names)


def act_words(event: HistoryEvent, names: Names) -> str:
    """Say an event as what somebody did; an event that nobody does by itself is said as it is."""
    sentence = ACTS.get(event.type)
    return _said(_(sentence), event, names) if sentence else words(event, names)


def _said(sentence: str, event: HistoryEvent, names: Names) -> str:
    wanted = {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}
    return sentence.format(**{name: _fill(name, event, names) for name in sorted(wanted)})


def _fill(name: str, event: HistoryEvent, names: Names) -> str:
    fields = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    if name not in _BEHIND:
        return str(fields[name])
    return _BEHIND[name](fields, names)


def _keys(fields: Mapping[str, object], names: Names) -> str:
    keys: list[str] = []
    for part in ("set", "personal", "removed"):
        found = fields[part]
        keys += [str(key) for key in found] if isinstance(found, dict | tuple) else []
    return ", ".join(names.variable(key) for key in keys) or "–"


_BEHIND: Mapping[str, Callable[[Mapping[str, object], Names], str]] = {
    "element_name": lambda fields, names: names.element(int(str(fields["token"]))),
    "task_name": lambda fields, names: names.task(str(fields["task"])),
    "lane_name": lambda fields, names: names.lane(str(fields["lane"])),
    "keys": _keys,
}
