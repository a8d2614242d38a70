"""Draw a process map as SVG that stands in a page: no script, no style attribute, no id but those of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Bounds, Kind
from web.diagram import captions, text
from web.diagram.chips import draw_chips
from web.diagram.edges import draw_edge
from web.diagram.marks import Marks
from web.diagram.shapes import LOOKS
from web.diagram.svg import element, group, move, number

if TYPE_CHECKING:
    from markupsafe import Markup

    from engine.drawing import Drawing, Shape

_MARGIN = 20
"""Room around the drawing for chips and for a label without bounds at its rim."""

_COLUMN = 920
"""The breadth of a page's column; a broader drawing shrinks, but its names stay legible."""

_LEAST_SCALE = 0.8

_EMPTY = Bounds(x=0, y=0, width=300, height=40)


def draw(drawing: Drawing, marks: Marks | None = None, *, title: str) -> Markup:
    """Give the drawing as an inline SVG picture called `title`, with the marks of a case or of the gate on it.

    Each element is a group `<g class="bpmn task user done" data-el="id">`; a state can be changed by changing classes.
    One with a note is a link instead; a picture with links is no longer one image for a screen reader, but a group.
    A drawing up to the breadth of a column has its own size; a broader one has the class `wide`, fills its box and is
    scrolled sideways where the box is smaller than four fifths of it.
    """
    painted = marks or Marks()
    view = _view(drawing)
    scale = 1 if view.width <= _COLUMN else _LEAST_SCALE
    return element(
        "svg",
        *(_layers(drawing, painted) if drawing.shapes or drawing.edges else [_nothing()]),
        class_="diagram" if scale == 1 else "diagram wide",
        role="group" if painted.notes else "img",
        aria_label=title,
        viewBox=" ".join(map(number, (view.x, view.y, view.width, view.height))),
        width=view.width * scale,
        height=view.height * scale,
    )


def _layers(drawing: Drawing, marks: Marks) -> list[Markup]:
    """Paint from the back to the front: frames, lines, elements, boundary events, chips."""
    frames = [shape for shape in drawing.shapes if _is_frame(shape)]
    nodes = [shape for shape in drawing.shapes if not _is_frame(shape)]
    frames.sort(key=lambda shape: -shape.bounds.width * shape.bounds.height)
    nodes.sort(key=lambda shape: shape.kind is Kind.BOUNDARY_EVENT)
    return [
        *(_draw_shape(shape, marks) for shape in frames),
        *(draw_edge(edge, marks) for edge in drawing.edges),
        *(_draw_shape(shape, marks) for shape in nodes),
        *(chip for shape in drawing.shapes for chip in draw_chips(shape, marks)),
    ]


def _draw_shape(shape: Shape, marks: Marks) -> Markup:
    look = LOOKS[shape.kind]
    state = marks.states.get(shape.element_id)
    return group(
        marks.notes.get(shape.element_id),
        element("title", captions.of_shape(shape, marks)),
        *look.paint(shape),
        class_=f"bpmn {look.classes}{f' {state}' if state else ''}",
        data_el=shape.element_id,
        transform=move(shape.bounds.x, shape.bounds.y),
    )


def _is_frame(shape: Shape) -> bool:
    is_sub_process = shape.kind in (Kind.SUB_PROCESS, Kind.TRANSACTION)
    is_open = is_sub_process and shape.expanded
    return is_open or shape.kind in (Kind.POOL, Kind.LANE, Kind.GROUP)


def _view(drawing: Drawing) -> Bounds:
    boxes = [shape.bounds for shape in drawing.shapes]
    boxes += [shape.label_bounds for shape in drawing.shapes if shape.label_bounds]
    boxes += [edge.label_bounds for edge in drawing.edges if edge.label_bounds]
    points = [point for edge in drawing.edges for point in edge.waypoints]
    if not boxes and not points:
        return _EMPTY
    left = min([box.x for box in boxes] + [point.x for point in points]) - _MARGIN
    top = min([box.y for box in boxes] + [point.y for point in points]) - _MARGIN
    right = max([box.right for box in boxes] + [point.x for point in points]) + _MARGIN
    bottom = max([box.bottom for box in boxes] + [point.y for point in points]) + _MARGIN
    return Bounds(x=left, y=top, width=right - left, height=bottom - top)


def _nothing() -> Markup:
    return text.centred(
        [captions.EMPTY], _EMPTY.width / 2, _EMPTY.height / 2, text.NAME_SIZE, class_="label"
    )
