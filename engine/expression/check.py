"""What is checked of a tree before it is compiled, and which names it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expression import tree
from engine.expression.builtins import BUILTINS
from engine.expression.parser import too_deep

if TYPE_CHECKING:
    from engine.expression.budget import Budget
    from engine.expression.builtins.signature import Builtin
    from engine.expression.errors import ExpressionInvalid, Source


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
    return Names(variables=frozenset(variables), in_filters=frozenset(in_filters - variables))


@dataclass(frozen=True, slots=True)
class _Scope:
    """A name that the expression binds, and the scope around it."""

    name: str
    outer: _Scope | None


def _binds(scope: _Scope | None, name: str) -> bool:
    while scope is not None and scope.name != name:
        scope = scope.outer
    return scope is not None


def _scoped_children(
    node: tree.Node, scope: _Scope | None
) -> list[tuple[tree.Node, _Scope | None]]:
    """Give each child with the scope it stands in."""
    if isinstance(node, tree.For):
        return [(node.domain, scope), (node.body, _Scope(node.name, scope))]
    if isinstance(node, tree.Quantified):
        return [(node.domain, scope), (node.condition, _Scope(node.name, scope))]
    if isinstance(node, tree.Filter):
        return [(node.base, scope), (node.condition, _Scope("item", scope))]
    if isinstance(node, tree.ContextOf):
        inside: list[tuple[tree.Node, _Scope | None]] = []
        for key, value in node.entries:
            inside.append((value, scope))
            scope = _Scope(key, scope)
        return inside
    return [(child, scope) for child in tree.children(node)]


def _check_call(source: Source, call: tree.Call) -> None:
    function = BUILTINS.get(call.function)
    if function is None:
        raise source.invalid(
            call.position,
            f"Expected a built-in function, but there is none called {call.function!a}",
            code="function_unknown",
            name=call.function,
        )
    names = [name for name, _ in call.arguments if name is not None]
    if names:
        _check_names(source, call, function, names)
    elif not function.least <= len(call.arguments) <= (function.most or len(call.arguments)):
        raise _wrong_count(source, call, function)


def _check_names(source: Source, call: tree.Call, function: Builtin, names: list[str]) -> None:
    for name in names:
        if name not in function.parameters or names.count(name) > 1:
            raise source.invalid(
                call.position,
                f"Expected each parameter of {function.name!a} once, but found {name!a}",
                code="function_parameter",
                name=function.name,
                found=name,
                expected=", ".join(function.parameters),
            )
    if len(names) < len(call.arguments) or set(function.parameters[: function.least]) - set(names):
        raise _wrong_count(source, call, function)


def _wrong_count(source: Source, call: tree.Call, function: Builtin) -> ExpressionInvalid:
    return source.invalid(
        call.position,
        f"Expected {function.least} or more arguments of {function.name!a}, "
        f"but found {len(call.arguments)}",
        code="function_arguments",
        name=function.name,
        found=len(call.arguments),
        expected=", ".join(function.parameters),
    )
