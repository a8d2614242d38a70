"""What every store keeps of whose desk a task lies on: who has it, and until when it is put aside."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from storage_kit import CASE, advanced, set_up, started, task

from engine.ids import PersonId
from engine.user_task import TaskState

if TYPE_CHECKING:
    from storage_kit import Backend

    from engine.user_task import UserTask


def read(backend: Backend) -> UserTask:
    return backend.store.transact(lambda tx: tx.get_case_of(task(1).id)[1])


def change(backend: Backend, request: str, **fields: object) -> UserTask:
    """Write the task with other fields, as a command does, and give it as it is read back."""
    found = read(backend)
    changed = dataclasses.replace(found, revision=found.revision + 1, **fields)
    case = backend.store.transact(lambda tx: tx.get_instance(CASE))
    backend.store.transact(lambda tx: tx.save(advanced(case, request, changed_tasks=(changed,))))
    assert read(backend) == changed
    return changed


def test_a_task_put_aside_and_taken_up_again_is_read_back_as_it_was_written(
    backend: Backend,
) -> None:
    set_up(backend.store)
    backend.store.transact(lambda tx: tx.save(started(task(1))))
    claimed = {"state": TaskState.CLAIMED, "holder": PersonId("ani"), "holder_name": "Ani"}
    change(backend, "claim", **claimed)
    assert change(backend, "aside", follow_up="2026-03-04").follow_up == "2026-03-04"
    assert change(backend, "again", follow_up="").follow_up == ""
