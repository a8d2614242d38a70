"""FEEL and JUEL: a text from a drawing becomes a checked tree, then closures. No Python runs from a drawing, ever.

    language   which language a text is in
    lexer, parser, feel_parser, juel_parser   text -> tree; errors with line and column
    names, feel_names   which words are one name
    check      names, depth, calls
    feel_compile, juel_compile   tree -> closures over one `Frame`
    operators, builtins, loops, calls, juel_operators   what they do with values
    values, kinds, temporal   what the values are
    budget     steps, depth and sizes, counted and never timed

Names are looked up only in the variables that are passed in.
"""

from engine.expression.budget import DEFAULT_BUDGET, Budget
from engine.expression.errors import EvaluationFailed, ExpressionInvalid
from engine.expression.expression import (
    Expression,
    compile_cached,
    compile_expression,
    compile_literal_or_expression,
    compile_text,
    compile_unary_tests,
)
from engine.expression.language import Language, is_expression, language_of

__all__ = [
    "DEFAULT_BUDGET",
    "Budget",
    "EvaluationFailed",
    "Expression",
    "ExpressionInvalid",
    "Language",
    "compile_cached",
    "compile_expression",
    "compile_literal_or_expression",
    "compile_text",
    "compile_unary_tests",
    "is_expression",
    "language_of",
]
