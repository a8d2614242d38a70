"""The ways of the flows: the cheapest path over the board, where bends, crossings and detours have their price."""

from __future__ import annotations

import heapq
from itertools import count
from typing import TYPE_CHECKING

from engine.draft.board import Board, Heading, Net, Path, Point, across, center, down
from engine.draft.graph import EVENTS, GATEWAYS, Graph, Node, NodeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.draft.layout import Arrangement

_RIGHT, _DOWN, _LEFT, _UP = Heading
ROUNDS = 2
"""How often each flow is laid anew when all the others are known."""


def route(graph: Graph, arrangement: Arrangement) -> dict[str, Path]:
    """Give the path of each flow over the board, from its source's crossing to its target's."""
    nodes = {node.id: node for node in graph.nodes}
    rows = sum(arrangement.rows.values())
    board = Board(arrangement.columns, rows, map(center, arrangement.cells.values()))
    hosts = {node.host for node in graph.nodes if node.host}
    nets = [
        Net(
            id=flow.id,
            source=flow.source,
            target=flow.target,
            start=center(arrangement.cells[flow.source]),
            goal=center(arrangement.cells[flow.target]),
            exits=_exits(nodes[flow.source], occupied=flow.source in hosts),
            entries=_entries(nodes[flow.target], occupied=flow.target in hosts),
        )
        for flow in graph.flows
    ]
    nets.sort(key=lambda net: (net.id in arrangement.backward, _distance(net.start, net.goal)))
    paths: dict[str, Path] = {}
    for again in range(1 + ROUNDS):
        for net in nets:
            if again:
                board.lift(net)
            paths[net.id] = _Search(board, net).path()
            board.lay(net, paths[net.id])
    return paths


def _exits(node: Node, *, occupied: bool) -> Mapping[Heading, int]:
    if node.kind is NodeKind.TIMEOUT:
        return {_DOWN: 0}
    sides = {_RIGHT: 0, _UP: 60, _DOWN: 60, _LEFT: 200}
    if node.kind in GATEWAYS:
        sides = {_RIGHT: 0, _DOWN: 10, _UP: 12, _LEFT: 150}
    return {side: price for side, price in sides.items() if not (occupied and side is _DOWN)}


def _entries(node: Node, *, occupied: bool) -> Mapping[Heading, int]:
    sides = {_RIGHT: 0, _UP: 50, _DOWN: 50, _LEFT: 120}
    if node.kind in GATEWAYS or node.kind in EVENTS:
        sides = {_RIGHT: 0, _UP: 25, _DOWN: 25, _LEFT: 150}
    return {side: price for side, price in sides.items() if not (occupied and side is _UP)}


def _distance(here: Point, there: Point) -> float:
    return abs(across(here[0]) - across(there[0])) + abs(down(here[1]) - down(there[1]))


class _Search:
    """The search for one flow's cheapest path: A*, with the straight distance as the least that is still to pay."""

    def __init__(self, board: Board, net: Net) -> None:
        self._board = board
        self._net = net
        self._order = count()
        self._queue: list[tuple[float, int, float, Heading, Path]] = []

    def path(self) -> Path:
        """Give the cheapest path. There always is one: the outermost lines are free of nodes."""
        settled: set[tuple[Point, Heading]] = set()
        for side, price in self._net.exits.items():
            self._go(price, side, (self._net.start,))
        while True:
            _, _, paid, came, path = heapq.heappop(self._queue)
            here = path[-1]
            if here == self._net.goal:
                return path
            if (here, came) not in settled:
                settled.add((here, came))
                for goes in Heading:
                    if goes is not came.opposite:
                        turn = self._board.price_of_turn(self._net, here, came, goes)
                        self._go(paid + turn, goes, path)

    def _go(self, paid: float, goes: Heading, path: Path) -> None:
        """Put the next crossing into the queue, unless a node is in the way or the goal isn't entered from here."""
        here, net = path[-1], self._net
        there = (here[0] + goes.step[0], here[1] + goes.step[1])
        arrived = there == net.goal
        if (goes in net.entries) if arrived else self._board.free(there):
            paid += self._board.price_of_stretch(net, here, there)
            paid += net.entries[goes] if arrived else 0
            estimate = paid + _distance(there, net.goal)
            heapq.heappush(self._queue, (estimate, next(self._order), paid, goes, (*path, there)))
