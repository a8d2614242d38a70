"""What each event of the history says, in Indonesian: one sentence an event (`engine.history.EVENTS`).

A sentence names the event's own fields, and through `Names` the things behind ids: `{element_name}` (of the token),
`{event_name}` (what the token waits for), `{task_name}` and `{lane_name}`.
"""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING, Protocol

from engine.form import moment_words, number_words
from web import decision_words, wait_words
from web.i18n import _
from web.waiting import span_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.history import HistoryEvent

SENTENCES: Mapping[str, str] = {
    "instance_started": "Perkara dimulai{on_whose_behalf} menurut peta proses versi {version}",
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
    "user_task_created": "Tugas “{task_name}” diletakkan di meja {lane_name}{for_whom}",
    "user_task_claimed": "Tugas “{task_name}” diambil{from_whom}",
    "user_task_unclaimed": "Tugas “{task_name}” dikembalikan ke meja jabatan{because}",
    "user_task_assigned": "Tugas “{task_name}” diberikan kepada {to_name}{because}",
    "user_task_postponed": "Tugas “{task_name}” {until_day}",
    "assignee_refused": "{name} ditunjuk peta proses tetapi tidak memegang lajurnya; tugas “{task_name}” dapat diambil oleh lajur",
    "user_task_completed": "Tugas “{task_name}” diselesaikan{on_whose_behalf}",
    "user_task_retracted": "Kiriman “{task_name}” ditarik kembali: {reason}",
    "submission_corrected": "Isian “{task_name}” dikoreksi: {reason}",
    "user_task_cancelled": "Tugas “{task_name}” tidak diperlukan lagi",
    "user_task_opened": "Tugas “{task_name}” pertama kali dibuka",
    "comment_added": "Catatan: {text}",
    "user_task_due_moved": "Tenggat “{task_name}” {due_change}",
    "user_task_reminded": "Tenggat “{task_name}” diingatkan: {due_moment}",
    "user_task_escalated": "Tugas “{task_name}” terlambat sejak {due_moment}{told_to}",
    "timer_scheduled": "“{event_name}”: waktu dihitung sampai {due_moment}{as_setting}",
    "timer_fired": "“{event_name}”: waktunya tiba{missed_words}",
    "message_awaited": "“{event_name}”: menunggu pesan “{name}”",
    "message_received": "Pesan “{name}” diterima{from_whom_sent}",
    "message_sent": "Pesan “{name}” dikirim",
    "signal_awaited": "“{event_name}”: menunggu sinyal “{name}”",
    "signal_received": "Sinyal “{name}” diterima{from_whom_sent}",
    "signal_sent": "Sinyal “{name}” dikirim",
    "error_thrown": "“{event_name}” melempar galat “{code}”{caught_by}",
    "escalation_thrown": "“{event_name}” melempar eskalasi “{code}”{caught_by}",
    "work_requested": "“{event_name}” {work_words}",
    "work_completed": "“{event_name}” {work_done}",
    "incident_raised": "Kendala di “{event_name}”: {incident_words}",
    "incident_resolved": "{resolution}{because}",
    "wait_length_changed": "Batas waktu di “{name}” ({process}) {own_length}",
    "office_value_changed": "Ketetapan “{label}” ({process}) {own_value}{because}",
    "letter_number_reserved": "Nomor {number} diambil dari register {register}, belum disahkan{because}",
    "letter_number_confirmed": "Nomor {number} berlaku",
    "letter_number_voided": "Nomor {number} dibatalkan{because}",
    "letter_rule_changed": "Aturan nomor “{name}” versi {version} berlaku mulai {valid_from}",
    "decision_evaluated": "Keputusan “{name}” versi {version}: {decided}",
    "decision_deployed": "Keputusan {name} ({decision}) versi {version} diberlakukan dari {resource}",
    "variables_missed": "Rumus di “{asking}” menyebut data yang tidak ada di perkara ini: {missed_names}; dianggap kosong",
    "map_kept": "Peta {name} ({key}) versi {version} dari {resource} disimpan sebagai peta saja; tidak dijalankan",
    "definition_deployed": "Peta proses {key} versi {version} diberlakukan dari {resource}",
    "calendar_day_saved": "Kalender kerja: {on_day} menjadi {day_kind} ({name})",
    "calendar_day_dropped": "Kalender kerja: {on_day} ({name}) kembali seperti hari biasa",
    "calendar_year_confirmed": "Kalender kerja tahun {year} dipastikan",
    "calendar_year_doubted": "Kalender kerja tahun {year} menjadi perkiraan lagi",
    "working_hours_changed": "Jam kerja diubah",
    "calendar_season_saved": "Jam kerja “{name}” berlaku {first_day} sampai {last_day}",
    "calendar_season_dropped": "Jam kerja “{name}” mulai {first_day} ditiadakan",
    "agency_zone_changed": "Zona waktu kantor diubah dari {previous} menjadi {zone}",
    "deadline_rules_changed": "Pengingat dan eskalasi tenggat diubah: {rules}",
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


DAY_KINDS: Mapping[str, str] = {
    "holiday": "hari libur",
    "joint_leave": "cuti bersama",
    "closed": "hari tutup kantor",
    "open": "hari kerja",
}
"""What a day of the calendar that is not like its weekday is called."""

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
    "timer_fired": "menjalankan “{event_name}”: waktunya tiba{missed_words}",
    "message_received": "{receiving}",
    "signal_received": "menyampaikan sinyal “{name}”",
    "work_completed": "{work_doing}",
    "incident_raised": "mencatat kendala di “{event_name}”: {incident_words}",
    "incident_resolved": "{resolving}{because}",
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

    def event(self, token: int, element: str) -> str:
        """Give the name of what a token waits for at an element: of an event, or of the task itself."""
        ...

    def moment(self, at: str) -> str:
        """Give a moment in the office's zone."""
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


def _work(fields: Mapping[str, object]) -> tuple[str, str, str]:
    return str(fields["topic"]), str(fields["worker"]), str(fields["reason"])


def _behind(sentence: str, text: object) -> str:
    return _(sentence).format(text=text) if text else ""


def _event(fields: Mapping[str, object], names: Names) -> str:
    return names.event(int(str(fields["token"])), str(fields["element"]))


def _due_change(fields: Mapping[str, object], names: Names) -> str:
    due, previous = str(fields["due"]), str(fields["previous"])
    estimate = _(" (perkiraan)") if fields["is_estimate"] else ""
    if due == previous:
        return (_("menjadi perkiraan") if estimate else _("dipastikan")) + f": {names.moment(due)}"
    moved = _("bergeser dari {previous} ke {due}, karena kalender kerja diubah")
    return moved.format(previous=names.moment(previous), due=names.moment(due)) + estimate


def _told_to(fields: Mapping[str, object], _names: Names) -> str:
    return _behind("; diberitahukan kepada {text}", _listed(fields["posts"]))


def _rules(fields: Mapping[str, object], _names: Names) -> str:
    before = int(str(fields["reminds_before"]))
    reminded = _("diingatkan {n} hari kerja sebelumnya").format(n=before) if before else ""
    told = _("atasan diberi tahu") if fields["escalates"] else _("atasan tidak diberi tahu")
    return f"{reminded or _('tidak diingatkan')}, {told}"


def _missed(fields: Mapping[str, object], _names: Names) -> str:
    missed = int(str(fields["missed"]))
    return _(", {n} kali terlewat").format(n=missed) if missed else ""


def _listed(names: object) -> str:
    return ", ".join(map(str, names)) if isinstance(names, tuple) else ""


def _from(fields: Mapping[str, object], _names: Names) -> str:
    party = str(fields.get("on_behalf_of", ""))
    return _behind(", dicatat atas nama {text}", party) or (
        _(" dari perkara lain") if fields["sender"] else ""
    )


def _receiving(fields: Mapping[str, object], _names: Names) -> str:
    party, name = str(fields["on_behalf_of"]), fields["name"]
    if fields["sender"]:
        return _("menyampaikan pesan “{name}” dari perkara lain").format(name=name)
    said = _("mencatat tanggapan “{name}”").format(name=name)
    return said + _behind(" atas nama {text}", party)


def _caught(fields: Mapping[str, object], names: Names) -> str:
    caught = str(fields["caught"])
    if not caught:
        return _("; tidak ada yang menanggapi")
    return _("; diteruskan lewat “{name}”").format(name=names.event(0, caught))


def _own_length(fields: Mapping[str, object], _names: Names) -> str:
    length = str(fields["length"])
    if not length:
        return _("kembali menurut gambar")
    return _("ditetapkan kantor: {length}").format(length=span_words(length))


def _own_value(fields: Mapping[str, object], _names: Names) -> str:
    value, previous = fields["value"], fields["previous"]
    before = number_words(previous) if isinstance(previous, Decimal) else _("belum ditetapkan")
    if not isinstance(value, Decimal):
        return _("tidak lagi ditetapkan; sebelumnya {before}").format(before=before)
    told = _("ditetapkan kantor: {value}; sebelumnya {before}")
    return told.format(value=number_words(value), before=before)


_BEHIND: Mapping[str, Callable[[Mapping[str, object], Names], str]] = {
    "own_length": _own_length,
    "own_value": _own_value,
    "element_name": lambda fields, names: names.element(int(str(fields["token"]))),
    "task_name": lambda fields, names: names.task(str(fields["task"])),
    "lane_name": lambda fields, names: names.lane(str(fields["lane"])),
    "keys": _keys,
    "post_title": lambda fields, _names: _title(str(fields["acting"]), str(fields["post_name"])),
    "by_letter": lambda fields, _names: _behind(" (surat {text})", fields["letter"]),
    "from_whom": lambda fields, _names: _behind(" alih dari {text}", fields["previous_name"]),
    "until_day": lambda fields, _names: _until(str(fields["until"])),
    "due_change": _due_change,
    "told_to": _told_to,
    "rules": _rules,
    "on_day": lambda fields, _names: moment_words(str(fields["on"])),
    "first_day": lambda fields, _names: moment_words(str(fields["first"])),
    "last_day": lambda fields, _names: moment_words(str(fields["last"])),
    "day_kind": lambda fields, _names: _(DAY_KINDS.get(str(fields["kind"]), str(fields["kind"]))),
    "event_name": _event,
    "due_moment": lambda fields, names: names.moment(str(fields["due"])),
    "as_setting": lambda fields, _names: (
        _(", menurut pengaturan kantor") if fields["is_setting"] else ""
    ),
    "missed_words": _missed,
    "from_whom_sent": _from,
    "receiving": _receiving,
    "on_whose_behalf": lambda fields, _names: _behind(" atas nama {text}", fields["on_behalf_of"]),
    "for_whom": lambda fields, _names: _behind(
        ", dicatat atas nama {text}", fields["on_behalf_of"]
    ),
    "work_words": lambda fields, _names: wait_words.requested(str(fields["topic"])),
    "work_done": lambda fields, _names: wait_words.done_by(*_work(fields)),
    "work_doing": lambda fields, names: wait_words.doing(
        str(fields["topic"]), _event(fields, names), str(fields["reason"])
    ),
    "incident_words": lambda fields, names: wait_words.incident_words(
        str(fields["code"]), str(fields["told"]), _event(fields, names)
    ),
    "resolution": lambda fields, _names: wait_words.resolved(str(fields["how"])),
    "resolving": lambda fields, _names: wait_words.resolved(
        str(fields["how"]), wait_words.RESOLVING
    ),
    "decided": lambda fields, _names: decision_words.decided(fields),
    "asking": lambda fields, names: names.event(0, str(fields["element"])),
    "missed_names": lambda fields, _names: _listed(fields["names"]),
    "caught_by": _caught,
    "because": lambda fields, _names: _behind(": {text}", fields["reason"]),
}
