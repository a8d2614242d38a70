"""P1: a case offers the same tasks and counts the same visits as an independent token game."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from kit import Case
from properties.amounts import examples
from properties.drawer import Wanted, processes
from properties.token_game import Game
from properties.walks import FIRST, act, places, steps, token_at, waits
from properties.written import definitions

from engine.history import ElementActivated, ElementCompleted

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject
    from properties.models import Block


def visits(case: Case) -> Counter[str]:
    at = {e.token: e.element for e in case.events if isinstance(e, ElementActivated)}
    return Counter(at[e.token] for e in case.events if isinstance(e, ElementCompleted))


def assert_same(case: Case, game: Game) -> None:
    assert case.finished == game.finished
    assert places(case).keys() == game.offered.keys()
    assert waits(case).keys() == game.waiting.keys()
    counted = visits(case)
    assert {element: counted[element] for element in game.visits} == game.visits
    own = {k: v for k, v in game.box.values.items() if v is not None}
    assert {k: v for k, v in case.values.items() if v is not None} == own


@examples(150)
@given(body=processes(), data=st.data())
def test_a_case_plays_the_token_game(body: Block, data: DataObject) -> None:
    case = Case(*definitions(body)).start(**FIRST)
    game = Game(body, FIRST)
    assert_same(case, game)
    for place, values in steps(case, data):
        case.complete_token(token_at(case, place), **values)
        game.act(place, values)
        assert_same(case, game)


@examples(150)
@given(body=processes(Wanted(events=True)), data=st.data())
def test_a_case_with_events_plays_the_token_game(body: Block, data: DataObject) -> None:
    case = Case(*definitions(body)).start(**FIRST)
    game = Game(body, FIRST)
    assert_same(case, game)
    for place, values in steps(case, data):
        act(case, place, values)
        game.act(place, values)
        assert_same(case, game)


@examples(150)
@given(body=processes(Wanted(events=True, raises=True, owns=True)), data=st.data())
def test_a_case_with_errors_handlers_and_parting_ways_plays_the_token_game(
    body: Block, data: DataObject
) -> None:
    case = Case(*definitions(body)).start(**FIRST)
    game = Game(body, FIRST)
    assert_same(case, game)
    for place, values in steps(case, data):
        act(case, place, values)
        game.act(place, values)
        assert_same(case, game)
