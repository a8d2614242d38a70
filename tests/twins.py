"""One case run twice: in memory, and saved and loaded after every command. After each command both must be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit import Case, bpmn, definition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.history import HistoryEvent
    from engine.spiff.execution import Execution
    from engine.store import Definition
    from engine.variables import Value


class Twins:
    """Two runs of one case that are compared after each command; what is read comes from the rested one."""

    def __init__(self, *definitions: Definition) -> None:
        self.in_memory = Case(*definitions, resting=False)
        self.rested = Case(*definitions, resting=True)

    def start(self, **variables: object) -> Twins:
        """Start both."""
        self.in_memory.start(**variables)
        self.rested.start(**variables)
        return self._same()

    def complete(self, element: str, /, which: int = 0, **values: object) -> Twins:
        """Complete the open task at an element in both."""
        self.in_memory.complete(element, which, **values)
        self.rested.complete(element, which, **values)
        return self._same()

    def complete_token(self, token: int, /, **values: object) -> Twins:
        """Complete the open task of a token in both."""
        self.in_memory.complete_token(token, **values)
        self.rested.complete_token(token, **values)
        return self._same()

    def fire_token(self, token: int, element: str, /, **values: object) -> Twins:
        """Let the wait of a token for an element come true in both."""
        self.in_memory.fire_token(token, element, **values)
        self.rested.fire_token(token, element, **values)
        return self._same()

    @property
    def open(self) -> list[str]:
        """The elements of the open tasks, sorted."""
        return self.rested.open

    @property
    def desk(self) -> Mapping[int, str]:
        """The element of each open task, by its token."""
        return self.rested.desk

    @property
    def values(self) -> Mapping[str, Value]:
        """The case's own variables."""
        return self.rested.values

    @property
    def events(self) -> list[HistoryEvent]:
        """All that happened so far."""
        return self.rested.events

    @property
    def finished(self) -> bool:
        """Whether the case is at its end."""
        return self.rested.finished

    @property
    def execution(self) -> Execution:
        """The execution of the rested one."""
        return self.rested.execution

    def _same(self) -> Twins:
        assert self.rested.desk == self.in_memory.desk
        assert self.rested.events == self.in_memory.events
        assert self.rested.finished == self.in_memory.finished
        assert self.rested.execution.active() == self.in_memory.execution.active()
        assert self.rested.at_rest() == self.in_memory.at_rest()
        return self


def twins(lines: str) -> Twins:
    """Give the twins of a process that calls no other, started without variables."""
    return Twins(definition(bpmn(lines))).start()
