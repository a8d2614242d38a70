"""From text to tokens. FEEL and JUEL differ in a table each (`Lexis`); all patterns take linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.variables import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression.errors import ExpressionInvalid, Source

NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
DOUBLE_QUOTED = r'"(?:[^"\\]|\\.)*"'
SINGLE_QUOTED = r"'(?:[^'\\]|\\.)*'"

CHARACTER_HINTS: Mapping[str, str] = {
    **dict.fromkeys("“”„‟«»‘’", "straight_quotes"),
    "≥": "at_least",
    "≤": "at_most",
    "≠": "unequal_sign",
    "×": "times_sign",
    "÷": "divide_sign",
    "–": "minus_sign",
    "—": "minus_sign",
    "−": "minus_sign",
    "&": "and_word",
    "|": "or_word",
    "$": "braces",
    ";": "semicolon",
}
"""What is meant by a character that no expression has; `errors` tells the codes."""

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_LAST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """`kind` is name, number, text or end, or the mark or keyword itself."""

    kind: str
    text: str
    position: int
    value: Decimal | str | None = None
    quotes: int = 0
    """So many marks around the text of a name are no part of it."""

    @property
    def stop(self) -> int:
        """The offset just after it."""
        return self.position + len(self.text) + self.quotes

    @property
    def is_word(self) -> bool:
        """Whether it can be part of a name of several words: a name or a keyword."""
        return self.kind == "name" or (self.kind == self.text and self.kind.isalpha())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexis:
    """The words of a language."""

    name: str
    """Pattern of a name."""

    text: str
    """Pattern of a text literal with its quotes."""

    space: str
    """Pattern of what stands between tokens: white space, comments. An open comment goes on to the end."""

    marks: tuple[str, ...]
    """All marks; those that only the wrong language has are here too, so that they can be named."""

    keywords: frozenset[str]
    escapes: Mapping[str, str]
    """What a character after a backslash means; a backslash before any other is itself."""

    unicode_escapes: bool

    def pattern(self) -> re.Pattern[str]:
        """Give the one pattern that matches the next token."""
        marks = "|".join(re.escape(mark) for mark in sorted(self.marks, key=len, reverse=True))
        return re.compile(
            f"(?P<space>{self.space})|(?P<number>{NUMBER})|(?P<name>{self.name})"
            f"|(?P<text>{self.text})|(?P<mark>{marks})",
            re.DOTALL,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexer:
    """Cuts sources of one language."""

    lexis: Lexis
    pattern: re.Pattern[str]

    def tokens(self, source: Source) -> list[Token]:
        """Give the tokens, the last being the end just after the others. Raises ExpressionInvalid."""
        tokens: list[Token] = []
        offset = source.start
        while offset < source.stop:
            match = self.pattern.match(source.text, offset, source.stop)
            if match is None or _is_open_comment(match.group()):
                raise _unreadable(source, offset)
            if match.lastgroup != "space":
                tokens.append(self._token(source, match))
            offset = match.end()
        end = tokens[-1].stop if tokens else source.start
        return [*tokens, Token(kind="end", text="", position=end)]

    def _token(self, source: Source, match: re.Match[str]) -> Token:
        text, offset = match.group(), match.start()
        if match.lastgroup == "number":
            return Token(kind="number", text=text, position=offset, value=_number(source, match))
        if match.lastgroup == "text":
            return Token(kind="text", text=text, position=offset, value=self._text(source, match))
        if text.startswith("`"):
            return Token(kind="name", text=text[1:-1], position=offset, quotes=2)
        is_name = match.lastgroup == "name" and text not in self.lexis.keywords
        return Token(kind="name" if is_name else text, text=text, position=offset)

    def _text(self, source: Source, match: re.Match[str]) -> str:
        text = _ESCAPE.sub(self._unescaped, match.group()[1:-1])
        try:
            # Two escapes may write one character as a pair of surrogates, as in Java.
            whole = text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            whole = "\0"
        if "\0" in whole:
            raise source.invalid(
                match.start(),
                "Expected a text of Unicode characters, but one of them can't be stored",
                code="expression_text",
            )
        return whole

    def _unescaped(self, match: re.Match[str]) -> str:
        body = match.group(1)
        if len(body) > 1:
            code = int(body[1:], 16)
            readable = self.lexis.unicode_escapes and code <= _LAST_CODE_POINT
            return chr(code) if readable else match.group()
        return self.lexis.escapes.get(body, match.group())


def lexer(lexis: Lexis) -> Lexer:
    """Make the lexer of a language."""
    return Lexer(lexis=lexis, pattern=lexis.pattern())


def _number(source: Source, match: re.Match[str]) -> Decimal:
    """Read a number exactly; only computing rounds to 34 digits."""
    text = match.group()
    exponent = text.lower().partition("e")[2].lstrip("+-0")
    if len(text) <= MAX_DIGITS and len(exponent) <= len(str(MAX_DIGITS)):
        number = Decimal(text)
        if number.adjusted() <= MAX_DIGITS and -int(number.as_tuple().exponent) <= MAX_DIGITS:
            return number
    raise source.invalid(
        match.start(),
        f"Expected a number of at most {MAX_DIGITS} digits, but it is longer",
        code="expression_number",
        limit=MAX_DIGITS,
    )


def _is_open_comment(text: str) -> bool:
    return text.startswith("/*") and not (len(text) >= len("/**/") and text.endswith("*/"))


def _unreadable(source: Source, offset: int) -> ExpressionInvalid:
    found = source.text[offset]
    if found in "\"'/":
        return source.invalid(
            offset,
            f"Expected a closing {found}, but the text ends without it",
            code="expression_text_open",
            found=found,
        )
    return source.invalid(
        offset,
        f"Expected a name, number, text or operator, but found {found!a}",
        code="expression_character",
        found=found if found.isprintable() else f"U+{ord(found):04X}",
        **({"hint": CHARACTER_HINTS[found]} if found in CHARACTER_HINTS else {}),
    )
