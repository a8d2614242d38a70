"""A finished task that is taken back leaves the case where it was, under new numbers, and the history tells exactly that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from kit import Case
from properties.amounts import examples
from properties.drawer import Wanted, processes
from properties.test_replay import History, real, seen
from properties.walks import FIRST, act, places, steps, token_at
from properties.written import definitions

from engine.replay import Moment, fold
from engine.variables import object_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DataObject
    from properties.models import Block


def undone(case: Case, before: Moment) -> Mapping[int, int]:
    """Take the last completion back; gives the old number of each new one."""
    values = {number: dict(scope.values) for number, scope in before.scopes.items()}
    openers = {number: scope.token for number, scope in before.scopes.items()}
    new = case.execution.undo(values, openers)
    case._rest()
    return {now: then for then, now in new.items()}


def at_rest(case: Case, old: Mapping[int, int] | None = None) -> object:
    """Give what is kept of the case, its order aside, under the numbers from before."""
    frontier, variables = case.at_rest()
    state = json.loads(frontier)
    names = {str(now): str(then) for now, then in (old or {}).items()}
    values = {names.get(scope, scope): own for scope, own in object_of(variables).items()}
    rows = {part: sorted(map(json.dumps, _renamed(part, state[part], old or {}))) for part in "wst"}
    return rows, values


def _renamed(part: str, rows: list[list[object]], old: Mapping[int, int]) -> list[list[object]]:
    columns = {"w": (0, 1), "s": (0, 1), "t": (0, 1, 5, 6)}[part]
    for row in rows:
        for column in columns:
            row[column] = old.get(row[column], row[column])
        if part == "t" and "scope" in row[7]:
            row[7]["scope"] = old.get(row[7]["scope"], row[7]["scope"])
    return rows


@examples(80)
@given(body=processes() | processes(Wanted(events=True, owns=True)), data=st.data())
def test_taken_back_the_case_rests_where_it_rested_before(body: Block, data: DataObject) -> None:
    case = Case(*definitions(body)).start(**FIRST)
    history = History()
    moment = fold(history.take(case), {})
    for place, values in steps(case, data):
        if place in places(case) and data.draw(st.booleans()):
            before, places_before = at_rest(case), sorted(places(case))
            then = fold(history.records, {})
            case.complete_token(token_at(case, place), **values)
            fold(history.take(case), {}, moment)
            if case.finished:
                case.load(*case.at_rest())
            old = undone(case, then)
            fold(history.take(case), {}, moment)
            assert at_rest(case, old) == before
            assert sorted(places(case)) == places_before
            assert seen(moment) == real(case)
        act(case, place, values)
        fold(history.take(case), {}, moment)
        assert seen(moment) == real(case)


@examples(40)
@given(body=processes(), data=st.data())
def test_who_takes_steps_back_and_sends_them_again_comes_to_the_same_end(
    body: Block, data: DataObject
) -> None:
    straight, turning = (Case(*definitions(body)).start(**FIRST) for _ in range(2))
    history = History()
    for place, values in steps(straight, data):
        then = fold([*history.records, *history.take(turning)], {})
        straight.complete_token(token_at(straight, place), **values)
        turning.complete_token(token_at(turning, place), **values)
        assert turning.finished == straight.finished
        if not turning.finished and data.draw(st.booleans()):
            undone(turning, then)
            turning.complete_token(token_at(turning, place), **values)
        assert sorted(places(turning)) == sorted(places(straight))
        assert turning.values == straight.values
