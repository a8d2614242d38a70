"""Chips on the upper edge of an element: where the case is, how often it came by. Drawn last, above everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import ACTIVITIES
from web.diagram import captions, text
from web.diagram.marks import State
from web.diagram.svg import element, move, path

if TYPE_CHECKING:
    from markupsafe import Markup

    from engine.drawing import Point, Shape
    from web.diagram.marks import Marks, Note

_TALL = 18
_RISE = 13
"""How far a chip stands above the upper edge; its lower rim stays clear of the icon inside."""

_LOWER_LEFT = 0.4
"""Where the right end of a chip stands below the middle of a gateway, as a part of its width."""

_SIDE = 7
_ICON = 13
_OVERHANG = 8
_BOLD = 1.1
"""Arial Bold is at most this much wider than Arial in the words used here."""

_ROUND = "M3.4-3A4.6 4.6 0 1 0 4.6 0M3.8-6.2v3.4H.4"
_CHECK = "M-4 0-1 3 4.5-3.5"
_CROSS = "M-3.5-3.5 3.5 3.5M3.5-3.5-3.5 3.5"

_ALERT = "M0-5v6M0 4v.8"

_SAID = {State.ACTIVE: captions.HERE, State.FAILED: captions.FAILED}
_SHOWN = {State.DONE: _CHECK, State.CANCELLED: _CROSS, State.RUNS: _CHECK}
_NOTED = {State.REFUSED: _CROSS, State.WARNED: _ALERT}


def draw_chips(shape: Shape, marks: Marks) -> list[Markup]:
    """Give the chips of one element; what has words or a note at the left, the rest at the right."""
    state = marks.states.get(shape.element_id)
    said = "" if state is None else _SAID.get(state, "")
    chips = [_chip(shape, state, "", said, is_left=True)] if state and said else []
    note = marks.notes.get(shape.element_id)
    if note is not None:
        icon = _NOTED.get(state, "") if state else ""
        chips.append(_chip(shape, state, icon, str(note.number), is_left=True))
    visits = marks.visits.get(shape.element_id, 0)
    if visits > 1:
        chips.append(_chip(shape, state, _ROUND, f"{visits}×", is_left=False))
    elif state in _SHOWN and shape.kind in ACTIVITIES:
        chips.append(_chip(shape, state, _SHOWN[state], "", is_left=False))
    return chips


def draw_note(note: Note, state: State | None, place: Point, *, is_flat: bool) -> Markup:
    """Give the number of a note at a place of a line: on it, or under a flat one, which has its name above."""
    icon = _NOTED.get(state, "") if state else ""
    broad = _breadth(icon, str(note.number))
    return element(
        "g",
        *_parts(icon, str(note.number), broad),
        class_=f"chip {state}" if state else "chip",
        transform=move(place.x - broad / 2, place.y if is_flat else place.y - _TALL / 2),
    )


def _chip(shape: Shape, state: State | None, icon: str, word: str, *, is_left: bool) -> Markup:
    broad = _breadth(icon, word)
    return element(
        "g",
        *_parts(icon, word, broad),
        class_=f"chip {state}" if state else "chip",
        data_for=shape.element_id,
        transform=_place(shape, broad, is_left=is_left),
    )


def _parts(icon: str, word: str, broad: float) -> list[Markup]:
    parts = [element("rect", width=broad, height=_TALL, rx=_TALL / 2)]
    if icon:
        x = _SIDE + _ICON / 2 - 1 if word else broad / 2
        parts.append(path(icon, transform=move(x, _TALL / 2)))
    if word:
        x = (broad + (_ICON if icon else 0)) / 2
        parts.append(text.centred([word], x, _TALL / 2, text.LABEL_SIZE))
    return parts


def _breadth(icon: str, word: str) -> float:
    if not word:
        return _TALL
    return 2 * _SIDE + (_ICON if icon else 0) + text.width(word, text.LABEL_SIZE) * _BOLD


def _place(shape: Shape, broad: float, *, is_left: bool) -> str:
    """Straddle the upper edge of an activity; stand clear of the sign inside an event or a gateway."""
    box = shape.bounds
    if shape.kind in ACTIVITIES:
        x = box.x - _OVERHANG if is_left else box.right + _OVERHANG - broad
        return move(x, box.y - _RISE)
    if is_left:
        return move(box.x + box.width / 2 - broad, box.y - _TALL)
    # a gateway has its name above and its flows in the middle: the lower left is free
    return move(box.x + box.width * _LOWER_LEFT - broad, box.bottom - _TALL + _RISE / 2)
