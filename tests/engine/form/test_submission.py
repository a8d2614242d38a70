"""A whole form: rows, groups, read-only fields, strangers, and everything hostile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import form_with
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import variables
from engine.errors import CommandRejected, InvalidSubmission
from engine.form import Form, RawSubmission, StoredFile, Submission, read_form

if TYPE_CHECKING:
    from engine.variables import Value

Texts = Mapping[str, tuple[str, ...]]

REQUIRED = {"required": True}
PERIHAL = {"type": "textfield", "key": "perihal", "label": "Perihal", "validate": REQUIRED}
NOMOR = {"type": "textfield", "key": "nomor", "label": "Nomor", "readonly": True}
KEPUTUSAN = {
    "type": "radio",
    "key": "keputusan",
    "label": "Keputusan",
    "values": [{"value": "revisi", "label": "Revisi"}, {"value": "setuju", "label": "Setuju"}],
}
STEMPEL = {"type": "checkbox", "key": "stempel", "label": "Stempel"}
PENERIMA = {
    "type": "dynamiclist",
    "path": "penerima",
    "label": "Penerima",
    "isRepeating": True,
    "allowAddRemove": True,
    "properties": {"wajib": "ya"},
    "components": [
        {"type": "textfield", "key": "nama", "label": "Nama", "validate": REQUIRED},
        {"type": "number", "key": "jumlah", "label": "Jumlah", "properties": {"pribadi": "ya"}},
        {"type": "checkbox", "key": "hadir", "label": "Hadir"},
        {"type": "filepicker", "key": "bukti", "label": "Bukti"},
    ],
}
PROOF = StoredFile(name="bukti.pdf", digest="c" * 64, size=9, content_type="application/pdf")


@pytest.fixture
def form() -> Form:
    """Give a form with a bit of everything."""
    return form_with({"type": "group", "label": "Surat", "components": [PERIHAL, NOMOR]}, PENERIMA)


def sent(**texts: str) -> RawSubmission:
    return RawSubmission(values={name.replace("__", "."): (text,) for name, text in texts.items()})


def row(number: int, nama: str = "", jumlah: str = "") -> dict[str, str]:
    return {f"penerima__{number}__nama": nama, f"penerima__{number}__jumlah": jumlah}


def found(submission: Submission) -> list[tuple[str, str]]:
    return [(str(error.code), error.name) for error in submission.errors]


def test_each_open_field_becomes_a_variable_and_nothing_else(form: Form) -> None:
    values = form.submit(sent(perihal="Undangan", nomor="palsu", **row(0, "Camat", "1.500")), {})
    assert values == {
        "perihal": "Undangan",
        "penerima": [{"nama": "Camat", "jumlah": Decimal(1500), "hadir": False, "bukti": None}],
    }


def test_a_refused_submission_names_every_problem(form: Form) -> None:
    with pytest.raises(InvalidSubmission) as caught:
        form.submit(sent(perihal="", **row(0, "", "x")), {})
    assert caught.value.code == "submission_invalid"
    problems = caught.value.params["problems"]
    assert [(str(p.code), p.name, p.place) for p in problems] == [
        ("field_required", "perihal", ("Perihal",)),
        ("field_required", "penerima.0.nama", ("Penerima", 1, "Nama")),
        ("number_invalid", "penerima.0.jumlah", ("Penerima", 1, "Jumlah")),
    ]
    assert isinstance(caught.value, CommandRejected)


def test_rows_keep_their_order_and_empty_ones_are_dropped(form: Form) -> None:
    raw = sent(perihal="a", **row(10, "ketiga"), **row(2, "pertama"), **row(3), **row(9, "kedua"))
    penerima = form.submit(raw, {})["penerima"]
    assert [entry["nama"] for entry in penerima] == ["pertama", "kedua", "ketiga"]


def test_a_row_is_counted_as_people_see_it_and_named_as_html_does(form: Form) -> None:
    submission = form.read(sent(perihal="a", **row(5, "x"), **row(7, "", "1")), {})
    (error,) = submission.errors
    assert (error.name, error.place) == ("penerima.7.nama", ("Penerima", 2, "Nama"))


def test_a_table_that_needs_a_row_says_so_at_the_table(form: Form) -> None:
    assert found(form.read(sent(perihal="a"), {})) == [("field_row_required", "penerima")]
    assert found(form.read(sent(perihal="a", **row(0)), {})) == [("field_row_required", "penerima")]


def test_a_table_that_needs_no_row_is_null_without_one() -> None:
    form = form_with({**PENERIMA, "properties": {}})
    assert form.submit(RawSubmission(), {}) == {"penerima": None}
    assert form.submit_json({}) == {"penerima": None}
    assert form.submit_json({"penerima": []}) == {"penerima": None}


def test_a_row_with_only_a_tick_or_a_file_is_a_row(form: Form) -> None:
    ticked = RawSubmission(
        values={"perihal": ("a",), "penerima.0.hadir": ("ya",)},
        files={"penerima.1.bukti": (PROOF,)},
    )
    assert ("field_missing", "penerima.0.nama") in found(form.read(ticked, {}))
    assert ("field_missing", "penerima.1.nama") in found(form.read(ticked, {}))


def test_a_file_in_a_row_can_be_kept_though_the_rows_moved(form: Form) -> None:
    current = {
        "penerima": [{"nama": "a", "bukti": None}, {"nama": "b", "bukti": [PROOF.as_value()]}]
    }
    raw = RawSubmission(
        values=sent(perihal="a", **row(0, "b")).values, kept={"penerima.0.bukti": (PROOF.digest,)}
    )
    assert form.submit(raw, current)["penerima"][0]["bukti"] == [PROOF.as_value()]


def test_200_rows_are_taken_and_201_are_not(form: Form) -> None:
    def rows(count: int) -> dict[str, str]:
        return {name: text for n in range(count) for name, text in row(n, "x").items()}

    assert len(form.submit(sent(perihal="a", **rows(200)), {})["penerima"]) == 200
    assert found(form.read(sent(perihal="a", **rows(201)), {})) == [("rows_many", "penerima")]
    many = [{"nama": "x"}] * 201
    assert found(form.read_json({"perihal": "a", "penerima": many})) == [("rows_many", "penerima")]


@pytest.mark.parametrize(
    "name",
    [
        "lain",
        "__builtins__",
        "_csrf",
        "penerima",
        "penerima.0",
        "penerima.0.lain",
        "penerima.-1.nama",
        "penerima.00.nama",
        "penerima.1000.nama",
        "penerima.x.nama",
        "penerima.0.nama.x",
        "perihal.0",
        "",
        "a" * 300,
    ],
)
def test_a_name_that_the_form_does_not_know_is_told(form: Form, name: str) -> None:
    raw = RawSubmission(values={**sent(perihal="a", **row(0, "x")).values, name: ("1",)})
    (error,) = form.read(raw, {}).errors
    assert (str(error.code), error.name) == ("field_unknown", "")
    assert error.params["field"] == name[:80]


def test_only_the_first_twenty_strangers_are_named(form: Form) -> None:
    strangers = {f"asing{n}": ("1",) for n in range(5000)}
    raw = RawSubmission(values={**sent(perihal="a", **row(0, "x")).values, **strangers})
    assert len(form.read(raw, {}).errors) == 20


def test_a_submission_of_more_than_a_million_characters_is_refused_unread(form: Form) -> None:
    submission = form.read(sent(perihal="a" * 1_000_001), {})
    assert found(submission) == [("submission_too_large", "")]
    assert submission.values == {}
    deep = {"perihal": "a", "penerima": [{"nama": "a" * 1000} for _ in range(1001)]}
    assert found(form.read_json(deep)) == [("submission_too_large", "")]


def test_what_was_sent_is_kept_to_be_shown_again(form: Form) -> None:
    raw = sent(perihal="", **row(0, "x", "salah"))
    assert form.read(raw, {}).raw.values == raw.values


def test_typed_values_follow_the_same_rules(form: Form) -> None:
    good = {"perihal": "a", "penerima": [{"nama": "x", "jumlah": Decimal(3)}]}
    assert form.submit_json(good) == {
        "perihal": "a",
        "penerima": [{"nama": "x", "jumlah": Decimal(3), "hadir": False, "bukti": None}],
    }
    bad = {
        "perihal": Decimal(1),
        "penerima": [{"nama": None, "jumlah": "3"}, {"nama": "y", "asing": True}],
        "nomor": "palsu",
        "__builtins__": {},
    }
    assert sorted(found(form.read_json(bad))) == [
        ("field_required", "penerima.0.nama"),
        ("field_unknown", ""),
        ("field_unknown", ""),
        ("field_unknown", "penerima"),
        ("field_wrong_type", "penerima.0.jumlah"),
        ("field_wrong_type", "perihal"),
    ]
    assert found(form.read_json({"perihal": "a", "penerima": {"nama": "x"}})) == [
        ("field_wrong_type", "penerima")
    ]
    assert ("field_wrong_type", "penerima") in found(
        form.read_json({"perihal": "a", "penerima": ["x"]})
    )


def test_rows_can_be_said_in_one_line(form: Form) -> None:
    penerima = form.find_field("penerima")
    assert penerima is not None
    rows: list[Value] = [{"nama": "Camat", "jumlah": Decimal(1500)}, {"nama": "Lurah"}, "x"]
    assert penerima.shown(rows) == "Camat, 1.500; Lurah"
    assert penerima.shown(None) == ""


def test_a_table_is_personal_when_a_column_is(form: Form) -> None:
    assert form.personal_keys == {"penerima"}


def test_a_form_is_prefilled_from_the_variables_of_its_keys() -> None:
    form = form_with(PERIHAL, NOMOR, KEPUTUSAN, STEMPEL, PENERIMA)
    raw = form.prefill(
        {
            "perihal": "Undangan",
            "nomor": "005/1",
            "keputusan": "setuju",
            "stempel": True,
            "penerima": [{"nama": "x", "jumlah": Decimal("1500.5"), "bukti": [PROOF.as_value()]}],
            "lain": "tak dipakai",
        },
        answered_here=False,
    )
    assert raw.values == {
        "perihal": ("Undangan",),
        "keputusan": ("setuju",),
        "stempel": ("ya",),
        "penerima.0.nama": ("x",),
        "penerima.0.jumlah": ("1.500,5",),
    }
    assert raw.files == {"penerima.0.bukti": (PROOF,)}


def test_in_a_later_round_the_decision_of_this_step_starts_empty() -> None:
    form = form_with(PERIHAL, KEPUTUSAN, STEMPEL)
    held = {"perihal": "Undangan", "keputusan": "setuju", "stempel": True}
    assert form.prefill(held, answered_here=True).values == {"perihal": ("Undangan",)}


def test_in_a_later_round_what_a_rule_has_decided_is_shown_again() -> None:
    form = form_with(PERIHAL, KEPUTUSAN, STEMPEL)
    held = {"perihal": "Undangan", "keputusan": "setuju", "stempel": True}
    raw = form.prefill(held, answered_here=True, computed=frozenset({"keputusan"}))
    assert raw.values == {"perihal": ("Undangan",), "keputusan": ("setuju",)}


def test_a_variable_of_another_kind_prefills_an_empty_field() -> None:
    form = form_with(PERIHAL, KEPUTUSAN, {"type": "number", "key": "n", "label": "N"}, PENERIMA)
    held = {"perihal": {"a": None}, "keputusan": Decimal(1), "n": "x", "penerima": "x"}
    assert form.prefill(held, answered_here=False).values == {"perihal": ("",), "n": ("",)}


names = st.sampled_from(
    [
        "perihal",
        "nomor",
        "keputusan",
        "stempel",
        "n",
        "tanggal",
        "waktu",
        "daftar",
        "berkas",
        "penerima",
        "penerima.0.nama",
        "penerima.0.jumlah",
        "penerima.1.hadir",
        "penerima.1.bukti",
        "penerima.999.nama",
        "__class__",
        "_x",
    ]
) | st.text(max_size=10)
texts = st.text(max_size=12) | st.sampled_from(
    [
        "",
        "ya",
        "setuju",
        "1.5",
        "1.500",
        "2026-12-05",
        "2026-12-05T09:15",
        "9" * 60,
        "\ud800",
        "\x00",
    ]
)
stored = st.builds(
    StoredFile,
    name=st.text(max_size=8),
    digest=st.sampled_from(["a" * 64, "b" * 64, "x"]),
    size=st.integers(-1, 5),
    content_type=st.sampled_from(["application/pdf", "x"]),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.decimals() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def everything() -> Form:
    """Give a form with a field of every kind."""
    options = KEPUTUSAN["values"]
    components = [
        PERIHAL,
        NOMOR,
        KEPUTUSAN,
        STEMPEL,
        {"type": "number", "key": "n", "label": "N", "validate": {"min": 0}, "decimalDigits": 2},
        {"type": "datetime", "key": "tanggal", "dateLabel": "T", "subtype": "date"},
        {"type": "datetime", "key": "waktu", "dateLabel": "W", "subtype": "datetime"},
        {"type": "checklist", "key": "daftar", "label": "D", "values": options},
        {"type": "filepicker", "key": "berkas", "label": "B", "multiple": True},
        PENERIMA,
    ]
    file = {"type": "default", "id": "x", "schemaVersion": 19, "components": components}
    return read_form(json.dumps(file).encode(), file="x.form")


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    values=st.dictionaries(names, st.lists(texts, max_size=2).map(tuple), max_size=8),
    files=st.dictionaries(names, st.lists(stored, max_size=2).map(tuple), max_size=3),
    kept=st.dictionaries(names, st.lists(texts, max_size=2).map(tuple), max_size=3),
    current=st.dictionaries(names, json_values, max_size=3),
)
def test_any_submission_gives_storable_values_or_problems(
    everything: Form,
    values: Texts,
    files: Mapping[str, tuple[StoredFile, ...]],
    kept: Texts,
    current: Mapping[str, Value],
) -> None:
    raw = RawSubmission(values=values, files=files, kept=kept)
    submission = everything.read(raw, current)
    assert variables.dump(submission.values)
    assert submission.values.keys() == {field.key for field in everything.open_fields}
    assert everything.prefill(current, answered_here=False).names is not None


@settings(derandomize=True, max_examples=150, deadline=None)
@given(values=st.dictionaries(names, json_values, max_size=8))
def test_any_typed_values_give_storable_values_or_problems(
    everything: Form, values: Mapping[str, Value]
) -> None:
    submission = everything.read_json(values)
    assert variables.dump(submission.values)
    known = {field.key for field in everything.open_fields}
    assert submission.values.keys() == known
    if values.keys() - known:
        assert "field_unknown" in [str(error.code) for error in submission.errors]
