"""Which language a text is in. `${…}` and `#{…}` are JUEL, a leading `=` is FEEL, on every platform (DESIGN.md 5.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.expression.errors import Source, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.expression.errors import ExpressionInvalid


class Language(StrEnum):
    """The languages of expressions in a drawing."""

    FEEL = "feel"
    JUEL = "juel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a text: an expression without its `${` and `}`, or plain text."""

    source: Source
    is_expression: bool

    @property
    def text(self) -> str:
        """The stretch itself."""
        return self.source.text[self.source.start : self.source.stop]


_OPENING = re.compile(r"\\?[$#]\{")
_INSIDE = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[{}]""", re.DOTALL)


def is_expression(text: str) -> bool:
    """Tell whether the text is to be evaluated: it begins with `=` or has a `${` or `#{` in it."""
    return text.lstrip().startswith("=") or any(
        not match.group().startswith("\\") for match in _OPENING.finditer(text)
    )


def language_of(text: str, *, default: Language | None) -> tuple[Language, str]:
    """Give the language and the expression without prefix or braces.

    A text without prefix is in the default language; raises ExpressionInvalid when there is none, when the `}` is
    missing, or when more text follows it.
    """
    language, source = source_of(text, default=default)
    return language, source.text[source.start : source.stop]


def source_of(text: str, *, default: Language | None) -> tuple[Language, Source]:
    """Do as `language_of` and keep the whole text, so that columns are those its author sees."""
    start = len(text) - len(text.lstrip())
    stop = len(text.rstrip())
    if text.startswith("=", start):
        return Language.FEEL, Source(text=text, start=start + 1, stop=len(text))
    if text.startswith(("${", "#{"), start):
        return Language.JUEL, _only_part(Source(text=text, start=start, stop=stop))
    if default is None:
        raise whole(text).invalid(
            start,
            "Expected an expression that begins with '${' or '=', but found plain text",
            code="expression_prefix_missing",
        )
    return default, whole(text)


def parts_of(text: str) -> Iterator[Part]:
    r"""Cut a text with `${…}` in it into its parts; `\${` and `\#{` are plain text without the backslash.

    Raises ExpressionInvalid when a `}` is missing.
    """
    offset = plain = 0
    while opening := _OPENING.search(text, offset):
        yield from _plain(text, plain, opening.start())
        if opening.group().startswith("\\"):
            plain, offset = opening.start() + 1, opening.end()
            continue
        closing = _closing(whole(text), opening.start())
        yield Part(source=Source(text=text, start=opening.end(), stop=closing), is_expression=True)
        plain = offset = closing + 1
    yield from _plain(text, plain, len(text))


def _plain(text: str, start: int, stop: int) -> Iterator[Part]:
    if start < stop:
        yield Part(source=Source(text=text, start=start, stop=stop), is_expression=False)


def _only_part(braced: Source) -> Source:
    closing = _closing(braced, braced.start)
    if closing + 1 < braced.stop:
        raise braced.invalid(
            closing + 1,
            "Expected one expression, but more text follows its closing brace",
            code="expression_mixed",
            found=braced.text[closing + 1 : braced.stop][:40],
        )
    return Source(text=braced.text, start=braced.start + 2, stop=closing)


def _closing(source: Source, opening: int) -> int:
    """Give the offset of the brace that closes the one opened here; braces inside quotes don't count."""
    depth = 0
    for match in _INSIDE.finditer(source.text, opening, source.stop):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return match.start()
    raise _open_brace(source, opening)


def _open_brace(source: Source, opening: int) -> ExpressionInvalid:
    return source.invalid(
        opening,
        "Expected a closing brace, but the text ends without it",
        code="expression_brace_open",
    )
