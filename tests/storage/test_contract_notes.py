"""What every store promises of opened tasks and of whom a task came from."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

from storage_kit import CASE, START, advanced, set_up, started, task

from engine.ids import PersonId
from engine.user_task import TaskState

if TYPE_CHECKING:
    from storage_kit import Backend

OPENED = START + timedelta(hours=1)


def test_the_sender_of_a_task_is_read_back(backend: Backend) -> None:
    set_up(backend.store)
    sent = task(2, sender="Ani", sender_post="Kepala", sender_id="ani")
    backend.store.transact(lambda t: t.save(started(sent)))
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == (sent,)


def test_an_opened_task_keeps_its_revision_and_all_else(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started(task(2), task(3))))
    case = backend.store.transact(lambda t: t.get_instance(CASE))
    seen = task(2, opened_at=OPENED, state=TaskState.COMPLETED, revision=7)
    backend.store.transact(lambda t: t.save(advanced(case, "open", opened_tasks=(seen,))))
    found = backend.store.transact(lambda t: t.list_open_tasks(CASE))
    assert found == (task(2, opened_at=OPENED), task(3))


def test_an_opened_task_is_still_opened_when_it_is_taken(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started(task(2))))
    case = backend.store.transact(lambda t: t.get_instance(CASE))
    seen = task(2, opened_at=OPENED)
    backend.store.transact(lambda t: t.save(advanced(case, "open", opened_tasks=(seen,))))
    case, opened = backend.store.transact(lambda t: t.get_case_of(task(2).id))
    taken = dataclasses.replace(
        opened, state=TaskState.CLAIMED, holder=PersonId("ani"), holder_name="Ani", revision=2
    )
    backend.store.transact(lambda t: t.save(advanced(case, "take", changed_tasks=(taken,))))
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == (taken,)
