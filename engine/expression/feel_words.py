"""FEEL: what begins with a word: names and calls, `if`, `for`, `some`, `every` and function definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import tree
from engine.expression.builtins import BUILTINS
from engine.expression.feel_brackets import arguments
from engine.expression.feel_kinds import kind
from engine.expression.feel_lexis import PARTIAL, words_of
from engine.expression.feel_names import function_name, name_at, name_until

if TYPE_CHECKING:
    from engine.expression.kinds import Kind
    from engine.expression.lexer import Token
    from engine.expression.names import Words
    from engine.expression.parser import Parser
    from engine.expression.tree import Node


def name_or_call(parser: Parser, token: Token) -> Node:
    """Read a variable, a function definition, or a call of a function by its name."""
    if token.text == "function" and parser.at("("):
        return _function(parser, token)
    called = function_name(parser)
    if called in BUILTINS and not parser.known.is_bound(words_of(called)):
        return _call(parser, token, called)
    words, name = name_at(parser)
    if parser.at("(") and not parser.known.is_known(words):
        return _call(parser, token, name)
    return tree.Name(position=token.position, name=name)


def condition(parser: Parser, token: Token) -> Node:
    """Read `if … then … else …`; FEEL has no `if` without `else`."""
    question = parser.expression()
    parser.expect("then")
    then = parser.expression()
    parser.expect("else")
    otherwise = parser.expression()
    return tree.If(position=token.position, condition=question, then=then, otherwise=otherwise)


def loop(parser: Parser, token: Token) -> Node:
    """Read `for a in …, b in … return …`."""
    bound: list[Words] = []
    iterators = _iterators(parser, bound, "return")
    bound.append((PARTIAL,))
    parser.known.bind(bound[-1])
    body = parser.expression()
    _leave(parser, bound, levels=len(iterators))
    return tree.For(position=token.position, iterators=iterators, body=body)


def quantified(parser: Parser, token: Token) -> Node:
    """Read `some a in …, b in … satisfies …`, or `every`."""
    bound: list[Words] = []
    iterators = _iterators(parser, bound, "satisfies")
    test = parser.expression()
    _leave(parser, bound, levels=len(iterators))
    return tree.Quantified(
        position=token.position, quantifier=token.kind, iterators=iterators, condition=test
    )


def _call(parser: Parser, token: Token, function: str) -> Node:
    while not parser.accept("("):
        parser.take()
    return tree.Call(position=token.position, function=function, arguments=arguments(parser))


def _iterators(parser: Parser, bound: list[Words], last: str) -> tuple[tree.Each, ...]:
    """Read the iterators up to the last word, which is taken; each is a level of nesting until the loop is over."""
    iterators = [_iterator(parser, bound)]
    while parser.accept(","):
        iterators.append(_iterator(parser, bound))
    parser.expect(last)
    return tuple(iterators)


def _iterator(parser: Parser, bound: list[Words]) -> tree.Each:
    parser.enter()
    position = parser.token.position
    words, name = name_until(parser, "in")
    parser.expect("in")
    domain = parser.expression()
    if parser.at(".."):
        dots = parser.take().position
        high = parser.expression()
        domain = tree.RangeOf(
            position=dots, low=domain, high=high, low_included=True, high_included=True
        )
    parser.known.bind(words)
    bound.append(words)
    return tree.Each(position=position, name=name, domain=domain)


def _leave(parser: Parser, bound: list[Words], *, levels: int) -> None:
    parser.known.release(bound)
    for _ in range(levels):
        parser.leave()


def _function(parser: Parser, token: Token) -> Node:
    """Read `(name: kind, …) body`. Raises ExpressionInvalid for `external`, which would run Java."""
    parser.expect("(")
    bound: list[Words] = []
    parameters: dict[str, Kind | None] = {}
    for _ in parser.parts(")"):
        position, (words, name) = parser.token.position, name_until(parser, ":", ",", ")")
        if name in parameters:
            raise parser.source.invalid(
                position,
                f"Expected each parameter once, but {name!a} is there twice",
                code="function_parameter_twice",
                name=name,
            )
        parameters[name] = kind(parser) if parser.accept(":") else None
        parser.known.bind(words)
        bound.append(words)
    if parser.token.text == "external":
        raise parser.source.invalid(
            parser.token.position,
            "Expected a function that is written in FEEL, but it is an external one",
            code="function_external",
        )
    body = parser.expression()
    parser.known.release(bound)
    return tree.FunctionOf(position=token.position, parameters=tuple(parameters.items()), body=body)
