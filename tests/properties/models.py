"""Random structured processes: values that say what a process does (`written` has the BPMN for them).

What a completion sets off runs in one chain only (a repetition, a loop and a call begin with a wait, a terminate end comes
behind one), so no outcome hangs on the order in which parallel chains are run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

CHOICES: dict[str, tuple[bool | str, ...]] = {
    "setuju": (True, False),
    "lengkap": (True, False),
    "pilih": ("x", "y", "z"),
}
"""The variables that conditions look at, with the values that they can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """True when the variable has the value."""

    variable: str
    value: bool | str

    def __str__(self) -> str:
        value = f'"{self.value}"' if isinstance(self.value, str) else str(self.value).lower()
        return f"={self.variable} = {value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Waits for a person; a final one ends the process around it at once (a terminate end).

    With `comes` it waits for that instead: `receive`, `service`, or a catching event's `message`, `signal` or `duration`.
    One that `raises` ends in an error, which an activity around it catches. One that `owns` has a `k_<id>` of its own
    (0 to begin with), which it leaves behind as `o_<id>`.
    """

    id: str
    manual: bool
    final: bool = False
    comes: str = ""
    raises: bool = False
    owns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Counts its own visits in the variable `s_<id>`."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """One after the other; empty: nothing at all."""

    parts: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Branches between two gateways of a kind (xor, and, or); without a true condition the default is taken, if any."""

    id: str
    kind: str
    branches: tuple[tuple[Condition | None, Block], ...]
    default: Block | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """Does the body so many rounds, counted in the variable `n_<id>`."""

    id: str
    body: Block
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Several ways out of a task without a gateway; they meet again at the inclusive join of `ways`."""

    task: Task
    ways: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A throwing link event and its catching one."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """An event sub-process; with `comes` = `error` it catches what the level beside it raises."""

    id: str
    comes: str
    interrupts: bool
    body: Block

    @property
    def start(self) -> str:
        """Its start event."""
        return f"start{self.id}"

    @property
    def stays(self) -> bool:
        """Whether it can begin again."""
        return not self.interrupts and self.comes in {"message", "signal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sub:
    """An embedded sub-process."""

    id: str
    body: Block
    handler: Handler | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A called process of its own: it gets the choices, and gives back `k_<returned>` as `r_<id>`."""

    id: str
    body: Block
    returned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Does an activity once per item, with `until` only so many of them; `z_<id>` lists what `setuju` was after each."""

    activity: Task | Sub | Call
    sequential: bool
    items: int
    listed: bool
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A standard loop: does an activity again while the condition holds, at most so many rounds; `before` asks first too."""

    activity: Task | Sub | Call
    condition: Condition | None
    rounds: int
    before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """An activity with a boundary event, behind which the body is done; if it interrupts, the ways meet again."""

    id: str
    activity: Task | Sub | Call | Repeat | Again
    comes: str
    interrupts: bool
    body: Block

    @property
    def stays(self) -> bool:
        """Whether it can come again."""
        return not self.interrupts and self.comes in {"message", "signal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """An event-based gateway: what comes first decides which way is gone; the ways meet again."""

    id: str
    ways: tuple[tuple[Task, Block], ...]


Block: TypeAlias = (
    Task
    | Script
    | Sequence
    | Split
    | Part
    | Link
    | Loop
    | Sub
    | Call
    | Repeat
    | Again
    | Guarded
    | Race
)

EVENTS = ("message", "signal", "duration")
COMES = {
    "message": "message=m",
    "signal": "signal=n",
    "duration": "duration=PT1H",
    "error": "error=E1",
}


def leaves(block: Block) -> bool:
    """Tell whether there is a way out of a block, so that its branch leads to the joining gateway."""
    match block:
        case Task():
            return not block.final and not block.raises
        case Sequence():
            return all(leaves(part) for part in block.parts)
        case Split() | Part() | Race():
            return any(leaves(way) for way in _ways(block))
        case Loop():
            return leaves(block.body)
        case _:
            return True


def _ways(block: Split | Part | Race) -> list[Block]:
    if isinstance(block, Part):
        return _ways(block.ways)
    if isinstance(block, Race):
        return [way for _, way in block.ways]
    ways = [branch for _, branch in block.branches]
    return ways if block.default is None else [*ways, block.default]
