"""What cases wait for besides people, in words: timers with their moment, messages and from whom, work done elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.calendar import InvalidDuration, read_duration
from engine.clock import as_text, from_text
from engine.history import MessageAwaited, SignalAwaited, TimerScheduled, WorkRequested
from engine.process import ElementKind
from engine.spiff.catching import STATED
from engine.timer import TimerKind
from engine.wait import WaitKind
from web.element_words import kind_words
from web.i18n import _, long_moment
from web.wait_words import is_connector
from web.wishes import office_zone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.history import HistoryEvent
    from engine.process import Element, Process
    from engine.wait import Wait
    from web.case_view import CaseView

_UNITS: Mapping[str, str] = {
    "years": "{n} tahun",
    "months": "{n} bulan",
    "weeks": "{n} minggu",
    "days": "{n} hari",
    "hours": "{n} jam",
    "minutes": "{n} menit",
    "seconds": "{n} detik",
}

_BEGINNINGS = (TimerScheduled, MessageAwaited, SignalAwaited, WorkRequested)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitView:
    """One thing that a case waits for.

    `step` is the activity whose boundary event waits, which it takes away if it `interrupts`; empty for a token that waits
    by itself. `goal` is where the case goes on. A length that `is_unstated` is in no document; `is_own` is the office's.
    """

    wait: Wait
    name: str
    words: str
    party: str
    step: str
    interrupts: bool
    goal: str
    is_unstated: bool
    is_own: bool
    since: datetime | None

    @property
    def due_at(self) -> datetime | None:
        """When a timer comes true."""
        return self.wait.due_at

    @property
    def length(self) -> str:
        """How long a timer runs, in words; empty for one that says a moment."""
        return span_words(self.wait.text) if self.wait.timer is TimerKind.DURATION else ""


def list_wait_views(view: CaseView) -> list[WaitView]:
    """Give what a case waits for now: what holds it up first, then the boundary events of its open steps."""
    found = [_wait_view(view, wait) for wait in view.file.head.waits]
    return sorted(found, key=lambda each: (bool(each.step), each.wait.token))


def list_limits(view: CaseView, token: int) -> list[WaitView]:
    """Give the timers at the boundary of an open task, or of the repetition that it is a part of; the first due first."""
    element, scope = view.story.elements.get(token, ""), view.story.token_scopes.get(token, 0)
    definition, process = view.story.definition_of(scope), view.process_of(scope)
    attached = {event.id for event in process.attached(element)}
    found = [
        _wait_view(view, wait)
        for wait in view.file.head.waits
        if wait.element in attached
        and wait.definition == definition
        and wait.due_at is not None
        and (wait.token == token or process.elements[element].repeated)
    ]
    return sorted(found, key=lambda each: str(each.due_at))


def wait_words(wait: Wait, process: Process, zone: str) -> str:
    """Say what a wait is for: `menunggu pesan “SK” dari Kementerian`, `sampai 20 Januari 2027, 10.00 WIB`."""
    if wait.due_at is not None:
        return _("sampai {moment}").format(moment=long_moment(wait.due_at, zone))
    if wait.kind is WaitKind.WORK:
        if is_connector(wait.name):
            return _("menunggu dikerjakan Alur")
        return _("menunggu sistem luar")
    if wait.kind is WaitKind.SIGNAL:
        return _("menunggu sinyal “{name}”").format(name=wait.name)
    party = party_of(wait, process)
    said = _("menunggu pesan “{name}”").format(name=wait.name)
    return _("{said} dari {party}").format(said=said, party=party) if party else said


def party_of(wait: Wait, process: Process) -> str:
    """Give the outside party in whose lane the event stands, or empty."""
    element = process.elements.get(wait.element)
    return "" if element is None else process.party_of(element)


def event_name(element: Element, process: Process) -> str:
    """Give the name of an event or task; one without is called by what it is, a boundary event also by its step."""
    name = element.name
    if name == element.id:
        trigger = element.trigger
        name = kind_words(f"{trigger.kind}EventDefinition" if trigger else element.kind.value)
    host = process.elements.get(element.attached_to)
    if host is None:
        return name
    return _("{event} di langkah {step}").format(event=name, step=host.name)


def goal_of(element: Element, process: Process) -> str:
    """Give the name of the first element with one behind an event, empty where the way parts before that."""
    seen: set[str] = set()
    while len(flows := process.leaving(element.id)) == 1 and element.id not in seen:
        seen.add(element.id)
        element = process.elements[flows[0].target]
        if element.name != element.id:
            return element.name
    return ""


def span_words(text: str) -> str:
    """Give an ISO 8601 duration as `2 bulan 14 hari`; what is none as it stands."""
    try:
        duration = read_duration(text)
    except InvalidDuration:
        return text
    parts = ((words, getattr(duration, unit)) for unit, words in _UNITS.items())
    return " ".join(_(words).format(n=number) for words, number in parts if number)


def _wait_view(view: CaseView, wait: Wait) -> WaitView:
    process = view.load(wait.definition).process
    element = process.elements[wait.element]
    is_boundary = element.kind is ElementKind.BOUNDARY_EVENT
    host = process.elements.get(element.attached_to)
    return WaitView(
        wait=wait,
        name=event_name(element, process),
        words=_words(view, wait, process),
        party=party_of(wait, process),
        step=host.name if is_boundary and host else "",
        interrupts=is_boundary and element.interrupts,
        goal=goal_of(element, process),
        is_unstated=element.properties.get(STATED) == "tidak",
        is_own=any(isinstance(e, TimerScheduled) and e.is_setting for e, _at in _begun(view, wait)),
        since=begun_at(view, wait),
    )


def _words(view: CaseView, wait: Wait, process: Process) -> str:
    """Say what a wait is for, or that work can't go on without a person."""
    if wait.kind is WaitKind.WORK and wait.element in view.story.troubled.values():
        return _("terkendala")
    return wait_words(wait, process, office_zone())


def begun_at(view: CaseView, wait: Wait) -> datetime | None:
    """Give when a wait began, for a cycle its last round."""
    moments = [at for _event, at in _begun(view, wait)]
    return from_text(moments[-1]) if moments else None


def _begun(view: CaseView, wait: Wait) -> list[tuple[HistoryEvent, str]]:
    return [(r.event, r.at) for r in view.file.records if _begins(r.event, wait)]


def _begins(event: HistoryEvent, wait: Wait) -> bool:
    """Tell whether a wait began with an event; a timer of a step that was taken back began when the step did at first."""
    if not isinstance(event, _BEGINNINGS) or event.element != wait.element:
        return False
    if isinstance(event, TimerScheduled):
        return wait.due_at is not None and event.due == as_text(wait.due_at)
    return event.token == wait.token
