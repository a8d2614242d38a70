"""FEEL: what begins with a keyword: `if`, `for`, `some` and `every`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import tree

if TYPE_CHECKING:
    from engine.expression.lexer import Token
    from engine.expression.parser import Parser, Prefix
    from engine.expression.tree import Node


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
    name, domain = _iterator(parser)
    joins = parser.at(",")
    body = _rest(parser, token, again=loop, last="return")
    return tree.For(position=token.position, name=name, domain=domain, body=body, joins=joins)


def quantified(parser: Parser, token: Token) -> Node:
    """Read `some a in …, b in … satisfies …`, or `every`."""
    name, domain = _iterator(parser)
    test = _rest(parser, token, again=quantified, last="satisfies")
    return tree.Quantified(
        position=token.position, quantifier=token.kind, name=name, domain=domain, condition=test
    )


def _iterator(parser: Parser) -> tuple[str, Node]:
    name = parser.expect("name").text
    parser.expect("in")
    domain = parser.expression()
    if parser.at(".."):
        position = parser.take().position
        domain = tree.RangeOf(
            position=position,
            low=domain,
            high=parser.expression(),
            low_included=True,
            high_included=True,
        )
    return name, domain


def _rest(parser: Parser, token: Token, *, again: Prefix, last: str) -> Node:
    """Read the next iterator of the same loop as a loop inside this one, or the body."""
    parser.enter()
    if parser.accept(","):
        body = again(parser, token)
    else:
        parser.expect(last)
        body = parser.expression()
    parser.leave()
    return body
