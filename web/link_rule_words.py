"""What the gate finds about linked cases, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP, _PROCESS = "Langkah", "Proses"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "link_property_unknown": (
        _STEP,
        "properti “{property}” untuk perkara lanjutan tidak dikenal.",
        "Yang dikenal: lanjutan.proses, lanjutan.untuk, lanjutan.isi, lanjutan.pemberi, lanjutan.data, lanjutan.bila, lanjutan.kedalaman_maks; pada proses: lanjutan.saja = ya.",
    ),
    "link_place": (
        "Elemen",
        "tidak dapat memulai perkara lanjutan; hanya langkah yang dikerjakan orang yang dapat.",
        "Pindahkan propertinya ke langkah yang dikerjakan orang.",
    ),
    "link_process_missing": (
        _STEP,
        "belum menyebut proses perkara lanjutannya.",
        "Isi properti “lanjutan.proses” dengan id prosesnya.",
    ),
    "link_process_unknown": (
        _STEP,
        "memulai perkara lanjutan “{process}”, yang belum berlaku dan tidak disertakan.",
        "Sertakan berkasnya, atau berlakukan dahulu.",
    ),
    "alternative_in_force": (
        _PROCESS,
        "peta “{process}” sedang berlaku atau disertakan; keduanya pilihan, satu kantor memakai salah satu.",
        "Pakai salah satu. Untuk beralih, sertakan atau berlakukan dahulu versi “{process}” dengan properti berlaku = tidak; perkara yang sedang berjalan diteruskan.",
    ),
    "alternative_itself": (
        _PROCESS,
        "properti “{property}” menyebut peta ini sendiri.",
        "Sebut peta lain yang tidak boleh berlaku bersamanya.",
    ),
    "in_force_unknown": (
        _PROCESS,
        "properti “{property}” berisi “{text}”.",
        "Isi ya atau tidak.",
    ),
    "link_depth": (
        _STEP,
        "“lanjutan.kedalaman_maks” berisi “{text}”, bukan bilangan 1–{limit}.",
        "Isi dengan bilangan itu, atau hapus (bawaannya 5).",
    ),
    "link_entry_incomplete": (
        _STEP,
        "“lanjutan.untuk” dan “lanjutan.isi” harus ada keduanya: daftarnya, dan nama data tempat tiap butirnya.",
        "Isi keduanya, atau hapus keduanya.",
    ),
    "link_name": (
        _STEP,
        "“{name}” tidak dapat menjadi nama data pada perkara lanjutan.",
        "Pakai huruf, angka, dan garis bawah, diawali huruf.",
    ),
    "link_condition_invalid": (_STEP, "“lanjutan.bila” tidak dapat dibaca.", "{error}"),
    "link_variable_unknown": (
        _STEP,
        "perkara lanjutannya memerlukan data “{name}”, yang tidak ada di formulir mana pun pada proses ini.",
        "Perbaiki namanya di propertinya, atau tambahkan ke formulir.",
    ),
    "link_personal": (
        _STEP,
        "meneruskan isian pribadi ke “{variable}” pada proses “{process}”, yang di sana tidak ditandai pribadi.",
        "Tandai isian itu pribadi di sana juga, atau jangan diteruskan.",
    ),
}
"""For each code what it is found at, what is wrong, and what to do."""
