"""FEEL: from the checked tree to closures. One small function a node; values never leave the frame they are computed in."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from engine.expression import calls, loops, tree
from engine.expression.builtins import BUILTINS
from engine.expression.builtins.logic import IS_DEFINED
from engine.expression.check import names_of
from engine.expression.feel_lexis import NAME_OF_TESTED, PARTIAL
from engine.expression.kinds import is_instance, kind_written
from engine.expression.operators import (
    OPERATIONS,
    greater_or_equal,
    is_in,
    is_ordered,
    less_or_equal,
    lies_between,
    negative,
    open_range,
    property_of,
)
from engine.expression.values import Range, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.builtins.signature import Form
    from engine.expression.frame import Frame
    from engine.expression.loops import Closure
    from engine.expression.operators import Operation
    from engine.expression.scopes import Scopes
    from engine.expression.values import Datum


@singledispatch
def feel_closure(node: tree.Node, scopes: Scopes) -> Closure:
    """Compile a node that stands where these names are bound."""
    raise AssertionError(f"Expected a node of FEEL, but found {type(node).__name__} in {scopes}")


@feel_closure.register(tree.Literal)
def _literal(node: tree.Literal, scopes: Scopes) -> Closure:  # noqa: ARG001 - one signature for all
    value = node.value
    return lambda _: value


@feel_closure.register(tree.Name)
def _name(node: tree.Name, scopes: Scopes) -> Closure:
    name = node.name
    if scopes.are_open:
        return _entry_or_variable(name)
    if name in scopes.names:
        return lambda frame: frame.bound(name)

    def run(frame: Frame) -> Datum:
        try:
            return frame.variables[name]
        except KeyError:
            frame.miss(name)
            return None

    return run


def _entry_or_variable(name: str) -> Closure:
    """Look everywhere; what is not found is noted by the filter, which knows all its elements."""

    def run(frame: Frame) -> Datum:
        scope = frame.scope_of(name)
        return None if scope is None else scope[name]

    return run


@feel_closure.register(tree.Path)
def _path(node: tree.Path, scopes: Scopes) -> Closure:
    base, key, position = feel_closure(node.base, scopes), node.key, node.position

    def run(frame: Frame) -> Datum:
        value = base(frame)
        if type(value) is dict:
            return value.get(key)
        frame.position = position
        return property_of(frame, value, key)

    return run


@feel_closure.register(tree.Unary)
def _unary(node: tree.Unary, scopes: Scopes) -> Closure:
    operand = feel_closure(node.operand, scopes)
    return lambda frame: negative(operand(frame))


@feel_closure.register(tree.Binary)
def _binary(node: tree.Binary, scopes: Scopes) -> Closure:
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
def _logic(node: tree.Logic, scopes: Scopes) -> Closure:
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
def _if(node: tree.If, scopes: Scopes) -> Closure:
    condition = feel_closure(node.condition, scopes)
    then, otherwise = (_value_or_function(each, scopes) for each in (node.then, node.otherwise))
    return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)


@feel_closure.register(tree.Between)
def _between(node: tree.Between, scopes: Scopes) -> Closure:
    middle, low, high = (feel_closure(each, scopes) for each in (node.value, node.low, node.high))
    position = node.position

    def run(frame: Frame) -> Datum:
        value, least, most = middle(frame), low(frame), high(frame)
        frame.position = position
        return lies_between(
            above=greater_or_equal(frame, value, least), below=less_or_equal(frame, value, most)
        )

    return run


@feel_closure.register(tree.In)
def _in(node: tree.In, scopes: Scopes) -> Closure:
    value = feel_closure(node.value, scopes)
    inner = scopes.binding(NAME_OF_TESTED)
    tests = [(_TESTS[each.operator], feel_closure(each, inner)) for each in node.tests]
    asks_tested = any(each.operator == NAME_OF_TESTED for each in node.tests)
    position = node.position

    def run(frame: Frame) -> Datum:
        tested = value(frame)
        if asks_tested:
            frame.scopes.append({NAME_OF_TESTED: tested})
        answer: bool | None = False
        for operate, operand in tests:
            expected = operand(frame)
            frame.position = position
            outcome = operate(frame, tested, expected)
            if outcome is True:
                answer = True
                break
            if outcome is None:
                answer = None
        if asks_tested:
            frame.scopes.pop()
        return answer

    return run


def _holds(_: Frame, tested: Datum, outcome: Datum) -> Datum:  # noqa: ARG001 - one signature for all
    """Take the outcome of a test that names the tested value itself."""
    return outcome if isinstance(outcome, bool) else None


def _lies_in(frame: Frame, tested: Datum, expected: Datum) -> Datum:
    """Compare with a value, a list or a range; where no boolean is tested, a boolean is the outcome of a condition."""
    if isinstance(expected, bool) and not (tested is None or isinstance(tested, bool)):
        return expected
    return is_in(frame, tested, expected)


@feel_closure.register(tree.Test)
def _test(node: tree.Test, scopes: Scopes) -> Closure:
    return feel_closure(node.operand, scopes)


@feel_closure.register(tree.OpenRange)
def _open_range(node: tree.OpenRange, scopes: Scopes) -> Closure:
    operand, operator = feel_closure(node.operand, scopes), node.operator
    return lambda frame: open_range(operator, operand(frame))


@feel_closure.register(tree.InstanceOf)
def _instance_of(node: tree.InstanceOf, scopes: Scopes) -> Closure:
    value, kind = _value_or_function(node.value, scopes), node.kind
    return lambda frame: is_instance(frame, value(frame), kind)


@feel_closure.register(tree.ListOf)
def _list(node: tree.ListOf, scopes: Scopes) -> Closure:
    items = [_value_or_function(each, scopes) for each in node.items]
    return lambda frame: [item(frame) for item in items]


@feel_closure.register(tree.ContextOf)
def _context(node: tree.ContextOf, scopes: Scopes) -> Closure:
    entries: list[tuple[str, Closure]] = []
    for key, value in node.entries:
        entries.append((key, _value_or_function(value, scopes)))
        scopes = scopes.binding(key)

    def run(frame: Frame) -> Datum:
        context: dict[str, Datum] = {}
        frame.scopes.append(context)
        for key, value in entries:
            context[key] = value(frame)
        frame.scopes.pop()
        return context

    return run


@feel_closure.register(tree.RangeOf)
def _range(node: tree.RangeOf, scopes: Scopes) -> Closure:
    low, high = feel_closure(node.low, scopes), feel_closure(node.high, scopes)
    low_included, high_included = node.low_included, node.high_included

    def run(frame: Frame) -> Datum:
        ends = low(frame), high(frame)
        kinds = {kind_of(end) for end in ends if end is not None}
        if len(kinds) > 1 or not all(end is None or is_ordered(end) for end in ends):
            return None
        return Range(
            low=ends[0], high=ends[1], low_included=low_included, high_included=high_included
        )

    return run


@feel_closure.register(tree.Filter)
def _filter(node: tree.Filter, scopes: Scopes) -> Closure:
    names = names_of(node.condition)
    asked = sorted((names.variables | names.in_filters) - {"item"} - scopes.names)
    condition = _repeated(node.condition, scopes.opened())
    return loops.filtered(feel_closure(node.base, scopes), condition, asked)


@feel_closure.register(tree.For)
def _for(node: tree.For, scopes: Scopes) -> Closure:
    domains, inner = _domains(node.iterators, scopes)
    partial = any(
        isinstance(each, tree.Name) and each.name == PARTIAL for each, _ in tree.walk(node.body)
    )
    return loops.loop(domains, _repeated(node.body, inner.binding(PARTIAL)), partial=partial)


@feel_closure.register(tree.Quantified)
def _quantified(node: tree.Quantified, scopes: Scopes) -> Closure:
    domains, inner = _domains(node.iterators, scopes)
    condition = _repeated(node.condition, inner)
    return loops.quantified(domains, condition, wanted=node.quantifier == "some")


@feel_closure.register(tree.FunctionOf)
def _function(node: tree.FunctionOf, scopes: Scopes) -> Closure:
    names = tuple(name for name, _ in node.parameters)
    return calls.Definition(
        parameters=names,
        kinds=tuple(kind for _, kind in node.parameters),
        body=_repeated(node.body, scopes.binding(*names)),
        result=kind_written(node.body.value) if isinstance(node.body, tree.Literal) else None,
    )


@feel_closure.register(tree.Invocation)
def _invocation(node: tree.Invocation, scopes: Scopes) -> Closure:
    arguments = [(name, _value_or_function(value, scopes)) for name, value in node.arguments]
    return calls.invoked(feel_closure(node.function, scopes), arguments, node.position)


@feel_closure.register(tree.Call)
def _call(node: tree.Call, scopes: Scopes) -> Closure:
    asked = node.arguments[0][1] if node.function == IS_DEFINED else None
    if isinstance(asked, (tree.Name, tree.Path)):
        return _defined(asked, scopes)
    form = BUILTINS[node.function].form_of([name for name, _ in node.arguments])
    assert form is not None  # noqa: S101 - `check` has refused a call without one
    return calls.called(form.run, _in_order(node, form, scopes), node.position)


def _value_or_function(node: tree.Node, scopes: Scopes) -> Closure:
    """Compile what is handed on: the name of a built-in function is that function where no variable has the name."""
    if not isinstance(node, tree.Name) or node.name not in BUILTINS or node.name in scopes.names:
        return feel_closure(node, scopes)
    name, function = node.name, calls.as_value(BUILTINS[node.name])

    def run(frame: Frame) -> Datum:
        scope = frame.scope_of(name)
        return function if scope is None else scope[name]

    return run


def _domains(iterators: Sequence[tree.Each], scopes: Scopes) -> tuple[list[loops.Domain], Scopes]:
    """Compile the domains of a loop, and give what is bound inside it."""
    domains: list[loops.Domain] = []
    for each in iterators:
        domains.append(loops.Domain(name=each.name, elements=_repeated(each.domain, scopes)))
        scopes = scopes.binding(each.name)
    return domains, scopes


def _repeated(node: tree.Node, scopes: Scopes) -> loops.Repeated:
    """Compile what is evaluated once for each element or call."""
    run = feel_closure(node, scopes)
    return loops.Repeated(run=run, cost=1 + tree.weight(node), position=node.position)


def _in_order(node: tree.Call, form: Form, scopes: Scopes) -> Sequence[Closure]:
    """Compile the arguments in the order of the parameters; a named one that is left out in the middle is null."""
    given = [(name, _value_or_function(value, scopes)) for name, value in node.arguments]
    by_name = {name: value for name, value in given if name is not None}
    if not by_name:
        return [value for _, value in given]
    names = form.parameters
    last = max(names.index(name) for name in by_name)
    return [by_name.get(name, lambda _: None) for name in names[: last + 1]]


def _defined(node: tree.Name | tree.Path, scopes: Scopes) -> Closure:
    """Tell whether the name or the property is there, be it null."""
    if isinstance(node, tree.Name):
        name = node.name
        return lambda frame: frame.scope_of(name) is not None
    base, key = feel_closure(node.base, scopes.opened()), node.key

    def run(frame: Frame) -> Datum:
        value = base(frame)
        return isinstance(value, dict) and key in value

    return run


_TESTS = {**OPERATIONS, NAME_OF_TESTED: _holds, "in": _lies_in}
"""What each unary test does."""
