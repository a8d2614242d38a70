"""What the gate finds about messages and signals, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT = "Kejadian"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "message_missing": (
        _EVENT,
        "belum menyebut pesan yang ditunggu atau dikirimnya.",
        "Pilih pesannya di panel properti (Message), dan beri nama.",
    ),
    "message_unknown": (
        _EVENT,
        "menyebut pesan yang tidak ada dalam berkas ini.",
        "Pilih pesannya sekali lagi di panel properti, lalu simpan.",
    ),
    "message_unnamed": (
        _EVENT,
        "pesannya belum bernama, sehingga tidak dapat dikenali.",
        "Isi nama pesannya di panel properti (Message name).",
    ),
    "message_name": (
        _EVENT,
        "nama pesan “{text}” terlalu panjang atau memuat tanda yang tidak terbaca.",
        "Pakai nama pendek tanpa ganti baris.",
    ),
    "message_start_calculated": (
        _EVENT,
        "memulai perkara karena pesan “{text}”, yang namanya dihitung; sebelum perkara ada, tidak ada data untuk menghitungnya.",
        "Tulis nama pesannya apa adanya.",
    ),
    "signal_missing": (
        _EVENT,
        "belum menyebut sinyal yang ditunggu atau dikirimnya.",
        "Pilih sinyalnya di panel properti (Signal), dan beri nama.",
    ),
    "signal_unknown": (
        _EVENT,
        "menyebut sinyal yang tidak ada dalam berkas ini.",
        "Pilih sinyalnya sekali lagi di panel properti, lalu simpan.",
    ),
    "signal_unnamed": (
        _EVENT,
        "sinyalnya belum bernama, sehingga tidak dapat dikenali.",
        "Isi nama sinyalnya di panel properti (Signal name).",
    ),
    "signal_name": (
        _EVENT,
        "nama sinyal “{text}” terlalu panjang atau memuat tanda yang tidak terbaca.",
        "Pakai nama pendek tanpa ganti baris.",
    ),
    "signal_start_calculated": (
        _EVENT,
        "memulai perkara karena sinyal “{text}”, yang namanya dihitung; sebelum perkara ada, tidak ada data untuk menghitungnya.",
        "Tulis nama sinyalnya apa adanya.",
    ),
    "message_property_unknown": (
        "Elemen",
        "properti “{property}” tidak dikenal.",
        "Yang dikenal: pesan.kunci, pesan.isi, tanggapan.formulir.",
    ),
    "message_property_place": (
        "Elemen",
        "properti “{property}” tidak berlaku di sini: pesan.kunci untuk kejadian pesan di tengah perkara, pesan.isi untuk yang mengirim, tanggapan.formulir untuk yang menunggu.",
        "Pindahkan propertinya, atau hapus.",
    ),
    "message_expression": (
        _EVENT,
        "“pesan.kunci” atau nama pesannya tidak dapat dibaca.",
        "{error}",
    ),
    "message_carries_wrong": (
        _EVENT,
        "“pesan.isi” menyebut “{name}”, yang bukan nama data.",
        "Tulis nama data dengan koma di antaranya.",
    ),
    "message_variable_unknown": (
        _EVENT,
        "“{property}” menyebut data “{variable}”, yang tidak diisi langkah mana pun di proses ini.",
        "Periksa ejaannya; bila datanya datang dari proses lain, biarkan.",
    ),
    "answer_form_not_there": (
        _EVENT,
        "“tanggapan.formulir” menyebut formulir “{form}”, yang tidak disertakan.",
        "Sertakan berkas .form-nya, atau hapus propertinya.",
    ),
    "answer_form_key": (
        _EVENT,
        "formulir tanggapan “{form}” memakai kunci “{key}”, yang sudah dipakai untuk suratnya sendiri.",
        "Ganti kunci isian itu.",
    ),
    "message_start_taken": (
        _EVENT,
        "pesan “{name}” sudah memulai perkara di proses “{other}”; satu pesan hanya dapat memulai satu proses.",
        "Pakai nama pesan lain, atau hapus kejadian awal pesan di salah satu proses.",
    ),
}
"""One row a code: what it is found at, what is wrong and why, and what to do."""
