"""Patterns of FEEL: XPath regular expressions (DMN 1.5, 10.3.4.3; XQuery and XPath Functions 3.1, 5.6), matched by RE2.

RE2 takes linear time whatever the pattern. What XPath writes otherwise is written anew here; what linear time can't do
(back references, looking around) and what RE2 hasn't got is refused by name, never passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import re2

from engine.expression.builtins.xpath_sets import SETS, invalid, property_set, set_at, unsupported
from engine.expression.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS = 1_000
"""Characters that a pattern may have."""

MOST_MEMORY = 1 << 20
"""Bytes that RE2 may take for one pattern: more is a pattern made to be large."""

CACHED = 1_024

FLAGS = frozenset("smixq")

_OUT_OF_MEMORY, _REPEATED_TOO_OFTEN = "too large", "repetition size"
"""What RE2 says of patterns that XPath allows."""

_SPACE = re.compile(r"(?P<set>\\.|\[(?:[^\\\]]|\\.)*\])|[ \t\n\r]+", re.DOTALL)
"""White space that flag x takes out: that which is in no set."""

_TOKEN = re.compile(
    r"""\\(?P<same>[nrt\\|.?*+(){}$\-\[\]^])
    | \\(?P<set>[sSdDwWiIcC])
    | \\(?P<negated>[pP])\{(?P<property>[^{}]*)\}
    | (?P<back>\\[0-9]+|\\k<[^>]*>)
    | (?P<group>\((?:\?:|(?!\?)))
    | (?P<around>\(\?(?:<?[=!]|[^)]?))
    | (?P<repeat>[*+?]\??|\{[0-9]+(?:,[0-9]*)?\}\??)
    | (?P<sign>[.\]}])
    | (?P<plain>[^\\\[{(])""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)


class Match(Protocol):
    """What we use of a match."""

    def span(self) -> tuple[int, int]:
        """Give where it begins and ends."""

    def group(self, number: int, /) -> str | None:
        """Give the text of a group."""


class _Compiled(Protocol):
    """What we use of a compiled RE2."""

    groups: int
    programsize: int

    def search(self, text: str, /) -> object: ...
    def finditer(self, text: str, /) -> Iterator[Match]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A compiled pattern; `is_plain` when no character of it, nor of a replacement, means more than itself."""

    is_plain: bool
    _compiled: _Compiled = field(repr=False)

    @property
    def groups(self) -> int:
        """How many groups it has."""
        return self._compiled.groups

    def cost(self, text: str) -> int:
        """Give the steps that matching against a text takes at the worst, the making of the pattern included."""
        size = self._compiled.programsize
        return 1 + size // 8 + len(text) * size // 4_096

    def fits(self, text: str) -> bool:
        """Tell whether it is found anywhere in the text."""
        return self._compiled.search(text) is not None

    def matches_in(self, text: str) -> Iterator[Match]:
        """Give the matches from the first to the last."""
        return self._compiled.finditer(text)


@lru_cache(maxsize=CACHED)
def compile_pattern(source: str, flags: str) -> Pattern:
    """Compile a pattern. Raises Failure: `pattern_invalid` where XPath has no meaning for it, others where RE2 can't do it."""
    if not FLAGS.issuperset(flags):
        raise invalid(flags)
    if len(source) > MOST_CHARACTERS:
        raise Failure(
            f"Expected a pattern of at most {MOST_CHARACTERS} characters, but it is longer",
            code="pattern_length",
            limit=MOST_CHARACTERS,
        )
    written = re2.escape(source) if "q" in flags else "".join(_translated(source, flags))
    options = re2.Options()
    options.max_mem = MOST_MEMORY
    options.log_errors = False
    options.case_sensitive = "i" not in flags
    try:
        compiled: _Compiled = re2.compile(f"(?m:{written})" if "m" in flags else written, options)
    except re2.error as error:
        raise _refused(source, str(error)) from error
    return Pattern(is_plain="q" in flags, _compiled=compiled)


def _refused(source: str, reason: str) -> Failure:
    if _OUT_OF_MEMORY in reason:
        return Failure(
            "Expected a pattern that fits into the memory for it, but it does not",
            code="pattern_size",
        )
    return unsupported(source) if _REPEATED_TOO_OFTEN in reason else invalid(source)


def _translated(source: str, flags: str) -> Iterator[str]:
    """Give the pattern as RE2 writes it, token by token."""
    if "x" in flags:
        source = _SPACE.sub(lambda match: match["set"] or "", source)
    offset = 0
    while offset < len(source):
        if source[offset] == "[":
            written, offset = set_at(source, offset)
            yield written
            continue
        token = _token(source, offset)
        offset = token.end()
        yield _outside(token, flags)


def _token(source: str, offset: int) -> re.Match[str]:
    token = _TOKEN.match(source, offset)
    if token is None or token[0] == r"\0":
        raise invalid(source[offset : offset + 10])
    if token["back"] or token["around"]:
        raise unsupported(token[0])
    return token


def _outside(token: re.Match[str], flags: str) -> str:
    if token["set"]:
        return f"[{SETS[token['set']]}]"
    if token["negated"]:
        return f"[{property_set(token['negated'], token['property'])}]"
    if token["sign"]:
        if token["sign"] != ".":
            return rf"\{token['sign']}"
        return r"(?s:.)" if "s" in flags else r"[^\n\r]"
    return token[0]
