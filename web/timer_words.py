"""What is wrong with a timer, in Indonesian: of a drawing (`ROWS`, taken in by `web/rule_words.py`), and of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT = "Kejadian"

SENTENCES: Mapping[str, str] = {
    "timer_empty": "Batas waktunya kosong. Isi waktunya; bila diambil dari isian, periksa isiannya.",
    "timer_date": "“{text}” bukan tanggal. Tulis seperti 2026-11-22 atau 2026-11-22T10:00.",
    "timer_zone": "Zona waktu pada “{text}” tidak dikenal. Tulis seperti 2026-11-22T10:00[Asia/Jakarta], atau tanpa zona.",
    "timer_duration": "“{text}” bukan lama waktu. Tulis seperti P14D (14 hari), P2M (2 bulan), atau PT4H (4 jam).",
    "timer_negative": "“{text}” adalah waktu yang mundur. Hapus tanda minusnya.",
    "timer_zero": "“{text}” tidak memberi waktu sama sekali. Isi paling sedikit satu.",
    "timer_too_far": "“{text}” terlalu jauh. Periksa angkanya.",
    "timer_too_often": "“{text}” berulang lebih sering daripada sekali semenit. Jarangkan ulangannya.",
    "timer_cycle": "“{text}” bukan ulangan waktu. Tulis seperti R3/P1D (tiga kali, tiap hari) atau R/P1M (tiap bulan).",
    "timer_over": "Semua waktu pada “{text}” sudah lewat. Periksa tanggalnya.",
    "timer_cron_fields": "“{text}” bukan ulangan waktu. Tulis seperti R/P1D (tiap hari), "
    "atau cron dengan enam bagian seperti 0 0 8 ? * MON-FRI.",
    "timer_cron": "Cron “{text}” tidak dapat dibaca, atau tidak pernah tiba. "
    "Urutannya: detik, menit, jam, tanggal, bulan, hari, dan boleh tahun.",
    "timer_cron_both_days": "Cron “{text}” menyebut tanggal dan hari sekaligus, yang artinya berbeda di setiap mesin. "
    "Isi salah satunya dengan tanda tanya.",
    "timer_cron_weekday_number": "Cron “{text}” menyebut hari dengan angka, yang artinya berbeda di setiap mesin. "
    "Tulis namanya: MON, TUE, WED, THU, FRI, SAT, SUN.",
    "timer_cron_unsupported": "Cron “{text}” memakai cara menulis yang belum didukung. "
    "Yang didukung: L dan LW pada tanggal, MON#2 dan FRIL pada hari.",
}
"""One sentence a code."""

ROWS: Mapping[str, tuple[str, str, str]] = {
    "timer_missing": (
        _EVENT,
        "pewaktunya harus menyebut tanggal, lama, atau ulangan, salah satu saja.",
        "Isi “Type” dan “Value” di bagian Timer.",
    ),
    "timer_wrong": (_EVENT, "batas waktunya tidak dapat diikuti.", "{error}"),
    "timer_expression": (
        _EVENT,
        "batas waktunya “{text}” tidak dapat dibaca.",
        "{error}",
    ),
    "timer_start_expression": (
        _EVENT,
        "batas waktunya “{text}” mengambil data, padahal perkaranya belum ada.",
        "Tulis tanggal, lama, atau ulangannya langsung.",
    ),
    "timer_cycle_place": (
        _EVENT,
        "tidak dapat berulang: sesudah tercapai sekali, langkahnya sudah ditinggalkan.",
        "Pakai lama (Duration), atau jadikan kejadian tepi yang tidak menghentikan langkahnya.",
    ),
    "timer_stated_place": (
        _EVENT,
        "“batas.ditetapkan” hanya untuk pewaktu dengan lama (Duration) pada tepi langkah atau kejadian tengah.",
        "Hapus propertinya, atau ubah pewaktunya.",
    ),
    "timer_stated_unknown": (
        _EVENT,
        "“batas.ditetapkan” berisi “{value}”; yang dikenal hanya ya dan tidak.",
        "Isi “tidak” bila tidak ada dokumen yang menetapkan lamanya, atau hapus.",
    ),
    "timer_unstated": (
        _EVENT,
        "batas belum ditetapkan dokumen; dipakai {length} menurut gambar.",
        "Kantor dapat menetapkan lamanya sendiri di halaman Batas waktu.",
    ),
    "timer_start_past": (
        _EVENT,
        "waktu mulainya “{text}” sudah lewat, sehingga tidak ada perkara yang dimulai olehnya.",
        "Perbarui tanggalnya bila masih diperlukan.",
    ),
}
"""One row a code: what it is found at, what is wrong, and what to do."""
