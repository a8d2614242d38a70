"""A business rule task asks its decision (BPMN 2.0.2, 10.3.3.6; DMN 1.5, 6.2): which version, with what, and what is told of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from engine.decision import evaluate, read_decisions, result_of
from engine.errors import ExecutionFailed
from engine.history import DecisionEvaluated
from engine.office_value import values_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.decision import DecisionModel, Evaluated, StoredDecision
    from engine.process import Element
    from engine.spiff.asking import Asking
    from engine.spiff.program import Program
    from engine.variables import Value

KEPT = 256
"""Decision files that stay compiled."""

OUTPUTS = "outputs"
INPUT = "inputs."
"""Under which names the personal values of a decision are kept beside the history."""


class Deciding:
    """One business rule task that asks its decision once.

    `personal` are the names of the case's personal values: what is made of them is told only as a commitment, and may
    only go to a variable that is personal too.
    """

    def __init__(
        self, program: Program, element: Element, asking: Asking, personal: frozenset[str]
    ) -> None:
        self._element = element
        self._asking = asking
        self._personal = personal
        self._process = program.process
        self._stored = _stored(program, element, asking)
        self._model = decision_model(self._stored)
        self._steps: tuple[Evaluated, ...] = ()
        self._set: Mapping[str, Value] = {}

    def value(self, view: Mapping[str, Value]) -> Value:
        """Give what the decision gives, in the shape that the task asks for; what the office has set is known to it too.

        Raises ExecutionFailed when there is no single answer, a personal one for a variable that is not, or while the
        office has not set all that the process declares.
        """
        circumstances, process = self._asking.circumstances, self._process
        self._set = values_for(process, circumstances.values_of(process.key), self._element.id)
        seen = {**view, **self._set}
        outcome = evaluate(self._model, self._stored.key, seen, now=circumstances.local)
        self._asking.tell(outcome.unknown, self._element.id)
        self._steps = outcome.steps
        self._expect_kept_secret()
        return result_of(outcome, self._element.decision_result)

    def told(self, token: int) -> Iterator[DecisionEvaluated]:
        """Give what the history says of each decision that was evaluated; commitments are made when it is chained."""
        for step in self._steps:
            hidden = [
                INPUT + label for label in step.inputs if self._is_personal(step.reads[label])
            ]
            if self._is_personal(frozenset[str]().union(*step.reads.values())):
                hidden.append(OUTPUTS)  # rules may read a value that is no input
            yield DecisionEvaluated(
                token=token,
                element=self._element.id,
                stored=self._stored.id,
                decision=step.decision,
                name=step.name,
                version=self._stored.version,
                inputs=dict(step.inputs),
                outputs=step.outputs,
                rules=step.rules,
                settings={k: v for k, v in self._set.items() if k in _read_by(step)},
                reads=tuple(sorted(_read_by(step) - self._set.keys())),
                personal=dict.fromkeys(hidden, ""),
            )

    def _expect_kept_secret(self) -> None:
        names = frozenset[str]().union(*map(_read_by, self._steps))
        if self._is_personal(names) and self._element.result not in self._personal:
            raise ExecutionFailed(
                f"Expected {self._element.result} to be a personal variable, but it is not",
                code="decision_personal",
                element=self._element.id,
                variable=self._element.result,
            )

    def _is_personal(self, names: frozenset[str]) -> bool:
        return not self._personal.isdisjoint(names)


def _read_by(step: Evaluated) -> frozenset[str]:
    return frozenset[str]().union(*step.reads.values())


def decision_model(stored: StoredDecision) -> DecisionModel:
    """Give the compiled file of a decision."""
    return _model(stored.digest, stored.source, stored.resource)


@lru_cache(maxsize=KEPT)
def _model(digest: str, source: bytes, file: str) -> DecisionModel:
    del digest  # tells two files apart without comparing them
    return read_decisions(source, file=file)


def _stored(program: Program, element: Element, asking: Asking) -> StoredDecision:
    reference = element.decision
    deployment = program.definition.deployment
    decision_of = asking.circumstances.decision_of
    found = None if reference is None else decision_of(reference, deployment)
    if found is None:
        raise ExecutionFailed(
            f"Expected a decision {reference}, but it is not in force",
            code="decision_missing",
            element=element.id,
            decision="" if reference is None else reference.key,
        )
    return found
