"""Parameters of an activity or event (`camunda:inputOutput`), as Camunda 7 reads them: its own variables, and what it leaves behind.

They open a scope of its own when its token arrives; a repeated activity has one at each of its children. Each is evaluated
inside, an output then goes to the scope around; so it sees what an output before it has set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expression import Language, compile_literal_or_expression
from engine.process import GATEWAYS, ElementKind
from engine.spiff.personal import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.expression import Expression
    from engine.process import DataMapping, Element
    from engine.spiff.asking import Asking
    from engine.variables import Value

LIST, MAP = "list", "map"
"""The shapes of a value that is made of parts, by the words of `camunda:list` and `camunda:map`."""

_NONE_OF_ITS_OWN = GATEWAYS | {ElementKind.START_EVENT, ElementKind.BOUNDARY_EVENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The value of one parameter: an expression, or a list or map of such values."""

    expression: Expression | None
    shape: str = ""
    parts: tuple[tuple[str, Given], ...] = ()

    def value(self, view: Mapping[str, Value], asking: Asking, at: str) -> Value:
        """Give the value at an element. Raises EvaluationFailed."""
        if self.shape == LIST:
            return [part.value(view, asking, at) for _, part in self.parts]
        if self.shape == MAP:
            return {name: part.value(view, asking, at) for name, part in self.parts}
        return None if self.expression is None else asking.value(self.expression, view, at)

    @property
    def names(self) -> frozenset[str]:
        """The variables that it is made of."""
        own = frozenset[str]() if self.expression is None else names_in(self.expression)
        return own.union(*(part.names for _, part in self.parts))

    @property
    def expressions(self) -> Iterator[Expression]:
        """The expressions in it, in the order of the drawing."""
        if self.expression is not None:
            yield self.expression
        for _, part in self.parts:
            yield from part.expressions


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of one activity or event: names and values, in the order of the drawing."""

    element: str
    inputs: tuple[tuple[str, Given], ...]
    outputs: tuple[tuple[str, Given], ...]

    def pass_in(self, view: Mapping[str, Value], asking: Asking) -> dict[str, Value]:
        """Give the activity's own variables; each sees those before it. Raises EvaluationFailed."""
        own: dict[str, Value] = {}
        for name, given in self.inputs:
            own[name] = given.value({**view, **own}, asking, self.element)
        return own

    @property
    def derived(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The variables that are made of others."""
        for name, given in self.inputs + self.outputs:
            yield name, given.names


def takes_inputs(element: Element) -> bool:
    """Tell whether inputs can be passed to an element: to an activity, and to an event that a flow leads to."""
    return element.kind not in _NONE_OF_ITS_OWN and not element.by_event


def takes_outputs(element: Element) -> bool:
    """Tell whether an element can leave outputs behind: nothing comes behind an end event."""
    return takes_inputs(element) and element.kind is not ElementKind.END_EVENT


def compile_parameters(element: Element) -> Parameters:
    """Compile the parameters of an activity or event. Raises ExpressionInvalid."""
    return Parameters(
        element=element.id, inputs=_compiled(element.inputs), outputs=_compiled(element.outputs)
    )


def _compiled(mappings: tuple[DataMapping, ...]) -> tuple[tuple[str, Given], ...]:
    return tuple((each.target, _given(each)) for each in mappings)


def _given(mapping: DataMapping) -> Given:
    if mapping.shape:
        return Given(expression=None, shape=mapping.shape, parts=_compiled(mapping.parts))
    return Given(expression=compile_literal_or_expression(mapping.expression, Language.JUEL))
