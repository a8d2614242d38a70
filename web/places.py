"""Where cases rest, in words: which step, and who has it; an element that waits by itself is named too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.process import ElementKind
from engine.wait import WaitKind
from web.i18n import _
from web.parts import parts
from web.wait_words import is_connector
from web.waiting import event_name, wait_words
from web.wishes import office_zone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.ids import UserTaskId
    from engine.process import Element, Process
    from engine.wait import Wait
    from storage.queries.cases import CaseRow, Place

_WAITING: Mapping[ElementKind, str] = {
    ElementKind.PARALLEL_GATEWAY: "menunggu jalur lain bergabung",
    ElementKind.INCLUSIVE_GATEWAY: "menunggu jalur lain bergabung",
}
"""What an element without a name does while a token waits at it; every other one is called by its kind."""

_HOLDING: Mapping[WaitKind, str] = {
    WaitKind.MESSAGE: "Menunggu tanggapan",
    WaitKind.WORK: "Menunggu sistem luar",
    WaitKind.SIGNAL: "Menunggu sinyal",
    WaitKind.TIMER: "Menunggu waktu",
}
"""What a case without a task for anybody waits for; the first that fits is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A step at which a case rests; `who` has it: a person, else the lane (`is_free`), else nobody has to do anything."""

    name: str
    who: str
    is_free: bool
    party: str
    task: UserTaskId | None
    due_at: datetime | None
    due_is_estimate: bool = False


def place_view(place: Place) -> PlaceView:
    """Give a place in words."""
    process = parts().runtime.program(place.definition).process
    if place.task is None:
        return PlaceView(
            name=_waiting(process.elements.get(place.element), process),
            who=_waited_for(place, process),
            is_free=False,
            party="",
            task=None,
            due_at=None,
        )
    lane = process.lanes.get(place.lane) if place.lane else None
    lane_name = lane.name if lane else str(place.lane or "")
    return PlaceView(
        name=place.name,
        who=place.holder_name or lane_name,
        is_free=place.holder is None,
        party=place.on_behalf_of,
        task=place.task,
        due_at=place.due_at,
        due_is_estimate=place.due_is_estimate,
    )


def state_words(row: CaseRow) -> str:
    """Say what a running case can't go on without, if that is nobody's work in it: empty for any other case."""
    if row.has_incident:
        return _("Kendala")
    if not row.places or any(place.task or not place.waits for place in row.places):
        return ""
    kinds = {_kind(wait) for place in row.places for wait in place.waits}
    return next((_(words) for kind, words in _HOLDING.items() if kind in kinds), "")


def _kind(wait: Wait) -> WaitKind | None:
    """Give what is waited for; None for the work of Alur's own connectors."""
    return None if wait.kind is WaitKind.WORK and is_connector(wait.name) else wait.kind


def _waiting(element: Element | None, process: Process) -> str:
    if element is None:
        return _("langkah yang tidak dikenal")
    kind = _(_WAITING[element.kind]) if element.kind in _WAITING else ""
    name = element.name if element.name != element.id else ""
    if not name:
        return kind or event_name(element, process)
    return f"{name} ({kind})" if kind else name


def _waited_for(place: Place, process: Process) -> str:
    """Say what a token waits for: what comes from elsewhere before a moment that comes by itself."""
    waits = sorted(place.waits, key=lambda wait: wait.due_at is not None)
    said = dict.fromkeys(wait_words(wait, process, office_zone()) for wait in waits)
    return ", ".join(said) or _("berjalan sendiri")
