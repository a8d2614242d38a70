"""What follows from the conditions of a gateway or activity, with an example where one is certain."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.parting.domains import Filled
from engine.parting.reach import reachable
from engine.parting.samples import ANYTHING
from engine.parting.space import Space, axis_of
from engine.parting.terms import joined, read_condition
from engine.process import DECIDING, ElementKind
from engine.spiff.program import compile_condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from engine.form import Form
    from engine.parting.space import Axis, Outcome, Points
    from engine.parting.terms import Condition, Constant, Term
    from engine.process import Element, Flow, Process

MOST_LOOKS = 60_000
"""Points at which conditions of one process are tried; what is left is not judged, so that a huge drawing costs no more."""

MOST_TEXT = 40_000
"""Characters of all conditions of a process that are read; a drawing with more has thousands of them."""

MOST_STEPS = 50_000
"""Elements that are walked over in all to find out where a case can come from; behind that no example is certain."""

_NEVER_PARTING = {ElementKind.PARALLEL_GATEWAY, ElementKind.EVENT_GATEWAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found at an element.

    `gap` are values with which no way can be taken. `is_unsure` when there may be such, but not certainly. `never` are the
    flows whose condition nothing makes true. `clash` are two flows that can be taken at once, with values.
    """

    element: Element
    gap: Mapping[str, Constant] | None = None
    is_unsure: bool = False
    never: tuple[Flow, ...] = ()
    clash: tuple[Flow, Flow, Mapping[str, Constant]] | None = None


def judge(
    process: Process, forms: Mapping[str, Form], package: Iterable[Process] = ()
) -> Iterator[Judged]:
    """Judge each place of a process where the way parts by conditions, in document order.

    What can't be compiled or is drawn wrongly is passed over: other rules say so.
    """
    bench = _Bench(process, forms, package)
    for element in process.elements.values():
        flows = [f for f in process.leaving(element.id) if f.id != element.default]
        asked = [(f, c) for f in flows if (c := bench.conditions.get(f.id)) is not None]
        if element.kind in _NEVER_PARTING or not asked:
            continue
        is_whole = len(asked) == len(flows)
        if is_whole or element.kind not in DECIDING:
            yield bench.judged(element, asked, may_stick=is_whole and not element.default)


class _Bench:
    """The conditions of a process, read once."""

    def __init__(
        self, process: Process, forms: Mapping[str, Form], package: Iterable[Process]
    ) -> None:
        self._process = process
        self.conditions = dict(_conditions(process))
        self._filled = Filled(process, forms, package)
        self._at = {each: frozenset(fields) for each, fields in self._filled.at.items()}
        self._terms = joined(t for c in self.conditions.values() for t in c.terms.values())
        self._looks = MOST_LOOKS
        self._steps = MOST_STEPS

    def judged(
        self, element: Element, asked: Sequence[tuple[Flow, Condition]], *, may_stick: bool
    ) -> Judged:
        """Judge an element whose flows ask these conditions."""
        keys = {key for _, condition in asked for key in condition.terms}
        try:
            space = Space(self._axis(self._terms[key], element) for key in sorted(keys))
        except (ValueError, ArithmeticError):
            return Judged(element=element, is_unsure=may_stick)
        if self._looks < space.size * len(asked):
            return Judged(element=element)
        self._looks -= space.size * len(asked)
        outcomes = {flow.id: space.outcome(condition) for flow, condition in asked}
        return self._found(
            element, [flow for flow, _ in asked], space, outcomes, may_stick=may_stick
        )

    def _axis(self, term: Term, element: Element) -> Axis:
        is_variable = bool(term.variable)
        return axis_of(
            term, self._filled.domain(term.variable, element.id) if is_variable else ANYTHING
        )

    def _found(
        self,
        element: Element,
        flows: Sequence[Flow],
        space: Space,
        outcomes: Mapping[str, Outcome],
        *,
        may_stick: bool,
    ) -> Judged:
        gap = _gap(space, outcomes.values()) if may_stick else 0
        clashes = dict(_clashes(flows, outcomes, space)) if _is_exclusive(element) else {}
        never = tuple(flow for flow in flows if self._is_never(flow, outcomes[flow.id], space))
        if not _is_certain(space) or self._steps < len(self._process.elements):
            return Judged(element=element, is_unsure=gap != 0, never=never)
        came = self._came(element, space, outcomes) if gap or clashes else 0
        clash = next(
            ((*pair, space.first(p & came)) for pair, p in clashes.items() if p & came), None
        )
        return Judged(
            element=element,
            gap=space.first(gap & came) if gap & came else None,
            never=never,
            clash=clash,
        )

    def _is_never(self, flow: Flow, outcome: Outcome, space: Space) -> bool:
        """Tell whether nothing makes a condition true that hangs on known fields alone."""
        known = {axis.term.key for axis in space.axes if axis.is_known}
        is_known = self.conditions[flow.id].terms.keys() <= known
        return is_known and not outcome.true and not outcome.failed

    def _came(self, element: Element, space: Space, own: Mapping[str, Outcome]) -> Points:
        """Give where a case can be at the element, by all conditions of the process that hang on the same terms."""
        self._steps -= len(self._process.elements)
        outcomes = dict(own)
        for flow, condition in self.conditions.items():
            if flow not in outcomes and condition.terms.keys() <= space.keys:
                if self._looks < space.size:
                    break
                self._looks -= space.size
                outcomes[flow] = space.outcome(condition)
        return reachable(self._process, space, outcomes, self._at, element.id)


def _conditions(process: Process) -> Iterator[tuple[str, Condition]]:
    left = MOST_TEXT
    for flow in process.flows.values():
        left -= len(flow.condition)
        if flow.condition and left >= 0:
            try:
                yield flow.id, read_condition(compile_condition(flow, process))
            except ExpressionInvalid:
                continue


def _is_exclusive(element: Element) -> bool:
    return element.kind is ElementKind.EXCLUSIVE_GATEWAY


def _is_certain(space: Space) -> bool:
    """Tell whether each point can really come: all are known fields, and none is shown or hidden by what another says."""
    hideable = any(axis.domain.is_hideable for axis in space.axes)
    return all(axis.is_known for axis in space.axes) and not (hideable and len(space.axes) > 1)


def _gap(space: Space, outcomes: Iterable[Outcome]) -> Points:
    points = space.firm
    for outcome in outcomes:
        points &= ~(outcome.true | outcome.failed)
    return points


def _clashes(
    flows: Sequence[Flow], outcomes: Mapping[str, Outcome], space: Space
) -> Iterator[tuple[tuple[Flow, Flow], Points]]:
    for one, other in combinations(flows, 2):
        both = outcomes[one.id].true & outcomes[other.id].true & space.firm
        if both:
            yield (one, other), both
