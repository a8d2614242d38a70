"""One expression tried out, for `alur feel` and the page *Coba ekspresi*: evaluated as in a case, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from engine.expression import (
    EvaluationFailed,
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_literal_or_expression,
    compile_text,
    compile_unary_tests,
    is_expression,
)
from engine.expression.values import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.expression import Expression
    from engine.variables import Value

    Problem: TypeAlias = ExpressionInvalid | EvaluationFailed

TESTED = "?"
"""The variable that unary tests are about (DMN 1.5, 10.3.1.2, rule 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of it: a value of a kind (`engine.expression.values.kind_of`), or what is wrong.

    `used` are the variables that the expression takes and that are there, `unknown` those that it asked for in vain.
    """

    value: Value = None
    kind: str = ""
    used: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    problem: Problem | None = None


def try_out(
    text: str, language: Language, variables: Mapping[str, Value], *, now: datetime
) -> Tried:
    """Evaluate a text; its prefix says which language it is in, else `language` does."""
    try:
        return _tried(_compiled(text, language, frozenset(variables)), variables, now)
    except ExpressionInvalid as error:
        return Tried(problem=error)


def try_tests(text: str, variables: Mapping[str, Value], *, tested: Value, now: datetime) -> Tried:
    """Evaluate unary tests, as in a cell of a decision table, of a value."""
    try:
        expression = compile_unary_tests(text, names=frozenset(variables))
    except ExpressionInvalid as error:
        return Tried(problem=error)
    return _tried(expression, {**variables, TESTED: tested}, now)


def _compiled(text: str, language: Language, names: frozenset[str]) -> Expression:
    if language is Language.JUEL and is_expression(text):
        return compile_literal_or_expression(text, language)
    if text.lstrip().startswith(("=", "${", "#{")):
        return compile_text(text, default=language)
    return compile_expression(text, language, names=names)


def _tried(expression: Expression, variables: Mapping[str, Value], now: datetime) -> Tried:
    unknown: set[str] = set()
    asked = (expression.names | expression.filter_names) - {TESTED}
    used = tuple(sorted(asked & variables.keys()))
    try:
        value = expression.evaluate(variables, now=now, unknown=unknown)
        kind = kind_of(expression.compute(variables, now=now))
    except EvaluationFailed as error:
        return Tried(used=used, unknown=tuple(sorted(unknown)), problem=error)
    return Tried(value=value, kind=kind, used=used, unknown=tuple(sorted(unknown)))
