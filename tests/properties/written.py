"""The BPMN lines of `tests/kit.py` for random processes (`models`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit import bpmn, definition
from parameter_kit import passing
from properties.models import (
    CHOICES,
    COMES,
    EVENTS,
    Again,
    Block,
    Call,
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
    leaves,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.store import Definition


def definitions(body: Block) -> tuple[Definition, ...]:
    """Give a process with the key p, then those that it calls."""
    return tuple(_definitions(body, "p"))


def _definitions(body: Block, key: str) -> Iterator[Definition]:
    writer = _Writer()
    lines = writer.process(body)
    calls = {call.id + "p": call.id + "p" for call in writer.calls}
    source = bpmn(lines, key=key)
    for task in writer.owning:
        own, left = {f"k_{task}": "=0"}, {f"o_{task}": f"=k_{task}"}
        source = passing(source, task, inputs=own, outputs=left)
    yield definition(source, key=key, calls=calls)
    for call in writer.calls:
        yield from _definitions(call.body, call.id + "p")


@dataclass(frozen=True, slots=True)
class _Ends:
    """The first element of a block and the last one, with what stands behind a flow out of it; None: no way out."""

    first: str
    last: str | None
    behind: str = ""


class _Writer:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.owning: list[str] = []
        self._lines: list[str] = []

    def process(self, body: Block, inside: str = "", trigger: str = "") -> str:
        start, end = f"start{inside}", f"end{inside}"
        self._node(f"start {start}{trigger}", inside)
        self._node(f"end {end}", inside)
        self._between(start, "", self._write(body, inside), end)
        return "\n".join(self._lines)

    def _node(self, text: str, inside: str) -> None:
        self._lines.append(f"{text} inside {inside}" if inside else text)

    def _flow(self, source: str, target: str, behind: str) -> None:
        self._lines.append(f"{source} -> {target}{behind}")

    def _between(self, source: str, behind: str, block: _Ends | None, target: str) -> None:
        if block is None:
            self._flow(source, target, behind)
            return
        self._flow(source, block.first, behind)
        if block.last is not None:
            self._flow(block.last, target, block.behind)

    def _write(self, block: Block, inside: str) -> _Ends | None:
        writers = {
            Sequence: self._sequence,
            Split: self._split,
            Loop: self._loop,
            Guarded: self._guarded,
            Race: self._race,
            Script: self._script,
            Part: self._part,
            Link: self._link,
        }
        return writers.get(type(block), self._activity)(block, inside)

    def _script(self, block: Script, inside: str) -> _Ends:
        value = f"(if s_{block.id} = null then 0 else s_{block.id}) + 1"
        text = f'script {block.id} script="{value}" resultVariable=s_{block.id}'
        self._node(text, inside)
        return _Ends(block.id, block.id)

    def _sequence(self, block: Sequence, inside: str) -> _Ends | None:
        whole: _Ends | None = None
        for part in block.parts:
            ends = self._write(part, inside)
            if ends is None or (whole is not None and whole.last is None):
                continue
            if whole is None:
                whole = ends
            else:
                self._flow(whole.last or "", ends.first, whole.behind)
                whole = _Ends(whole.first, ends.last, ends.behind)
        return whole

    def _part(self, block: Part, inside: str) -> _Ends:
        self.owning += [block.task.id] * block.task.owns
        self._node(_kind(block.task), inside)
        return self._ways(block.ways, block.task.id, inside)

    def _link(self, block: Link, inside: str) -> _Ends:
        self._node(f"throw {block.id} link={block.id}", inside)
        self._node(f"catch {block.id}c link={block.id}", inside)
        return _Ends(block.id, f"{block.id}c")

    def _split(self, block: Split, inside: str) -> _Ends:
        self._node(f"{block.kind} {block.id}", inside)
        return self._ways(block, block.id, inside)

    def _ways(self, block: Split, source: str, inside: str) -> _Ends:
        join = block.id + "j"
        self._node(f"{block.kind} {join}", inside)
        exits = []
        ways = [(f" if {c}" if c else "", branch) for c, branch in block.branches]
        if block.default is not None:
            ways.append((" default", block.default))
        for behind, branch in ways:
            ends = self._write(branch, inside)
            self._between(source, behind, ends, join)
            exits.append(ends is None or ends.last is not None)
        return _Ends(source, join if any(exits) else None)

    def _loop(self, block: Loop, inside: str) -> _Ends:
        name, counter = block.id, f"n_{block.id}"
        self._node(f'script {name}r script="0" resultVariable={counter}', inside)
        self._node(f"xor {name}m", inside)
        self._node(f'script {name}c script="{counter} + 1" resultVariable={counter}', inside)
        self._node(f"xor {name}x", inside)
        self._flow(f"{name}r", f"{name}m", "")
        body = self._write(block.body, inside)
        self._between(f"{name}m", "", body, f"{name}c")
        self._flow(f"{name}c", f"{name}x", "")
        self._flow(f"{name}x", f"{name}m", f" if ={counter} < {block.rounds}")
        leaves = body is None or body.last is not None
        return _Ends(f"{name}r", f"{name}x" if leaves else None, " default")

    def _activity(self, block: Task | Sub | Call | Repeat | Again, inside: str) -> _Ends:
        activity, repetition = block, ""
        if isinstance(block, Repeat):
            activity, repetition = block.activity, _repetition(block)
        if isinstance(block, Again):
            activity, repetition = block.activity, _looped(block)
        if isinstance(activity, Task):
            self.owning += [activity.id] * activity.owns
            self._node(f"{_kind(activity)}{repetition}", inside)
            ends = activity.final or activity.raises
            return self._final(activity, inside) if ends else _Ends(activity.id, activity.id)
        if isinstance(activity, Call):
            self.calls.append(activity)
            mappings = ",".join(f"{name}:{name}" for name in CHOICES)
            ways = f"in={mappings} out={activity.returned}:r_{activity.id}"
            text = f"call {activity.id} calledElement={activity.id}p {ways}{repetition}"
            self._node(text, inside)
        if isinstance(activity, Sub):
            self._node(f"sub {activity.id}{repetition}", inside)
            self.process(activity.body, activity.id)
            if activity.handler is not None:
                self._handler(activity.handler, activity.id)
        ident = "" if isinstance(activity, Repeat | Again) else activity.id
        return _Ends(ident, ident)

    def _handler(self, handler: Handler, inside: str) -> None:
        self._node(f"handler {handler.id}", inside)
        keeps = "" if handler.interrupts else " keeps=true"
        self.process(handler.body, handler.id, f" {COMES[handler.comes]}{keeps}")

    def _guarded(self, block: Guarded, inside: str) -> _Ends:
        ends = self._activity(block.activity, inside)
        keeps = "" if block.interrupts else " keeps=true"
        self._node(f"boundary {block.id} on={ends.first} {COMES[block.comes]}{keeps}", inside)
        behind = f"{block.id}m" if block.interrupts else f"{block.id}e"
        self._node(f"{'xor' if block.interrupts else 'end'} {behind}", inside)
        self._between(block.id, "", self._write(block.body, inside), behind)
        if not block.interrupts:
            return ends
        self._flow(ends.first, behind, "")
        return _Ends(ends.first, behind)

    def _race(self, block: Race, inside: str) -> _Ends:
        join = block.id + "j"
        self._node(f"events {block.id}", inside)
        self._node(f"xor {join}", inside)
        for event, way in block.ways:
            self._node(_kind(event), inside)
            self.owning += [event.id] * event.owns
            self._flow(block.id, event.id, "")
            self._between(event.id, "", self._write(way, inside), join)
        return _Ends(block.id, join if leaves(block) else None)

    def _final(self, task: Task, inside: str) -> _Ends:
        self._node(f"end {task.id}e error=E1" if task.raises else f"terminate {task.id}e", inside)
        self._flow(task.id, f"{task.id}e", "")
        return _Ends(task.id, None)


def _kind(task: Task) -> str:
    """Write the beginning of a task's line."""
    if task.comes in EVENTS:
        return f"catch {task.id} {COMES[task.comes]}"
    waits = {"receive": " message=m", "service": " topic=oss"}
    if task.comes:
        return f"{task.comes} {task.id}{waits[task.comes]}"
    return f"{'manual' if task.manual else 'user'} {task.id}"


def _repetition(block: Repeat) -> str:
    items = ",".join(str(n) for n in range(block.items))
    times = (
        f' each="=[{items}]" item=i_{block.activity.id}'
        if block.listed
        else f" times={block.items}"
    )
    times += f" results=z_{block.activity.id} result==setuju"
    until = f' until="=nrOfCompletedInstances >= {block.until}"' if block.until else ""
    return f"{times} sequential={str(block.sequential).lower()}{until}"


def _looped(block: Again) -> str:
    condition = f" while='{block.condition}'" if block.condition else ""
    return f"{condition} rounds={block.rounds} before={str(block.before).lower()}"
