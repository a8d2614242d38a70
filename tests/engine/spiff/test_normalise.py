from __future__ import annotations

from kit import bpmn
from lxml import etree

from engine.ids import DefinitionId
from engine.source import BPMN, read_source
from engine.spiff.normalise import element_id, normalise, spec_name

RICH = """
    start s
    user a name=Periksa assignee=${x} candidateGroups=umum formRef=f
    script z script="1 + 1" resultVariable=x
    call c calledElement=q in=all out=y:y
    user m each=daftar item=surat until="=selesai" sequential=true
    sub u
    start s1 inside u
    terminate t inside u
    xor g
    end e
    s -> a
    a -> z
    z -> c
    c -> m
    m -> u
    s1 -> t
    u -> g
    g -> e if =x > 1
    g -> e default
"""


def plain(lines: str) -> etree._Element:
    (process,) = read_source(bpmn(lines), file="p.bpmn").processes
    return normalise(process, DefinitionId("d1"), {"q": DefinitionId("d2")})


def node(root: etree._Element, ident: str) -> etree._Element:
    (found,) = root.xpath("//*[@id=$ident]", ident=ident)
    assert isinstance(found, etree._Element)
    return found


def test_every_id_is_prefixed_by_its_definition() -> None:
    ids = [str(n.get("id")) for n in plain(RICH).iter() if n.get("id")]
    assert ids[0] == "d1"
    assert all(ident.startswith("d1@") for ident in ids[1:])
    assert len(ids) == len(set(ids))


def test_nothing_of_another_namespace_is_left() -> None:
    root = plain(RICH)
    assert {etree.QName(n).namespace for n in root.iter()} == {BPMN.strip("{}")}
    assert all("{" not in str(name) for n in root.iter() for name in n.attrib)


def test_no_text_of_an_expression_is_left() -> None:
    root = plain(RICH)
    texts = [n.text for n in root.iter() if n.text]
    assert sorted(texts) == ["f7", "m", "z"]


def test_a_call_is_pinned_to_a_definition() -> None:
    assert node(plain(RICH), "d1@c").get("calledElement") == "d2"


def test_a_repetition_keeps_only_its_way_of_running() -> None:
    loop = node(plain(RICH), "d1@m")[0]
    assert etree.QName(loop).localname == "multiInstanceLoopCharacteristics"
    assert dict(loop.attrib) == {"isSequential": "true"}
    assert [etree.QName(n).localname for n in loop] == ["loopCardinality"]


def test_a_sub_process_holds_its_own_elements_and_flows() -> None:
    inner = node(plain(RICH), "d1@u")
    assert [n.get("id") for n in inner] == ["d1@s1", "d1@t", "d1@f5"]
    assert inner[1][0].tag == BPMN + "terminateEventDefinition"


def test_a_second_flow_between_the_same_elements_goes_by_a_node_of_its_own() -> None:
    root = plain(RICH)
    via = node(root, "d1@f8/via")
    assert via.tag == BPMN + "task"
    assert node(root, "d1@f8").get("targetRef") == "d1@f8/via"
    assert node(root, "d1@f8/via/out").get("targetRef") == "d1@e"
    assert node(root, "d1@f7").get("targetRef") == "d1@e"
    assert node(root, "d1@g").get("default") == "d1@f8"


def test_a_spec_name_leads_back_to_its_element() -> None:
    name = spec_name(DefinitionId("d1"), "Activity_1.a")
    assert element_id(name) == element_id(name + " [child]") == "Activity_1.a"
    assert [element_id(other) for other in ("Start", "End", "EndJoin", "d1", "d1@f8/via")] == [
        ""
    ] * 5
