"""FEEL: from the checked tree to closures. One small function a node; values never leave the frame they are computed in."""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING

from engine.expression import loops, tree
from engine.expression.builtins import BUILTINS
from engine.expression.builtins.logic import IS_DEFINED
from engine.expression.operators import OPERATIONS, greater_or_equal, less_or_equal, negative
from engine.expression.values import Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.builtins.signature import Form
    from engine.expression.frame import Frame
    from engine.expression.loops import Closure
    from engine.expression.operators import Operation
    from engine.expression.values import Datum

_SMALL = frozenset({Decimal, bool, type(None)})
"""Types whose values cost nothing to walk or keep."""


@singledispatch
def feel_closure(node: tree.Node, scopes: int) -> Closure:
    """Compile a node that stands inside so many loops, filters and contexts (`scopes`)."""
    raise AssertionError(f"Expected a node of FEEL, but found {type(node).__name__} in {scopes}")


@feel_closure.register(tree.Literal)
def _literal(node: tree.Literal, scopes: int) -> Closure:  # noqa: ARG001 - one signature for all
    value = node.value
    return lambda _: value


@feel_closure.register(tree.Name)
def _name(node: tree.Name, scopes: int) -> Closure:
    name = node.name
    if not scopes:
        return lambda frame: frame.variables.get(name)

    def run(frame: Frame) -> Datum:
        scope = frame.scope_of(name)
        return None if scope is None else scope[name]

    return run


@feel_closure.register(tree.Path)
def _path(node: tree.Path, scopes: int) -> Closure:
    base, key, position = feel_closure(node.base, scopes), node.key, node.position

    def run(frame: Frame) -> Datum:
        value = base(frame)
        if isinstance(value, dict):
            return value.get(key)
        if isinstance(value, list):
            frame.position = position
            frame.spend(len(value))
            return [each.get(key) if isinstance(each, dict) else None for each in value]
        return None

    return run


@feel_closure.register(tree.Unary)
def _unary(node: tree.Unary, scopes: int) -> Closure:
    operand = feel_closure(node.operand, scopes)
    return lambda frame: negative(operand(frame))


@feel_closure.register(tree.Binary)
def _binary(node: tree.Binary, scopes: int) -> Closure:
    left, right = feel_closure(node.left, scopes), feel_closure(node.right, scopes)
    operate, position = OPERATIONS[node.operator], node.position
    if isinstance(node.right, tree.Literal):
        return _with_constant(left, operate, node.right, position)

    def run(frame: Frame) -> Datum:
        one, other = left(frame), right(frame)
        frame.position = position
        return operate(frame, one, other)

    return run


def _with_constant(left: Closure, operate: Operation, right: tree.Literal, at: int) -> Closure:
    """Spare a call where the right operand is written out, as in nearly every condition."""
    constant = right.value

    def run(frame: Frame) -> Datum:
        value = left(frame)
        frame.position = at
        return operate(frame, value, constant)

    return run


@feel_closure.register(tree.Logic)
def _logic(node: tree.Logic, scopes: int) -> Closure:
    """`and` is false as soon as one operand is, `or` true; otherwise null if one is neither true nor false."""
    operands = [feel_closure(each, scopes) for each in node.operands]
    deciding = node.operator == "or"

    def run(frame: Frame) -> Datum:
        answer: bool | None = not deciding
        for operand in operands:
            value = operand(frame)
            if value is deciding:
                return deciding
            if value is not True and value is not False:
                answer = None
        return answer

    return run


@feel_closure.register(tree.If)
def _if(node: tree.If, scopes: int) -> Closure:
    condition = feel_closure(node.condition, scopes)
    then, otherwise = feel_closure(node.then, scopes), feel_closure(node.otherwise, scopes)
    return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)


@feel_closure.register(tree.Between)
def _between(node: tree.Between, scopes: int) -> Closure:
    middle, low, high = (feel_closure(each, scopes) for each in (node.value, node.low, node.high))
    position = node.position

    def run(frame: Frame) -> Datum:
        value, least, most = middle(frame), low(frame), high(frame)
        frame.position = position
        above = greater_or_equal(frame, value, least)
        below = less_or_equal(frame, value, most)
        return None if above is None or below is None else above and below

    return run


@feel_closure.register(tree.In)
def _in(node: tree.In, scopes: int) -> Closure:
    value = feel_closure(node.value, scopes)
    tests = [(OPERATIONS[each.operator], feel_closure(each, scopes)) for each in node.tests]
    position = node.position

    def run(frame: Frame) -> Datum:
        tested = value(frame)
        answer: bool | None = False
        for operate, operand in tests:
            expected = operand(frame)
            frame.position = position
            outcome = operate(frame, tested, expected)
            if outcome is True:
                return True
            if outcome is None:
                answer = None
        return answer

    return run


@feel_closure.register(tree.Test)
def _test(node: tree.Test, scopes: int) -> Closure:
    return feel_closure(node.operand, scopes)


@feel_closure.register(tree.ListOf)
def _list(node: tree.ListOf, scopes: int) -> Closure:
    items = [feel_closure(each, scopes) for each in node.items]
    return lambda frame: [item(frame) for item in items]


@feel_closure.register(tree.ContextOf)
def _context(node: tree.ContextOf, scopes: int) -> Closure:
    entries = [(key, feel_closure(each, scopes + 1)) for key, each in node.entries]

    def run(frame: Frame) -> Datum:
        context: dict[str, Datum] = {}
        frame.scopes.append(context)
        for key, value in entries:
            context[key] = value(frame)
        frame.scopes.pop()
        return context

    return run


@feel_closure.register(tree.RangeOf)
def _range(node: tree.RangeOf, scopes: int) -> Closure:
    low, high = feel_closure(node.low, scopes), feel_closure(node.high, scopes)
    low_included, high_included = node.low_included, node.high_included

    def run(frame: Frame) -> Datum:
        ends = low(frame), high(frame)
        if not all(end is None or isinstance(end, (Decimal, str)) for end in ends):
            return None
        return Range(
            low=ends[0], high=ends[1], low_included=low_included, high_included=high_included
        )

    return run


@feel_closure.register(tree.Filter)
def _filter(node: tree.Filter, scopes: int) -> Closure:
    return loops.filtered(feel_closure(node.base, scopes), _repeated(node.condition, scopes))


@feel_closure.register(tree.For)
def _for(node: tree.For, scopes: int) -> Closure:
    domain = feel_closure(node.domain, scopes)
    return loops.loop(node.name, domain, _repeated(node.body, scopes), joins=node.joins)


@feel_closure.register(tree.Quantified)
def _quantified(node: tree.Quantified, scopes: int) -> Closure:
    domain, condition = feel_closure(node.domain, scopes), _repeated(node.condition, scopes)
    return loops.quantified(node.name, domain, condition, wanted=node.quantifier == "some")


@feel_closure.register(tree.Call)
def _call(node: tree.Call, scopes: int) -> Closure:
    asked = node.arguments[0][1] if node.function == IS_DEFINED else None
    if isinstance(asked, (tree.Name, tree.Path)):
        return _defined(asked, scopes)
    form = BUILTINS[node.function].form_of([name for name, _ in node.arguments])
    assert form is not None  # noqa: S101 - `check` has refused a call without one
    arguments = _in_order(node, form, scopes)
    compute, position = form.run, node.position

    def run(frame: Frame) -> Datum:
        values = [argument(frame) for argument in arguments]
        frame.position = position
        for value in values:
            if type(value) not in _SMALL:
                frame.spend_on(value)
        result = compute(frame, values)
        if type(result) not in _SMALL:
            frame.room_for(result)
        return result

    return run


def _repeated(node: tree.Node, scopes: int) -> loops.Repeated:
    """Compile what is evaluated once for each element, in a scope of its own."""
    run = feel_closure(node, scopes + 1)
    return loops.Repeated(run=run, cost=1 + tree.weight(node), position=node.position)


def _in_order(node: tree.Call, form: Form, scopes: int) -> Sequence[Closure]:
    """Compile the arguments in the order of the parameters; a named one that is left out in the middle is null."""
    given = [(name, feel_closure(value, scopes)) for name, value in node.arguments]
    by_name = {name: value for name, value in given if name is not None}
    if not by_name:
        return [value for _, value in given]
    names = form.parameters
    last = max(names.index(name) for name in by_name)
    return [by_name.get(name, lambda _: None) for name in names[: last + 1]]


def _defined(node: tree.Name | tree.Path, scopes: int) -> Closure:
    """Tell whether the name or the property is there, be it null."""
    if isinstance(node, tree.Name):
        name = node.name
        return lambda frame: frame.scope_of(name) is not None
    base, key = feel_closure(node.base, scopes), node.key

    def run(frame: Frame) -> Datum:
        value = base(frame)
        return isinstance(value, dict) and key in value

    return run
