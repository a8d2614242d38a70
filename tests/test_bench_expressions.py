"""The bench of expressions compares like with like: every side comes to the same answer."""

from __future__ import annotations

from bench import expressions, feel_packages
from engine.decision import evaluate, read_decisions
from engine.expression import Language, compile_expression


def test_both_languages_and_python_decide_the_condition_alike() -> None:
    given = {**expressions.VARIABLES, "len": len}
    assert eval(expressions.PYTHON, given) is True  # noqa: S307 - the yardstick
    for text, language in ((expressions.FEEL, Language.FEEL), (expressions.JUEL, Language.JUEL)):
        assert compile_expression(text, language).is_true(expressions.VARIABLES)


def test_the_table_gives_the_word_that_the_list_in_python_gives() -> None:
    model = read_decisions(expressions.table(), file="golongan.dmn")
    outcome = evaluate(model, "golongan", expressions.VARIABLES, now=None)
    assert outcome.value == "golongan 41"


def test_packages_that_are_not_installed_are_left_out() -> None:
    assert set(feel_packages.installed(expressions.VARIABLES)) <= {"bkflow-feel", "pySFeel"}
    assert {each.name for each in expressions.run(rounds=1)} >= {
        name for name, _, _ in expressions.RATIOS
    }
