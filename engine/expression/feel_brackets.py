"""FEEL: names, calls, and everything in brackets: ranges, lists, contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import tree
from engine.expression.builtins import BUILTINS

if TYPE_CHECKING:
    from engine.expression.lexer import Token
    from engine.expression.parser import Parser
    from engine.expression.tree import Node

MOST_WORDS = 6
"""No name of several words, of a function or a key, has more."""


def name_or_call(parser: Parser, token: Token) -> Node:
    """Read a variable, or `function name(…)`."""
    further = _words_before(parser, "(")
    if further is None or not _is_function(parser, token, further):
        return tree.Name(position=token.position, name=token.text)
    words = [token.text, *(parser.take().text for _ in range(further))]
    parser.expect("(")
    arguments = _arguments(parser)
    return tree.Call(position=token.position, function=" ".join(words), arguments=arguments)


def parenthesis(parser: Parser, token: Token) -> Node:
    """Read `(value)` or `(low..high]`."""
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


def open_range(parser: Parser, token: Token) -> Node:
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
    """Read `{key: value}`; a key is a text or words."""
    entries: dict[str, Node] = {}
    for _ in parser.parts("}"):
        position, key = parser.token.position, _key(parser)
        if key in entries:
            raise parser.source.invalid(
                position,
                f"Expected each key once, but {key!a} is there twice",
                code="expression_key_twice",
                key=key,
            )
        entries[key] = parser.expression()
    return tree.ContextOf(position=token.position, entries=tuple(entries.items()))


def _key(parser: Parser) -> str:
    if parser.at("text"):
        key = str(parser.take().value)
    else:
        key = _words(parser, _words_before(parser, ":") or 1)
    parser.expect(":")
    return key


def _arguments(parser: Parser) -> tuple[tuple[str | None, Node], ...]:
    return tuple(_argument(parser) for _ in parser.parts(")"))


def _argument(parser: Parser) -> tuple[str | None, Node]:
    length = _words_before(parser, ":")
    name = _words(parser, length) if length else None
    if name is not None:
        parser.expect(":")
    return name, parser.expression()


def _words(parser: Parser, length: int) -> str:
    words: list[str] = []
    for _ in range(length):
        if not parser.token.is_word:
            raise parser.unexpected("name")
        words.append(parser.take().text)
    return " ".join(words)


def _words_before(parser: Parser, mark: str) -> int | None:
    """Count the words from here to the mark; None: something else comes first."""
    length = 0
    while length < MOST_WORDS and parser.peek(length).is_word:
        length += 1
    return length if parser.peek(length).kind == mark else None


def _is_function(parser: Parser, first: Token, further: int) -> bool:
    """Tell a call from `a and (b)`: words with a keyword among them are a function only if there is one."""
    words = [first, *(parser.peek(ahead) for ahead in range(further))]
    known = " ".join(word.text for word in words) in BUILTINS
    return known or all(word.kind == "name" for word in words)
