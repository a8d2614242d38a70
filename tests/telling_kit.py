"""People around a case, and the records of one command, for tests of who is told what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine import history as past
from engine.actor import Signature
from engine.chain import Head, append
from engine.ids import ChainId, InstanceId, PersonId, UserTaskId
from engine.notice import tell

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.chain import Record
    from engine.history import HistoryEvent

AT = "2026-11-21T03:00:00.000000Z"
CASE = ChainId("01kagr3c00c5t6ywhr9n7mxjd4")
TASK = UserTaskId(f"{CASE}-2")
HEAD, ANI, BUDI, CICI = (PersonId(name) for name in ("kepala", "ani", "budi", "cici"))


@dataclass(kw_only=True)
class Around:
    """People around a case, as a test sets them up; see `engine.circle.Circle`."""

    candidates: Collection[PersonId] = ()
    holder: PersonId | None = None
    earlier: Record | None = None
    doers: Collection[PersonId] = ()
    participants: Collection[PersonId] = ()
    holders: Collection[PersonId] = ()
    starter: PersonId | None = None
    administrators: Collection[PersonId] = ()
    asked: list[UserTaskId] = field(default_factory=list)

    def list_candidates(self, task: UserTaskId) -> Collection[PersonId]:
        """Give those who may take the task."""
        self.asked.append(task)
        return self.candidates

    def find_holder(self, task: UserTaskId) -> PersonId | None:
        """Give who has the task."""
        self.asked.append(task)
        return self.holder

    def find_earlier(self, task: UserTaskId, seq: int) -> Record | None:
        """Give the record before that says who has the task."""
        assert task
        assert seq
        return self.earlier

    def find_signer(self, record: Record) -> PersonId | None:
        """Give who signed the record."""
        return PersonId(record.by.person) if record.by else None

    def list_doers(self, case: InstanceId, element: str) -> Collection[PersonId]:
        """Give those who have done the element."""
        assert (case, element) == (CASE, "periksa")
        return self.doers

    def list_participants(self, case: InstanceId) -> Collection[PersonId]:
        """Give those who have or had a task."""
        assert case == CASE
        return self.participants

    def list_holders(self, case: InstanceId) -> Collection[PersonId]:
        """Give those who have a task."""
        assert case == CASE
        return self.holders

    def list_administrators(self, case: InstanceId) -> Collection[PersonId]:
        """Give the administrators of the office."""
        assert case == CASE
        return self.administrators

    def find_starter(self, case: InstanceId) -> PersonId | None:
        """Give who began the case."""
        assert case == CASE
        return self.starter


def acted(
    *events: HistoryEvent, by: str = HEAD, chain: ChainId = CASE, after: int = 6
) -> tuple[Record, ...]:
    """Give the records of one command."""
    signature = Signature(person=by, name=by.title())
    return append(Head(chain=chain, seq=after), events, at=AT, by=signature)[0]


def told(records: tuple[Record, ...], around: Around) -> list[tuple[str, str, str | None]]:
    """Give who is told what, and where it leads."""
    return sorted((n.person, n.kind, n.task) for n in tell(records, around).notices)


def created(**fields: str) -> past.UserTaskCreated:
    """Give the event of a new task."""
    given = {"task": TASK, "element": "periksa", "name": "Memeriksa", "lane": "kepala", **fields}
    return past.UserTaskCreated(token=2, **given)
