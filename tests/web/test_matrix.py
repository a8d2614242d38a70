"""Every route is asked by every kind of caller, and answers what `matrix.py` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from matrix import OBJECTS, OUTSIDE, PAGES, Thing, Who
from matrix_world import Question
from web_kit import close, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from matrix import Answers
    from matrix_world import World

ROUTES = (*PAGES, *OBJECTS)
COUNTED = ("POST /masuk",)
"""Routes at which tries are counted, so that each caller needs tries of their own."""


@pytest.fixture(scope="module")
def office(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the application for questions that change nothing."""
    app = world.open(tmp_path_factory.mktemp("shared") / "shared.sqlite3")
    yield app
    close(app)


def routes(app: Flask) -> set[str]:
    """Give every method of every rule."""
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def history(app: Flask) -> int:
    count = "SELECT count(*) FROM history"
    return int(parts_of(app).database.read(lambda c: c.exec_driver_sql(count).scalar_one()))


@pytest.fixture
def answers(world: World, office: Flask, tmp_path: Path) -> Callable[[Question, Answers], Answers]:
    """Give the function that asks as every caller; what is expected to change something is asked on a copy of its own."""

    def ask_all(question: Question, expected: Answers) -> Answers:
        found: dict[Who, int] = {}
        for who in Who:
            is_refused = expected[who] >= 400 or who in OUTSIDE
            if question.changes and (not is_refused or question.route in COUNTED):
                fresh = world.open(tmp_path / f"{who.name}.sqlite3")
                found[who] = question.ask(world, fresh, who)
                close(fresh)
                continue
            before = history(office)
            found[who] = question.ask(world, office, who)
            assert not is_refused or history(office) == before, (question, who)
        return found

    return ask_all


def differences(expected: Answers, found: Answers) -> dict[str, str]:
    return {
        who.value: f"expected {expected[who]}, but {found[who]}"
        for who in Who
        if expected[who] != found[who]
    }


def test_every_route_has_its_line(office: Flask) -> None:
    assert routes(office) == set(PAGES) | set(OBJECTS)


@pytest.mark.parametrize("route", PAGES)
def test_a_page_answers_each_caller_as_said(
    answers: Callable[[Question, Answers], Answers], route: str
) -> None:
    expected = PAGES[route]
    assert differences(expected, answers(Question(route=route), expected)) == {}


@pytest.mark.parametrize("thing", Thing, ids=lambda thing: thing.name.lower())
@pytest.mark.parametrize("route", OBJECTS)
def test_a_letter_is_answered_for_to_each_caller_as_said(
    answers: Callable[[Question, Answers], Answers], route: str, thing: Thing
) -> None:
    expected = OBJECTS[route][thing]
    assert differences(expected, answers(Question(route=route, thing=thing), expected)) == {}


@pytest.mark.parametrize("route", [r for r in ROUTES if Question(route=r).changes])
def test_without_the_form_token_nothing_is_changed_by_anybody(
    world: World, office: Flask, route: str
) -> None:
    question = Question(route=route, thing=Thing.MINE if route in OBJECTS else None)
    for_all = route in PAGES and PAGES[route][Who.VISITOR] != 303
    before = history(office)
    for who in Who:
        expected = 303 if who in OUTSIDE and not for_all else 403
        assert question.ask(world, office, who, token=False) == expected, who
    assert history(office) == before


@pytest.mark.parametrize("route", ROUTES)
def test_options_tells_nothing_but_methods(world: World, office: Flask, route: str) -> None:
    question = Question(route=route, thing=Thing.MINE if route in OBJECTS else None)
    for who in (Who.VISITOR, Who.FOREIGN_ADMIN):
        answer = world.browser(office, who).client.options(question.address(world))
        assert answer.status_code in {200, 303, 403, 404}, who
        assert answer.status_code != 200 or answer.data == b"", who
