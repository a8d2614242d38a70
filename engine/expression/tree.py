"""The tree of an expression, the same for FEEL and JUEL. Each node knows its offset in the source and its children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """A part of an expression."""

    position: int

    @property
    def children(self) -> tuple[Node, ...]:
        """The parts directly below, in source order."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Literal(Node):
    """A value that is written out."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Name(Node):
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path(Node):
    """`base.key`."""

    base: Node
    key: str

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.base,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Index(Node):
    """`base[index]` of JUEL: an element or a property."""

    base: Node
    index: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return self.base, self.index


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filter(Node):
    """`base[condition]` of FEEL: the elements for which it holds, or the element with that number."""

    base: Node
    condition: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return self.base, self.condition


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unary(Node):
    """`-`, `not` or `empty` before an operand."""

    operator: str
    operand: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Binary(Node):
    """Arithmetic or a comparison."""

    operator: str
    left: Node
    right: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return self.left, self.right


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Logic(Node):
    """A chain of two or more operands, all joined by `and` or all by `or`."""

    operator: str
    operands: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class If(Node):
    """`if … then … else …` of FEEL, `… ? … : …` of JUEL."""

    condition: Node
    then: Node
    otherwise: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return self.condition, self.then, self.otherwise


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Between(Node):
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return self.value, self.low, self.high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Test(Node):
    """A unary test: a comparison with what stands left of `in`, or (operator `in`) a value, list or range."""

    operator: str
    operand: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class In(Node):
    """`value in (test, …)`: at least one test holds."""

    value: Node
    tests: tuple[Test, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.value, *self.tests


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContextOf(Node):
    """`{key: value}`; an entry sees those before it."""

    entries: tuple[tuple[str, Node], ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(value for _, value in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RangeOf(Node):
    """`[low..high)`."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool

    @property
    def children(self) -> tuple[Node, ...]:
        return self.low, self.high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class For(Node):
    """`for name in domain return body`; when `joins`, the body is the next iterator of the same `for`."""

    name: str
    domain: Node
    body: Node
    joins: bool

    @property
    def children(self) -> tuple[Node, ...]:
        return self.domain, self.body


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quantified(Node):
    """`some name in domain satisfies condition`, or `every`."""

    quantifier: str
    name: str
    domain: Node
    condition: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return self.domain, self.condition


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call(Node):
    """`function(argument, …)`; either all arguments are named or none is."""

    function: str
    arguments: tuple[tuple[str | None, Node], ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(value for _, value in self.arguments)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concatenation(Node):
    """Text with `${…}` in it."""

    parts: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.parts


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Give each node with its depth, the root having 1. Needs no recursion, so any tree is safe to walk."""
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(node.children))


def weight(root: Node) -> int:
    """Count the nodes: the steps that evaluating it once can take."""
    return sum(1 for _ in walk(root))
