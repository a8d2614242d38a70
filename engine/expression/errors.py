"""What can be wrong with an expression: its text (at deploy) or its evaluation (in a case).

No error names a value of the case, only kinds of values ("text", "number"): logs and incidents hold no personal facts.

`expression_syntax` and `expression_character` may have the param `hint`, for what is often meant:

    equals_once, unequal_sign, and_word, or_word, not_function, power_sign   marks of other languages: == <> && || ! ^
    double_quotes, straight_quotes      a text in other quotes
    lower_case                          True, NULL, AND: `expected` is how FEEL writes it
    and_word, or_word, not_word, if_word, then_word   dan, atau, bukan, jika, maka
    then_missing, else_missing          `if` without them
    if_then_else                        `a ? b : c`
    at_least, at_most                   => and ≥, =< and ≤
    decimal_comma, thousands_points     1,5 and 1.000.000
    modulo_function, percent_sign       a % b, 50%
    times_sign, divide_sign, minus_sign    × ÷ –
    braces, semicolon                   `${` inside FEEL, `;`
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import DefinitionError, ExecutionFailed


class ExpressionInvalid(DefinitionError):
    """The text is no expression we run.

    `position` is the column, counted from 1 in its `line`, of the text as its author wrote it; `found` and `expected` are
    code words or quoted marks, None where the code says it all.
    """

    def __init__(
        self, message: str, *, code: str, line: int, column: int, **params: str | int
    ) -> None:
        super().__init__(message, code=code, line=line, column=column, **params)
        self.line = line
        self.position = column
        self.found = params.get("found")
        self.expected = params.get("expected")


class EvaluationFailed(ExecutionFailed):
    """The expression has no value for these variables; `position` is a column as in `ExpressionInvalid`."""

    def __init__(
        self, message: str, *, code: str, line: int, column: int, source: str, **params: str | int
    ) -> None:
        super().__init__(message, code=code, line=line, column=column, source=source, **params)
        self.line = line
        self.position = column
        self.source = source


class Failure(Exception):
    """Inside this package: evaluation can't go on. `Expression` turns it into `EvaluationFailed` with its place."""

    def __init__(self, message: str, *, code: str, **params: str | int) -> None:
        super().__init__(message)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text as its author wrote it; the expression proper is `text[start:stop]`, offsets count from 0 in `text`."""

    text: str
    start: int
    stop: int

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column, both counted from 1."""
        line_start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, offset) + 1, offset - line_start + 1

    def invalid(
        self, offset: int, message: str, *, code: str, **params: str | int
    ) -> ExpressionInvalid:
        """Make the error for something wrong at the offset."""
        line, column = self.place(offset)
        return ExpressionInvalid(
            message, code=code, line=line, column=column, source=self.text, **params
        )

    def failed(self, offset: int, failure: Failure) -> EvaluationFailed:
        """Make the error for an evaluation that stopped at the offset."""
        line, column = self.place(offset)
        return EvaluationFailed(
            str(failure),
            code=failure.code,
            line=line,
            column=column,
            source=self.text,
            **failure.params,
        )


def whole(text: str) -> Source:
    """Give the source whose expression is the whole text."""
    return Source(text=text, start=0, stop=len(text))
