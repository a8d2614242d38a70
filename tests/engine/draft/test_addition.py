"""What an office adds to the facts of a process, and which additions are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from draft_kit import BPMN, CAMUNDA, facts, field, properties, step
from lxml import etree

from engine.draft import draft
from engine.errors import DefinitionError

FACTS = facts(step("a", form=[field("nama"), field("nilai", "money")]), step("b"))


def process(additions: dict[str, Any]) -> etree._Element:
    """Give the drafted process."""
    root = etree.fromstring(draft(FACTS, additions).bpmn)
    return next(root.iter(BPMN + "process"))


def element(additions: dict[str, Any], element_id: str) -> etree._Element:
    return next(e for e in process(additions).iter() if e.get("id") == element_id)


def components(additions: dict[str, Any], element_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(draft(FACTS, additions).forms[element_id])[
        "components"
    ]
    return found


def test_without_additions_the_facts_alone_are_drawn() -> None:
    assert draft(FACTS, {}) == draft(FACTS)


def test_a_case_is_called_by_the_fields_that_the_office_names() -> None:
    found = properties(process({"subject": "nama", "number": "catatan"}))
    assert (found["perkara.perihal"], found["perkara.nomor"]) == ("nama", "catatan")


def test_a_script_of_the_office_makes_a_script_step_run() -> None:
    known = facts(step("hitung", kind="script"), step("b"))
    script = {"result": "putaran", "feel": "if putaran = null then 1 else putaran + 1"}
    root = etree.fromstring(draft(known, {"scripts": {"hitung": script}}).bpmn)
    task = next(root.iter(BPMN + "scriptTask"))
    assert task.get(CAMUNDA + "resultVariable") == "putaran"
    assert task.findtext(BPMN + "script") == script["feel"]


def test_a_step_that_the_office_has_done_once_per_item_says_what_each_time_has_and_leaves() -> None:
    told = {
        "collection": "${daftar}",
        "variable": "ini",
        "candidates": "${ini}",
        "inputs": {"nama": "${ini}"},
        "outputs": {"semua": "=append(semua, nama)"},
    }
    task = element({"repeats": {"a": told}}, "a")
    over = task[-1]
    assert etree.QName(over).localname == "multiInstanceLoopCharacteristics"
    assert over.get(CAMUNDA + "collection") == "${daftar}"
    assert over.get(CAMUNDA + "elementVariable") == "ini"
    assert task.get(CAMUNDA + "candidateGroups") == "${ini}"
    (given,) = task.iter(CAMUNDA + "inputParameter")
    assert (given.get("name"), given.text) == ("nama", "${ini}")
    (script,) = task.iter(CAMUNDA + "script")
    assert (script.get("scriptFormat"), script.text) == ("feel", "append(semua, nama)")


@pytest.mark.parametrize("owner", ["a", "dalam", "selesai", "uji_contoh_kecil"])
def test_properties_and_notes_stand_at_their_owner(owner: str) -> None:
    additions = {"properties": {owner: {"x.y": "1"}}, "notes": {owner: ["Ketentuan Alur."]}}
    found = process(additions) if owner == "uji_contoh_kecil" else element(additions, owner)
    assert properties(found)["x.y"] == "1"
    assert (found.findtext(BPMN + "documentation") or "").endswith("Ketentuan Alur.")


def test_fields_of_the_case_before_are_shown_above_a_steps_own_unless_they_are_empty() -> None:
    shown = [field("nama"), field("daftar", "table", columns=[field("baris")])]
    found = components({"shows": {"b": shown}}, "b")
    assert [c.get("key") for c in found] == ["nama", None, "catatan"]
    assert found[0]["readonly"] is True
    assert found[1]["dataSource"] == "=daftar"
    assert [c.get("conditional") for c in found[1:]] == [{"hide": "=daftar = null"}, None]


def test_a_hint_stands_below_its_field() -> None:
    found = components({"hints": {"a": {"nilai": "Dalam rupiah."}}}, "a")
    assert [c.get("description") for c in found] == [None, "Dalam rupiah."]


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown kind": ({"scriptz": {}}, "facts_unknown", "scriptz"),
    "a script of no step": (
        {"scripts": {"x": {"result": "n", "feel": "1"}}},
        "facts_unknown",
        "x",
    ),
    "a repetition of no step": (
        {"repeats": {"x": {"collection": "${a}", "variable": "b"}}},
        "facts_unknown",
        "x",
    ),
    "fields shown at no step": ({"shows": {"x": [field("nama")]}}, "facts_unknown", "x"),
    "a hint at no field": ({"hints": {"a": {"hilang": "?"}}}, "facts_unknown", "hilang"),
    "properties of nothing": ({"properties": {"x": {"y": "1"}}}, "facts_unknown", "x"),
    "a note at nothing": ({"notes": {"x": ["?"]}}, "facts_unknown", "x"),
    "a field that is there twice": ({"shows": {"a": [field("nama")]}}, "facts_twice", "nama"),
}


@pytest.mark.parametrize(("additions", "code", "about"), REFUSED.values(), ids=REFUSED)
def test_wrong_additions_are_refused_with_what_is_wrong(
    additions: dict[str, Any], code: str, about: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        draft(FACTS, additions)
    assert (caught.value.code, caught.value.params["id"]) == (code, about)
    assert str(caught.value).startswith("Expected ")
