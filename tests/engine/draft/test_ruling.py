"""A rule that the office lets decide what a step asks of people: a step of its own, behind that one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from draft_kit import BPMN, CAMUNDA, facts, field, step
from lxml import etree

from engine.draft import Draft, draft
from engine.errors import DefinitionError

GRADE = field("nilai", "number"), field("predikat", required=True)
RULE = {
    "after": "nilai",
    "name": "Menetapkan predikat",
    "gives": ["predikat"],
    "form": [field("skor", "number")],
}
ASKED = facts(
    step("nilai", form=list(GRADE)),
    step("b"),
    step("c"),
    flows=[{"from": "nilai", "to": "c", "kind": "message"}, {"from": "c", "to": "b", "kind": "sequence"}],
    ends=[{"id": "selesai", "after": "b", "name": "Selesai"}],
)  # fmt: skip


def ruled(**more: object) -> Draft:
    return draft(ASKED, {"rules": {"predikat_rapat": {**RULE, **more}}})


def keys(made: Draft, element: str) -> list[str]:
    components: list[dict[str, Any]] = json.loads(made.forms[element])["components"]
    return [component["key"] for component in components]


def test_what_the_rule_gives_moves_to_a_form_where_it_can_be_corrected_with_a_reason() -> None:
    made = ruled()
    assert keys(made, "nilai") == ["nilai"]
    assert keys(made, "predikat_rapat") == ["skor", "predikat", "alasan_koreksi"]
    told, predicate, _ = json.loads(made.forms["predikat_rapat"])["components"]
    assert told["readonly"] is True
    assert predicate["validate"] == {"required": True}


def test_the_rule_is_asked_behind_the_step_and_gives_all_that_its_form_tells() -> None:
    process = next(etree.fromstring(ruled().bpmn).iter(BPMN + "process"))
    task = next(process.iter(BPMN + "businessRuleTask"))
    assert task.get(CAMUNDA + "decisionRef") == "uji_contoh_kecil_predikat_rapat"
    assert [p.get("name") for p in task.iter(CAMUNDA + "outputParameter")] == ["skor", "predikat"]


def test_what_followed_the_step_follows_the_rule() -> None:
    process = next(etree.fromstring(ruled().bpmn).iter(BPMN + "process"))
    flows = [(f.get("sourceRef"), f.get("targetRef")) for f in process.iter(BPMN + "sequenceFlow")]
    assert set(flows) == {
        ("mulai", "nilai"),
        ("nilai", "predikat_rapat_aturan"),
        ("predikat_rapat_aturan", "predikat_rapat"),
        ("predikat_rapat", "c"),
        ("c", "b"),
        ("b", "selesai"),
    }


@pytest.mark.parametrize("wrong", [{"after": "hilang"}, {"gives": ["hilang"]}, {"after": "b"}])
def test_a_rule_behind_no_step_or_of_no_field_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(DefinitionError) as refused:
        ruled(**wrong)
    assert refused.value.code == "facts_unknown"
