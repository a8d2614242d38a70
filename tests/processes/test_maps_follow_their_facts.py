"""Every shipped map, and what the facts draft today, says all that the source document says and nothing else.

`facts/<agency>/<slug>.yaml` is the source document, read by people; process owners may edit the maps, the facts stay.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from lxml import etree
from picture import flaws

from engine.draft import draft
from engine.form import read_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

ROOT = Path(__file__).parents[2]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
MODELER = "{http://camunda.org/schema/modeler/1.0}"

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


OURS = {Path("pasuruan/disposisi")}
"""Maps that no source document describes."""

OF_OFFICE = ("nomor.", "agenda.", "lanjutan.")
"""Beginnings of the properties by which letters are numbered and handed on: the office's own addition, said so in the documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map and the facts that it must follow."""

    facts: Any
    bpmn: bytes
    forms: Mapping[str, bytes]

    @property
    def root(self) -> _Element:
        """The file."""
        return etree.fromstring(self.bpmn)

    @property
    def process(self) -> _Element:
        """The one process in it."""
        return next(self.root.iter(BPMN + "process"))

    @property
    def process_id(self) -> str:
        """The id that the process must have."""
        return f"{self.facts['agency']}_{self.facts['slug']}".replace("-", "_")

    def element(self, element_id: str) -> _Element:
        """Give what has this id: lane, element or flow."""
        return next(e for e in self.process.iter() if e.get("id") == element_id)

    def flows(self) -> list[_Element]:
        """Give all sequence flows."""
        return list(self.process.iter(BPMN + "sequenceFlow"))


@cache
def shipped(path: Path) -> Map:
    facts = yaml.safe_load(path.read_text())
    place = Path(facts["agency"]) / facts["slug"]
    files = (ROOT / "forms" / place).glob("*.form")
    bpmn = (ROOT / "processes" / place).with_suffix(".bpmn").read_bytes()
    return Map(facts=facts, bpmn=bpmn, forms={file.stem: file.read_bytes() for file in files})


@cache
def drafted(path: Path) -> Map:
    facts = yaml.safe_load(path.read_text())
    made = draft(facts)
    return Map(facts=facts, bpmn=made.bpmn, forms=made.forms)


FACTS = sorted((Path(__file__).parent / "facts").rglob("*.yaml"))


@pytest.fixture(
    params=[(way, path) for path in FACTS for way in (shipped, drafted)],
    ids=[f"{path.stem}-{way.__name__}" for path in FACTS for way in (shipped, drafted)],
)
def a_map(request: pytest.FixtureRequest) -> Map:
    way, path = request.param
    made = way(path)
    assert isinstance(made, Map)
    return made


def properties(element: _Element) -> dict[str, str]:
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return {p.get("name", ""): p.get("value", "") for p in element.findall(path)}


def all_documentation(a_map: Map) -> str:
    return "\n".join(d.text or "" for d in a_map.process.iter(BPMN + "documentation"))


def fields(a_map: Map) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Pair each field of the facts, columns too, with its component, in order."""
    for step in a_map.facts["steps"]:
        components = json.loads(a_map.forms[step["id"]])["components"]
        assert len(components) == len(step["form"])
        for field, component in zip(step["form"], components, strict=True):
            yield field, component
            yield from zip(field.get("columns", []), component.get("components", []), strict=True)


def test_facts_have_their_own_maps_and_no_map_lacks_facts() -> None:
    maps = {
        p.relative_to(ROOT / "processes").with_suffix("")
        for p in (ROOT / "processes").rglob("*.bpmn")
    }
    told = {path.relative_to(Path(__file__).parent / "facts").with_suffix("") for path in FACTS}
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
    assert properties(a_map.process)["peta.kode"] == a_map.facts["code"]


def test_every_lane_is_there_in_its_order(a_map: Map) -> None:
    lanes = [(lane.get("id"), lane.get("name")) for lane in a_map.process.iter(BPMN + "lane")]
    assert lanes == [(lane["id"], lane["name"]) for lane in a_map.facts["lanes"]]


def test_every_external_lane_names_an_internal_recorder(a_map: Map) -> None:
    inside = {lane["id"] for lane in a_map.facts["lanes"] if lane["kind"] == "internal"}
    for lane in a_map.facts["lanes"]:
        recorder = properties(a_map.element(lane["id"])).get("dicatat_oleh")
        assert (recorder in inside) if lane["kind"] == "external" else (recorder is None)


def test_every_step_is_a_user_task_of_its_lane(a_map: Map) -> None:
    for step in a_map.facts["steps"]:
        task = a_map.element(step["id"])
        members = [r.text for r in a_map.element(step["lane"]).iter(BPMN + "flowNodeRef")]
        assert task.tag == BPMN + "userTask"
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
        assert not ours or "ketentuan Alur" in (
            a_map.element(step["id"]).findtext(BPMN + "documentation") or ""
        )


def test_no_element_is_there_that_the_facts_do_not_know(a_map: Map) -> None:
    told = {"mulai", *(e["id"] for key in ("steps", "gateways", "ends") for e in a_map.facts[key])}
    assert {ref.text for ref in a_map.process.iter(BPMN + "flowNodeRef")} == told


def test_steps_follow_each_other_as_told(a_map: Map) -> None:
    steps = [step["id"] for step in a_map.facts["steps"]]
    told = set(zip(["mulai", *steps], steps, strict=False))
    for gateway in a_map.facts["gateways"]:
        after = gateway["after"]
        told -= {(a, b) for a, b in told if a == after}
        told |= {(after, gateway["id"])} | {(gateway["id"], b["to"]) for b in gateway["branches"]}
    told |= {(end["after"], end["id"]) for end in a_map.facts["ends"]}
    flows = [(f.get("sourceRef"), f.get("targetRef")) for f in a_map.flows()]
    assert len(flows) == len(set(flows))
    assert set(flows) == told


def test_every_branch_has_its_label_and_condition(a_map: Map) -> None:
    for gateway in a_map.facts["gateways"]:
        element = a_map.element(gateway["id"])
        assert element.tag == BPMN + "exclusiveGateway"
        assert element.get("name") == gateway["question"]
        told = [
            (b["label"], b["to"], "${" + b["when"].replace(" = ", " == ") + "}")
            for b in gateway["branches"]
        ]
        found = [
            (f.get("name"), f.get("targetRef"), f.findtext(BPMN + "conditionExpression"))
            for f in a_map.flows()
            if f.get("sourceRef") == gateway["id"]
        ]
        assert sorted(found) == sorted(told)


def test_every_answer_of_a_gateway_has_a_way_on(a_map: Map) -> None:
    steps = {step["id"]: step for step in a_map.facts["steps"]}
    for gateway in a_map.facts["gateways"]:
        conditions = " ".join(f.findtext(BPMN + "conditionExpression") or "" for f in a_map.flows())
        asked = [f for f in steps[gateway["after"]]["form"] if f["key"] in conditions]
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
    assert set(a_map.forms) == {step["id"] for step in a_map.facts["steps"]}
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
