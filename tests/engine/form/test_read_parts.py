"""Keys, options, rows, groups, tables and texts of a form file."""

from __future__ import annotations

import pytest
from form_kit import form_file

from engine.form import InvalidForm, Text, read_form
from engine.form.names import RESERVED

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


@pytest.mark.parametrize(
    "key",
    ["", "a.b", "a-b", "1a", "a b", "ä", "a" * 65, None, 5, "a\n", "_perihal"],
)
def test_a_key_that_is_no_plain_name_is_refused(key: object) -> None:
    assert codes(form_file({**TEXT, "key": key}))[0][0] == "form_key_shape"


@pytest.mark.parametrize(
    "key",
    ["__builtins__", "__proto__", "_x_", "and", "null", "true", "empty", "typename", "count"],
)
def test_a_key_that_belongs_to_the_engine_is_refused(key: object) -> None:
    assert codes(form_file({**TEXT, "key": key})) == [("form_key_reserved", key)]


def test_no_reserved_name_is_split_or_capital() -> None:
    assert all(name.isalpha() and name == name.lower() for name in RESERVED)


def test_a_reserved_key_is_refused_in_a_row_too() -> None:
    rows = {**ROWS, "components": [{**TEXT, "key": "__class__"}]}
    assert ("form_key_reserved", "__class__") in codes(form_file(rows))


def test_a_key_that_stands_twice_is_refused() -> None:
    group = {"type": "group", "label": "Surat", "components": [TEXT]}
    assert codes(form_file(TEXT, group)) == [("form_key_twice", "perihal")]
    twice = {**ROWS, "components": [TEXT, TEXT]}
    assert codes(form_file(twice)) == [("form_key_twice", "perihal")]


def test_the_same_key_may_stand_on_the_form_and_in_a_row() -> None:
    form = read_form(form_file({**TEXT, "key": "nama"}, ROWS), file="x")
    assert form.keys == ("nama", "penerima")


@pytest.mark.parametrize("kind", ["select", "radio", "checklist"])
def test_a_choice_without_options_or_with_one_twice_is_refused(kind: object) -> None:
    choice = {**TEXT, "type": kind}
    assert codes(form_file(choice)) == [("form_options_missing", "perihal")]
    assert codes(form_file({**choice, "values": []})) == [("form_options_missing", "perihal")]
    twice = {**choice, "values": [OPTIONS[0], OPTIONS[0]]}
    assert codes(form_file(twice)) == [("form_option_twice", "perihal")]


@pytest.mark.parametrize(
    "inner",
    [
        ROWS,
        {"type": "group", "components": []},
        {"type": "text", "text": "x"},
        {
            "type": "table",
            "label": "T",
            "dataSource": "=a",
            "columns": [{"key": "a", "label": "A"}],
        },
    ],
)
def test_in_a_row_only_fields_may_stand(inner: object) -> None:
    found = codes(form_file({**ROWS, "components": [TEXT, inner]}))
    assert "form_nesting" in [code for code, _ in found]


def test_rows_need_columns_that_can_be_filled_and_rows_that_can_be_added() -> None:
    assert codes(form_file({**ROWS, "components": []})) == [("form_columns_missing", "penerima")]
    fixed = {**ROWS, "allowAddRemove": False}
    assert codes(form_file(fixed)) == [("form_property_value", "penerima")]
    shown = {**ROWS, "components": [{**TEXT, "readonly": True}]}
    assert codes(form_file(shown)) == [("form_property_unsupported", "perihal")]


def test_a_group_with_a_path_is_refused_because_its_fields_would_be_hidden_in_an_object() -> None:
    group = {"type": "group", "label": "Surat", "path": "surat", "components": [TEXT]}
    assert codes(form_file(group)) == [("form_property_unsupported", "surat")]


def test_a_table_shows_a_variable_and_no_formula() -> None:
    table = {
        "type": "table",
        "label": "Surat lama",
        "dataSource": "=penerima",
        "rowCount": 5,
        "columns": [{"key": "nama", "label": "Nama"}],
    }
    assert read_form(form_file(table), file="x").keys == ("penerima",)
    bad = {**table, "dataSource": "=penerima[nama = 1]"}
    assert codes(form_file(bad)) == [("form_property_value", "table")]
    nameless = {**table, "columns": [{"key": "nama"}, {"key": "nama", "label": "Nama"}]}
    assert codes(form_file(nameless)) == [("form_property_value", "table")]
    empty = {**table, "columns": []}
    assert codes(form_file(empty)) == [("form_columns_missing", "table")]


def test_a_text_has_headings_paragraphs_and_items() -> None:
    source = "# Draf\n\nIsi data\nsurat.\n* satu\n* dua"
    (text,) = read_form(form_file({"type": "text", "text": source}), file="x").parts
    assert isinstance(text, Text)
    assert [(b.kind, b.level, b.text) for b in text.blocks] == [
        ("heading", 1, "Draf"),
        ("paragraph", 0, "Isi data surat."),
        ("item", 0, "satu"),
        ("item", 0, "dua"),
    ]


@pytest.mark.parametrize(
    "source",
    ["**tebal**", "`kode`", "[tautan](https://x)", "<b>x</b>", "<!-- -->", "> kutipan", "| a |"],
)
def test_other_markup_in_a_text_is_refused(source: object) -> None:
    assert codes(form_file({"type": "text", "text": source})) == [
        ("form_markup_unsupported", "text")
    ]
