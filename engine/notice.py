"""Which acts tell whom what: a notice is word to one person that something waits, or has happened.

One notice an event and person, none for own acts (findings/asks.md 26). Events that are not in `TELLS` tell nobody
anything. An invitation to a task (`INVITATIONS`) is void as soon as somebody has the task or it is over: an event of
`SETTLES` takes back those that were not read yet, so that nobody is called to what a colleague is doing already.

A command that concerns anybody leaves one job (`notify_job`); the worker tells from the records (`tell`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from engine import history as past
from engine.chain import agency_chain
from engine.clock import from_text
from engine.ids import AgencyId, Ids, InstanceId, JobId, NoticeId, PersonId, UserTaskId
from engine.job import Job, JobKind
from engine.variables import dump

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from engine.chain import Record
    from engine.circle import Circle
    from engine.history import HistoryEvent
    from engine.ids import ChainId

T = TypeVar("T", bound="HistoryEvent")


class NoticeKind(StrEnum):
    """What a notice says; its words are in `web/notice_words.py`."""

    ASSIGNED = "assigned"
    """A task was given to the person."""
    OFFERED = "offered"
    """A task lies on the desk of a lane of the person's, free to take."""
    RETURNED = "returned"
    """A step that the person has done before is to be done again."""
    DISPOSED = "disposed"
    """A disposition of the head begins with a task for the person's post."""
    TAKEN_OVER = "taken_over"
    """The person's task is somebody else's now."""
    WITHDRAWN = "withdrawn"
    """The person's task is no longer needed."""
    HANDED_BACK = "handed_back"
    """Somebody put back a task that the person had given away."""
    COMPLETED = "completed"
    """A case that the person began has reached its end."""
    CANCELLED = "cancelled"
    """A case that the person began, or has a task in, was stopped."""
    COMMENTED = "commented"
    """Somebody wrote to a case in which the person has or had a task."""
    CORRECTED = "corrected"
    """What was sent earlier in a case was corrected while the person has a task in it."""
    EXPIRED = "expired"
    """The person's task is over, because the time for it was."""
    INCIDENT = "incident"
    """A case can't go on without a person."""
    DUE_SOON = "due_soon"
    """The deadline of a task that the person has, or may take, is near."""
    OVERDUE = "overdue"
    """A task of somebody who answers to the person is late."""
    APPOINTED = "appointed"
    """The person holds a post from some day on, or stands in for its holder."""


INVITATIONS = frozenset(
    {
        NoticeKind.ASSIGNED,
        NoticeKind.OFFERED,
        NoticeKind.RETURNED,
        NoticeKind.DISPOSED,
        NoticeKind.DUE_SOON,
    }
)
"""Notices that call to a task."""


class MailChoice(StrEnum):
    """How a person's notices come by e-mail."""

    OFF = "off"
    EACH = "each"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Word to one person about one event, the record `seq` of a chain; `lead` is the first record of its command.

    `case` and `task` are where it leads; without a task to the case.
    """

    id: NoticeId
    person: PersonId
    kind: NoticeKind
    chain: ChainId
    seq: int
    lead: int
    at: str
    case: InstanceId | None = None
    task: UserTaskId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one command tells, and the tasks to which nobody is called any more."""

    notices: tuple[Notice, ...]
    settled: frozenset[UserTaskId]


def notify_job(records: tuple[Record, ...], agency: AgencyId) -> Job | None:
    """Give the job that a command's records call for, or None when they concern nobody."""
    if not any(type(record.event) in _CONCERNING for record in records):
        return None
    first = records[0]
    at = from_text(first.at)
    return Job(
        id=JobId(f"{first.chain}.{first.seq}"),
        agency=agency,
        kind=JobKind.NOTIFY,
        instance=case_of(first.chain),
        data=dump({"chain": first.chain, "seq": first.seq}),
        due_at=at,
        created_at=at,
    )


def case_of(chain: ChainId) -> InstanceId | None:
    """Give the case whose chain it is, None for an agency's own."""
    return None if chain.startswith(agency_chain(AgencyId(""))) else InstanceId(chain)


def tell(records: tuple[Record, ...], circle: Circle) -> Telling:
    """Give what the records of one command tell to whom."""
    scene = _Scene(records, circle)
    told: dict[tuple[int, PersonId], Notice] = {}
    for record in records:
        for person, kind, task in scene.of(record):
            if person not in (None, "", scene.actor):
                notice = _notice(record, records[0].seq, person, kind, task)
                told.setdefault((record.seq, person), notice)
    settled = (record.event for record in records if isinstance(record.event, SETTLES))
    return Telling(
        notices=tuple(told.values()),
        settled=frozenset(UserTaskId(event.task) for event in settled),
    )


Word = tuple["PersonId | None", NoticeKind, "UserTaskId | None"]


class _Scene:
    """One command, and the people around its case."""

    def __init__(self, records: tuple[Record, ...], circle: Circle) -> None:
        self.case = InstanceId(records[0].chain)
        self.circle = circle
        self.actor = PersonId(records[0].by.person) if records[0].by else None
        self._records = records

    def of(self, record: Record) -> Iterable[Word]:
        """Give the words of one record."""
        teller = TELLS.get(type(record.event))
        return () if teller is None else teller(record, self)

    def each(self, kind: type[T]) -> Iterator[T]:
        """Give the command's events of a kind."""
        return (record.event for record in self._records if isinstance(record.event, kind))

    def holders_of_gone(self) -> Iterator[PersonId | None]:
        """Give who had the tasks that the command took away."""
        for gone in self.each(past.UserTaskCancelled):
            yield self.circle.find_holder(UserTaskId(gone.task))

    def invite(
        self, created: past.UserTaskCreated, people: Collection[PersonId], plain: NoticeKind
    ) -> Iterator[Word]:
        """Give the words that call people to a new task."""
        is_linked = any(begun.parent for begun in self.each(past.InstanceStarted))
        doers = self.circle.list_doers(self.case, created.element) if people else ()
        for person in people:
            again = NoticeKind.RETURNED if person in doers else plain
            yield person, NoticeKind.DISPOSED if is_linked else again, UserTaskId(created.task)


def _on_created(record: Record, scene: _Scene) -> Iterator[Word]:
    event = _event(record, past.UserTaskCreated)
    if not any(given.task == event.task for given in scene.each(past.UserTaskAssigned)):
        people = scene.circle.list_candidates(UserTaskId(event.task))
        yield from scene.invite(event, people, NoticeKind.OFFERED)


def _on_assigned(record: Record, scene: _Scene) -> Iterator[Word]:
    event = _event(record, past.UserTaskAssigned)
    task, to = UserTaskId(event.task), PersonId(event.to)
    new = next((e for e in scene.each(past.UserTaskCreated) if e.task == event.task), None)
    if new is None:
        yield to, NoticeKind.ASSIGNED, task
    else:
        yield from scene.invite(new, [to], NoticeKind.ASSIGNED)
    yield _holder_before(record, task, scene), NoticeKind.TAKEN_OVER, task


def _on_claimed(record: Record, _scene: _Scene) -> Iterator[Word]:
    event = _event(record, past.UserTaskClaimed)
    yield PersonId(event.previous), NoticeKind.TAKEN_OVER, UserTaskId(event.task)


def _on_unclaimed(record: Record, scene: _Scene) -> Iterator[Word]:
    task = UserTaskId(_event(record, past.UserTaskUnclaimed).task)
    holder = _holder_before(record, task, scene)
    before = scene.circle.find_earlier(task, record.seq)
    if holder != scene.actor:
        yield holder, NoticeKind.TAKEN_OVER, task
    elif before is not None and isinstance(before.event, past.UserTaskAssigned):
        yield scene.circle.find_signer(before), NoticeKind.HANDED_BACK, task
    for person in scene.circle.list_candidates(task):
        yield person, NoticeKind.OFFERED, task


def _on_reminded(record: Record, scene: _Scene) -> Iterator[Word]:
    task = UserTaskId(_event(record, past.UserTaskReminded).task)
    yield scene.circle.find_holder(task), NoticeKind.DUE_SOON, task
    for person in scene.circle.list_candidates(task):
        yield person, NoticeKind.DUE_SOON, task


def _on_escalated(record: Record, _scene: _Scene) -> Iterator[Word]:
    event = _event(record, past.UserTaskEscalated)
    for person in event.heads:
        yield PersonId(person), NoticeKind.OVERDUE, UserTaskId(event.task)


def _on_withdrawn(record: Record, scene: _Scene) -> Iterator[Word]:
    task = UserTaskId(_event(record, past.UserTaskCancelled).task)
    by_itself = not any((*scene.each(past.InstanceCancelled), *scene.each(past.UserTaskRetracted)))
    if any(scene.each(past.TimerFired)):
        yield scene.circle.find_holder(task), NoticeKind.EXPIRED, task
    elif by_itself:
        yield scene.circle.find_holder(task), NoticeKind.WITHDRAWN, None


def _on_incident(record: Record, scene: _Scene) -> Iterator[Word]:
    _event(record, past.IncidentRaised)
    for person in scene.circle.list_administrators(scene.case):
        yield person, NoticeKind.INCIDENT, None


def _on_completed(record: Record, scene: _Scene) -> Iterator[Word]:
    _event(record, past.InstanceCompleted)
    yield scene.circle.find_starter(scene.case), NoticeKind.COMPLETED, None


def _on_cancelled(record: Record, scene: _Scene) -> Iterator[Word]:
    _event(record, past.InstanceCancelled)
    yield scene.circle.find_starter(scene.case), NoticeKind.CANCELLED, None
    for person in scene.holders_of_gone():
        yield person, NoticeKind.CANCELLED, None


def _on_retracted(record: Record, scene: _Scene) -> Iterator[Word]:
    _event(record, past.UserTaskRetracted)
    for person in scene.holders_of_gone():
        yield person, NoticeKind.WITHDRAWN, None


def _on_corrected(record: Record, scene: _Scene) -> Iterator[Word]:
    _event(record, past.SubmissionCorrected)
    for person in scene.circle.list_holders(scene.case):
        yield person, NoticeKind.CORRECTED, None


def _on_comment(record: Record, scene: _Scene) -> Iterator[Word]:
    _event(record, past.CommentAdded)
    for person in scene.circle.list_participants(scene.case):
        yield person, NoticeKind.COMMENTED, None


def _on_holding(record: Record, _scene: _Scene) -> Iterator[Word]:
    yield PersonId(_event(record, past.HoldingStarted).person), NoticeKind.APPOINTED, None


def _holder_before(record: Record, task: UserTaskId, scene: _Scene) -> PersonId | None:
    before = scene.circle.find_earlier(task, record.seq)
    if before is None:
        return None
    if isinstance(before.event, past.UserTaskAssigned):
        return PersonId(before.event.to)
    if isinstance(before.event, past.UserTaskClaimed):
        return scene.circle.find_signer(before)
    return None


TELLS: Mapping[type[HistoryEvent], Callable[[Record, _Scene], Iterable[Word]]] = {
    past.UserTaskCreated: _on_created,
    past.UserTaskAssigned: _on_assigned,
    past.UserTaskClaimed: _on_claimed,
    past.UserTaskUnclaimed: _on_unclaimed,
    past.UserTaskReminded: _on_reminded,
    past.UserTaskEscalated: _on_escalated,
    past.UserTaskCancelled: _on_withdrawn,
    past.IncidentRaised: _on_incident,
    past.InstanceCompleted: _on_completed,
    past.InstanceCancelled: _on_cancelled,
    past.UserTaskRetracted: _on_retracted,
    past.SubmissionCorrected: _on_corrected,
    past.CommentAdded: _on_comment,
    past.HoldingStarted: _on_holding,
}
"""The events that tell somebody something; one line an event."""

SETTLES = (
    past.UserTaskUnclaimed,
    past.UserTaskAssigned,
    past.UserTaskClaimed,
    past.UserTaskCompleted,
    past.UserTaskCancelled,
)
"""The events after which nobody is called to their task as before: those whom they call are called anew."""

HOLDING = (past.UserTaskAssigned, past.UserTaskClaimed, past.UserTaskUnclaimed)
"""The events that say who has a task."""

_CONCERNING = TELLS.keys() | set(SETTLES)


def _event(record: Record, kind: type[T]) -> T:
    if not isinstance(record.event, kind):
        raise TypeError(f"Expected a {kind.__name__}, but found {type(record.event).__name__}")
    return record.event


def _notice(
    record: Record, lead: int, person: PersonId, kind: NoticeKind, task: UserTaskId | None
) -> Notice:
    return Notice(
        id=_notice_id(record, person),
        person=person,
        kind=kind,
        chain=record.chain,
        seq=record.seq,
        lead=lead,
        at=record.at,
        case=case_of(record.chain),
        task=task,
    )


def _notice_id(record: Record, person: PersonId) -> NoticeId:
    """Give the id of the notice of an event to a person: always the same one, sorted by the event's time."""
    named = f"{record.chain}\0{record.seq}\0{person}".encode()
    ids = Ids(_Then(from_text(record.at)), lambda size: hashlib.sha256(named).digest()[:size])
    return NoticeId(ids.new())


@dataclass(frozen=True, slots=True)
class _Then:
    """A clock that shows the moment of a record."""

    moment: datetime

    def now(self) -> datetime:
        """Give the moment."""
        return self.moment
