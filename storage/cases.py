"""Cases and their tasks: read with a lock, written with a check that nobody was first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, insert, select, update

from engine.errors import NotFound
from engine.ids import instance_of
from engine.user_task import OPEN, TaskState
from storage import rows
from storage.errors import Raced
from storage.tables import (
    candidates,
    files,
    instance_files,
    instances,
    persons,
    user_tasks,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection, RowMapping

    from engine.ids import InstanceId, PersonId, UserTaskId
    from engine.store import Instance
    from engine.user_task import UserTask

_CASE = "case_"

# FOR NO KEY UPDATE: locks against other commands, not against rows that refer to this one
_INSTANCE = (
    select(instances).where(instances.c.id == bindparam("instance")).with_for_update(key_share=True)
)
_TASKS = select(user_tasks, persons.c.name.label("holder_name")).outerjoin_from(
    user_tasks, persons, persons.c.id == user_tasks.c.holder_id
)
_CASE_OF = (
    select(
        user_tasks,
        persons.c.name.label("holder_name"),
        *(column.label(f"{_CASE}{column.name}") for column in instances.c),
    )
    .select_from(user_tasks)
    .join(instances, instances.c.id == user_tasks.c.instance_id)
    .outerjoin(persons, persons.c.id == user_tasks.c.holder_id)
    .where(user_tasks.c.instance_id == bindparam("instance"), user_tasks.c.id == bindparam("task"))
    .with_for_update(of=(instances, user_tasks), key_share=True)
)
_OPEN_TASKS = _TASKS.where(
    user_tasks.c.instance_id == bindparam("instance"),
    user_tasks.c.state.in_(sorted(OPEN)),
).order_by(func.length(user_tasks.c.id), user_tasks.c.id)  # that is, by token
_ABOVE = (
    select(instances.c.id, instances.c.parent_id)
    .where(instances.c.id == bindparam("instance"))
    .cte("above", recursive=True)
)
_ABOVE = _ABOVE.union_all(
    select(instances.c.id, instances.c.parent_id).where(instances.c.id == _ABOVE.c.parent_id)
)
_COUNT_ABOVE = select(func.count(_ABOVE.c.parent_id))
_HELD_TASKS = _TASKS.where(
    user_tasks.c.holder_id == bindparam("person"), user_tasks.c.state == TaskState.CLAIMED
).order_by(user_tasks.c.id)
_NAME = select(persons.c.name).where(persons.c.id == bindparam("person"))
_CANDIDATES = (
    select(candidates.c.task_id, candidates.c.kind, candidates.c.candidate)
    .where(candidates.c.task_id.in_(bindparam("tasks", expanding=True)))
    .order_by(candidates.c.task_id, candidates.c.kind, candidates.c.place)
)
_ADD_INSTANCE = insert(instances)
_CHANGE_INSTANCE = update(instances).where(
    instances.c.id == bindparam("old_id"), instances.c.revision == bindparam("old_revision")
)
_ADD_TASKS = insert(user_tasks)
_CHANGE_TASK = update(user_tasks).where(
    user_tasks.c.instance_id == bindparam("old_instance"),
    user_tasks.c.id == bindparam("old_id"),
    user_tasks.c.revision == bindparam("old_revision"),
)
_OPEN_TASK = update(user_tasks).where(
    user_tasks.c.instance_id == bindparam("old_instance"), user_tasks.c.id == bindparam("old_id")
)
_ADD_CANDIDATES = insert(candidates)
_FILES = (
    select(files.c.digest, instance_files.c.instance_id)
    .outerjoin_from(
        files,
        instance_files,
        and_(
            instance_files.c.digest == files.c.digest,
            instance_files.c.instance_id == bindparam("instance"),
        ),
    )
    .where(files.c.digest.in_(bindparam("digests", expanding=True)))
)
_USE_FILES = insert(instance_files)


def find_instance(connection: Connection, instance: InstanceId) -> Instance | None:
    """Give a case, locked."""
    row = connection.execute(_INSTANCE, {"instance": instance}).mappings().first()
    return None if row is None else rows.instance_of_row(row)


def find_case_of(connection: Connection, task: UserTaskId) -> tuple[Instance, UserTask] | None:
    """Give a task and its case, both locked."""
    this = {"instance": instance_of(task), "task": task}
    row = connection.execute(_CASE_OF, this).mappings().first()
    if row is None:
        return None
    found = rows.task_of_row(row, _candidates(connection, [row]), _holder_name(connection, row))
    return rows.instance_of_row(row, _CASE), found


def list_open_tasks(connection: Connection, instance: InstanceId) -> tuple[UserTask, ...]:
    """Give the open tasks of a case, oldest first."""
    found = connection.execute(_OPEN_TASKS, {"instance": instance}).mappings().all()
    narrowed_to = _candidates(connection, found)
    return tuple(rows.task_of_row(row, narrowed_to, _holder_name(connection, row)) for row in found)


def count_ancestors(connection: Connection, instance: InstanceId) -> int:
    """Count the cases above a case; nothing is locked."""
    return int(connection.execute(_COUNT_ABOVE, {"instance": instance}).scalar_one())


def list_held_tasks(connection: Connection, person: PersonId) -> tuple[UserTask, ...]:
    """Give the open tasks that a person holds, by id."""
    found = connection.execute(_HELD_TASKS, {"person": person}).mappings().all()
    narrowed_to = _candidates(connection, found)
    return tuple(rows.task_of_row(row, narrowed_to, _holder_name(connection, row)) for row in found)


def save_instance(
    connection: Connection, instance: Instance, *, before: Instance | None, is_new: bool
) -> None:
    """Write a case. Raises Raced (`instance_changed`) when it is no longer at the revision before.

    `before` is the case as it was read, where it was: then only the columns that differ are written, because SQLite writes
    an index anew for each column of it that a statement names, changed or not.
    """
    if is_new:
        connection.execute(_ADD_INSTANCE, [rows.row_of_instance(instance)])
        return
    columns = rows.changing_part_of_instance(instance)
    if before is not None:
        seen = rows.changing_part_of_instance(before)
        columns = {n: v for n, v in columns.items() if v != seen[n] or n == "revision"}
    old = {"old_id": instance.id, "old_revision": instance.revision - 1}
    changed = connection.execute(_CHANGE_INSTANCE, {**old, **columns})
    if changed.rowcount != 1:
        raise Raced(
            f"Expected case {instance.id} at revision {instance.revision - 1}, but it has changed",
            code="instance_changed",
            id=instance.id,
        )


def change_tasks(connection: Connection, tasks: Collection[UserTask]) -> None:
    """Write tasks that changed. Raises Raced (`task_changed`) when one is no longer at the revision before."""
    for task in tasks:
        old = {
            "old_instance": task.instance,
            "old_id": task.id,
            "old_revision": task.revision - 1,
        }
        changed = connection.execute(_CHANGE_TASK, {**old, **rows.changing_part_of_task(task)})
        if changed.rowcount != 1:
            raise Raced(
                f"Expected task {task.id} at revision {task.revision - 1}, but it has changed",
                code="task_changed",
                id=task.id,
            )


def open_tasks(connection: Connection, tasks: Collection[UserTask]) -> None:
    """Write when tasks were first opened; who changes one at the same time is not in the way."""
    for task in tasks:
        this = {"old_instance": task.instance, "old_id": task.id}
        connection.execute(_OPEN_TASK, {**this, "opened_at": rows.text_or_none(task.opened_at)})


def date_tasks(connection: Connection, tasks: Collection[UserTask]) -> None:
    """Write deadlines of tasks and what was told of them; who changes one at the same time is not in the way."""
    for task in tasks:
        this = {"old_instance": task.instance, "old_id": task.id}
        connection.execute(_OPEN_TASK, {**this, **rows.deadline_of_task(task)})


def add_tasks(connection: Connection, tasks: Collection[UserTask], case: Instance) -> None:
    """Write new tasks of a case and what they are narrowed to."""
    if tasks:
        connection.execute(_ADD_TASKS, [rows.row_of_task(task, case) for task in tasks])
    if narrowed := [row for task in tasks for row in rows.rows_of_candidates(task)]:
        connection.execute(_ADD_CANDIDATES, narrowed)


def use_files(connection: Connection, instance: InstanceId, digests: Collection[str]) -> None:
    """Note that a case uses files. Raises NotFound (`file_unknown`) for one that was never stored."""
    if not digests:
        return
    asked = {"instance": instance, "digests": sorted(digests)}
    used = {
        row["digest"]: row["instance_id"] for row in connection.execute(_FILES, asked).mappings()
    }
    if unknown := sorted(set(digests) - used.keys()):
        raise NotFound(
            f"Expected stored files, but found {unknown}", code="file_unknown", digests=unknown
        )
    if new := [digest for digest in sorted(digests) if used[digest] is None]:
        connection.execute(
            _USE_FILES, [{"instance_id": instance, "digest": digest} for digest in new]
        )


def _candidates(
    connection: Connection, tasks: Collection[RowMapping]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    narrowed = [task["id"] for task in tasks if task["narrowed"]]
    if not narrowed:
        return {}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in connection.execute(_CANDIDATES, {"tasks": narrowed}).mappings():
        key = (row["task_id"], row["kind"])
        found[key] = (*found.get(key, ()), row["candidate"])
    return found


def _holder_name(connection: Connection, row: RowMapping) -> str:
    name: str | None = row["holder_name"]
    if name is None and row["holder_id"] is not None:
        # PostgreSQL waited for the row's lock: it re-read the task, but not the name that was joined to it
        name = connection.execute(_NAME, {"person": row["holder_id"]}).scalar()
    return name or ""
