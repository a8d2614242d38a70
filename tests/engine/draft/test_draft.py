"""What a draft makes of each kind of step, and which facts it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from draft_kit import BPMN, CAMUNDA, facts, field, properties, step
from lxml import etree

from engine.draft import draft
from engine.errors import DefinitionError
from engine.form import read_form

if TYPE_CHECKING:
    from lxml.etree import _Element


def element(known: dict[str, Any], element_id: str) -> _Element:
    root = etree.fromstring(draft(known).bpmn)
    return next(e for e in root.iter() if e.get("id") == element_id)


def components(known: dict[str, Any], element_id: str) -> dict[str, dict[str, Any]]:
    found = json.loads(draft(known).forms[element_id])["components"]
    return {each["id"].removeprefix("Field_"): each for each in found}


def refusal(known: dict[str, Any]) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        draft(known)
    return caught.value


def test_the_same_facts_give_the_same_bytes() -> None:
    known = facts(step("a"), step("b", "atasan"))
    assert draft(known) == draft(known)


def test_dashes_become_underscores_in_the_process_id() -> None:
    assert draft(facts(step("a"))).process_id == "uji_contoh_kecil"


@pytest.mark.parametrize(
    ("kind", "more", "tag"),
    [
        ("send", {"form": [field("nomor")]}, "userTask"),
        ("manual", {"form": [field("nomor")]}, "userTask"),
        ("manual", {}, "manualTask"),
        ("send", {}, "intermediateThrowEvent"),
        ("receive", {}, "receiveTask"),
        ("service", {}, "serviceTask"),
        ("script", {"script": {"result": "putaran", "feel": "1 + 1"}}, "scriptTask"),
        ("business_rule", {}, "businessRuleTask"),
    ],
)
def test_each_kind_of_step_has_its_element(kind: str, more: dict[str, Any], tag: str) -> None:
    found = element(facts(step("a", kind=kind, **more)), "a")
    assert found.tag == BPMN + tag
    assert properties(found)["jenis"] == kind


def test_a_service_step_is_work_of_an_external_topic() -> None:
    found = element(facts(step("a", kind="service")), "a")
    assert found.get(CAMUNDA + "type") == "external"
    assert found.get(CAMUNDA + "topic") == "dalam_a"


def test_a_script_step_is_feel_without_prefix() -> None:
    known = facts(step("a", kind="script", script={"result": "putaran", "feel": "putaran + 1"}))
    found = element(known, "a")
    assert found.get("scriptFormat") == "feel"
    assert found.get(CAMUNDA + "resultVariable") == "putaran"
    assert found.findtext(BPMN + "script") == "putaran + 1"


def test_a_rule_is_followed_by_a_task_that_corrects_it_with_a_reason() -> None:
    known = facts(step("a", kind="business_rule", form=[field("hasil")]))
    assert element(known, "a_aturan").tag == BPMN + "businessRuleTask"
    assert element(known, "Flow_a_aturan_a").get("targetRef") == "a"
    found = components(known, "a")
    assert list(found) == ["hasil", "alasan_koreksi"]
    assert found["alasan_koreksi"]["validate"] == {"required": True}
    assert found["alasan_koreksi"]["conditional"] == {"hide": "=hasil = a_aturan.hasil"}


def test_a_rule_asks_the_decision_of_its_deployment_and_gives_on_what_is_filled_in() -> None:
    read = field("nilai", readonly=True)
    found = element(facts(step("a", kind="business_rule", form=[read, field("hasil")])), "a_aturan")
    assert found.get(CAMUNDA + "decisionRef") == "uji_contoh_kecil_a"
    assert found.get(CAMUNDA + "decisionRefBinding") == "deployment"
    assert found.get(CAMUNDA + "resultVariable") == "a_aturan"
    outputs = {p.get("name"): p.text for p in found.iter(CAMUNDA + "outputParameter")}
    assert outputs == {"hasil": "${a_aturan.hasil}"}


def test_a_message_start_names_its_message() -> None:
    start = {"lane": "luar", "trigger": "message", "name": "Undangan"}
    found = element(facts(step("a"), start=start), "mulai")
    assert found.get("name") == "Undangan"
    definition = found.find(BPMN + "messageEventDefinition")
    assert definition is not None
    assert definition.get("messageRef") == "Message_mulai"


def test_parallel_ways_part_and_meet_at_gateways() -> None:
    ways = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    flows = [{"from": a, "to": b, "kind": "parallel"} for a, b in ways]
    known = facts(step("a"), step("b"), step("c"), step("d"), flows=flows)
    assert element(known, "a_pisah").tag == BPMN + "parallelGateway"
    assert {f.text for f in element(known, "d_gabung").iter(BPMN + "incoming")} == {
        "Flow_b_d_gabung",
        "Flow_c_d_gabung",
    }


def test_a_return_to_a_joining_step_does_not_wait_for_the_join() -> None:
    ways = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    again = {"label": "ulang", "when": 'keputusan = "ulang"', "to": "d"}
    onward = {"label": "ya", "when": 'keputusan = "ya"', "to": "selesai"}
    known = facts(
        *(step(each) for each in "abcd"),
        flows=[{"from": a, "to": b, "kind": "parallel"} for a, b in ways],
        gateways=[{"id": "tanya", "after": "d", "question": "?", "branches": [again, onward]}],
        ends=[{"id": "selesai", "after": "tanya", "name": "Selesai"}],
    )
    assert element(known, "Flow_tanya_d").get("targetRef") == "d"


def test_a_timeout_interrupts_its_step() -> None:
    timeout = {"at": "a", "after": "P14D", "to": "c", "stated": False}
    found = element(facts(step("a"), step("b"), step("c"), timeouts=[timeout]), "a_batas")
    assert found.get("attachedToRef") == "a"
    assert found.findtext(f"{BPMN}timerEventDefinition/{BPMN}timeDuration") == "P14D"


def test_a_length_of_our_own_is_marked_and_its_default_stands_in_the_documentation() -> None:
    timeout = {"at": "a", "after": "P14D", "to": "b", "stated": False}
    found = element(facts(step("a"), step("b"), timeouts=[timeout]), "a_batas")
    assert found.get("name") == "Batas belum ditetapkan dokumen"
    assert properties(found) == {"batas.ditetapkan": "tidak"}
    assert "14 hari" in (found.findtext(BPMN + "documentation") or "")


@pytest.mark.parametrize(
    ("after", "words"), [("P2W", "2 minggu"), ("P6M", "6 bulan"), ("PT90M", "PT90M")]
)
def test_a_timeout_is_named_in_words_where_they_are_simple(after: str, words: str) -> None:
    timeout = {"at": "a", "after": after, "to": "b", "stated": True}
    found = element(facts(step("a"), step("b"), timeouts=[timeout]), "a_batas")
    assert found.get("name") == words


@pytest.mark.parametrize(
    ("steps", "recorder"),
    [
        ([step("a", "luar"), step("b", "atasan")], "atasan"),
        ([step("a", "atasan"), step("b", "luar")], "atasan"),
        ([step("a", "dalam"), step("b", "luar"), step("c", "atasan")], "atasan"),
        ([step("a", "atasan")], "dalam"),
        ([step("a", "luar")], "dalam"),
    ],
    ids=["next", "before", "next before before", "no step", "nobody else"],
)
def test_outsiders_are_recorded_by_the_lane_nearest_to_them(
    steps: list[dict[str, Any]], recorder: str
) -> None:
    assert properties(element(facts(*steps), "luar"))["dicatat_oleh"] == recorder


@pytest.mark.parametrize(
    ("feel", "juel"),
    [
        ('hasil = "ya"', '${hasil == "ya"}'),
        ('hasil = "ya" and putaran < 3', '${hasil == "ya" && putaran < 3}'),
        ("(a = 1 or b != 2) and not (c >= 0.5)", "${(a == 1 || b != 2) && ! (c >= 0.5)}"),
    ],
)
def test_conditions_are_written_in_juel(feel: str, juel: str) -> None:
    ways = [{"label": "ya", "when": feel, "to": "selesai"}]
    known = facts(
        step("a"),
        gateways=[{"id": "tanya", "after": "a", "question": "?", "branches": ways}],
        ends=[{"id": "selesai", "after": "tanya", "name": "Selesai"}],
    )
    flow = element(known, "Flow_tanya_selesai")
    assert flow.findtext(BPMN + "conditionExpression") == juel


def test_an_open_point_that_names_one_element_is_told_there() -> None:
    points = ["Langkah berkas_a dibaca sekali.", "Tidak ada batas waktu."]
    known = facts(step("berkas_a"), open_points=points, related=["U2"], legal_basis=["Perda 1"])
    assert points[0] in (element(known, "berkas_a").findtext(BPMN + "documentation") or "")
    told = element(known, "uji_contoh_kecil").findtext(BPMN + "documentation") or ""
    assert points[1] in told
    assert points[0] not in told
    assert "Perda 1" in told


def test_a_procedure_carries_its_sop_number() -> None:
    known = facts(step("a"), sop={"number": "U1"})
    assert properties(element(known, "uji_contoh_kecil"))["sop.nomor"] == "U1"


@pytest.mark.parametrize(
    ("told", "component"),
    [
        (field("x", "money"), {"type": "number", "decimalDigits": 2, "serializeToString": True}),
        (field("x", "number"), {"type": "number", "decimalDigits": 2}),
        (field("x", "datetime"), {"type": "datetime", "subtype": "datetime", "dateLabel": "X"}),
        (field("x", readonly=True), {"type": "textfield", "readonly": True}),
        (field("x", required=True), {"validate": {"required": True}}),
        (field("nik"), {"properties": {"jenis": "nik", "pribadi": "ya"}}),
        (field("dokumentasi", "file"), {"type": "filepicker", "multiple": True}),
    ],
)
def test_a_field_is_written_as_form_js_has_it(
    told: dict[str, Any], component: dict[str, Any]
) -> None:
    found = components(facts(step("a", form=[told])), "a")[told["key"]]
    assert found | component == found


def test_a_readonly_table_only_shows_its_rows() -> None:
    told = field("daftar", "table", readonly=True, columns=[field("nama")])
    found = components(facts(step("a", form=[told])), "a")["daftar"]
    assert found["type"] == "table"
    assert found["dataSource"] == "=daftar"
    assert found["columns"] == [{"key": "nama", "label": "Nama"}]


def test_the_gate_takes_a_readonly_table_whatever_the_facts_demand_of_it() -> None:
    # it was written with `readonly` and `wajib`, which the gate refuses: rows that are only shown have neither
    told = field("daftar", "table", readonly=True, required=True, columns=[field("nama")])
    data = draft(facts(step("a", form=[told]))).forms["a"]
    assert read_form(data, file="a.form").keys == ("daftar",)


def test_only_a_line_of_text_is_checked_as_a_number_that_names_somebody() -> None:
    told = [field("nik_lama", "textarea"), field("nik")]
    found = components(facts(step("a", form=told)), "a")
    assert found["nik_lama"]["properties"] == {"pribadi": "ya"}
    assert found["nik"]["properties"] == {"jenis": "nik", "pribadi": "ya"}
    data = draft(facts(step("a", form=told))).forms["a"]
    assert read_form(data, file="a.form").personal_keys == {"nik_lama", "nik"}


REFUSED = {
    "a missing title": (facts(step("a"), title=None), "facts_missing", {"place": "title"}),
    "an empty name": (facts(step("a", name=" ")), "facts_wrong", {"place": "steps[0].name"}),
    "a control character": (facts(step("a"), title="a\x00b"), "facts_wrong", {"place": "title"}),
    "a path as slug": (facts(step("a"), slug="../x"), "facts_wrong", {"place": "slug"}),
    "an id with blanks": (facts(step("a b")), "facts_wrong", {"place": "steps[0].id"}),
    "an unknown kind": (facts(step("a", kind="x")), "facts_wrong", {"place": "steps[0].kind"}),
    "steps that are no list": (facts(step("a")) | {"steps": 1}, "facts_wrong", {"place": "steps"}),
    "a step that is no mapping": (
        facts(step("a")) | {"steps": ["a"]},
        "facts_wrong",
        {"place": "steps[0]"},
    ),
    "a flag that is no truth value": (
        facts(step("a", form=[field("x", required="ya")])),
        "facts_wrong",
        {"place": "steps[0].form[0].required"},
    ),
    "a choice without options": (
        facts(step("a", form=[field("x", "radio")])),
        "facts_missing",
        {"place": "steps[0].form[0].options"},
    ),
    "a table without columns": (
        facts(step("a", form=[field("x", "table")])),
        "facts_missing",
        {"place": "steps[0].form[0].columns"},
    ),
    "no steps": (facts(step("a")) | {"steps": [], "ends": []}, "facts_missing", {"place": "steps"}),
    "an id twice": (facts(step("a"), step("a")), "facts_twice", {"id": "a"}),
    "a key twice": (facts(step("a", form=[field("x")] * 2)), "facts_twice", {"id": "x"}),
    "an id that is added": (facts(step("mulai")), "facts_twice", {"id": "mulai"}),
    "an unknown lane": (facts(step("a", "x")), "facts_unknown", {"id": "x", "noun": "lanes"}),
    "an unknown target": (
        facts(step("a"), flows=[{"from": "a", "to": "x", "kind": "sequence"}]),
        "facts_unknown",
        {"id": "x"},
    ),
    "a user step without form": (facts(step("a", form=None)), "facts_step", {"lack": "form"}),
    "a script without text": (facts(step("a", kind="script")), "facts_step", {"lack": "script"}),
    "a called process": (facts(step("a", kind="call")), "facts_step", {"step": "a"}),
    "a timer that starts": (
        facts(step("a"), start={"lane": "dalam", "trigger": "timer"}),
        "facts_start",
        {"trigger": "timer"},
    ),
    "two ways on": (
        facts(step("a"), step("b"), flows=[{"from": "b", "to": "a", "kind": "sequence"}]),
        "facts_ways",
        {"step": "b", "ways": 2},
    ),
    "no way on": (facts(step("a"), step("b"), ends=[]), "facts_ways", {"step": "b", "ways": 0}),
    "a step nobody comes to": (
        facts(
            step("a"), step("b"), ends=[{"id": e, "after": e[0], "name": e} for e in ("ax", "bx")]
        ),
        "facts_unreached",
        {"id": "b"},
    ),
    "two timeouts of one step": (
        facts(step("a"), timeouts=[{"at": "a", "after": "P1D", "to": "a"}] * 2),
        "facts_timeout",
        {"step": "a"},
    ),
    "a condition that calls": (
        facts(
            step("a"),
            gateways=[
                {
                    "id": "g",
                    "after": "a",
                    "question": "?",
                    "branches": [{"label": "x", "when": "count[1]", "to": "selesai"}],
                }
            ],
            ends=[{"id": "selesai", "after": "g", "name": "Selesai"}],
        ),
        "facts_condition",
        {"gateway": "g", "position": 6},
    ),
    "outsiders alone": (
        facts(step("a", "luar"), start={"lane": "luar", "trigger": "none"})
        | {"lanes": [{"id": "luar", "name": "Luar", "kind": "external"}]},
        "facts_no_recorder",
        {"lane": "luar"},
    ),
}


@pytest.mark.parametrize(("known", "code", "params"), REFUSED.values(), ids=REFUSED)
def test_wrong_facts_are_refused_with_their_place(
    known: dict[str, Any], code: str, params: dict[str, Any]
) -> None:
    error = refusal(known)
    assert error.code == code
    assert error.params | params == error.params
    assert str(error).startswith("Expected ")
