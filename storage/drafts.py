"""Drafts: what a person typed into the form of a task and has not sent.

A draft belongs to one person and one task. It is no variable of the case, is not in the history, is not validated, and
nobody else sees it. A task that comes again in a later round is another task, so no draft outlives its round.
"""

from __future__ import annotations

import dataclasses
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text, from_text
from engine.errors import InvalidSubmission, NotFound
from engine.form import StoredFile
from engine.ids import instance_of
from engine.user_task import OPEN, TaskState
from storage.tables import drafts, user_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from engine.form import RawSubmission
    from engine.ids import PersonId, UserTaskId
    from storage.database import Database

MOST_BYTES = 1_000_000
"""Bytes of one draft's texts, written as JSON."""

MOST_DRAFTS = 100
"""Drafts of one person; the oldest goes when there is one more."""

KEPT_AFTER_TASK = timedelta(days=30)
"""How long a draft is kept when its task is over."""

KEPT_AT_MOST = timedelta(days=365)
"""How long a draft is kept at most."""

_OF_TASK = and_(drafts.c.person_id == bindparam("person"), drafts.c.task_id == bindparam("task"))
_TASK = select(user_tasks.c.state, user_tasks.c.holder_id, user_tasks.c.created_at).where(
    user_tasks.c.instance_id == bindparam("instance"), user_tasks.c.id == bindparam("task")
)
_DRAFT = select(drafts.c.content, drafts.c.saved_at).where(_OF_TASK)
_CHANGE = update(drafts).where(
    drafts.c.person_id == bindparam("person"), drafts.c.task_id == bindparam("task")
)
_DROP = delete(drafts).where(_OF_TASK)
_NEWEST = (
    select(drafts.c.task_id)
    .where(drafts.c.person_id == bindparam("person"))
    .order_by(drafts.c.saved_at.desc(), drafts.c.task_id)
    .limit(MOST_DRAFTS)
)
_DROP_OLDEST = delete(drafts).where(
    drafts.c.person_id == bindparam("person"), drafts.c.task_id.not_in(_NEWEST)
)
_IS_OPEN = exists().where(
    user_tasks.c.instance_id == drafts.c.instance_id,
    user_tasks.c.id == drafts.c.task_id,
    user_tasks.c.state.in_(sorted(OPEN)),
)
_PURGE = delete(drafts).where(
    drafts.c.saved_at < bindparam("before"),
    or_(drafts.c.saved_at < bindparam("long_before"), ~_IS_OPEN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Texts and files by HTML name, as they were typed and chosen."""

    values: Mapping[str, tuple[str, ...]]
    files: Mapping[str, tuple[StoredFile, ...]]
    saved_at: datetime


class Drafts:
    """Keeps, finds and drops drafts. Whether a person may see the case is asked before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_draft(self, person: PersonId, task: UserTaskId) -> Draft | None:
        """Give what this person typed for this task, None when the person has sent it meanwhile."""

        def work(connection: Connection) -> Draft | None:
            found = _find_task(connection, task)
            if found is None or _is_sent_by(found, person):
                return None
            row = connection.execute(_DRAFT, {"person": person, "task": task}).mappings().first()
            if row is None or row["saved_at"] < found["created_at"]:
                return None
            return _draft(row["content"], from_text(row["saved_at"]))

        return self._database.read(work)

    def save_draft(self, person: PersonId, task: UserTaskId, raw: RawSubmission) -> Draft | None:
        """Keep what this person typed for a task, in place of what was kept before; old drafts are cleared away.

        Nothing is kept, and None given, for a task that the person has sent meanwhile. Raises NotFound for a task that is
        not there, InvalidSubmission (`draft_large`) for more than a draft may hold.
        """
        content = _written(raw)
        now = self._database.clock.now()

        def work(connection: Connection) -> bool:
            found = _find_task(connection, task)
            if found is None:
                raise NotFound(f"Expected task {task!r}, but there is none", code="not_found")
            if _is_sent_by(found, person):
                return False
            _keep(connection, person, task, {"content": content, "saved_at": as_text(now)})
            _clear(connection, person, now)
            return True

        return _draft(content, now) if self._write(work) else None

    def drop_draft(self, person: PersonId, task: UserTaskId) -> None:
        """Forget what this person typed for a task; without a draft nothing happens."""
        this = {"person": person, "task": task}
        if self._database.read(lambda c: c.execute(_DRAFT, this).first()) is not None:
            self._database.write(lambda c: c.execute(_DROP, this).close())

    def _write(self, work: Callable[[Connection], bool]) -> bool:
        # on PostgreSQL another page of the same person may save its first draft of the task at this very moment
        with suppress(IntegrityError):
            return self._database.write(work)
        return self._database.write(work)


def _find_task(connection: Connection, task: UserTaskId) -> RowMapping | None:
    this = {"instance": instance_of(task), "task": task}
    return connection.execute(_TASK, this).mappings().first()


def _is_sent_by(task: RowMapping, person: PersonId) -> bool:
    return bool(task["state"] == TaskState.COMPLETED and task["holder_id"] == person)


def _keep(
    connection: Connection, person: PersonId, task: UserTaskId, kept: Mapping[str, object]
) -> None:
    this = {"person": person, "task": task}
    if connection.execute(_CHANGE.values(**kept), this).rowcount == 0:
        ids = {"person_id": person, "instance_id": instance_of(task), "task_id": task}
        connection.execute(insert(drafts), [{**ids, **kept}])


def _clear(connection: Connection, person: PersonId, now: datetime) -> None:
    before = {"before": now - KEPT_AFTER_TASK, "long_before": now - KEPT_AT_MOST}
    connection.execute(_PURGE, {name: as_text(moment) for name, moment in before.items()})
    connection.execute(_DROP_OLDEST, {"person": person})


def _written(raw: RawSubmission) -> bytes:
    files = {n: [dataclasses.asdict(f) for f in found] for n, found in raw.files.items()}
    text = json.dumps({"values": dict(raw.values), "files": files}, separators=(",", ":"))
    content = text.encode()
    if len(content) > MOST_BYTES:
        raise InvalidSubmission(
            f"Expected a draft of at most {MOST_BYTES} bytes, but it has {len(content)}",
            code="draft_large",
            limit=MOST_BYTES // 1_000,
        )
    return content


def _draft(content: bytes, saved_at: datetime) -> Draft:
    read = json.loads(content)
    return Draft(
        values={name: tuple(texts) for name, texts in read["values"].items()},
        files={n: tuple(StoredFile(**f) for f in found) for n, found in read["files"].items()},
        saved_at=saved_at,
    )
