"""Flows and associations. Arrowheads are paths of their own, so that a class on the group colours the whole flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Direction, EdgeKind
from web.diagram import polyline, text
from web.diagram.captions import of_edge
from web.diagram.chips import draw_note
from web.diagram.shapes import labels
from web.diagram.svg import element, group, path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from engine.drawing import Edge, Point
    from web.diagram.marks import Marks, Note, State
    from web.diagram.polyline import Heading

_HEAD = 10
_HALF = 4.5
_TRIM: Mapping[EdgeKind, float] = {EdgeKind.SEQUENCE: 6, EdgeKind.MESSAGE: _HEAD}
"""How much shorter the line is than its way, so that a thick line does not blunt the arrowhead."""

_RING = 4
_DIAMOND = 16
_SLASH = 12
_LABEL_GAP = 4


def draw_edge(edge: Edge, marks: Marks) -> Markup:
    """Give the group of one line: the line, its ends, its name, and the number of what is said of it."""
    is_taken = marks.taken.get(edge.element_id, 0) > 0
    said, note = of_edge(edge, marks), marks.notes.get(edge.element_id)
    state = marks.states.get(edge.element_id) if note else None
    points = polyline.distinct(edge.waypoints)
    parts = _line(edge, points) if len(points) > 1 else []
    return group(
        note,
        *([element("title", said)] if said else []),
        *parts,
        *_name(edge, points),
        *([_note(note, state, points)] if note else []),
        class_=f"bpmn {edge.kind}{' taken' if is_taken else ''}{f' {state}' if state else ''}",
        data_el=edge.element_id,
    )


def _line(edge: Edge, points: list[Point]) -> list[Markup]:
    first = polyline.heading(points[0], points[1], points[0])
    last = polyline.heading(points[-2], points[-1], points[-1])
    return [
        path(polyline.path(_trimmed(edge, points)), "line"),
        *_start(edge, first),
        *_end(edge, last),
    ]


def _trimmed(edge: Edge, points: list[Point]) -> list[Point]:
    trim = _TRIM.get(edge.kind, 0)
    if edge.direction is Direction.NONE or not trim:
        return points
    return [*points[:-1], polyline.toward(points[-1], points[-2], trim)]


def _start(edge: Edge, way: Heading) -> list[Markup]:
    if edge.kind is EdgeKind.MESSAGE:
        ring = element("circle", class_="open", cx=way.at.x, cy=way.at.y, r=_RING)
        return [ring]
    if edge.direction is Direction.BOTH:
        return [path(f"M{way.ahead(8, -5)}L{way.ahead(0)} {way.ahead(8, 5)}", "arrow")]
    if edge.default:
        return [path(f"M{way.ahead(_SLASH - 4, 5)}L{way.ahead(_SLASH + 4, -5)}", "arrow")]
    if edge.conditional:
        half = _DIAMOND / 2
        corners = f"{way.ahead(half, -5)} {way.ahead(_DIAMOND)} {way.ahead(half, 5)}"
        return [path(f"M{way.ahead(0)}L{corners}z", "open")]
    return []


def _end(edge: Edge, way: Heading) -> list[Markup]:
    if edge.direction is Direction.NONE:
        return []
    if edge.kind in (EdgeKind.ASSOCIATION, EdgeKind.DATA):
        return [path(f"M{way.ahead(-8, -5)}L{way.ahead(0)} {way.ahead(-8, 5)}", "arrow")]
    style = "open" if edge.kind is EdgeKind.MESSAGE else "head"
    base = f"{way.ahead(-_HEAD, -_HALF)} {way.ahead(-_HEAD, _HALF)}"
    return [path(f"M{way.ahead(0)}L{base}z", style)]


def _note(note: Note, state: State | None, points: list[Point]) -> Markup:
    place, is_flat = _middle_of(points)
    return draw_note(note, state, place, is_flat=is_flat)


def _middle_of(points: list[Point]) -> tuple[Point, bool]:
    return polyline.middle(points) if len(points) > 1 else (points[0], True)


def _name(edge: Edge, points: list[Point]) -> list[Markup]:
    if not edge.name:
        return []
    if edge.label_bounds:
        return [labels.inside(edge.name, edge.label_bounds, 0, 0)]
    place, is_flat = _middle_of(points)
    size = text.LABEL_SIZE
    rows = text.wrap(edge.name, labels.WIDTH, size)
    tall = len(rows) * text.line_height(size)
    if is_flat:
        return [labels.lines(edge.name, labels.WIDTH, place.x, place.y - tall - _LABEL_GAP)]
    broad = max(text.width(row, size) for row in rows)
    x = place.x + broad / 2 + _LABEL_GAP
    return [labels.lines(edge.name, labels.WIDTH, x, place.y - tall / 2)]
