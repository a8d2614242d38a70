"""Options that come from the data of the case: those that there are now, and no others."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import OPTIONS, REQUIRED, Json, form_file, form_with

from engine.form import Choice, InvalidForm, Option, RawSubmission, read_form

if TYPE_CHECKING:
    from engine.form import Form
    from engine.variables import Value

UNITS: list[Value] = [
    {"label": "Bidang Koperasi", "value": "kop"},
    {"label": "UPT", "value": "upt"},
]
SOURCES: list[Json] = [{"valuesKey": "unit_kerja"}, {"valuesExpression": "=unit_kerja"}]


def choice(kind: str = "select", **more: object) -> Json:
    return {"type": kind, "key": "unit", "label": "Unit", **more}


def options(form: Form, raw: RawSubmission | None = None, **current: Value) -> tuple[Option, ...]:
    """Give the options that there are now."""
    field = form.scene(raw or RawSubmission(), current).fields["unit"]
    assert isinstance(field, Choice)
    return field.options


def read(form: Form, text: str, **current: Value) -> object:
    """Read a chosen value; give the value, or the code of what is wrong."""
    submission = form.read(RawSubmission(values={"unit": (text,)}), current)
    codes = [str(error.code) for error in submission.errors]
    return codes[0] if codes else submission.values["unit"]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", ["select", "radio", "checklist", "taglist"])
def test_the_options_are_those_of_the_case(kind: str, source: Json) -> None:
    form = form_with(choice(kind, **source))
    assert options(form, unit_kerja=UNITS) == (
        Option(value="kop", label="Bidang Koperasi"),
        Option(value="upt", label="UPT"),
    )
    expected: object = "upt" if kind in ("select", "radio") else ["upt"]
    assert read(form, "upt", unit_kerja=UNITS) == expected
    assert read(form, "lain", unit_kerja=UNITS) == "choice_unknown"


def test_an_option_that_is_gone_by_now_is_refused() -> None:
    form = form_with(choice(valuesKey="unit_kerja"))
    assert read(form, "kop", unit_kerja=UNITS) == "kop"
    assert read(form, "kop", unit_kerja=UNITS[1:]) == "choice_unknown"


def test_texts_and_numbers_are_options_and_a_number_stays_one() -> None:
    form = form_with(choice(valuesKey="tahun"))
    years: list[Value] = [Decimal(2025), Decimal("12.5"), "kemudian", None, ""]
    assert [o.label for o in options(form, tahun=years)] == ["2025", "12.5", "kemudian"]
    assert read(form, "2025", tahun=years) == Decimal(2025)
    assert read(form, "kemudian", tahun=years) == "kemudian"
    assert form.submit_json({"unit": Decimal(2025)}, {"tahun": years}) == {"unit": Decimal(2025)}
    prefilled = form.prefill({"unit": Decimal(2025)}, answered_here=False)
    assert prefilled.values == {"unit": ("2025",)}


def test_an_option_keeps_its_value_as_the_case_has_it() -> None:
    form = form_with(choice("checklist", valuesKey="nama"))
    assert read(form, "Camat", nama=[" Camat "]) == [" Camat "]


def test_an_option_without_words_is_called_by_its_value_and_stands_there_once() -> None:
    form = form_with(choice(valuesKey="daftar"))
    given: list[Value] = [{"value": "a"}, {"label": " ", "value": "b"}, "a", {"value": None}]
    assert [o.label for o in options(form, daftar=given)] == ["a", "b"]


def test_an_expression_may_make_options_of_rows_and_of_fields_of_the_form() -> None:
    formula = "=for p in peserta return {label: p.nama, value: p.nama}"
    table = {
        "type": "dynamiclist",
        "path": "peserta",
        "label": "Peserta",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [{"type": "textfield", "key": "nama", "label": "Nama"}],
    }
    form = form_with(choice(valuesExpression=formula), table)
    raw = RawSubmission(values={"peserta.0.nama": ("Ani",), "peserta.3.nama": ("Budi",)})
    assert [o.label for o in options(form, raw)] == ["Ani", "Budi"]


def test_options_in_a_row_may_depend_on_the_row() -> None:
    columns = [
        {"type": "textfield", "key": "jenis", "label": "Jenis"},
        choice(valuesExpression='=if this.jenis = "atk" then ["rim", "pak"] else ["unit"]'),
    ]
    table = {
        "type": "dynamiclist",
        "path": "barang",
        "label": "Barang",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": columns,
    }
    form = form_with(table)
    rows = {"barang.0.jenis": ("atk",), "barang.0.unit": ("rim",), "barang.1.jenis": ("kursi",)}
    wrong = form.read(RawSubmission(values={**rows, "barang.1.unit": ("rim",)}), {})
    assert [(e.name, str(e.code)) for e in wrong.errors] == [("barang.1.unit", "choice_unknown")]
    right = form.read(RawSubmission(values={**rows, "barang.1.unit": ("unit",)}), {})
    assert right.errors == ()


def test_an_empty_list_leaves_nothing_to_choose_and_says_so() -> None:
    needed = form_with(choice(valuesKey="unit_kerja", **REQUIRED))
    free = form_with(choice(valuesKey="unit_kerja"))
    for current in ({}, {"unit_kerja": None}, {"unit_kerja": []}):
        assert read(needed, "", **current) == "field_choices_none"
        assert read(free, "", **current) is None


@pytest.mark.parametrize(
    "value",
    ["kop", Decimal(1), {"a": "b"}, [[]], [True], [{"value": []}], ["a\nb"], ["x"] * 1001],
)
def test_data_that_are_no_options_are_doubtful_and_give_none(value: Value) -> None:
    form = form_with(choice(valuesKey="unit_kerja"))
    field = form.scene(RawSubmission(), {"unit_kerja": value}).fields["unit"]
    assert isinstance(field, Choice)
    assert (field.options, field.is_doubtful) == ((), True)


def test_a_formula_that_fails_is_doubtful() -> None:
    form = form_with(choice(valuesExpression="=for i in 1..20000 return i"))
    field = form.scene(RawSubmission(), {}).fields["unit"]
    assert isinstance(field, Choice)
    assert (field.options, field.is_doubtful) == ((), True)


def test_a_chosen_value_is_shown_by_its_words_of_now_and_else_as_it_is() -> None:
    form = form_with(choice("checklist", valuesKey="unit_kerja"))
    (field,) = form.fields
    assert field.shown(["kop", "upt"]) == "kop, upt"
    now = form.scene(RawSubmission(), {"unit_kerja": UNITS[:1]}).fields["unit"]
    assert now.shown(["kop", "upt"]) == "Bidang Koperasi, upt"


def test_a_default_is_kept_until_the_options_are_known() -> None:
    form = form_with(choice(valuesExpression="=unit_kerja", defaultValue="kop"))
    assert form.prefill({}, answered_here=False).values == {"unit": ("kop",)}


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ({"values": OPTIONS, "valuesKey": "daftar"}, "form_options_twice"),
        ({"valuesExpression": "=x", "valuesKey": "daftar"}, "form_options_twice"),
        ({"values": OPTIONS, "valuesExpression": "=x"}, "form_options_twice"),
        ({"valuesExpression": "=x +"}, "form_formula_invalid"),
        ({"valuesExpression": "="}, "form_formula_invalid"),
        ({"valuesExpression": "daftar"}, "form_formula_prefix"),
        ({"valuesKey": "a.b"}, "form_property_value"),
        ({"valuesKey": ""}, "form_options_missing"),
        ({"valuesExpression": "=unit"}, "form_formula_circle"),
    ],
)
def test_a_source_that_can_not_be_used_is_refused(sources: Json, code: str) -> None:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file(choice(**sources)), file="contoh.form")
    assert [str(problem.code) for problem in caught.value.problems] == [code]
