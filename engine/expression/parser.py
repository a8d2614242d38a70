"""A Pratt parser: each language is a table of what a token means at the start of a value and after one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from engine.expression.names import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.expression.budget import Budget
    from engine.expression.errors import ExpressionInvalid, Source
    from engine.expression.lexer import Token
    from engine.expression.tree import Node

Part = TypeVar("Part")

Prefix: TypeAlias = "Callable[[Parser, Token], Node]"
"""Reads a value that begins with the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Infix:
    """What a token means after a value."""

    binding: int
    """How strongly it pulls the value to its left; the strongest is read first."""

    parse: Callable[[Parser, Node, Token], Node]
    applies: Callable[[Parser], bool] = lambda _: True
    """Whether the token has this meaning here (asked while it is the current one)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """A language."""

    prefixes: Mapping[str, Prefix]
    infixes: Mapping[str, Infix]
    hints: Mapping[str, str]
    """What is written in this language for marks that only other languages have."""

    advice: Callable[[Parser, str], tuple[str, str]] | None = None
    """Gives what is expected at the current token, and the code of a hint or `""`."""


class Parser:
    """Reads one list of tokens; keeps its own count of nesting, so that no text can exhaust Python's stack."""

    def __init__(
        self,
        grammar: Grammar,
        source: Source,
        tokens: list[Token],
        budget: Budget,
        known: Known | None = None,
    ) -> None:
        self.source = source
        self.known = known or Known()
        self._grammar = grammar
        self._tokens = tokens
        self._budget = budget
        self._next = 0
        self._nesting = 0

    def whole(self) -> Node:
        """Read everything as one expression. Raises ExpressionInvalid."""
        if self.at("end"):
            raise self.source.invalid(
                self.source.start, "Expected an expression, but found none", code="expression_empty"
            )
        tree = self.expression()
        self.finish()
        return tree

    def finish(self) -> None:
        """Raise ExpressionInvalid unless everything is read."""
        if not self.at("end"):
            raise self.unexpected("operator")

    def expression(self, binding: int = 0) -> Node:
        """Read the longest expression whose operators bind stronger than `binding`."""
        self.enter()
        parse = self._grammar.prefixes.get(self.token.kind)
        if parse is None:
            raise self.unexpected("value")
        left = parse(self, self.take())
        while infix := self._infix(binding):
            left = infix.parse(self, left, self.take())
        self.leave()
        return left

    def enter(self) -> None:
        """Count one level of nesting. Raises ExpressionInvalid when it is too deep."""
        self._nesting += 1
        if self._nesting > self._budget.nesting:
            raise too_deep(self.source, self.token.position, self._budget.nesting)

    def leave(self) -> None:
        """Count one level less."""
        self._nesting -= 1

    @property
    def token(self) -> Token:
        """The current token."""
        return self._tokens[self._next]

    def peek(self, ahead: int) -> Token:
        """Give the token so many places after the current one (-1: before it); both ends repeat."""
        return self._tokens[max(0, min(self._next + ahead, len(self._tokens) - 1))]

    def known_here(self, ahead: int) -> int:
        """Count the tokens of the longest known name that begins so many places after the current one."""
        return self.known.longest(self._tokens, self._next + ahead)

    def at(self, *kinds: str) -> bool:
        """Tell whether the current token is of one of the kinds."""
        return self.token.kind in kinds

    def take(self) -> Token:
        """Give the current token and go on to the next."""
        token = self.token
        if token.kind != "end":
            self._next += 1
        return token

    def step_back(self) -> None:
        """Make the token that was just taken the current one again."""
        self._next -= 1

    def accept(self, kind: str) -> bool:
        """Take the current token if it is of the kind; tell whether it was."""
        found = self.at(kind)
        if found:
            self.take()
        return found

    def expect(self, kind: str) -> Token:
        """Take a token of the kind. Raises ExpressionInvalid when another one is here."""
        if not self.at(kind):
            raise self.unexpected(kind)
        return self.take()

    def parts(self, closing: str) -> Iterator[None]:
        """Yield before each of the parts with commas between, and take the closing mark after the last."""
        if self.accept(closing):
            return
        yield
        while self.accept(","):
            yield
        self.expect(closing)

    def separated(self, read: Callable[[], Part]) -> tuple[Part, ...]:
        """Read one or more parts with commas between."""
        parts = [read()]
        while self.accept(","):
            parts.append(read())
        return tuple(parts)

    def unexpected(self, expected: str) -> ExpressionInvalid:
        """Make the error for the current token: `expected` is value, name, operator or a mark or keyword."""
        wanted = self._grammar.hints.get(self.token.kind, expected)
        hints = {}
        if self._grammar.advice:
            wanted, hint = self._grammar.advice(self, expected)
            hints = {"hint": hint} if hint else {}
        found = self.token.text or "end"
        after = self._tokens[self._next - 1].text if self._next else ""
        return self.source.invalid(
            self.token.position,
            f"Expected {wanted} after {after!a}, but found {found!a}",
            code="expression_syntax",
            found=found,
            expected=wanted,
            after=after,
            **hints,
        )

    def _infix(self, binding: int) -> Infix | None:
        infix = self._grammar.infixes.get(self.token.kind)
        if infix and infix.binding > binding and infix.applies(self):
            return infix
        return None


def too_deep(source: Source, offset: int, limit: int) -> ExpressionInvalid:
    """Make the error for parts that stand too deep inside one another."""
    return source.invalid(
        offset,
        f"Expected at most {limit} levels, but the expression has more",
        code="expression_too_deep",
        limit=limit,
    )
