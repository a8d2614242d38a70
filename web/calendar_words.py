"""What the calendar and its deadlines are called, and what is wrong with a change of it. Indonesian, one line a word or code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.calendar import DayKind, InvalidDuration, read_duration
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.calendar import Duration

KINDS: Mapping[DayKind, str] = {
    DayKind.HOLIDAY: "Libur nasional",
    DayKind.JOINT_LEAVE: "Cuti bersama",
    DayKind.CLOSED: "Kantor tutup",
    DayKind.OPEN: "Tetap masuk",
}

ZONES: Mapping[str, str] = {
    "Asia/Jakarta": "WIB (Asia/Jakarta)",
    "Asia/Makassar": "WITA (Asia/Makassar)",
    "Asia/Jayapura": "WIT (Asia/Jayapura)",
}

SENTENCES: Mapping[str, str] = {
    "calendar_changed": "Kalender kerja baru saja diubah orang lain. Muat ulang halaman untuk melihat yang sekarang, lalu ulangi.",
    "year_range": "Kalender hanya untuk tahun {first} sampai {last}. Periksa tanggalnya.",
    "year_confirmed_already": "Tahun itu sudah demikian. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "days_order": "Tanggal terakhir harus sama dengan tanggal mulai atau sesudahnya.",
    "days_many": "Paling banyak {limit} hari sekaligus. Simpan sebagian dahulu.",
    "hours_shape": "Jam kerja “{given}” tidak dapat dibaca. Tulis seperti 07.30-12.00, 13.00-16.00.",
    "hours_order": "Jam kerja “{given}” harus berurutan dan tidak bertumpuk.",
    "week_empty": "Paling sedikit satu hari harus ada jam kerjanya.",
    "season_order": "Hari terakhir harus sama dengan hari pertama atau sesudahnya.",
    "season_long": "Jam kerja khusus berlaku paling lama {limit} hari. Periksa tanggalnya.",
    "season_overlaps": "Sebagian harinya sudah termasuk “{name}”. Ubah tanggalnya, atau hapus yang itu dahulu.",
    "reminder_range": "Pengingat paling awal {limit} hari kerja sebelum tenggat.",
}
"""One sentence a code; part of `web.words.SENTENCES`."""

ROWS: Mapping[str, tuple[str, str, str]] = {
    "standard_time_invalid": (
        "Langkah",
        "mutu bakunya “{given}” bukan lama waktu, sehingga tenggatnya tidak dapat dihitung.",
        "Tulis mutu_baku.waktu menurut ISO 8601, misalnya P3D (3 hari kerja) atau PT30M (30 menit).",
    ),
    "standard_time_nothing": (
        "Langkah",
        "mutu bakunya nol, sehingga tugasnya terlambat sejak dibuat.",
        "Isi mutu_baku.waktu dengan lama yang sebenarnya, atau hapus.",
    ),
    "standard_time_long": (
        "Langkah",
        "mutu bakunya lebih dari {limit} tahun.",
        "Periksa mutu_baku.waktu.",
    ),
}
"""What the gate finds about mutu baku; `web/rule_words.py` takes these rows in."""

_LONG = (("years", "{n} tahun"), ("months", "{n} bulan"), ("weeks", "{n} minggu"))
_SHORT = (("hours", "{n} jam"), ("minutes", "{n} menit"), ("seconds", "{n} detik"))


def length_words(length: str) -> str:
    """Say a mutu baku (ISO 8601): `3 hari kerja`, `30 menit`; a text that is none is said as it stands."""
    try:
        found = read_duration(length)
    except InvalidDuration:
        return length
    return _said(found, "{n} hari kerja") or length


def kept_words(length: str) -> str:
    """Say how long something is kept (days, or ISO 8601): `5 tahun`; a text that is neither is said as it stands."""
    text = f"P{length}D" if length.isdecimal() else length
    try:
        return _said(read_duration(text), "{n} hari") or length
    except InvalidDuration:
        return length


def _said(length: Duration, days: str) -> str:
    parts = [(words, getattr(length, name)) for name, words in _LONG]
    parts.append((days, length.days))
    parts += [(words, getattr(length, name)) for name, words in _SHORT]
    return " ".join(_(words).format(n=number) for words, number in parts if number)
