"""What Camunda 7 lets a drawing do in `${…}` and Alur does not: reach into Java. Refused by name, with what to write instead.

`instead` is the text that stands for it here, empty where there is none: Java's objects, and calls of anything but
`now()` and `dateTime()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import tree

if TYPE_CHECKING:
    from engine.expression.errors import ExpressionInvalid
    from engine.expression.lexer import Token
    from engine.expression.parser import Parser

MOMENTS = frozenset({"now", "dateTime"})
"""The functions that are run: the moment, which Camunda 7 gives as a Java date and we as ISO text with its offset."""

OBJECTS = frozenset({"execution", "task", "caseExecution", "externalTask", "authenticatedUserId"})
"""The engine's own objects (Camunda 7.24, "Expression Language", internal context variables and beans): no variables."""

_METHODS = {
    "equals": "==",
    "isEmpty": "empty",
    "size": "count(…)",
    "length": "string length(…)",
    "contains": "contains(…)",
    "containsKey": "!= null",
    "startsWith": "starts with(…)",
    "endsWith": "ends with(…)",
    "matches": "matches(…)",
    "toLowerCase": "lower case(…)",
    "toUpperCase": "upper case(…)",
    "substring": "substring(…)",
    "indexOf": "index of(…)",
    "compareTo": "<",
    "plusDays": "date(…) + duration(…)",
    "plusMonths": "date(…) + duration(…)",
    "plusYears": "date(…) + duration(…)",
    "minusDays": "date(…) - duration(…)",
}
"""Methods of Java that drawings call, and what does their work: an operator of JUEL, or a function of FEEL."""

_OF_ENGINE = ("getVariable", "hasVariable", "getVariableLocal")
_GETTER = "get"


def check_variable(parser: Parser, token: Token) -> None:
    """Raise ExpressionInvalid for one of the engine's own objects, whatever is asked of it."""
    if token.text not in OBJECTS:
        return
    method = parser.peek(1).text if parser.at(".") else ""
    asked = parser.peek(3).value if method in _OF_ENGINE else None
    raise parser.source.invalid(
        token.position,
        f"Expected variables of the case, but found the engine's object {token.text!a}",
        code="juel_object_refused",
        name=token.text,
        instead=asked if isinstance(asked, str) else "",
    )


def moment(parser: Parser, token: Token) -> tree.Node:
    """Read `now()` or `dateTime()`, whose name has been taken. Raises ExpressionInvalid when it is given anything."""
    parser.expect("(")
    if not parser.accept(")"):
        raise parser.source.invalid(
            parser.token.position,
            f"Expected no arguments of {token.text!a}, but found one",
            code="function_arguments",
            name=token.text,
            found=1,
            expected="",
        )
    return tree.Call(position=token.position, function="now", arguments=())


def function(parser: Parser, token: Token, name: str) -> ExpressionInvalid:
    """Make the error for the call of a function."""
    return parser.source.invalid(
        token.position,
        f"Expected now() or dateTime(), but {name!a} is called",
        code="juel_call_refused",
        name=name,
    )


def method(parser: Parser, token: Token, name: str) -> ExpressionInvalid:
    """Make the error for the call of a method; a getter of Java is a property here."""
    getter = name.removeprefix(_GETTER) if name.startswith(_GETTER) else ""
    return parser.source.invalid(
        token.position,
        f"Expected variables and operators, but the method {name!a} is called",
        code="juel_method_refused",
        name=name,
        instead=_METHODS.get(name, f".{getter[0].lower()}{getter[1:]}" if getter else ""),
    )


def lambda_(parser: Parser, _: tree.Node, token: Token) -> tree.Node:
    """Refuse `x -> …`, which Expression Language has since 3.0 only. Raises ExpressionInvalid."""
    raise parser.source.invalid(
        token.position,
        "Expected an expression of JUEL 2.2, but found a lambda",
        code="juel_lambda_refused",
    )
