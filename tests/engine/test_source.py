from __future__ import annotations

import pytest
from kit import HEAD, bpmn

from engine.errors import DefinitionError
from engine.process import DataMapping, ElementKind, Process
from engine.source import MAX_FLOW_NODES, read_source
from engine.xml import MAX_BYTES, MAX_DEPTH


def sheet(inside: str, *, before: str = "", attributes: str = "") -> bytes:
    head = HEAD.replace(">", f" {attributes}>")
    return f"{before}{head}{inside}</bpmn:definitions>".encode()


def process(inside: str, attributes: str = 'id="p" isExecutable="true"') -> str:
    return f"<bpmn:process {attributes}>{inside}</bpmn:process>"


def read(data: bytes) -> Process:
    (found,) = read_source(data, file="p.bpmn").processes
    return found


def nested(levels: int) -> str:
    return "<bpmn:subProcess id='u'>" * levels + "</bpmn:subProcess>" * levels


GOOD = sheet(process('<bpmn:startEvent id="s"/>'))
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REFUSED = {
    "a byte too many": (GOOD + b" " * (MAX_BYTES + 1 - len(GOOD)), "file_too_large"),
    "nothing": (b"", "file_not_xml"),
    "no XML": (b"%PDF-1.7", "file_not_xml"),
    "cut off": (GOOD[:-5], "file_not_xml"),
    "an unknown entity": (sheet(process("&tiada;")), "file_not_xml"),
    "bytes that are no UTF-8": (GOOD.replace(b'id="s"', b'id="\xff"'), "file_not_xml"),
    "deeper than libxml2 goes": (sheet(process(nested(300))), "file_not_xml"),
    "a DOCTYPE": (sheet(process(""), before="<!DOCTYPE x>"), "file_doctype"),
    "an outside entity": (sheet(process("&e;"), before=DOCTYPE), "file_doctype"),
    "entities that grow": (sheet(process("&b;"), before=BOMB), "file_doctype"),
    "Latin-1": (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + GOOD, "file_encoding"),
    "UTF-32": (GOOD.decode().encode("utf-32"), "file_encoding"),
    "other XML": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_not_bpmn"),
    "BPMN without its namespace": (
        b"<definitions><process id='p'/></definitions>",
        "file_not_bpmn",
    ),
    "too deep": (sheet(process(nested(MAX_DEPTH - 1))), "file_too_deep"),
    "too many elements": (
        sheet(process("".join(f'<bpmn:userTask id="t{n}"/>' for n in range(MAX_FLOW_NODES + 1)))),
        "file_too_many_elements",
    ),
    "no process": (sheet(""), "file_no_process"),
    "a process without an id": (sheet(process("", "")), "file_no_id"),
    "an element without an id": (sheet(process("<bpmn:userTask/>")), "file_no_id"),
    "a flow without an id": (sheet(process("<bpmn:sequenceFlow/>")), "file_no_id"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_breaks_a_limit_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        read_source(data, file="surat.bpmn")
    assert refused.value.code == code
    assert refused.value.params["file"] == "surat.bpmn"


def test_a_refusal_names_the_line() -> None:
    with pytest.raises(DefinitionError) as refused:
        read_source(GOOD.replace(b"</bpmn:process>", b"\n\n</bpmn:proses>"), file="p.bpmn")
    assert refused.value.params["line"] == 3
    with pytest.raises(DefinitionError) as refused:
        read_source(sheet("\n" + process("\n<bpmn:userTask/>")), file="p.bpmn")
    assert (refused.value.params["line"], refused.value.params["kind"]) == (3, "userTask")


def test_the_largest_file_that_is_allowed_can_be_read() -> None:
    tasks = "".join(f'<bpmn:userTask id="t{n}"/>' for n in range(MAX_FLOW_NODES))
    deep = f"<bpmn:documentation>{'<x>' * (MAX_DEPTH - 3)}{'</x>' * (MAX_DEPTH - 3)}</bpmn:documentation>"
    data = sheet(process(deep + tasks))
    assert len(read(data + b" " * (MAX_BYTES - len(data))).elements) == MAX_FLOW_NODES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_can_be_read(encoding: str) -> None:
    text = GOOD.decode().replace('id="p"', 'id="p" name="Surat é – ✓"')
    assert read(text.encode(encoding)).name == "Surat é – ✓"


def test_comments_and_instructions_are_no_elements() -> None:
    data = sheet(process('<!-- <bpmn:userTask id="a"/> --><?php echo 1 ?><bpmn:userTask id="b"/>'))
    assert list(read(data).elements) == ["b"]


RICH = """
    start s
    sub u name="Bagian dalam"
    start s1 inside u
    user a inside u assignee=lina candidateGroups=umum candidateUsers=budi dueDate=P1D
    terminate t inside u
    xor g
    script z script="1 + 1" resultVariable=x
    call c calledElement=q in=all,x:y out==x+1:z
    end e
    s -> u
    s1 -> a
    a -> t
    u -> g
    g -> z if =x > 1
    g -> c default
    z -> e
    c -> e
"""


def test_elements_are_read_with_what_stands_around_them() -> None:
    found = read(bpmn(RICH))
    assert [e.id for e in found.inside("")] == ["s", "u", "g", "z", "c", "e"]
    assert [e.id for e in found.inside("u")] == ["s1", "a", "t"]
    assert found.start("u").id == "s1"
    assert found.elements["u"].name == "Bagian dalam"
    assert found.elements["u"].kind is ElementKind.SUB_PROCESS
    assert found.elements["t"].terminates


def test_flows_are_read_with_their_conditions() -> None:
    found = read(bpmn(RICH))
    assert [f.id for f in found.leaving("g")] == ["f4", "f5"]
    assert [f.id for f in found.arriving("e")] == ["f6", "f7"]
    assert found.flows["f4"].condition == "=x > 1"
    assert found.elements["g"].default == "f5"
    assert [f.id for f in found.flows.values() if f.parent == "u"] == ["f1", "f2"]


def test_what_camunda_adds_to_a_step_is_read() -> None:
    found = read(bpmn(RICH)).elements
    a, z, c = found["a"], found["z"], found["c"]
    assert (a.assignee, a.due) == ("lina", "P1D")
    assert (a.candidate_groups, a.candidate_persons) == ("umum", "budi")
    assert (z.script, z.result) == ("1 + 1", "x")
    assert c.passes_in == (DataMapping(everything=True), DataMapping(source="x", target="y"))
    assert c.passes_out == (DataMapping(expression="=x+1", target="z"),)


def test_a_repetition_is_read() -> None:
    found = read(
        bpmn("user a each=daftar item=surat until==selesai sequential=true\nuser b times=3")
    )
    repeats = found.elements["a"].repeats
    assert repeats is not None
    assert (repeats.sequential, repeats.collection, repeats.variable, repeats.completion) == (
        True,
        "daftar",
        "surat",
        "=selesai",
    )
    counted = found.elements["b"].repeats
    assert counted is not None
    assert (counted.sequential, counted.cardinality, counted.collection) == (False, "3", "")


LANES = """
<bpmn:extensionElements><camunda:properties>
  <camunda:property name="dicatat_oleh.bank" value="umum"/>
</camunda:properties></bpmn:extensionElements>
<bpmn:laneSet id="ls">
  <bpmn:lane id="umum" name="Subbagian Umum"><bpmn:flowNodeRef>u</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="warga" name="Pemohon">
    <bpmn:extensionElements><camunda:properties>
      <camunda:property name="dicatat_oleh" value="umum"/>
    </camunda:properties></bpmn:extensionElements>
    <bpmn:flowNodeRef> a </bpmn:flowNodeRef>
  </bpmn:lane>
  <bpmn:lane id="bank"><bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane>
</bpmn:laneSet>
<bpmn:userTask id="a"/><bpmn:userTask id="b"/><bpmn:userTask id="c"/>
<bpmn:subProcess id="u"><bpmn:userTask id="d"/></bpmn:subProcess>
"""


def test_lanes_and_who_records_the_outside_ones_are_read() -> None:
    found = read(sheet(process(LANES)))
    names = {e.id: lane.name for e in found.elements.values() if (lane := found.lane_of(e))}
    assert names == {"a": "Pemohon", "b": "bank", "u": "Subbagian Umum", "d": "Subbagian Umum"}
    workers = {e.id: lane.id for e in found.elements.values() if (lane := found.worker_of(e))}
    assert workers == {"a": "umum", "b": "umum", "u": "umum", "d": "umum"}


def test_the_name_of_a_process_comes_from_itself_its_participant_or_its_id() -> None:
    shared = '<bpmn:collaboration id="c"><bpmn:participant id="x" name="Dinas" processRef="p"/></bpmn:collaboration>'
    assert read(sheet(process("", 'id="p" name="Surat"') + shared)).name == "Surat"
    assert read(sheet(process("", 'id="p"') + shared)).name == "Dinas"
    assert read(sheet(process("", 'id="p"'))).name == "p"


@pytest.mark.parametrize(
    ("platform", "feel"), [("", True), ("Camunda Platform", False), ("Camunda Cloud", True)]
)
def test_the_platform_tells_what_a_text_without_prefix_is(platform: str, feel: bool) -> None:  # noqa: FBT001 - from the table
    modeler = (
        'xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
        f'modeler:executionPlatform="{platform}"'
    )
    assert read(sheet(process(""), attributes=modeler)).feel_by_default is feel


def test_only_an_executable_process_is_said_to_be_one() -> None:
    assert read(GOOD).executable
    assert not read(sheet(process("", 'id="p"'))).executable
