"""What Camunda Modeler writes for either platform goes to the same fields, and none of it is passed over in silence."""

from __future__ import annotations

import re
from functools import reduce
from pathlib import Path

import pytest
from dialect_rows import ELEMENTS, HEAD, PROCESSES, element, inside
from lxml import etree

from engine.dialects import ACCEPTED, HONOURED, PLACES, PROGRAMS, REFUSED, WITHOUT_EFFECT
from engine.gate import examine
from engine.process import ElementKind, Process
from engine.source import CAMUNDA, ZEEBE, read_source, word_of

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "dialects.md").read_text(encoding="utf-8")


def read(text: str) -> Process:
    (process,) = read_source(text.encode(), file="p.bpmn").processes
    return process


def codes(text: str) -> set[str]:
    return {f.code for f in examine({"p.bpmn": text.encode()}, is_known=lambda _: True).findings}


@pytest.mark.parametrize(("text", "field", "value"), PROCESSES)
def test_what_a_process_says_is_read(text: str, field: str, value: object) -> None:
    assert getattr(read(text), field) == value


@pytest.mark.parametrize(("text", "field", "value"), ELEMENTS)
def test_what_an_element_says_is_read(text: str, field: str, value: object) -> None:
    assert reduce(getattr, field.split("."), read(text).elements["x"]) == value


@pytest.mark.parametrize(("text", "field", "value"), [*PROCESSES, *ELEMENTS])
def test_what_is_read_is_neither_refused_nor_unknown(text: str, field: str, value: object) -> None:
    del field, value
    mine = {"attribute_refused", "attribute_unknown", "extension_refused", "extension_unknown"}
    assert codes(text) & (mine | set(REFUSED.values())) == set()


def test_every_attribute_that_is_honoured_has_a_row() -> None:
    rows = {place for text, _, _ in [*PROCESSES, *ELEMENTS] for place in written(text)}
    elsewhere = {("camunda:entry", "key")}  # tests/engine/spiff/test_own_variables.py
    honoured = {(at, name) for at, names in HONOURED.items() for name in names if names[name]}
    assert rows | elsewhere >= honoured


def written(text: str) -> set[tuple[str, str]]:
    """Give the attributes that a file has, each with the element at which it stands."""
    found = set()
    for node in etree.fromstring(text.encode()).iter("*"):
        at = word_of(node) or etree.QName(node).localname
        for key in map(str, node.attrib):
            if word_of(node) or key.startswith((CAMUNDA, ZEEBE)):
                found.add((at, etree.QName(key).localname))
    return found


@pytest.mark.parametrize(
    "name",
    [
        "asyncBefore",
        "asyncAfter",
        "async",
        "exclusive",
        "jobPriority",
        "taskPriority",
        "modelerTemplate",
    ],
)
def test_an_attribute_without_effect_is_named_in_a_warning(name: str) -> None:
    assert "attribute_without_effect" in codes(element("userTask", f'camunda:{name}="1"'))


@pytest.mark.parametrize("word", sorted(w for w in WITHOUT_EFFECT if ":" in w))
def test_an_extension_without_effect_is_named_in_a_warning(word: str) -> None:
    assert "extension_without_effect" in codes(
        element("userTask", "", inside(f"<{word}><{word}/></{word}>"))
    )


@pytest.mark.parametrize("word", sorted(PROGRAMS))
def test_what_another_engine_would_run_is_refused_by_its_own_sentence(word: str) -> None:
    assert PROGRAMS[word] in codes(element("serviceTask", "", inside(f'<{word} class="x.Y"/>')))


@pytest.mark.parametrize("word", sorted(PLACES))
def test_an_extension_at_a_place_where_it_says_nothing_is_refused(word: str) -> None:
    at = "lane" if word.endswith("roperties") else "parallelGateway"
    wrong = element(at, "", inside(f"<camunda:formulir><{word}/></camunda:formulir>"))
    assert "extension_unknown" in codes(wrong)
    if "*" not in PLACES[word] and "parallelGateway" not in PLACES[word]:
        assert "extension_refused" in codes(element("parallelGateway", "", inside(f"<{word}/>")))


def test_a_signal_cannot_hand_on_variables_in_silence() -> None:
    signal = f"<bpmn:signalEventDefinition>{inside('<camunda:in variables=' + chr(34) + 'all' + chr(34) + '/>')}</bpmn:signalEventDefinition>"
    assert "extension_refused" in codes(element("intermediateThrowEvent", "", signal))


def test_a_message_says_nothing_unheard_either() -> None:
    message = f'<bpmn:message id="m" name="M">{inside("<zeebe:adHoc/>")}</bpmn:message>'
    assert "extension_refused" in codes(
        element("userTask").replace("</bpmn:definitions>", f"{message}</bpmn:definitions>")
    )


def test_attributes_and_elements_of_other_tools_are_left_alone() -> None:
    text = element("userTask", 'bizagi:warna="merah"', inside("<bizagi:BizagiExtensions/>"))
    text = text.replace(
        HEAD, HEAD.replace(" targetN", ' xmlns:bizagi="http://www.bizagi.com/bpmn20" targetN')
    )
    assert not {code for code in codes(text) if code.startswith(("attribute", "extension"))}


def test_a_message_end_that_a_program_sends_has_its_end_behind_it() -> None:
    told = '<bpmn:messageEventDefinition camunda:type="external" camunda:topic="oss"/>'
    found = read(element("endEvent", "", told))
    assert [(e.id, e.kind) for e in found.elements.values()] == [
        ("x", ElementKind.SERVICE_TASK),
        ("x/done", ElementKind.END_EVENT),
    ]
    assert [(f.source, f.target) for f in found.flows.values()] == [("x", "x/done")]


def test_a_plain_text_that_a_call_of_camunda_8_passes_is_a_text() -> None:
    mapped = '<zeebe:ioMapping><zeebe:input source="a &quot;b" target="c"/></zeebe:ioMapping>'
    found = read(
        element("callActivity", "", inside(f'<zeebe:calledElement processId="anak"/>{mapped}'))
    )
    assert found.elements["x"].passes_in[1].expression == '="a \\"b"'
    assert found.elements["x"].inputs == ()


def test_a_form_of_camunda_8_that_is_kept_elsewhere_is_refused() -> None:
    form = '<zeebe:formDefinition formKey="formulir-lama"/>'
    assert "form_key_elsewhere" in codes(element("userTask", "", inside(form)))


def rows_of_table() -> list[tuple[str, str, str]]:
    """Give what the document is to say: element, attribute and what becomes of it."""
    honoured = [
        (at, name, f"honoured: {field}" if field else "refused")
        for at, names in HONOURED.items()
        for name, field in names.items()
    ]
    values = [
        (at, name, "only " + ", ".join(sorted(values)))
        for at, names in ACCEPTED.items()
        for name, values in names.items()
        if name not in HONOURED.get(at, ())
    ]
    refused = [("", name, f"refused: {code}") for name, code in REFUSED.items()]
    programs = [(word, "", f"refused: {code}") for word, code in PROGRAMS.items()]
    warned = [
        (name if ":" in name else "", "" if ":" in name else name, f"named: {why}")
        for name, why in WITHOUT_EFFECT.items()
    ]
    return [*honoured, *values, *refused, *programs, *warned]


@pytest.mark.parametrize(("at", "name", "becomes"), rows_of_table())
def test_the_document_says_what_the_table_does(at: str, name: str, becomes: str) -> None:
    cells = [f"`{each}`" if each else "" for each in (at, name)]
    assert f"| {cells[0]} | {cells[1]} | {becomes} |" in DOC


def test_the_document_says_nothing_more() -> None:
    said = [line for line in DOC.splitlines() if re.match(r"\| (`| \|)", line)]
    assert len(said) == len(rows_of_table())
