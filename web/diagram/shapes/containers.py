"""Pools and lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.diagram import text
from web.diagram.svg import element, move, number, path

if TYPE_CHECKING:
    from markupsafe import Markup

    from engine.drawing import Shape

STRIP = 30
"""Breadth of the strip with the name."""

_MARGIN = 12
_ROWS = 2


def paint_pool(shape: Shape) -> list[Markup]:
    """Give a pool; one without a process inside has its name in the middle."""
    width, height = shape.bounds.width, shape.bounds.height
    body = element("rect", class_="body", width=width, height=height)
    if not shape.expanded:
        return [body, *_middle_name(shape)]
    line = f"M{STRIP} 0V{number(height)}" if shape.horizontal else f"M0 {STRIP}H{number(width)}"
    return [body, path(line, "body"), *_strip_name(shape)]


def paint_lane(shape: Shape) -> list[Markup]:
    """Give a lane."""
    width, height = shape.bounds.width, shape.bounds.height
    return [element("rect", class_="body", width=width, height=height), *_strip_name(shape)]


def _strip_name(shape: Shape) -> list[Markup]:
    if not shape.name:
        return []
    size = text.NAME_SIZE
    length = shape.bounds.height if shape.horizontal else shape.bounds.width
    lines = text.fit(shape.name, length - _MARGIN, _ROWS, size)
    if not shape.horizontal:
        return [text.centred(lines, length / 2, STRIP / 2, size)]
    turn = f"{move(STRIP / 2, length / 2)}rotate(-90)"
    return [text.centred(lines, 0, 0, size, transform=turn)]


def _middle_name(shape: Shape) -> list[Markup]:
    if not shape.name:
        return []
    width, height, size = shape.bounds.width, shape.bounds.height, text.NAME_SIZE
    lines = text.fit(
        shape.name, width - _MARGIN, max(int(height // text.line_height(size)), 1), size
    )
    return [text.centred(lines, width / 2, height / 2, size)]
