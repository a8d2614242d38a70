"""JUEL: from the checked tree to closures."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from engine.expression import tree
from engine.expression.errors import Failure
from engine.expression.juel_operators import OPERATIONS, element, is_empty, number, text, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.expression.frame import Frame
    from engine.expression.loops import Closure
    from engine.expression.values import Datum


@singledispatch
def juel_closure(node: tree.Node) -> Closure:
    """Compile a node and all below it."""
    raise AssertionError(f"Expected a node of JUEL, but found {type(node).__name__}")


@juel_closure.register(tree.Literal)
def _literal(node: tree.Literal) -> Closure:
    value = node.value
    return lambda _: value


@juel_closure.register(tree.Name)
def _name(node: tree.Name) -> Closure:
    name, position = node.name, node.position

    def run(frame: Frame) -> Datum:
        try:
            return frame.variables[name]
        except KeyError:
            frame.position = position
            raise Failure(
                f"Expected a variable called {name!a}, but the case has none",
                code="variable_unknown",
                name=name,
            ) from None

    return run


@juel_closure.register(tree.Call)
def _moment(node: tree.Call) -> Closure:
    """`now()`, the only call that the parser lets through: ISO text with the offset of the agency's zone, to the second."""
    position = node.position

    def run(frame: Frame) -> Datum:
        if frame.now is None:
            frame.position = position
            raise Failure(
                "Expected a place that knows the time, but there is none", code="now_unknown"
            )
        return frame.now.isoformat(timespec="seconds")

    return run


@juel_closure.register(tree.Path)
def _path(node: tree.Path) -> Closure:
    base, key, position = juel_closure(node.base), node.key, node.position

    def run(frame: Frame) -> Datum:
        value = base(frame)
        frame.position = position
        if isinstance(value, list):
            raise Failure(
                f"Expected an object with {key!a}, but found a list",
                code="operand_kind",
                expected="context",
                found="list",
            )
        return element(value, key)

    return run


@juel_closure.register(tree.Index)
def _index(node: tree.Index) -> Closure:
    base, index, position = juel_closure(node.base), juel_closure(node.index), node.position

    def run(frame: Frame) -> Datum:
        value, place = base(frame), index(frame)
        frame.position = position
        return element(value, place)

    return run


@juel_closure.register(tree.Unary)
def _unary(node: tree.Unary) -> Closure:
    operand, position = juel_closure(node.operand), node.position
    operate = _UNARY[node.operator]

    def run(frame: Frame) -> Datum:
        value = operand(frame)
        frame.position = position
        return operate(value)

    return run


@juel_closure.register(tree.Binary)
def _binary(node: tree.Binary) -> Closure:
    left, right = juel_closure(node.left), juel_closure(node.right)
    operate, position = OPERATIONS[node.operator], node.position

    def run(frame: Frame) -> Datum:
        one, other = left(frame), right(frame)
        frame.position = position
        return operate(frame, one, other)

    return run


@juel_closure.register(tree.Logic)
def _logic(node: tree.Logic) -> Closure:
    """Stop at the first operand that decides, as Java does; those after it are not looked at."""
    operands = [(juel_closure(each), each.position) for each in node.operands]
    deciding = node.operator == "or"

    def run(frame: Frame) -> Datum:
        for operand, position in operands:
            value = operand(frame)
            frame.position = position
            if truth(value) is deciding:
                return deciding
        return not deciding

    return run


@juel_closure.register(tree.If)
def _if(node: tree.If) -> Closure:
    condition, position = juel_closure(node.condition), node.condition.position
    then, otherwise = juel_closure(node.then), juel_closure(node.otherwise)

    def run(frame: Frame) -> Datum:
        value = condition(frame)
        frame.position = position
        return then(frame) if truth(value) else otherwise(frame)

    return run


@juel_closure.register(tree.Concatenation)
def _concatenation(node: tree.Concatenation) -> Closure:
    parts = [(juel_closure(each), each.position) for each in node.parts]

    def run(frame: Frame) -> Datum:
        written: list[str] = []
        for part, position in parts:
            value = part(frame)
            frame.position = position
            written.append(text(value))
        joined = "".join(written)
        frame.room_for_text(len(joined))
        return joined

    return run


def _negative(value: Datum) -> Datum:
    return number(value).copy_negate()


def _opposite(value: Datum) -> Datum:
    return not truth(value)


_UNARY: Mapping[str, Callable[[Datum], Datum]] = {
    "-": _negative,
    "not": _opposite,
    "empty": is_empty,
}
