"""Evaluate a text against variables written as JSON."""

from collections.abc import Callable

import pytest

from engine.expression import Language, compile_expression
from engine.variables import Value, object_of

Evaluate = Callable[..., Value]


def _evaluating(language: Language) -> Evaluate:
    def evaluate(text: str, variables: str = "{}") -> Value:
        return compile_expression(text, language).evaluate(object_of(variables.encode()))

    return evaluate


@pytest.fixture
def feel() -> Evaluate:
    return _evaluating(Language.FEEL)


@pytest.fixture
def juel() -> Evaluate:
    return _evaluating(Language.JUEL)
