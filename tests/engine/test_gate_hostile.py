"""Broken and hostile files: each is refused with findings that name the place, and never ends in another error."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from decision_maps import asking_personal
from engine_maps import drawn, form_of
from engine_office import Dinas
from finding_codes import codes_of_package, codes_of_reading
from form_kit import form_file
from link_kit import laying_open

from engine.gate import MAX_FILES, Refused
from engine.ids import AgencyId

if TYPE_CHECKING:
    from engine.rule import Finding

PLAIN = drawn("start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai")
ASKING = drawn("start mulai\nuser kerja formRef=isi\nend selesai\nmulai -> kerja\nkerja -> selesai")
TEXT = {"type": "textfield", "key": "catatan", "label": "Catatan"}
XML = b'<?xml version="1.0" encoding="%s"?>\n'
SCRIPT = 'start a\nscript b script="{}" scriptFormat={} resultVariable=x\nend c\na -> b\nb -> c'


@dataclass(frozen=True, kw_only=True)
class Case:
    """A package, the code that must be found, and where: the element, and what stands on the line."""

    code: str
    package: dict[str, bytes]
    element: str = ""
    on_line: str = ""


def one(code: str, source: bytes, element: str = "", on_line: str = "") -> Case:
    return Case(code=code, package={"p.bpmn": source}, element=element, on_line=on_line)


def with_form(code: str, form: bytes) -> Case:
    return Case(code=code, package={"isi.form": form, "p.bpmn": ASKING})


def instead(old: str, new: str, source: bytes = PLAIN) -> bytes:
    assert old.encode() in source
    return source.replace(old.encode(), new.encode())


def inside_kerja(inner: str) -> bytes:
    return instead('id="kerja"/>', f'id="kerja">\n{inner}\n</bpmn:manualTask>')


def drawing(inner: str) -> bytes:
    namespaces = (
        'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    )
    plane = f'<bpmndi:BPMNPlane bpmnElement="p">{inner}</bpmndi:BPMNPlane>'
    sheet = f"<bpmndi:BPMNDiagram {namespaces}>{plane}</bpmndi:BPMNDiagram>"
    return instead("</bpmn:definitions>", f"{sheet}</bpmn:definitions>")


def shape(element: str, box: str = '<dc:Bounds x="0" y="0" width="9" height="9"/>') -> str:
    return f'<bpmndi:BPMNShape bpmnElement="{element}">{box}</bpmndi:BPMNShape>'


def doctype(declarations: str, text: str) -> bytes:
    source = inside_kerja(f"<bpmn:documentation>{text}</bpmn:documentation>")
    return f"<!DOCTYPE x [{declarations}]>\n".encode() + source


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
NESTED = "<bpmn:documentation>" * 70 + "</bpmn:documentation>" * 70
MANY = drawn("start mulai\n" + "\n".join(f"manual n{n}" for n in range(3_000)))
CALLS_ITSELF = drawn("start a\ncall b calledElement=p\nend c\na -> b\nb -> c")
ENDLESS = drawn(
    "start a\nscript b script=1 scriptFormat=feel resultVariable=n\nxor d\nend c\n"
    "a -> b\nb -> d\nd -> b if =n < 2\nd -> c default"
)
FORKS = drawn("start a\nand b\nmanual d\nend c\na -> b\nb -> b\nb -> b\nb -> d\nd -> c")
REPEATS = "\n".join(
    [
        *("start a", "sub b times=2000", "end c", "a -> b", "b -> c"),
        *("start d inside b", "sub e inside b times=2000", "end f inside b", "d -> e", "e -> f"),
        *("start g inside e", "end h inside e", "g -> h"),
    ]
)
WHEN = '<bpmn:startEvent id="mulai"><bpmn:conditionalEventDefinition id="C_1"/></bpmn:startEvent>'
FAILS = '<bpmn:endEvent id="selesai"><bpmn:errorEventDefinition id="E_1"/></bpmn:endEvent>'
TOLD = "start a message=Kabar\nmanual b\nend c\na -> b\nb -> c"
TWO_STARTS = drawn("start a\nstart d\nmanual b\nend c\na -> b\nd -> b\nb -> c")

CASES = {
    "an external entity": one(
        "file_doctype", doctype('<!ENTITY x SYSTEM "file:///etc/hosts">', "&x;")
    ),
    "an external DTD": one(
        "file_doctype", b'<!DOCTYPE x SYSTEM "http://alur.example/x.dtd">\n' + PLAIN
    ),
    "a billion laughs": one("file_not_xml", doctype(LAUGHS, "&i;")),
    "an encoding that is not ours": one("file_encoding", XML % b"ISO-8859-1" + PLAIN),
    "an encoding that nobody knows": one("file_not_xml", XML % b"KLINGON" + PLAIN),
    "UTF-32": one("file_encoding", PLAIN.decode().encode("utf-32")),
    "bytes that are no UTF-8": one("file_not_xml", instead("Lajur", "Laj\x01ur"), on_line="Laj"),
    "an empty file": one("file_not_xml", b""),
    "a picture": one("file_not_xml", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "a truncated file": one("file_not_xml", PLAIN[: len(PLAIN) // 2]),
    "XML of another kind": one("file_not_bpmn", b"<svg/>"),
    "a file of three megabytes": one("file_too_large", PLAIN + b" " * 3_000_000),
    "201 attributes of one element": one(
        "file_too_many_attributes",
        instead('id="kerja"', 'id="kerja" ' + " ".join(f'a{n}=""' for n in range(200))),
        on_line='id="kerja"',
    ),
    "deep nesting": one("file_too_deep", inside_kerja(NESTED)),
    "deeper nesting than XML readers take": one("file_not_xml", inside_kerja("<x>" * 5_000)),
    "3,000 elements": one("file_too_many_elements", MANY),
    "no process": one("file_no_process", PLAIN.split(b"<bpmn:process")[0] + b"</bpmn:definitions>"),
    "an element without id": one(
        "file_no_id", instead('manualTask id="kerja"', "manualTask"), on_line="<bpmn:manualTask"
    ),
    "a lane without id": one(
        "file_no_id", instead('lane id="petugas"', "lane"), on_line="<bpmn:lane "
    ),
    "a flow to nowhere": one(
        "flow_loose", instead('targetRef="kerja"', 'targetRef="hilang"'), "f0"
    ),
    "a flow without ends": one(
        "flow_loose", instead(' sourceRef="mulai" targetRef="kerja"', ""), "f0"
    ),
    "a doubled id": one("id_twice", instead('id="selesai"', 'id="kerja"'), "kerja"),
    "an id that would break out": one("id_form", instead('"kerja"', '"k@e&lt;b&gt;"'), "k@e<b>"),
    "two processes of one id": one(
        "id_twice",
        instead(
            "</bpmn:definitions>", '<bpmn:process id="p" isExecutable="true"/></bpmn:definitions>'
        ),
        "p",
    ),
    "a Java class": one(
        "program_class", instead('id="kerja"', 'id="kerja" camunda:class="x.Y"'), "kerja"
    ),
    "a listener": one(
        "program_listener",
        inside_kerja(
            '<bpmn:extensionElements><camunda:taskListener class="x.Y"/></bpmn:extensionElements>'
        ),
        "kerja",
        "taskListener",
    ),
    "a Camunda 8 form where none is filled in": one(
        "extension_refused",
        inside_kerja(
            '<bpmn:extensionElements><z:formDefinition xmlns:z="http://camunda.org/schema/zeebe/1.0"/></bpmn:extensionElements>'
        ),
        "kerja",
        "z:formDefinition",
    ),
    "Groovy": one("script_language", drawn(SCRIPT.format("1", "groovy")), "b"),
    "Python in a script": one(
        "script_invalid", drawn(SCRIPT.format("__import__('os').system('x')", "feel")), "b"
    ),
    "a script of brackets only": one(
        "script_invalid", drawn(SCRIPT.format("(" * 900 + "1" + ")" * 900, "feel")), "b"
    ),
    "a script of ten thousand times ten thousand": one(
        "trial_failed", drawn(SCRIPT.format("for i in 1..9999, j in 1..9999 return i", "feel")), "b"
    ),
    "a condition": one(
        "element_refused", instead('<bpmn:startEvent id="mulai"/>', WHEN), "mulai", "C_1"
    ),
    "an error without code": one(
        "raised_code_missing", instead('<bpmn:endEvent id="selesai"/>', FAILS), "selesai"
    ),
    "a rule task": one("decision_empty", instead("manualTask", "businessRuleTask"), "kerja"),
    "one message that begins two processes": Case(
        code="message_start_taken",
        package={"a.bpmn": drawn(TOLD, key="q"), "p.bpmn": drawn(TOLD)},
        element="a",
    ),
    "a complex gateway": one("element_refused", instead("manualTask", "complexGateway"), "kerja"),
    "an event sub-process that flows lead to": one(
        "flow_handler",
        instead(
            '<bpmn:manualTask id="kerja"', '<bpmn:subProcess id="kerja" triggeredByEvent="true"'
        ),
        "f0",
    ),
    "a form on a start event": one(
        "form_at_start", instead('id="mulai"', 'id="mulai" camunda:formRef="isi"'), "mulai"
    ),
    "a form on a manual task": one(
        "attribute_refused", instead('id="kerja"', 'id="kerja" camunda:formRef="isi"'), "kerja"
    ),
    "no start": one("start_count", drawn("manual b\nend c\nb -> c"), "p"),
    "two starts": one("start_count", TWO_STARTS, "p"),
    "no lanes": one(
        "lane_missing",
        drawn("start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai").replace(
            b"flowNodeRef", b"documentation"
        ),
        "kerja",
    ),
    "a lane that records itself": one(
        "recorder_wrong",
        drawn("start a\nmanual b\nend c\na -> b\nb -> c", recorders={"petugas": "petugas"}),
        "petugas",
    ),
    "a process that calls itself": one("call_endless", CALLS_ITSELF, "b"),
    "an endless loop at the start": one("trial_failed", ENDLESS),
    "a gateway that feeds itself": one("trial_failed", FORKS),
    "four million repetitions": one("trial_failed", drawn(REPEATS)),
    "a personal value that would lie open in another case": Case(
        code="link_personal", package=laying_open(), element="baca"
    ),
    "a decision over a personal value whose result would lie open": Case(
        code="decision_lays_open", package=asking_personal("catatan"), element="kerja"
    ),
    "a missing form": Case(code="form_not_there", package={"p.bpmn": ASKING}, element="kerja"),
    "a form that is no JSON": with_form("form_invalid", b"{"),
    "a form nested without end": with_form("form_invalid", b'{"a":' * 50_000),
    "a form with an unsupported field": with_form(
        "form_invalid", form_file({"type": "iframe", "key": "x", "label": "X"}, id="isi")
    ),
    "a form with an expression": with_form(
        "form_invalid", form_file({**TEXT, "label": "=judul"}, id="isi")
    ),
    "a form with a reserved key": with_form(
        "form_invalid", form_file({**TEXT, "key": "__builtins__"}, id="isi")
    ),
    "a form of a newer schema": with_form(
        "form_invalid", form_file(TEXT, id="isi", schemaVersion=99)
    ),
    "two forms of one id": Case(
        code="form_twice",
        package={"p.bpmn": ASKING, "a.form": form_of("isi"), "b.form": form_of("isi")},
    ),
    "a shape of what is not there": one("drawing_reference", drawing(shape("hilang")), "hilang"),
    "a shape drawn twice": one("drawing_twice", drawing(shape("kerja") * 2), "kerja"),
    "a shape without size": one("drawing_bounds", drawing(shape("kerja", "")), "kerja"),
    "a line without points": one(
        "drawing_waypoints", drawing('<bpmndi:BPMNEdge bpmnElement="f0"/>'), "f0"
    ),
    "a file of another kind": Case(code="file_kind", package={"p.bpmn": PLAIN, "virus.exe": b"MZ"}),
    "only a form": Case(code="package_empty", package={"isi.form": form_of("isi")}),
    "nothing at all": Case(code="package_empty", package={}),
    "too many files": Case(
        code="package_too_many",
        package={"p.bpmn": PLAIN, **{f"{n}.form": form_of(f"f{n}") for n in range(MAX_FILES)}},
    ),
    "one process in two files": Case(
        code="process_twice",
        package={"a.bpmn": PLAIN, "p.bpmn": PLAIN},
        element="p",
        on_line="<bpmn:process",
    ),
}


@cache
def refusal(name: str) -> tuple[Finding, ...]:
    """Give what is found in a package, having seen that nothing of it was stored."""
    dinas = Dinas()
    before = dinas.office_records()
    with pytest.raises(Refused) as refused:
        dinas.deploy(CASES[name].package)
    assert dinas.office_records() == before
    assert dinas.store.transact(lambda tx: tx.find_latest(AgencyId("contoh"), "p")) is None
    return refused.value.findings


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_is_refused_at_its_place_and_nothing_is_stored(name: str) -> None:
    case = CASES[name]
    here = [f for f in refusal(name) if f.code == case.code]
    assert {f.file for f in here} <= {*case.package, ""}
    assert case.element in {f.element_id for f in here} or (here and not case.element)
    if case.on_line:
        lines = case.package["p.bpmn"].decode().splitlines()
        assert any(case.on_line in lines[f.line - 1] for f in here)


@pytest.mark.parametrize("name", CASES)
def test_a_finding_inside_a_process_names_file_line_and_element(name: str) -> None:
    whole = codes_of_reading() | codes_of_package() - {"trial_failed"}
    for finding in refusal(name):
        assert finding.code in whole or (finding.file and finding.line and finding.element_id)


WARNINGS = {
    "lane_unheld",
    "people_unknown",
    "people_without_lane",
    "starter_unknown",
    "timer_start_past",
}
"""Findings of a deployment that refuse nothing; they are in the tests of what they warn of."""

ELSEWHERE = {
    "call_version_not_made",
    "map_of_running",
    "not_executable",
    "trial_broken",
    "trial_memory",
    "trial_time",
}
"""Findings of what is in force already (`test_calls_deployed`), of maps that are only drawn (`test_verdict`, `test_kept_maps`) and of
the process apart (`tests/web/test_checking`)."""


def test_every_code_of_reading_and_of_the_package_has_a_broken_file() -> None:
    broken = codes_of_reading() | codes_of_package() - WARNINGS - ELSEWHERE
    assert {case.code for case in CASES.values()} >= broken


def test_a_hostile_entity_is_not_even_read() -> None:
    secret = doctype('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;")
    with pytest.raises(Refused) as refused:
        Dinas().deploy({"p.bpmn": secret})
    assert [(f.code, dict(f.params)) for f in refused.value.findings] == [
        ("file_doctype", {"file": "p.bpmn"})
    ]


def test_a_drawing_of_the_largest_allowed_size_is_deployed() -> None:
    steps = [f"n{number}" for number in range(1_998)]
    lines = ["start a", "end z", *(f"manual {step}" for step in steps)]
    lines += [f"{one} -> {other}" for one, other in zip(["a", *steps], [*steps, "z"], strict=True)]
    dinas = Dinas()
    case = dinas.start(dinas.deploy_one({"p.bpmn": drawn("\n".join(lines))}).id, "umum")
    assert dinas.task(case).element == "n0"


def test_a_file_in_utf_16_is_read() -> None:
    dinas = Dinas()
    source = '<?xml version="1.0" encoding="UTF-16"?>' + PLAIN.decode()
    assert dinas.deploy_one({"p.bpmn": source.encode("utf-16")}).key == "p"


def test_a_terminate_end_as_the_modeler_writes_it_is_deployed() -> None:
    end = '<bpmn:endEvent id="selesai"><bpmn:terminateEventDefinition id="T_1"/></bpmn:endEvent>'
    source = instead('<bpmn:endEvent id="selesai"/>', end)
    assert Dinas().deploy_one({"p.bpmn": source}).version == 1
