"""FEEL: everything in brackets: ranges, lists, contexts, the arguments of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import tree
from engine.expression.feel_lexis import words_of
from engine.expression.feel_names import length_until, name_until

if TYPE_CHECKING:
    from engine.expression.lexer import Token
    from engine.expression.names import Words
    from engine.expression.parser import Parser
    from engine.expression.tree import Node

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


def parenthesis(parser: Parser, token: Token) -> Node:
    """Read `(value)`, `(low..high]` or `(< value)`."""
    if parser.at(*COMPARISONS):
        return _open_range(parser)
    first = parser.expression()
    if parser.at(".."):
        return range_from(parser, token, first)
    parser.expect(")")
    return first


def bracket(parser: Parser, token: Token) -> Node:
    """Read `[a, b]` or `[low..high]`."""
    if parser.accept("]"):
        return tree.ListOf(position=token.position, items=())
    items = [parser.expression()]
    if parser.at(".."):
        return range_from(parser, token, items[0])
    while parser.accept(","):
        items.append(parser.expression())
    parser.expect("]")
    return tree.ListOf(position=token.position, items=tuple(items))


def range_without_low(parser: Parser, token: Token) -> Node:
    """Read `]low..high]`."""
    return range_from(parser, token, parser.expression())


def range_from(parser: Parser, opening: Token, low: Node) -> Node:
    """Read the rest of a range, from the two dots on."""
    parser.expect("..")
    high = parser.expression()
    if not parser.at("]", ")", "["):
        raise parser.unexpected("]")
    return tree.RangeOf(
        position=opening.position,
        low=low,
        high=high,
        low_included=opening.kind == "[",
        high_included=parser.take().kind == "]",
    )


def context(parser: Parser, token: Token) -> Node:
    """Read `{key: value}`; a key is a text or a name, and known to the entries after it."""
    entries: dict[str, Node] = {}
    bound: list[Words] = []
    for _ in parser.parts("}"):
        position, (words, key) = parser.token.position, _key(parser)
        if key in entries:
            raise parser.source.invalid(
                position,
                f"Expected each key once, but {key!a} is there twice",
                code="expression_key_twice",
                key=key,
            )
        entries[key] = parser.expression()
        if words:
            parser.known.see_key(words)
            parser.known.bind(words)
            bound.append(words)
    parser.known.release(bound)
    return tree.ContextOf(position=token.position, entries=tuple(entries.items()))


def arguments(parser: Parser) -> tuple[tuple[str | None, Node], ...]:
    """Read the arguments of a call, after its bracket: all named or none."""
    return tuple(_argument(parser) for _ in parser.parts(")"))


def _open_range(parser: Parser) -> Node:
    operator = parser.take()
    operand = parser.expression()
    parser.expect(")")
    return tree.OpenRange(position=operator.position, operator=operator.kind, operand=operand)


def _key(parser: Parser) -> tuple[Words, str]:
    if parser.at("text"):
        key = str(parser.take().value)
        found = words_of(key), key
    else:
        found = name_until(parser, ":")
    parser.expect(":")
    return found


def _argument(parser: Parser) -> tuple[str | None, Node]:
    name = None
    if length_until(parser, ":"):
        name = name_until(parser, ":")[1]
        parser.expect(":")
    return name, parser.expression()
