"""Looks at the drawing in a BPMN file as a reader would, and says what would disturb the eye."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"

Point: TypeAlias = "tuple[float, float]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Tell whether the insides of both have a point in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Tell whether the other is wholly inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def has_on_border(self, point: Point) -> bool:
        """Tell whether the point is on one of the sides."""
        x, y = point
        on_side = x in (self.left, self.right) and self.top <= y <= self.bottom
        return on_side or (y in (self.top, self.bottom) and self.left <= x <= self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One drawn sequence flow."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]

    @property
    def stretches(self) -> list[Box]:
        """Each straight part as a box without breadth."""
        return [
            Box(left=min(a, c), top=min(b, d), right=max(a, c), bottom=max(b, d))
            for (a, b), (c, d) in pairwise(self.points)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that is drawn, by the ids of the elements; a node that isn't drawn has no box."""

    pool: Box
    lanes: dict[str, Box]
    members: dict[str, list[str]]
    nodes: dict[str, Box | None]
    hosts: dict[str, str]
    flows: list[Flow]
    labels: dict[str, Box]

    @property
    def shapes(self) -> dict[str, Box]:
        """The nodes that are drawn."""
        return {node: box for node, box in self.nodes.items() if box}


def look(bpmn: bytes) -> Picture:
    """Read the drawing of a file with one pool."""
    root = etree.fromstring(bpmn)
    process = root.find(BPMN + "process")
    assert process is not None
    shapes = {s.get("bpmnElement", ""): s for s in root.iter(BPMNDI + "BPMNShape")}
    edges = {e.get("bpmnElement", ""): e for e in root.iter(BPMNDI + "BPMNEdge")}
    boxes = {element: _bounds(shape) for element, shape in shapes.items()}
    owners = (shapes | edges).items()
    found = {owner: e.find(BPMNDI + "BPMNLabel") for owner, e in owners}
    flows = [e for e in process if e.tag == BPMN + "sequenceFlow"]
    nodes = [e for e in process if e.find(BPMN + "incoming") is not None]
    nodes += [e for e in process if e.find(BPMN + "outgoing") is not None and e not in nodes]
    lanes = list(process.iter(BPMN + "lane"))
    participant = next(root.iter(BPMN + "participant"))
    return Picture(
        pool=boxes[participant.get("id", "")],
        lanes={lane.get("id", ""): boxes[lane.get("id", "")] for lane in lanes},
        members={
            lane.get("id", ""): [ref.text or "" for ref in lane.iter(BPMN + "flowNodeRef")]
            for lane in lanes
        },
        nodes={node.get("id", ""): boxes.get(node.get("id", "")) for node in nodes},
        hosts={n.get("id", ""): n.get("attachedToRef", "") for n in nodes},
        flows=[_flow(flow, edges.get(flow.get("id", ""))) for flow in flows],
        labels={owner: _bounds(label) for owner, label in found.items() if label is not None},
    )


def flaws(bpmn: bytes) -> list[str]:
    """Say everything that disturbs: undrawn, outside its lane, covered, slanted, loose, run through."""
    picture = look(bpmn)
    undrawn = [f"{node} is not drawn" for node, box in picture.nodes.items() if box is None]
    undrawn += [f"{flow.id} is not drawn" for flow in picture.flows if not flow.points]
    return undrawn or [
        *_flaws_of_lanes(picture),
        *_flaws_of_shapes(picture),
        *_flaws_of_flows(picture),
        *_flaws_of_labels(picture),
    ]


def _flaws_of_lanes(picture: Picture) -> Iterator[str]:
    tops = [lane.top for lane in picture.lanes.values()]
    bottoms = [lane.bottom for lane in picture.lanes.values()]
    if [*tops, picture.pool.bottom] != [picture.pool.top, *bottoms]:
        yield "the lanes don't fill the pool from top to bottom"
    homes = [node for members in picture.members.values() for node in members]
    yield from (
        f"{node} is in {homes.count(node)} lanes"
        for node in picture.nodes
        if homes.count(node) != 1
    )
    for lane, members in picture.members.items():
        for node in members:
            if not picture.lanes[lane].holds(picture.shapes[node]):
                yield f"{node} is outside its lane {lane}"


def _flaws_of_shapes(picture: Picture) -> Iterator[str]:
    for (one, a), (other, b) in combinations(picture.shapes.items(), 2):
        if a.covers(b) and picture.hosts[one] != other and picture.hosts[other] != one:
            yield f"{one} and {other} cover each other"


def _flaws_of_flows(picture: Picture) -> Iterator[str]:
    for flow in picture.flows:
        source, target = picture.shapes[flow.source], picture.shapes[flow.target]
        if any(a != c and b != d for (a, b), (c, d) in pairwise(flow.points)):
            yield f"{flow.id} is slanted"
        if not source.has_on_border(flow.points[0]) or not target.has_on_border(flow.points[-1]):
            yield f"{flow.id} doesn't begin and end on its shapes"
        for node, box in picture.shapes.items():
            if any(box.covers(stretch) for stretch in flow.stretches):
                yield f"{flow.id} runs through {node}"
    for one, other in combinations(picture.flows, 2):
        if (
            one.source != other.source
            and one.target != other.target
            and _lie_on_each_other(one, other)
        ):
            yield f"{one.id} and {other.id} lie on each other"


def _lie_on_each_other(one: Flow, other: Flow) -> bool:
    return any(_run_along(a, b) for a in one.stretches for b in other.stretches)


def _run_along(a: Box, b: Box) -> bool:
    level = a.top == a.bottom == b.top == b.bottom
    upright = a.left == a.right == b.left == b.right
    across = max(a.left, b.left) < min(a.right, b.right)
    down = max(a.top, b.top) < min(a.bottom, b.bottom)
    return (level and across) or (upright and down)


def _flaws_of_labels(picture: Picture) -> Iterator[str]:
    for owner, label in picture.labels.items():
        if not any(lane.holds(label) for lane in picture.lanes.values()):
            yield f"the label of {owner} is not inside one lane"
        yield from (
            f"the label of {owner} covers {n}"
            for n, box in picture.shapes.items()
            if label.covers(box)
        )
        for flow in picture.flows:
            if any(label.covers(stretch) for stretch in flow.stretches):
                yield f"{flow.id} runs through the label of {owner}"
    for (one, a), (other, b) in combinations(picture.labels.items(), 2):
        if a.covers(b):
            yield f"the labels of {one} and {other} cover each other"


def _flow(flow: _Element, edge: _Element | None) -> Flow:
    waypoints = [] if edge is None else edge.findall(DI + "waypoint")
    return Flow(
        id=flow.get("id", ""),
        source=flow.get("sourceRef", ""),
        target=flow.get("targetRef", ""),
        points=tuple((float(p.get("x", "")), float(p.get("y", ""))) for p in waypoints),
    )


def _bounds(owner: _Element) -> Box:
    bounds = owner.find(DC + "Bounds")
    assert bounds is not None
    x, y, width, height = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    return Box(left=x, top=y, right=x + width, bottom=y + height)
