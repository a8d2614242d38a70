"""The nodes and flows of a drawing, still without places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.draft.facts import Step, Timeout


class NodeKind(StrEnum):
    """What a node is; the value is the local name of its BPMN element."""

    START = "startEvent"
    END = "endEvent"
    TIMEOUT = "boundaryEvent"
    THROW = "intermediateThrowEvent"
    USER = "userTask"
    MANUAL = "manualTask"
    SCRIPT = "scriptTask"
    SERVICE = "serviceTask"
    RECEIVE = "receiveTask"
    RULE = "businessRuleTask"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"


EVENTS = frozenset({NodeKind.START, NodeKind.END, NodeKind.TIMEOUT, NodeKind.THROW})
GATEWAYS = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One shape of the drawing."""

    id: str
    kind: NodeKind
    lane: str
    name: str = ""
    step: Step | None = None
    message: str | None = None
    timeout: Timeout | None = None

    @property
    def host(self) -> str | None:
        """The id of the activity that a boundary event sits on."""
        return self.timeout.at if self.timeout else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One sequence flow; `condition` is FEEL."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """What is to be drawn. Nodes and flows stand in the order of the facts."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]

    def node(self, node_id: str) -> Node:
        """Give the node with this id."""
        return next(node for node in self.nodes if node.id == node_id)


def reached(graph: Graph, start: str) -> frozenset[str]:
    """Give the ids of all nodes that come after a node (itself only when a way leads back)."""
    found: set[str] = set()
    todo = [start]
    while todo:
        here = todo.pop()
        nexts = {flow.target for flow in graph.flows if flow.source == here}
        nexts |= {node.id for node in graph.nodes if node.host == here}
        todo += nexts - found
        found |= nexts
    return frozenset(found)
