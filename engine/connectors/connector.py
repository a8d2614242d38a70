"""What a connector is: how a drawing sets it, and what it is asked to do when a case comes to its task."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from engine.expression import EvaluationFailed, ExpressionInvalid, Language
from engine.expression import compile_literal_or_expression as compiled
from engine.job import JobFailed
from engine.variables import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.connectors.e_mail import Email
    from engine.connectors.http_json import HttpRequest
    from engine.expression import Expression
    from engine.variables import Value

    Order: TypeAlias = Email | HttpRequest
    """What a connector is asked to do, all values filled in."""

    Ask: TypeAlias = Callable[[Expression], Value]
    """Evaluates an expression where the task stands. Raises EvaluationFailed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with what a drawing says to a connector; `code` chooses the words, `params` fill them."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class Setup(Protocol):
    """What a task of a drawing tells its connector, compiled."""

    @property
    def names(self) -> frozenset[str]:
        """The variables that it reads."""
        ...

    @property
    def result(self) -> str:
        """The variable that gets the result, or empty."""
        ...

    def order(self, ask: Ask) -> Order:
        """Fill in the values of a case. Raises JobFailed for values that nothing can be done with."""
        ...


class Connector(Protocol):
    """One type of service task; a connector is a module of this package and its line in the table."""

    @property
    def prefix(self) -> str:
        """What its properties begin with."""
        ...

    def faults(self, given: Mapping[str, str]) -> Iterator[Fault]:
        """Find what is wrong with the properties of a task, which begin with the prefix."""
        ...

    def compile(self, given: Mapping[str, str]) -> Setup | None:
        """Read the properties of a task; None for work that is done within the case's own transaction.

        Raises ExpressionInvalid; the rest the gate has checked.
        """
        ...


def list_unknown(given: Mapping[str, str], known: frozenset[str]) -> Iterator[Fault]:
    """Find properties that the connector does not know."""
    for name in sorted(given.keys() - known):
        params = {"property": name[:80], "known": ", ".join(sorted(known))}
        yield Fault(code="connector_property_unknown", params=params)


def list_missing(given: Mapping[str, str], required: tuple[str, ...]) -> Iterator[Fault]:
    """Find properties that the connector can't do without."""
    for name in required:
        if not given.get(name, "").strip():
            yield Fault(code="connector_property_missing", params={"property": name})


def list_invalid(given: Mapping[str, str], names: tuple[str, ...]) -> Iterator[Fault]:
    """Find texts that can't be compiled."""
    for name in names:
        try:
            compiled(given.get(name, ""), Language.FEEL)
        except ExpressionInvalid as error:
            params = {"property": name, "error": error}
            yield Fault(code="connector_expression_invalid", params=params)


def text_of(expression: Expression, ask: Ask, name: str) -> str:
    """Evaluate a property to a text; a number is written in full. Raises JobFailed for another value, or none."""
    value = value_of(expression, ask, name)
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool | list | dict):
        raise JobFailed(
            f"Expected {name} to be a text, but it is {type(value).__name__}",
            code="connector_value",
            is_final=True,
            told=name,
        )
    return canonical(value)


def value_of(expression: Expression, ask: Ask, name: str) -> Value:
    """Evaluate a property. Raises JobFailed, final: only the case or the drawing can mend it."""
    try:
        return ask(expression)
    except EvaluationFailed as error:
        raise JobFailed(
            f"Expected {name} to be evaluated, but {error}",
            code="connector_value",
            is_final=True,
            told=name,
        ) from error
