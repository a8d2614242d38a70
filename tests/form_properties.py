"""Every component and property of form-js 1.23 (schema version 19), with an example of each: what forms made anywhere may hold.

From `@bpmn-io/form-json-schema` (src/defs/type.json, component.json, validate.json, rules/rules-allowed-properties.json) and
the properties panel of `@bpmn-io/form-js-editor` 1.23.0; `omitFromSubmit` and `endpointKey` are of later versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from form_kit import OPTIONS

if TYPE_CHECKING:
    from form_kit import Json

OTHER_OPTIONS = [{"value": "lain", "label": "Lain"}]
COLUMN = {"type": "textfield", "key": "nama", "label": "Nama"}

ALL_TYPES = (
    *("textfield", "textarea", "number", "datetime", "checkbox", "radio", "select", "checklist"),
    *("taglist", "filepicker", "group", "dynamiclist", "table", "text", "separator", "spacer"),
    *("button", "image", "html", "iframe", "expression", "documentPreview", "multipage", "page"),
)

BASES: dict[str, Json] = {
    "textfield": {"key": "isi", "label": "Isi"},
    "textarea": {"key": "isi", "label": "Isi"},
    "number": {"key": "isi", "label": "Isi"},
    "datetime": {"key": "isi", "subtype": "datetime", "dateLabel": "Isi"},
    "checkbox": {"key": "isi", "label": "Isi"},
    "radio": {"key": "isi", "label": "Isi", "values": OPTIONS},
    "select": {"key": "isi", "label": "Isi", "values": OPTIONS},
    "checklist": {"key": "isi", "label": "Isi", "values": OPTIONS},
    "taglist": {"key": "isi", "label": "Isi", "values": OPTIONS},
    "filepicker": {"key": "isi", "label": "Isi"},
    "group": {"label": "Kelompok", "components": [COLUMN]},
    "dynamiclist": {
        "path": "isi",
        "label": "Isi",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [COLUMN],
    },
    "table": {
        "label": "Isi",
        "dataSource": "=isi",
        "columns": [{"key": "nama", "label": "Nama"}],
    },
    "text": {"text": "Isi"},
    "separator": {},
    "spacer": {},
}
"""The smallest component of each type that Alur takes."""

EXAMPLES: dict[str, object] = {
    "id": "Field_1",
    "layout": {"row": "Row_1", "columns": 8},
    "label": "Nama lain",
    "description": "Keterangan",
    "key": "kunci",
    "path": "jalur",
    "readonly": True,
    "disabled": True,
    "omitFromSubmit": True,
    "defaultValue": "setuju",
    "conditional.hide": "=true",
    "validate.required": True,
    "validate.validationType": "email",
    "validate.pattern": "^a",
    "validate.patternErrorMessage": "Salah.",
    "validate.minLength": 2,
    "validate.maxLength": 5,
    "validate.min": 2,
    "validate.max": 5,
    "appearance.prefixAdorner": "Rp",
    "appearance.suffixAdorner": "kg",
    "properties.pribadi": "ya",
    "properties.wajib": "ya",
    "properties.jenis": "nik",
    "properties.lain": "ya",
    "subtype": "date",
    "dateLabel": "Hari",
    "timeLabel": "Jam",
    "use24h": True,
    "timeSerializingFormat": "utc_offset",
    "timeInterval": 5,
    "disallowPassedDates": True,
    "increment": 5,
    "decimalDigits": 2,
    "serializeToString": True,
    "searchable": True,
    "values": OTHER_OPTIONS,
    "valuesKey": "daftar",
    "valuesExpression": "=daftar",
    "accept": ".pdf",
    "multiple": True,
    "components": [{"type": "textfield", "key": "lain", "label": "Lain"}],
    "showOutline": True,
    "verticalAlignment": "center",
    "isRepeating": True,
    "allowAddRemove": True,
    "defaultRepetitions": 3,
    "disableCollapse": True,
    "nonCollapsedItems": 3,
    "columns": [{"key": "lain", "label": "Lain"}],
    "columnsExpression": "=kolom",
    "rowCount": 5,
    "dataSource": "=lain",
    "text": "Lain",
    "height": 20,
    "content": "<b>x</b>",
    "action": "submit",
    "source": "https://example.org/x.png",
    "alt": "Gambar",
    "url": "https://example.org",
    "security": {"allowScripts": True},
    "expression": "=1",
    "computeOn": "change",
    "title": "Judul",
    "maxHeight": 300,
    "endpointKey": "alamat",
}
"""Each property with a value that asks for something other than the smallest component has."""

SPECIAL: dict[tuple[str, str], object] = {
    ("number", "defaultValue"): 5,
    ("datetime", "defaultValue"): "2026-12-05T09:15",
    ("checkbox", "defaultValue"): True,
    ("checklist", "defaultValue"): ["setuju"],
    ("taglist", "defaultValue"): ["setuju"],
    ("dynamiclist", "isRepeating"): False,
    ("dynamiclist", "allowAddRemove"): False,
}
"""Examples that are another for some types."""


def with_property(kind: str, name: str) -> Json:
    """Give the smallest component of a type with this property, and only what the property itself asks for."""
    component: Json = {"type": kind, **BASES.get(kind, {"key": "isi", "label": "Isi"})}
    if name in ("valuesKey", "valuesExpression"):
        component.pop("values", None)
    if name == "validate.patternErrorMessage" and kind == "textfield":
        component["validate"] = {"pattern": "^a"}
    outer, _, inner = name.partition(".")
    example = SPECIAL.get((kind, name), EXAMPLES[name])
    nested = component.get(outer, {}) if inner else {}
    component[outer] = {**nested, inner: example} if isinstance(nested, dict) and inner else example
    return component


def without_property(kind: str, name: str) -> Json:
    """Give the same component without the property."""
    component: Json = {"type": kind, **BASES[kind]}
    if name == "validate.patternErrorMessage" and kind == "textfield":
        component["validate"] = {"pattern": "^a"}
    return component
