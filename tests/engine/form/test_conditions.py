"""Conditions: what is hidden is neither demanded nor taken, whatever was sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import DRAFT, OPTIONS, Json, form_file, form_with

from engine.form import InvalidForm, RawSubmission, read_form
from engine.form.problem import FormCode

if TYPE_CHECKING:
    from engine.form import Form
    from engine.variables import Value


def line(key: str, hide: str = "", **more: object) -> Json:
    """Give a line of text, hidden while the condition is true."""
    conditional = {"conditional": {"hide": hide}} if hide else {}
    return {"type": "textfield", "key": key, "label": key.title(), **conditional, **more}


REQUIRED = {"validate": {"required": True}}
RADIO = {"type": "radio", "key": "keputusan", "label": "Keputusan", "values": OPTIONS}
REASON = line("alasan", '=keputusan != "revisi"', **REQUIRED)


def sent(**texts: str) -> RawSubmission:
    """Give what a page sends for lines of text."""
    return RawSubmission(values={name: (text,) for name, text in texts.items()})


def read(form: Form, raw: RawSubmission, **current: Value) -> dict[str, object]:
    """Read a submission; give the values, and for each field that is wrong the code of what is wrong."""
    submission = form.read(raw, current)
    return {**submission.values, **{e.name: str(e.code) for e in submission.errors}}


def hidden(form: Form, raw: RawSubmission, **current: Value) -> set[str]:
    """Give the keys of the fields that are hidden."""
    scene = form.scene(raw, current)
    return {field.key for field in form.fields if scene.is_hidden(field)}


def test_a_visible_field_is_demanded_and_a_hidden_one_is_not() -> None:
    form = form_with(RADIO, REASON)
    assert read(form, sent(keputusan="revisi", alasan="")) == {
        "keputusan": "revisi",
        "alasan": "field_required",
    }
    assert read(form, sent(keputusan="setuju")) == {"keputusan": "setuju", "alasan": None}


def test_what_was_sent_for_a_hidden_field_is_dropped() -> None:
    form = form_with(RADIO, REASON)
    raw = sent(keputusan="setuju", alasan="Tetap dikirim")
    assert read(form, raw, alasan="Dari putaran lalu") == {"keputusan": "setuju", "alasan": None}


def test_a_program_that_sends_a_hidden_field_is_refused() -> None:
    form = form_with(RADIO, REASON)
    submission = form.read_json({"keputusan": "setuju", "alasan": "x"})
    assert [(e.name, str(e.code)) for e in submission.errors] == [("alasan", "field_hidden")]
    assert form.submit_json({"keputusan": "setuju", "alasan": None})["alasan"] is None


def test_a_condition_may_name_data_of_the_case() -> None:
    form = form_with(line("alasan", "=putaran = 1"))
    assert hidden(form, sent(), putaran=Decimal(1)) == {"alasan"}
    assert hidden(form, sent(), putaran=Decimal(2)) == set()
    assert form.submit_json({"alasan": "x"}, {"putaran": Decimal(2)}) == {"alasan": "x"}


def test_what_is_typed_now_comes_before_what_the_case_holds() -> None:
    form = form_with(RADIO, REASON)
    assert hidden(form, sent(keputusan="revisi"), keputusan="setuju") == set()
    assert hidden(form, sent(), keputusan="revisi") == {"alasan"}


def test_an_empty_field_is_null_for_a_condition() -> None:
    form = form_with(RADIO, line("alasan", "=keputusan = null"))
    assert hidden(form, sent()) == {"alasan"}
    assert hidden(form, sent(keputusan="setuju")) == set()


def test_a_field_with_a_mistake_is_null_for_a_condition() -> None:
    number = {"type": "number", "key": "jumlah", "label": "Jumlah"}
    form = form_with(number, line("alasan", "=jumlah = null"))
    assert hidden(form, sent(jumlah="1.5")) == {"alasan"}
    assert hidden(form, sent(jumlah="1,5")) == set()


def test_a_hidden_field_is_null_for_the_next_condition_wherever_it_stands() -> None:
    parts = (
        line("c", '=b != "x"'),
        line("b", '=a != "x"'),
        line("a"),
    )
    for form in (form_with(*parts), form_with(*reversed(parts))):
        assert hidden(form, sent(a="x", b="x")) == set()
        assert hidden(form, sent(a="y", b="x")) == {"b", "c"}
        assert read(form, sent(a="y", b="x", c="z")) == {"a": "y", "b": None, "c": None}


def test_a_group_is_hidden_as_a_whole() -> None:
    group = {
        "type": "group",
        "label": "Pembicara",
        "conditional": {"hide": '=keputusan = "setuju"'},
        "components": [line("nama", **REQUIRED), line("alamat", '=nama != "A"', **REQUIRED)],
    }
    form = form_with(group, RADIO)
    assert hidden(form, sent(keputusan="setuju", nama="A")) == {"nama", "alamat"}
    assert read(form, sent(keputusan="setuju", nama="A")) == {
        "nama": None,
        "alamat": None,
        "keputusan": "setuju",
    }
    assert hidden(form, sent(nama="A")) == set()


@pytest.mark.parametrize(
    "part",
    [
        {"type": "text", "text": "Perhatikan."},
        {"type": "separator"},
        {"type": "spacer"},
        {
            "type": "table",
            "label": "T",
            "dataSource": "=t",
            "columns": [{"key": "a", "label": "A"}],
        },
        line("lama", readonly=True),
    ],
)
def test_whatever_stands_on_a_form_can_be_hidden(part: Json) -> None:
    form = form_with(RADIO, {**part, "conditional": {"hide": '=keputusan = "setuju"'}})
    assert form.scene(sent(keputusan="setuju"), {}).is_hidden(form.parts[1])
    assert not form.scene(sent(keputusan="revisi"), {}).is_hidden(form.parts[1])


def test_a_read_only_field_may_depend_on_its_own_value() -> None:
    form = form_with(line("nomor_lama", "=nomor_lama = null", readonly=True))
    assert hidden(form, sent()) == {"nomor_lama"}
    assert hidden(form, sent(), nomor_lama="12") == set()


def test_a_read_only_field_is_not_changed_by_being_hidden() -> None:
    form = form_with(
        line("nomor", '=a = "x"', readonly=True), line("a"), line("b", "=nomor = null")
    )
    assert hidden(form, sent(a="x"), nomor="12") == {"nomor"}


@pytest.mark.parametrize("formula", ["=1 + 1", '="ya"', "=jumlah", "=1 / 0 > 1"])
def test_a_condition_that_can_not_be_decided_hides_nothing_and_is_doubtful(formula: str) -> None:
    form = form_with(line("alasan", formula))
    scene = form.scene(sent(), {"jumlah": Decimal(5)})
    assert not scene.is_hidden(form.parts[0])
    assert scene.doubtful == ({"0"} if formula != "=1 / 0 > 1" else set())


def test_null_hides_nothing_and_is_not_doubtful() -> None:
    form = form_with(line("alasan", "=jumlah > 1"))
    scene = form.scene(sent(), {})
    assert (scene.hidden, scene.doubtful) == (frozenset(), frozenset())


def test_a_condition_that_costs_too_much_hides_nothing_and_is_doubtful() -> None:
    form = form_with(line("alasan", "=every x in 1..9000 satisfies x > 0 and x < 99999"))
    scene = form.scene(sent(), {})
    assert (scene.hidden, scene.doubtful) == (frozenset(), {"0"})


def test_a_condition_may_ask_whether_a_file_is_there() -> None:
    form = form_with(
        {"type": "filepicker", "key": "berkas", "label": "Berkas"},
        line("isi_berkas", "=berkas = null"),
    )
    assert hidden(form, sent()) == {"isi_berkas"}
    assert hidden(form, RawSubmission(files={"berkas": (DRAFT,)})) == set()
    assert "berkas" in form.triggers


def test_the_form_may_be_called_this() -> None:
    form = form_with(line("a"), line("b", '=this.a = "x" and _this_.a = "x" and parent = null'))
    assert hidden(form, sent(a="x")) == {"b"}
    assert hidden(form, sent(a="y")) == set()


# rows


def rows(*columns: Json, **more: object) -> Json:
    """Give a table with these columns."""
    return {
        "type": "dynamiclist",
        "path": "barang",
        "label": "Barang",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": list(columns),
        **more,
    }


COLUMNS = (line("jenis"), line("lainnya", '=this.jenis != "lain"', **REQUIRED))


def test_a_condition_in_a_row_looks_at_its_own_row() -> None:
    form = form_with(rows(*COLUMNS))
    raw = sent(**{"barang.0.jenis": "lain", "barang.0.lainnya": "", "barang.1.jenis": "atk"})
    submission = form.read(raw, {})
    assert [(e.name, e.place, str(e.code)) for e in submission.errors] == [
        ("barang.0.lainnya", ("Barang", 1, "Lainnya"), "field_required")
    ]
    raw = sent(**{"barang.0.jenis": "atk", "barang.0.lainnya": "x"})
    assert read(form, raw) == {"barang": [{"jenis": "atk", "lainnya": None}]}


def test_a_column_may_stand_before_the_one_that_decides_over_it() -> None:
    form = form_with(rows(*reversed(COLUMNS)))
    raw = sent(**{"barang.0.jenis": "atk", "barang.0.lainnya": "x"})
    assert read(form, raw) == {"barang": [{"lainnya": None, "jenis": "atk"}]}


def test_a_condition_in_a_row_may_name_the_form_and_the_case() -> None:
    form = form_with(
        rows(line("a"), line("b", '=parent.cara = "x" or tahap = "x" or cara = "z"')), line("cara")
    )
    raw = sent(cara="x", **{"barang.0.a": "1", "barang.0.b": "2"})
    assert read(form, raw)["barang"] == [{"a": "1", "b": None}]
    raw = sent(cara="y", **{"barang.0.a": "1", "barang.0.b": "2"})
    assert read(form, raw)["barang"] == [{"a": "1", "b": "2"}]
    assert read(form, raw, tahap="x")["barang"] == [{"a": "1", "b": None}]


def test_a_condition_in_a_row_may_name_the_number_of_the_row() -> None:
    form = form_with(rows(line("a"), line("b", "=i[1] = 1")))
    raw = sent(**{"barang.0.a": "1", "barang.0.b": "2", "barang.5.a": "3", "barang.5.b": "4"})
    assert read(form, raw)["barang"] == [{"a": "1", "b": None}, {"a": "3", "b": "4"}]


def test_rows_of_a_program_obey_conditions_too() -> None:
    form = form_with(rows(*COLUMNS))
    assert form.submit_json({"barang": [{"jenis": "atk"}]})["barang"] == [
        {"jenis": "atk", "lainnya": None}
    ]
    submission = form.read_json({"barang": [{"jenis": "atk", "lainnya": "x"}]})
    assert [(e.name, str(e.code)) for e in submission.errors] == [
        ("barang.0.lainnya", "field_hidden")
    ]


def test_a_table_can_be_hidden_with_all_its_rows() -> None:
    form = form_with(rows(*COLUMNS, conditional={"hide": '=cara = "x"'}), line("cara"))
    raw = sent(cara="x", **{"barang.0.jenis": "lain", "barang.0.lainnya": ""})
    assert read(form, raw) == {"barang": None, "cara": "x"}


def test_a_condition_may_look_at_the_rows_of_a_table() -> None:
    form = form_with(line("alasan", "=count(barang) < 2", **REQUIRED), rows(line("nama")))
    assert hidden(form, sent(**{"barang.0.nama": "a"})) == {"alasan"}
    two = {"barang.0.nama": "a", "barang.1.nama": "b"}
    assert read(form, sent(alasan="", **two))["alasan"] == "field_required"
    assert hidden(form, sent(**{**two, "barang.1.nama": ""})) == {"alasan"}


def test_rows_that_are_not_finished_yet_count_for_a_condition() -> None:
    form = form_with(
        line("alasan", "=count(barang) < 2"), rows(line("nama"), line("sifat", **REQUIRED))
    )
    raw = sent(
        **{"barang.0.nama": "a", "barang.0.sifat": "", "barang.1.nama": "b", "barang.1.sifat": ""}
    )
    assert hidden(form, raw) == set()
    first = {"barang.0.nama": "a", "barang.0.sifat": ""}
    assert hidden(form, sent(**first)) == {"alasan"}
    assert read(form, sent(**first))["barang"] is None


def test_a_hidden_column_does_not_make_a_row() -> None:
    form = form_with(rows(line("a"), line("b", "=true")))
    assert read(form, sent(**{"barang.0.a": "", "barang.0.b": "x"})) == {"barang": None}


# fields that nobody saw


def test_a_field_that_appears_only_when_the_form_is_sent_is_shown_first() -> None:
    form = form_with(RADIO, {**REASON, "type": "checkbox"}, line("lain"))
    raw = sent(keputusan="revisi", lain="")
    unseen = RawSubmission(values=raw.values, appearing=frozenset())
    assert read(form, unseen)["alasan"] == "field_appeared"
    seen = RawSubmission(values=raw.values, appearing=frozenset({"alasan"}))
    assert read(form, seen)["alasan"] == "field_tick_required"


def test_a_column_that_appears_is_shown_first_in_rows_that_are_filled() -> None:
    form = form_with(rows(*COLUMNS))
    texts = {"barang.0.jenis": "lain", "barang.1.jenis": ""}
    raw = RawSubmission(values=sent(**texts).values, appearing=frozenset())
    assert read(form, raw) == {"barang": None, "barang.0.lainnya": "field_appeared"}


def test_a_field_of_a_hidden_group_appears_with_it() -> None:
    group = {
        "type": "group",
        "conditional": {"hide": '=keputusan != "revisi"'},
        "components": [{"type": "checkbox", "key": "setuju", "label": "Setuju"}],
    }
    form = form_with(RADIO, group)
    raw = RawSubmission(values=sent(keputusan="revisi").values, appearing=frozenset())
    assert read(form, raw)["setuju"] == "field_appeared"


# conditions that are refused


def problem(*components: Json) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file(*components), file="contoh.form")
    (found,) = caught.value.problems
    return str(found.code), found.component, dict(found.params)


@pytest.mark.parametrize(
    ("components", "circle"),
    [
        ([line("a", "=a = null")], "a → a"),
        ([line("a", '=b = "x"'), line("b", '=a = "x"')], "a → b → a"),
        ([line("a", "=this = null")], "a → a"),
        ([rows(line("x"), line("y", "=count(barang) > 1"))], "barang → barang"),
        ([rows(line("x"), line("y", "=parent = null"))], "barang → barang"),
        ([rows(line("x", "=this.y = 1"), line("y", "=this.x = 1"))], "x → y → x"),
        (
            [
                {
                    "type": "group",
                    "conditional": {"hide": '=a = "x"'},
                    "components": [line("a")],
                }
            ],
            "a → a",
        ),
    ],
)
def test_fields_that_decide_over_each_other_in_a_circle_are_refused(
    components: list[Json], circle: str
) -> None:
    code, component, params = problem(*components)
    assert (code, params) == ("form_formula_circle", {"fields": circle})
    assert component == circle[: circle.index(" ")]


def test_a_condition_that_can_not_be_read_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file(line("a", '=b = "x" und c')), file="contoh.form")
    (found,) = caught.value.problems
    assert (str(found.code), found.component) == ("form_formula_invalid", "a")
    assert found.params == {"property": "conditional.hide", "formula": '=b = "x" und c'}
    assert found.reason is not None
    assert found.reason.params["column"] == 10


@pytest.mark.parametrize("hide", [True, "true", "${a}", " =a", 5, ["=a"]])
def test_a_condition_without_its_sign_is_refused(hide: object) -> None:
    code, component, params = problem({**line("a"), "conditional": {"hide": hide}})
    assert (code, component) == ("form_formula_prefix", "a")
    assert params == {"property": "conditional.hide"}


def test_a_condition_may_ask_for_the_offices_day_and_not_for_the_time() -> None:
    late = line("alasan", "=today() <= date(batas)", **REQUIRED)
    form = form_with(
        {"type": "datetime", "subtype": "date", "key": "batas", "dateLabel": "B"}, late
    )
    assert form.asks_today
    sending = sent(batas="2026-11-20", alasan="")
    days = {day: form.read(sending, {}, today=date(2026, 11, day)).errors for day in (20, 21)}
    assert [bool(errors) for errors in days.values()] == [False, True]
    with pytest.raises(InvalidForm) as caught:
        form_with(line("alasan", "=now() = null"))
    assert [problem.code for problem in caught.value.problems] == [FormCode.FORMULA_INVALID]
