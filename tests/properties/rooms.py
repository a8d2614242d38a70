"""What the token game is played with: boxes of variables, rooms that are left or taken away, and what is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Then = Callable[[], None]

Place = tuple[str, tuple[int, ...]]
"""An open task: its element and the number of each repetition's child that it is in, outermost first."""


@dataclass(slots=True)
class Box:
    """Variables; those of a process see nothing outside."""

    outer: Box | None
    whole_process: bool
    values: dict[str, object] = field(default_factory=dict)

    def get(self, name: str) -> object:
        """Look outwards for a value."""
        if name in self.values:
            return self.values[name]
        return None if self.whole_process or self.outer is None else self.outer.get(name)

    def put(self, name: str, value: object) -> None:
        """Write where the name is found going outwards, else into the process."""
        if name in self.values or self.whole_process or self.outer is None:
            self.values[name] = value
        else:
            self.outer.put(name, value)


@dataclass(slots=True)
class Room:
    """What a terminate end takes away: a process, a sub-process, one child of a repetition."""

    outer: Room | None
    leave: Then
    path: tuple[int, ...]
    tokens: int = 1
    gone: bool = False
    catch: Then | None = None
    """What an error that is raised inside leads to."""

    def open(self) -> bool:
        """Tell whether nothing took it away yet."""
        return not self.gone and (self.outer is None or self.outer.open())


@dataclass(slots=True)
class Offered:
    """An open task."""

    room: Room
    box: Box
    then: Then
    stays: bool = False
    """Whether it can come again (only of what comes by itself)."""
