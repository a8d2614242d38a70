"""What the gate finds about letter numbers, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP = "Langkah"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "number_property_unknown": (
        _STEP,
        "properti “{property}” untuk nomor surat tidak dikenal.",
        (
            "Yang dikenal: nomor.register, nomor.isian, nomor.tahap, nomor.klasifikasi, nomor.unit, agenda.hal, "
            "agenda.pihak, agenda.ringkas, agenda.nomor_surat, agenda.tanggal_surat, agenda.tanggal_terima, "
            "agenda.unit_tujuan."
        ),
    ),
    "number_place": (
        "Elemen",
        "tidak dapat memberi nomor surat; hanya langkah berformulir di luar pengulangan yang dapat.",
        "Pindahkan propertinya ke langkah seperti itu.",
    ),
    "number_register": (
        _STEP,
        "“nomor.register” berisi “{text}”, yang bukan kata register.",
        "Isi dengan kata register kantor, misalnya surat_keluar: huruf kecil, angka, dan garis bawah.",
    ),
    "number_stage": (
        _STEP,
        "“nomor.tahap” berisi “{text}”.",
        "Isi dengan pesan (mengambil nomor), sahkan (nomor berlaku), atau kirim (surat dikirim).",
    ),
    "number_field": (
        _STEP,
        "“nomor.isian” menyebut “{name}”, yang bukan isian teks pada formulir mana pun di proses ini.",
        "Isi dengan kunci isian tempat nomornya, misalnya nomor_surat.",
    ),
    "number_variable_unknown": (
        _STEP,
        "“{property}” menyebut “{name}”, yang tidak ada di formulir mana pun pada proses ini.",
        "Perbaiki kunci isiannya, atau hapus propertinya.",
    ),
    "number_two_registers": (
        _STEP,
        "isian “{name}” sudah bernomor dari register “{other}” di langkah lain.",
        "Samakan registernya, atau pakai isian lain.",
    ),
    "number_never_taken": (
        _STEP,
        "tidak ada langkah yang mengambil nomor untuk isian “{name}”.",
        "Beri tahap pesan pada langkah yang mengambilnya, atau tahap sahkan pada langkah yang formulirnya memuat isian itu.",
    ),
}
"""One row a code: what it is found at, what is wrong and why, and what to do."""
