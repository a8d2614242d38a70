"""FEEL as in DMN 1.5, 10.3.1.2: its words and marks, and those of other languages that can be named when they are met."""

from __future__ import annotations

from engine.expression.errors import ExpressionInvalid, whole
from engine.expression.lexer import DOUBLE_QUOTED, Lexis, lexer
from engine.expression.names import Words, words_in

NAME_OF_TESTED = "?"
"""What a unary test calls the value that it is a test of."""

PARTIAL = "partial"
"""What the body of a `for` calls the list of its values so far."""

KEYWORDS = frozenset(
    (
        "true",
        "false",
        "null",
        "and",
        "or",
        "in",
        "between",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
    )
)

LEXER = lexer(
    Lexis(
        name=(
            r"`[^`\n]+`"  # Camunda's way to write any name
            r"|(?:[^\W\d]|[?\U00010000-\U000EFFFF])(?:\w|[\u00B7?\U00010000-\U000EFFFF])*"
        ),
        text=DOUBLE_QUOTED,
        space=r"\s+|//[^\n]*|/\*.*?(?:\*/|\Z)",
        marks=(
            *"()[]{},:.+-*/=<>!'@%^",
            "**",
            "..",
            "->",
            "!=",
            "<=",
            ">=",
            "==",
            "<>",
            "&&",
            "||",
        ),
        keywords=KEYWORDS,
        escapes={"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"},
        unicode_escapes=True,
    )
)


def words_of(name: str) -> Words:
    """Cut a name as the lexer would; without words when it holds what no name can."""
    try:
        return words_in(LEXER.tokens(whole(name))[:-1])
    except ExpressionInvalid:
        return ()
