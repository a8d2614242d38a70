"""Events: one ring at the start, two on the way, a thick one at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Kind, Trigger
from web.diagram import text
from web.diagram.shapes import labels
from web.diagram.shapes.signs import FILLED_MESSAGE, TRIGGERS
from web.diagram.svg import element, move, number, path

if TYPE_CHECKING:
    from markupsafe import Markup

    from engine.drawing import Shape

_USUAL = 36
_RING_GAP = 4
_DOUBT = 7
_DOUBT_INSET = 3
"""How far the middle of the question mark stands inside the upper right corner."""

_GIVES = (Kind.THROW_EVENT, Kind.END_EVENT)
_ONE_RING = (Kind.START_EVENT, Kind.END_EVENT)


def paint_event(shape: Shape) -> list[Markup]:
    """Give the rings, the sign of what triggers it, the name; rings of non-interrupting events are dashed."""
    x, y = shape.bounds.width / 2, shape.bounds.height / 2
    style = "body" if shape.interrupting else "body dashed"
    radius = min(x, y)
    rings = [element("circle", class_=style, cx=x, cy=y, r=radius)]
    if shape.kind not in _ONE_RING:
        rings.append(element("circle", class_=style, cx=x, cy=y, r=max(radius - _RING_GAP, 1)))
    return [*rings, *_sign(shape, x, y), *_doubt(shape), *labels.beside(shape)]


def _doubt(shape: Shape) -> list[Markup]:
    """Give the question mark of a timer whose length no document states; a pointer resting on the event reads it in words."""
    if not shape.unstated:
        return []
    x = shape.bounds.width - _DOUBT_INSET
    ring = element("circle", class_="open", cx=x, cy=_DOUBT_INSET, r=_DOUBT)
    return [ring, text.centred(["?"], x, _DOUBT_INSET, text.LABEL_SIZE, class_="doubt")]


def _sign(shape: Shape, x: float, y: float) -> list[Markup]:
    if shape.trigger is None:
        return []
    is_filled = shape.kind in _GIVES or shape.trigger is Trigger.TERMINATE
    scale = 2 * min(x, y) / _USUAL
    place = move(x, y) + ("" if scale == 1 else f"scale({number(scale)})")
    if is_filled and shape.trigger is Trigger.MESSAGE:
        return [path(FILLED_MESSAGE, "ink", transform=place)]
    return [path(TRIGGERS[shape.trigger], "ink" if is_filled else "icon", transform=place)]
