"""One case with its tasks, its history and its files: what the case page and the task page show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from engine.chain import Record, instance_chain
from engine.clock import from_text
from engine.ids import (
    DefinitionId,
    InstanceId,
    LaneId,
    PersonId,
    UserTaskId,
    instance_of,
)
from engine.spiff.resting import list_waits
from engine.store import InstanceState
from engine.user_task import OPEN, TaskState
from storage.history import PAGE, list_records, personal_values_of
from storage.tables import (
    definitions,
    files,
    instance_files,
    instances,
    persons,
    user_tasks,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from engine.wait import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """What stands at the top of a case."""

    case: InstanceId
    definition: DefinitionId
    process: str
    version: int
    state: InstanceState
    revision: int
    number: str
    subject: str
    business_key: str
    is_secret: bool
    started_at: datetime
    ended_at: datetime | None
    starters: frozenset[LaneId]
    """Lanes whose holders may start such a case."""
    waits: tuple[Wait, ...]
    """What it waits for besides people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task of a case and who holds it (or held it last); `holder` is None while it is free."""

    task: UserTaskId
    element: str
    name: str
    lane: LaneId
    on_behalf_of: str
    state: TaskState
    holder: PersonId | None
    holder_name: str
    revision: int
    due_at: datetime | None
    due_is_estimate: bool
    due_length: str
    created_at: datetime
    changed_at: datetime
    sender_id: str
    opened_at: datetime | None
    priority: int

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNow:
    """A case without its history: head and tasks, oldest first."""

    head: CaseHead
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """The whole case for reading: head, tasks (oldest first), and its history with the personal values that are left."""

    head: CaseHead
    tasks: tuple[TaskLine, ...]
    records: tuple[Record, ...]
    personal: Mapping[tuple[int, str], bytes]

    def find_task(self, task: UserTaskId) -> TaskLine | None:
        """Give one of the tasks."""
        return next((line for line in self.tasks if line.task == task), None)

    @property
    def open_tasks(self) -> tuple[TaskLine, ...]:
        """The tasks that somebody still has to do."""
        return tuple(line for line in self.tasks if line.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAtRest:
    """A task with what its case holds now, without its history: `definition` is the version whose element it is."""

    line: TaskLine
    definition: DefinitionId
    frontier: bytes
    variables: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """A stored file."""

    digest: str
    content_type: str
    content: bytes


_HEAD = (
    select(
        instances.c.id,
        instances.c.definition_id,
        definitions.c.name.label("process"),
        definitions.c.version,
        instances.c.state,
        instances.c.revision,
        instances.c.number,
        instances.c.subject,
        instances.c.business_key,
        instances.c.is_secret,
        instances.c.started_at,
        instances.c.ended_at,
        definitions.c.starters,
        instances.c.frontier,
    )
    .join(definitions, definitions.c.id == instances.c.definition_id)
    .where(instances.c.id == bindparam("case"))
)
_TASKS = (
    select(
        user_tasks.c.id,
        user_tasks.c.element,
        user_tasks.c.name,
        user_tasks.c.lane_id,
        user_tasks.c.on_behalf_of,
        user_tasks.c.state,
        user_tasks.c.holder_id,
        func.coalesce(persons.c.name, "").label("holder_name"),
        user_tasks.c.revision,
        user_tasks.c.due_at,
        user_tasks.c.due_is_estimate,
        user_tasks.c.due_length,
        user_tasks.c.created_at,
        user_tasks.c.changed_at,
        user_tasks.c.sender_id,
        user_tasks.c.opened_at,
        user_tasks.c.priority,
    )
    .outerjoin(persons, persons.c.id == user_tasks.c.holder_id)
    .where(user_tasks.c.instance_id == bindparam("case"))
)

_TASK = (
    _TASKS.add_columns(user_tasks.c.definition_id, instances.c.frontier, instances.c.variables)
    .join(instances, instances.c.id == user_tasks.c.instance_id)
    .where(user_tasks.c.id == bindparam("task"))
)


def find_case_file(connection: Connection, case: InstanceId) -> CaseFile | None:
    """Give the whole case; whether the caller may see it is asked before (`visibility.find_visible_case`)."""
    head = _find_head(connection, case)
    if head is None:
        return None
    return CaseFile(
        head=head,
        tasks=list_tasks(connection, case),
        records=_records(connection, case),
        personal=personal_values_of(connection, instance_chain(case)),
    )


def find_case_now(connection: Connection, case: InstanceId) -> CaseNow | None:
    """Give the case as it is now, without its history."""
    head = _find_head(connection, case)
    return None if head is None else CaseNow(head=head, tasks=list_tasks(connection, case))


def find_task_at_rest(connection: Connection, task: UserTaskId) -> TaskAtRest | None:
    """Give a task and what its case holds now; whether the caller may see it is asked before."""
    row = connection.execute(_TASK, {"case": instance_of(task), "task": task}).mappings().first()
    if row is None:
        return None
    return TaskAtRest(
        line=_line(row),
        definition=DefinitionId(row["definition_id"]),
        frontier=row["frontier"],
        variables=row["variables"],
    )


def list_tasks(connection: Connection, case: InstanceId) -> tuple[TaskLine, ...]:
    """Give the tasks of a case, in the order in which they were created."""
    rows = connection.execute(_TASKS, {"case": case}).mappings()
    lines = [_line(row) for row in rows]
    return tuple(sorted(lines, key=lambda line: int(line.task.rpartition("-")[2])))


def is_file_of(connection: Connection, case: InstanceId, digest: str) -> bool:
    """Tell whether the case uses a file."""
    query = select(instance_files.c.digest).where(
        instance_files.c.instance_id == case, instance_files.c.digest == digest
    )
    return connection.execute(query).first() is not None


def find_case_content(connection: Connection, case: InstanceId, digest: str) -> FileContent | None:
    """Give the content of a file that the case uses."""
    query = (
        select(files.c.digest, files.c.content_type, files.c.content)
        .join(instance_files, instance_files.c.digest == files.c.digest)
        .where(instance_files.c.instance_id == case, instance_files.c.digest == digest)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return FileContent(
        digest=row["digest"], content_type=row["content_type"], content=row["content"]
    )


def find_file_name(records: tuple[Record, ...], digest: str) -> str | None:
    """Give the name under which the case's history names a file, the newest one; None when it names it nowhere."""
    needle = f'"digest":"{digest}"'.encode()
    for record in reversed(records):
        if needle in record.data:
            return _name_beside(record, digest)
    return None


def _name_beside(record: Record, digest: str) -> str | None:
    pending: list[object] = [getattr(record.event, "set", {})]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if value.get("digest") == digest:
                return str(value.get("name"))
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
    return None


def _find_head(connection: Connection, case: InstanceId) -> CaseHead | None:
    row = connection.execute(_HEAD, {"case": case}).mappings().first()
    if row is None:
        return None
    return CaseHead(
        case=InstanceId(row["id"]),
        definition=DefinitionId(row["definition_id"]),
        process=row["process"],
        version=row["version"],
        state=InstanceState(row["state"]),
        revision=row["revision"],
        number=row["number"],
        subject=row["subject"],
        business_key=row["business_key"],
        is_secret=bool(row["is_secret"]),
        started_at=from_text(row["started_at"]),
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        starters=frozenset(map(LaneId, row["starters"].split())),
        waits=list_waits(row["frontier"], DefinitionId(row["definition_id"])),
    )


def _line(row: RowMapping) -> TaskLine:
    return TaskLine(
        task=UserTaskId(row["id"]),
        element=row["element"],
        name=row["name"],
        lane=LaneId(row["lane_id"]),
        on_behalf_of=row["on_behalf_of"],
        state=TaskState(row["state"]),
        holder=PersonId(row["holder_id"]) if row["holder_id"] else None,
        holder_name=row["holder_name"],
        revision=row["revision"],
        due_at=from_text(row["due_at"]) if row["due_at"] else None,
        due_is_estimate=bool(row["due_is_estimate"]),
        due_length=row["due_length"],
        created_at=from_text(row["created_at"]),
        changed_at=from_text(row["changed_at"]),
        sender_id=row["sender_id"],
        opened_at=from_text(row["opened_at"]) if row["opened_at"] else None,
        priority=row["priority"],
    )


def _records(connection: Connection, case: InstanceId) -> tuple[Record, ...]:
    chain = instance_chain(case)
    records: list[Record] = []
    while page := list_records(connection, chain, after=len(records)):
        records.extend(page)
        if len(page) < PAGE:
            break
    return tuple(records)
