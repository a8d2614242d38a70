"""What a condition hangs on: it is read as a formula over terms, each compared with texts, numbers or truth values.

A term is a variable (`keputusan`), anything else that is compared with a constant (`count(daftar)`), two values that are
compared with each other (`a < b`: below, equal or above), or a part that is true or false as a whole (`ada(x)`). What is not
a term is run as it stands in the drawing, by the engine's own operators: so no second meaning of FEEL or JUEL is written here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING, TypeAlias

from engine.expression import DEFAULT_BUDGET, Language, tree
from engine.expression.feel_parser import parse_feel
from engine.expression.juel_parser import parse_juel
from engine.expression.language import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.expression import Expression
    from engine.expression.tree import Node

Constant: TypeAlias = Decimal | str | bool | None

_NO_NAMES: frozenset[str] = frozenset()
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_EQUALITIES = frozenset({"=", "==", "!="})
COMPARISONS = _EQUALITIES | _FLIPPED.keys()

BOTH = (True, False)
ORDER = (Decimal(-1), Decimal(0), Decimal(1))
"""Below, equal, above: how two values that are compared can stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Something that a condition hangs on, and the constants that it is compared with there.

    `variable` is its name when it is a plain variable. It `is_order` when it says how two values stand to each other, and
    `is_ranked` when texts are compared by their order.
    """

    key: str
    variable: str
    constants: tuple[Constant, ...]
    is_order: bool = False
    is_ranked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition as a formula over terms: the names in `root` are the keys of `terms`."""

    language: Language
    root: Node
    terms: Mapping[str, Term]


def read_condition(expression: Expression) -> Condition:
    """Read a condition that was compiled already."""
    language, source = source_of(expression.source, default=expression.language)
    is_feel = language is Language.FEEL
    root = (
        parse_feel(source, DEFAULT_BUDGET, _NO_NAMES)
        if is_feel
        else parse_juel(source, DEFAULT_BUDGET)
    )
    reader = _Reader()
    formula = reader.read(root)
    return Condition(language=language, root=formula, terms=joined(reader.found))


def distinct(constants: Iterable[Constant]) -> tuple[Constant, ...]:
    """Give each constant once; true and 1 are two."""
    return tuple({(type(each), each): each for each in constants}.values())


def joined(terms: Iterable[Term]) -> dict[str, Term]:
    """Give the terms by key, each with all constants that it is compared with."""
    groups: dict[str, list[Term]] = {}
    for term in terms:
        groups.setdefault(term.key, []).append(term)
    return {
        key: replace(
            group[0],
            constants=distinct(each for term in group for each in term.constants),
            is_ranked=any(term.is_ranked for term in group),
        )
        for key, group in groups.items()
    }


class _Reader:
    def __init__(self) -> None:
        self.found: list[Term] = []

    def read(self, node: Node) -> Node:
        """Give the node with names of terms in place of what it hangs on."""
        found = _read(node, self)
        return self.term(node, BOTH) if found is None else found

    def term(
        self,
        node: Node,
        constants: tuple[Constant, ...],
        *,
        is_order: bool = False,
        is_ranked: bool = False,
    ) -> tree.Name:
        """Note a term, and give the name that stands for it."""
        key = _spelled(node)
        term = Term(
            key=key,
            variable=node.name if isinstance(node, tree.Name) else "",
            constants=constants,
            is_order=is_order,
            is_ranked=is_ranked and any(isinstance(each, str) for each in constants),
        )
        self.found.append(term)
        return tree.Name(position=node.position, name=key)


@singledispatch
def _read(node: Node, reader: _Reader) -> Node | None:
    """Give a node of a formula; None for one that is a term as a whole."""
    del node, reader
    return None


@_read.register(tree.Literal)
def _literal(node: tree.Literal, _: _Reader) -> Node:
    return node


@_read.register(tree.Logic)
def _logic(node: tree.Logic, reader: _Reader) -> Node:
    return replace(node, operands=tuple(reader.read(each) for each in node.operands))


@_read.register(tree.Unary)
def _unary(node: tree.Unary, reader: _Reader) -> Node | None:
    if node.operator == "not":
        return replace(node, operand=reader.read(node.operand))
    if node.operator == "empty":
        return replace(node, operand=reader.term(node.operand, (None, "")))
    return None


@_read.register(tree.Call)
def _negated(node: tree.Call, reader: _Reader) -> Node | None:
    if node.function != "not" or len(node.arguments) != 1:
        return None
    ((name, value),) = node.arguments
    return replace(node, arguments=((name, reader.read(value)),))


@_read.register(tree.If)
def _choice(node: tree.If, reader: _Reader) -> Node:
    return replace(
        node,
        condition=reader.read(node.condition),
        then=reader.read(node.then),
        otherwise=reader.read(node.otherwise),
    )


@_read.register(tree.Binary)
def _comparison(node: tree.Binary, reader: _Reader) -> Node | None:
    if node.operator not in COMPARISONS:
        return None
    left, right = _constant(node.left), _constant(node.right)
    ranked = node.operator in _FLIPPED
    if left is not None and right is not None:
        return node
    if right is not None:
        term = reader.term(node.left, (right.value,), is_ranked=ranked)
        return replace(node, left=term, right=_number(node.right, right))
    if left is not None:
        term = reader.term(node.right, (left.value,), is_ranked=ranked)
        return replace(node, left=_number(node.left, left), right=term)
    return _order(reader, node)


def _order(reader: _Reader, node: tree.Binary) -> Node:
    """Read two values that are compared with each other, whichever stands left."""
    pair = (node.left, node.right)
    first, second = sorted(pair, key=_spelled)
    operator = (
        node.operator if pair == (first, second) else _FLIPPED.get(node.operator, node.operator)
    )
    both = tree.ListOf(position=node.position, items=(first, second))
    term = reader.term(both, ORDER, is_order=True)
    zero = tree.Literal(position=node.position, value=Decimal(0))
    return replace(node, operator=operator, left=term, right=zero)


@_read.register(tree.Between)
def _between(node: tree.Between, reader: _Reader) -> Node | None:
    low, high = _constant(node.low), _constant(node.high)
    if low is None or high is None:
        return None
    return replace(node, value=reader.term(node.value, (low.value, high.value), is_ranked=True))


@_read.register(tree.In)
def _in(node: tree.In, reader: _Reader) -> Node | None:
    constants: list[Constant] = []
    for test in node.tests:
        operand = test.operand
        ends: tuple[Node, ...] = (
            (operand.low, operand.high)
            if isinstance(operand, tree.RangeOf)
            else operand.items
            if isinstance(operand, tree.ListOf)
            else (operand,)
        )
        found = [_constant(each) for each in ends]
        if test.operator == "?" or None in found:
            return None
        constants += [each.value for each in found if each is not None]
    return replace(node, value=reader.term(node.value, tuple(constants), is_ranked=True))


@dataclass(frozen=True, slots=True)
class _Written:
    """A constant that is written out; its value may be null."""

    value: Constant


def _constant(node: Node) -> _Written | None:
    """Give a text, number or truth value that is written out; a day or a length of time is none, as it can't be sampled."""
    if (
        isinstance(node, tree.Unary)
        and node.operator == "-"
        and isinstance(node.operand, tree.Literal)
    ):
        value = node.operand.value
        return _Written(-value) if isinstance(value, Decimal) else None
    if not isinstance(node, tree.Literal):
        return None
    value = node.value
    return _Written(value) if value is None or isinstance(value, str | bool | Decimal) else None


def _number(node: Node, written: _Written) -> Node:
    return tree.Literal(position=node.position, value=written.value)


def _spelled(node: Node) -> str:
    """Spell a node out, the same for the same meaning at any place."""
    if isinstance(node, tree.Name):
        return node.name
    parts = (getattr(node, each.name) for each in fields(node) if each.name != "position")
    return f"{type(node).__name__}({', '.join(_part(each) for each in parts)})"


def _part(value: object) -> str:
    if isinstance(value, tree.Node):
        return _spelled(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_part(each) for each in value)}]"
    return repr(value)
