"""Steps whose decision a rule gives, and steps that are done once per item: as the facts and the office's additions say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from map_kit import BPMN, CAMUNDA, RULE, is_decided, properties, rule_task

if TYPE_CHECKING:
    from lxml.etree import _Element
    from map_kit import Map

DOCUMENTATION = BPMN + "documentation"


def test_a_rule_asks_the_decision_of_its_deployment_before_its_form(a_map: Map) -> None:
    for step in [step for step in a_map.facts["steps"] if step["kind"] == RULE]:
        task = a_map.element(rule_task(step))
        decided = [field["key"] for field in step["form"] if is_decided(field)]
        assert task.tag == BPMN + "businessRuleTask"
        assert task.get(CAMUNDA + "decisionRef") == f"{a_map.process_id}_{step['id']}"
        assert task.get(CAMUNDA + "decisionRefBinding") == "deployment"
        assert task.get(CAMUNDA + "mapDecisionResult") == "singleResult"
        assert task.get(CAMUNDA + "resultVariable") == rule_task(step)
        assert _parameters(task, "output") == {
            key: f"${{{rule_task(step)}.{key}}}" for key in decided
        }


def test_a_rule_of_the_office_says_that_it_is_ours(a_map: Map) -> None:
    for step in a_map.additions.get("rules", {}):
        assert "ketentuan Alur" in (a_map.element(step).findtext(DOCUMENTATION) or "")


def test_the_process_declares_the_numbers_that_the_office_sets(a_map: Map) -> None:
    told = {n: v for n, v in properties(a_map.process).items() if n.startswith("ketetapan.")}
    ours = a_map.added("properties", a_map.process_id)
    assert told == {n: v for n, v in ours.items() if n.startswith("ketetapan.")}


def test_who_says_something_else_than_the_rule_gives_a_reason(a_map: Map) -> None:
    for step in [step for step in a_map.facts["steps"] if step["kind"] == RULE]:
        reason = json.loads(a_map.forms[step["id"]])["components"][-1]
        decided = [field["key"] for field in step["form"] if not field.get("readonly")]
        unchanged = " and ".join(f"{key} = {rule_task(step)}.{key}" for key in decided)
        assert (reason["key"], reason["validate"]) == ("alasan_koreksi", {"required": True})
        assert reason["conditional"] == {"hide": f"={unchanged}"}


def test_a_step_is_done_once_per_item_where_the_office_says_so(a_map: Map) -> None:
    tag = f"{BPMN}multiInstanceLoopCharacteristics"
    found = {e.get("id"): e.find(tag) for e in a_map.process if e.find(tag) is not None}
    assert found.keys() == a_map.repeats.keys()
    for step, told in a_map.repeats.items():
        task = a_map.element(step)
        assert found[step].get(CAMUNDA + "collection") == told["collection"]
        assert found[step].get(CAMUNDA + "elementVariable") == told["variable"]
        assert task.get(CAMUNDA + "candidateGroups") == told["candidates"]
        assert _parameters(task, "input") == told["inputs"]
        assert _parameters(task, "output") == told["outputs"]
        assert "ketentuan Alur" in (task.findtext(DOCUMENTATION) or "")


def _parameters(task: _Element, direction: str) -> dict[str, str]:
    """Give what a task is given or leaves behind; a script in FEEL begins with `=`."""
    path = f"{BPMN}extensionElements/{CAMUNDA}inputOutput/{CAMUNDA}{direction}Parameter"
    scripts = {p: p.findtext(CAMUNDA + "script") for p in task.findall(path)}
    return {
        p.get("name", ""): (p.text or "") if script is None else f"={script}"
        for p, script in scripts.items()
    }
