"""Process maps as SVG, drawn on the server from the layout in the BPMN file."""

from __future__ import annotations

from web.diagram.draw import draw
from web.diagram.marks import Marks, Note, State

__all__ = ["Marks", "Note", "State", "draw"]
