"""FEEL as in DMN 1.5, 10.3.1.2: words, operators and the table of the grammar.

Operators bind as there: `-3 ** 2` is 9 and `2 ** 3 ** 2` is 64. A variable's name is a single word; names of built-in
functions and their parameters, and keys of contexts, may have several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import feel_brackets, feel_words, tree
from engine.expression.lexer import DOUBLE_QUOTED, Lexis, Token, lexer
from engine.expression.parser import Grammar, Infix, Parser

if TYPE_CHECKING:
    from engine.expression.budget import Budget
    from engine.expression.errors import Source
    from engine.expression.tree import Node

OR, AND, COMPARISON, SUM, PRODUCT, POWER, SIGN, POSTFIX = range(10, 90, 10)

_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

_LEXER = lexer(
    Lexis(
        name=r"(?:[^\W\d]|[?\U00010000-\U000EFFFF])(?:\w|[?\U00010000-\U000EFFFF])*",
        text=DOUBLE_QUOTED,
        space=r"\s+|//[^\n]*|/\*.*?(?:\*/|\Z)",
        marks=(*"()[]{},:.+-*/=<>!'", "**", "..", "!=", "<=", ">=", "==", "<>", "&&", "||"),
        keywords=frozenset(
            (
                "true",
                "false",
                "null",
                "and",
                "or",
                "in",
                "between",
                "if",
                "then",
                "else",
                "for",
                "return",
                "some",
                "every",
                "satisfies",
            )
        ),
        escapes={"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"},
        unicode_escapes=True,
    )
)


def parse_feel(source: Source, budget: Budget) -> Node:
    """Read FEEL. Raises ExpressionInvalid."""
    return Parser(_GRAMMAR, source, _LEXER.tokens(source), budget).whole()


def _literal(_: Parser, token: Token) -> Node:
    constants = {"true": True, "false": False}
    value = constants.get(token.kind, token.value)
    return tree.Literal(position=token.position, value=value)


def _negative(parser: Parser, token: Token) -> Node:
    return tree.Unary(position=token.position, operator="-", operand=parser.expression(SIGN))


def _binary(parser: Parser, left: Node, token: Token) -> Node:
    right = parser.expression(_GRAMMAR.infixes[token.kind].binding)
    return tree.Binary(position=token.position, operator=token.kind, left=left, right=right)


def _logic(parser: Parser, left: Node, token: Token) -> Node:
    operands = [left, parser.expression(_GRAMMAR.infixes[token.kind].binding)]
    while parser.accept(token.kind):
        operands.append(parser.expression(_GRAMMAR.infixes[token.kind].binding))
    return tree.Logic(position=token.position, operator=token.kind, operands=tuple(operands))


def _between(parser: Parser, left: Node, token: Token) -> Node:
    low = parser.expression(COMPARISON)
    parser.expect("and")
    high = parser.expression(COMPARISON)
    return tree.Between(position=token.position, value=left, low=low, high=high)


def _in(parser: Parser, left: Node, token: Token) -> Node:
    if parser.at("("):
        tests = _tests_or_range(parser, parser.take())
    else:
        tests = (_test(parser, COMPARISON),)
    return tree.In(position=token.position, value=left, tests=tests)


def _tests_or_range(parser: Parser, opening: Token) -> tuple[tree.Test, ...]:
    """Read `(test, …)`, or the rest of the range `(low..high]` that begins with the same mark."""
    tests = [_test(parser, 0)]
    if tests[0].operator == "in" and parser.at(".."):
        domain = feel_brackets.range_from(parser, opening, tests[0].operand)
        return (tree.Test(position=opening.position, operator="in", operand=domain),)
    while parser.accept(","):
        tests.append(_test(parser, 0))
    parser.expect(")")
    return tuple(tests)


def _test(parser: Parser, binding: int) -> tree.Test:
    position = parser.token.position
    operator = parser.take().kind if parser.at(*_COMPARISONS) else "in"
    operand = parser.expression(COMPARISON if operator != "in" else binding)
    return tree.Test(position=position, operator=operator, operand=operand)


def _path(parser: Parser, left: Node, token: Token) -> Node:
    if not parser.token.is_word:
        raise parser.unexpected("name")
    return tree.Path(position=token.position, base=left, key=parser.take().text)


def _filter(parser: Parser, left: Node, token: Token) -> Node:
    if parser.at("]"):
        raise parser.unexpected("value")
    condition = parser.expression()
    parser.expect("]")
    return tree.Filter(position=token.position, base=left, condition=condition)


def _begins_filter(parser: Parser) -> bool:
    """Tell `list[…]` from the `[` that closes a range: a filter goes on with a value."""
    return parser.peek(1).kind in _GRAMMAR.prefixes


_GRAMMAR = Grammar(
    prefixes={
        "number": _literal,
        "text": _literal,
        "true": _literal,
        "false": _literal,
        "null": _literal,
        "name": feel_brackets.name_or_call,
        "-": _negative,
        "(": feel_brackets.parenthesis,
        "[": feel_brackets.bracket,
        "]": feel_brackets.open_range,
        "{": feel_brackets.context,
        "if": feel_words.condition,
        "for": feel_words.loop,
        "some": feel_words.quantified,
        "every": feel_words.quantified,
    },
    infixes={
        "or": Infix(binding=OR, parse=_logic),
        "and": Infix(binding=AND, parse=_logic),
        **{mark: Infix(binding=COMPARISON, parse=_binary) for mark in _COMPARISONS},
        "between": Infix(binding=COMPARISON, parse=_between),
        "in": Infix(binding=COMPARISON, parse=_in),
        "+": Infix(binding=SUM, parse=_binary),
        "-": Infix(binding=SUM, parse=_binary),
        "*": Infix(binding=PRODUCT, parse=_binary),
        "/": Infix(binding=PRODUCT, parse=_binary),
        "**": Infix(binding=POWER, parse=_binary),
        ".": Infix(binding=POSTFIX, parse=_path),
        "[": Infix(binding=POSTFIX, parse=_filter, applies=_begins_filter),
    },
    hints={"==": "=", "<>": "!=", "&&": "and", "||": "or", "!": "not(", "'": '"'},
)
