"""What a field begins with: its default while the variable is null, and only the first time."""

from __future__ import annotations

from decimal import Decimal

import pytest
from form_kit import (
    CHECKBOX,
    CHECKLIST,
    DATE,
    LINE,
    MOMENT,
    NUMBER,
    OPTIONS,
    RADIO,
    SELECT,
    Json,
    form_file,
    form_with,
    isi,
)

from engine.form import InvalidForm, RawSubmission, read_form

DEFAULTS = [
    (LINE, "Pasuruan", ("Pasuruan",)),
    (NUMBER, 1500000, ("1.500.000",)),
    (NUMBER, "1500000.5", ("1.500.000,50",)),
    (NUMBER, 0, ("0",)),
    (DATE, "2026-12-05", ("2026-12-05",)),
    (MOMENT, "2026-12-05T09:15", ("2026-12-05T09:15",)),
    (SELECT, "setuju", ("setuju",)),
    (RADIO, "setuju", ("setuju",)),
    (CHECKLIST, ["setuju", "revisi"], ("revisi", "setuju")),
    (CHECKBOX, True, ("ya",)),
]


@pytest.mark.parametrize(("component", "default", "texts"), DEFAULTS)
def test_a_field_begins_with_its_default(
    component: Json, default: object, texts: tuple[str, ...]
) -> None:
    form = form_with(isi({**component, "defaultValue": default}))
    assert form.prefill({}, answered_here=False).values["isi"] == texts
    assert form.prefill({"isi": None}, answered_here=False).values["isi"] == texts


def test_what_the_case_holds_comes_before_the_default() -> None:
    form = form_with(isi({**LINE, "defaultValue": "Pasuruan"}))
    assert form.prefill({"isi": "Pacitan"}, answered_here=False).values == {"isi": ("Pacitan",)}
    ticked = form_with(isi({**CHECKBOX, "defaultValue": True}))
    assert ticked.prefill({"isi": False}, answered_here=False).values == {}


@pytest.mark.parametrize(("component", "default", "texts"), DEFAULTS)
def test_what_was_left_empty_in_an_earlier_round_stays_empty(
    component: Json, default: object, texts: tuple[str, ...]
) -> None:
    form = form_with(isi({**component, "defaultValue": default}))
    assert texts != form.prefill({"isi": None}, answered_here=True).values.get("isi")


def test_a_default_is_no_value_until_it_is_sent() -> None:
    form = form_with(isi({**LINE, "defaultValue": "Pasuruan"}))
    assert form.submit(RawSubmission(values={"isi": ("",)}), {}) == {"isi": None}
    assert form.submit_json({}) == {"isi": None}


def test_a_condition_sees_the_default_as_it_stands_on_the_page() -> None:
    form = form_with(
        isi({**RADIO, "defaultValue": "setuju"}),
        {
            "type": "textfield",
            "key": "alasan",
            "label": "Alasan",
            "conditional": {"hide": '=isi = "setuju"'},
        },
    )
    scene = form.scene(form.prefill({}, answered_here=False), {})
    assert scene.is_hidden(form.parts[1])


ROWS = {
    "type": "dynamiclist",
    "path": "barang",
    "label": "Barang",
    "isRepeating": True,
    "allowAddRemove": True,
    "defaultRepetitions": 2,
    "components": [
        {"type": "textfield", "key": "nama", "label": "Nama", "validate": {"required": True}},
        {"type": "select", "key": "satuan", "label": "Satuan", "values": OPTIONS},
    ],
}


def table(**default: object) -> Json:
    name, unit = ROWS["components"]
    return {**ROWS, "components": [name, {**unit, **default}]}


def test_rows_begin_with_the_defaults_of_their_columns() -> None:
    form = form_with(table(defaultValue="setuju"))
    assert form.prefill({}, answered_here=False).values == {
        "barang.0.nama": ("",),
        "barang.0.satuan": ("setuju",),
        "barang.1.nama": ("",),
        "barang.1.satuan": ("setuju",),
    }
    assert form_with(table()).prefill({}, answered_here=False).values == {}


def test_a_row_with_nothing_but_defaults_is_dropped() -> None:
    form = form_with(table(defaultValue="setuju"))
    raw = form.prefill({}, answered_here=False)
    assert form.submit(raw, {}) == {"barang": None}
    filled = RawSubmission(values={**raw.values, "barang.1.nama": ("Kertas",)})
    assert form.submit(filled, {}) == {"barang": [{"nama": "Kertas", "satuan": "setuju"}]}
    changed = RawSubmission(values={**raw.values, "barang.0.satuan": ("revisi",)})
    assert [str(e.code) for e in form.read(changed, {}).errors] == ["field_required"]


def test_a_row_of_which_every_column_has_a_default_is_kept() -> None:
    only = {**ROWS, "components": [{**ROWS["components"][1], "defaultValue": "setuju"}]}
    form = form_with(only)
    raw = form.prefill({}, answered_here=False)
    assert form.submit(raw, {}) == {"barang": [{"satuan": "setuju"}, {"satuan": "setuju"}]}


@pytest.mark.parametrize(
    ("component", "default", "reason"),
    [
        (LINE, 5, "field_wrong_type"),
        (LINE, "a\nb", "text_control"),
        ({**LINE, "validate": {"maxLength": 2}}, "abc", "text_long"),
        ({**LINE, "properties": {"jenis": "nik"}}, "123", "nik_invalid"),
        (NUMBER, "seribu", "field_wrong_type"),
        (NUMBER, True, "field_wrong_type"),
        ({**NUMBER, "validate": {"min": 10}}, 5, "number_small"),
        ({**NUMBER, "increment": 5}, 7, "number_step"),
        (DATE, "5/12/2026", "date_invalid"),
        (SELECT, "lain", "choice_unknown"),
        (CHECKLIST, "setuju", "field_wrong_type"),
        (CHECKLIST, ["lain"], "choice_unknown"),
        (CHECKBOX, "ya", "field_wrong_type"),
    ],
)
def test_a_default_that_the_field_would_not_take_is_refused(
    component: Json, default: object, reason: str
) -> None:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file(isi({**component, "defaultValue": default})), file="x")
    (problem,) = caught.value.problems
    assert (str(problem.code), problem.component) == ("form_default_invalid", "isi")
    assert problem.reason is not None
    assert str(problem.reason.code) == reason


@pytest.mark.parametrize("shown", ["readonly", "disabled"])
def test_a_default_of_a_field_that_is_only_shown_is_refused(shown: str) -> None:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file(isi({**LINE, "defaultValue": "x", shown: True})), file="x")
    assert [str(p.code) for p in caught.value.problems] == ["form_default_unused"]


def test_a_number_is_kept_exactly() -> None:
    form = form_with(isi({"type": "number", "defaultValue": "0.10"}))
    assert form.fields[0].default == Decimal("0.1")


@pytest.mark.parametrize("shown", ["readonly", "disabled"])
def test_a_field_that_is_only_shown_is_not_taken(shown: str) -> None:
    form = form_with(isi({**LINE, shown: True}))
    assert form.fields[0].readonly
    assert form.submit(RawSubmission(values={"isi": ("x",)}), {"isi": "lama"}) == {}
