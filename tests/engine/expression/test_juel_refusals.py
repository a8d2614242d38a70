"""What JUEL reaches into Java with in Camunda 7 is refused when it is compiled, by name; the moment is all that is called."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.expression import EvaluationFailed, ExpressionInvalid, Language, compile_expression

AT = datetime(2026, 11, 21, 8, 30, 5, 123, tzinfo=ZoneInfo("Asia/Jakarta"))

REFUSED = [
    ("f(1)", "juel_call_refused", "f", None, 1),
    ("a and fn:length(a)", "juel_call_refused", "fn:length", None, 7),
    ("currentUser()", "juel_call_refused", "currentUser", None, 1),
    ("a and kirim.surat('x')", "juel_method_refused", "surat", "", 13),
    ("nama.equals('x')", "juel_method_refused", "equals", "==", 6),
    ("daftar.isEmpty()", "juel_method_refused", "isEmpty", "empty", 8),
    ("orang.getNama()", "juel_method_refused", "getNama", ".nama", 7),
    ("a['f'](1)", "juel_method_refused", "['f']", "", 6),
    ("dateTime().plusMonths(2)", "juel_method_refused", "plusMonths", "date(…) + duration(…)", 12),
    ("''.getClass().forName('x')", "juel_method_refused", "getClass", ".class", 4),
    ("execution.getVariable('nilai')", "juel_object_refused", "execution", "nilai", 1),
    ("execution.id", "juel_object_refused", "execution", "", 1),
    ("a == task", "juel_object_refused", "task", "", 6),
    ("authenticatedUserId", "juel_object_refused", "authenticatedUserId", "", 1),
    ("x -> x + 1", "juel_lambda_refused", None, None, 3),
    ("now(1)", "function_arguments", "now", None, 5),
]


@pytest.mark.parametrize(("text", "code", "name", "instead", "column"), REFUSED)
def test_what_reaches_into_java_is_refused_by_name(
    text: str, code: str, name: str | None, instead: str | None, column: int
) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, Language.JUEL)
    params = caught.value.params
    assert (caught.value.code, params.get("name")) == (code, name)
    assert (params.get("instead"), caught.value.position) == (instead, column)


@pytest.mark.parametrize(("text", "mark"), [("a = 1", "=="), ("a <> 1", "!="), ("a += 'x'", "+")])
def test_a_mark_of_another_language_is_answered_with_the_one_of_juel(text: str, mark: str) -> None:
    with pytest.raises(ExpressionInvalid) as caught:
        compile_expression(text, Language.JUEL)
    assert (caught.value.code, caught.value.expected) == ("expression_syntax", mark)


@pytest.mark.parametrize("text", ["now()", "dateTime()"])
def test_the_moment_is_text_with_the_offset_of_the_office(text: str) -> None:
    expression = compile_expression(text, Language.JUEL)
    assert expression.asks_now
    assert expression.evaluate({}, now=AT) == "2026-11-21T08:30:05+07:00"
    with pytest.raises(EvaluationFailed) as caught:
        expression.evaluate({})
    assert caught.value.code == "now_unknown"


def test_a_variable_may_be_called_like_a_function() -> None:
    assert compile_expression("now", Language.JUEL).evaluate({"now": "x"}) == "x"
