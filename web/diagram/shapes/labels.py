"""Names that stand beside a shape or a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.diagram import text

if TYPE_CHECKING:
    from markupsafe import Markup

    from engine.drawing import Bounds, Shape

WIDTH = 90
"""How wide a label without bounds may be, as in bpmn-js."""

GAP = 6


def beside(shape: Shape) -> list[Markup]:
    """Give the name of a shape where its designer put it, else centred below."""
    if not shape.name:
        return []
    box, place = shape.bounds, shape.label_bounds
    if place is None:
        return [lines(shape.name, WIDTH, box.width / 2, box.height + GAP)]
    return [inside(shape.name, place, box.x, box.y)]


def inside(name: str, place: Bounds, left: float, top: float) -> Markup:
    """Give a name in its label box, seen from the corner `left`, `top` of the shape it belongs to."""
    return lines(name, place.width, place.x + place.width / 2 - left, place.y - top)


def lines(name: str, limit: float, x: float, top: float) -> Markup:
    """Give a name centred on x; rather than break a word of usual length the box grows."""
    size = text.LABEL_SIZE
    roomy = max(limit, min(text.widest_word(name, size), WIDTH)) + 1
    return text.paragraph(text.wrap(name, roomy, size), x, top, size, class_="label")
