"""JUEL, the expression language of Camunda 7 (Unified EL 2.2): what stands between `${` and `}`.

Literals, variables, properties, operators with their word forms, `empty`, `?:`, and the functions `now()` and `dateTime()`.
Everything else that is called is refused by name (`juel_refusals`): in Camunda it reaches into Java.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import juel_refusals as refusals
from engine.expression import tree
from engine.expression.lexer import DOUBLE_QUOTED, SINGLE_QUOTED, Lexis, Token, lexer
from engine.expression.parser import Grammar, Infix, Parser

if TYPE_CHECKING:
    from engine.expression.budget import Budget
    from engine.expression.errors import Source
    from engine.expression.tree import Node

CHOICE, OR, AND, EQUALITY, ORDER, SUM, PRODUCT, SIGN, POSTFIX = range(10, 100, 10)

_WORD_FORMS = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "&&": "and",
    "||": "or",
    "!": "not",
    "div": "/",
    "mod": "%",
}
"""Each operator has one name in the tree."""

_LEXER = lexer(
    Lexis(
        name=r"(?:[^\W\d]|\$)(?:\w|\$)*",
        text=f"{SINGLE_QUOTED}|{DOUBLE_QUOTED}",
        space=r"\s+",
        marks=(
            *"()[]{}.,?:!<>+-*/%=;",
            "==",
            "!=",
            "<=",
            ">=",
            "&&",
            "||",
            "**",
            "..",
            "<>",
            "->",
            "+=",
        ),
        keywords=frozenset(
            (
                "true",
                "false",
                "null",
                "and",
                "or",
                "not",
                "empty",
                "eq",
                "ne",
                "lt",
                "gt",
                "le",
                "ge",
                "div",
                "mod",
                "instanceof",
            )
        ),
        escapes={'"': '"', "'": "'", "\\": "\\"},
        unicode_escapes=False,
    )
)


def parse_juel(source: Source, budget: Budget) -> Node:
    """Read JUEL. Raises ExpressionInvalid."""
    return Parser(_GRAMMAR, source, _LEXER.tokens(source), budget).whole()


def _literal(_: Parser, token: Token) -> Node:
    constants = {"true": True, "false": False}
    value = constants.get(token.kind, token.value)
    return tree.Literal(position=token.position, value=value)


def _name(parser: Parser, token: Token) -> Node:
    refusals.check_variable(parser, token)
    if parser.at(":") and parser.peek(1).kind == "name" and parser.peek(2).kind == "(":
        raise refusals.function(parser, token, f"{token.text}:{parser.peek(1).text}")
    if not parser.at("("):
        return tree.Name(position=token.position, name=token.text)
    if token.text in refusals.MOMENTS:
        return refusals.moment(parser, token)
    raise refusals.function(parser, token, token.text)


def _parenthesis(parser: Parser, _: Token) -> Node:
    inside = parser.expression()
    parser.expect(")")
    return inside


def _unary(parser: Parser, token: Token) -> Node:
    operator = _WORD_FORMS.get(token.kind, token.kind)
    return tree.Unary(position=token.position, operator=operator, operand=parser.expression(SIGN))


def _binary(parser: Parser, left: Node, token: Token) -> Node:
    right = parser.expression(_GRAMMAR.infixes[token.kind].binding)
    operator = _WORD_FORMS.get(token.kind, token.kind)
    return tree.Binary(position=token.position, operator=operator, left=left, right=right)


def _logic(parser: Parser, left: Node, token: Token) -> Node:
    operator = _WORD_FORMS.get(token.kind, token.kind)
    operands = [left, parser.expression(_GRAMMAR.infixes[token.kind].binding)]
    while _WORD_FORMS.get(parser.token.kind, parser.token.kind) == operator:
        binding = _GRAMMAR.infixes[parser.take().kind].binding
        operands.append(parser.expression(binding))
    return tree.Logic(position=token.position, operator=operator, operands=tuple(operands))


def _choice(parser: Parser, left: Node, token: Token) -> Node:
    then = parser.expression()
    parser.expect(":")
    otherwise = parser.expression(CHOICE - 1)
    return tree.If(position=token.position, condition=left, then=then, otherwise=otherwise)


def _property(parser: Parser, left: Node, token: Token) -> Node:
    if not parser.token.is_word:
        raise parser.unexpected("name")
    name = parser.take()
    if parser.at("("):
        raise refusals.method(parser, name, name.text)
    return tree.Path(position=token.position, base=left, key=name.text)


def _index(parser: Parser, left: Node, token: Token) -> Node:
    index = parser.expression()
    closing = parser.expect("]")
    if parser.at("("):
        called = parser.source.text[token.position : closing.stop]
        raise refusals.method(parser, closing, called)
    return tree.Index(position=token.position, base=left, index=index)


_GRAMMAR = Grammar(
    prefixes={
        "number": _literal,
        "text": _literal,
        "true": _literal,
        "false": _literal,
        "null": _literal,
        "name": _name,
        "(": _parenthesis,
        "-": _unary,
        "!": _unary,
        "not": _unary,
        "empty": _unary,
    },
    infixes={
        "?": Infix(binding=CHOICE, parse=_choice),
        **{mark: Infix(binding=OR, parse=_logic) for mark in ("or", "||")},
        **{mark: Infix(binding=AND, parse=_logic) for mark in ("and", "&&")},
        **{mark: Infix(binding=EQUALITY, parse=_binary) for mark in ("==", "!=", "eq", "ne")},
        **{
            mark: Infix(binding=ORDER, parse=_binary)
            for mark in ("<", "<=", ">", ">=", "lt", "le", "gt", "ge")
        },
        **{mark: Infix(binding=SUM, parse=_binary) for mark in "+-"},
        **{mark: Infix(binding=PRODUCT, parse=_binary) for mark in ("*", "/", "%", "div", "mod")},
        ".": Infix(binding=POSTFIX, parse=_property),
        "[": Infix(binding=POSTFIX, parse=_index),
        "->": Infix(binding=POSTFIX, parse=refusals.lambda_),
    },
    hints={"=": "==", "<>": "!=", "+=": "+"},
)
