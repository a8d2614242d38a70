"""Each rule with a map that it lets through, each finding with a map that it is found in, at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from call_maps import versions_of
from decision_kit import dmn, literal, table
from engine_maps import drawn, form_of
from finding_codes import codes_by_rule
from owner_maps import FORMS, unsaid
from rule_examples import INVALID, KERJA, STEP, VALID, conditional, without

from engine.gate import examine
from engine.rule import Severity
from engine.rules import RULES

if TYPE_CHECKING:
    from engine.rule import Finding


def known(key: str) -> bool:
    return key == "anak"


def findings(source: bytes) -> tuple[Finding, ...]:
    package = {
        "p.bpmn": source,
        "isi.form": form_of("isi", "catatan"),
        "batas.dmn": dmn(literal("batas_a - batas_b", key="batas", name="Jarak", variable="jarak")),
        "syarat.form": conditional("syarat", "=i = null and catatan = null and tanda != null"),
        "salah.form": conditional("salah", "=catatn = null"),
        "sama.form": form_of("sama", "kerja_dari"),
        "nilai.dmn": dmn(table()),
        **FORMS,
    }
    names = [n for n in package if n.endswith(".form") and f'"{n[:-5]}"'.encode() not in source]
    package = {name: data for name, data in package.items() if name not in names}
    found = examine(
        package, is_known=known, in_force=lambda _: None, versions_of=versions_of
    ).findings
    found = tuple(f for f in found if not unsaid(f, source))
    # the examples of the other rules don't say who hands them their variables
    return tuple(f for f in found if f.code != "variable_unprovided" or b'id="hitung"' in source)


def test_every_rule_has_a_valid_example() -> None:
    assert VALID.keys() == RULES.keys() == codes_by_rule().keys()


def test_every_finding_of_a_rule_has_an_invalid_example() -> None:
    assert INVALID.keys() == set().union(*codes_by_rule().values())


@pytest.mark.parametrize("rule", RULES)
def test_a_valid_example_passes_the_whole_gate(rule: str) -> None:
    assert findings(VALID[rule]) == ()


@pytest.mark.parametrize("code", INVALID)
def test_an_invalid_example_is_found_at_its_place(code: str) -> None:
    wrong = INVALID[code]
    lines = wrong.source.decode().splitlines()
    marker = wrong.on_line or f'id="{wrong.element}"'
    places = {number for number, line in enumerate(lines, 1) if marker in line}
    here = [f for f in findings(wrong.source) if f.code == code]
    assert {(f.file, f.element_id) for f in here} == {("p.bpmn", wrong.element)}
    assert {f.line for f in here} <= places
    assert here


@pytest.mark.parametrize("code", INVALID)
def test_a_finding_refuses_the_file_unless_it_is_only_a_warning(code: str) -> None:
    severities = {f.severity for f in findings(INVALID[code].source) if f.code == code}
    assert severities == {Severity.WARNING if code in WARNINGS else Severity.ERROR}


WARNINGS = {
    "attribute_not_bpmn",
    "attribute_unknown",
    "attribute_without_effect",
    "call_itself",
    "condition_never",
    "conditions_overlap",
    "drawn_field_property",
    "error_caught_nowhere",
    "extension_unknown",
    "extension_without_effect",
    "form_name_unknown",
    "form_unused",
    "loop_without_wait",
    "message_variable_unknown",
    "message_without_key",
    "office_value_unused",
    "raised_never",
    "retention_wrong",
    "timer_unstated",
    "variable_misspelt",
    "variable_unprovided",
    "ways_gap",
    "ways_unsure",
}


def test_a_flow_to_a_note_is_loose() -> None:
    note = b'<bpmn:textAnnotation id="catatan"/></bpmn:process>'
    source = without(
        without(KERJA, b"</bpmn:process>", note), b'targetRef="kerja"', b'targetRef="catatan"'
    )
    assert "flow_loose" in {f.code for f in findings(source)}


def test_an_element_that_is_refused_is_named_once_and_its_flows_are_in_order() -> None:
    adhoc = (
        b'<bpmn:adHocSubProcess id="kerja"><bpmn:task id="T_1"/>'
        b"<bpmn:completionCondition>=true</bpmn:completionCondition></bpmn:adHocSubProcess>"
    )
    found = findings(without(KERJA, b'<bpmn:manualTask id="kerja"/>', adhoc))
    assert [(f.code, f.element_id) for f in found] == [("element_refused", "kerja")]
    assert found[0].params == {"kind": "adHocSubProcess"}


def test_a_lane_inside_a_lane_may_name_the_same_element() -> None:
    inner = (
        b'<bpmn:childLaneSet id="dalam"><bpmn:lane id="staf"><bpmn:flowNodeRef>kerja</bpmn:flowNodeRef>'
        b"</bpmn:lane></bpmn:childLaneSet></bpmn:lane>"
    )
    assert findings(without(KERJA, b"</bpmn:lane>", inner)) == ()


def test_a_gateway_without_a_way_on_is_a_dead_end() -> None:
    source = drawn("and kerja\nmulai -> kerja\n" + STEP)
    assert {("dead_end", "kerja")} <= {(f.code, f.element_id) for f in findings(source)}
