"""Data, annotations and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Kind
from web.diagram import text
from web.diagram.shapes import labels
from web.diagram.shapes.signs import MARKERS
from web.diagram.svg import element, move, number, path

if TYPE_CHECKING:
    from markupsafe import Markup

    from engine.drawing import Shape

_CORNER = 10
_PADDING = 7
_ARROW = "M4 8h5V4.5l6 6-6 6V13H4z"


def paint_data_object(shape: Shape) -> list[Markup]:
    """Give a sheet with a folded corner, an arrow on inputs and outputs."""
    width, height = shape.bounds.width, shape.bounds.height
    fold = number(width - _CORNER)
    right, bottom = number(width), number(height)
    parts = [path(f"M0 0H{fold}L{right} {_CORNER}V{bottom}H0zM{fold} 0V{_CORNER}H{right}", "body")]
    if shape.kind is not Kind.DATA_OBJECT:
        parts.append(path(_ARROW, "ink" if shape.kind is Kind.DATA_OUTPUT else "icon"))
    for marker in shape.markers:
        style, d = MARKERS[marker]
        parts.append(path(d, style, transform=move(width / 2, height - 8)))
    return [*parts, *labels.beside(shape)]


def paint_data_store(shape: Shape) -> list[Markup]:
    """Give a drum."""
    width, height = shape.bounds.width, shape.bounds.height
    rise = min(height / 6, 9)
    arc = f"{number(width / 2)} {number(rise)} 0 0 "
    top, foot, right = number(rise), number(height - rise), number(width)
    drum = path(f"M0 {top}A{arc}1 {right} {top}V{foot}A{arc}1 0 {foot}z", "body")
    lids = [f"M0 {number(rise + gap)}A{arc}0 {right} {number(rise + gap)}" for gap in (0, 4)]
    return [drum, path("".join(lids), "icon"), *labels.beside(shape)]


def paint_annotation(shape: Shape) -> list[Markup]:
    """Give a bracket and the text beside it."""
    width, height = shape.bounds.width, shape.bounds.height
    bracket = path(f"M{_CORNER} 0H0V{number(height)}H{_CORNER}", "bracket")
    rows = max(int((height - _PADDING) // text.line_height(text.NAME_SIZE)), 1)
    lines = text.fit(shape.name, width - 2 * _PADDING, rows, text.NAME_SIZE)
    if not lines:
        return [bracket]
    return [bracket, text.paragraph(lines, _PADDING, _PADDING / 2, text.NAME_SIZE, class_="left")]


def paint_group(shape: Shape) -> list[Markup]:
    """Give a dash-dotted frame; its name stands where the designer put it, else on top."""
    width, height = shape.bounds.width, shape.bounds.height
    frame = element("rect", class_="frame", width=width, height=height, rx=_CORNER)
    if shape.label_bounds or not shape.name:
        return [frame, *labels.beside(shape)]
    return [frame, labels.lines(shape.name, width - 2 * _PADDING, width / 2, _PADDING)]
