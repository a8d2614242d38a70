"""Small BPMN files for tests, written as lines.

    user a            a user task (also: manual, script, xor, and, or, start, end, terminate, sub, call)
    a -> b            a sequence flow
    a -> b if =x > 1  with a condition; `a -> b default` is the gateway's default flow

Behind an element's id come attributes `key=value` (quoted where they hold blanks); `in s` puts it inside sub-process s.
"""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from engine.ids import AgencyId, DefinitionId, DeploymentId, InstanceId, LaneId
from engine.spiff.execution import Execution
from engine.spiff.program import Program, compile_program
from engine.store import Definition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TAGS = {
    "user": "userTask",
    "manual": "manualTask",
    "script": "scriptTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "start": "startEvent",
    "end": "endEvent",
    "terminate": "endEvent",
    "sub": "subProcess",
    "call": "callActivity",
}
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'targetNamespace="http://alur.example/tests">'
)


def bpmn(lines: str, *, key: str = "p") -> bytes:
    """Give a BPMN file with one executable process."""
    return f'{HEAD}<bpmn:process id="{key}" isExecutable="true">{_inside(lines)}</bpmn:process></bpmn:definitions>'.encode()


def _inside(lines: str) -> str:
    nodes: dict[str, tuple[str, dict[str, str], str]] = {}
    flows: list[tuple[str, str, str, str, bool]] = []
    for line in filter(None, (line.strip() for line in lines.splitlines())):
        if "->" in line:
            flows.append(_flow(line, len(flows)))
        else:
            _node(line, nodes)
    defaults = {source: ident for ident, source, _, _, is_default in flows if is_default}
    parents = {ident: parent for ident, (_, _, parent) in nodes.items()}
    return _write("", nodes, flows, parents, defaults)


def _flow(line: str, number: int) -> tuple[str, str, str, str, bool]:
    ends, _, condition = line.partition(" if ")
    source, _, target = (part.strip() for part in ends.partition("->"))
    is_default = target.endswith(" default")
    return f"f{number}", source, target.removesuffix(" default").strip(), condition, is_default


def _node(line: str, nodes: dict[str, tuple[str, dict[str, str], str]]) -> None:
    kind, ident, *rest = shlex.split(line)
    parent = rest[rest.index("in") + 1] if "in" in rest else ""
    attributes = dict(word.split("=", 1) for word in rest if "=" in word)
    nodes[ident] = (kind, attributes, parent)


def _write(
    inside: str,
    nodes: dict[str, tuple[str, dict[str, str], str]],
    flows: list[tuple[str, str, str, str, bool]],
    parents: dict[str, str],
    defaults: dict[str, str],
) -> str:
    text = ""
    for ident, (kind, attributes, parent) in nodes.items():
        if parent == inside:
            content = _content(kind, dict(attributes))
            inner = _write(ident, nodes, flows, parents, defaults) if kind == "sub" else ""
            default = f" default={quoteattr(defaults[ident])}" if ident in defaults else ""
            tag = f"bpmn:{TAGS[kind]}"
            text += f"<{tag} id={quoteattr(ident)}{default}{content[0]}>{content[1]}{inner}</{tag}>"
    for ident, source, target, condition, _ in flows:
        if parents[source] == inside:
            body = (
                f"<bpmn:conditionExpression>{_escape(condition)}</bpmn:conditionExpression>"
                if condition
                else ""
            )
            text += (
                f'<bpmn:sequenceFlow id="{ident}" sourceRef="{source}" targetRef="{target}">'
                f"{body}</bpmn:sequenceFlow>"
            )
    return text


def _content(kind: str, attributes: dict[str, str]) -> tuple[str, str]:
    inner = ""
    if kind == "terminate":
        inner += "<bpmn:terminateEventDefinition/>"
    if "script" in attributes:
        inner += f"<bpmn:script>{_escape(attributes.pop('script'))}</bpmn:script>"
        attributes.setdefault("scriptFormat", "feel")
    extensions = "".join(
        f"<camunda:{way} {_mapping(attributes.pop(way))}/>"
        for way in ("in", "out")
        if way in attributes
    )
    if extensions:
        inner = f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>" + inner
    inner += _repetition(attributes)
    plain = {"scriptFormat", "calledElement", "name"}
    written = "".join(
        f" {'' if k in plain else 'camunda:'}{k}={quoteattr(v)}" for k, v in attributes.items()
    )
    return written, inner


def _mapping(text: str) -> str:
    if text == "all":
        return 'variables="all"'
    source, _, target = text.partition(":")
    return f'source="{source}" target="{target}"'


def _repetition(attributes: dict[str, str]) -> str:
    each = attributes.pop("each", "")
    times = attributes.pop("times", "")
    if not each and not times:
        return ""
    sequential = attributes.pop("sequential", "false")
    variable = attributes.pop("item", "item")
    until = attributes.pop("until", "")
    collection = (
        f" camunda:collection={quoteattr(each)} camunda:elementVariable={quoteattr(variable)}"
        if each
        else ""
    )
    cardinality = f"<bpmn:loopCardinality>{_escape(times)}</bpmn:loopCardinality>" if times else ""
    completion = (
        f"<bpmn:completionCondition>{_escape(until)}</bpmn:completionCondition>" if until else ""
    )
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}"{collection}>'
        f"{cardinality}{completion}</bpmn:multiInstanceLoopCharacteristics>"
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def definition(
    source: bytes,
    *,
    key: str = "p",
    calls: Mapping[str, DefinitionId] | None = None,
    forms: Mapping[str, bytes] | None = None,
) -> Definition:
    """Give version 1 of a process as if it had been deployed, with its key as id."""
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
        calls=calls or {},
        lanes=frozenset({LaneId("l")}),
        starters=frozenset({LaneId("l")}),
        deployed_at=datetime(2026, 11, 21, 3, tzinfo=UTC),
    )


class Case:
    """One case without a store: the engine's execution, saved and loaded between commands when `resting`."""

    def __init__(self, *definitions: Definition, resting: bool = True) -> None:
        self._programs = {d.id: compile_program(d) for d in definitions}
        self._first = definitions[0].id
        self._resting = resting
        self.execution = self._new()
        self.events = self.execution.events
        self.desk: dict[int, str] = {}

    def _new(self) -> Execution:
        return Execution(InstanceId("c"), self._first, self._lookup)

    @property
    def _lookup(self) -> Callable[[DefinitionId], Program]:
        return self._programs.__getitem__

    def start(self, **variables: object) -> Case:
        """Start the case."""
        self.execution.start(variables)  # type: ignore[arg-type]
        return self._rest()

    def complete(self, element: str, *, which: int = 0, **values: object) -> Case:
        """Complete the open task at an element; `which` chooses among several, oldest first."""
        tokens = [token for token, at in self.desk.items() if at == element]
        self.execution.complete(tokens[which], values)  # type: ignore[arg-type]
        return self._rest()

    @property
    def open(self) -> list[str]:
        """The elements of the open tasks, sorted."""
        return sorted(self.desk.values())

    @property
    def values(self) -> dict[str, object]:
        """The case's own variables."""
        return dict(self.execution.values())

    @property
    def finished(self) -> bool:
        """Whether the case is at its end."""
        return self.execution.finished

    def _rest(self) -> Case:
        for event in self.execution.events:
            if event.type == "user_task_created":
                self.desk[event.token] = event.element  # type: ignore[attr-defined]
            elif event.type in ("element_completed", "element_cancelled"):
                self.desk.pop(event.token, None)  # type: ignore[attr-defined]
        if self._resting and not self.execution.finished:
            frontier, variables = self.execution.frontier(), self.execution.variables()
            self.execution = Execution.load(
                InstanceId("c"),
                self._first,
                self._lookup,
                frontier=frontier,
                variables=variables,
            )
        return self
