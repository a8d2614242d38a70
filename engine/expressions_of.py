"""Every expression that stands in a process, with its place: for rules that look at all of them.

Left out is what other rules look at themselves: the properties `pesan.…` (`messages`) and `lanjutan.…` (`linked_cases`), and
the formulas of forms (`form_names`). What can't be compiled is passed over: the rule of its place says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.connectors import CONNECTORS, properties_of
from engine.expression import ExpressionInvalid, Language, compile_literal_or_expression
from engine.process import DONE_BY_PEOPLE, DONE_BY_PROGRAMS, ElementKind, TriggerKind
from engine.spiff.looping import compile_going_on
from engine.spiff.parameters import compile_parameters
from engine.spiff.program import (
    compile_condition,
    compile_mappings,
    compile_narrowing,
    compile_repetition,
    compile_script,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.expression import Expression
    from engine.process import Element, Flow, Process


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An expression at an element or flow: its text, and the variables that it takes."""

    at: Element | Flow
    text: str
    names: frozenset[str]


def expressions_of(process: Process) -> Iterator[Written]:
    """Give the expressions of a process: those of its flows, then those of its elements, in document order."""
    for flow in process.flows.values():
        yield from _written(flow, _condition(flow, process))
    for element in process.elements.values():
        for read in _READERS:
            yield from _written(element, read(element, process))
        for mapping in element.passes_in:
            if mapping.source:
                yield Written(at=element, text=mapping.source, names=frozenset({mapping.source}))


def _written(at: Element | Flow, expressions: Iterator[Expression | None]) -> Iterator[Written]:
    try:
        for expression in expressions:
            if expression is not None and expression.names:
                yield Written(at=at, text=expression.source, names=expression.names)
    except ExpressionInvalid:
        return


def _condition(flow: Flow, process: Process) -> Iterator[Expression | None]:
    if flow.condition:
        yield compile_condition(flow, process)


def _script(element: Element, _: Process) -> Iterator[Expression | None]:
    if element.kind is ElementKind.SCRIPT_TASK:
        yield compile_script(element)


def _repetition(element: Element, process: Process) -> Iterator[Expression | None]:
    repeats = element.repeats
    if repeats is not None and (repeats.collection or repeats.cardinality):
        repetition = compile_repetition(repeats, process)
        yield repetition.items
        yield repetition.completion
        yield repetition.output
    if element.loops is not None:
        yield compile_going_on(element.loops, process)


def _narrowing(element: Element, _: Process) -> Iterator[Expression | None]:
    if element.kind in DONE_BY_PEOPLE:
        yield from compile_narrowing(element)


def _passed_in(element: Element, process: Process) -> Iterator[Expression | None]:
    # what is passed out is written in the names of the called process
    yield from (expression for _, expression in compile_mappings(element.passes_in, process))


def _parameters(element: Element, _process: Process) -> Iterator[Expression | None]:
    parameters = compile_parameters(element)
    for _, given in parameters.inputs + parameters.outputs:
        yield from given.expressions


def _event(element: Element, _: Process) -> Iterator[Expression | None]:
    trigger = element.trigger
    begins = element.kind is ElementKind.START_EVENT and not element.parent
    if trigger is not None and not begins:
        yield _text(trigger.text if trigger.kind is TriggerKind.TIMER else trigger.name)


def _work(element: Element, _: Process) -> Iterator[Expression | None]:
    if element.kind in DONE_BY_PROGRAMS:
        yield _text(element.topic)
        connector = CONNECTORS.get(element.topic)
        given = {} if connector is None else properties_of(element, connector)
        yield from (_text(text) for text in given.values())


def _text(text: str) -> Expression | None:
    return compile_literal_or_expression(text, Language.JUEL) if text else None


_READERS = (_script, _repetition, _narrowing, _passed_in, _parameters, _event, _work)
