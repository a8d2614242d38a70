"""No expression takes more than its budget; what goes over it fails and is never cut off."""

import sys
from decimal import Decimal

import pytest

from engine.expression import (
    Budget,
    EvaluationFailed,
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_literal_or_expression,
)
from engine.variables import Value

LONG_TEXT = "x" * 1_000_000
VARIABLES: dict[str, Value] = {
    "a": LONG_TEXT,
    "b": LONG_TEXT[1:] + "y",
    "xs": [Decimal(n) for n in range(5000)],
    "dalam": [[Decimal(1)] * 500] * 500,
}

DOUBLED = "{a: [1, 1], " + ", ".join(
    f"{chr(98 + n)}: [{chr(97 + n)}, {chr(97 + n)}]" for n in range(24)
)
NESTED = "{a0: [], " + ", ".join(f"a{n}: [a{n - 1}]" for n in range(1, 60))

COSTLY = [
    ("for i in 1..100000 return i", "expression_list_length"),
    ("for i in 1..1e400 return i", None),
    ("for i in -1e30..1e30 return i", "expression_list_length"),
    ("for i in 1..1000, j in 1..1000 return i", "expression_steps"),
    ("for i in 1..9999 return for j in 1..9999 return 1", "expression_steps"),
    ("some x in xs, y in xs satisfies x + y = -1", "expression_steps"),
    ("every x in xs satisfies list contains(xs, x)", "expression_steps"),
    ("xs[list contains(xs, item)]", "expression_steps"),
    ("for x in dalam return dalam = dalam", "expression_steps"),
    ("for x in dalam return x in dalam", "expression_steps"),
    ("for x in xs return xs.y", "expression_steps"),
    ("for x in xs return a = b", "expression_steps"),
    ("for x in xs return a < b", "expression_steps"),
    ('for x in xs return contains(a, "xy")', "expression_steps"),
    ("for x in xs return count(append(xs, 1))", "expression_steps"),
    ("a + b", "expression_text_length"),
    ("upper case(a)", "expression_text_length"),
    ("string([a])", "expression_text_length"),
    ("string(a)", "expression_text_length"),
    ("concatenate(xs, xs, xs)", "expression_list_length"),
    (DOUBLED + "}", "expression_steps"),
    (DOUBLED + ", z: string(y)}", "expression_steps"),
    (DOUBLED + ", z: y = concatenate(x, x)}", "expression_steps"),
    (NESTED + "}", "expression_data_depth"),
    (NESTED + ", z: string(a59)}", "expression_data_depth"),
    (NESTED + ", z: a59 = [a58]}", "expression_data_depth"),
]

DEEP = [
    "(" * 3000 + "1" + ")" * 3000,
    "[" * 3000,
    "-" * 9000 + "1",
    "{a:" * 2000,
    "if " * 3000,
    "1" + "+1" * 4000,
    "a" + ".b" * 4000,
    "x" + "[1]" * 3000,
    "not(" * 2000,
    "not(" * 47 + "true" + ")" * 47 + ".a" * 60,
    "some a in " * 900,
    "for a in b return " * 500,
    "for a in b, " + "c in d, " * 900,
    "1 in " * 1900 + "1",
    "1 in (" * 1600,
]


@pytest.mark.parametrize(("text", "code"), COSTLY)
def test_a_costly_expression_stops_at_its_budget(text: str, code: str | None) -> None:
    expression = compile_expression(text, Language.FEEL)
    if code is None:
        assert expression.evaluate(VARIABLES) is None
        return
    with pytest.raises(EvaluationFailed) as caught:
        expression.evaluate(VARIABLES)
    assert caught.value.code == code


@pytest.mark.parametrize("text", DEEP)
def test_a_deep_expression_is_refused(text: str) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, Language.FEEL)
    assert caught.value.code == "expression_too_deep"


@pytest.mark.parametrize("text", ["(" * 3000, "!" * 3000 + "a", "a" + ".b" * 3000, "a?" * 3000])
def test_a_deep_juel_expression_is_refused(text: str) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, Language.JUEL)
    assert caught.value.code == "expression_too_deep"


def test_a_long_chain_of_conditions_is_not_deep() -> None:
    chain = " and ".join(f"a != {n}" for n in range(500))
    assert compile_expression(chain, Language.FEEL).evaluate({"a": Decimal(-1)}) is True
    assert compile_expression(chain, Language.JUEL).evaluate({"a": Decimal(499)}) is False


def test_nested_calls_compile_in_linear_time() -> None:
    """Each argument was once compiled twice: 47 levels would have taken until the sun goes out."""
    calls = "not(" * 47 + "true" + ")" * 47
    assert compile_expression(calls, Language.FEEL).evaluate({}) is False


def test_the_budget_is_that_of_the_compilation() -> None:
    small = Budget(steps=10, list_length=5, text_length=5, source_length=40)
    with pytest.raises(EvaluationFailed, match="at most 5 elements"):
        compile_expression("for i in 1..6 return i", Language.FEEL, budget=small).evaluate({})
    with pytest.raises(EvaluationFailed, match="at most 10 steps"):
        compile_expression("for i in 1..5 return i * 2", Language.FEEL, budget=small).evaluate({})
    with pytest.raises(EvaluationFailed, match="at most 5 characters"):
        compile_literal_or_expression("abc${a}", Language.JUEL, budget=small).evaluate({"a": "def"})
    with pytest.raises(ExpressionInvalid, match="at most 40 characters"):
        compile_literal_or_expression("a" * 41, Language.JUEL, budget=small)


def test_each_evaluation_has_the_whole_budget() -> None:
    sums = compile_expression("for i in 1..9000 return i", Language.FEEL)
    assert all(len(str(sums.evaluate({}))) for _ in range(8))


def test_a_used_up_stack_is_an_error_of_ours() -> None:
    expression = compile_expression("1" + "+1" * 90, Language.FEEL)

    def deeper(levels: int) -> None:
        if levels:
            deeper(levels - 1)
            return
        with pytest.raises(EvaluationFailed) as failed:
            expression.evaluate({})
        assert failed.value.code == "expression_stack"
        with pytest.raises(ExpressionInvalid) as refused:
            compile_expression("1" + "+1" * 90, Language.FEEL)
        assert refused.value.code == "expression_stack"

    frame, used = sys._getframe(), 0
    while frame.f_back is not None:
        frame, used = frame.f_back, used + 1
    deeper(sys.getrecursionlimit() - used - 60)
