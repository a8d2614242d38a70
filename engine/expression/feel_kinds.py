"""FEEL: types as they are written, after `instance of` and `parameter:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.feel_names import name_until
from engine.expression.kinds import ANY, CLASSES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.expression.parser import Parser

_LONGEST = 5
"""Words of the longest name of a type."""


def kind(parser: Parser) -> Kind:
    """Read a type. Raises ExpressionInvalid when there is none of that name."""
    parser.enter()
    name = _name(parser)
    found = Kind(name=name)
    if name == "function" and parser.at("<", "<>"):
        found = _function(parser)
    elif name == "context" and parser.accept("<"):
        found = Kind(name=name, entries=tuple(_entry(parser) for _ in _parts(parser)))
    elif name in ("list", "range") and parser.accept("<"):
        found = Kind(name=name, parts=(kind(parser),))
        parser.expect(">")
    parser.leave()
    return found


def _name(parser: Parser) -> str:
    """Read the longest name of a type that stands here."""
    for length in range(_LONGEST, 0, -1):
        words = [parser.peek(ahead).text for ahead in range(length)]
        name = " ".join(words)
        if name in CLASSES or name == ANY:
            for _ in words:
                parser.take()
            return name
    if not parser.token.is_word:
        raise parser.unexpected("type")
    raise parser.source.invalid(
        parser.token.position,
        f"Expected a type of FEEL, but there is none called {parser.token.text!a}",
        code="type_unknown",
        name=parser.token.text,
    )


def _function(parser: Parser) -> Kind:
    parameters: tuple[Kind, ...] = ()
    if not parser.accept("<>"):
        parser.expect("<")
        parameters = tuple(kind(parser) for _ in _parts(parser))
    parser.expect("->")
    return Kind(name="function", parts=(*parameters, kind(parser)))


def _entry(parser: Parser) -> tuple[str, Kind]:
    key = name_until(parser, ":")[1]
    parser.expect(":")
    return key, kind(parser)


def _parts(parser: Parser) -> Iterator[None]:
    return parser.parts(">")
