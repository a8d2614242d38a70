from __future__ import annotations

import pytest
from lxml import etree

from engine.drawing import (
    Bounds,
    Direction,
    Drawing,
    EdgeKind,
    Kind,
    Marker,
    Point,
    Shape,
    Trigger,
    read_drawing,
)
from engine.errors import DefinitionError

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI">'
)
BOX = '<dc:Bounds x="10" y="20" width="100" height="80"/>'


def sheet(process: str, di: str, plane: str = "proses") -> str:
    return (
        f"{process}<bpmndi:BPMNDiagram>"
        f'<bpmndi:BPMNPlane bpmnElement="{plane}">{di}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    )


def shape(element: str, inside: str = BOX, attributes: str = "") -> str:
    return (
        f'<bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}" {attributes}>'
        f"{inside}</bpmndi:BPMNShape>"
    )


def edge(element: str, *points: tuple[object, object], label: str = "") -> str:
    waypoints = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge bpmnElement="{element}">{waypoints}{label}</bpmndi:BPMNEdge>'


def process(inside: str) -> str:
    return f'<bpmn:process id="proses">{inside}</bpmn:process>'


def read(body: str) -> Drawing:
    return read_drawing(etree.fromstring(f"{HEAD}{body}</bpmn:definitions>"))


def read_one(element: str, attributes: str = "", inside: str = BOX) -> Shape:
    return read(sheet(process(element), shape("x", inside, attributes))).shapes[0]


def refused(body: str) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        read(body)
    return caught.value


def test_a_shape_has_its_name_kind_and_place() -> None:
    label = '<bpmndi:BPMNLabel><dc:Bounds x="1" y="2" width="30" height="13"/></bpmndi:BPMNLabel>'
    drawn = read_one('<bpmn:userTask id="x" name=" Memeriksa draf "/>', inside=BOX + label)
    assert (drawn.element_id, drawn.kind, drawn.name) == ("x", Kind.USER_TASK, "Memeriksa draf")
    assert drawn.bounds == Bounds(x=10, y=20, width=100, height=80)
    assert drawn.label_bounds == Bounds(x=1, y=2, width=30, height=13)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("task", Kind.TASK),
        ("manualTask", Kind.MANUAL_TASK),
        ("serviceTask", Kind.SERVICE_TASK),
        ("scriptTask", Kind.SCRIPT_TASK),
        ("sendTask", Kind.SEND_TASK),
        ("receiveTask", Kind.RECEIVE_TASK),
        ("businessRuleTask", Kind.RULE_TASK),
        ("callActivity", Kind.CALL_ACTIVITY),
        ("subProcess", Kind.SUB_PROCESS),
        ("adHocSubProcess", Kind.SUB_PROCESS),
        ("transaction", Kind.TRANSACTION),
        ("startEvent", Kind.START_EVENT),
        ("intermediateCatchEvent", Kind.CATCH_EVENT),
        ("intermediateThrowEvent", Kind.THROW_EVENT),
        ("boundaryEvent", Kind.BOUNDARY_EVENT),
        ("endEvent", Kind.END_EVENT),
        ("exclusiveGateway", Kind.EXCLUSIVE_GATEWAY),
        ("inclusiveGateway", Kind.INCLUSIVE_GATEWAY),
        ("parallelGateway", Kind.PARALLEL_GATEWAY),
        ("eventBasedGateway", Kind.EVENT_GATEWAY),
        ("complexGateway", Kind.COMPLEX_GATEWAY),
        ("dataObjectReference", Kind.DATA_OBJECT),
        ("dataStoreReference", Kind.DATA_STORE),
        ("dataInput", Kind.DATA_INPUT),
        ("dataOutput", Kind.DATA_OUTPUT),
        ("group", Kind.GROUP),
    ],
)
def test_each_element_has_its_kind(tag: str, kind: Kind) -> None:
    assert read_one(f'<bpmn:{tag} id="x"/>').kind is kind


@pytest.mark.parametrize(
    ("inside", "attributes", "markers"),
    [
        ("<bpmn:standardLoopCharacteristics/>", "", (Marker.LOOP,)),
        ("<bpmn:multiInstanceLoopCharacteristics/>", "", (Marker.PARALLEL,)),
        (
            '<bpmn:multiInstanceLoopCharacteristics isSequential="true"/>',
            'isForCompensation="true"',
            (Marker.SEQUENTIAL, Marker.COMPENSATION),
        ),
        ("", "", ()),
    ],
)
def test_loops_and_compensation_are_markers(inside: str, attributes: str, markers: object) -> None:
    assert read_one(f'<bpmn:task id="x" {attributes}>{inside}</bpmn:task>').markers == markers


def test_a_collection_is_marked_on_its_reference() -> None:
    data = '<bpmn:dataObject id="isi" isCollection="true"/>'
    drawn = read_one(f'<bpmn:dataObjectReference id="x" dataObjectRef="isi"/>{data}')
    assert drawn.markers == (Marker.COLLECTION,)


@pytest.mark.parametrize(
    ("definitions", "attributes", "trigger"),
    [
        ("", "", None),
        ("<bpmn:timerEventDefinition/>", "", Trigger.TIMER),
        ("<bpmn:compensateEventDefinition/>", "", Trigger.COMPENSATION),
        ("<bpmn:timerEventDefinition/><bpmn:linkEventDefinition/>", "", Trigger.MULTIPLE),
        (
            "<bpmn:timerEventDefinition/><bpmn:linkEventDefinition/>",
            'parallelMultiple="true"',
            Trigger.PARALLEL_MULTIPLE,
        ),
    ],
)
def test_an_event_has_the_trigger_of_its_definitions(
    definitions: str, attributes: str, trigger: Trigger | None
) -> None:
    event = (
        f'<bpmn:intermediateCatchEvent id="x" {attributes}>'
        f"{definitions}</bpmn:intermediateCatchEvent>"
    )
    assert read_one(event).trigger is trigger


@pytest.mark.parametrize(
    "event",
    [
        '<bpmn:boundaryEvent id="x" cancelActivity="false"/>',
        '<bpmn:startEvent id="x" isInterrupting="false"/>',
    ],
)
def test_an_event_that_lets_the_work_go_on_is_not_interrupting(event: str) -> None:
    assert not read_one(event).interrupting


def test_an_event_interrupts_unless_it_says_otherwise() -> None:
    assert read_one('<bpmn:boundaryEvent id="x"/>').interrupting


@pytest.mark.parametrize(("value", "unstated"), [("tidak", True), ("ya", False)])
def test_a_timer_says_when_no_document_states_its_length(value: str, *, unstated: bool) -> None:
    told = f'<camunda:property name="batas.ditetapkan" value="{value}"/>'
    extensions = (
        '<bpmn:extensionElements><camunda:properties xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
        f"{told}</camunda:properties></bpmn:extensionElements>"
    )
    event = f'<bpmn:boundaryEvent id="x">{extensions}</bpmn:boundaryEvent>'
    assert read_one(event).unstated is unstated


def test_a_pool_without_direction_lies_flat_and_one_without_process_is_closed() -> None:
    drawn = read(
        sheet(
            '<bpmn:collaboration id="bersama"><bpmn:participant id="x" name="Warga"/>'
            '<bpmn:participant id="y" processRef="proses"/></bpmn:collaboration>',
            shape("x") + shape("y", attributes='isHorizontal="false"'),
            "bersama",
        )
    )
    closed, upright = drawn.shapes
    assert (closed.horizontal, closed.expanded) == (True, False)
    assert (upright.horizontal, upright.expanded) == (False, True)


def test_what_lies_inside_a_collapsed_sub_process_is_not_on_the_sheet() -> None:
    body = process('<bpmn:subProcess id="x"><bpmn:task id="dalam"/></bpmn:subProcess>')
    drawn = read(sheet(body, shape("x") + shape("dalam")))
    assert [shape.element_id for shape in drawn.shapes] == ["x"]
    assert drawn.undrawn == ("dalam",)


def test_what_lies_inside_an_open_sub_process_is_on_the_sheet() -> None:
    body = process(
        '<bpmn:subProcess id="x" triggeredByEvent="true"><bpmn:task id="dalam"/></bpmn:subProcess>'
    )
    drawn = read(sheet(body, shape("x", attributes='isExpanded="true"') + shape("dalam")))
    assert [shape.element_id for shape in drawn.shapes] == ["x", "dalam"]
    assert drawn.shapes[0].by_event


def test_elements_and_flows_without_a_shape_are_listed() -> None:
    body = process(
        '<bpmn:task id="x"/><bpmn:task id="y"/>'
        '<bpmn:sequenceFlow id="alir" sourceRef="x" targetRef="y"/>'
    )
    assert read(sheet(body, shape("x"))).undrawn == ("y", "alir")


def test_a_line_that_claims_to_draw_a_task_leaves_the_task_undrawn() -> None:
    drawn = read(sheet(process('<bpmn:task id="x"/>'), edge("x", (0, 0), (1, 1))))
    assert (drawn.shapes, drawn.edges, drawn.undrawn) == ((), (), ("x",))


def test_a_file_without_diagram_gives_a_drawing_without_shapes() -> None:
    drawn = read(process('<bpmn:task id="x"/>'))
    assert (drawn.shapes, drawn.undrawn, drawn.sheets) == ((), ("x",), 0)


def test_of_several_diagrams_the_collaboration_is_drawn() -> None:
    body = (
        '<bpmn:collaboration id="bersama"><bpmn:participant id="p"/></bpmn:collaboration>'
        + process('<bpmn:task id="x"/>')
    )
    drawn = read(sheet(body, shape("x")) + sheet("", shape("p"), "bersama"))
    assert [shape.element_id for shape in drawn.shapes] == ["p"]
    assert drawn.sheets == 2


def test_a_flow_has_its_ends_its_way_and_its_default_mark() -> None:
    body = process(
        '<bpmn:exclusiveGateway id="x" default="alir"/><bpmn:task id="y"/>'
        '<bpmn:sequenceFlow id="alir" name="lainnya" sourceRef="x" targetRef="y"/>'
    )
    flow = read(sheet(body, edge("alir", (0, 0), ("1e1", -0.5)))).edges[0]
    assert (flow.kind, flow.name, flow.source, flow.target) == (
        EdgeKind.SEQUENCE,
        "lainnya",
        "x",
        "y",
    )
    assert flow.waypoints == (Point(x=0, y=0), Point(x=10, y=-0.5))
    assert flow.default


@pytest.mark.parametrize(("tag", "conditional"), [("task", True), ("exclusiveGateway", False)])
def test_only_a_condition_that_leaves_an_activity_gets_the_diamond(
    tag: str, *, conditional: bool
) -> None:
    body = process(
        f'<bpmn:{tag} id="x"/><bpmn:sequenceFlow id="alir" sourceRef="x" targetRef="x">'
        "<bpmn:conditionExpression/></bpmn:sequenceFlow>"
    )
    assert read(sheet(body, edge("alir", (0, 0), (9, 9)))).edges[0].conditional is conditional


def test_a_data_association_runs_between_the_data_and_the_activity_around_it() -> None:
    body = process(
        '<bpmn:task id="x"><bpmn:dataInputAssociation id="masuk"><bpmn:sourceRef>d</bpmn:sourceRef>'
        '</bpmn:dataInputAssociation><bpmn:dataOutputAssociation id="keluar">'
        "<bpmn:targetRef>d</bpmn:targetRef></bpmn:dataOutputAssociation></bpmn:task>"
        '<bpmn:dataObjectReference id="d"/>'
    )
    into, out = read(
        sheet(body, edge("masuk", (0, 0), (1, 1)) + edge("keluar", (0, 0), (1, 1)))
    ).edges
    assert (into.kind, into.source, into.target) == (EdgeKind.DATA, "d", "x")
    assert (out.kind, out.source, out.target) == (EdgeKind.DATA, "x", "d")


@pytest.mark.parametrize(
    ("attribute", "direction"),
    [
        ("", Direction.NONE),
        ('associationDirection="One"', Direction.ONE),
        ('associationDirection="Both"', Direction.BOTH),
    ],
)
def test_an_association_says_itself_where_it_has_arrowheads(
    attribute: str, direction: Direction
) -> None:
    body = process(f'<bpmn:association id="kait" sourceRef="x" targetRef="y" {attribute}/>')
    assert read(sheet(body, edge("kait", (0, 0), (1, 1)))).edges[0].direction is direction


def test_an_annotation_bears_its_text_and_a_group_its_category() -> None:
    body = process(
        '<bpmn:textAnnotation id="x"><bpmn:text> lima hari </bpmn:text></bpmn:textAnnotation>'
        '<bpmn:group id="y" categoryValueRef="nilai"/>'
    )
    category = '<bpmn:category><bpmn:categoryValue id="nilai" value="Keputusan"/></bpmn:category>'
    drawn = read(sheet(body + category, shape("x") + shape("y")))
    assert [shape.name for shape in drawn.shapes] == ["lima hari", "Keputusan"]


def test_an_empty_label_box_counts_as_none() -> None:
    label = '<bpmndi:BPMNLabel><dc:Bounds x="0" y="0" width="0" height="0"/></bpmndi:BPMNLabel>'
    assert read_one('<bpmn:task id="x"/>', inside=BOX + label).label_bounds is None


def test_a_prefix_in_a_reference_is_only_a_habit() -> None:
    drawn = read(
        sheet(process('<bpmn:task id="x"/>'), shape("x").replace('Element="x"', 'Element="ns:x"'))
    )
    assert drawn.shapes[0].element_id == "x"


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<dc:Bounds x="0" y="0" width="100"/>',
        '<dc:Bounds x="NaN" y="0" width="100" height="80"/>',
        '<dc:Bounds x="INF" y="0" width="100" height="80"/>',
        '<dc:Bounds x="1e9" y="0" width="100" height="80"/>',
        '<dc:Bounds x="1_0" y="0" width="100" height="80"/>',
        '<dc:Bounds x="١" y="0" width="100" height="80"/>',
        '<dc:Bounds x="0" y="0" width="0" height="80"/>',
        '<dc:Bounds x="0" y="0" width="100" height="-80"/>',
        f'{BOX}<bpmndi:BPMNLabel><dc:Bounds x="a" y="0" width="9" height="9"/></bpmndi:BPMNLabel>',
    ],
)
def test_a_shape_without_a_sound_box_is_refused_by_name(inside: str) -> None:
    error = refused(sheet(process('<bpmn:task id="x"/>'), shape("x", inside)))
    assert (error.code, error.params) == ("drawing_bounds", {"element": "x"})


@pytest.mark.parametrize("points", [(), ((0, 0),), ((0, 0), ("nan", 1)), ((0, 0), (1, 100_001))])
def test_a_line_without_a_sound_way_is_refused_by_name(
    points: tuple[tuple[object, object], ...],
) -> None:
    flow = process('<bpmn:sequenceFlow id="alir" sourceRef="x" targetRef="y"/>')
    error = refused(sheet(flow, edge("alir", *points)))
    assert (error.code, error.params) == ("drawing_waypoints", {"element": "alir"})


def test_a_shape_of_nothing_in_the_file_is_refused_by_name() -> None:
    error = refused(sheet(process(""), shape("hantu")))
    assert (error.code, error.params) == ("drawing_reference", {"element": "hantu"})


def test_a_shape_that_names_no_element_is_refused_by_its_own_name() -> None:
    error = refused(sheet(process(""), f'<bpmndi:BPMNShape id="bentuk">{BOX}</bpmndi:BPMNShape>'))
    assert (error.code, error.params) == ("drawing_reference", {"element": "bentuk"})


def test_an_element_that_is_drawn_twice_is_refused_by_name() -> None:
    error = refused(sheet(process('<bpmn:task id="x"/>'), shape("x") * 2))
    assert (error.code, error.params) == ("drawing_twice", {"element": "x"})
