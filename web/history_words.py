"""What each event of the history says, in Indonesian: one sentence an event (`engine.history.EVENTS`).

A sentence names the event's own fields, and through `Names` the things behind ids: `{element}` (of the token), `{task_name}`
and `{lane_name}`.
"""

from __future__ import annotations

import dataclasses
from string import Formatter
from typing import TYPE_CHECKING, Protocol

from engine.form import moment_words
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.history import HistoryEvent

SENTENCES: Mapping[str, str] = {
    "instance_started": "Perkara dimulai menurut peta proses versi {version}",
    "instance_completed": "Perkara selesai",
    "instance_cancelled": "Perkara dibatalkan: {reason}",
    "instance_linked": "Perkara lanjutan “{name}” dimulai",
    "element_activated": "Sampai di “{element_name}”",
    "element_completed": "“{element_name}” selesai",
    "element_merged": "“{element_name}” bergabung dengan jalur lain",
    "element_cancelled": "“{element_name}” dihentikan",
    "scope_opened": "Bagian {scope} dibuka",
    "scope_closed": "Bagian {scope} ditutup",
    "variables_changed": "Data berubah: {keys}",
    "user_task_created": "Tugas “{task_name}” diletakkan di meja {lane_name}",
    "user_task_claimed": "Tugas “{task_name}” diambil{from_whom}",
    "user_task_unclaimed": "Tugas “{task_name}” dikembalikan ke meja jabatan{because}",
    "user_task_assigned": "Tugas “{task_name}” diberikan kepada {to_name}{because}",
    "user_task_postponed": "Tugas “{task_name}” {until_day}",
    "assignee_refused": "{name} ditunjuk peta proses tetapi tidak memegang lajurnya; tugas “{task_name}” dapat diambil oleh lajur",
    "user_task_completed": "Tugas “{task_name}” diselesaikan",
    "user_task_retracted": "Kiriman “{task_name}” ditarik kembali: {reason}",
    "submission_corrected": "Isian “{task_name}” dikoreksi: {reason}",
    "user_task_cancelled": "Tugas “{task_name}” tidak diperlukan lagi",
    "user_task_opened": "Tugas “{task_name}” pertama kali dibuka",
    "comment_added": "Catatan: {text}",
    "letter_number_reserved": "Nomor {number} diambil dari register {register}, belum disahkan{because}",
    "letter_number_confirmed": "Nomor {number} berlaku",
    "letter_number_voided": "Nomor {number} dibatalkan{because}",
    "letter_rule_changed": "Aturan nomor “{name}” versi {version} berlaku mulai {valid_from}",
    "definition_deployed": "Peta proses {key} versi {version} diberlakukan dari {resource}",
    "person_registered": "Akun {login} dibuat",
    "agency_registered": "Kantor “{name}” dibuat",
    "unit_saved": "Unit “{name}” disimpan",
    "unit_closed": "Unit “{name}” ditutup",
    "post_saved": "Jabatan “{name}” disimpan",
    "post_closed": "Jabatan “{name}” ditutup",
    "person_changed": "Keterangan {name} ({login}) diubah",
    "person_closed": "Akun {name} ({login}) ditutup{because}",
    "person_opened": "Akun {name} ({login}) dibuka lagi",
    "holding_started": "{name} diberi jabatan {post_title}{by_letter}",
    "holding_ended": "Masa jabatan {name} sebagai {post_title} ditetapkan berakhir",
    "tasks_reassigned": "Tugas {name} dialihkan{because}",
    "password_changed": "Kata sandi akun {login} diganti",
    "password_reset_made": "Tautan untuk mengganti kata sandi akun {login} dibuat",
    "sessions_ended": "{count} sesi akun {login} diakhiri",
    "signed_in": "Masuk",
    "signed_out": "Keluar",
    "sign_in_refused": "Percobaan masuk dengan nama {login} ditolak",
}
"""One sentence an event, without a full stop."""


ACTS: Mapping[str, str] = {
    "instance_started": "memulai perkara",
    "instance_cancelled": "membatalkan perkara: {reason}",
    "user_task_completed": "menyelesaikan “{task_name}”",
    "user_task_retracted": "menarik kembali “{task_name}”: {reason}",
    "submission_corrected": "mengoreksi isian “{task_name}”: {reason}",
    "user_task_claimed": "mengambil “{task_name}”{from_whom}",
    "user_task_unclaimed": "mengembalikan “{task_name}” ke meja jabatan{because}",
    "user_task_assigned": "memberikan “{task_name}” kepada {to_name}{because}",
    "user_task_postponed": "menyatakan “{task_name}” {until_day}",
    "user_task_opened": "membuka “{task_name}” untuk pertama kali",
    "comment_added": "menulis catatan",
    "letter_number_reserved": "mengambil nomor {number}{because}",
    "letter_number_confirmed": "mengesahkan nomor {number}",
    "letter_number_voided": "membatalkan nomor {number}{because}",
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


def _title(acting: str, post: str) -> str:
    return f"{acting.capitalize()}. {post}" if acting else post


def _until(day: str) -> str:
    return (
        _("ditunda sampai {day}").format(day=moment_words(day)) if day else _("tidak ditunda lagi")
    )


def _behind(sentence: str, text: object) -> str:
    return _(sentence).format(text=text) if text else ""


_BEHIND: Mapping[str, Callable[[Mapping[str, object], Names], str]] = {
    "element_name": lambda fields, names: names.element(int(str(fields["token"]))),
    "task_name": lambda fields, names: names.task(str(fields["task"])),
    "lane_name": lambda fields, names: names.lane(str(fields["lane"])),
    "keys": _keys,
    "post_title": lambda fields, _names: _title(str(fields["acting"]), str(fields["post_name"])),
    "by_letter": lambda fields, _names: _behind(" (surat {text})", fields["letter"]),
    "from_whom": lambda fields, _names: _behind(" alih dari {text}", fields["previous_name"]),
    "until_day": lambda fields, _names: _until(str(fields["until"])),
    "because": lambda fields, _names: _behind(": {text}", fields["reason"]),
}
