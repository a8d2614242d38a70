"""Which version of another process a call activity means (Camunda's `calledElementBinding`).

The word is the same as for decisions, but the answer is found once, at deploy: the version is pinned (decisions 0005, 0012).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.decision.stored import Binding

if TYPE_CHECKING:
    from engine.process import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRef:
    """A process as a call names it: by its id (`key`).

    `version` counts for the binding VERSION and `tag` for VERSION_TAG only. `word` is the binding as written, '' for none.
    """

    key: str
    binding: Binding = Binding.LATEST
    version: int = 0
    tag: str = ""
    word: str = ""

    @property
    def pin(self) -> str:
        """Under which name a definition keeps the version that was found: two calls that mean the same have one.

        No BPMN id has a space, so it is no other process's key.
        """
        if self.binding is Binding.VERSION:
            return f"{self.key} {self.version}"
        return f"{self.key} #{self.tag}" if self.binding is Binding.VERSION_TAG else self.key


def calls_of(process: Process) -> tuple[CallRef, ...]:
    """Give what a process calls, each once, in document order."""
    called = (e.call for e in process.elements.values() if e.call is not None and e.call.key)
    return tuple({call.pin: call for call in called}.values())
