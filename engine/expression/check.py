"""What is checked of a tree before it is compiled, and which names it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from engine.expression import tree
from engine.expression.builtins import BUILTINS
from engine.expression.errors import Failure
from engine.expression.feel_lexis import NAME_OF_TESTED, PARTIAL
from engine.expression.parser import too_deep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.budget import Budget
    from engine.expression.builtins.signature import Builtin, Form, Verify
    from engine.expression.errors import ExpressionInvalid, Source


ASKING_NOW = frozenset({"now", "today", "dateTime"})
"""The functions, of FEEL and JUEL, whose value depends on the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that an expression takes from outside itself."""

    variables: frozenset[str]
    in_filters: frozenset[str]
    """Names inside `list[…]`: an entry of the element, or else a variable. Known only when it runs."""


def check(source: Source, root: tree.Node, budget: Budget) -> None:
    """Raise ExpressionInvalid when the tree is too deep or calls what there is not, or with wrong arguments."""
    for node, depth in tree.walk(root):
        if depth > budget.depth:
            raise too_deep(source, node.position, budget.depth)
        if isinstance(node, tree.Call):
            _check_call(source, node)


def names_of(root: tree.Node) -> Names:
    """Collect the names, without those that the expression binds itself."""
    variables: set[str] = set()
    in_filters: set[str] = set()
    waiting: list[tuple[tree.Node, _Scope | None, bool]] = [(root, None, False)]
    while waiting:
        node, scope, filtering = waiting.pop()
        if isinstance(node, tree.Name) and not _binds(scope, node.name):
            (in_filters if filtering else variables).add(node.name)
        for child, inner in _scoped_children(node, scope):
            in_filter = filtering or (isinstance(node, tree.Filter) and child is node.condition)
            waiting.append((child, inner, in_filter))
    for found in (variables, in_filters):
        found.discard(NAME_OF_TESTED)
    return Names(variables=frozenset(variables), in_filters=frozenset(in_filters - variables))


def asks_now(root: tree.Node) -> bool:
    """Tell whether the value may depend on what time it is."""
    return any(
        node.function in ASKING_NOW if isinstance(node, tree.Call) else node.name in ASKING_NOW
        for node, _ in tree.walk(root)
        if isinstance(node, tree.Call | tree.Name)
    )


@dataclass(frozen=True, slots=True)
class _Scope:
    """A name that the expression binds, and the scope around it."""

    name: str
    outer: _Scope | None


_Scoped: TypeAlias = list[tuple[tree.Node, _Scope | None]]


def _binds(scope: _Scope | None, name: str) -> bool:
    while scope is not None and scope.name != name:
        scope = scope.outer
    return scope is not None


def _scoped_children(node: tree.Node, scope: _Scope | None) -> _Scoped:
    """Give each child with the scope it stands in."""
    if isinstance(node, tree.For):
        return _in_iterators(node.iterators, _Scope(PARTIAL, scope), scope, node.body)
    if isinstance(node, tree.Quantified):
        return _in_iterators(node.iterators, scope, scope, node.condition)
    if isinstance(node, tree.Filter):
        return [(node.base, scope), (node.condition, _Scope("item", scope))]
    if isinstance(node, tree.In):
        tested = _Scope(NAME_OF_TESTED, scope)
        return [(node.value, scope), *((test, tested) for test in node.tests)]
    if isinstance(node, (tree.FunctionOf, tree.ContextOf)):
        return _in_entries(node, scope)
    return [(child, scope) for child in tree.children(node)]


def _in_entries(node: tree.FunctionOf | tree.ContextOf, scope: _Scope | None) -> _Scoped:
    """Give the body, which sees all parameters, or the entries, each of which sees those before it."""
    if isinstance(node, tree.FunctionOf):
        for name, _ in node.parameters:
            scope = _Scope(name, scope)
        return [(node.body, scope)]
    inside: _Scoped = []
    for key, value in node.entries:
        inside.append((value, scope))
        scope = _Scope(key, scope)
    return inside


def _in_iterators(
    iterators: tuple[tree.Each, ...], inner: _Scope | None, scope: _Scope | None, body: tree.Node
) -> _Scoped:
    """Give the domains, each seeing the names before it, and the body, which sees `inner` and all names."""
    inside: _Scoped = []
    for each in iterators:
        inside.append((each.domain, scope))
        scope, inner = _Scope(each.name, scope), _Scope(each.name, inner)
    return [*inside, (body, inner)]


def _check_call(source: Source, call: tree.Call) -> None:
    function = BUILTINS.get(call.function)
    if function is None:
        raise source.invalid(
            call.position,
            f"Expected a built-in function, but there is none called {call.function!a}",
            code="function_unknown",
            name=call.function,
        )
    names = [name for name, _ in call.arguments]
    form = function.form_of(names)
    if form is None:
        raise _wrong_arguments(source, call, function, names)
    if function.verify is not None:
        _verify(source, call, form, function.verify)


def _verify(source: Source, call: tree.Call, form: Form, verify: Verify) -> None:
    """Let the function look at the texts among its arguments, which come in the order of the parameters."""
    by_name = {
        name or form.parameters[place]: value.value
        for place, (name, value) in enumerate(call.arguments)
        if isinstance(value, tree.Literal) and isinstance(value.value, str)
    }
    given = [name or form.parameters[place] for place, (name, _) in enumerate(call.arguments)]
    try:
        verify([by_name.get(name) for name in form.parameters if name in given])
    except Failure as failure:
        raise source.invalid(
            call.position, str(failure), code=failure.code, **failure.params
        ) from failure


def _wrong_arguments(
    source: Source, call: tree.Call, function: Builtin, names: Sequence[str | None]
) -> ExpressionInvalid:
    known = {name for form in function.forms for name in form.parameters}
    for name in names:
        if name is not None and (name not in known or names.count(name) > 1):
            return source.invalid(
                call.position,
                f"Expected each parameter of {function.name!a} once, but found {name!a}",
                code="function_parameter",
                name=function.name,
                found=name,
                expected=function.usage,
            )
    least = min(form.least for form in function.forms)
    return source.invalid(
        call.position,
        f"Expected {least} or more arguments of {function.name!a}, but found {len(names)}",
        code="function_arguments",
        name=function.name,
        found=len(names),
        expected=function.usage,
    )
