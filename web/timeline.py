"""The timeline of a case: one entry an act, newest first, with what was written and what followed from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine import history as past
from engine.clock import from_text
from engine.form import Radio, TextArea
from engine.ids import LaneId, UserTaskId
from web.amend_words import correction_lines
from web.case_view import open_items
from web.decision_lines import Rows, decision_lines
from web.history_words import act_words, words
from web.i18n import _, long_moment
from web.wishes import office_zone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.history import HistoryEvent
    from engine.ids import PersonId
    from storage.queries.case import TaskLine
    from web.case_view import CaseView
    from web.decision_lines import DecisionLine
    from web.form_view import ShownItem
    from web.story import Act, SentForm

_WEIGHT: tuple[type[HistoryEvent], ...] = (
    past.InstanceCancelled,
    past.UserTaskRetracted,
    past.SubmissionCorrected,
    past.CommentAdded,
    past.UserTaskCompleted,
    past.IncidentRaised,
    past.TimerFired,
    past.MessageReceived,
    past.SignalReceived,
    past.WorkCompleted,
    past.InstanceStarted,
    past.UserTaskUnclaimed,
    past.UserTaskAssigned,
    past.UserTaskClaimed,
    past.UserTaskPostponed,
    past.UserTaskOpened,
)
"""What an act is called after, weightiest first; an act without any of them is called after its first event."""

_MOVING = (
    past.UserTaskCompleted,
    past.TimerFired,
    past.MessageReceived,
    past.SignalReceived,
    past.WorkCompleted,
)
"""Events by which a case goes on: their entries name what followed."""

_FOLLOWS = (
    past.UserTaskCreated,
    past.UserTaskCancelled,
    past.MessageAwaited,
    past.MessageSent,
    past.SignalAwaited,
    past.SignalSent,
    past.ErrorThrown,
    past.EscalationThrown,
    past.WorkRequested,
    past.InstanceCompleted,
)
"""Events that an act's entry names as what followed from it; and a timer that a token waits at by itself."""

_KINDS: Mapping[type[HistoryEvent], str] = {
    past.UserTaskCompleted: "done",
    past.InstanceCancelled: "bad",
    past.UserTaskRetracted: "bad",
    past.SubmissionCorrected: "bad",
    past.CommentAdded: "note",
    past.IncidentRaised: "bad",
    past.MessageReceived: "done",
    past.SignalReceived: "done",
    past.WorkCompleted: "done",
    past.UserTaskOpened: "minor",
    past.UserTaskPostponed: "minor",
}
"""How an act's entry looks; every other act is plain."""

SHORT = 6
"""Entries beside a task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `kind` is `now`, `done`, `bad`, `note`, `plain` or `minor`, `details` are all its events in order.

    An act that did one thing has no details: its headline says it.
    """

    at: datetime
    kind: str
    who: str
    post: str
    headline: str
    party: str = ""
    notes: tuple[ShownItem, ...] = ()
    quote: str = ""
    """What was written, of a comment."""
    task: str = ""
    """The task whose form was sent, which can be opened."""
    follows: tuple[str, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNames:
    """Names of the things of one case."""

    view: CaseView
    rows: Rows = field(default_factory=dict)
    """What has been looked up of decisions."""

    def element(self, token: int) -> str:
        """Give the name of a token's element."""
        return self.view.element_name(token)

    def event(self, token: int, element: str) -> str:
        """Give the name of what a token waits for at an element."""
        return self.view.event_name(token, element)

    def moment(self, at: str) -> str:
        """Give a moment in the zone of the reader's office."""
        return long_moment(from_text(at), office_zone())

    def task(self, task: str) -> str:
        """Give the name of a task."""
        return next((t.name for t in self.view.file.tasks if t.task == task), task)

    def lane(self, lane: str) -> str:
        """Give the name of a lane."""
        return self.view.lane_of(LaneId(lane))

    def variable(self, key: str) -> str:
        """Give the label that the forms give a variable."""
        return self.view.labels.get(key, key)


def list_entries(view: CaseView, reader: PersonId) -> list[Entry]:
    """Give the timeline as the reader sees it, newest first; above it, where the case is now."""
    names = CaseNames(view=view)
    sent = {form.task: form for form in view.story.sent}
    past_acts = [_entry(act, view, names, sent, reader) for act in reversed(view.story.acts)]
    return [*(_waiting(view, task, reader) for task in view.file.open_tasks), *past_acts]


def shortened(entries: list[Entry]) -> list[Entry]:
    """Give the newest entries that say how the work went on."""
    return [entry for entry in entries if entry.kind != "minor"][:SHORT]


def _waiting(view: CaseView, task: TaskLine, reader: PersonId) -> Entry:
    lane = view.lane_name(task)
    held = _("Anda") if task.holder == reader else task.holder_name
    return Entry(
        at=task.created_at,
        kind="now",
        who=_("Sedang di {who}").format(who=held or lane),
        headline=task.name,
        post="" if held else _("belum diambil"),
        party=task.on_behalf_of,
    )


def _entry(
    act: Act,
    view: CaseView,
    names: CaseNames,
    sent: Mapping[UserTaskId, SentForm],
    reader: PersonId,
) -> Entry:
    weighty = _weightiest([record.event for record in act.records])
    moves = isinstance(weighty, _MOVING)
    form = (
        sent.get(UserTaskId(weighty.task)) if isinstance(weighty, past.UserTaskCompleted) else None
    )
    written = weighty.text if isinstance(weighty, past.CommentAdded) else ""
    follows = [r.event for r in act.records if _is_told(r.event, view)]
    return Entry(
        at=act.at,
        kind=_KINDS.get(type(weighty), "plain"),
        who=_("Anda") if act.by.person == reader else act.by.name,
        post=act.by.post_name if act.by.post_name != act.by.name else "",
        headline=act_words(weighty, names),
        party=form.on_behalf_of if form else _party(weighty),
        task=form.task if form else "",
        notes=tuple(view.notes(form, Radio, TextArea)) if form else _recorded(view, act, weighty),
        quote=written,
        follows=tuple(words(event, names) for event in follows)
        if moves
        else correction_lines(view, act),
        decisions=decision_lines((r.event for r in act.records), names.rows),
        details=tuple(words(r.event, names) for r in act.records) if len(act.records) > 1 else (),
    )


def _recorded(view: CaseView, act: Act, event: HistoryEvent) -> tuple[ShownItem, ...]:
    """Give what came with an answer or a report, as the form of its event calls it; personal values are left out."""
    if not isinstance(event, past.MessageReceived | past.WorkCompleted):
        return ()
    form = view.form_of(event.element, view.story.token_scopes.get(event.token, 0))
    changed = (r.event.set for r in act.records if isinstance(r.event, past.VariablesChanged))
    values = {key: value for each in changed for key, value in each.items()}
    return () if form is None else tuple(open_items(form, values))


def _party(event: HistoryEvent) -> str:
    """Give on whose behalf a case was begun."""
    return event.on_behalf_of if isinstance(event, past.InstanceStarted) else ""


def _is_told(event: HistoryEvent, view: CaseView) -> bool:
    if isinstance(event, past.TimerScheduled):
        return view.story.elements.get(event.token) == event.element
    return isinstance(event, _FOLLOWS)


def _weightiest(events: list[HistoryEvent]) -> HistoryEvent:
    for kind in _WEIGHT:
        for event in events:
            if isinstance(event, kind):
                return event
    return events[0]
