"""Asking a decision: what it requires first, then itself (DMN 1.5, 6.2.1 and 10.4)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, final

from engine.decision.model import HitPolicy, Table
from engine.decision.outcome import Evaluated, Outcome
from engine.decision.problem import DecisionFailed, Place
from engine.decision.requirements import function_name, names_of_answer, order_of
from engine.decision.running import Evaluation, Trace
from engine.decision.table import TableRun
from engine.expression.values import Function

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.decision.build import DecisionModel
    from engine.decision.model import Decision, DecisionService
    from engine.expression.values import Datum
    from engine.variables import Value


def evaluate(
    model: DecisionModel, key: str, variables: Mapping[str, Value], *, now: datetime | None
) -> Outcome:
    """Ask the decision or decision service of that id with the variables of a case.

    `now` is the moment in the agency's zone. Raises DecisionFailed, with the place in the file, when there is no answer.
    """
    place = Place(decision=key, name=_name_of(model, key))
    try:
        return _outcome(model, place, variables, now)
    except (
        RecursionError
    ) as error:  # functions inside functions inside boxes: only a file made for it gets here
        raise DecisionFailed(
            "Expected room on Python's stack, but there is none left",
            code="expression_stack",
            place=place,
        ) from error


def _outcome(
    model: DecisionModel, place: Place, variables: Mapping[str, Value], now: datetime | None
) -> Outcome:
    unknown: set[str] = set()
    evaluation = Evaluation(model.types, variables, now, unknown)
    session = _Session(model=model, evaluation=evaluation)
    service = model.drawn.services.get(place.decision)
    if service is not None:
        answer = session.serve(service, variables, session.steps)
    else:
        asking = _Asking(session=session, case=variables, steps=session.steps)
        answer = asking.answer(place.decision)
    rows = [
        {name: evaluation.stored(value, place) for name, value in row.items()}
        for row in answer.rows
    ]
    return Outcome(
        value=evaluation.stored(answer.value, place),
        rows=rows,
        steps=tuple(session.steps),
        unknown=frozenset(unknown),
    )


def _name_of(model: DecisionModel, key: str) -> str:
    found = model.drawn.decisions.get(key) or model.drawn.services.get(key)
    if found is None:
        raise DecisionFailed(
            f"Expected a decision {key!r}, but the file has none",
            code="decision_unknown",
            place=Place(decision=key, name=key),
        )
    return found.name


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What one decision gave, and the variables of the case that it comes from."""

    value: Datum
    rows: Sequence[Mapping[str, Datum]]
    reads: frozenset[str]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    """All that is asked for one outcome; `made` are the functions that were needed so far."""

    model: DecisionModel
    evaluation: Evaluation
    steps: list[Evaluated] = field(default_factory=list)
    made: dict[str, Function] = field(default_factory=dict)

    def functions(self, keys: Sequence[str]) -> dict[str, Datum]:
        """Give business knowledge models and decision services as functions, by the names that they are called by."""
        for key in keys:
            if key not in self.made:
                self.made[key] = self._function(key)
        return {function_name(self.model.drawn, key): self.made[key] for key in keys}

    def serve(
        self,
        service: DecisionService,
        variables: Mapping[str, Datum],
        steps: list[Evaluated] | None,
    ) -> _Answer:
        """Ask the decisions of a service; those that it says are given are taken from the variables."""
        drawn, evaluation = self.model.drawn, self.evaluation
        given = {}
        for key in service.given_decisions:
            decision = drawn.decisions[key]
            place = Place(decision=service.id, name=service.name, heading=decision.variable)
            found = variables.get(decision.variable)
            value = evaluation.fit(found, decision.type, place, "decision_input")
            given[key] = _Answer(value=value, rows=(), reads=frozenset({decision.variable}))
        asking = _Asking(session=self, case=variables, steps=steps, answers=given)
        answers = {drawn.decisions[key].variable: asking.answer(key) for key in service.outputs}
        values = {name: answer.value for name, answer in answers.items()}
        alone = next(iter(values.values())) if len(values) == 1 else values
        place = Place(decision=service.id, name=service.name, heading=service.variable)
        return _Answer(
            value=evaluation.fit(alone, service.type, place, "decision_result"),
            rows=(values,),
            reads=frozenset[str]().union(*(answer.reads for answer in answers.values())),
        )

    def _function(self, key: str) -> Function:
        service = self.model.drawn.services.get(key)
        if service is not None:
            return self._service_function(service)
        program = self.model.functions[key]
        needed = self.model.drawn.knowledge[key].knowledge
        return Function(
            parameters=tuple(each.name for each in program.parameters),
            run=lambda _, given: program.call(self.evaluation, self.functions(needed), given),
        )

    def _service_function(self, service: DecisionService) -> Function:
        """Give a service as a function: of its facts, then of its given decisions (so the conformance kit, case 0085)."""
        drawn = self.model.drawn
        decisions = [drawn.decisions[key] for key in service.given_decisions]
        inputs = [drawn.inputs[key] for key in service.given_inputs]
        types = {each.name: each.type for each in inputs}
        types.update({each.variable: each.type for each in decisions})

        place = Place(decision=service.id, name=service.name, line=service.line)

        def run(given: Sequence[Datum]) -> Datum:
            if len(given) != len(types):
                return None
            fitted = {
                name: self.evaluation.fit_or_null(value, types[name])
                for name, value in zip(types, given, strict=True)
            }
            return self.evaluation.call(lambda: self.serve(service, fitted, None).value, place)

        return Function(parameters=tuple(types), run=lambda _, given: run(given))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """Decisions asked with the same variables; each is evaluated once.

    `steps` takes what is told of them; it is None inside a function, which may be called any number of times.
    """

    session: _Session
    case: Mapping[str, Datum]
    steps: list[Evaluated] | None
    answers: dict[str, _Answer] = field(default_factory=dict)

    def answer(self, key: str) -> _Answer:
        """Give what a decision answers."""
        decisions = self.session.model.drawn.decisions
        for decision in order_of(decisions, (key,), frozenset(self.answers)):
            self.answers[decision.id] = self._evaluated(decision)
        return self.answers[key]

    def _evaluated(self, decision: Decision) -> _Answer:
        session, evaluation = self.session, self.session.evaluation
        place = Place(
            decision=decision.id, name=decision.name, heading=decision.variable, line=decision.line
        )
        variables, origins = self._scope(decision, place)
        outer, evaluation.trace = evaluation.trace, Trace()
        program = session.model.decisions[decision.id]
        rows: Sequence[Mapping[str, Datum]]
        if isinstance(program, TableRun):
            decided = program.decide(evaluation, variables)
            found, rows = decided.value, decided.rows
        else:
            evaluation.note_names(program.names, variables)
            found = program.run(evaluation, variables)
            rows = ({decision.variable: found},)
        value = evaluation.fit(found, decision.type, place, "decision_result")
        reads = _reads(program.names, origins)
        if self.steps is not None:
            self.steps.append(self._step(decision, place, value, origins))
        evaluation.trace = outer
        return _Answer(value=value, rows=rows, reads=reads)

    def _scope(
        self, decision: Decision, place: Place
    ) -> tuple[dict[str, Datum], dict[str, frozenset[str]]]:
        """Give what a decision sees, and for what comes from other decisions the variables of the case behind it.

        The variables of the case come first; over them the answers of required decisions by the names of their outputs,
        by their ids and by their variables; then functions.
        """
        session, drawn = self.session, self.session.model.drawn
        variables: dict[str, Datum] = dict(self.case)
        for key in decision.inputs:
            each = drawn.inputs[key]
            if each.name in variables:
                variables[each.name] = session.evaluation.fit(
                    variables[each.name],
                    each.type,
                    replace(place, heading=each.name),
                    "decision_input",
                )
        answers = [(drawn.decisions[key], self.answers[key]) for key in decision.decisions]
        known: dict[str, Datum] = {}
        for required, answer in answers:
            known.update(_by_output(required, answer))
        known.update((required.id, answer.value) for required, answer in answers)
        known.update((required.variable, answer.value) for required, answer in answers)
        origins = {
            name: answer.reads for required, answer in answers for name in names_of_answer(required)
        }
        functions = session.functions(decision.knowledge)
        origins.update(dict.fromkeys(functions, frozenset()))
        return {**variables, **known, **functions}, origins

    def _step(
        self, decision: Decision, place: Place, value: Datum, origins: Mapping[str, frozenset[str]]
    ) -> Evaluated:
        evaluation = self.session.evaluation
        program = self.session.model.decisions[decision.id]
        inputs = evaluation.trace.inputs
        everything = _reads(program.names, origins)
        own: dict[str, frozenset[str]] = {name: frozenset({name}) for name in program.names}
        rest = frozenset[str]()
        if isinstance(program, TableRun):
            own = {each.label: each.expression.names for each in program.columns}
            rest = _reads(program.names_of_rules, origins)
        reads = {
            label: _reads(own[label], origins) if label in own else everything for label in inputs
        }
        return Evaluated(
            decision=decision.id,
            name=decision.name,
            inputs={label: evaluation.told(each, place) for label, each in inputs.items()},
            reads={**reads, "": rest},
            outputs=evaluation.told(value, place),
            rules=tuple(evaluation.trace.rules),
        )


def _by_output(decision: Decision, answer: _Answer) -> dict[str, Datum]:
    """Give the answer as Camunda 7 hands it on: each output under its name, as a list where several rules may count."""
    table = decision.logic
    if not isinstance(table, Table) or not answer.rows:
        return {}
    lists = table.aggregation is None and table.hit_policy in (
        HitPolicy.COLLECT,
        HitPolicy.RULE_ORDER,
        HitPolicy.OUTPUT_ORDER,
    )
    names = [output.name for output in table.outputs]
    if lists:
        return {name: [row[name] for row in answer.rows] for name in names}
    return {name: answer.rows[0][name] for name in names}


def _reads(names: frozenset[str], origins: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Give the variables of the case behind these names."""
    return frozenset[str]().union(*(origins.get(name, frozenset({name})) for name in names))
