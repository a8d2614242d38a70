"""Parameters of an activity (`camunda:inputOutput`), as Camunda 7 reads them: its own variables, and what it leaves behind.

They stand where Alur gives an activity variables of its own: at each child of a multi-instance activity, and at a business
rule task. Each is evaluated inside, an output then goes to the scope around; so it sees what an output before it has set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expression import Language, compile_literal_or_expression
from engine.process import ElementKind
from engine.spiff.personal import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.expression import Expression
    from engine.process import DataMapping, Element
    from engine.spiff.asking import Asking
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of one activity: names and expressions, in the order of the drawing."""

    element: str
    inputs: tuple[tuple[str, Expression], ...]
    outputs: tuple[tuple[str, Expression], ...]

    def pass_in(self, view: Mapping[str, Value], asking: Asking) -> dict[str, Value]:
        """Give the activity's own variables; each sees those before it. Raises EvaluationFailed."""
        own: dict[str, Value] = {}
        for name, expression in self.inputs:
            own[name] = asking.value(expression, {**view, **own}, self.element)
        return own

    @property
    def derived(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The variables that are made of others."""
        for name, expression in self.inputs + self.outputs:
            yield name, names_in(expression)


def takes_parameters(element: Element) -> bool:
    """Tell whether the element has variables of its own that parameters can fill."""
    return element.repeats is not None or element.kind is ElementKind.BUSINESS_RULE_TASK


def compile_parameters(element: Element) -> Parameters:
    """Compile the parameters of an activity. Raises ExpressionInvalid."""
    return Parameters(
        element=element.id, inputs=_compiled(element.inputs), outputs=_compiled(element.outputs)
    )


def _compiled(mappings: tuple[DataMapping, ...]) -> tuple[tuple[str, Expression], ...]:
    return tuple(
        (each.target, compile_literal_or_expression(each.expression, Language.JUEL))
        for each in mappings
    )
