"""Every shipped map, and what the facts draft today, says all that the source document says and nothing else.

`facts/<agency>/<slug>.yaml` is the source document, read by people, `additions/` what the office adds and says to be its own;
process owners may edit the maps, the facts stay.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from map_kit import (
    BPMN,
    CAMUNDA,
    FACTS,
    MODELER,
    ROOT,
    RULE,
    TOLD,
    Map,
    additions_to,
    all_documentation,
    fields,
    is_decided,
    properties,
    rule_task,
    shown,
    steps_with_forms,
    told_flows,
)
from picture import flaws

from engine.form import read_form

TYPES = {
    "text": "textfield",
    "textarea": "textarea",
    "number": "number",
    "money": "number",
    "date": "datetime",
    "datetime": "datetime",
    "select": "select",
    "radio": "radio",
    "checkbox": "checkbox",
    "checklist": "checklist",
    "file": "filepicker",
    "table": "dynamiclist",
}


TAGS = {"user": "userTask", "script": "scriptTask", "service": "serviceTask"}
"""The BPMN element of a step without form, by its kind; a step with a form is a user task whatever its kind."""

DOCUMENTATION = BPMN + "documentation"
JOINS = ("_pisah", "_gabung")
"""Endings of the ids of the gateways that split and join parallel ways."""

OURS = {Path("pasuruan/disposisi")}
"""Maps that no source document describes."""

OF_OFFICE = ("nomor.", "agenda.", "lanjutan.")
"""Beginnings of the properties by which letters are numbered and handed on: the office's own addition, said so in the documentation."""


def test_facts_have_their_own_maps_and_no_map_lacks_facts() -> None:
    maps = {
        p.relative_to(ROOT / "processes").with_suffix("")
        for p in (ROOT / "processes").rglob("*.bpmn")
    }
    told = {path.relative_to(TOLD / "facts").with_suffix("") for path in FACTS}
    assert maps == told | OURS


@pytest.mark.parametrize("place", sorted(OURS))
def test_a_map_of_our_own_says_that_it_is_one(place: Path) -> None:
    process = etree.parse(ROOT / "processes" / place.with_suffix(".bpmn")).find(BPMN + "process")
    assert process is not None
    assert properties(process)["peta.kode"].startswith("ALUR-")
    assert "ketentuan Alur" in (process.findtext(BPMN + "documentation") or "")


def test_the_process_runs_on_the_camunda_7_platform(a_map: Map) -> None:
    assert a_map.root.get(MODELER + "executionPlatform") == "Camunda Platform"
    assert a_map.root.get(MODELER + "executionPlatformVersion") == "7.24.0"
    assert a_map.process.get("isExecutable") == "true"
    assert a_map.process.get(CAMUNDA + "historyTimeToLive") == "P10Y"


def test_process_and_pool_have_the_title(a_map: Map) -> None:
    pool = next(a_map.root.iter(BPMN + "participant"))
    assert a_map.process.get("id") == pool.get("processRef") == a_map.process_id
    assert a_map.process.get("name") == pool.get("name") == a_map.facts["title"]
    code = "sop.nomor" if "sop" in a_map.facts else "peta.kode"
    assert properties(a_map.process)[code] == a_map.facts["code"]


def test_every_lane_is_there_in_its_order(a_map: Map) -> None:
    lanes = [(lane.get("id"), lane.get("name")) for lane in a_map.process.iter(BPMN + "lane")]
    assert lanes == [(lane["id"], lane["name"]) for lane in a_map.facts["lanes"]]


def test_every_external_lane_names_an_internal_recorder(a_map: Map) -> None:
    inside = {lane["id"] for lane in a_map.facts["lanes"] if lane["kind"] == "internal"}
    for lane in a_map.facts["lanes"]:
        found = properties(a_map.element(lane["id"]))
        if lane["kind"] == "internal":
            assert found == {}
        else:
            assert found["jenis"] == "eksternal"
            assert found["dicatat_oleh"] in inside
            assert "ketentuan Alur" in (a_map.element(lane["id"]).findtext(DOCUMENTATION) or "")


def test_every_step_is_a_task_of_its_lane(a_map: Map) -> None:
    for step in a_map.facts["steps"]:
        task = a_map.element(step["id"])
        members = [r.text for r in a_map.element(step["lane"]).iter(BPMN + "flowNodeRef")]
        assert task.tag == BPMN + ("userTask" if step.get("form") else TAGS[step["kind"]])
        assert task.get("name") == step["name"]
        assert step["id"] in members


def test_every_step_keeps_its_kind_and_mutu_baku(a_map: Map) -> None:
    for step in a_map.facts["steps"]:
        told = {
            "jenis": step["kind"],
            "mutu_baku.kelengkapan": "; ".join(step.get("requires", [])),
            "mutu_baku.waktu": step.get("time", {}).get("iso", ""),
            "mutu_baku.output": "; ".join(step.get("output", [])),
        }
        found = properties(a_map.element(step["id"]))
        ours = {name: value for name, value in found.items() if name.startswith(OF_OFFICE)}
        assert found == {name: value for name, value in told.items() if value} | ours
        assert ours == a_map.added("properties", step["id"]) or not a_map.additions
        assert not ours or "ketentuan Alur" in (
            a_map.element(step["id"]).findtext(DOCUMENTATION) or ""
        )


def test_every_note_of_the_office_says_that_it_is_ours(a_map: Map) -> None:
    documentation = all_documentation(a_map)
    for note in [note for notes in a_map.additions.get("notes", {}).values() for note in notes]:
        assert "ketentuan Alur" in note
        assert documentation.count(note) == 1


def test_a_case_is_called_by_fields_of_its_forms(a_map: Map) -> None:
    keys = {field["key"] for field, _ in (*fields(a_map), *shown(a_map))}
    named = properties(a_map.process)
    assert {named[n] for n in ("perkara.nomor", "perkara.perihal") if n in named} <= keys
    assert "perkara.nomor" in named


def test_every_timeout_takes_its_step_away_after_its_length(a_map: Map) -> None:
    timers = list(a_map.process.iter(BPMN + "boundaryEvent"))
    assert len(timers) == len(a_map.facts["timeouts"])
    for told in a_map.facts["timeouts"]:
        event = a_map.element(f"{told['at']}_batas")
        assert event.get("attachedToRef") == told["at"]
        assert event.get("cancelActivity", "true") == "true"
        length = event.find(f"{BPMN}timerEventDefinition/{BPMN}timeDuration")
        assert length is not None
        assert length.text == told["after"]


def test_a_length_that_the_document_does_not_state_is_marked(a_map: Map) -> None:
    for told in a_map.facts["timeouts"]:
        event = a_map.element(f"{told['at']}_batas")
        words = (event.get("name") or "", event.findtext(DOCUMENTATION) or "")
        is_marked = properties(event) == {"batas.ditetapkan": "tidak"}
        is_said = "belum ditetapkan dokumen" in words[0] and "tidak ditetapkan dokumen" in words[1]
        assert is_marked == is_said == (not told["stated"])


def test_a_script_step_calculates_what_the_office_reads(a_map: Map) -> None:
    for step in [step for step in a_map.facts["steps"] if step["kind"] == "script"]:
        task, told = a_map.element(step["id"]), a_map.added("scripts", step["id"])
        assert task.get("scriptFormat") == "feel"
        assert task.get(CAMUNDA + "resultVariable") == told["result"]
        assert task.findtext(BPMN + "script") == told["feel"]


def test_work_of_an_outside_system_is_an_external_topic(a_map: Map) -> None:
    for step in [step for step in a_map.facts["steps"] if step["kind"] == "service"]:
        task = a_map.element(step["id"])
        assert task.get(CAMUNDA + "type") == "external"
        assert task.get(CAMUNDA + "topic") == f"{step['lane']}_{step['id']}"


def test_no_element_is_there_that_the_facts_do_not_know(a_map: Map) -> None:
    told = {"mulai", *(e["id"] for key in ("steps", "gateways", "ends") for e in a_map.facts[key])}
    told |= {f"{each['at']}_batas" for each in a_map.facts["timeouts"]}
    told |= {end for pair in told_flows(a_map.facts) for end in pair if end.endswith(JOINS)}
    told |= {rule_task(step) for step in a_map.facts["steps"] if step["kind"] == RULE}
    assert {ref.text for ref in a_map.process.iter(BPMN + "flowNodeRef")} == told


def test_steps_follow_each_other_as_told(a_map: Map) -> None:
    flows = [(f.get("sourceRef"), f.get("targetRef")) for f in a_map.flows()]
    assert len(flows) == len(set(flows))
    assert set(flows) == told_flows(a_map.facts)


def test_every_branch_has_its_label_and_condition(a_map: Map) -> None:
    for gateway in a_map.facts["gateways"]:
        element = a_map.element(gateway["id"])
        assert element.tag == BPMN + "exclusiveGateway"
        assert element.get("name") == gateway["question"]
        told = [(b["label"], b["to"], "${" + _juel(b["when"]) + "}") for b in gateway["branches"]]
        found = [
            (f.get("name"), f.get("targetRef"), f.findtext(BPMN + "conditionExpression"))
            for f in a_map.flows()
            if f.get("sourceRef") == gateway["id"]
        ]
        assert sorted(found) == sorted(told)


def _juel(feel: str) -> str:
    return feel.replace(" = ", " == ").replace(" and ", " && ")


def test_every_answer_of_a_gateway_has_a_way_on(a_map: Map) -> None:
    steps = {step["id"]: step for step in a_map.facts["steps"]}
    for gateway in a_map.facts["gateways"]:
        conditions = " ".join(f.findtext(BPMN + "conditionExpression") or "" for f in a_map.flows())
        form = steps[gateway["after"]]["form"]
        asked = [f for f in form if f["key"] in conditions and "options" in f]
        answers = {f'{f["key"]} == "{o["value"]}"' for f in asked for o in f["options"]}
        assert answers
        assert all(answer in conditions for answer in answers)


def test_every_end_has_its_name(a_map: Map) -> None:
    for end in a_map.facts["ends"]:
        assert a_map.element(end["id"]).tag == BPMN + "endEvent"
        assert a_map.element(end["id"]).get("name") == end["name"]


def test_the_start_stands_in_its_lane(a_map: Map) -> None:
    lane = a_map.element(a_map.facts["start"]["lane"])
    assert "mulai" in [ref.text for ref in lane.iter(BPMN + "flowNodeRef")]
    assert a_map.element("mulai").get("name") == a_map.facts["start"].get("name")


def test_every_open_point_is_told_once(a_map: Map) -> None:
    documentation = all_documentation(a_map)
    for point in a_map.facts["open_points"]:
        assert documentation.count(point) == 1
    assert a_map.facts["source"]["where"] in documentation


def test_every_step_has_its_form_and_no_form_lacks_a_step(a_map: Map) -> None:
    assert set(a_map.forms) == {step["id"] for step in steps_with_forms(a_map)}
    for element_id, data in a_map.forms.items():
        task = a_map.element(element_id)
        assert task.get(CAMUNDA + "formRef") == f"{a_map.process_id}_{element_id}"
        assert task.get(CAMUNDA + "formRefBinding") == "deployment"
        assert json.loads(data)["id"] == task.get(CAMUNDA + "formRef")


def test_every_form_is_one_that_alur_and_the_modeler_read(a_map: Map) -> None:
    for element_id, data in a_map.forms.items():
        content = json.loads(data)
        assert content["executionPlatform"] == "Camunda Platform"
        assert content["executionPlatformVersion"] == "7.24.0"
        assert content["schemaVersion"] == 19
        assert read_form(data, file=f"{element_id}.form").id == content["id"]


def test_every_field_has_its_key_label_and_type(a_map: Map) -> None:
    for field, component in fields(a_map):
        assert component.get("key", component.get("path")) == field["key"]
        assert component.get("label", component.get("dateLabel")) == field["label"]
        assert component["type"] == TYPES[field["type"]]
        if component["type"] == "datetime":
            assert component["subtype"] == field["type"]


def test_what_is_shown_above_a_form_is_only_read_and_was_filled_in_elsewhere(a_map: Map) -> None:
    given = {n for p in _additions() for n in _handed_on(p, a_map.process_id)}
    given |= {name for each in a_map.repeats.values() for name in each["outputs"]}
    filled = {field["key"] for field, _ in fields(a_map) if is_decided(field)}
    for field, component in shown(a_map):
        key = component.get("key", component.get("dataSource", "").removeprefix("="))
        assert key == field["key"]
        assert component.get("label", component.get("dateLabel")) == field["label"]
        assert component["type"] == "table" or component["readonly"] is True
        assert key in filled | given


def _additions() -> list[dict[str, str]]:
    return [each for path in FACTS for each in additions_to(path).get("properties", {}).values()]


def _handed_on(told: dict[str, str], process_id: str) -> set[str]:
    """Give the data that a step hands on to cases of this process."""
    if told.get("lanjutan.proses") != process_id:
        return set()
    return {pair.partition("=")[0].strip() for pair in told["lanjutan.data"].split(",")}


def test_every_hint_stands_below_its_field(a_map: Map) -> None:
    found = {}
    for step in steps_with_forms(a_map):
        components = json.loads(a_map.forms[step["id"]])["components"]
        hints = {c["key"]: c["description"] for c in components if "description" in c}
        found |= {step["id"]: hints} if hints else {}
    assert found == a_map.additions.get("hints", {})


def test_every_field_is_required_or_readonly_as_told(a_map: Map) -> None:
    for field, component in fields(a_map):
        wajib = component.get("properties", {}).get("wajib") == "ya"
        required = component.get("validate", {}).get("required", False) or wajib
        assert required == field.get("required", False)
        assert component.get("readonly", False) == field.get("readonly", False)


def test_every_choice_offers_the_options_as_told(a_map: Map) -> None:
    for field, component in fields(a_map):
        assert component.get("values") == field.get("options")


def test_every_table_has_its_columns(a_map: Map) -> None:
    for field, component in fields(a_map):
        assert len(component.get("components", [])) == len(field.get("columns", []))


def test_component_ids_are_made_from_the_keys(a_map: Map) -> None:
    ids = [component["id"] for _, component in fields(a_map)]
    assert all(re.fullmatch(r"Field_[a-z_]+", each) for each in ids)


def test_nothing_in_the_drawing_disturbs_the_eye(a_map: Map) -> None:
    assert flaws(a_map.bpmn) == []
