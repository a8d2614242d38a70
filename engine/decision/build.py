"""A DMN file made ready: a program for each decision and each function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from engine.decision.build_logic import LogicBuilder
from engine.decision.compiling import Cells
from engine.decision.problem import DecisionInvalid, Place
from engine.decision.read import read_drawn
from engine.decision.requirements import (
    known_names,
    names_of_functions,
    order_of,
    wrong_requirements,
)
from engine.decision.types import Types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.decision.model import Decision, Drawn, ItemType, Knowledge
    from engine.decision.programs import FunctionRun, Run
    from engine.decision.running import Placed


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionModel:
    """A DMN file that runs: what is drawn in it, and its programs by the id of the decision or function.

    `filtered` are names that only filters use and no input is called by.
    """

    drawn: Drawn
    types: Types
    decisions: Mapping[str, Run]
    functions: Mapping[str, FunctionRun]
    filtered: frozenset[str]


def read_decisions(data: bytes, *, file: str) -> DecisionModel:
    """Read a DMN file so that its decisions can be evaluated.

    Raises DefinitionError (codes `file_*`) when it can't be read, DecisionInvalid with every place that does not run.
    """
    drawn, problems = read_drawn(data, file=file)
    problems.extend(wrong_requirements(drawn))
    if problems:  # which names a cell knows comes from the requirements
        raise DecisionInvalid(file, tuple(problems))
    model = _model(drawn, Cells(problems))
    if problems:
        raise DecisionInvalid(file, tuple(sorted(problems, key=lambda each: each.place.line)))
    return model


def inputs_of(model: DecisionModel, key: str) -> frozenset[str]:
    """Give the names of the variables that a decision or service takes from the case, with those of what it requires."""
    drawn = model.drawn
    service = drawn.services.get(key)
    given = frozenset() if service is None else frozenset(service.given_decisions)
    asked = (key,) if service is None else service.outputs
    taken = (
        model.decisions[each.id].names - known_names(drawn, each) - model.filtered
        for each in order_of(drawn.decisions, asked, given)
    )
    return frozenset(drawn.decisions[each].variable for each in given).union(*taken)


def _model(drawn: Drawn, cells: Cells) -> DecisionModel:
    types = _types(drawn, cells)
    inner = frozenset(_components(drawn.types.values()))
    builder = _Builder(drawn=drawn, cells=cells, types=types, inner=inner)
    return DecisionModel(
        drawn=drawn,
        types=types,
        decisions={key: builder.decision(each) for key, each in drawn.decisions.items()},
        functions={key: builder.function(each) for key, each in drawn.knowledge.items()},
        filtered=cells.only_in_filters.difference(each.name for each in drawn.inputs.values()),
    )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Builder:
    """`inner` are the names inside structures, which stand behind a dot."""

    drawn: Drawn
    cells: Cells
    types: Types
    inner: frozenset[str]

    def decision(self, decision: Decision) -> Run:
        place = Place(decision=decision.id, name=decision.name, line=decision.line)
        builder = LogicBuilder(cells=self.cells, types=self.types, owner=place)
        builder.known_type(decision.type, place)
        inputs = [self.drawn.inputs[each] for each in decision.inputs]
        for each in inputs:
            builder.known_type(each.type, place)
        known = known_names(self.drawn, decision).union(each.name for each in inputs)
        return builder.run(decision.logic, self.inner | known)

    def function(self, knowledge: Knowledge) -> FunctionRun:
        place = Place(decision=knowledge.id, name=knowledge.name, line=knowledge.line)
        builder = LogicBuilder(cells=self.cells, types=self.types, owner=place)
        known = names_of_functions(self.drawn, knowledge.knowledge)
        return builder.function(knowledge.function, self.inner | known, knowledge.type)


def _types(drawn: Drawn, cells: Cells) -> Types:
    tests: dict[int, Placed] = {}
    types = Types(drawn.types, tests)
    for item in _items(drawn.types.values()):
        line = 0 if item.values is None else item.values.line
        place = Place(name=item.name, heading=item.name, line=line)
        if not types.knows(item.base):
            cells.refuse("dmn_type", place, item.base, found=item.base)
        if item.values is not None and not item.values.is_empty:
            tests[id(item)] = cells.tests(item.values, place, frozenset())
    for name in drawn.types:
        if types.is_circle(name):
            cells.refuse("dmn_type_circle", Place(name=name, heading=name), name, found=name)
    return types


def _items(items: Iterable[ItemType]) -> Iterator[ItemType]:
    for item in items:
        yield item
        yield from _items(item.components.values())


def _components(items: Iterable[ItemType]) -> Iterator[str]:
    for item in _items(items):
        yield from item.components
