"""Where each node stands: lanes are bands of rows in the order of the diagram, columns follow the longest path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.draft.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place of the grid: column from the left, row from the top over all lanes."""

    column: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The grid: the cell of each node (a boundary event is in its host's), and how many rows each lane has."""

    cells: Mapping[str, Cell]
    rows: Mapping[str, int]
    backward: frozenset[str]
    """The ids of the flows that lead back in a loop."""

    @property
    def columns(self) -> int:
        """How many columns the grid has."""
        return 1 + max(cell.column for cell in self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arc:
    flow: str
    source: str
    target: str


def arrange(graph: Graph, lanes: Sequence[str]) -> Arrangement:
    """Give every node a cell of its own, in a row of its lane; flows go right except those of `backward`."""
    order = [node.id for node in graph.nodes if node.host is None]
    hosts = {node.id: node.host or node.id for node in graph.nodes}
    arcs = [_Arc(flow=f.id, source=hosts[f.source], target=hosts[f.target]) for f in graph.flows]
    backward = _backward(order, arcs)
    forward = [arc for arc in arcs if arc.flow not in backward]
    columns = _longest(order, forward)
    tracks = _tracks(graph, order, forward, columns)
    rows: dict[str, int] = {}
    first: dict[str, int] = {}
    for lane in lanes:
        members = [tracks[n.id] for n in graph.nodes if n.lane == lane and n.host is None]
        first[lane] = sum(rows.values())
        rows[lane] = 1 + max(members, default=0)
    cells = {
        node.id: Cell(column=columns[hosts[node.id]], row=first[node.lane] + tracks[hosts[node.id]])
        for node in graph.nodes
    }
    return Arrangement(cells=cells, rows=rows, backward=backward)


def _backward(order: Sequence[str], arcs: Sequence[_Arc]) -> frozenset[str]:
    """Find the arcs that close a loop when the graph is walked in its own order (depth first, without recursion)."""
    out = {node: [arc for arc in arcs if arc.source == node] for node in order}
    found: set[str] = set()
    entered: set[str] = set()
    for root in order:
        trail = [] if root in entered else [(root, iter(out[root]))]
        entered.add(root)
        while trail:
            arc = next(trail[-1][1], None)
            if arc is None:
                trail.pop()
            elif any(arc.target == open_node for open_node, _ in trail):
                found.add(arc.flow)
            elif arc.target not in entered:
                entered.add(arc.target)
                trail.append((arc.target, iter(out[arc.target])))
    return frozenset(found)


def _longest(order: Sequence[str], arcs: Sequence[_Arc]) -> dict[str, int]:
    """Give each node the length of the longest way to it."""
    lengths = dict.fromkeys(order, 0)
    waiting = {node: sum(arc.target == node for arc in arcs) for node in order}
    ready = [node for node in order if not waiting[node]]
    while ready:
        here = ready.pop()
        for arc in arcs:
            if arc.source == here:
                lengths[arc.target] = max(lengths[arc.target], lengths[here] + 1)
                waiting[arc.target] -= 1
                if not waiting[arc.target]:
                    ready.append(arc.target)
    return lengths


def _tracks(
    graph: Graph, order: Sequence[str], arcs: Sequence[_Arc], columns: Mapping[str, int]
) -> dict[str, int]:
    """Give each node a row inside its lane: the row it is reached from when that is free, the longest line first."""
    lanes = {node.id: node.lane for node in graph.nodes}
    turned = [_Arc(flow=arc.flow, source=arc.target, target=arc.source) for arc in arcs]
    remaining = _longest(order, turned)
    tracks: dict[str, int] = {}
    taken: dict[str, list[set[int]]] = {lane: [] for lane in lanes.values()}
    for node in sorted(order, key=lambda each: (columns[each], -remaining[each])):
        lane = taken[lanes[node]]
        before = [a.source for a in arcs if a.target == node and lanes[a.source] == lanes[node]]
        track = _track({tracks[each]: columns[each] for each in before}, lane, columns[node])
        if track == len(lane):
            lane.append(set())
        lane[track].add(columns[node])
        tracks[node] = track
    return tracks


def _track(wished: Mapping[int, int], lane: Sequence[set[int]], column: int) -> int:
    """Choose among the rows where the column is free; `wished` has the rows and columns that lead here."""

    def obstacles(track: int) -> int:
        if track not in wished:
            return column if wished else 0
        return sum(wished[track] < other < column for other in lane[track])

    free = [track for track, used in enumerate(lane) if column not in used]
    return min([*free, len(lane)], key=lambda track: (obstacles(track), track))
