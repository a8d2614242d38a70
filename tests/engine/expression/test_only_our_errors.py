"""Whatever the text and the variables: a storable value, or one of the two errors of this package."""

from collections.abc import Callable
from decimal import Decimal
from os import environ

from hostile import BURNERS, HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expression import (
    Budget,
    EvaluationFailed,
    Expression,
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_literal_or_expression,
    compile_text,
    compile_unary_tests,
    is_expression,
)
from engine.expression.builtins import BUILTINS
from engine.variables import Value, canonical

SHORT = 200
"""Characters of a hostile text that is mutated."""

NAMES = ("a", "b", "xs", "item", "x")
VALUES = "null true false 0 1 -1 2.5 .5 1e400 1e-400 9 99 7.0000001 ?"
MARKS = "+ - * / ** = == != < <= > >= && || ! ? : % . .. , ( ) [ ] { } ] [ @ # ; ' \" \\"
KEYWORDS = (
    "and or not in between if then else for return some every satisfies partial "
    "eq ne lt le gt ge div mod empty instanceof function external"
)
WORDS = (
    *NAMES,
    *VALUES.split(),
    *(
        '"a"',
        '"true"',
        '""',
        "'a'",
        '"12"',
        '"\\u00e9"',
        '"\\ud800"',
        '"(a)\\1"',
        '"[a-z]+"',
        '"$1"',
    ),
    *('@"2026-11-21"', '@"P1D"', '@"10:00:00@Asia/Jakarta"', '@"x"', '"P1Y"', '"2026-02-30"'),
    *MARKS.split(),
    *KEYWORDS.split(),
    *("instance of", "number", "list<number>", "function(x, y)", "context<a: number>"),
    *(f"{name}(" for name in BUILTINS),
    *("n:", "start position:", "dateTime(", "unknown("),
    *("${", "#{", "}", "\\${", "//", "/*", "*/", "\n", "__class__", "\x00", "\ud800"),
)

numbers = st.one_of(
    st.integers(-20, 20).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000),
    st.sampled_from([Decimal("1e400"), Decimal("1e-400"), Decimal("-9.9e399")]),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=5))
values: st.SearchStrategy[Value] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=8,
)
variables = st.dictionaries(st.sampled_from(NAMES), values, max_size=5)
word_texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = st.one_of(word_texts, st.text(max_size=30))


def _taking(count: int) -> list[str]:
    return [name for name, each in BUILTINS.items() if each.form_of([None] * count) is not None]


ONE_ARGUMENT, TWO_ARGUMENTS = _taking(1), _taking(2)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Well-formed FEEL around well-formed FEEL."""
    operator = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in"])
    function = st.sampled_from(ONE_ARGUMENT)
    dyadic = st.sampled_from(TWO_ARGUMENTS)
    return st.one_of(
        st.builds("({} {} {})".format, inner, operator, inner),
        st.builds("{}({})".format, function, inner),
        st.builds("{}({}, {})".format, dyadic, inner, inner),
        st.builds("(function(x, y) {})({}, {})".format, inner, inner, inner),
        st.builds("({} instance of list<number>)".format, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
        st.builds("(for x in {} return {})".format, inner, inner),
        st.builds("(some x in {} satisfies {})".format, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{a: {}, b: {}}}".format, inner, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({}).a".format, inner),
        st.builds("(x in [{}..{}))".format, inner, inner),
        st.builds("substring({}, {})".format, inner, inner),
    )


LEAVES = [
    *NAMES,
    '@"2026-11-21"',
    '@"P1D"',
    '@"10:00:00Z"',
    "null",
    "true",
    "1",
    "-2",
    "0.5",
    '"a"',
    '"12"',
    "[1, 2]",
    "[1..3]",
    "1e300",
]
well_formed = st.recursive(st.sampled_from(LEAVES), _grown, max_leaves=12)
small = Budget(steps=2000)
EXAMPLES = int(environ.get("ALUR_FUZZ_EXAMPLES", "200"))
SEEDS = [text for text in (*HOSTILE, *BURNERS) if len(text) < SHORT]
READERS: dict[str, Callable[[str], Expression]] = {
    "feel": lambda text: compile_expression(text, Language.FEEL, budget=small),
    "juel": lambda text: compile_expression(text, Language.JUEL, budget=small),
    "unary": lambda text: compile_unary_tests(text, budget=small),
}


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Give one of the hostile texts with some stretches cut out and other words put in."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 3))):
        at, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 6))
        text = text[:at] + draw(st.sampled_from(WORDS)) + text[at + cut :]
    return text


def _outcome(read: Callable[[], object]) -> object:
    """Give what is read, or the error of ours that was raised; any other error fails the test."""
    try:
        return read()
    except (ExpressionInvalid, EvaluationFailed) as error:
        return error


def _evaluate(expression: Expression, data: dict[str, Value]) -> None:
    result = _outcome(lambda: canonical(expression.evaluate(data)))
    assert isinstance(result, (str, EvaluationFailed))
    assert isinstance(_outcome(lambda: expression.is_true(data)), (bool, EvaluationFailed))


@settings(derandomize=True, deadline=None, max_examples=EXAMPLES)
@given(text=texts | mutated(), reader=st.sampled_from(sorted(READERS)), data=variables)
def test_any_text_gives_a_value_or_our_error(
    text: str, reader: str, data: dict[str, Value]
) -> None:
    compiled = _outcome(lambda: READERS[reader](text))
    if isinstance(compiled, Expression):
        _evaluate(compiled, data)
    else:
        assert isinstance(compiled, ExpressionInvalid)
        assert 1 <= compiled.position <= len(text) + 1


@settings(derandomize=True, deadline=None, max_examples=EXAMPLES)
@given(text=well_formed, data=variables)
def test_any_well_formed_expression_gives_a_value_or_our_error(
    text: str, data: dict[str, Value]
) -> None:
    compiled = compile_expression(text, Language.FEEL, budget=small)
    _evaluate(compiled, data)


@settings(derandomize=True, deadline=None, max_examples=EXAMPLES // 2)
@given(text=texts, data=variables)
def test_any_text_of_a_drawing_gives_a_value_or_our_error(
    text: str, data: dict[str, Value]
) -> None:
    for read in (compile_literal_or_expression, compile_text):
        compiled = _outcome(lambda read=read: read(text, default=Language.JUEL))
        if isinstance(compiled, Expression):
            _evaluate(compiled, data)
        else:
            assert isinstance(compiled, ExpressionInvalid)


@settings(derandomize=True, deadline=None, max_examples=EXAMPLES)
@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_plain_text_is_itself(text: str) -> None:
    if not is_expression(text) and "\\" not in text:
        assert compile_literal_or_expression(text, Language.JUEL).evaluate({}) == text
