"""Sizes of shapes and of the labels beside them, in pixels, as Camunda Modeler draws them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from math import ceil
from typing import TYPE_CHECKING

from engine.draft.board import Heading, Path, heading
from engine.draft.graph import EVENTS, GATEWAYS, Flow, Graph, Node, NodeKind
from engine.draft.text import LABEL_FONT, LINE, TASK_FONT, breaks_words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

EVENT, GATEWAY, TASK_HEIGHT = 36, 50, 90
"""A task is ten higher than the Modeler's, so that three lines of text stay clear of the icon of its kind."""

TASK_WIDTHS = range(100, 190, 10)
TASK_LINES = 3
TASK_PADDING = 18
LABEL_LEAST, LABEL_MARGIN, LABEL_ROOM = 20, 2, 88
"""Wider labels are wrapped: the width that older bpmn.io viewers take for every label, less a margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; y grows downwards."""

    x: int
    y: int
    width: int
    height: int

    def moved(self, x: int, y: int) -> Box:
        """Give the same rectangle somewhere else."""
        return Box(x=self.x + x, y=self.y + y, width=self.width, height=self.height)


def task_width(names: Iterable[str]) -> int:
    """Give the one width for all tasks of a drawing in which each name has at most three lines."""
    known = [*names]
    fitting = (each for each in TASK_WIDTHS if all(_fits(name, each) for name in known))
    return next(fitting, TASK_WIDTHS[-1])


def _fits(name: str, outer: int) -> bool:
    room = outer - TASK_PADDING
    return len(wrap(name, room, TASK_FONT)) <= TASK_LINES and not breaks_words(
        name, room, TASK_FONT
    )


def size(node: Node, task: int) -> tuple[int, int]:
    """Give width and height of a node's shape."""
    if node.kind in EVENTS:
        return EVENT, EVENT
    return (GATEWAY, GATEWAY) if node.kind in GATEWAYS else (task, TASK_HEIGHT)


def label_size(text: str) -> tuple[int, int]:
    """Give width and height of a label: the narrowest that has no more lines than the usual room gives it."""
    usual = len(wrap(text, LABEL_ROOM, LABEL_FONT))
    wide = next(
        room
        for room in count(LABEL_LEAST, 2)
        if len(wrap(text, room - LABEL_MARGIN, LABEL_FONT)) <= usual
        and not breaks_words(text, room - LABEL_MARGIN, LABEL_FONT)
    )
    return wide, ceil(usual * LABEL_FONT * LINE)


def frames(graph: Graph, task: int) -> dict[str, Box]:
    """Give each shape around the middle of its cell; a boundary event sits on the lower edge of its host."""
    boxes = {}
    for node in graph.nodes:
        wide, high = size(node, task)
        lowered = TASK_HEIGHT // 2 if node.host else 0
        boxes[node.id] = Box(x=-wide // 2, y=lowered - high // 2, width=wide, height=high)
    return boxes


def labels(graph: Graph, paths: Mapping[str, Path], task: int) -> dict[str, tuple[str, Box]]:
    """Give the label of each named event, gateway and flow: beside which node it stands, and where around its middle."""
    placed: dict[str, tuple[str, Box]] = {}
    boxes = frames(graph, task)
    ends = {flow.id: _sides(paths[flow.id]) for flow in graph.flows}
    for node in graph.nodes:
        if node.name and (node.kind in EVENTS or node.kind in GATEWAYS):
            placed[node.id] = (node.host or node.id, _of_node(node, boxes[node.id], graph, ends))
    named = [flow for flow in graph.flows if flow.name]
    ports = Counter((flow.source, ends[flow.id][0]) for flow in named)
    for flow in named:
        leaves, enters = ends[flow.id]
        alone = ports[flow.source, leaves] == 1
        beside, side = (flow.source, leaves) if alone else (flow.target, enters)
        others = [other for at, other in placed.values() if at == beside]
        placed[flow.id] = (beside, _aside(_of_flow(flow, boxes[beside], side), others, side))
    return placed


def _sides(path: Path) -> tuple[Heading, Heading]:
    """Give the side of the source that a flow leaves by, and the side of the target that it enters by."""
    return heading(path[0], path[1]), heading(path[-2], path[-1]).opposite


def _of_node(
    node: Node, box: Box, graph: Graph, ends: Mapping[str, tuple[Heading, Heading]]
) -> Box:
    wide, high = label_size(node.name)
    if node.kind is NodeKind.TIMEOUT:
        return Box(x=EVENT // 2 + 4, y=TASK_HEIGHT // 2 + 6, width=wide, height=high)
    used = {ends[flow.id][0] for flow in graph.flows if flow.source == node.id}
    used |= {ends[flow.id][1] for flow in graph.flows if flow.target == node.id}
    half = box.height // 2
    x = -wide // 2 if {Heading.DOWN, Heading.UP} - used else -wide - 8
    y = half + 6 if Heading.DOWN not in used else -half - 6 - high
    return Box(x=x, y=y, width=wide, height=high)


def _of_flow(flow: Flow, box: Box, side: Heading) -> Box:
    wide, high = label_size(flow.name)
    half_width, half_height = box.width // 2, box.height // 2
    x, y = {
        Heading.RIGHT: (half_width + 6, -4 - high),
        Heading.LEFT: (-half_width - 10 - wide, -4 - high),
        Heading.DOWN: (6, half_height + 6),
        Heading.UP: (6, -half_height - 8 - high),
    }[side]
    return Box(x=x, y=y, width=wide, height=high)


def _aside(box: Box, others: Sequence[Box], side: Heading) -> Box:
    """Move a label outwards along its flow until it lies on no other label of the same cell."""
    x, y = side.step
    while any(_overlap(box, other) for other in others):
        box = box.moved(2 * x, 2 * y)
    return box


def _overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height
