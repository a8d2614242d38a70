"""A compiled expression, and the three ways to one: a text with, without or only perhaps with a prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.expression import tree
from engine.expression.budget import DEFAULT_BUDGET, Budget
from engine.expression.check import asks_now, check, names_of
from engine.expression.errors import Failure, Source, whole
from engine.expression.feel_compile import feel_closure
from engine.expression.feel_parser import parse_feel, parse_unary_tests
from engine.expression.frame import Frame
from engine.expression.juel_compile import juel_closure
from engine.expression.juel_parser import parse_juel
from engine.expression.language import Language, Part, parts_of, source_of
from engine.expression.rendering import value_of
from engine.expression.scopes import OUTERMOST
from engine.expression.values import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from engine.expression.loops import Closure
    from engine.expression.tree import Node
    from engine.expression.values import Datum
    from engine.variables import Value

CACHED = 4096
"""So many compiled expressions are kept; a drawing has some dozens."""

_NO_NAMES: frozenset[str] = frozenset()

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Ready to be evaluated, any number of times and in any thread."""

    source: str
    """The text as its author wrote it; columns of errors count in it."""

    language: Language
    names: frozenset[str]
    """The variables it uses, without the names it binds itself."""

    filter_names: frozenset[str]
    """Names inside FEEL filters: entries of the elements or, for those without such an entry, variables."""

    asks_now: bool
    """Whether it asks what time it is: only then `now` has to be known."""

    _source: Source = field(repr=False, compare=False)
    _budget: Budget = field(repr=False)
    _run: Closure = field(repr=False, compare=False)

    def evaluate(
        self,
        variables: Mapping[str, Value],
        *,
        now: datetime | None = None,
        unknown: set[str] | None = None,
    ) -> Value:
        """Give the value for these variables, which stay as they are; lists and objects in it are new.

        Dates, times and durations leave as their ISO texts. `now` is the moment in the agency's zone, for `now()` and
        `today()`; names that FEEL found nowhere and took as null are added to `unknown`. Raises EvaluationFailed when
        there is no value (JUEL) or the budget is used up.
        """
        frame = Frame(variables, self._budget, now, unknown)
        result = self._computed(frame)
        return result if isinstance(result, bool) else self._guarded(frame, value_of, result)

    def compute(
        self,
        variables: Mapping[str, Datum],
        *,
        now: datetime | None = None,
        unknown: set[str] | None = None,
    ) -> Datum:
        """Do as `evaluate`, where both sides are values inside expressions: for decisions, which hand them on."""
        return self._computed(Frame(variables, self._budget, now, unknown))

    def compute_in(self, frame: Frame) -> Datum:
        """Do as `compute`, with the variables of a frame and on what is left of its budget."""
        return self._computed(frame)

    def is_true(
        self,
        variables: Mapping[str, Value],
        *,
        now: datetime | None = None,
        unknown: set[str] | None = None,
    ) -> bool:
        """Decide a condition: true only for true; in FEEL, null is false (DMN 1.5, 10.3.2.15 reads it so in `if`).

        Raises EvaluationFailed for any other value.
        """
        value = self._computed(Frame(variables, self._budget, now, unknown))
        if isinstance(value, bool):
            return value
        if value is None and self.language is Language.FEEL:
            return False
        raise self._source.failed(
            self._source.start,
            Failure(
                f"Expected true or false, but the condition gives a {kind_of(value)}",
                code="condition_not_boolean",
                found=kind_of(value),
            ),
        )

    def _computed(self, frame: Frame) -> Datum:
        try:
            return self._run(frame)
        except Failure as failure:
            raise self._source.failed(frame.position, failure) from failure
        except RecursionError as error:
            raise self._source.failed(frame.position, _stack_used_up()) from error

    def _guarded(
        self, frame: Frame, leave: Callable[[Frame, Datum], Value], result: Datum
    ) -> Value:
        try:
            return leave(frame, result)
        except Failure as failure:
            raise self._source.failed(frame.position, failure) from failure


def compile_expression(
    text: str,
    language: Language,
    *,
    names: frozenset[str] = _NO_NAMES,
    budget: Budget = DEFAULT_BUDGET,
) -> Expression:
    """Compile a text without prefix. Raises ExpressionInvalid with the place and what is expected there.

    `names` are known names for FEEL: of variables that may hold operator signs or keywords (`data-diri`), and of those
    that may be functions.
    """
    return _compiled(whole(text), language, budget, names)


def compile_unary_tests(
    text: str, *, names: frozenset[str] = _NO_NAMES, budget: Budget = DEFAULT_BUDGET
) -> Expression:
    """Compile the tests of a cell of a decision table (DMN 1.5, 10.3.1.2 rule 17): `< 5, [10..20]`, `not("a")`, `-`.

    The value that is tested has to be among the variables, as `?`. An empty text is true, as `-` is. Raises
    ExpressionInvalid.
    """
    source = _checked_text(whole(text), budget)
    if not text.strip():
        return _expression(source, Language.FEEL, budget, lambda: _constant(source, value=True))
    return _expression(
        source, Language.FEEL, budget, lambda: parse_unary_tests(source, budget, names)
    )


def compile_text(
    text: str, *, default: Language | None, budget: Budget = DEFAULT_BUDGET
) -> Expression:
    """Compile a text whose prefix tells the language; without prefix it is in the default language.

    Raises ExpressionInvalid, also when there is neither prefix nor default.
    """
    language, source = source_of(text, default=default)
    return _compiled(source, language, budget)


def compile_literal_or_expression(
    text: str, default: Language, *, budget: Budget = DEFAULT_BUDGET
) -> Expression:
    """Compile a text that is plain unless it has a prefix; then it has the value that it reads.

    A text with `${…}` inside is JUEL and joined from its parts. `default` is the language that a plain text is said to
    be in. Raises ExpressionInvalid.
    """
    if text.lstrip().startswith("="):
        return compile_text(text, default=default, budget=budget)
    source = _checked_text(whole(text), budget)
    parts = list(parts_of(text))
    expressions = [part for part in parts if part.is_expression]
    rest = "".join(part.text for part in parts if not part.is_expression)
    if not expressions:
        return _expression(source, default, budget, lambda: _constant(source, value=rest))
    if len(expressions) == 1 and not rest.strip():
        return _compiled(expressions[0].source, Language.JUEL, budget)
    return _expression(source, Language.JUEL, budget, lambda: _joined(parts, budget))


@lru_cache(maxsize=CACHED)
def compile_cached(text: str, language: Language) -> Expression:
    """Do as `compile_expression` and remember the outcome."""
    return compile_expression(text, language)


def _compiled(
    source: Source, language: Language, budget: Budget, names: frozenset[str] = _NO_NAMES
) -> Expression:
    _checked_text(source, budget)
    if language is Language.FEEL:
        return _expression(source, language, budget, lambda: parse_feel(source, budget, names))
    return _expression(source, language, budget, lambda: parse_juel(source, budget))


def _expression(
    source: Source, language: Language, budget: Budget, read: Callable[[], Node]
) -> Expression:
    try:
        root = read()
        check(source, root, budget)
        run = feel_closure(root, OUTERMOST) if language is Language.FEEL else juel_closure(root)
    except RecursionError as error:
        failure = _stack_used_up()
        raise source.invalid(source.start, str(failure), code=failure.code) from error
    names = names_of(root)
    return Expression(
        source=source.text,
        language=language,
        names=names.variables,
        filter_names=names.in_filters,
        asks_now=asks_now(root),
        _source=source,
        _budget=budget,
        _run=run,
    )


def _joined(parts: Sequence[Part], budget: Budget) -> tree.Concatenation:
    nodes = [
        parse_juel(part.source, budget)
        if part.is_expression
        else _constant(part.source, value=part.text)
        for part in parts
    ]
    return tree.Concatenation(position=0, parts=tuple(nodes))


def _constant(source: Source, *, value: str | bool) -> tree.Literal:
    return tree.Literal(position=source.start, value=value)


def _checked_text(source: Source, budget: Budget) -> Source:
    """Give the source back. Raises ExpressionInvalid when it is too long or can't be stored."""
    if len(source.text) > budget.source_length:
        raise source.invalid(
            source.start,
            f"Expected at most {budget.source_length} characters, but there are more",
            code="expression_too_long",
            limit=budget.source_length,
        )
    unstorable = _UNSTORABLE.search(source.text)
    if unstorable:
        raise source.invalid(
            unstorable.start(),
            "Expected Unicode text, but found NUL or a lone surrogate",
            code="expression_character",
            found=f"U+{ord(unstorable.group()):04X}",
        )
    return source


def _stack_used_up() -> Failure:
    # The trees are shallow enough by themselves: whoever called us had used up Python's stack.
    return Failure(
        "Expected room on Python's stack, but there is none left", code="expression_stack"
    )
