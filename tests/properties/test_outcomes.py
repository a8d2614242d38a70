"""P6 and P9: a case never stands still silently, and the order of parallel branches changes no outcome."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from kit import Case, bpmn, definition
from properties.amounts import examples
from properties.drawer import Wanted, processes
from properties.graphs import graphs
from properties.walks import FIRST, places, steps, token_at
from properties.written import definitions

from engine.errors import ExecutionFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DataObject
    from properties.models import Block

STOPS = {"no_flow_matches", "step_budget", "nothing_can_go_on"}


def goes_on(case: Case) -> bool:
    return case.finished or bool(case.desk)


def outcome(step: Callable[[], object]) -> str:
    try:
        step()
    except ExecutionFailed as error:
        return error.code
    return ""


def walk_past_errors(case: Case, data: DataObject) -> None:
    """Walk on; a step that fails leaves the case as it was before."""
    stop = outcome(lambda: case.start(**FIRST))
    assert stop in STOPS or goes_on(case)
    for place, values in steps(case, data) if not stop else ():
        before = case.at_rest()
        token = token_at(case, place)
        stop = outcome(partial(case.complete_token, token, **values))
        if stop:
            assert stop in STOPS
            case.load(*before)
        assert goes_on(case)


@examples(60)
@given(body=processes(Wanted(gaps=True)), data=st.data())
def test_a_structured_case_ends_waits_or_says_why_not(body: Block, data: DataObject) -> None:
    walk_past_errors(Case(*definitions(body)), data)


@examples(250)
@given(lines=graphs(), data=st.data())
def test_a_case_of_any_drawing_ends_waits_or_says_why_not(lines: str, data: DataObject) -> None:
    walk_past_errors(Case(definition(bpmn(lines))), data)


@examples(40)
@given(body=processes(Wanted(repeats=False, terminates=False)), data=st.data())
def test_branches_that_write_different_keys_give_one_outcome_in_any_order(
    body: Block, data: DataObject
) -> None:
    choices = data.draw(st.sampled_from([FIRST, {**FIRST, "setuju": False, "pilih": "z"}]))
    outcomes = []
    for order in (min, max, None):
        case = Case(*definitions(body)).start(**choices)
        while not case.finished:
            offered = sorted(places(case))
            place = order(offered) if order else data.draw(st.sampled_from(offered))
            case.complete_token(token_at(case, place), **{f"k_{place[0]}": place[0]})
        outcomes.append((case.values, case.visits))
    assert outcomes[0] == outcomes[1] == outcomes[2]
