"""Compiled versions, kept in the process; a version never changes, so one that is here is right."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

from engine.spiff.program import compile_program

if TYPE_CHECKING:
    from engine.ids import DefinitionId
    from engine.spiff.program import Program
    from engine.store import Definition

KEPT = 256
"""Versions that stay compiled."""


class Definitions(Protocol):
    """Where a version is read from."""

    def get_definition(self, definition: DefinitionId) -> Definition:
        """Give a version of a process. Raises NotFound."""
        ...


class Library:
    """The compiled versions, least recently used ones dropped; safe between threads."""

    def __init__(self) -> None:
        self._programs: OrderedDict[DefinitionId, Program] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, definition: DefinitionId) -> Program | None:
        """Give a version if it is compiled already."""
        with self._lock:
            program = self._programs.get(definition)
            if program is not None:
                self._programs.move_to_end(definition)
            return program

    def get(self, definition: DefinitionId, definitions: Definitions) -> Program:
        """Give a version, compiled now if need be. Raises NotFound."""
        program = self.find(definition)
        if program is None:
            program = compile_program(definitions.get_definition(definition))
            with self._lock:
                self._programs[definition] = program
                if len(self._programs) > KEPT:
                    self._programs.popitem(last=False)
        return program
