"""The drawing of a process map: BPMN DI (BPMN 2.0.2 section 12) read into plain values, for any renderer."""

from __future__ import annotations

from engine.drawing.read import read_drawing
from engine.drawing.values import (
    ACTIVITIES,
    Bounds,
    Direction,
    Drawing,
    Edge,
    EdgeKind,
    Kind,
    Marker,
    Point,
    Shape,
    Trigger,
)

__all__ = [
    "ACTIVITIES",
    "Bounds",
    "Direction",
    "Drawing",
    "Edge",
    "EdgeKind",
    "Kind",
    "Marker",
    "Point",
    "Shape",
    "Trigger",
    "read_drawing",
]
