"""Cases and tasks as rows, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.chain import Head, instance_chain
from engine.clock import as_text, from_text
from engine.ids import AgencyId, DefinitionId, InstanceId, LaneId, PersonId, UserTaskId
from engine.store import Instance, InstanceState
from engine.user_task import DueTold, TaskState, UserTask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import RowMapping

GROUP = "group"
PERSON = "person"


def row_of_instance(instance: Instance) -> dict[str, object]:
    """Give all columns of a new case."""
    return {
        "id": instance.id,
        "agency_id": instance.agency,
        "definition_id": instance.definition,
        "key": instance.key,
        "business_key": instance.business_key,
        "parent_id": instance.parent,
        "started_at": as_text(instance.started_at),
        **changing_part_of_instance(instance),
    }


def changing_part_of_instance(instance: Instance) -> dict[str, object]:
    """Give the columns that a command may change."""
    return {
        "state": instance.state,
        "revision": instance.revision,
        "number": instance.number,
        "subject": instance.subject,
        "ended_at": text_or_none(instance.ended_at),
        "frontier": instance.frontier,
        "variables": instance.variables,
        "is_secret": int(instance.is_secret),
        "head_seq": instance.head.seq,
        "head_hash": instance.head.hash,
    }


def instance_of_row(row: RowMapping, prefix: str = "") -> Instance:
    """Read a case; the columns' names may have a prefix."""
    identifier = InstanceId(row[f"{prefix}id"])
    return Instance(
        id=identifier,
        agency=AgencyId(row[f"{prefix}agency_id"]),
        definition=DefinitionId(row[f"{prefix}definition_id"]),
        key=row[f"{prefix}key"],
        state=InstanceState(row[f"{prefix}state"]),
        revision=row[f"{prefix}revision"],
        number=row[f"{prefix}number"],
        subject=row[f"{prefix}subject"],
        business_key=row[f"{prefix}business_key"],
        started_at=from_text(row[f"{prefix}started_at"]),
        ended_at=moment_or_none(row[f"{prefix}ended_at"]),
        frontier=row[f"{prefix}frontier"],
        variables=row[f"{prefix}variables"],
        head=Head(
            chain=instance_chain(identifier),
            seq=row[f"{prefix}head_seq"],
            hash=row[f"{prefix}head_hash"],
        ),
        is_secret=bool(row[f"{prefix}is_secret"]),
        parent=None if row[f"{prefix}parent_id"] is None else InstanceId(row[f"{prefix}parent_id"]),
    )


def row_of_task(task: UserTask, case: Instance) -> dict[str, object]:
    """Give all columns of a new task of the case."""
    return {
        "id": task.id,
        "instance_id": task.instance,
        "agency_id": task.agency,
        "definition_id": task.definition,
        "element": task.element,
        "name": task.name,
        "lane_id": task.lane,
        "on_behalf_of": task.on_behalf_of,
        "narrowed": int(bool(task.candidate_groups or task.candidate_persons)),
        "narrowed_to": narrowing(task),
        "root_definition_id": case.definition,
        "is_secret": int(case.is_secret),
        "due_length": task.due_length,
        "created_at": as_text(task.created_at),
        "sender": task.sender,
        "sender_post": task.sender_post,
        "sender_id": task.sender_id,
        "priority": task.priority,
        **changing_part_of_task(task),
        **deadline_of_task(task),
    }


def deadline_of_task(task: UserTask) -> dict[str, object]:
    """Give the columns that a change of the calendar, or what is told of a deadline, may change."""
    return {
        "due_at": text_or_none(task.due_at),
        "due_is_estimate": int(task.due_is_estimate),
        "due_told": task.due_told,
    }


def narrowing(task: UserTask) -> str:
    """Give what narrows a task as one text, `,group,other,@login,`: each name between commas; empty when nothing does."""
    names = (*task.candidate_groups, *(f"@{login}" for login in task.candidate_persons))
    return f",{','.join(names)}," if names else ""


def changing_part_of_task(task: UserTask) -> dict[str, object]:
    """Give the columns that a command may change."""
    return {
        "state": task.state,
        "holder_id": task.holder,
        "revision": task.revision,
        "changed_at": as_text(task.changed_at),
        "follow_up": task.follow_up,
        "opened_at": text_or_none(task.opened_at),
    }


def rows_of_candidates(task: UserTask) -> list[dict[str, object]]:
    """Give a row for each group and person that a task is narrowed to, in their order."""
    kinds = {GROUP: task.candidate_groups, PERSON: task.candidate_persons}
    return [
        {"task_id": task.id, "kind": kind, "place": place, "candidate": name}
        for kind, names in kinds.items()
        for place, name in enumerate(names)
    ]


def task_of_row(
    row: RowMapping, candidates: Mapping[tuple[str, str], tuple[str, ...]], holder_name: str
) -> UserTask:
    """Read a task; `candidates` holds the names it is narrowed to, by task id and kind."""
    return UserTask(
        id=UserTaskId(row["id"]),
        instance=InstanceId(row["instance_id"]),
        agency=AgencyId(row["agency_id"]),
        definition=DefinitionId(row["definition_id"]),
        element=row["element"],
        name=row["name"],
        lane=LaneId(row["lane_id"]),
        on_behalf_of=row["on_behalf_of"],
        candidate_groups=candidates.get((row["id"], GROUP), ()),
        candidate_persons=candidates.get((row["id"], PERSON), ()),
        due_at=moment_or_none(row["due_at"]),
        state=TaskState(row["state"]),
        holder=None if row["holder_id"] is None else PersonId(row["holder_id"]),
        holder_name=holder_name,
        revision=row["revision"],
        created_at=from_text(row["created_at"]),
        changed_at=from_text(row["changed_at"]),
        sender=row["sender"],
        sender_post=row["sender_post"],
        sender_id=row["sender_id"],
        follow_up=row["follow_up"],
        opened_at=moment_or_none(row["opened_at"]),
        due_length=row["due_length"],
        due_is_estimate=bool(row["due_is_estimate"]),
        due_told=DueTold(row["due_told"]),
        priority=row["priority"],
    )


def text_or_none(moment: datetime | None) -> str | None:
    """Write a moment that may be missing."""
    return None if moment is None else as_text(moment)


def moment_or_none(text: str | None) -> datetime | None:
    """Read a moment that may be missing."""
    return None if text is None else from_text(text)
