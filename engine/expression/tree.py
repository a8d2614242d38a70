"""The tree of an expression, the same for FEEL and JUEL. Each node knows its offset in the source."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from engine.expression.kinds import Kind
    from engine.expression.temporal import Temporal


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """A part of an expression."""

    position: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Literal(Node):
    """A value that is written out."""

    value: Decimal | str | bool | Temporal | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Name(Node):
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path(Node):
    """`base.key`."""

    base: Node
    key: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Index(Node):
    """`base[index]` of JUEL: an element or a property."""

    base: Node
    index: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filter(Node):
    """`base[condition]` of FEEL: the elements for which it holds, or the element with that number."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unary(Node):
    """`-`, `not` or `empty` before an operand."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Binary(Node):
    """Arithmetic or a comparison."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Logic(Node):
    """A chain of two or more operands, all joined by `and` or all by `or`."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class If(Node):
    """`if … then … else …` of FEEL, `… ? … : …` of JUEL."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Between(Node):
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Test(Node):
    """A unary test of what stands left of `in`: a comparison with it, or one of two others.

    Operator `in`: a value, list or range that it equals or lies in; `?`: a condition that names it `?`.
    """

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class In(Node):
    """`value in (test, …)`: at least one test holds."""

    value: Node
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenRange(Node):
    """`(< 10)` as a value: a range with one end, or (`=`, `!=`) the tests of equality."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InstanceOf(Node):
    """`value instance of kind`."""

    value: Node
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContextOf(Node):
    """`{key: value}`; an entry sees those before it."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RangeOf(Node):
    """`[low..high)`."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Each(Node):
    """`name in domain`."""

    name: str
    domain: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class For(Node):
    """`for name in domain, … return body`; a domain sees the names before it, the body also `partial`."""

    iterators: tuple[Each, ...]
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quantified(Node):
    """`some name in domain, … satisfies condition`, or `every`."""

    quantifier: str
    iterators: tuple[Each, ...]
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FunctionOf(Node):
    """`function(name: kind, …) body`; a parameter without kind takes anything."""

    parameters: tuple[tuple[str, Kind | None], ...]
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call(Node):
    """`function(argument, …)` of a built-in function; either all arguments are named or none is."""

    function: str
    arguments: tuple[tuple[str | None, Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Invocation(Node):
    """`value(argument, …)`: what is called is computed first."""

    function: Node
    arguments: tuple[tuple[str | None, Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concatenation(Node):
    """Text with `${…}` in it."""

    parts: tuple[Node, ...]


def children(node: Node) -> tuple[Node, ...]:
    """Give the parts directly below, in the order of the fields."""
    return tuple(part for each in fields(node) for part in _nodes_in(getattr(node, each.name)))


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Give each node with its depth, the root having 1. Needs no recursion, so any tree is safe to walk."""
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(children(node)))


def weight(root: Node) -> int:
    """Count the nodes: the steps that evaluating it once can take."""
    return sum(1 for _ in walk(root))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _nodes_in(part)
