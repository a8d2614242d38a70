"""Tasks, call activities and sub-processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Kind
from web.diagram import text
from web.diagram.shapes.signs import MARKERS, PLUS, TASK_ICONS
from web.diagram.svg import element, move, path

if TYPE_CHECKING:
    from markupsafe import Markup

    from engine.drawing import Shape

_RADIUS = 10
_PADDING = 7
_NARROW_PADDING = 3
_ICON_PLACE = move(6, 6)
_ICON_FOOT = 21
_SIGN_STEP = 18
_SIGN_RISE = 11
_SIGN_ROOM = 18


def paint_activity(shape: Shape) -> list[Markup]:
    """Give the box, the icon of its kind, the name and the signs at its foot."""
    width, height = shape.bounds.width, shape.bounds.height
    dotted = "body dotted" if shape.by_event else "body"
    parts = [element("rect", class_=dotted, width=width, height=height, rx=_RADIUS)]
    if shape.kind is Kind.TRANSACTION:
        parts.append(_inner_frame(width, height))
    if shape.kind in TASK_ICONS:
        style, d = TASK_ICONS[shape.kind]
        parts.append(path(d, style, transform=_ICON_PLACE))
    return [*parts, *_name(shape), *_signs(shape)]


def _inner_frame(width: float, height: float) -> Markup:
    return element(
        "rect", class_="body", x=3, y=3, width=width - 6, height=height - 6, rx=_RADIUS - 3
    )


def _name(shape: Shape) -> list[Markup]:
    if not shape.name:
        return []
    width, height = shape.bounds.width, shape.bounds.height
    if _is_open(shape):
        lines = text.fit(shape.name, width - 2 * _PADDING, 2, text.NAME_SIZE)
        return [text.paragraph(lines, width / 2, _PADDING, text.NAME_SIZE)]
    room = height - _PADDING - (_SIGN_ROOM if _sign_paths(shape) else 0)
    size, lines = _name_lines(shape.name, width, room)
    top = _top(shape, len(lines) * text.line_height(size), room)
    small = "small" if size == text.SMALL_SIZE else None
    return [text.paragraph(lines, width / 2, top, size, class_=small)]


def _name_lines(name: str, width: float, room: float) -> tuple[float, list[str]]:
    """Break a name as the designer does; if a word or the whole is too big, margins shrink, then the letters."""
    size = text.NAME_SIZE
    widest = text.widest_word(name, size)
    limit = width - 2 * (_PADDING if widest <= width - 2 * _PADDING else _NARROW_PADDING)
    lines = text.wrap(name, limit, size)
    if widest <= limit and len(lines) * text.line_height(size) <= room:
        return size, lines
    size, limit = text.SMALL_SIZE, width - 2 * _NARROW_PADDING
    return size, text.fit(name, limit, int(room // text.line_height(size)), size)


def _top(shape: Shape, tall: float, room: float) -> float:
    """Centre the name; a tall one gives way to the icon above or the signs below as far as there is room."""
    top = (shape.bounds.height - tall) / 2
    if shape.kind in TASK_ICONS and top < _ICON_FOOT:
        top = _ICON_FOOT
    return max(min(top, _PADDING / 2 + room - tall), _PADDING / 2)


def _signs(shape: Shape) -> list[Markup]:
    paths = _sign_paths(shape)
    left = shape.bounds.width / 2 - (len(paths) - 1) * _SIGN_STEP / 2
    y = shape.bounds.height - _SIGN_RISE
    return [
        path(d, style, transform=move(left + place * _SIGN_STEP, y))
        for place, (style, d) in enumerate(paths)
    ]


def _sign_paths(shape: Shape) -> list[tuple[str, str]]:
    signs = [MARKERS[marker] for marker in shape.markers]
    is_elsewhere = shape.kind is Kind.CALL_ACTIVITY or (
        shape.kind in (Kind.SUB_PROCESS, Kind.TRANSACTION) and not shape.expanded
    )
    return [*signs, PLUS] if is_elsewhere else signs


def _is_open(shape: Shape) -> bool:
    return shape.kind in (Kind.SUB_PROCESS, Kind.TRANSACTION) and shape.expanded
