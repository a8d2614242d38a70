"""Random processes of `models`, drawn by Hypothesis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from properties.models import (
    CHOICES,
    EVENTS,
    Again,
    Block,
    Call,
    Condition,
    Guarded,
    Handler,
    Link,
    Loop,
    Part,
    Race,
    Repeat,
    Script,
    Sequence,
    Split,
    Sub,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 4
MOST_TASKS = 30


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

    owns: bool = False
    """Tasks with variables of their own, standard loops."""


class _Drawer:
    def __init__(self, draw: Callable[..., object], wanted: Wanted) -> None:
        self._draw = draw
        self._wanted = wanted
        self._numbers = count(1)
        self._tasks = 0
        self._catching = 0
        self._joined = False

    def process(self) -> Block:
        parts = [self._block(0) for _ in range(1 + self._number(5))]
        return Sequence(parts=(self.task(), *parts))

    def task(self, *, final: bool = False) -> Task:
        self._tasks += 1
        comes = ""
        if self._wanted.events and not final and self._number(4) == 0:
            comes = ("receive", "service", *EVENTS)[self._number(5)]
        manual, owns = self._number(5) == 0, self._wanted.owns and self._number(4) == 0
        return Task(id=self._id("t"), manual=manual, final=final, comes=comes, owns=owns)

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
        kinds += [self._again] if self._wanted.owns else []
        kinds += [self._guarded] * 3 + [self._race] if self._wanted.events else []
        kinds += [self._part, self._link, self._handled, self._handled] * self._wanted.raises
        return kinds[self._number(len(kinds))](depth)

    def _leaf(self, _depth: int) -> Block:
        return Script(id=self._id("s")) if self._number(2) else self.task()

    def _condition(self) -> Condition:
        variable = list(CHOICES)[self._number(len(CHOICES))]
        values = CHOICES[variable]
        return Condition(variable=variable, value=values[self._number(len(values))])

    def _branch(self, depth: int, *, joined: bool = False) -> Block:
        """Give a way of a gateway; in a branch of an inclusive one no part of it may come to an end of its own.

        Its join would go on without it, which no game that only counts could tell.
        """
        if self._wanted.terminates and not self._joined and self._number(30) == 29:
            return Sequence(parts=(self.task(final=True),))
        if self._catching and not self._joined and self._number(3) == 0:
            return Sequence(parts=(replace(self.task(final=True), final=False, raises=True),))
        return self._inside(lambda: self._sequence(depth), joined=joined or self._joined)

    def _inside(self, draw: Callable[[], Sequence], *, joined: bool = False) -> Sequence:
        """Draw what is in a branch, or in a level of its own."""
        before, self._joined = self._joined, joined
        drawn = draw()
        self._joined = before
        return drawn

    def _xor(self, depth: int) -> Block:
        return self._deciding(depth, "xor")

    def _or(self, depth: int) -> Block:
        return self._deciding(depth, "or")

    def _deciding(self, depth: int, kind: str) -> Block:
        number = 1 + self._number(3)
        joined = kind == "or"
        branches = tuple(
            (self._condition(), self._branch(depth, joined=joined)) for _ in range(number)
        )
        gap = self._wanted.gaps and self._number(2)
        default = None if gap else self._branch(depth, joined=joined)
        return Split(id=self._id("g"), kind=kind, branches=branches, default=default)

    def _and(self, depth: int) -> Block:
        branches = tuple((None, self._branch(depth)) for _ in range(2 + self._number(2)))
        return Split(id=self._id("g"), kind="and", branches=branches, default=None)

    def _part(self, depth: int) -> Block:
        task = self.task()
        number = 1 + self._number(3)
        chances = [self._condition() if self._number(3) else None for _ in range(number)]
        branches = tuple((chance, self._branch(depth, joined=True)) for chance in chances)
        default = self._inside(lambda: self._sequence(depth), joined=True)
        ways = Split(id=f"{task.id}g", kind="or", branches=branches, default=default)
        return Part(task=task, ways=ways)

    def _link(self, _depth: int) -> Block:
        return Link(id=self._id("k"))

    def _handled(self, depth: int) -> Block:
        """Give a sub-process with an event sub-process; what may run twice at once has no task."""
        comes = ("error", *EVENTS)[self._number(4)]
        interrupts = comes == "error" or self._number(2) == 0
        self._catching += comes == "error"
        body = self._inside(lambda: self._waiting(depth))
        self._catching -= comes == "error"
        handler = Handler(
            id=self._id("h"),
            comes=comes,
            interrupts=interrupts,
            body=self._inside(lambda: self._sequence(depth))
            if interrupts
            else Script(id=self._id("s")),
        )
        return Sub(id=self._id("u"), body=body, handler=handler)

    def _loop(self, depth: int) -> Block:
        return Loop(id=self._id("l"), body=self._waiting(depth), rounds=1 + self._number(3))

    def _sub(self, depth: int) -> Sub:
        return Sub(id=self._id("u"), body=self._inside(lambda: self._sequence(depth)))

    def _waiting_sub(self, depth: int) -> Sub:
        return Sub(id=self._id("u"), body=self._inside(lambda: self._waiting(depth)))

    def _call(self, depth: int) -> Call:
        first = replace(self.task(), owns=False)
        body = self._inside(lambda: self._sequence(depth, first=first))
        return Call(id=self._id("c"), body=body, returned=f"k_{first.id}")

    def _again(self, depth: int) -> Again:
        activities = (lambda _: self._activity(), self._waiting_sub, self._call)
        return Again(
            activity=activities[self._number(3)](depth),
            condition=self._condition() if self._number(3) else None,
            rounds=1 + self._number(3),
            before=self._number(2) == 0,
        )

    def _repeat(self, depth: int) -> Repeat:
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
        activities += [self._again] if self._wanted.owns else []
        catches = self._wanted.raises and self._number(3) == 0
        self._catching += catches
        chosen = 1 + self._number(len(activities) - 1) if catches else self._number(len(activities))
        activity = activities[chosen](depth)
        self._catching -= catches
        interrupts = catches or self._number(3) > 0
        # a way that may run twice at once has no task, so that each open task is the only one at its place
        body = self._sequence(depth) if interrupts else Script(id=self._id("s"))
        assert isinstance(activity, Task | Sub | Call | Repeat | Again)
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
