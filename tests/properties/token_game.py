"""What a process must do, told a second time: a game on the model itself that knows nothing of the product.

Each block is played with what comes after it. A user task is laid open and remembers the rest; completing it plays on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from properties import models as m
from properties.rooms import Box, Offered, Place, Room

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Then = Callable[[], None]


class Game:
    """A case; `offered` are its open tasks, `visits` counts what was completed."""

    def __init__(self, body: m.Block, variables: Mapping[str, object]) -> None:
        self.offered: dict[Place, Offered] = {}
        self.waiting: dict[Place, Offered] = {}
        self.visits: Counter[str] = Counter()
        self.finished = False
        self.box = Box(None, whole_process=True, values=dict(variables))
        self._enter(body, self.box, None, (), self._finish)

    def act(self, place: Place, values: Mapping[str, object]) -> None:
        """Do the open task at a place, or let come what is waited for there, and play on to the next rest."""
        places = self.offered if place in self.offered else self.waiting
        chosen = places[place]
        if not chosen.stays:
            del places[place]
        for name, value in values.items():
            chosen.box.put(name, value)
        self._visit(place[0], chosen.then)
        self._sweep()

    def _visit(self, element: str, then: Then) -> None:
        self.visits[element] += 1
        then()

    def _sweep(self) -> None:
        self.offered = {at: task for at, task in self.offered.items() if task.room.open()}
        self.waiting = {at: wait for at, wait in self.waiting.items() if wait.room.open()}

    def _finish(self) -> None:
        self.finished = True

    def _enter(
        self, body: m.Block, box: Box, outer: Room | None, path: tuple[int, ...], then: Then
    ) -> Room:
        """Play a body in a room of its own, which is left once: at its last end or by a terminate end."""
        room = Room(outer, then, path)
        self._play(body, box, room, lambda: self._end(room))
        return room

    def _end(self, room: Room) -> None:
        room.tokens -= 1
        if room.tokens == 0:
            self._leave(room)

    def _leave(self, room: Room) -> None:
        if room.open():
            room.gone = True
            room.leave()

    def _play(self, block: m.Block, box: Box, room: Room, then: Then) -> None:
        players = {
            m.Sequence: self._line,
            m.Script: self._script,
            m.Link: self._link,
            m.Split: self._split,
            m.Part: self._part,
            m.Loop: self._loop,
            m.Repeat: self._repeat,
            m.Again: self._again,
            m.Guarded: self._guarded,
            m.Race: self._race,
        }
        players.get(type(block), self._activity)(block, box, room, then)

    def _line(self, block: m.Sequence, box: Box, room: Room, then: Then) -> None:
        if block.parts:
            rest = m.Sequence(parts=block.parts[1:])
            self._play(block.parts[0], box, room, lambda: self._line(rest, box, room, then))
        else:
            then()

    def _script(self, block: m.Script, box: Box, _room: Room, then: Then) -> None:
        self._count(f"s_{block.id}", box)
        self._visit(block.id, then)

    def _link(self, block: m.Link, _box: Box, _room: Room, then: Then) -> None:
        self._visit(block.id, then)

    def _part(self, block: m.Part, box: Box, room: Room, then: Then) -> None:
        self._activity(block.task, box, room, lambda: self._split(block.ways, box, room, then))

    def _loop(self, block: m.Loop, box: Box, room: Room, then: Then) -> None:
        box.put(f"n_{block.id}", 0)
        self._visit(f"{block.id}r", lambda: self._round(block, box, room, then))

    def _activity(self, block: m.Task | m.Sub | m.Call, box: Box, room: Room, then: Then) -> None:
        self._do(block, box, room, room.path, then)

    def _split(self, block: m.Split, box: Box, room: Room, then: Then) -> None:
        true = [b for c, b in block.branches if c is None or box.get(c.variable) == c.value]
        taken = true[:1] if block.kind == "xor" else true
        if not taken and block.default is not None:
            taken = [block.default]
        assert taken, "a gateway without a true condition and a default"
        left = sum(m.leaves(branch) for branch in taken)
        room.tokens += len(taken) - 1

        def arrive() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                then()
            else:
                room.tokens -= 1

        for branch in taken:
            self._play(branch, box, room, arrive)

    def _round(self, loop: m.Loop, box: Box, room: Room, then: Then) -> None:
        def decide() -> None:
            self.visits[f"{loop.id}c"] += 1
            if self._count(f"n_{loop.id}", box) < loop.rounds:
                self._round(loop, box, room, then)
            else:
                then()

        self._play(loop.body, box, room, decide)

    def _do(self, block: m.Block, box: Box, room: Room, path: tuple[int, ...], then: Then) -> Room:
        """Do a task, a sub-process or a call; gives the room in which it is done."""
        if isinstance(block, m.Task):
            after = (lambda: self._leave(room)) if block.final else then
            after = (lambda: self._raise(room)) if block.raises else after
            if block.owns:
                box, after = self._own(block, box, after)
            places = self.waiting if block.comes else self.offered
            places[block.id, path] = Offered(room, box, after)
            return room
        assert isinstance(block, m.Sub | m.Call)
        inner = Box(box, whole_process=isinstance(block, m.Call))
        if isinstance(block, m.Call):
            inner.values = {name: box.get(name) for name in m.CHOICES}

        def leave() -> None:
            if isinstance(block, m.Call):
                box.put(f"r_{block.id}", inner.get(block.returned))
            self._visit(block.id, then)

        level = Room(room, leave, path)
        beside = level
        if isinstance(block, m.Sub) and block.handler is not None:
            beside = self._handled(block.handler, inner, level)
        self._play(block.body, inner, beside, lambda: self._end(beside))
        return level

    def _own(self, task: m.Task, box: Box, then: Then) -> tuple[Box, Then]:
        """Give a task a variable of its own, which it leaves behind."""
        own = Box(box, whole_process=False, values={f"k_{task.id}": 0})

        def leave() -> None:
            box.put(f"o_{task.id}", own.get(f"k_{task.id}"))
            then()

        return own, leave

    def _again(self, again: m.Again, box: Box, room: Room, then: Then) -> None:
        """Do an activity again while the condition holds."""
        chance = again.condition

        def begin(done: int) -> None:
            holds = chance is None or box.get(chance.variable) == chance.value
            asked = again.before or done
            if done == again.rounds or (asked and not holds):
                self._visit(again.activity.id, then)
                return
            child = Room(room, lambda: begin(done + 1), (*room.path, done))
            own = Box(box, whole_process=False, values={"loopCounter": done})
            self._do(again.activity, own, child, child.path, lambda: self._leave(child))

        begin(0)

    def _handled(self, handler: m.Handler, box: Box, level: Room) -> Room:
        """Stand by with an event sub-process; gives the room of what stands beside it."""
        beside = Room(level, lambda: self._end(level), level.path)

        def begin() -> None:
            if handler.interrupts:
                beside.gone = True
            else:
                level.tokens += 1
            own = Box(box, whole_process=False)
            end = lambda: self._visit(handler.id, lambda: self._end(level))  # noqa: E731
            self._enter(handler.body, own, level, level.path, end)

        if handler.comes == "error":
            beside.catch = lambda: self._visit(handler.start, begin)
        else:
            waits = Offered(beside, box, begin, stays=handler.stays)
            self.waiting[handler.start, level.path] = waits
        return beside

    def _raise(self, room: Room | None) -> None:
        """Let an error go outwards to who catches it."""
        while room is not None and room.catch is None:
            room = room.outer
        assert room is not None, "an error that nobody catches"
        assert room.catch is not None
        room.catch()

    def _repeat(self, repeat: m.Repeat, box: Box, room: Room, then: Then) -> None:
        def complete() -> None:
            self._visit(repeat.activity.id, then)

        if repeat.items == 0:
            box.put(f"z_{repeat.activity.id}", [])
            complete()
            return
        repetition = _Repetition(self, repeat, box, room, complete)
        for _ in range(1 if repeat.sequential else repeat.items):
            repetition.begin()

    def _guarded(self, block: m.Guarded, box: Box, room: Room, then: Then) -> None:
        """Do an activity in a room that its boundary event can take away."""
        guard = Room(room, then, room.path)

        def fire() -> None:
            if block.interrupts:
                guard.gone = True
                self._play(block.body, box, room, then)
            else:
                room.tokens += 1
                self._play(block.body, box, room, lambda: self._end(room))

        if block.comes == "error":
            guard.catch = lambda: self._visit(block.id, fire)
        else:
            place = (block.id, room.path)
            self.waiting[place] = Offered(guard, box, fire, stays=block.stays)
        self._play(block.activity, box, guard, lambda: self._leave(guard))

    def _race(self, block: m.Race, box: Box, room: Room, then: Then) -> None:
        """Wait for all events; the first takes the others away."""
        race = Room(room, then, room.path)

        def way(body: m.Block) -> Then:
            def fire() -> None:
                race.gone = True
                self._visit(block.id, lambda: self._play(body, box, room, then))

            return fire

        for event, body in block.ways:
            self.waiting[event.id, room.path] = Offered(race, box, way(body))

    def _count(self, name: str, box: Box) -> int:
        before = box.get(name)
        value = (before if isinstance(before, int) else 0) + 1
        box.put(name, value)
        return value


@dataclass(slots=True)
class _Repetition:
    """The children of a repetition that have begun."""

    game: Game
    repeat: m.Repeat
    box: Box
    room: Room
    then: Then
    children: list[Room] = field(default_factory=list)
    done: int = 0
    results: dict[int, object] = field(default_factory=dict)

    def begin(self) -> None:
        number = len(self.children)
        own = Box(self.box, whole_process=False, values={"loopCounter": number})
        if self.repeat.listed:
            own.values[f"i_{self.repeat.activity.id}"] = number
        child = Room(self.room, lambda: self.finish(own, number), (*self.room.path, number))
        self.children.append(child)
        self.game._do(self.repeat.activity, own, child, child.path, lambda: self.game._leave(child))

    def finish(self, own: Box, number: int) -> None:
        self.done += 1
        self.results[number] = own.get("setuju")
        enough = bool(self.repeat.until) and self.done >= self.repeat.until
        if enough or self.done == self.repeat.items:
            for child in self.children:
                child.gone = True
            found = [self.results.get(number) for number in range(self.repeat.items)]
            self.box.put(f"z_{self.repeat.activity.id}", found)
            self.then()
        elif self.repeat.sequential:
            self.begin()
