"""Random structured processes: values that say what a process does (`written` has the BPMN for them).

What a completion sets off runs in one chain only (a repetition, a loop and a call begin with a wait, a terminate end comes
behind one), so no outcome hangs on the order in which parallel chains are run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

CHOICES: dict[str, tuple[bool | str, ...]] = {
    "setuju": (True, False),
    "lengkap": (True, False),
    "pilih": ("x", "y", "z"),
}
"""The variables that conditions look at, with the values that they can have."""

DEEPEST = 4
MOST_TASKS = 30


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
    One that `raises` ends in an error, which an activity around it catches.
    """

    id: str
    manual: bool
    final: bool = False
    comes: str = ""
    raises: bool = False


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
    """Does an activity once per item; with `until` only so many of them."""

    activity: Task | Sub | Call
    sequential: bool
    items: int
    listed: bool
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """An activity with a boundary event, behind which the body is done; if it interrupts, the ways meet again."""

    id: str
    activity: Task | Sub | Call | Repeat
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
    Task | Script | Sequence | Split | Part | Link | Loop | Sub | Call | Repeat | Guarded | Race
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which blocks a random process may have."""

    repeats: bool = True
    terminates: bool = True
    gaps: bool = False
    """Exclusive and inclusive gateways without a default."""

    events: bool = False
    raises: bool = False
    """Errors, event sub-processes, ways that part without a gateway, links."""


class _Drawer:
    def __init__(self, draw: Callable[..., object], wanted: Wanted) -> None:
        self._draw = draw
        self._wanted = wanted
        self._numbers = count(1)
        self._tasks = 0
        self._catching = 0

    def process(self) -> Block:
        parts = [self._block(0) for _ in range(1 + self._number(5))]
        return Sequence(parts=(self.task(), *parts))

    def task(self, *, final: bool = False) -> Task:
        self._tasks += 1
        comes = ""
        if self._wanted.events and not final and self._number(4) == 0:
            comes = ("receive", "service", *EVENTS)[self._number(5)]
        return Task(id=self._id("t"), manual=self._number(5) == 0, final=final, comes=comes)

    def _activity(self) -> Task:
        """Give a task that can be done once per item and have a boundary event: no catching event."""
        task = self.task()
        return replace(task, comes="receive") if task.comes in EVENTS else task

    def _id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers)}"

    def _number(self, below: int) -> int:
        number = self._draw(st.integers(0, below - 1))
        assert isinstance(number, int)
        return number

    def _sequence(self, depth: int, *, first: Block | None = None) -> Sequence:
        parts = [] if first is None else [first]
        parts += [self._block(depth + 1) for _ in range(self._number(3))]
        return Sequence(parts=tuple(parts))

    def _waiting(self, depth: int) -> Sequence:
        return self._sequence(depth, first=self.task())

    def _block(self, depth: int) -> Block:
        if depth >= DEEPEST or self._tasks >= MOST_TASKS:
            return Script(id=self._id("s")) if self._number(3) == 0 else self.task()
        kinds = [self._leaf, self._xor, self._and, self._or, self._loop, self._sub, self._call]
        kinds += [self._repeat, self._repeat] if self._wanted.repeats else []
        kinds += [self._guarded] * 3 + [self._race] if self._wanted.events else []
        kinds += [self._part, self._link, self._handled, self._handled] * self._wanted.raises
        return kinds[self._number(len(kinds))](depth)

    def _leaf(self, _depth: int) -> Block:
        return Script(id=self._id("s")) if self._number(2) else self.task()

    def _condition(self) -> Condition:
        variable = list(CHOICES)[self._number(len(CHOICES))]
        values = CHOICES[variable]
        return Condition(variable=variable, value=values[self._number(len(values))])

    def _branch(self, depth: int) -> Block:
        if self._wanted.terminates and self._number(30) == 29:
            return Sequence(parts=(self.task(final=True),))
        if self._catching and self._number(3) == 0:
            return Sequence(parts=(replace(self.task(final=True), final=False, raises=True),))
        return self._sequence(depth)

    def _xor(self, depth: int) -> Block:
        return self._deciding(depth, "xor")

    def _or(self, depth: int) -> Block:
        return self._deciding(depth, "or")

    def _deciding(self, depth: int, kind: str) -> Block:
        number = 1 + self._number(3)
        branches = tuple((self._condition(), self._branch(depth)) for _ in range(number))
        default = None if self._wanted.gaps and self._number(2) else self._branch(depth)
        return Split(id=self._id("g"), kind=kind, branches=branches, default=default)

    def _and(self, depth: int) -> Block:
        branches = tuple((None, self._branch(depth)) for _ in range(2 + self._number(2)))
        return Split(id=self._id("g"), kind="and", branches=branches, default=None)

    def _part(self, depth: int) -> Block:
        task = self.task()
        number = 1 + self._number(3)
        chances = [self._condition() if self._number(3) else None for _ in range(number)]
        branches = tuple((chance, self._branch(depth)) for chance in chances)
        ways = Split(id=f"{task.id}g", kind="or", branches=branches, default=self._sequence(depth))
        return Part(task=task, ways=ways)

    def _link(self, _depth: int) -> Block:
        return Link(id=self._id("k"))

    def _handled(self, depth: int) -> Block:
        """Give a sub-process with an event sub-process; what may run twice at once has no task."""
        comes = ("error", *EVENTS)[self._number(4)]
        interrupts = comes == "error" or self._number(2) == 0
        self._catching += comes == "error"
        body = self._waiting(depth)
        self._catching -= comes == "error"
        handler = Handler(
            id=self._id("h"),
            comes=comes,
            interrupts=interrupts,
            body=self._sequence(depth) if interrupts else Script(id=self._id("s")),
        )
        return Sub(id=self._id("u"), body=body, handler=handler)

    def _loop(self, depth: int) -> Block:
        return Loop(id=self._id("l"), body=self._waiting(depth), rounds=1 + self._number(3))

    def _sub(self, depth: int) -> Sub:
        return Sub(id=self._id("u"), body=self._sequence(depth))

    def _waiting_sub(self, depth: int) -> Sub:
        return Sub(id=self._id("u"), body=self._waiting(depth))

    def _call(self, depth: int) -> Call:
        first = self.task()
        return Call(
            id=self._id("c"), body=self._sequence(depth, first=first), returned=f"k_{first.id}"
        )

    def _repeat(self, depth: int) -> Block:
        activities = (lambda _: self._activity(), self._waiting_sub, self._call)
        items = self._number(4)
        return Repeat(
            activity=activities[self._number(3)](depth),
            sequential=self._number(2) == 0,
            items=items,
            listed=self._number(2) == 0,
            until=self._number(items + 1),
        )

    def _guarded(self, depth: int) -> Block:
        activities = [lambda _: self._activity(), self._waiting_sub, self._call]
        activities += [self._repeat] if self._wanted.repeats else []
        catches = self._wanted.raises and self._number(3) == 0
        self._catching += catches
        chosen = 1 + self._number(len(activities) - 1) if catches else self._number(len(activities))
        activity = activities[chosen](depth)
        self._catching -= catches
        interrupts = catches or self._number(3) > 0
        # a way that may run twice at once has no task, so that each open task is the only one at its place
        body = self._sequence(depth) if interrupts else Script(id=self._id("s"))
        assert isinstance(activity, Task | Sub | Call | Repeat)
        return Guarded(
            id=self._id("b"),
            activity=activity,
            comes="error" if catches else EVENTS[self._number(len(EVENTS))],
            interrupts=interrupts,
            body=body,
        )

    def _race(self, depth: int) -> Block:
        kinds = ("receive", *EVENTS)
        ways = []
        for _ in range(2 + self._number(2)):
            comes = kinds[self._number(len(kinds))]
            event = Task(id=self._id("t"), manual=False, comes=comes)
            ways.append((event, self._branch(depth)))
        return Race(id=self._id("r"), ways=tuple(ways))


@st.composite
def processes(draw: Callable[..., object], wanted: Wanted | None = None) -> Block:
    """Give random processes of at most about thirty tasks, four levels deep."""
    return _Drawer(draw, wanted or Wanted()).process()
