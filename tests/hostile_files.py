"""Files of somebody who wants Alur down, or wants it to do something else: each class with the finding that it comes to.

Classes: XML that grows, other encodings and other kinds of files, models without end, code, markup, decisions, forms, drawings. A
code of '' means that the file is harmless here and is taken as it is. `tests/engine/test_gate_hostile.py` has more of them.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING, TypeAlias

from decision_kit import dmn, literal, table
from engine_maps import drawn
from form_kit import form_file
from structure_maps import LINE, PLAIN, holding, instead

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Package: TypeAlias = "dict[str, bytes]"

ASKING = drawn(LINE.replace("manual kerja", "user kerja formRef=isi"))
DECIDING = drawn(LINE.replace("manual kerja", "rule kerja decisionRef=nilai resultVariable=x"))
FIELD = {"type": "textfield", "key": "catatan", "label": "Catatan"}
DI = (
    '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:c="http://www.omg.org/spec/DD/20100524/DC" xmlns:i="http://www.omg.org/spec/DD/20100524/DI">'
    '<d:BPMNPlane bpmnElement="p">{}</d:BPMNPlane></d:BPMNDiagram></bpmn:definitions>'
)


def one(code: str, source: bytes) -> tuple[str, Package]:
    return code, {"p.bpmn": source}


def form(code: str, source: bytes) -> tuple[str, Package]:
    return code, {"p.bpmn": ASKING, "isi.form": source}


def fields(code: str, *components: Mapping[str, object], **more: object) -> tuple[str, Package]:
    return form(code, form_file(*components, id="isi", **more))


def decision(code: str, source: bytes) -> tuple[str, Package]:
    return code, {"p.bpmn": DECIDING, "nilai.dmn": source}


def doctype(declarations: str, text: str = "&x;") -> bytes:
    return f"<!DOCTYPE x [{declarations}]>".encode() + holding(
        f"<bpmn:documentation>{text}</bpmn:documentation>"
    )


def drawing(inside: str) -> bytes:
    return instead("</bpmn:definitions>", DI.format(inside))


def shape(**box: str) -> bytes:
    told = " ".join(f'{name}="{value}"' for name, value in box.items())
    return drawing(f'<d:BPMNShape bpmnElement="kerja"><c:Bounds {told}/></d:BPMNShape>')


def edge(*points: str) -> bytes:
    told = "".join(f'<i:waypoint x="{point}" y="1"/>' for point in points)
    return drawing(f'<d:BPMNEdge bpmnElement="f0">{told}</d:BPMNEdge>')


def waiting(how: str) -> bytes:
    return drawn(LINE.replace("manual kerja", f"catch kerja {how}"))


def conditional(text: str) -> bytes:
    return drawn(
        "start mulai\nxor kerja\nend selesai\nend lain\nmulai -> kerja\n"
        f"kerja -> selesai if {text}\nkerja -> lain default"
    )


def chain(kind: str, number: int) -> bytes:
    steps = [f"n{each}" for each in range(number)]
    flows = zip(["a", *steps], [*steps, "z"], strict=True)
    return drawn(
        "\n".join(
            [
                "start a",
                "end z",
                *(f"{kind} {s}" for s in steps),
                *(f"{x} -> {y}" for x, y in flows),
            ]
        )
    )


def doubling(number: int) -> bytes:
    """Each pair of gateways sends on two tokens for one: two to the power of their number."""
    lines = ["start a", "manual z", "end e", "z -> e", "a -> n0"]
    for each in range(number):
        following = f"n{each + 1}" if each + 1 < number else "z"
        lines += [f"and n{each}", f"xor m{each}", f"m{each} -> {following}"]
        lines += [f"n{each} -> m{each}", f"n{each} -> m{each}"]
    return drawn("\n".join(lines))


def mesh(number: int) -> bytes:
    """Each gateway leads to each other one."""
    lines = ["start a", "manual z", "end e", "z -> e", "a -> n0"]
    for each in range(number):
        lines += [f"or n{each}", f"n{each} -> z default"]
        lines += [f"n{each} -> n{other} if =true" for other in range(number) if other != each]
    return drawn("\n".join(lines))


def nested(number: int) -> bytes:
    lines = ["start a", "sub s0", "end z", "a -> s0", "s0 -> z"]
    for each in range(1, number):
        inside = f"s{each - 1}"
        lines += [f"start a{each} inside {inside}", f"sub s{each} inside {inside}"]
        lines += [f"end z{each} inside {inside}", f"a{each} -> s{each}", f"s{each} -> z{each}"]
    last = f"s{number - 1}"
    lines += [f"start ax inside {last}", f"end zx inside {last}", "ax -> zx"]
    return drawn("\n".join(lines))


def zipped(data: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("p.bpmn", data)
    return archive.getvalue()


GUARDS = "\n".join(
    f"boundary b{n} on=kerja duration=P{n + 1}D\nb{n} -> selesai" for n in range(900)
)
LANES = "".join(f'<bpmn:lane id="l{n}" name="L"/>' for n in range(9_000))
HOSTILE_NAME = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"
ROW = "<rule><inputEntry><text>1</text></inputEntry></rule>"
COMPONENTS = [{**FIELD, "key": f"k{n}"} for n in range(400)]
CALLING = "start a\ncall b calledElement={}\nend c\na -> b\nb -> c"

XML: Mapping[str, Callable[[], tuple[str, Package]]] = {
    "an entity of half a megabyte, used a thousand times": lambda: one(
        "file_not_xml", doctype(f'<!ENTITY x "{"h" * 500_000}">', "&x;" * 1_000)
    ),
    "parameter entities": lambda: one(
        "file_doctype", doctype('<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;', "x")
    ),
    "an entity that contains itself": lambda: one("file_not_xml", doctype('<!ENTITY x "&x;">')),
    "an empty DOCTYPE": lambda: one("file_doctype", b"<!DOCTYPE x>" + PLAIN),
    "a DOCTYPE of HTML": lambda: one("file_not_xml", b"<!DOCTYPE html><html><body><p>x"),
    "XInclude of a file of the machine": lambda: one(
        "", holding('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>')
    ),
    "a stylesheet and a program as instructions": lambda: one(
        "", b'<?xml-stylesheet href="http://alur.example/x.xsl"?><?php system("id"); ?>' + PLAIN
    ),
    "50,000 attributes": lambda: one(
        "file_too_many_attributes",
        instead('id="kerja"', 'id="kerja" ' + " ".join(f'a{n}="x"' for n in range(50_000))),
    ),
    "60,000 unknown elements": lambda: one("", holding("<x/>" * 60_000)),
    "50,000 documentations": lambda: one("", holding("<bpmn:documentation/>" * 50_000)),
    "200,000 comments": lambda: one("", holding("<!---->" * 200_000)),
    "a name of almost two megabytes": lambda: one(
        "", instead('id="kerja"', f'id="kerja" name="{"n" * 1_900_000}"')
    ),
    "a documentation of almost two megabytes": lambda: one(
        "", holding(f"<bpmn:documentation>{'d' * 1_900_000}</bpmn:documentation>")
    ),
    "20,000 namespaces": lambda: one(
        "",
        instead(
            "<bpmn:process",
            "<bpmn:process " + " ".join(f'xmlns:n{n}="u:{n}"' for n in range(20_000)),
        ),
    ),
    "a prefix that means something else inside": lambda: one(
        "flow_loose", instead('id="kerja"', 'xmlns:bpmn="u:v" id="kerja"')
    ),
    "an attribute twice": lambda: one("file_not_xml", instead('id="kerja"', 'id="kerja" id="x"')),
    "a NUL": lambda: one("file_not_xml", instead("Lajur", "Laj\x00ur")),
    "a character that XML doesn't have": lambda: one("file_not_xml", instead("Lajur", "&#xFFFE;")),
    "a number for a surrogate": lambda: one("file_not_xml", instead("Lajur", "&#xD800;")),
    "UTF-7": lambda: one("file_encoding", b'<?xml version="1.0" encoding="UTF-7"?>' + PLAIN),
    "EBCDIC": lambda: one("file_not_xml", PLAIN.decode().encode("cp037")),
    "UTF-16 that says UTF-8": lambda: one(
        "", ('<?xml version="1.0" encoding="UTF-8"?>' + PLAIN.decode()).encode("utf-16-le")
    ),
    "a letter cut in two": lambda: one("file_not_xml", PLAIN + "é".encode()[:1]),
    "a packed file": lambda: one("file_not_xml", gzip.compress(PLAIN)),
    "an archive": lambda: one("file_not_xml", zipped(PLAIN)),
    "a packed gigabyte": lambda: one("file_not_xml", gzip.compress(bytes(50_000_000))),
    "a PDF": lambda: one("file_not_xml", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
    "a program": lambda: one("file_not_xml", b"\x7fELF" + bytes(1_000)),
    "JSON": lambda: one("file_not_xml", b'{"type": "default"}'),
    "XPDL": lambda: one("file_not_bpmn", b'<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>'),
    "BPMN of no namespace": lambda: one("file_not_bpmn", PLAIN.replace(b"bpmn:", b"")),
    "BPMN of a namespace that is almost right": lambda: one(
        "file_not_bpmn", PLAIN.replace(b"20100524/MODEL", b"20100524/MODEL/")
    ),
    "a decision that calls itself a map": lambda: one("file_not_bpmn", dmn(table())),
}

MODELS: Mapping[str, Callable[[], tuple[str, Package]]] = {
    "10,000 elements": lambda: one("file_too_many_elements", chain("manual", 10_000)),
    "1,990 gateways one behind the other": lambda: one("", chain("xor", 1_990)),
    "two to the power of thirty tokens": lambda: one("trial_failed", doubling(30)),
    "twenty gateways, each to each": lambda: one("trial_failed", mesh(20)),
    "sub-processes twenty deep": lambda: one("", nested(20)),
    "sub-processes eighty deep": lambda: one("file_too_deep", nested(80)),
    "two processes that call each other": lambda: (
        "call_endless",
        {"p.bpmn": drawn(CALLING.format("q")), "q.bpmn": drawn(CALLING.format("p"), key="q")},
    ),
    "a link that leads to itself": lambda: one(
        "loop_endless",
        drawn(
            "start a\nthrow b link=x\ncatch d link=x\nxor g\nend c\n"
            "a -> g\nd -> g\ng -> b if =true\ng -> c default"
        ),
    ),
    "an event that hangs on itself": lambda: one(
        "boundary_loose", drawn(LINE + "\nboundary x on=x duration=P1D\nx -> selesai")
    ),
    "a default flow that is not there": lambda: one(
        "default_unknown", instead('id="kerja"', 'id="kerja" default="hilang"')
    ),
    "a message that is not there": lambda: one(
        "message_unknown",
        waiting("message=m").replace(b'messageRef="', b'messageRef="hilang'),
    ),
    "an id of ten thousand letters": lambda: one("id_form", PLAIN.replace(b"kerja", b"k" * 10_000)),
    "an id that is a path": lambda: one("id_form", PLAIN.replace(b"kerja", b"../../etc/passwd")),
    "a lane that is called like an element": lambda: one(
        "id_twice", instead('lane id="petugas"', 'lane id="kerja"')
    ),
    "9,000 lanes": lambda: one("", instead("</bpmn:laneSet>", LANES + "</bpmn:laneSet>")),
    "900 timers on one step": lambda: one("", drawn(LINE + "\n" + GUARDS)),
    "a step for each of a billion": lambda: one(
        "trial_failed", drawn(LINE.replace("manual kerja", "manual kerja times=1000000000"))
    ),
    "a step for each of a list that never ends": lambda: one(
        "trial_failed",
        drawn(
            LINE.replace(
                "manual kerja", 'manual kerja item=x each="=for i in 1..99999999 return i"'
            )
        ),
    ),
    "a timer of no length, for ever": lambda: one("timer_wrong", waiting("cycle=R/PT0S")),
    "a timer of every second": lambda: one("timer_wrong", waiting("cycle=R/PT1S")),
    "a timer of a billion years": lambda: one("timer_wrong", waiting("duration=P999999999Y")),
    "a day that no calendar has": lambda: one("timer_wrong", waiting("date=2027-02-30T00:00:00Z")),
    "a year of five digits": lambda: one("timer_wrong", waiting("date=10000-01-01T00:00:00Z")),
    "a duration of a hundred thousand digits": lambda: one(
        "timer_wrong", waiting(f"duration=P{'9' * 100_000}D")
    ),
}

CODE: Mapping[str, Callable[[], tuple[str, Package]]] = {
    "brackets nine hundred deep": lambda: one(
        "expression_invalid", conditional(f"={'(' * 900}true{')' * 900}")
    ),
    "a condition of a hundred thousand letters": lambda: one(
        "expression_invalid", conditional(f"={'true and ' * 12_000}true")
    ),
    "a condition that counts to a hundred million": lambda: one(
        "trial_failed", conditional("=count(for i in 1..9999, j in 1..9999 return i) > 1")
    ),
    "a power of a power": lambda: one("", conditional("=9**9**9**9 = x")),
    "Java behind JUEL": lambda: one(
        "expression_invalid", conditional("${execution.getEngineServices()}")
    ),
    "Python in a condition": lambda: one(
        "expression_invalid", conditional("=__import__('os').system('id')")
    ),
    "a condition in JavaScript": lambda: one(
        "condition_language",
        conditional("=true").replace(
            b"<bpmn:conditionExpression", b'<bpmn:conditionExpression language="javascript"'
        ),
    ),
    "code for the people who may do it": lambda: one(
        "narrowing_invalid",
        drawn(LINE.replace("manual kerja", "manual kerja candidateGroups=${x.getClass()}")),
    ),
    "code as a name": lambda: one(
        "", instead('id="kerja"', 'id="kerja" name="${execution.kill()}"')
    ),
    "markup as a name": lambda: one("", instead('id="kerja"', f'id="kerja" name="{HOSTILE_NAME}"')),
    "markup as documentation": lambda: one(
        "", holding(f"<bpmn:documentation>{HOSTILE_NAME}</bpmn:documentation>")
    ),
    "letters that turn the line around": lambda: one(
        "", instead('id="kerja"', 'id="kerja" name="&#x202E;nmpb.exe"')
    ),
}

DECISIONS: Mapping[str, Callable[[], tuple[str, Package]]] = {
    "a map that calls itself a decision": lambda: decision("file_not_dmn", PLAIN),
    "a decision behind a DOCTYPE": lambda: decision(
        "file_doctype", dmn(table()).replace(b"<definitions", b"<!DOCTYPE x>\n<definitions", 1)
    ),
    "a decision with Python in it": lambda: decision(
        "decision_cell_invalid",
        dmn(literal("__import__('os')", key="nilai", name="Nilai", variable="nilai")),
    ),
    "a decision that counts to a hundred million": lambda: decision(
        "trial_failed",
        dmn(
            literal(
                "count(for i in 1..9999, j in 1..9999 return i)",
                key="nilai",
                name="N",
                variable="n",
            )
        ),
    ),
    "20,000 cells": lambda: decision(
        "file_too_many_cells",
        instead("</decisionTable>", f"{ROW * 20_000}</decisionTable>", dmn(table())),
    ),
    "a decision that needs itself": lambda: decision(
        "dmn_circle",
        dmn(literal("1", key="nilai", name="Nilai", variable="nilai")).replace(
            b"<literalExpression",
            b'<informationRequirement><requiredDecision href="#nilai"/></informationRequirement><literalExpression',
            1,
        ),
    ),
}

FORMS: Mapping[str, Callable[[], tuple[str, Package]]] = {
    "400 fields": lambda: fields("form_invalid", *COMPONENTS),
    "a form of a megabyte": lambda: fields("form_invalid", {**FIELD, "label": "l" * 1_000_000}),
    "lists a hundred thousand deep": lambda: form("form_invalid", b"[" * 100_000),
    "a number of a million digits": lambda: form(
        "form_invalid", b'{"id":"isi","type":"default","components":[],"schemaVersion":1e999999}'
    ),
    "a key twice": lambda: form(
        "form_invalid", b'{"id":"isi","id":"lain","type":"default","components":[]}'
    ),
    "NaN": lambda: form("form_invalid", b'{"id":"isi","type":"default","components":[NaN]}'),
    "a form in UTF-16": lambda: form("form_invalid", json.dumps({"id": "isi"}).encode("utf-16")),
    "half a surrogate": lambda: fields("form_invalid", {**FIELD, "label": "\ud800"}),
    "a pattern that takes for ever elsewhere": lambda: fields(
        "", {**FIELD, "validate": {"pattern": "(a+)+$"}}
    ),
    "formulas in a circle": lambda: fields(
        "form_invalid",
        {**FIELD, "key": "a", "conditional": {"hide": "=b = 1"}},
        {**FIELD, "key": "b", "conditional": {"hide": "=a = 1"}},
    ),
    "a script in a text": lambda: fields(
        "form_invalid", {"type": "text", "text": "<script>alert(1)</script>"}
    ),
    "a form that is a list": lambda: form("form_invalid", b"[]"),
}

DRAWINGS: Mapping[str, Callable[[], tuple[str, Package]]] = {
    "a box of no number": lambda: one(
        "drawing_bounds", shape(x="NaN", y="0", width="9", height="9")
    ),
    "a box without end": lambda: one(
        "drawing_bounds", shape(x="0", y="0", width="INF", height="9")
    ),
    "a box as large as it gets": lambda: one(
        "drawing_bounds", shape(x="1e308", y="1e308", width="1e308", height="1e308")
    ),
    "a box turned inside out": lambda: one(
        "drawing_bounds", shape(x="0", y="0", width="-9", height="-9")
    ),
    "a box in words": lambda: one("drawing_bounds", shape(x="kiri", y="0", width="9", height="9")),
    "a line with one point": lambda: one("drawing_waypoints", edge("1")),
    "a line to no number": lambda: one("drawing_waypoints", edge("1", "NaN")),
    "a line with 50,000 points": lambda: one("", edge(*map(str, range(50_000)))),
}

FILES = {**XML, **MODELS, **CODE, **DECISIONS, **FORMS, **DRAWINGS}
