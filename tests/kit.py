"""Small BPMN files for tests, written as lines, and a case to run them in.

    user a            a user task (also: manual, script, xor, and, or, start, end, terminate, sub, call)
    a -> b            a sequence flow; the first one has the id f0, the next f1
    a -> b if =x > 1  with a condition; `a -> b default` is the gateway's default flow

Behind an element's id come attributes `key=value` (quoted where they hold blanks); `inside s` puts it into sub-process s.
A call takes `in` and `out`: `all`, or `source:target` with commas between, an expression beginning with `=` or `${`. An
activity is done once per item with `each` (a collection) or `times`, and `item`, `until`, `sequential=true`; `results` is the
list that collects the `result` of each. It is done again with `while` (a condition), `rounds` (at most so many) or both,
`before=true` when the condition is asked first. Events: `kit_events`.
"""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

import kit_events

from engine.history import ElementCancelled, ElementCompleted, UserTaskCreated
from engine.ids import AgencyId, DefinitionId, DeploymentId, InstanceId, LaneId
from engine.spiff.catching import Circumstances
from engine.spiff.execution import Execution
from engine.spiff.program import compile_program
from engine.store import Definition
from engine.variables import dump, object_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.history import HistoryEvent
    from engine.variables import Value

TAGS = {
    "user": "userTask",
    "manual": "manualTask",
    "script": "scriptTask",
    "rule": "businessRuleTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "start": "startEvent",
    "end": "endEvent",
    "terminate": "endEvent",
    "sub": "subProcess",
    "call": "callActivity",
    **kit_events.TAGS,
}
OWN_ATTRIBUTES = {"name", "scriptFormat", "calledElement"}
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'targetNamespace="http://alur.example/tests">'
)
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A line about an element."""

    id: str
    kind: str
    parent: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A line about a sequence flow."""

    id: str
    source: str
    target: str
    condition: str
    default: bool


def bpmn(lines: str, *, key: str = "p") -> bytes:
    """Give a BPMN file with one executable process."""
    written = [line.strip() for line in lines.splitlines() if line.strip()]
    arrows = [_arrow(line, n) for n, line in enumerate(w for w in written if " -> " in w)]
    nodes = [_node(line) for line in written if " -> " not in line]
    process = f'<bpmn:process id="{key}" isExecutable="true">{_level("", nodes, arrows)}'
    said = kit_events.named(node.attributes for node in nodes)
    return f"{HEAD}{process}</bpmn:process>{said}</bpmn:definitions>".encode()


def _arrow(line: str, number: int) -> Arrow:
    ends, _, condition = line.partition(" if ")
    source, _, target = ends.partition(" -> ")
    return Arrow(
        id=f"f{number}",
        source=source.strip(),
        target=target.strip().removesuffix(" default"),
        condition=condition,
        default=target.endswith(" default"),
    )


def _node(line: str) -> Node:
    kind, ident, *rest = shlex.split(line)
    attributes = dict(word.split("=", 1) for word in rest if "=" in word)
    parent = rest[rest.index("inside") + 1] if "inside" in rest else ""
    return Node(id=ident, kind=kind, parent=parent, attributes=attributes)


def _level(parent: str, nodes: list[Node], arrows: list[Arrow]) -> str:
    here = {node.id: node for node in nodes if node.parent == parent}
    defaults = {arrow.source: arrow.id for arrow in arrows if arrow.default}
    written = []
    for node in here.values():
        default = f" default={quoteattr(defaults[node.id])}" if node.id in defaults else ""
        inner = _level(node.id, nodes, arrows) if node.kind in {"sub", "handler"} else ""
        tag = f"bpmn:{TAGS[node.kind]}"
        head = f"{tag} id={quoteattr(node.id)}{default}{_attributes(node)}"
        written.append(f"<{head}>{''.join(_content(node))}{inner}</{tag}>")
    return "".join(written) + "".join(_flow(arrow) for arrow in arrows if arrow.source in here)


def _flow(arrow: Arrow) -> str:
    ends = f"sourceRef={quoteattr(arrow.source)} targetRef={quoteattr(arrow.target)}"
    condition = _text("conditionExpression", arrow.condition)
    return f'<bpmn:sequenceFlow id="{arrow.id}" {ends}>{condition}</bpmn:sequenceFlow>'


def _attributes(node: Node) -> str:
    elsewhere = {"script", "in", "out", "each", "times", "item", "until", "sequential"}
    elsewhere |= {"results", "result", "while", "rounds", "before"}
    elsewhere |= kit_events.OWN
    given = {k: v for k, v in node.attributes.items() if k not in elsewhere}
    return kit_events.attributes(node.kind, node.attributes) + "".join(
        f" {key if key in OWN_ATTRIBUTES else f'camunda:{key}'}={quoteattr(value)}"
        for key, value in given.items()
    )


def _content(node: Node) -> Iterator[str]:
    ways = [(way, node.attributes.get(way, "")) for way in ("in", "out")]
    mappings = [
        f"<camunda:{way} {_mapping(part)}/>"
        for way, text in ways
        for part in text.split(",")
        if part
    ]
    extensions = "".join(mappings) + kit_events.properties(node.attributes)
    if extensions:
        yield f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>"
    yield from kit_events.definitions(node.kind, node.attributes)
    if node.kind == "terminate":
        yield "<bpmn:terminateEventDefinition/>"
    yield _text("script", node.attributes.get("script", ""))
    if "each" in node.attributes or "times" in node.attributes:
        yield _repetition(node.attributes)
    if "while" in node.attributes or "rounds" in node.attributes:
        yield _loop(node.attributes)


def _mapping(text: str) -> str:
    if text == "all":
        return 'variables="all"'
    source, _, target = text.rpartition(":")
    kind = "sourceExpression" if source.startswith(("=", "${")) else "source"
    return f"{kind}={quoteattr(source)} target={quoteattr(target)}"


def _repetition(attributes: Mapping[str, str]) -> str:
    head = f'isSequential="{attributes.get("sequential", "false")}"'
    if "each" in attributes and "results" not in attributes:
        item = attributes.get("item", "item")
        head += f" camunda:collection={quoteattr(attributes['each'])}"
        head += f" camunda:elementVariable={quoteattr(item)}"
    inner = _collected(attributes) if "results" in attributes else ""
    inner += _text("loopCardinality", attributes.get("times", ""))
    inner += _text("completionCondition", attributes.get("until", ""))
    tag = "bpmn:multiInstanceLoopCharacteristics"
    return f"<{tag} {head}>{inner}</{tag}>"


def _collected(attributes: Mapping[str, str]) -> str:
    given = f"outputCollection={quoteattr(attributes['results'])}"
    given += f" outputElement={quoteattr(attributes.get('result', ''))}"
    if "each" in attributes:
        given += f" inputCollection={quoteattr(attributes['each'])}"
        given += f" inputElement={quoteattr(attributes.get('item', 'item'))}"
    extension = f"<zeebe:loopCharacteristics {given}/>"
    return f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>"


def _loop(attributes: Mapping[str, str]) -> str:
    most = attributes.get("rounds", "")
    head = f'testBefore="{attributes.get("before", "false")}"'
    head += f" loopMaximum={quoteattr(most)}" if most else ""
    inner = _text("loopCondition", attributes.get("while", ""))
    tag = "bpmn:standardLoopCharacteristics"
    return f"<{tag} {head}>{inner}</{tag}>"


def _text(tag: str, text: str) -> str:
    return f"<bpmn:{tag}>{escape(text)}</bpmn:{tag}>" if text else ""


def definition(
    source: bytes,
    *,
    key: str = "p",
    calls: Mapping[str, str] | None = None,
    forms: Mapping[str, bytes] | None = None,
) -> Definition:
    """Give version 1 of a process as if it had been deployed, with its key as id; `calls`: key -> id of what it calls."""
    return Definition(
        id=DefinitionId(key),
        deployment=DeploymentId("d"),
        agency=AgencyId("kota"),
        key=key,
        version=1,
        name=key,
        digest="0" * 64,
        resource=f"{key}.bpmn",
        source=source,
        forms=forms or {},
        calls={called: DefinitionId(ident) for called, ident in (calls or {}).items()},
        lanes=frozenset({LaneId("l")}),
        starters=frozenset({LaneId("l")}),
        deployed_at=NOW,
    )


def values_of(values: Mapping[str, object]) -> dict[str, Value]:
    """Give values as a form or a store hands them over: every number a Decimal."""
    return object_of(dump(values))


class Case:
    """One case without a store: the engine's execution, saved and loaded after every command when `resting`.

    `events` is all that happened so far, `desk` the element of each open task by its token, as the events tell it.
    """

    def __init__(self, *definitions: Definition, resting: bool = True) -> None:
        self.programs = {d.id: compile_program(d) for d in definitions}
        self.first = definitions[0].id
        self.now = NOW
        self.lengths: dict[tuple[str, str], str] = {}
        self.execution = self._new()
        self.events: list[HistoryEvent] = []
        self.desk: dict[int, str] = {}
        self._resting = resting

    def start(self, **variables: object) -> Case:
        """Start the case."""
        self.execution.start(values_of(variables))
        return self._rest()

    def complete(self, element: str, /, which: int = 0, **values: object) -> Case:
        """Complete the open task at an element; `which` chooses among several, oldest first."""
        tokens = [token for token, at in self.desk.items() if at == element]
        return self.complete_token(tokens[which], **values)

    def complete_token(self, token: int, /, **values: object) -> Case:
        """Complete the open task of a token."""
        self.execution.complete(token, values_of(values))
        return self._rest()

    def fire(self, element: str, /, which: int = 0, **values: object) -> Case:
        """Let the wait for an element come true; `which` chooses among several, oldest first."""
        waits = [wait for wait in self.execution.list_waits() if wait.element == element]
        return self.fire_token(waits[which].token, element, **values)

    def fire_token(self, token: int, element: str, /, **values: object) -> Case:
        """Let the wait of a token for an element come true."""
        self.execution.fire(token, element, values_of(values))
        return self._rest()

    @property
    def waiting(self) -> list[str]:
        """The elements whose waits are open, sorted."""
        return sorted(wait.element for wait in self.execution.list_waits())

    @property
    def circumstances(self) -> Circumstances:
        """What the waits depend on: the clock `now`, WIB, the business key `kunci` and the office's own `lengths`."""
        return Circumstances(
            now=self.now,
            zone=lambda: ZoneInfo("Asia/Jakarta"),
            business_key="kunci",
            length_of=lambda process, element: self.lengths.get((process, element), ""),
        )

    @property
    def open(self) -> list[str]:
        """The elements of the open tasks, sorted."""
        return sorted(self.desk.values())

    @property
    def values(self) -> dict[str, Value]:
        """The case's own variables."""
        return dict(self.execution.values())

    @property
    def finished(self) -> bool:
        """Whether the case is at its end."""
        return self.execution.finished

    @property
    def visits(self) -> Counter[str]:
        """How often a user task was completed at each element."""
        tasks = {e.token: e.element for e in self.events if isinstance(e, UserTaskCreated)}
        done = (e.token for e in self.events if isinstance(e, ElementCompleted))
        return Counter(tasks[token] for token in done if token in tasks)

    def at_rest(self) -> tuple[bytes, bytes]:
        """Give what a store keeps: live tokens and variables."""
        return self.execution.frontier(), self.execution.variables()

    def load(self, frontier: bytes, variables: bytes) -> None:
        """Take the case up where it rested."""
        self.execution = Execution.load(
            InstanceId("c"),
            self.first,
            self.programs.__getitem__,
            self.circumstances,
            frontier=frontier,
            variables=variables,
        )

    def _new(self) -> Execution:
        return Execution(InstanceId("c"), self.first, self.programs.__getitem__, self.circumstances)

    def _rest(self) -> Case:
        happened = list(self.execution.events)
        self.execution.events.clear()
        self.events += happened
        for event in happened:
            if isinstance(event, UserTaskCreated):
                self.desk[event.token] = event.element
            elif isinstance(event, ElementCompleted | ElementCancelled):
                self.desk.pop(event.token, None)
        if self._resting and not self.execution.finished:
            self.load(*self.at_rest())
        return self
