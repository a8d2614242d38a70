"""What the gate finds about results of repetitions and about loops, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ELEMENT = "Unsur"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "repetition_results": (
        _ELEMENT,
        "mengumpulkan hasil pengulangannya, tetapi nama daftarnya atau isi tiap butirnya belum benar.",
        "Isi “Output collection” dengan nama data dan “Output element” dengan ekspresi, keduanya.",
    ),
    "loop_place": (
        _ELEMENT,
        "tidak dapat diulang.",
        "Hapus tanda pengulangannya; yang dapat diulang: langkah, subproses, dan panggilan proses.",
    ),
    "loop_and_repetition": (
        _ELEMENT,
        "diulang dengan dua cara sekaligus.",
        "Pilih satu: diulang selama syaratnya benar (loop), atau sekali untuk setiap butir (multi-instance).",
    ),
    "loop_unlimited": (
        _ELEMENT,
        "diulang tanpa syarat dan tanpa batas, jadi tidak akan selesai.",
        "Isi “Loop condition” dengan syarat untuk mengulang lagi, atau “Loop maximum” dengan jumlahnya.",
    ),
    "loop_maximum": (
        _ELEMENT,
        "membatasi pengulangannya dengan “{text}”, yang bukan jumlah.",
        "Isi “Loop maximum” dengan bilangan bulat mulai dari 1.",
    ),
    "loop_invalid": (_ELEMENT, "syarat pengulangannya tidak dapat dibaca.", "{error}"),
}
