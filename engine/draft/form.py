"""From the fields of a step to a form-js form, schema version 19, as Camunda Modeler writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.draft.decision import correction
from engine.draft.facts import Field, FieldType, StepKind
from engine.draft.target import EXPORTER, EXPORTER_VERSION, PLATFORM, PLATFORM_VERSION

if TYPE_CHECKING:
    from engine.draft.facts import Facts, Step
    from engine.variables import Value

    Component = dict[str, object]

SCHEMA_VERSION = 19

TYPES = {
    FieldType.TEXT: "textfield",
    FieldType.MONEY: "number",
    FieldType.FILE: "filepicker",
}
"""The types that form-js calls otherwise than the facts."""

COUNTED = frozenset(
    {"jumlah", "jangka", "kuota", "tahun", "putaran", "peringkat", "target", "tenaga", "anggota"}
)
"""First words of the keys of whole numbers; other figures have up to two decimals."""

SEVERAL = ("lampiran", "dokumentasi", "pendukung", "foto")
"""Words in key or label of a file field that takes several files."""

IDENTITIES = {
    "nik": "nik",
    "nip": "nip",
    "npwp": "npwp",
    "telepon": "telepon",
    "hp": "telepon",
    "whatsapp": "telepon",
}
"""Words in the key of a text whose shape is checked, and the value of `properties.jenis` for it."""

PERSONAL = frozenset(
    {
        *("alamat", "alamat_tujuan", "alamat_usaha", "asal_surat", "debitur", "diterima_oleh"),
        *("ditemui", "kontak", "nama", "nama_narasumber", "nama_pegawai", "nama_pemohon"),
        *("nama_penanggap", "nama_pengirim", "pelaku_usaha", "pemohon", "penanggung_jawab"),
        *("penerima", "pengurus", "peserta", "peserta_rapat", "rekening", "rekening_penerima"),
        *("rekening_tujuan", "surel", "tujuan_surat"),
    }
)
"""Keys of texts that name or reach a citizen, sender or receiver: kept where they can be erased by law."""


def form(facts: Facts, step: Step) -> bytes:
    """Give the form of a step as UTF-8 JSON; the fields stand in the order of the facts."""
    fields = step.form
    if step.kind is StepKind.BUSINESS_RULE:
        fields = (*fields, *correction(step))
    content = {
        "components": [_component(each) for each in fields],
        "type": "default",
        "id": facts.form_id(step.id),
        "executionPlatform": PLATFORM,
        "executionPlatformVersion": PLATFORM_VERSION,
        "exporter": {"name": EXPORTER, "version": EXPORTER_VERSION},
        "schemaVersion": SCHEMA_VERSION,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _component(field: Field, within: str = "") -> Component:
    name = f"{within}{field.key}"
    component: Component = {"id": f"Field_{name}", "layout": {"row": f"Row_{name}"}}
    component |= _kind(field)
    if field.hidden_when:
        component["conditional"] = {"hide": f"={field.hidden_when}"}
    if component["type"] == "table":
        return component  # rows that are only shown have nothing to fill in, demand or keep
    if field.hint:
        component["description"] = field.hint
    if field.readonly:
        component["readonly"] = True
    if field.required and field.type is not FieldType.TABLE:
        component["validate"] = {"required": True}
    if properties := _properties(field):
        component["properties"] = properties
    return component


def _kind(field: Field) -> Component:
    if field.type is FieldType.TABLE:
        return _table(field)
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        return {"type": "datetime", "key": field.key, **_moment(field)}
    named = {"type": TYPES.get(field.type, field.type.value), "label": field.label}
    return {**named, "key": field.key, **_more(field)}


def _more(field: Field) -> Component:
    match field.type:
        case FieldType.NUMBER | FieldType.MONEY:
            return _figure(field)
        case FieldType.SELECT | FieldType.RADIO | FieldType.CHECKLIST:
            return {"values": _values(field)}
        case FieldType.FILE:
            return {"multiple": True} if _several(field) else {}
        case _:
            return {}


def _figure(field: Field) -> Component:
    if field.type is FieldType.MONEY:
        appearance = {"prefixAdorner": "Rp"}
        return {"decimalDigits": 2, "serializeToString": True, "appearance": appearance}
    whole = field.key.split("_")[0] in COUNTED
    return {"decimalDigits": 0 if whole else 2, "serializeToString": True}


def _moment(field: Field) -> Component:
    if field.type is FieldType.DATE:
        return {"subtype": "date", "dateLabel": field.label}
    return {
        "subtype": "datetime",
        "dateLabel": field.label,
        "timeLabel": "Pukul",
        "timeSerializingFormat": "no_timezone",
        "timeInterval": 15,
        "use24h": True,
    }


def _values(field: Field) -> list[Value]:
    return [{"label": option.label, "value": option.value} for option in field.options]


def _several(field: Field) -> bool:
    words = f"{field.key} {field.label}".lower()
    return any(word in words for word in SEVERAL)


def _table(field: Field) -> Component:
    if field.readonly:
        return {
            "type": "table",
            "label": field.label,
            "dataSource": f"={field.key}",
            "rowCount": 10,
            "columns": [{"key": c.key, "label": c.label} for c in field.columns],
        }
    return {
        "type": "dynamiclist",
        "label": field.label,
        "path": field.key,
        "isRepeating": True,
        "allowAddRemove": True,
        "defaultRepetitions": 1,
        "showOutline": True,
        "components": [_component(each, f"{field.key}_") for each in field.columns],
    }


def _properties(field: Field) -> dict[str, str]:
    properties: dict[str, str] = {}
    if field.required and field.type is FieldType.TABLE:
        properties["wajib"] = "ya"  # form-js has no required lists
    if field.type in {FieldType.TEXT, FieldType.TEXTAREA}:
        jenis = next((IDENTITIES[w] for w in field.key.split("_") if w in IDENTITIES), None)
        if jenis and field.type is FieldType.TEXT:
            properties["jenis"] = jenis
        if jenis or field.key in PERSONAL:
            properties["pribadi"] = "ya"
    return properties
