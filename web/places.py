"""Where cases rest, in words: which step, and who has it; an element that waits by itself is named too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.process import ElementKind
from web.element_words import KINDS
from web.i18n import _
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.ids import UserTaskId
    from engine.process import Element
    from storage.queries.cases import Place

_WAITING: Mapping[ElementKind, str] = {
    ElementKind.PARALLEL_GATEWAY: "menunggu jalur lain bergabung",
    ElementKind.INCLUSIVE_GATEWAY: "menunggu jalur lain bergabung",
}
"""What an element without a name does while a token waits at it; every other one is called by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A step at which a case rests; `who` has it: a person, else the lane (`is_free`), else nobody has to do anything."""

    name: str
    who: str
    is_free: bool
    party: str
    task: UserTaskId | None
    due_at: datetime | None


def place_view(place: Place) -> PlaceView:
    """Give a place in words."""
    process = parts().runtime.program(place.definition).process
    if place.task is None:
        name = _waiting(process.elements.get(place.element))
        who = _("berjalan sendiri")
        return PlaceView(name=name, who=who, is_free=False, party="", task=None, due_at=None)
    lane = process.lanes.get(place.lane) if place.lane else None
    lane_name = lane.name if lane else str(place.lane or "")
    return PlaceView(
        name=place.name,
        who=place.holder_name or lane_name,
        is_free=place.holder is None,
        party=place.on_behalf_of,
        task=place.task,
        due_at=place.due_at,
    )


def _waiting(element: Element | None) -> str:
    if element is None:
        return _("langkah yang tidak dikenal")
    kind = _(_WAITING[element.kind]) if element.kind in _WAITING else ""
    if not element.name:
        return kind or _(KINDS.get(element.kind.value, element.kind.value))
    return f"{element.name} ({kind})" if kind else element.name
