"""FEEL as in DMN 1.5, 10.3.1.2: operators and the table of the grammar.

Operators bind as there: `-3 ** 2` is 9 and `2 ** 3 ** 2` is 64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import feel_brackets, feel_words, tree
from engine.expression.feel_brackets import COMPARISONS
from engine.expression.feel_hints import MARKS, advice
from engine.expression.feel_kinds import kind
from engine.expression.feel_lexis import LEXER, NAME_OF_TESTED, words_of
from engine.expression.feel_names import key_at, known_names
from engine.expression.parser import Grammar, Infix, Parser
from engine.expression.temporal.literal import literal

if TYPE_CHECKING:
    from engine.expression.budget import Budget
    from engine.expression.errors import Source
    from engine.expression.lexer import Token
    from engine.expression.tree import Node

OR, AND, COMPARISON, SUM, PRODUCT, POWER, SIGN, INSTANCE, POSTFIX = range(10, 100, 10)

_ITEM = ("item",)

_NO_NAMES: frozenset[str] = frozenset()


def parse_feel(source: Source, budget: Budget, names: frozenset[str] = _NO_NAMES) -> Node:
    """Read FEEL; `names` are known ones that may hold operator signs. Raises ExpressionInvalid."""
    return Parser(_GRAMMAR, source, LEXER.tokens(source), budget, known_names(names)).whole()


def parse_unary_tests(source: Source, budget: Budget, names: frozenset[str]) -> Node:
    """Read the tests of a cell, with commas between, all together in `not(…)`, or `-`, which is always true.

    Raises ExpressionInvalid.
    """
    parser = Parser(_GRAMMAR, source, LEXER.tokens(source), budget, known_names(names))
    position = parser.token.position
    parser.known.bind((NAME_OF_TESTED,))
    if parser.at("-") and parser.peek(1).kind == "end":
        return tree.Literal(position=position, value=True)
    negated = _is_negated(parser)
    for _ in range(2 if negated else 0):
        parser.take()
    tests = parser.separated(lambda: _test(parser, 0))
    if negated:
        parser.expect(")")
    parser.finish()
    tested = tree.Name(position=position, name=NAME_OF_TESTED)
    found = tree.In(position=position, value=tested, tests=tests)
    if negated:
        return tree.Call(position=position, function="not", arguments=((None, found),))
    return found


def _literal(_: Parser, token: Token) -> Node:
    constants = {"true": True, "false": False}
    value = constants.get(token.kind, token.value)
    return tree.Literal(position=token.position, value=value)


def _temporal(parser: Parser, token: Token) -> Node:
    """Read `@"…"`. Raises ExpressionInvalid when the text is no date, time or duration."""
    text = str(parser.expect("text").value)
    value = literal(text)
    if value is None:
        raise parser.source.invalid(
            token.position,
            f"Expected a date, time or duration after @, but found {text!a}",
            code="temporal_literal",
            found=text,
        )
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
    tests = parser.separated(lambda: _test(parser, 0))
    if len(tests) == 1 and tests[0].operator == "in" and parser.at(".."):
        domain = feel_brackets.range_from(parser, opening, tests[0].operand)
        return (tree.Test(position=opening.position, operator="in", operand=domain),)
    parser.expect(")")
    return tests


def _test(parser: Parser, binding: int) -> tree.Test:
    position = parser.token.position
    if parser.at(*COMPARISONS):
        operator, operand = parser.take().kind, parser.expression(COMPARISON)
    else:
        operand = parser.expression(binding)
        operator = NAME_OF_TESTED if _asks_tested(operand) else "in"
    return tree.Test(position=position, operator=operator, operand=operand)


def _asks_tested(operand: Node) -> bool:
    return any(
        isinstance(node, tree.Name) and node.name == NAME_OF_TESTED
        for node, _ in tree.walk(operand)
    )


def _is_negated(parser: Parser) -> bool:
    """Tell whether all that there is stands in the brackets of one `not(…)`."""
    if parser.token.text != "not" or parser.peek(1).kind != "(":
        return False
    open_ones, ahead = ["("], 2
    while open_ones and parser.peek(ahead).kind != "end":
        _pass_bracket(open_ones, parser.peek(ahead).kind)
        ahead += 1
    return not open_ones and parser.peek(ahead).kind == "end"


def _pass_bracket(open_ones: list[str], kind: str) -> None:
    """Keep count of brackets, of which those of a range need not be alike: `[1..5)`, `]1..5[`."""
    last = open_ones[-1]
    closes = kind == ")" or (kind == "]" and last in ("[", "..")) or (kind == "[" and last == "..")
    if closes:
        open_ones.pop()
    elif kind in ("(", "[", "]"):
        open_ones.append(kind)
    elif kind == ".." and last in "([]":
        open_ones[-1] = ".."


def _instance_of(parser: Parser, left: Node, token: Token) -> Node:
    parser.take()
    return tree.InstanceOf(position=token.position, value=left, kind=kind(parser))


def _is_instance_of(parser: Parser) -> bool:
    return parser.token.text == "instance" and parser.peek(1).text == "of"


def _path(parser: Parser, left: Node, token: Token) -> Node:
    return tree.Path(position=token.position, base=left, key=key_at(parser))


def _invocation(parser: Parser, left: Node, token: Token) -> Node:
    """Read the arguments of what stands before. Raises ExpressionInvalid when that can be no function."""
    arguments = feel_brackets.arguments(parser)
    if isinstance(left, tree.Literal):
        raise parser.source.invalid(
            token.position,
            "Expected a function before the bracket, but found a plain value",
            code="function_expected",
        )
    if isinstance(left, tree.Path) and not _may_hold_functions(parser, left.base):
        raise parser.source.invalid(
            left.position + 1,
            f"Expected a function of FEEL, but {left.key!a} is called as a method",
            code="method_call_refused",
            name=left.key,
        )
    return tree.Invocation(position=token.position, function=left, arguments=arguments)


def _may_hold_functions(parser: Parser, base: Node) -> bool:
    """Tell whether a function can be found there: no variable of a case holds one."""
    while isinstance(base, tree.Path):
        base = base.base
    return not isinstance(base, (tree.Name, tree.Literal)) or (
        isinstance(base, tree.Name) and parser.known.is_known(words_of(base.name))
    )


def _filter(parser: Parser, left: Node, token: Token) -> Node:
    if parser.at("]"):
        raise parser.unexpected("value")
    parser.known.bind(_ITEM)
    condition = parser.expression()
    parser.known.release((_ITEM,))
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
        "name": feel_words.name_or_call,
        "@": _temporal,
        "-": _negative,
        "(": feel_brackets.parenthesis,
        "[": feel_brackets.bracket,
        "]": feel_brackets.range_without_low,
        "{": feel_brackets.context,
        "if": feel_words.condition,
        "for": feel_words.loop,
        "some": feel_words.quantified,
        "every": feel_words.quantified,
    },
    infixes={
        "or": Infix(binding=OR, parse=_logic),
        "and": Infix(binding=AND, parse=_logic),
        **{mark: Infix(binding=COMPARISON, parse=_binary) for mark in COMPARISONS},
        "between": Infix(binding=COMPARISON, parse=_between),
        "in": Infix(binding=COMPARISON, parse=_in),
        "+": Infix(binding=SUM, parse=_binary),
        "-": Infix(binding=SUM, parse=_binary),
        "*": Infix(binding=PRODUCT, parse=_binary),
        "/": Infix(binding=PRODUCT, parse=_binary),
        "**": Infix(binding=POWER, parse=_binary),
        "name": Infix(binding=INSTANCE, parse=_instance_of, applies=_is_instance_of),
        ".": Infix(binding=POSTFIX, parse=_path),
        "(": Infix(binding=POSTFIX, parse=_invocation),
        "[": Infix(binding=POSTFIX, parse=_filter, applies=_begins_filter),
    },
    hints={mark: written for mark, (written, _) in MARKS.items()},
    advice=advice,
)
