"""Why a decision gave no answer in a case, in Indonesian: which one, where in it, why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.decision_finding_words import place_words
from web.decision_words import type_words
from web.expression_words import kind_name
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.decision import DecisionFailed

_MEND = "Mintalah pemilik proses memperbaiki keputusannya."

SENTENCES: Mapping[str, str] = {
    "decision_unique": f"Baris {{first}} dan {{second}} sama-sama cocok, padahal hanya satu yang boleh. {_MEND}",
    "decision_any": f"Baris {{first}} dan {{second}} sama-sama cocok tetapi hasilnya berbeda. {_MEND}",
    "decision_aggregation": f"Hasil baris yang cocok tidak dapat digabungkan ({{aggregation}}). {_MEND}",
    "decision_input_kind": "Datanya harus berupa {expected}, padahal isinya {found}. Periksa isian perkaranya.",
    "decision_input_value": "Datanya bukan salah satu nilai yang dikenal: {expected}. Periksa isian perkaranya.",
    "decision_output_kind": f"Hasilnya harus berupa {{expected}}, padahal isinya {{found}}. {_MEND}",
    "decision_output_value": f"Hasilnya bukan salah satu nilai yang dikenal: {{expected}}. {_MEND}",
    "decision_result_kind": f"Hasilnya harus berupa {{expected}}, padahal isinya {{found}}. {_MEND}",
    "decision_result_value": f"Hasilnya bukan salah satu nilai yang dikenal: {{expected}}. {_MEND}",
    "decision_result_shape": "Keputusan di “{element}” memberi {found} hasil, lebih banyak daripada yang dapat ditampung "
    f"({{mapping}}). {_MEND}",
    "decision_unknown": "Keputusan “{decision}” tidak ada di berkasnya. Mintalah pemilik proses memberlakukannya lagi.",
    "decision_missing": "Keputusan “{decision}” tidak ada yang berlaku. Mintalah pemilik proses memberlakukannya.",
    "decision_personal": "Keputusan di “{element}” memakai data pribadi, tetapi hasilnya akan disimpan terbuka sebagai “{variable}”. "
    "Mintalah pemilik proses menandai isian itu sebagai data pribadi.",
    "decision_invalid": "Berkas keputusan {file} memuat {count} kesalahan. Periksa dahulu dengan alur validate.",
}
"""What a code means when a decision is asked."""


def failed(error: DecisionFailed, sentence: str) -> str:
    """Say which decision failed and where in it, before why."""
    named = _("Keputusan “{name}”, {place}.").format(
        name=error.place.name or error.place.decision, place=place_words(error.place)
    )
    return f"{named} {sentence}"


def spoken(params: Mapping[str, object]) -> dict[str, object]:
    """Give the params of a failure with the kinds of values in words."""
    said = dict(params)
    if isinstance(found := params.get("found"), str):
        said["found"] = kind_name(found)
    if isinstance(expected := params.get("expected"), str):
        said["expected"] = type_words(expected) or expected
    return said
