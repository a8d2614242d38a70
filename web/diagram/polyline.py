"""Lines through waypoints, with round bends and ends that leave room for an arrowhead."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from engine.drawing import Point
from web.diagram.svg import number

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEND = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """A place on a line and the unit vector of the way it goes there."""

    at: Point
    x: float
    y: float

    def ahead(self, along: float, aside: float = 0) -> str:
        """Give the SVG coordinates `along` pixels further and `aside` pixels to the right of the way."""
        x = self.at.x + along * self.x - aside * self.y
        y = self.at.y + along * self.y + aside * self.x
        return f"{number(x)} {number(y)}"


def distinct(points: Sequence[Point]) -> list[Point]:
    """Leave out points that repeat their predecessor."""
    return [points[0], *(after for before, after in pairwise(points) if after != before)]


def heading(before: Point, after: Point, at: Point) -> Heading:
    """Give the heading at a point of the way from `before` to `after`."""
    long = hypot(after.x - before.x, after.y - before.y) or 1
    return Heading(at, (after.x - before.x) / long, (after.y - before.y) / long)


def toward(start: Point, end: Point, distance: float) -> Point:
    """Give the point `distance` pixels from `start` on the way to `end`, at most half of the way."""
    long = hypot(end.x - start.x, end.y - start.y)
    share = min(distance / long, 0.5) if long else 0
    return Point(x=start.x + share * (end.x - start.x), y=start.y + share * (end.y - start.y))


def path(points: Sequence[Point]) -> str:
    """Give the path through distinct points; bends are rounded."""
    written = [f"M{_at(points[0])}"]
    pen = points[0]
    for before, bend, after in zip(points, points[1:], points[2:], strict=False):
        into, out = toward(bend, before, _BEND), toward(bend, after, _BEND)
        written.append(f"{_line(pen, into)}Q{_at(bend)} {_at(out)}")
        pen = out
    return "".join(written) + _line(pen, points[-1])


def middle(points: Sequence[Point]) -> tuple[Point, bool]:
    """Give the middle of the longest stretch, and whether that stretch lies flat."""
    start, end = max(
        pairwise(points), key=lambda ends: hypot(ends[1].x - ends[0].x, ends[1].y - ends[0].y)
    )
    return toward(start, end, float("inf")), abs(end.x - start.x) >= abs(end.y - start.y)


def _line(start: Point, end: Point) -> str:
    if number(start.y) == number(end.y):
        return f"H{number(end.x)}"
    if number(start.x) == number(end.x):
        return f"V{number(end.y)}"
    return f"L{_at(end)}"


def _at(point: Point) -> str:
    return f"{number(point.x)} {number(point.y)}"
