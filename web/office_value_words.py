"""What the gate finds about numbers that the office sets, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROCESS = "Proses"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "office_value_name": (
        _PROCESS,
        "“ketetapan.{name}” bukan nama yang dapat dipakai rumus.",
        "Pakai huruf, angka, dan garis bawah, misalnya ketetapan.batas_sehat; bukan kata milik FEEL.",
    ),
    "office_value_taken": (
        _PROCESS,
        "“ketetapan.{name}” bernama sama dengan isian atau hasil langkah proses ini, sehingga tidak jelas mana yang dimaksud.",
        "Ganti nama ketetapannya, juga di tabel keputusan.",
    ),
    "office_value_label": (
        _PROCESS,
        "“ketetapan.{name}” tidak berisi sebutannya.",
        "Isi dengan sebutan yang dibaca pegawai di halaman Ketetapan kantor, misalnya Batas predikat sehat.",
    ),
    "office_value_unused": (
        _PROCESS,
        "“ketetapan.{name}” tidak dibaca tabel keputusan mana pun yang ditanyakan proses ini.",
        "Samakan namanya dengan yang ditulis di tabel keputusan, atau hapus propertinya.",
    ),
    "office_value_place": (
        "Elemen",
        "memuat properti berawalan “ketetapan.”, yang hanya berlaku pada proses.",
        "Pindahkan ke properti proses (klik bidang kosong di luar elemen).",
    ),
    "office_value_order_unknown": (
        _PROCESS,
        "“ketetapan.urutan” menyebut “{name}”, yang tidak ada di antara ketetapan proses ini.",
        "Perbaiki namanya, atau tambahkan properti “ketetapan.{name}”.",
    ),
    "office_value_order_shape": (
        _PROCESS,
        "“ketetapan.urutan” tidak dapat dibaca.",
        "Tulis nama ketetapan dari yang terkecil, misalnya batas_cukup < batas_sehat; tiap nama sekali saja.",
    ),
}
"""What it is found at, what is wrong and why, and what to do."""
