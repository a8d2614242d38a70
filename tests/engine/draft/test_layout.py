"""Drafted drawings look as a person would have drawn them, whatever the facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture import flaws, look

from engine.draft import draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDS = ("Menerima", "berkas", "dari", "pemohon", "Mendistribusikan", "tindak lanjut", "OPD")
ENTRY = {"key": "catatan", "label": "Catatan", "type": "text"}


def facts(  # noqa: PLR0913 - the parts of a small process, all but the steps by name
    steps: Sequence[tuple[str, str]],
    *,
    branches: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    flows: Sequence[tuple[str, str]] = (),
    ends: Mapping[str, str] | None = None,
    timeouts: Sequence[tuple[str, str]] = (),
    names: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Give facts of steps (id, lane); branches by step are (label, target), flows are parallel, ends are by step."""
    lanes = sorted({lane for _, lane in steps})
    return {
        "agency": "uji",
        "slug": "contoh",
        "code": "U1",
        "title": "Proses contoh",
        "source": {"document": "Uji", "where": "hlm. 1"},
        "lanes": [{"id": lane, "name": f"Lajur {lane}", "kind": "internal"} for lane in lanes],
        "start": {"lane": steps[0][1], "trigger": "none"},
        "steps": [_step(step, lane, names or {}) for step, lane in steps],
        "gateways": [_gateway(step, ways) for step, ways in (branches or {}).items()],
        "flows": [{"from": a, "to": b, "kind": "parallel"} for a, b in flows],
        "ends": [
            {"id": end, "after": step, "name": "Berkas selesai dikerjakan"}
            for step, end in (ends or {steps[-1][0]: "selesai"}).items()
        ],
        "timeouts": [{"at": at, "after": "P14D", "to": to, "stated": True} for at, to in timeouts],
    }


def _step(step: str, lane: str, names: Mapping[str, str]) -> dict[str, object]:
    name = names.get(step, f"Langkah {step}")
    return {"id": step, "lane": lane, "name": name, "kind": "user", "form": [ENTRY]}


def _gateway(step: str, ways: Sequence[tuple[str, str]]) -> dict[str, object]:
    branches = [{"label": label, "when": f'catatan = "{label}"', "to": to} for label, to in ways]
    question = "Sudah lengkap?"
    return {"id": f"tanya_{step}", "after": step, "question": question, "branches": branches}


CHAIN = facts([("a", "x"), ("b", "y"), ("c", "x"), ("d", "z")])
LOOP_IN_ONE_LANE = facts(
    [("a", "x"), ("b", "x"), ("c", "x")], branches={"b": [("ya", "c"), ("tidak", "a")]}
)
LOOP_OVER_LANES = facts(
    [("a", "x"), ("b", "y"), ("c", "x"), ("d", "z")],
    branches={"c": [("Setuju", "d"), ("Perlu diperbaiki dahulu", "b")]},
)
TWO_LOOPS = facts(
    [("a", "x"), ("b", "y"), ("c", "x"), ("d", "y")],
    branches={"b": [("ya", "c"), ("tidak", "a")], "d": [("ya", "selesai"), ("tidak", "b")]},
    ends={"tanya_d": "selesai"},
)
PARALLEL = facts(
    [("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", "x")],
    flows=[(a, b) for one in "bcd" for a, b in (("a", one), (one, "e"))],
)
SEVERAL_ENDS = facts(
    [("a", "x"), ("b", "x"), ("c", "x"), ("d", "x")],
    branches={"a": [("satu", "b"), ("dua", "c"), ("tiga", "d"), ("batal", "batal")]},
    ends={"b": "satu", "c": "dua", "d": "tiga", "tanya_a": "batal"},
)
TIMEOUTS = facts(
    [("a", "x"), ("b", "y"), ("c", "x"), ("d", "x")],
    branches={"b": [("ya", "c"), ("tidak", "a")]},
    timeouts=[("b", "d"), ("c", "a")],
)
MANY_LANES = facts([(f"s{n}", f"l{n * 5 % 9}") for n in range(14)])

SHAPES = {
    "chain": CHAIN,
    "loop in one lane": LOOP_IN_ONE_LANE,
    "loop over lanes": LOOP_OVER_LANES,
    "two loops": TWO_LOOPS,
    "parallel": PARALLEL,
    "several ends": SEVERAL_ENDS,
    "timeouts": TIMEOUTS,
    "many lanes": MANY_LANES,
}


@pytest.mark.parametrize("known", SHAPES.values(), ids=SHAPES)
def test_nothing_in_a_drawing_disturbs_the_eye(known: dict[str, object]) -> None:
    assert flaws(draft(known).bpmn) == []


def test_a_chain_in_one_lane_is_one_straight_line() -> None:
    picture = look(draft(facts([("a", "x"), ("b", "x"), ("c", "x")])).bpmn)
    assert len({point[1] for flow in picture.flows for point in flow.points}) == 1


def test_a_flow_leads_to_the_right_unless_it_returns() -> None:
    picture = look(draft(LOOP_OVER_LANES).bpmn)
    leftwards = {
        (flow.source, flow.target)
        for flow in picture.flows
        if picture.shapes[flow.target].left < picture.shapes[flow.source].left
    }
    assert leftwards == {("tanya_c", "b")}


def test_lanes_stand_in_the_order_of_the_facts() -> None:
    known = facts([("a", "z"), ("b", "y"), ("c", "x")])
    known["lanes"] = [{"id": i, "name": i.upper(), "kind": "internal"} for i in ("z", "x", "y")]
    assert list(look(draft(known).bpmn).lanes) == ["z", "x", "y"]


def test_a_lane_without_steps_is_drawn() -> None:
    known = facts([("a", "x")])
    known["lanes"] = [{"id": i, "name": i.upper(), "kind": "internal"} for i in ("x", "y")]
    picture = look(draft(known).bpmn)
    assert picture.members["y"] == []
    assert flaws(draft(known).bpmn) == []


def test_the_longest_word_widens_all_tasks_alike() -> None:
    long = facts([("a", "x"), ("b", "x")], names={"a": "Mempertanggungjawabkan"})
    widths = {
        box.right - box.left for node, box in look(draft(long).bpmn).shapes.items() if node in "ab"
    }
    short = {
        box.right - box.left for node, box in look(draft(CHAIN).bpmn).shapes.items() if node in "ab"
    }
    assert len(widths) == 1
    assert widths > short or min(widths) > max(short)


@pytest.mark.parametrize(
    ("was", "becomes", "flaw"),
    [
        (r'(Shape id="b_di".*?y=")\d+', r"\g<1>0", "b is outside its lane y"),
        (r'(Shape id="c_di".*?)<dc.*?>', r"\g<1>BOUNDS_OF_A", "a and c cover each other"),
        (r'(id="Flow_a_b_di".*?y=")\d+', r"\g<1>7", "Flow_a_b is slanted"),
        (r'<bpmndi:BPMNShape id="d_di".*?</bpmndi:BPMNShape>', "", "d is not drawn"),
        (r'<bpmndi:BPMNEdge id="Flow_a_b_di.*?</bpmndi:BPMNEdge>', "", "Flow_a_b is not drawn"),
    ],
)
def test_the_eye_sees_what_is_wrong(was: str, becomes: str, flaw: str) -> None:
    drawing = draft(CHAIN).bpmn.decode()
    bounds = re.search(r'Shape id="a_di".*?(<dc.*?>)', drawing, re.DOTALL)
    assert bounds is not None
    becomes = becomes.replace("BOUNDS_OF_A", bounds[1])
    assert flaw in flaws(re.sub(was, becomes, drawing, count=1, flags=re.DOTALL).encode())


@st.composite
def random_facts(draw: st.DrawFn) -> dict[str, object]:
    """Give a chain of steps over some lanes, with branches forth and back, forks, timeouts and long names."""
    count = draw(st.integers(2, 12))
    lanes = "abcd"[: draw(st.integers(1, 4))]
    steps = [(f"s{n}", draw(st.sampled_from(lanes))) for n in range(count)]
    branches: dict[str, list[tuple[str, str]]] = {}
    flows: list[tuple[str, str]] = []
    fork = draw(st.integers(0, count - 1))
    if fork + 3 < count:
        flows = [(f"s{fork}", f"s{n}") for n in (fork + 1, fork + 2)]
        flows += [(f"s{n}", f"s{fork + 3}") for n in (fork + 1, fork + 2)]
    for n in range(count - 1):
        inside = flows and fork <= n < fork + 3
        if not inside and draw(st.integers(0, 3)) == 0:
            targets = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=3, unique=True))
            others = [f"s{t}" for t in targets if t != n + 1]
            labels = [
                draw(st.sampled_from(("ya", "tidak", "perlu diperbaiki lagi"))) for _ in others
            ]
            branches[f"s{n}"] = [("lanjut", f"s{n + 1}"), *zip(labels, others, strict=True)]
    waits = draw(st.lists(st.integers(0, count - 1), max_size=2, unique=True))
    timeouts = [(f"s{n}", f"s{draw(st.integers(0, count - 1))}") for n in waits]
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
    names = {step: draw(words) for step, _ in steps}
    return facts(steps, branches=branches, flows=flows, timeouts=timeouts, names=names)


@settings(max_examples=15)
@given(random_facts())
def test_any_flow_over_any_lanes_is_drawn_cleanly(known: dict[str, object]) -> None:
    assert flaws(draft(known).bpmn) == []
