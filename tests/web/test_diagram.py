from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.drawing import (
    Bounds,
    Direction,
    Drawing,
    Edge,
    EdgeKind,
    Kind,
    Marker,
    Point,
    Shape,
    Trigger,
    read_drawing,
)
from web.diagram import Marks, State, draw, text
from web.diagram.captions import KIND_WORDS, STATE_WORDS
from web.diagram.shapes import LOOKS
from web.diagram.shapes.signs import MARKERS, TRIGGERS

DRAWINGS = Path(__file__).parent / "drawings"
HOSTILE = "</title></g></svg><script>alert('1')</script>&\" onload=x ]]>"
BOX = Bounds(x=100, y=100, width=100, height=80)


def drawing(name: str) -> Drawing:
    return read_drawing(etree.parse(DRAWINGS / name).getroot())


def parse(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def group(svg: str, element_id: str) -> etree._Element:
    (found,) = parse(svg).findall(f".//g[@data-el='{element_id}']")
    return found


def chips(svg: str, element_id: str) -> list[str]:
    found = parse(svg).findall(f".//g[@data-for='{element_id}']")
    return ["".join(chip.itertext()) for chip in found]


def one(**facts: object) -> str:
    given_facts = {"element_id": "x", "kind": Kind.TASK, "name": "Nama", "bounds": BOX, **facts}
    return draw(Drawing(shapes=(Shape(**given_facts),)), title="Peta")


def line(**facts: object) -> str:
    way = (Point(x=0, y=0), Point(x=50, y=0), Point(x=50, y=80))
    given_facts = {
        "element_id": "x",
        "kind": EdgeKind.SEQUENCE,
        "name": "",
        "waypoints": way,
        "source": "a",
        "target": "b",
        **facts,
    }
    return draw(Drawing(edges=(Edge(**given_facts),)), title="Peta")


def test_every_kind_trigger_marker_and_state_has_its_row() -> None:
    assert set(LOOKS) == set(KIND_WORDS) == set(Kind)
    assert set(TRIGGERS) == set(Trigger)
    assert set(MARKERS) == set(Marker)
    assert set(STATE_WORDS) == set(State)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_drawn_with_its_classes_title_and_a_body(kind: Kind) -> None:
    drawn = group(one(kind=kind), "x")
    assert drawn.get("class") == f"bpmn {LOOKS[kind].classes}"
    assert drawn.findtext("title") == "Nama"
    assert drawn[1].tag in {"rect", "circle", "path"}
    assert "Nama" in "".join(drawn.itertext())[len("Nama") :]


@pytest.mark.parametrize("kind", Kind)
def test_an_element_without_name_is_drawn_and_called_by_its_kind(kind: Kind) -> None:
    drawn = group(one(kind=kind, name=""), "x")
    assert drawn.findtext("title") == KIND_WORDS[kind]
    assert drawn.find("text") is None


@pytest.mark.parametrize("name", ["surat.bpmn", "lengkap.bpmn"])
def test_every_shape_and_flow_of_a_file_stands_in_the_picture_once(name: str) -> None:
    read = drawing(name)
    drawn = [node.get("data-el") for node in parse(draw(read, title="Peta")).iter("g")]
    expected = [shape.element_id for shape in read.shapes] + [e.element_id for e in read.edges]
    assert sorted(drawn) == sorted(expected)


@pytest.mark.parametrize("trigger", Trigger)
def test_what_an_event_waits_for_is_an_outline_and_what_it_gives_is_filled(
    trigger: Trigger,
) -> None:
    waits = group(one(kind=Kind.CATCH_EVENT, trigger=trigger), "x").find("path")
    gives = group(one(kind=Kind.THROW_EVENT, trigger=trigger), "x").find("path")
    assert waits.get("class") == ("ink" if trigger is Trigger.TERMINATE else "icon")
    assert gives.get("class") == "ink"


@pytest.mark.parametrize(
    ("kind", "rings"), [(Kind.START_EVENT, 1), (Kind.BOUNDARY_EVENT, 2), (Kind.END_EVENT, 1)]
)
def test_an_event_on_the_way_has_two_rings(kind: Kind, rings: int) -> None:
    assert len(group(one(kind=kind), "x").findall("circle")) == rings


def test_rings_of_an_event_that_does_not_interrupt_are_dashed() -> None:
    drawn = group(one(kind=Kind.BOUNDARY_EVENT, interrupting=False), "x")
    assert {ring.get("class") for ring in drawn.findall("circle")} == {"body dashed"}


def test_an_event_sub_process_has_a_dotted_frame_and_a_closed_one_a_plus() -> None:
    by_event = group(one(kind=Kind.SUB_PROCESS, by_event=True), "x")
    closed = group(one(kind=Kind.SUB_PROCESS, expanded=False), "x")
    assert by_event.find("rect").get("class") == "body dotted"
    assert by_event.find("path") is None
    assert closed.find("path").get("d") == "M-7-7H7V7H-7zM0-4.5v9M-4.5 0h9"


@pytest.mark.parametrize("marker", Marker)
def test_each_marker_stands_at_the_foot(marker: Marker) -> None:
    sign = group(one(markers=(marker,)), "x").find("path")
    assert sign.get("d") == MARKERS[marker][1]
    assert sign.get("transform") == "translate(50 69)"


def test_an_exclusive_gateway_shows_its_mark_only_where_the_designer_did() -> None:
    assert len(group(one(kind=Kind.EXCLUSIVE_GATEWAY), "x").findall("path")) == 2
    assert len(group(one(kind=Kind.EXCLUSIVE_GATEWAY, marked=False), "x").findall("path")) == 1


def test_the_name_of_a_flat_lane_is_turned_and_that_of_an_upright_one_is_not() -> None:
    assert "rotate(-90)" in one(kind=Kind.LANE)
    assert "rotate" not in one(kind=Kind.LANE, horizontal=False)


@pytest.mark.parametrize(
    ("facts", "ends"),
    [
        ({}, ["line", "head"]),
        ({"default": True}, ["line", "arrow", "head"]),
        ({"conditional": True}, ["line", "open", "head"]),
        ({"kind": EdgeKind.MESSAGE}, ["line", "open", "open"]),
        ({"kind": EdgeKind.DATA}, ["line", "arrow"]),
        ({"kind": EdgeKind.ASSOCIATION, "direction": Direction.NONE}, ["line"]),
        ({"kind": EdgeKind.ASSOCIATION, "direction": Direction.BOTH}, ["line", "arrow", "arrow"]),
    ],
)
def test_each_kind_of_line_has_its_ends(facts: dict[str, object], ends: list[str]) -> None:
    assert [part.get("class") for part in group(line(**facts), "x")] == ends


def test_bends_are_round_and_the_arrowhead_ends_where_the_flow_ends() -> None:
    drawn = group(line(), "x")
    assert drawn[0].get("d") == "M0 0H45Q50 0 50 5V74"
    assert drawn[1].get("d") == "M50 80L54.5 70 45.5 70z"


def test_a_line_whose_points_are_all_one_is_drawn_as_its_name_alone() -> None:
    here = Point(x=5, y=5)
    drawn = group(line(waypoints=(here, here), name="Ya"), "x")
    assert [part.tag for part in drawn] == ["title", "text"]


def test_taken_flows_have_a_class_and_say_how_often() -> None:
    svg = draw(drawing("surat.bpmn"), Marks(taken={"f2": 2, "f4": 1, "f5": 0}), title="Peta")
    assert group(svg, "f2").get("class") == "bpmn sequence taken"
    assert group(svg, "f2").findtext("title") == "dilalui 2 kali"
    assert group(svg, "f4").findtext("title") == "Revisi: dilalui 1 kali"
    assert group(svg, "f5").get("class") == "bpmn sequence"


def test_the_active_task_says_di_sini_and_how_often_it_came_by() -> None:
    marks = Marks(states={"periksa": State.ACTIVE}, visits={"periksa": 2})
    svg = draw(drawing("surat.bpmn"), marks, title="Peta")
    assert group(svg, "periksa").get("class") == "bpmn task user active"
    assert group(svg, "periksa").findtext("title") == "Memeriksa draf: sedang di sini, 2 kali"
    assert chips(svg, "periksa") == ["Di sini", "2×"]


@pytest.mark.parametrize(
    ("state", "said"),
    [(State.DONE, [""]), (State.CANCELLED, [""]), (State.FAILED, ["Kendala"])],
)
def test_a_state_shows_without_colour(state: State, said: list[str]) -> None:
    svg = draw(drawing("surat.bpmn"), Marks(states={"periksa": state}), title="Peta")
    assert chips(svg, "periksa") == said
    assert group(svg, "periksa").get("class") == f"bpmn task user {state}"


def test_a_timer_whose_length_no_document_states_has_a_question_mark_and_says_so() -> None:
    timer = {"kind": Kind.BOUNDARY_EVENT, "trigger": Trigger.TIMER, "name": "60 hari"}
    svg = one(**timer, unstated=True)
    assert group(svg, "x").findtext("title") == "60 hari: batas belum ditetapkan dokumen"
    assert "?" in [text.text for text in group(svg, "x").iter("text")]
    assert "?" not in "".join(group(one(**timer), "x").itertext())


def test_an_event_that_a_step_waits_for_is_marked_and_says_so() -> None:
    shape = Shape(element_id="x", kind=Kind.BOUNDARY_EVENT, name="Batas", bounds=BOX)
    marks = Marks(states={"x": State.WAITING})
    svg = draw(Drawing(shapes=(shape,)), marks, title="Peta")
    assert group(svg, "x").get("class") == "bpmn event boundary waiting"
    assert group(svg, "x").findtext("title") == "Batas: sedang ditunggu"


def test_a_first_visit_needs_no_chip_and_marks_of_foreign_ids_are_ignored() -> None:
    marks = Marks(visits={"periksa": 1, "lain": 9}, states={"lain": State.ACTIVE})
    assert draw(drawing("surat.bpmn"), marks, title="Peta") == draw(
        drawing("surat.bpmn"), title="Peta"
    )


def test_chips_stand_above_everything_else() -> None:
    svg = draw(drawing("surat.bpmn"), Marks(states={"mulai": State.ACTIVE}), title="Peta")
    assert parse(svg)[-1].get("data-for") == "mulai"


def test_frames_lie_below_lines_and_boundary_events_above_their_task() -> None:
    small = Bounds(x=0, y=0, width=36, height=36)
    shapes = (
        Shape(element_id="tepi", kind=Kind.BOUNDARY_EVENT, name="", bounds=small),
        Shape(element_id="tugas", kind=Kind.TASK, name="", bounds=BOX),
        Shape(element_id="dalam", kind=Kind.SUB_PROCESS, name="", bounds=BOX),
        Shape(
            element_id="luar",
            kind=Kind.SUB_PROCESS,
            name="",
            bounds=Bounds(x=0, y=0, width=400, height=300),
        ),
    )
    way = (Point(x=0, y=0), Point(x=50, y=0))
    flow = Edge(
        element_id="alir", kind=EdgeKind.SEQUENCE, name="", waypoints=way, source="", target=""
    )
    root = parse(draw(Drawing(shapes=shapes, edges=(flow,)), title="Peta"))
    assert [node.get("data-el") for node in root] == ["luar", "dalam", "alir", "tugas", "tepi"]


def test_lines_of_a_name_are_centred_in_the_box() -> None:
    rows = group(one(name="Membubuhkan paraf"), "x").findall("text/tspan")
    assert [(row.text, row.get("x"), row.get("y")) for row in rows] == [
        ("Membubuhkan", "50", "37"),
        ("paraf", "50", "51.4"),
    ]


@pytest.mark.parametrize("kind", Kind)
def test_a_hostile_name_stays_text(kind: Kind) -> None:
    svg = one(kind=kind, name=HOSTILE, element_id=HOSTILE)
    root = parse(svg)
    assert "<script" not in svg
    assert {node.tag for node in root.iter()} <= {
        "svg", "g", "title", "text", "tspan", "rect", "circle", "path"
    }  # fmt: skip
    assert root.findtext("g/title") == HOSTILE
    assert root.find("g").get("data-el") == HOSTILE


def test_a_hostile_title_and_flow_name_stay_text() -> None:
    flow = Edge(
        element_id=HOSTILE,
        kind=EdgeKind.SEQUENCE,
        name=HOSTILE,
        waypoints=(Point(x=0, y=0), Point(x=9, y=0)),
        source="",
        target="",
    )
    root = parse(draw(Drawing(edges=(flow,)), title=HOSTILE))
    assert root.get("aria-label") == HOSTILE
    assert root.findtext("g/title") == HOSTILE


@pytest.mark.parametrize("name", ["surat.bpmn", "lengkap.bpmn"])
def test_a_picture_needs_no_style_attribute_script_or_id(name: str) -> None:
    nodes = list(parse(draw(drawing(name), title="Peta")).iter())
    assert not [node for node in nodes if {"style", "id", "onload"} & set(node.attrib)]
    assert not [node for node in nodes if node.tag in {"script", "style", "use", "image"}]


def test_a_file_without_layout_says_so() -> None:
    assert "Peta ini belum bergambar" in draw(Drawing(), title="Peta")


def test_a_broad_map_shrinks_to_four_fifths_and_a_narrow_one_keeps_its_size() -> None:
    broad = parse(draw(drawing("surat.bpmn"), title="Peta"))
    assert (broad.get("class"), broad.get("viewBox")) == ("diagram wide", "140 40 1330 560")
    assert (broad.get("width"), broad.get("height")) == ("1064", "448")
    narrow = parse(one())
    assert (narrow.get("class"), narrow.get("width")) == ("diagram", "140")


def test_a_four_lane_map_fits_the_page_budget() -> None:
    marks = Marks(states={"periksa": State.ACTIVE}, taken={"f1": 1, "f2": 1})
    assert len(draw(drawing("surat.bpmn"), marks, title="Peta").encode()) < 8_000


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=120)
TASK_KINDS = st.sampled_from([Kind.TASK, Kind.USER_TASK, Kind.SUB_PROCESS, Kind.ANNOTATION])


@given(
    name=NAMES,
    kind=TASK_KINDS,
    width=st.integers(60, 200),
    height=st.integers(40, 120),
    expanded=st.booleans(),
)
def test_a_name_is_never_wider_or_taller_than_its_shape(
    *, name: str, kind: Kind, width: int, height: int, expanded: bool
) -> None:
    box = Bounds(x=0, y=0, width=width, height=height)
    drawn = group(one(kind=kind, name=name, bounds=box, expanded=expanded), "x").find("text")
    if drawn is None:
        return
    size = text.SMALL_SIZE if drawn.get("class") == "small" else text.NAME_SIZE
    rows = drawn.findall("tspan") or [drawn]
    for row in rows:
        assert text.width(row.text or "", size) <= width - 4 or len(row.text) == 1
        assert float(row.get("y")) <= height


@given(NAMES, st.integers(20, 200))
def test_wrapping_loses_nothing_but_white_space(name: str, limit: int) -> None:
    lines = text.wrap(name, limit, 12)
    assert "".join("".join(lines).split()) == "".join(name.split())
    assert all(text.width(row, 12) <= limit for row in lines)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Membubuhkan paraf dan nomor surat", ["Membubuhkan", "paraf dan", "nomor surat"]),
        ("Memeriksa draf", ["Memeriksa draf"]),
        ("satu\ndua", ["satu", "dua"]),
        ("Pengadministrasian-kepegawaian", ["Pengadministra", "sian-", "kepegawaian"]),
    ],
)
def test_names_break_like_the_designers(name: str, lines: list[str]) -> None:
    assert text.wrap(name, 86, 12) == lines


def test_a_name_too_long_for_its_shape_ends_with_an_ellipsis_and_is_whole_in_the_title() -> None:
    name = "memeriksa kelengkapan berkas permohonan " * 9
    drawn = group(one(name=name.strip()), "x")
    assert drawn.findtext("title") == name.strip()
    assert drawn.findall("text/tspan")[-1].text.endswith("…")
    assert drawn.find("text").get("class") == "small"


def test_a_label_grows_rather_than_break_a_word() -> None:
    tight = Bounds(x=100, y=200, width=20, height=14)
    drawn = group(one(kind=Kind.START_EVENT, name="Kembalikan", label_bounds=tight), "x")
    assert drawn.findtext("text") == "Kembalikan"
