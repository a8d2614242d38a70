"""Linked cases: what finishing a step begins elsewhere (`engine.link`), in the same transaction."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine import instance as case
from engine.alternative import is_closed
from engine.errors import ExecutionFailed, WrongState
from engine.history import HistoryEvent, InstanceLinked
from engine.ids import InstanceId
from engine.spiff.asking import Asking
from engine.spiff.personal import personal_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.ids import DefinitionId, Ids
    from engine.instance import Act
    from engine.link import Link
    from engine.spiff.library import Library
    from engine.spiff.program import Program
    from engine.store import Changes, Instance, Transaction
    from engine.user_task import UserTask
    from engine.variables import Value

MOST_CASES = 100
"""Cases that finishing one step may begin."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Where the cases that a step begins come from: the versions in force, new ids, and what stands above a case."""

    transaction: Transaction
    library: Library
    ids: Ids

    def newest(self, instance: Instance, key: str) -> Program | None:
        """Give the version of a process that is in force at the case's agency, None when it was taken out of force."""
        found = self.transaction.find_latest(instance.agency, key)
        program = None if found is None else self.library.get(found.id, self.transaction)
        return None if program is None or is_closed(program.process) else program

    def depth(self, instance: Instance) -> int:
        """Count the cases that stand above a new one of this case."""
        above = 0 if instance.parent is None else self.transaction.count_ancestors(instance.id)
        return above + 1


def complete(
    instance: Instance, task: UserTask, values: Mapping[str, Value], act: Act, opening: Opening
) -> tuple[Changes, ...]:
    """Finish a user task and begin the cases that its step says: the changes of its case, then those of each new one.

    Raises what `engine.instance.complete` does, WrongState when too many cases would stand above a new one or would begin
    at once, and ExecutionFailed when the process is not in force or would lay a personal value open; then nothing is done.
    """
    link = act.programs(task.definition).links.get(task.element)
    if link is None:
        return (case.complete(instance, task, values, act),)
    following = _Following(instance, task, link, act, opening)
    return (case.complete(instance, task, values, act, following), *following.changes())


def laid_open(
    link: Link,
    personal: frozenset[str],
    program: Program,
    programs: Callable[[DefinitionId], Program],
) -> Iterator[tuple[str, str]]:
    """Give the variables (there and here) that are personal here and would not be in a case of the program."""
    there = personal_keys(program.definition.id, programs)
    return ((new, here) for new, here in link.gives if here in personal and new not in there)


class _Following:
    """The cases that one step begins, found by what its form was sent with."""

    def __init__(
        self, instance: Instance, task: UserTask, link: Link, act: Act, opening: Opening
    ) -> None:
        self._instance = instance
        self._task = task
        self._link = link
        self._act = act
        self._opening = opening
        self._begun: dict[InstanceId, dict[str, Value]] = {}
        self._program: Program | None = None

    def events(
        self, view: Mapping[str, Value], personal: frozenset[str]
    ) -> tuple[HistoryEvent, ...]:
        """Give the new cases as the history of this one names them; what begins them is in `changes` afterwards."""
        told: list[HistoryEvent] = []
        asking = Asking(self._act.circumstances(self._instance.business_key), told.append)
        entries = self._link.entries(view, asking, self._task.element)
        if not entries:
            return tuple(told)
        self._expect_few(len(entries))
        program = self._program = self._found()
        self._expect_kept_secret(program, view, personal)
        for entry in entries:
            new = InstanceId(self._opening.ids.new())
            self._begun[new] = self._link.variables(entry, view, self._act.by.post)
        definition = program.definition
        linked = (
            InstanceLinked(
                instance=new,
                task=self._task.id,
                element=self._task.element,
                key=definition.key,
                name=definition.name,
            )
            for new in self._begun
        )
        return (*told, *linked)

    def changes(self) -> Iterator[Changes]:
        """Give what begins each case; the same signature and moment, but not the request."""
        act = dataclasses.replace(self._act, request=None)
        if self._program is None:
            return
        for new, variables in self._begun.items():
            origin = case.Origin(task=self._task, variables=variables)
            yield case.start(new, self._program, "", act, origin)

    def _found(self) -> Program:
        program = self._opening.newest(self._instance, self._link.process)
        if program is None:
            raise ExecutionFailed(
                f"Expected a process {self._link.process}, but none is in force",
                code="link_not_in_force",
                process=self._link.process,
                element=self._task.element,
            )
        return program

    def _expect_few(self, count: int) -> None:
        if count > MOST_CASES:
            raise WrongState(
                f"Expected at most {MOST_CASES} cases, but {count} would begin",
                code="link_too_many",
                count=count,
                limit=MOST_CASES,
            )
        depth = self._opening.depth(self._instance)
        if depth > self._link.deepest:
            raise WrongState(
                f"Expected at most {self._link.deepest} cases above a new one, but there are {depth}",
                code="link_too_deep",
                limit=self._link.deepest,
                task=self._task.name,
            )

    def _expect_kept_secret(
        self, program: Program, view: Mapping[str, Value], personal: frozenset[str]
    ) -> None:
        """Raise ExecutionFailed for a personal value that would not be one in the new case: it would stay in its history."""
        for new, here in laid_open(self._link, personal, program, self._act.programs):
            if view.get(here) is not None:
                raise ExecutionFailed(
                    f"Expected {new} to be personal in {program.definition.key}, as {here} is",
                    code="link_personal",
                    variable=new,
                    process=program.definition.name,
                    element=self._task.element,
                )
