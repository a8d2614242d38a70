"""The rules about mistakes of owners: no false alarm, and what they let pass or find beside their examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conformance.models import MODELS
from engine_maps import ROOT, drawn, form_of
from finding_codes import codes_by_rule
from link_kit import linking
from owner_maps import LINE, OWNERS

from engine.gate import examine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CODES = frozenset[str]().union(*(codes_by_rule()[rule] for rule in OWNERS))
ASKING = drawn("receive tunggu message=m\n" + LINE.replace("kerja", "tunggu"))


def told(package: Mapping[str, bytes], *codes: str) -> list[tuple[str, str]]:
    """Give what these rules find, or these codes."""
    found = examine(package, is_known=lambda _: True).findings
    return [(f.code, f.element_id) for f in found if f.code in (codes or CODES)]


@pytest.mark.parametrize("agency", ["pasuruan", "pacitan"])
def test_there_is_no_false_alarm_in_the_shipped_maps(agency: str) -> None:
    maps, forms = (ROOT / "processes" / agency, ROOT / "forms" / agency)
    files: list[Path] = [*maps.glob("*.bpmn"), *forms.rglob("*.form"), *maps.glob("*.dmn")]
    assert told({str(file): file.read_bytes() for file in files}) == []


def test_there_is_no_false_alarm_in_the_models_of_what_runs() -> None:
    alarms = {
        name: found
        for name, model in MODELS.items()
        if (found := told({"p.bpmn": drawn(model.lines)}, *CODES - {"message_without_key"}))
    }
    assert alarms == {}


def test_a_case_that_a_message_began_can_be_told_by_its_key() -> None:
    begun = ASKING.replace(
        b'<bpmn:startEvent id="mulai"/>',
        b'<bpmn:startEvent id="mulai"><bpmn:messageEventDefinition messageRef="M"/></bpmn:startEvent>',
    ).replace(b"</bpmn:definitions>", b'<bpmn:message id="M" name="awal"/></bpmn:definitions>')
    assert begun != ASKING
    assert told({"p.bpmn": begun}) == []


def test_a_case_that_another_one_begins_or_calls_may_have_a_key() -> None:
    calling = drawn("call kerja calledElement=p\n" + LINE, key="lain")
    beginning = linking(
        drawn("user kerja formRef=isi\n" + LINE, key="lain"), "kerja", {"proses": "p"}
    )
    for other in (calling, beginning):
        package = {"p.bpmn": ASKING, "lain.bpmn": other, "isi.form": form_of("isi", "catatan")}
        assert told(package, "message_without_key") == []


def test_a_form_that_another_process_of_the_package_uses_is_used() -> None:
    other = drawn("user kerja formRef=isi\n" + LINE, key="lain")
    form = form_of("isi", "catatan")
    assert told({"p.bpmn": ASKING, "lain.bpmn": other, "isi.form": form}, "form_unused") == []
    assert told({"p.bpmn": ASKING, "isi.form": form}, "form_unused") == [("form_unused", "p")]


def test_two_messages_of_one_id_are_refused() -> None:
    twice = ASKING.replace(
        b"</bpmn:definitions>", b'<bpmn:message id="kerja" name="n"/></bpmn:definitions>'
    ).replace(b'id="tunggu"', b'id="kerja"')
    assert ("id_twice", "kerja") in told({"p.bpmn": twice}, "id_twice")


@pytest.mark.parametrize("ident", ["k" * 129, "kerja satu", "1kerja", "kerja/1", "p"])
def test_an_id_that_is_over_long_strange_or_taken_is_refused(ident: str) -> None:
    source = drawn("manual kerja\n" + LINE).replace(b'"kerja"', f'"{ident}"'.encode())
    assert {code for code, _ in told({"p.bpmn": source}, "id_form", "id_twice")}


def test_ways_are_not_judged_while_a_form_is_missing() -> None:
    source = drawn(
        "user kerja formRef=hilang\nxor urai\nstart mulai\nend selesai\nmulai -> kerja\nkerja -> urai\n"
        'urai -> selesai if =putusan = "ya"'
    )
    assert told({"p.bpmn": source}) == []
