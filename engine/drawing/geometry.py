"""Boxes and waypoints out of BPMN DI, with every figure checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.drawing.values import Bounds, Point
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from lxml.etree import _Element

LIMIT = 100_000
"""No figure may be further from zero than this many pixels (a wall of a hundred screens)."""

_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_DI = "{http://www.omg.org/spec/DD/20100524/DI}"
_BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"

# xs:double without INF and NaN; Python's float() would also take "1_0" and Arabic digits.
_FIGURE = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\s*")


def read_bounds(node: _Element, element_id: str) -> Bounds:
    """Give the box of a BPMNShape. Raises DefinitionError `drawing_bounds` if it is missing, flat or not finite."""
    bounds = _bounds(node, element_id)
    if bounds is None or bounds.width <= 0 or bounds.height <= 0:
        raise DefinitionError(
            f"Expected a width and height above zero for {element_id}, but there are none",
            code="drawing_bounds",
            element=element_id,
        )
    return bounds


def find_label_bounds(node: _Element, element_id: str) -> Bounds | None:
    """Give where a label was put, or None; designers write an empty box when nobody moved it.

    Raises DefinitionError `drawing_bounds` if a figure of the box is no number.
    """
    label = node.find(f"{_BPMNDI}BPMNLabel")
    bounds = None if label is None else _bounds(label, element_id)
    return bounds if bounds and bounds.width > 0 and bounds.height >= 0 else None


def read_waypoints(node: _Element, element_id: str) -> tuple[Point, ...]:
    """Give the waypoints of a BPMNEdge, two at least. Raises DefinitionError `drawing_waypoints`."""
    code = "drawing_waypoints"
    points = tuple(
        Point(x=_figure(point, "x", element_id, code), y=_figure(point, "y", element_id, code))
        for point in node.iterfind(f"{_DI}waypoint")
    )
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        raise DefinitionError(
            f"Expected two waypoints for {element_id}, but there are {len(points)}",
            code=code,
            element=element_id,
        )
    return points


def _bounds(node: _Element, element_id: str) -> Bounds | None:
    box = node.find(f"{_DC}Bounds")
    if box is None:
        return None
    x, y, width, height = (
        _figure(box, side, element_id, "drawing_bounds") for side in ("x", "y", "width", "height")
    )
    return Bounds(x=x, y=y, width=width, height=height)


def _figure(node: _Element, attribute: str, element_id: str, code: str) -> float:
    text = node.get(attribute, "")
    figure = float(text) if _FIGURE.fullmatch(text) else None
    if figure is None or abs(figure) > LIMIT:
        raise DefinitionError(
            f"Expected {attribute} of {element_id} to be a number up to {LIMIT}, "
            f"but found {text[:40]!r}",
            code=code,
            element=element_id,
        )
    return figure
