"""A shipped map, or one that the facts draft today, beside the facts and additions that it must follow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from lxml import etree

from engine.draft import draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

ROOT = Path(__file__).parents[1]
TOLD = ROOT / "tests" / "processes"
FACTS = sorted((TOLD / "facts").rglob("*.yaml"))
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
Told: TypeAlias = "dict[str, Any]"
"""A mapping as it stands in a file."""

RULE = "business_rule"
"""The kind of a step whose decision is asked before its form, which has a field more: the reason of a correction."""

MODELER = "{http://camunda.org/schema/modeler/1.0}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map and the facts that it must follow."""

    facts: Told
    additions: Told
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

    def shows(self, step: str) -> list[Told]:
        """Give the fields that the office shows above a step's own."""
        fields: list[Told] = self.additions.get("shows", {}).get(step, [])
        return fields

    @property
    def repeats(self) -> dict[str, Told]:
        """The steps that the office has done once per item."""
        found: dict[str, Told] = self.additions.get("repeats", {})
        return found

    def added(self, kind: str, owner: str) -> dict[str, str]:
        """Give what the office adds to an element, of a kind that has names and texts."""
        texts: dict[str, str] = self.additions.get(kind, {}).get(owner, {})
        return texts

    def flows(self) -> list[_Element]:
        """Give all sequence flows."""
        return list(self.process.iter(BPMN + "sequenceFlow"))


def additions_to(path: Path) -> Told:
    """Give what the office adds to these facts; nothing when there is no such file."""
    file = TOLD / "additions" / path.relative_to(TOLD / "facts")
    told: Told = yaml.safe_load(file.read_text()) if file.exists() else {}
    return told


@cache
def shipped(path: Path) -> Map:
    """Give the map that is shipped for these facts."""
    additions = additions_to(path)
    facts = with_rules(yaml.safe_load(path.read_text()), additions)
    place = Path(facts["agency"]) / facts["slug"]
    files = (ROOT / "forms" / place).glob("*.form")
    bpmn = (ROOT / "processes" / place).with_suffix(".bpmn").read_bytes()
    return Map(
        facts=facts,
        additions=additions,
        bpmn=bpmn,
        forms={file.stem: file.read_bytes() for file in files},
    )


@cache
def drafted(path: Path) -> Map:
    """Give the map that these facts draft today."""
    facts, additions = yaml.safe_load(path.read_text()), additions_to(path)
    made = draft(facts, additions)
    told = with_rules(facts, additions)
    return Map(facts=told, additions=additions, bpmn=made.bpmn, forms=made.forms)


def with_rules(facts: Told, additions: Told) -> Told:
    """Give the facts with the steps of the office's rules: each takes fields of the step before it (`engine.draft.ruling`)."""
    steps: list[Told] = []
    rules = {rule["after"]: (name, rule) for name, rule in additions.get("rules", {}).items()}
    for step in facts["steps"]:
        if step["id"] not in rules:
            steps.append(step)
            continue
        name, rule = rules[step["id"]]
        moved = [field for field in step["form"] if field["key"] in rule["gives"]]
        told = [{**field, "readonly": True, "ruled": True} for field in rule["form"]]
        steps.append({**step, "form": [field for field in step["form"] if field not in moved]})
        own = {"id": name, "lane": step["lane"], "name": rule["name"], "kind": RULE}
        steps.append({**own, "form": told + moved})
    return {**facts, "steps": steps}


def properties(element: _Element) -> dict[str, str]:
    """Give the properties of an element."""
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return {p.get("name", ""): p.get("value", "") for p in element.findall(path)}


def all_documentation(a_map: Map) -> str:
    """Give all that is written about the map in it."""
    return "\n".join(d.text or "" for d in a_map.process.iter(BPMN + "documentation"))


def fields(a_map: Map) -> Iterator[tuple[Told, Told]]:
    """Pair each field of the facts, columns too, with its component, in order; what is shown above them is left out."""
    for step in steps_with_forms(a_map):
        components = json.loads(a_map.forms[step["id"]])["components"]
        own = components[len(a_map.shows(step["id"])) :]
        own = own[:-1] if step["kind"] == RULE else own
        assert len(own) == len(step["form"])
        for field, component in zip(step["form"], own, strict=True):
            yield field, component
            yield from zip(field.get("columns", []), component.get("components", []), strict=True)


def shown(a_map: Map) -> Iterator[tuple[Told, Told]]:
    """Pair each field that the office shows above a step's own with its component."""
    for step in steps_with_forms(a_map):
        components = json.loads(a_map.forms[step["id"]])["components"]
        yield from zip(a_map.shows(step["id"]), components, strict=False)


def is_decided(field: Told) -> bool:
    """Tell whether a field is filled in, by a person or by the rule of its step."""
    return field.get("ruled", False) or not field.get("readonly")


def steps_with_forms(a_map: Map) -> list[Told]:
    """Give the steps that somebody fills in a form at."""
    return [step for step in a_map.facts["steps"] if step.get("form")]


def told_flows(facts: Told) -> set[tuple[str, str]]:
    """Give source and target of each flow, by the chapter "Reading the flow" of the catalogue's format."""
    steps = [step["id"] for step in facts["steps"]]
    gateways = {gateway["id"] for gateway in facts["gateways"]}
    told: list[tuple[str, str, bool]] = [("mulai", steps[0], False)]
    for place, step in enumerate(steps):
        ways = [(f["to"], f["kind"] == "parallel") for f in facts["flows"] if f["from"] == step]
        ways += [(g["id"], False) for g in facts["gateways"] if g["after"] == step]
        ways += [(e["id"], False) for e in facts["ends"] if e["after"] == step]
        told += [(step, *way) for way in ways or [(steps[place + 1], False)]]
    told += [(g["id"], branch["to"], False) for g in facts["gateways"] for branch in g["branches"]]
    told += [(f"{each['at']}_batas", each["to"], False) for each in facts["timeouts"]]
    assert {end["after"] for end in facts["ends"]} <= {*steps, *gateways}
    rules = {step["id"]: rule_task(step) for step in facts["steps"] if step["kind"] == RULE}
    pairs = {pair for way in told for pair in _through_gateways(way, told)}
    asked = {(source, rules.get(target, target)) for source, target in pairs}
    return asked | {(task, step) for step, task in rules.items()}


def rule_task(step: Told) -> str:
    """Give the id of the task that asks a step's decision before its form is shown."""
    return f"{step['id']}_aturan"


def _through_gateways(
    way: tuple[str, str, bool], told: list[tuple[str, str, bool]]
) -> Iterator[tuple[str, str]]:
    """Lead a parallel way through the gateway that splits it from others or joins it with them."""
    source, target, parallel = way
    if parallel and sum(s == source and p for s, _, p in told) > 1:
        yield source, f"{source}_pisah"
        source = f"{source}_pisah"
    if parallel and sum(t == target and p for _, t, p in told) > 1:
        yield f"{target}_gabung", target
        target = f"{target}_gabung"
    yield source, target
