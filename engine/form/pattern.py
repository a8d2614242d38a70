"""Patterns: a JavaScript regular expression, as form-js tests with it, matched by RE2 in linear time.

form-js asks `new RegExp(pattern).test(text)`: found anywhere, without flags. What RE2 reads otherwise than JavaScript is
written anew here; what it can't do (looking around, back references) is refused by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import re2

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS = 1_000
"""Characters that a pattern may have."""

MOST_MEMORY = 1 << 20
"""Bytes that RE2 may take for one pattern: more is a pattern made to be large."""

_SPACE = (
    r"\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"
)
"""What `\\s` means in JavaScript (ECMA-262, CharacterClassEscape)."""

_LINE_ENDS = r"\n\r\x{2028}\x{2029}"
"""What `.` does not match in JavaScript."""

_EVERYTHING = r"\x00-\x{10ffff}"

_TOKEN = re.compile(
    r"""(?P<same>\\(?:[dDwWtnrfv]|[^A-Za-z0-9]|x[0-9A-Fa-f]{2}))
    | \\u(?P<unicode>[0-9A-Fa-f]{4})
    | \\(?P<space>[sS])
    | \\(?P<edge>[bB])
    | \(\?<(?P<name>[A-Za-z_$][\w$]*)>
    | (?P<plain>\(\?:|\((?!\?)|[^\\.\[\](])
    | (?P<sign>[.\]])
    | (?P<other>\\c[A-Za-z]|\\k<[^>]*>|\\.|\(\?(?:<[=!]|.)?|\\)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)


class PatternInvalid(ValueError):
    """The text is no regular expression."""


class PatternUnsupported(ValueError):
    """`part` of the pattern means something that RE2 can't do, or does otherwise than JavaScript."""

    def __init__(self, part: str) -> None:
        super().__init__(f"Expected a pattern that RE2 runs as JavaScript does, but found {part!a}")
        self.part = part


class _Search(Protocol):
    """What we use of a compiled RE2."""

    def search(self, text: str, /) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A compiled pattern; two are the same when their text is."""

    source: str
    _compiled: _Search = field(repr=False, compare=False)

    def fits(self, text: str) -> bool:
        """Tell whether the pattern is found anywhere in the text."""
        return self._compiled.search(text) is not None


def compile_pattern(source: str) -> Pattern:
    """Compile a JavaScript pattern. Raises PatternInvalid and PatternUnsupported."""
    if len(source) > MOST_CHARACTERS:
        raise PatternUnsupported(source[MOST_CHARACTERS : MOST_CHARACTERS + 10])
    options = re2.Options()
    options.max_mem = MOST_MEMORY
    options.log_errors = False
    try:
        compiled: _Search = re2.compile("".join(_translated(source)), options)
    except re2.error as error:
        raise PatternInvalid(source) from error
    return Pattern(source=source, _compiled=compiled)


def _translated(source: str) -> Iterator[str]:
    """Give the pattern as RE2 writes it, token by token."""
    offset = 0
    while offset < len(source):
        if source[offset] == "[":
            end = _end_of_set(source, offset)
            yield _set(source[offset:end])
        else:
            token = _token(source, offset)
            end = token.end()
            yield _outside(token)
        offset = end


def _token(source: str, offset: int) -> re.Match[str]:
    token = _TOKEN.match(source, offset)
    if token is None or token["other"] is not None:
        raise PatternUnsupported(token[0] if token else source[offset : offset + 3])
    return token


def _outside(token: re.Match[str]) -> str:
    if token["unicode"]:
        return rf"\x{{{token['unicode']}}}"
    if token["space"]:
        return f"[{'^' if token['space'] == 'S' else ''}{_SPACE}]"
    if token["name"]:
        return "("
    if token["sign"]:
        return f"[^{_LINE_ENDS}]" if token["sign"] == "." else rf"\{token['sign']}"
    return token[0]


def _end_of_set(source: str, start: int) -> int:
    offset = start + 1
    while offset < len(source) and source[offset] != "]":
        offset += 2 if source[offset] == "\\" else 1
    if offset >= len(source):
        raise PatternInvalid(source)
    return offset + 1


def _set(source: str) -> str:
    """Give a set `[…]`; in JavaScript `[]` matches nothing and `[^]` everything."""
    negated = source.startswith("[^")
    inside = source[2 if negated else 1 : -1]
    if not inside:
        return f"[{'' if negated else '^'}{_EVERYTHING}]"
    return f"[{'^' if negated else ''}{''.join(_members(inside))}]"


def _members(inside: str) -> Iterator[str]:
    offset = 0
    while offset < len(inside):
        if inside[offset] != "\\":
            # a bracket would begin RE2's own [:names:]
            yield rf"\{inside[offset]}" if inside[offset] == "[" else inside[offset]
            offset += 1
            continue
        token = _token(inside, offset)
        if token["space"] == "S" or token["edge"] == "B":
            raise PatternUnsupported(f"[{token[0]}]")
        yield _SPACE if token["space"] else r"\x08" if token["edge"] else _outside(token)
        offset = token.end()
