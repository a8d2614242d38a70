"""From a form file to a form, or to a list of everything wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from form_kit import Json, form_file
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DefinitionError
from engine.form import (
    DateField,
    DateTimeField,
    FormCode,
    InvalidForm,
    Option,
    Select,
    Table,
    read_form,
)

ROOT = Path(__file__).parents[3]
TEXT = {"type": "textfield", "key": "perihal", "label": "Perihal"}
OPTIONS = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
ROWS = {
    "type": "dynamiclist",
    "path": "penerima",
    "label": "Penerima",
    "isRepeating": True,
    "allowAddRemove": True,
    "components": [{"type": "textfield", "key": "nama", "label": "Nama"}],
}


def codes(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidForm) as caught:
        read_form(data, file="contoh.form")
    return [(str(problem.code), problem.component) for problem in caught.value.problems]


def test_a_form_as_the_modeler_writes_it_is_read() -> None:
    data = form_file(
        {
            "id": "Field_1",
            "layout": {"row": "Row_1", "columns": None},
            "validate": {"required": True, "maxLength": 80},
            "description": "Seperti yang tercetak.",
            "properties": {"pribadi": "ya"},
            **TEXT,
        },
        {"type": "datetime", "subtype": "date", "key": "tanggal", "dateLabel": "Tanggal surat"},
        {
            "type": "datetime",
            "subtype": "datetime",
            "key": "waktu",
            "dateLabel": "Waktu terima",
            "timeLabel": "Jam",
            "timeSerializingFormat": "no_timezone",
            "timeInterval": 15,
            "use24h": True,
        },
        {"type": "select", "key": "sifat", "label": "Sifat", "values": OPTIONS, "searchable": True},
        ROWS,
    )
    form = read_form(data, file="contoh.form")
    perihal, tanggal, waktu, sifat, penerima = form.fields
    assert form.id == "contoh"
    assert (perihal.label, perihal.description) == ("Perihal", "Seperti yang tercetak.")
    assert (perihal.required, perihal.personal, perihal.readonly) == (True, True, False)
    assert isinstance(tanggal, DateField)
    assert tanggal.label == "Tanggal surat"
    assert isinstance(waktu, DateTimeField)
    assert isinstance(sifat, Select)
    assert sifat.options[0] == Option(value="a", label="A")
    assert isinstance(penerima, Table)
    assert [column.key for column in penerima.columns] == ["nama"]
    assert form.keys == ("perihal", "tanggal", "waktu", "sifat", "penerima")
    assert form.personal_keys == {"perihal"}


def test_a_wrong_form_is_a_definition_error_that_names_its_file() -> None:
    with pytest.raises(DefinitionError, match=r"surat\.form") as caught:
        read_form(b"{", file="surat.form")
    assert caught.value.code == "form_invalid"
    assert caught.value.params["file"] == "surat.form"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"type": "default"',
        b'{"id": "\\ud800"}',
        b'{"id": NaN}',
        b"[" * 100_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
    ],
)
def test_what_is_not_a_json_object_is_refused(data: bytes) -> None:
    assert codes(data)[0] == ("form_json", "")


def test_a_form_larger_than_256_kb_is_refused_unread() -> None:
    assert codes(b" " * 256_001) == [("form_too_large", "")]


@pytest.mark.parametrize("version", [0, 20, 1.5, "19", None, True])
def test_a_schema_version_outside_1_to_19_is_refused(version: object) -> None:
    assert ("form_schema_version", "") in codes(form_file(TEXT, schemaVersion=version))


@pytest.mark.parametrize("version", [1, 7, 19])
def test_the_schema_versions_1_to_19_are_read(version: object) -> None:
    assert read_form(form_file(TEXT, schemaVersion=version), file="x").fields


def test_json_that_is_no_form_is_refused() -> None:
    assert ("form_not_a_form", "") in codes(form_file(type="page"))
    assert ("form_not_a_form", "") in codes(form_file(id=""))
    assert ("form_not_a_form", "") in codes(form_file(components={}))


@pytest.mark.parametrize(
    "kind",
    ["html", "iframe", "image", "button", "expression", "documentPreview", "page", "", None, 7],
)
def test_a_component_type_that_we_do_not_support_is_refused(kind: object) -> None:
    found = codes(form_file({**TEXT, "type": kind}))
    assert ("form_component_unknown", "perihal") in found


@pytest.mark.parametrize("source", [None, 1, "textfield", [], [TEXT]])
def test_a_component_that_is_no_object_is_refused(source: object) -> None:
    assert codes(form_file(source)) == [("form_component_shape", "")]


@pytest.mark.parametrize(
    ("component", "name"),
    [
        ({"conditional": {"show": "=true"}}, "conditional.show"),
        ({"conditional": "=true"}, "conditional"),
        ({"omitFromSubmit": True}, "omitFromSubmit"),
        ({"appearance": {"color": "red"}}, "appearance.color"),
        ({"properties": {"warna": "merah"}}, "properties.warna"),
        ({"constructor": "x"}, "constructor"),
        ({"increment": 5}, "increment"),
        ({"validate": {"patternErrorMessage": "Salah."}}, "validate.patternErrorMessage"),
        ({"type": "textarea", "appearance": {"prefixAdorner": "Rp"}}, "appearance.prefixAdorner"),
        ({"type": "textarea", "properties": {"jenis": "nik"}}, "properties.jenis"),
        ({"type": "textarea", "validate": {"pattern": "a"}}, "validate.pattern"),
        ({"type": "filepicker", "defaultValue": "x"}, "defaultValue"),
        ({"type": "radio", "values": OPTIONS, "searchable": True}, "searchable"),
    ],
)
def test_a_property_that_we_do_not_support_is_refused_by_name(component: Json, name: str) -> None:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file({**TEXT, **component}), file="x")
    (problem,) = caught.value.problems
    assert problem.code == FormCode.PROPERTY_UNSUPPORTED
    assert (problem.component, problem.params["property"]) == ("perihal", name)


def test_a_property_that_is_switched_off_asks_for_nothing() -> None:
    off = {
        "disabled": False,
        "conditional": {"hide": ""},
        "defaultValue": "",
        "validate": {"pattern": "", "validationType": None},
    }
    assert read_form(form_file({**TEXT, **off}), file="x").fields


def test_a_form_property_that_we_do_not_know_is_refused() -> None:
    assert codes(form_file(TEXT, hooks=["x"])) == [("form_property_unsupported", "")]


@pytest.mark.parametrize(
    "component",
    [
        {"label": "=nama"},
        {"label": "Surat {{nomor}}"},
        {"description": "=x"},
        {"readonly": "=x"},
        {"validate": {"minLength": "=x"}},
        {"type": "number", "validate": {"min": "=x"}},
        {"type": "filepicker", "multiple": "=x"},
        {"type": "filepicker", "accept": "=x"},
    ],
)
def test_an_expression_is_refused(component: Json) -> None:
    assert ("form_expression_unsupported", "perihal") in codes(form_file({**TEXT, **component}))


@pytest.mark.parametrize(
    "component",
    [
        {"description": 5},
        {"readonly": "ya"},
        {"validate": {"required": 1}},
        {"validate": {"maxLength": 0}},
        {"validate": {"maxLength": 1.5}},
        {"validate": {"minLength": "lima"}},
        {"validate": {"minLength": 5, "maxLength": 4}},
        {"validate": {"pattern": 5}},
        {"validate": {"validationType": "url"}},
        {"validate": {"validationType": "email"}, "properties": {"jenis": "nik"}},
        {"validate": {"validationType": "phone"}, "properties": {"jenis": "nik"}},
        {"properties": {"jenis": "paspor"}},
        {"type": "number", "increment": 0},
        {"type": "number", "increment": "-0.5"},
        {"type": "select", "valuesKey": "a b"},
        {"type": "datetime", "subtype": "datetime", "dateLabel": "T", "timeInterval": 61},
        {"properties": {"pribadi": "yes"}},
        {"type": "number", "decimalDigits": -1},
        {"type": "number", "validate": {"min": 5, "max": 1}},
        {"type": "select", "values": "a"},
        {"type": "select", "values": [1]},
        {"type": "select", "values": [{"value": 1, "label": "Satu"}]},
        {"type": "select", "values": [{"value": "", "label": "Kosong"}]},
        {"type": "datetime", "subtype": "time", "dateLabel": "T"},
        {
            "type": "datetime",
            "subtype": "datetime",
            "dateLabel": "T",
            "timeSerializingFormat": "utc_offset",
        },
        {"type": "filepicker", "accept": "*"},
    ],
)
def test_a_property_with_a_wrong_value_is_refused(component: Json) -> None:
    assert ("form_property_value", "perihal") in codes(form_file({**TEXT, **component}))


@pytest.mark.parametrize("label", [None, "", "  "])
def test_a_field_without_a_label_is_refused(label: object) -> None:
    assert codes(form_file({**TEXT, "label": label})) == [("form_label_missing", "perihal")]


def test_too_many_components_are_refused() -> None:
    many = [{**TEXT, "key": f"isian{n}"} for n in range(301)]
    assert codes(form_file(*many)) == [("form_too_many_parts", "")]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = codes(
        form_file({**TEXT, "key": "and"}, {**TEXT, "type": "html"}, {**TEXT, "label": ""})
    )
    assert len(found) == 3


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("=x"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
property_names = st.sampled_from(
    [
        "type",
        "key",
        "label",
        "path",
        "values",
        "columns",
        "components",
        "validate",
        "properties",
        "appearance",
        "dataSource",
        "subtype",
        "readonly",
        "text",
        "accept",
        "multiple",
        "decimalDigits",
        "isRepeating",
        "defaultRepetitions",
    ]
)
kinds = st.sampled_from(
    [
        "textfield",
        "textarea",
        "number",
        "select",
        "radio",
        "checkbox",
        "checklist",
        "datetime",
        "filepicker",
        "dynamiclist",
        "table",
        "text",
        "group",
        "separator",
        "spacer",
    ]
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(kind=kinds, properties=st.dictionaries(property_names, json_values, max_size=5))
def test_any_damaged_component_gives_a_form_or_its_problems(kind: str, properties: Json) -> None:
    component = {"type": kind, "key": "a", "label": "A", **properties}
    data = json.dumps(
        {"type": "default", "id": "x", "schemaVersion": 19, "components": [component]}
    ).encode()
    try:
        form = read_form(data, file="x")
    except InvalidForm:
        return
    assert form.id == "x"


FORM_FILES = sorted((ROOT / "forms").glob("**/*.form"))


@pytest.mark.parametrize("path", FORM_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_form_is_read(path: Path) -> None:
    form = read_form(path.read_bytes(), file=str(path))
    assert form.fields
    agency, slug = path.parts[-3:-1]
    assert form.id == f"{agency}_{slug.replace('-', '_')}_{path.stem}"
