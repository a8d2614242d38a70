"""The people around a case, as notices ask for them: who is told what is decided from these and the records alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.chain import Record
    from engine.ids import InstanceId, PersonId, UserTaskId


class Circle(Protocol):
    """The people around a case, as they are when the notices are written."""

    def list_candidates(self, task: UserTaskId) -> Collection[PersonId]:
        """Give those who may take the task, deputies too; nobody when it isn't free any more."""
        ...

    def find_holder(self, task: UserTaskId) -> PersonId | None:
        """Give who has the task, or had it last."""
        ...

    def find_earlier(self, task: UserTaskId, seq: int) -> Record | None:
        """Give the last record before a number that says who has the task, if there is any."""
        ...

    def find_signer(self, record: Record) -> PersonId | None:
        """Give who gave the command that a record belongs to; None for Alur itself."""
        ...

    def list_doers(self, case: InstanceId, element: str) -> Collection[PersonId]:
        """Give those who have completed a task at the element."""
        ...

    def list_participants(self, case: InstanceId) -> Collection[PersonId]:
        """Give those who have a task in the case, or had one."""
        ...

    def list_holders(self, case: InstanceId) -> Collection[PersonId]:
        """Give those who have an open task in the case."""
        ...

    def list_administrators(self, case: InstanceId) -> Collection[PersonId]:
        """Give the administrators of the case's agency."""
        ...

    def find_starter(self, case: InstanceId) -> PersonId | None:
        """Give who began the case."""
        ...
