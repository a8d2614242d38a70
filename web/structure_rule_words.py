"""What the gate finds about how a file is put together, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ELEMENT = "Elemen"
_DRAW = "Gambar ulang bagian itu di Camunda Modeler, lalu simpan dan unggah lagi."

ROWS: Mapping[str, tuple[str, str, str]] = {
    "element_misplaced": (
        _ELEMENT,
        "memuat {kind} di dalam “{parent}”, tempat yang tidak dibaca siapa pun.",
        _DRAW,
    ),
    "element_once": (
        _ELEMENT,
        "memuat {kind} lebih dari sekali; hanya satu yang dapat berlaku.",
        "Sisakan satu saja yang benar.",
    ),
    "element_in_text": (
        _ELEMENT,
        "memuat elemen lain di tengah teks {kind}, sehingga teks itu terpotong.",
        "Tulis ulang teks itu di Camunda Modeler.",
    ),
    "text_misplaced": (
        _ELEMENT,
        "memuat teks “{text}” di dalam {kind}, tempat yang tidak dibaca siapa pun.",
        "Hapus teks itu, atau tulis di tempat yang semestinya.",
    ),
    "property_twice": (
        _ELEMENT,
        "memuat sifat tambahan “{name}” lebih dari sekali; hanya satu yang dapat berlaku.",
        "Sisakan satu saja yang benar di bagian Extension properties.",
    ),
    "attribute_asks": (
        _ELEMENT,
        "memuat sifat BPMN “{attribute}” = “{value}”, yang belum dapat dijalankan Alur.",
        "Kosongkan sifat itu, atau gambarkan maksudnya dengan elemen lain.",
    ),
    "attribute_not_bpmn": (
        _ELEMENT,
        "memuat sifat “{attribute}” = “{value}”, yang tidak dikenal di tempat itu dan tidak berpengaruh.",
        "Periksa ejaannya; hapus bila tidak diperlukan.",
    ),
}
"""The place, what is wrong and what to do, by the finding's code."""
