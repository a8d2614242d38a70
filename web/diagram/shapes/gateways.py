"""Gateways: a diamond and the sign of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Kind
from web.diagram.shapes import labels
from web.diagram.svg import move, number, path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from engine.drawing import Shape

_USUAL = 50

_SIGNS: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    Kind.EXCLUSIVE_GATEWAY: (("heavy", "M-7-8 7 8M7-8-7 8"),),
    Kind.PARALLEL_GATEWAY: (("heavy", "M0-12V12M-12 0H12"),),
    Kind.INCLUSIVE_GATEWAY: (("heavy", "M0-11a11 11 0 1 0 .01 0z"),),
    Kind.COMPLEX_GATEWAY: (("heavy", "M0-13V13M-13 0H13M-8-8 8 8M8-8-8 8"),),
    Kind.EVENT_GATEWAY: (
        ("icon", "M0-14.5a14.5 14.5 0 1 0 .01 0zM0-11.5a11.5 11.5 0 1 0 .01 0z"),
        ("icon", "M0-7 6.7-2.2 4.1 5.7h-8.2L-6.7-2.2z"),
    ),
}


def paint_gateway(shape: Shape) -> list[Markup]:
    """Give the diamond, its sign (an exclusive gateway may go without) and the name."""
    x, y = shape.bounds.width / 2, shape.bounds.height / 2
    right, bottom = number(2 * x), number(2 * y)
    across, down = number(x), number(y)
    diamond = path(f"M{across} 0 {right} {down} {across} {bottom} 0 {down}z", "body")
    scale = 2 * min(x, y) / _USUAL
    place = move(x, y) + ("" if scale == 1 else f"scale({number(scale)})")
    signs = _SIGNS[shape.kind] if shape.marked or shape.kind is not Kind.EXCLUSIVE_GATEWAY else ()
    return [
        diamond,
        *(path(d, style, transform=place) for style, d in signs),
        *labels.beside(shape),
    ]
