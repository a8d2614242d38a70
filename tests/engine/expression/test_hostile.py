"""Expressions that want to reach Python: none runs anything, none sees anything but its variables, none runs on."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING

import pytest
from hostile import BURNERS, HOSTILE, LEAKS, VARIABLES, watching

from engine.expression import (
    DEFAULT_BUDGET,
    EvaluationFailed,
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_literal_or_expression,
    compile_unary_tests,
)
from engine.variables import canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.expression import Expression
    from engine.variables import Value

KINDS: dict[str, Callable[[str], Expression]] = {
    "feel": lambda text: compile_expression(text, Language.FEEL),
    "juel": lambda text: compile_expression(text, Language.JUEL),
    "unary": compile_unary_tests,
    "text": lambda text: compile_literal_or_expression(f"x-${{{text}}}", Language.JUEL),
}


def answer(text: str, compiled: Callable[[str], Expression]) -> str:
    """Give the answer as JSON, or nothing when there is none."""
    with suppress(ExpressionInvalid, EvaluationFailed):
        return canonical(compiled(text).evaluate({**VARIABLES, "?": Decimal(1)}))
    return ""


def test_the_watch_notices_an_open_door() -> None:
    with watching() as opened, Path(__file__).open():
        pass
    assert "open" in opened


def test_there_are_a_hundred_of_them_and_no_two_the_same() -> None:
    assert len({*HOSTILE, *BURNERS}) == len(HOSTILE) + len(BURNERS)
    assert len(HOSTILE) >= 100


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_expression_finds_nothing(kind: str) -> None:
    for text in HOSTILE:
        with watching() as opened:
            found = answer(text, KINDS[kind])
        assert opened == [], text
        assert not any(leak in found for leak in LEAKS), text


@pytest.mark.parametrize("text", BURNERS)
def test_what_burns_time_is_stopped_by_what_is_counted(text: str) -> None:
    before = thread_time()
    found = answer(text, KINDS["feel"])
    # a fence far away from the usual tenth of a second: only what is not counted gets there
    assert thread_time() - before < DEFAULT_BUDGET.seconds
    assert len(found) < DEFAULT_BUDGET.text_length


def test_a_variable_may_have_any_name_and_is_only_data() -> None:
    variables: dict[str, Value] = {
        "__class__": "x",
        "count": Decimal(1),
        "__builtins__": {"a": "b"},
    }
    assert compile_expression("__class__", Language.FEEL).evaluate(variables) == "x"
    assert compile_expression("__builtins__.a", Language.JUEL).evaluate(variables) == "b"
    assert compile_expression("count([1, 2]) + count", Language.FEEL).evaluate(variables) == 3
