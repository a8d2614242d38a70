"""What requires what in a DMN file (DMN 1.5, 6.2.2), and which names are known by it."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from engine.decision.model import Table
from engine.decision.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from engine.decision.model import Decision, DecisionService, Drawn, Knowledge


def wrong_requirements(drawn: Drawn) -> list[Problem]:
    """Find requirements of what the file does not have and, if there are none, one circle of requirements."""
    return list(_missing(drawn)) or list(_circle(drawn))


def order_of(
    decisions: Mapping[str, Decision], keys: Sequence[str], given: frozenset[str] = frozenset()
) -> list[Decision]:
    """Give these decisions and all that they require but for those given, each after what it requires itself."""
    done: dict[str, Decision] = {}
    waiting = [(key, False) for key in reversed(keys)]
    while waiting:
        key, is_ready = waiting.pop()
        if key in done or key in given:
            continue
        if is_ready:
            done[key] = decisions[key]
        else:
            waiting.append((key, True))
            waiting.extend((each, False) for each in reversed(decisions[key].decisions))
    return list(done.values())


def known_names(drawn: Drawn, decision: Decision) -> frozenset[str]:
    """Give the names that a decision knows from the file: of the decisions and functions that it requires."""
    answers = (names_of_answer(drawn.decisions[each]) for each in decision.decisions)
    return names_of_functions(drawn, decision.knowledge).union(*answers)


def names_of_answer(decision: Decision) -> frozenset[str]:
    """Give the names under which a decision's answer is known to those that require it.

    Its variable (DMN 1.5, 7.3.1), its id (Camunda 8), and the names of its table's outputs (Camunda 7).
    """
    outputs = decision.logic.outputs if isinstance(decision.logic, Table) else ()
    return frozenset({decision.variable, decision.id, *(each.name for each in outputs)})


def names_of_functions(drawn: Drawn, keys: Sequence[str]) -> frozenset[str]:
    """Give the names under which business knowledge models and decision services are called."""
    return frozenset(function_name(drawn, key) for key in keys)


def function_name(drawn: Drawn, key: str) -> str:
    """Give the name under which one of them is called."""
    found = drawn.knowledge.get(key)
    return drawn.services[key].variable if found is None else found.name


def _missing(drawn: Drawn) -> Iterator[Problem]:
    functions = drawn.knowledge.keys() | drawn.services.keys()
    for decision in drawn.decisions.values():
        yield from _unknown(decision, decision.inputs, drawn.inputs.keys())
        yield from _unknown(decision, decision.decisions, drawn.decisions.keys())
        yield from _unknown(decision, decision.knowledge, functions)
    for model in drawn.knowledge.values():
        yield from _unknown(model, model.knowledge, functions)
    for service in drawn.services.values():
        decisions = (*service.outputs, *service.given_decisions)
        yield from _unknown(service, decisions, drawn.decisions.keys())
        yield from _unknown(service, service.given_inputs, drawn.inputs.keys())


def _unknown(
    owner: Decision | Knowledge | DecisionService,
    needed: Sequence[str],
    there: Collection[str],
) -> Iterator[Problem]:
    for key in needed:
        if key not in there:
            yield Problem(code="dmn_reference", place=_place(owner), params={"found": f"#{key}"})


def _circle(drawn: Drawn) -> Iterator[Problem]:
    needs: dict[str, Sequence[str]] = {
        **{key: (*each.decisions, *each.knowledge) for key, each in drawn.decisions.items()},
        **{key: each.knowledge for key, each in drawn.knowledge.items()},
        **{key: each.outputs for key, each in drawn.services.items()},
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        _, circle = error.args
        owners: dict[str, Decision | Knowledge | DecisionService] = {
            **drawn.decisions,
            **drawn.knowledge,
            **drawn.services,
        }
        names = " → ".join(owners[key].name for key in circle)
        yield Problem(code="dmn_circle", place=_place(owners[circle[0]]), params={"found": names})


def _place(owner: Decision | Knowledge | DecisionService) -> Place:
    return Place(decision=owner.id, name=owner.name, line=owner.line)
