"""A case's history, told for people: the acts of persons, and the forms they sent with the values as sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.actor import Signature
from engine.clock import from_text
from engine.history import (
    CommentAdded,
    ElementActivated,
    ElementCancelled,
    ElementCompleted,
    IncidentRaised,
    IncidentResolved,
    MessageReceived,
    ScopeOpened,
    SubmissionCorrected,
    TimerFired,
    UserTaskCompleted,
    UserTaskRetracted,
    VariablesChanged,
)
from engine.ids import DefinitionId, UserTaskId
from engine.replay import Moment, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from engine.chain import Record
    from engine.history import HistoryEvent
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one command did: the signed record and all that followed from it."""

    at: datetime
    by: Signature
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody wrote: a comment on the case, or why a form that was sent was corrected."""

    at: datetime
    by: Signature
    text: str
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentForm:
    """A finished task, or a recorded answer (`task` is empty): who sent it when, and the variables that its form saw then.

    `amended` are these values as they are since they were corrected; `is_retracted` when its sender took the form back.
    """

    task: UserTaskId
    element: str
    scope: int
    seq: int
    at: datetime
    by: Signature
    on_behalf_of: str
    values: Mapping[str, Value]
    amended: Mapping[str, Value]
    is_retracted: bool = False
    corrections: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedField:
    """A variable that a correction changed, and its value since."""

    key: str
    now: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What one correction changed in a form that was sent; `sent` is the form as it was until then."""

    sent: SentForm
    changes: tuple[CorrectedField, ...]


@dataclass(slots=True, kw_only=True)
class Story:
    """What the history tells, and the moment that it leads to.

    Unlike the moment, the story remembers tokens and scopes that are gone: `elements` and `token_scopes` by token, `parents`
    and `called` (the definition of a called process) by scope; `stopped` are elements whose token was taken away.
    `passed` is when tokens went on from each element of the case's own process. `comments` are oldest first. `expired` are tokens that a timer took away. `troubled` is the element of each incident that is not over.
    """

    moment: Moment
    acts: list[Act] = field(default_factory=list)
    sent: list[SentForm] = field(default_factory=list)
    elements: dict[int, str] = field(default_factory=dict)
    token_scopes: dict[int, int] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    called: dict[int, DefinitionId] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    passed: dict[str, list[datetime]] = field(default_factory=dict)
    expired: set[int] = field(default_factory=set)
    troubled: dict[str, str] = field(default_factory=dict)
    comments: list[Note] = field(default_factory=list)
    corrected: dict[int, Corrected] = field(default_factory=dict)
    """What each correction changed, by the number of its first record."""

    @property
    def done(self) -> list[SentForm]:
        """The forms that were sent and not taken back, oldest first."""
        return [form for form in self.sent if not form.is_retracted]

    def definition_of(self, scope: int) -> DefinitionId:
        """Give the process version whose elements run in a scope: the case's own, or a called one."""
        while scope and scope not in self.called:
            scope = self.parents[scope]
        return self.called[scope] if scope else DefinitionId(self.moment.definition)

    def visible(self, scope: int) -> dict[str, Value]:
        """Give the variables that a scope sees now: its own over those around it, up to its process."""
        seen = dict(self.moment.variables(scope))
        while scope and scope not in self.called:
            scope = self.parents[scope]
            seen = {**self.moment.variables(scope), **seen}
        return seen

    def latest(self) -> list[SentForm]:
        """Give the last sent form of each element, in the order in which they were sent."""
        last = {form.element: form for form in self.done}
        return sorted(last.values(), key=lambda form: form.seq)


def tell(records: Iterable[Record], personal: Mapping[tuple[int, str], bytes]) -> Story:
    """Read the history of a case; an erased personal value is None."""
    story = Story(moment=fold((), personal))
    for act in _acts(records):
        story.acts.append(act)
        for index, record in enumerate(act.records):
            _remember(story, record)
            _pass_on(story, record.event, act.at)
            fold((record,), personal, story.moment)
            if completed := _completed_with(act.records, index):
                story.sent.append(_sent(story, act, completed))
        _look_back(story, act)
    return story


def _acts(records: Iterable[Record]) -> list[Act]:
    groups: list[list[Record]] = []
    for record in records:
        if record.cause == 0:
            groups.append([])
        groups[-1].append(record)
    return [
        Act(
            at=from_text(group[0].at),
            by=group[0].by or Signature.of_system(),
            records=tuple(group),
        )
        for group in groups
    ]


def _look_back(story: Story, act: Act) -> None:
    """Keep what an act says of what was there before it: a comment, a form taken back, a form corrected."""
    match act.records[0].event:
        case TimerFired():
            cancelled = (r.event for r in act.records if isinstance(r.event, ElementCancelled))
            story.expired |= {event.token for event in cancelled}
        case CommentAdded(text=text, task=task):
            story.comments.append(Note(at=act.at, by=act.by, text=text, task=task))
        case UserTaskRetracted(task=task):
            cancelled = (r.event for r in act.records if isinstance(r.event, ElementCancelled))
            story.stopped -= {story.elements[event.token] for event in cancelled}
            _amend(story, task, lambda form: replace(form, is_retracted=True))
        case SubmissionCorrected(task=task, reason=reason):
            why = Note(at=act.at, by=act.by, text=reason, task=task)
            form = next(form for form in story.sent if form.task == task)
            changes = tuple(_differences(story, act))
            story.corrected[act.records[0].seq] = Corrected(sent=form, changes=changes)
            _amend(story, task, lambda form: _corrected(story, act, form, why))
        case _:
            pass


def _amend(story: Story, task: str, change: Callable[[SentForm], SentForm]) -> None:
    story.sent = [change(form) if form.task == task else form for form in story.sent]


def _corrected(story: Story, act: Act, form: SentForm, why: Note) -> SentForm:
    values = {change.key: change.now for change in _differences(story, act)}
    amended = {**form.amended, **values}
    return replace(form, amended=amended, corrections=(*form.corrections, why))


def _differences(story: Story, act: Act) -> Iterable[CorrectedField]:
    for record in act.records:
        if isinstance(event := record.event, VariablesChanged):
            now = story.visible(event.scope)
            for key in (*event.set, *event.personal, *event.removed):
                yield CorrectedField(key=key, now=now.get(key))


def _remember(story: Story, record: Record) -> None:
    match record.event:
        case ElementActivated(element=element, token=token, scope=scope):
            story.elements[token] = element
            story.token_scopes[token] = scope
            story.stopped.discard(element)
        case ElementCancelled(token=token):
            story.stopped.add(story.elements[token])
        case IncidentRaised(incident=incident, element=element):
            story.troubled[incident] = element
        case IncidentResolved(incident=incident):
            story.troubled.pop(incident, None)
        case ScopeOpened(scope=scope, parent=parent, definition=definition):
            story.parents[scope] = parent
            if definition:
                story.called[scope] = DefinitionId(definition)
        case _:
            pass


def _pass_on(story: Story, event: HistoryEvent, at: datetime) -> None:
    if isinstance(event, ElementCompleted) and not story.token_scopes.get(event.token, 0):
        story.passed.setdefault(story.elements[event.token], []).append(at)


def _completed_with(records: tuple[Record, ...], index: int) -> Record | None:
    """Give what sent a form whose values are all there after this record: this one, or the one before."""
    record, before = records[index], records[max(index - 1, 0)]
    if isinstance(record.event, VariablesChanged):
        return before if _is_sent(before) else None
    following = records[index + 1].event if index + 1 < len(records) else None
    return record if _is_sent(record) and not isinstance(following, VariablesChanged) else None


def _is_sent(record: Record) -> bool:
    """Tell whether a person sent a form by it: that of a task, or of an answer that came by letter."""
    is_answer = isinstance(record.event, MessageReceived)
    is_of_person = record.by is not None and bool(record.by.person)
    return isinstance(record.event, UserTaskCompleted) or (is_answer and is_of_person)


def _sent(story: Story, act: Act, record: Record) -> SentForm:
    event = record.event
    if not isinstance(event, UserTaskCompleted | MessageReceived):
        raise TypeError(f"Expected a form that was sent, but found {type(event).__name__}")
    scope = story.token_scopes[event.token]
    values = story.visible(scope)
    return SentForm(
        task=UserTaskId(event.task if isinstance(event, UserTaskCompleted) else ""),
        element=event.element,
        scope=scope,
        seq=record.seq,
        at=act.at,
        by=act.by,
        on_behalf_of=event.on_behalf_of,
        values=values,
        amended=values,
    )
