"""The lines that flows may run on, and what already runs there.

Between two columns lie a few vertical lines, above and below each row a few horizontal ones, and through the middle of
every column and row one more, on which the nodes stand. Which of them are used decides the distances afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.draft.layout import Cell

GUTTER = 5
"""Vertical lines between two columns."""

CORRIDOR = 3
"""Horizontal lines above a row, and as many below."""

BEND, CROSSING, PARTING, MEETING = 40, 130, 160, 70
OVERLAP = 3000
"""A price that no detour reaches: flows lie on each other only where there is no other way at all."""

Point: TypeAlias = "tuple[int, int]"
"""A crossing of two lines, by their numbers from the left and from the top."""


class Heading(IntEnum):
    """The way a flow runs."""

    RIGHT = 0
    DOWN = 1
    LEFT = 2
    UP = 3

    @property
    def step(self) -> Point:
        """The next crossing on this way, from (0, 0)."""
        return ((1, 0), (0, 1), (-1, 0), (0, -1))[self]

    @property
    def upright(self) -> bool:
        """Whether the way runs down or up."""
        return self in {Heading.DOWN, Heading.UP}

    @property
    def opposite(self) -> Heading:
        """The way back."""
        return Heading((self + 2) % 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """A flow to be routed: from a node to a node, with the price of each side to leave and to enter by."""

    id: str
    source: str
    target: str
    start: Point
    goal: Point
    exits: Mapping[Heading, int]
    entries: Mapping[Heading, int]

    def joins(self, other: Net) -> bool:
        """Tell whether two flows may lie on each other, because they part or meet at the same node."""
        return self.source == other.source or self.target == other.target


Path: TypeAlias = "tuple[Point, ...]"
"""All crossings from the source's to the target's."""


def center(cell: Cell) -> Point:
    """Give the crossing that a cell's node stands on."""
    return cell.column * (GUTTER + 1) + GUTTER, cell.row * (2 * CORRIDOR + 1) + CORRIDOR


def across(line: int) -> float:
    """Give the nominal place of a vertical line, in pixels; only proportions matter."""
    column, number = divmod(line, GUTTER + 1)
    off = (number - GUTTER // 2) * 8 - 80 if number < GUTTER else 0
    return column * 160 + off


def down(line: int) -> float:
    """Give the nominal place of a horizontal line, in pixels; only proportions matter."""
    row, number = divmod(line, 2 * CORRIDOR + 1)
    off = number - CORRIDOR
    return row * 170 + (off * 8 + (40 if off > 0 else -40) if off else 0)


class Board:
    """All lines with what runs on them so far."""

    def __init__(self, columns: int, rows: int, nodes: Iterable[Point]) -> None:
        self.size = (columns * (GUTTER + 1) + GUTTER, rows * (2 * CORRIDOR + 1))
        self._nodes = frozenset(nodes)
        self._runs: dict[tuple[Point, Point], list[Net]] = defaultdict(list)
        self._turns: dict[Point, list[tuple[Net, Heading, Heading]]] = defaultdict(list)

    def free(self, point: Point) -> bool:
        """Tell whether a flow may pass here: inside the board and not through a node."""
        inside = 0 <= point[0] < self.size[0] and 0 <= point[1] < self.size[1]
        return inside and point not in self._nodes

    def lay(self, net: Net, path: Path) -> None:
        """Put a flow on the board."""
        for here, there in pairwise(path):
            self._runs[_stretch(here, there)].append(net)
        for before, here, after in zip(path, path[1:], path[2:], strict=False):
            self._turns[here].append((net, heading(before, here), heading(here, after)))

    def lift(self, net: Net) -> None:
        """Take a flow off the board."""
        for runs in self._runs.values():
            runs[:] = [other for other in runs if other.id != net.id]
        for turns in self._turns.values():
            turns[:] = [turn for turn in turns if turn[0].id != net.id]

    def price_of_stretch(self, net: Net, here: Point, there: Point) -> float:
        """Give the price of running from one crossing to the next: its length, and what lies there already."""
        price = abs(across(here[0]) - across(there[0])) + abs(down(here[1]) - down(there[1]))
        for other in self._runs.get(_stretch(here, there), ()):
            if not net.joins(other):
                price += OVERLAP
            elif here == net.start:
                price += PARTING
            elif there == net.goal:
                price += MEETING
        if here[1] != there[1] and here[0] % (GUTTER + 1) != GUTTER:
            price += abs(here[0] % (GUTTER + 1) - GUTTER // 2) / 2
        return price

    def price_of_turn(self, net: Net, here: Point, came: Heading, goes: Heading) -> float:
        """Give the price of passing a crossing: bends, flows that are crossed, corners that are touched."""
        price = 0.0 if came is goes else float(BEND)
        for other, its_came, its_goes in self._turns.get(here, ()):
            straight = came is goes and its_came is its_goes
            parts = net.source == other.source and came is its_came
            meets = net.target == other.target and goes is its_goes
            if straight and came.upright is not its_came.upright:
                price += CROSSING
            elif not parts and not meets:
                price += OVERLAP
        return price


def heading(here: Point, there: Point) -> Heading:
    """Give the way from a crossing to its neighbour."""
    step = (there[0] - here[0], there[1] - here[1])
    return next(each for each in Heading if each.step == step)


def _stretch(here: Point, there: Point) -> tuple[Point, Point]:
    return (here, there) if here <= there else (there, here)
