"""An office with a head and three of the staff, one case, and the worker that writes their notices."""

from __future__ import annotations

import dataclasses
from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event, select, update
from storage_kit import BY, CASE, START, registration, set_up, started, task

from engine import history as past
from engine.chain import Head, append, instance_chain
from engine.clock import as_text
from engine.ids import InstanceId, PersonId, RequestId
from engine.job import JobKind
from engine.user_task import TaskState
from storage.jobs import SqlJobs
from storage.notices import Notices, Notifier
from storage.queries.notices import count_unread
from storage.store import SqlStore
from storage.tables import jobs, notices, persons

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.history import HistoryEvent
    from engine.store import Changes, Transaction
    from engine.user_task import UserTask
    from storage.database import Database
    from storage.sqlite import SqliteDatabase

SEVEN = time(7)
TASK = task(1).id


class Desk:
    """An office with a head (Ani) and three of the staff, and the worker that writes their notices."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.store = SqlStore(database)
        self.jobs = SqlJobs(database)
        self.notices = Notices(database)
        self.woken = 0
        people = (registration("ani", "kepala"), registration("budi", "staf"))
        more = (registration("cici", "staf"), registration("dedi", "staf"))
        set_up(self.store, *people, *more)
        self.store.transact(lambda t: t.save(_silent(started())))

    def act(
        self,
        *events: HistoryEvent,
        by: str = "ani",
        new: tuple[UserTask, ...] = (),
        changed: tuple[UserTask, ...] = (),
    ) -> None:
        """Carry a command out on the case."""

        def work(transaction: Transaction) -> None:
            case = transaction.get_instance(CASE)
            signature = dataclasses.replace(BY, person=by, name=by.title(), post_name=by.title())
            request = RequestId(f"r{case.revision}")
            records, head = append(
                case.head, events, at=as_text(START), by=signature, request=request
            )
            moved = dataclasses.replace(case, revision=case.revision + 1, head=head)
            blank = dataclasses.replace(_silent(started()), is_new=False)
            changes = dataclasses.replace(
                blank, instance=moved, records=records, new_tasks=new, changed_tasks=changed
            )
            transaction.save(changes)

        self.store.transact(work)

    def offer(self, token: int = 1, by: str = "ani", **fields: object) -> None:
        """Lay a task on the desk of the staff."""
        new = task(token, lane="lane_staf", **fields)
        given = {"task": new.id, "element": new.element, "name": new.name, "lane": new.lane}
        self.act(past.UserTaskCreated(token=token, **given), by=by, new=(new,))

    def tell(self, digest_at: time | None = SEVEN) -> None:
        """Do the jobs that commands left."""
        notifier = Notifier(self.database, digest_at=digest_at, wake=self._wake)
        for job in self.jobs.claim([JobKind.NOTIFY], 50):
            notifier(job)

    def choose(self, login: str, mail: str, email: str = "x@contoh.go.id") -> None:
        """Choose how a person's notices come by e-mail."""
        change = update(persons).where(persons.c.id == login).values(mail=mail, email=email)
        self.database.write(lambda c: c.execute(change).close())

    def told(self) -> list[tuple[str, str]]:
        """Give who has which notice."""
        query = select(notices.c.person_id, notices.c.kind)
        return sorted(tuple(row) for row in self.database.read(lambda c: c.execute(query).all()))

    def mails(self) -> list[tuple[str, str]]:
        """Give the e-mails that are laid out: kind and when."""
        query = select(jobs.c.kind, jobs.c.due_at).where(jobs.c.kind != JobKind.NOTIFY)
        return sorted(tuple(row) for row in self.database.read(lambda c: c.execute(query).all()))

    def unread(self, login: str) -> int:
        """Give what the bell of a person shows."""
        return self.database.read(lambda c: count_unread(c, PersonId(login)))

    def reader(self, login: str) -> Actor:
        """Give a person as they are now."""
        return self.store.transact(lambda t: t.get_actor(PersonId(login)))

    def _wake(self) -> None:
        self.woken += 1


def claimed(by: str, revision: int = 2) -> UserTask:
    """Give the task as it is with a person."""
    holder = PersonId(by)
    return task(1, lane="lane_staf", state=TaskState.CLAIMED, holder=holder, revision=revision)


def plans(database: SqliteDatabase, act: Callable[[], object]) -> list[str]:
    """Give SQLite's plan of each statement of an act on notices."""
    told: list[tuple[str, object]] = []

    def note(*arguments: object) -> None:
        if "notices" in str(arguments[2]) and "INSERT" not in str(arguments[2]):
            told.append((str(arguments[2]), arguments[3]))

    event.listen(Engine, "before_cursor_execute", note)
    act()
    event.remove(Engine, "before_cursor_execute", note)

    def explain(connection: Connection, sql: str, values: object) -> str:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
        return "\n".join(row[3] for row in rows)

    return [database.read(lambda c, t=each: explain(c, *t)) for each in told]


def _silent(changes: Changes) -> Changes:
    """Give the changes that begin the case with its one record, that tells nobody anything."""
    head = Head(chain=instance_chain(InstanceId(CASE)))
    records, head = append(
        head,
        [past.InstanceStarted(definition="surat-1", key="surat", version=1, digest="00ff")],
        at=as_text(START),
        by=BY,
        request=RequestId("start"),
    )
    case = dataclasses.replace(changes.instance, head=head)
    return dataclasses.replace(changes, instance=case, records=records)
