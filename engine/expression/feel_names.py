"""FEEL: names. One word, words beside one another, or a known name, which may also hold operator signs and keywords."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from engine.expression.builtins import BUILTINS
from engine.expression.feel_hints import NOT_IN_NAMES, is_foreign
from engine.expression.feel_lexis import words_of
from engine.expression.names import Known, Words, by_first_word, words_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.expression.lexer import Token
    from engine.expression.parser import Parser

IN_NAMES = frozenset("./-'+*")
"""The signs that the name of a parameter or a key may hold (DMN 1.5, 10.3.1.2 rule 30)."""


MOST_WORDS = 6
"""No function has a name of more words."""

NEVER_IN_NAMES = ("return", "satisfies", "then", "else", "for", "some", "every")
"""Keywords that no name with several words holds: it would take what follows for a part of it."""


def known_names(names: frozenset[str]) -> Known:
    """Make what is known of names from outside."""
    return Known(_sorted(names))


@lru_cache(maxsize=64)
def _sorted(names: frozenset[str]) -> Mapping[str, Sequence[Words]]:
    return by_first_word(words for words in map(words_of, names) if words)


def name_at(parser: Parser) -> tuple[Words, str]:
    """Take the name whose first token has just been taken; give its words and itself.

    Raises ExpressionInvalid when it is a constant or keyword of another language.
    """
    first = parser.peek(-1)
    length = parser.known_here(-1)
    if not (length or first.quotes) and is_foreign(first.text, parser.token.kind):
        parser.step_back()
        raise parser.unexpected("value")
    taken = [first, *(parser.take() for _ in range((length or _run(parser)) - 1))]
    return _named(taken)


def key_at(parser: Parser) -> str:
    """Take the name of a property, which may be a keyword. Raises ExpressionInvalid when there is none."""
    if not parser.token.is_word:
        raise parser.unexpected("name")
    length = parser.known_here(0)
    first = parser.take()
    taken = [first, *(parser.take() for _ in range((length or _run(parser)) - 1))]
    return _named(taken)[1]


def name_until(parser: Parser, *marks: str) -> tuple[Words, str]:
    """Take all up to one of the marks, which stays, as the name of a key, a parameter or what runs through a list.

    Raises ExpressionInvalid when it is no name.
    """
    if not parser.token.is_word:
        raise parser.unexpected("name")
    length = length_until(parser, *marks)
    if not length:
        while not parser.at(*NEVER_IN_NAMES) and parser.token.is_word:
            parser.take()
        raise parser.unexpected(marks[0])
    return _named([parser.take() for _ in range(length)])


def length_until(parser: Parser, *marks: str) -> int:
    """Count the tokens from here to one of the marks when they are a name; 0 when something else comes first."""
    if not parser.token.is_word:
        return 0
    length = 1
    while parser.peek(length).kind not in marks and _continues(parser.peek(length)):
        length += 1
    return length if parser.peek(length).kind in marks else 0


def function_name(parser: Parser) -> str:
    """Give the words before the bracket that begins here, `""` when it is something else than the name of a function.

    Words with a keyword among them are one only if there is such a function: `a and (b)` is none.
    """
    length = 0
    while length < MOST_WORDS and parser.peek(length).is_word:
        length += 1
    if parser.peek(length).kind != "(":
        return ""
    words = [parser.peek(ahead) for ahead in range(-1, length)]
    name = " ".join(word.text for word in words)
    plain = all(word.kind == "name" and word.text not in NOT_IN_NAMES for word in words)
    return name if plain or name in BUILTINS else ""


def _run(parser: Parser) -> int:
    """Count the words beside one another, the one just taken being the first."""
    length = 1
    while parser.peek(length - 1).kind == "name" and not _stops(parser, length - 1):
        length += 1
    return length


def _stops(parser: Parser, ahead: int) -> bool:
    text = parser.peek(ahead).text
    following = parser.peek(ahead + 1).text
    return text in NOT_IN_NAMES or (text == "instance" and following == "of")


def _continues(token: Token) -> bool:
    if token.kind in NEVER_IN_NAMES:
        return False
    return token.is_word or token.kind == "number" or token.kind in IN_NAMES


def _named(taken: list[Token]) -> tuple[Words, str]:
    """Write a name with one space where anything stands between its words."""
    words = words_in(taken)
    return words, "".join(words)
