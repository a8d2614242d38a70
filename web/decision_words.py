"""Decisions in words: what one was given and gave, and how a table is read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.decision.model import Aggregation, HitPolicy
from engine.form import plain_words
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.history import DecisionEvaluated

HIDDEN = "(data pribadi)"
"""What stands for a value of which the history has the commitment only."""

HIT_POLICIES: Mapping[HitPolicy, str] = {
    HitPolicy.UNIQUE: "Unik: hanya satu baris boleh cocok.",
    HitPolicy.ANY: "Sama: beberapa baris boleh cocok asal hasilnya sama.",
    HitPolicy.FIRST: "Pertama: baris teratas yang cocok berlaku.",
    HitPolicy.PRIORITY: "Prioritas: dari baris yang cocok berlaku hasil yang disebut paling dahulu pada daftar hasil.",
    HitPolicy.RULE_ORDER: "Semua baris yang cocok berlaku, menurut urutan baris.",
    HitPolicy.OUTPUT_ORDER: "Semua baris yang cocok berlaku, menurut urutan pada daftar hasil.",
    HitPolicy.COLLECT: "Kumpulan: semua baris yang cocok berlaku.",
}
"""How a table is read, by its hit policy."""

AGGREGATIONS: Mapping[Aggregation, str] = {
    Aggregation.SUM: "Kumpulan: hasil semua baris yang cocok dijumlahkan.",
    Aggregation.MIN: "Kumpulan: berlaku hasil terkecil dari baris yang cocok.",
    Aggregation.MAX: "Kumpulan: berlaku hasil terbesar dari baris yang cocok.",
    Aggregation.COUNT: "Kumpulan: dihitung banyaknya hasil berbeda dari baris yang cocok.",
}

TYPES: Mapping[str, str] = {
    "string": "teks",
    "number": "bilangan",
    "integer": "bilangan bulat",
    "long": "bilangan bulat",
    "double": "bilangan",
    "boolean": "ya/tidak",
    "date": "tanggal",
    "time": "jam",
    "dateTime": "tanggal dan jam",
    "date and time": "tanggal dan jam",
    "days and time duration": "lama (hari dan jam)",
    "dayTimeDuration": "lama (hari dan jam)",
    "years and months duration": "lama (tahun dan bulan)",
    "yearMonthDuration": "lama (tahun dan bulan)",
}
"""Kinds of values, by their name in the file."""


def hit_words(policy: HitPolicy, aggregation: Aggregation | None) -> str:
    """Say how a table is read."""
    return _(HIT_POLICIES[policy] if aggregation is None else AGGREGATIONS[aggregation])


def type_words(name: str) -> str:
    """Say of which kind a value is; a kind of the file's own is called by its name, none and any by nothing."""
    plain = name.removeprefix("feel:")
    return "" if plain in ("", "Any") else _(TYPES[plain]) if plain in TYPES else plain


def decided_by(event: DecisionEvaluated) -> str:
    """Say what a decision was given and gave."""
    told = {"inputs": event.inputs, "outputs": event.outputs, "personal": event.personal}
    return decided({**told, "settings": event.settings})


def decided(fields: Mapping[str, object]) -> str:
    """Say what the event `DecisionEvaluated` with these fields tells: inputs and result."""
    hidden = _names(fields["personal"])
    told = [f"{label} {value_words(value)}" for label, value in _items(fields["inputs"])]
    told += [f"{name[7:]} {_(HIDDEN)}" for name in hidden if name.startswith("inputs.")]
    result = _(HIDDEN) if "outputs" in hidden else _result(fields["outputs"])
    own = ", ".join(f"{n} {value_words(v)}" for n, v in _items(fields.get("settings", {})))
    return (
        (f"{', '.join(told)} → " if told else "")
        + result
        + (_(" (ketetapan kantor: {values})").format(values=own) if own else "")
    )


def value_words(value: object) -> str:
    """Say a value; nothing is a dash."""
    if value is None or value in ("", [], {}):
        return "–"
    return (
        plain_words(value) if isinstance(value, bool | Decimal | str | list | dict) else str(value)
    )


def _result(value: object) -> str:
    return _("tanpa hasil") if value is None or value == [] else value_words(value)


def _names(value: object) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def _items(value: object) -> list[tuple[str, object]]:
    return list(value.items()) if isinstance(value, dict) else []
