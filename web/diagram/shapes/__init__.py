"""One painter a family of shapes, and the table that says which kind is painted how."""

from __future__ import annotations

from web.diagram.shapes.table import LOOKS, Look

__all__ = ["LOOKS", "Look"]
