"""The names that are known while a text is read: only they may hold operator signs or keywords (DMN 1.5, 10.3.1.4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.expression.lexer import Token

Words: TypeAlias = tuple[str, ...]
"""A name cut into tokens; those after the first begin with a space where white space stands before them.

So `a-b` is a name and `a - b` a subtraction, where only the first is known.
"""


class Known:
    """Names from outside the text, and those that it binds itself as far as it has been read."""

    def __init__(self, outside: Mapping[str, Sequence[Words]] | None = None) -> None:
        """Take the names from outside, sorted `by_first_word`."""
        self._outside = outside or {}
        self._inside: defaultdict[str, Counter[Words]] = defaultdict(Counter)
        self._keys: defaultdict[str, set[Words]] = defaultdict(set)

    def bind(self, words: Words) -> None:
        """Know one name more, until it is released."""
        self._inside[words[0]][words] += 1

    def release(self, names: Iterable[Words]) -> None:
        """Forget names that were bound."""
        for words in names:
            self._inside[words[0]][words] -= 1

    def see_key(self, words: Words) -> None:
        """Know that some context has such an entry: what stands after a point or in a filter may be it."""
        self._keys[words[0]].add(words)

    def is_bound(self, words: Words) -> bool:
        """Tell whether the text itself binds the name here."""
        return self._inside[words[0]][words] > 0 if words[0] in self._inside else False

    def is_known(self, words: Words) -> bool:
        """Tell whether it is bound here, the key of a context of this text, or known from outside."""
        return (
            self.is_bound(words)
            or words in self._keys.get(words[0], ())
            or words in self._outside.get(words[0], ())
        )

    def longest(self, tokens: Sequence[Token], start: int) -> int:
        """Count the tokens of the longest known name that begins here; 0 when there is none."""
        first = tokens[start].text
        lengths = [
            len(words)
            for names in (self._outside, self._keys, self._inside)
            for words in names.get(first, ())
            if _begins(tokens, start, words)
        ]
        return max(lengths, default=0)


def by_first_word(names: Iterable[Words]) -> Mapping[str, Sequence[Words]]:
    """Sort names by their first word."""
    under: defaultdict[str, list[Words]] = defaultdict(list)
    for words in names:
        under[words[0]].append(words)
    return dict(under)


def words_in(tokens: Sequence[Token]) -> Words:
    """Give the words that tokens beside one another are."""
    return tuple(_word(tokens, place) if place else tokens[0].text for place in range(len(tokens)))


def _begins(tokens: Sequence[Token], start: int, words: Words) -> bool:
    return start + len(words) <= len(tokens) and all(
        _word(tokens, start + place) == word for place, word in enumerate(words) if place
    )


def _word(tokens: Sequence[Token], place: int) -> str:
    token = tokens[place]
    return token.text if token.position == tokens[place - 1].stop else f" {token.text}"
