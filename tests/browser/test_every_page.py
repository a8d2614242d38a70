"""Every page of the matrix in a real browser, wide and on a phone: axe-core finds nothing, and nothing is wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints, complaints_at_widths
from matrix import OBJECTS, PAGES, Thing, Who
from matrix_world import Question, build
from serving_here import serving
from web_kit import MORNING, close, settings_for

from engine.testing import FixedClock
from web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matrix_world import World
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

DOWNLOADS = (".csv", "/unduh")
READERS = (Who.VISITOR, Who.LANE, Who.HEAD, Who.ADMIN)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Give the office of the matrix."""
    folder: Path = tmp_path_factory.mktemp("matrix")
    first_morning = folder / "first.sqlite3"
    close(create_app(settings_for(first_morning), FixedClock(MORNING)))
    return build(first_morning, folder)


@pytest.fixture(scope="module")
def address(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve it, and give the address."""
    app = world.open(tmp_path_factory.mktemp("served") / "served.sqlite3")
    with serving(app) as port:
        yield f"http://127.0.0.1:{port}"


def questions() -> Iterator[tuple[str, Who]]:
    """Give every page with its first reader, and the pages of everybody with an administrator too."""
    for route, answers in PAGES.items():
        if route.startswith("GET ") and not route.endswith(DOWNLOADS):
            admitted = [who for who in READERS if answers[who] == 200]
            yield from ((route, who) for who in {*admitted[:1], *admitted[-1:]})
    for route, things in OBJECTS.items():
        if route.startswith("GET ") and things[Thing.MINE][Who.LANE] == 200:
            yield route, Who.LANE


@pytest.fixture(scope="module")
def phones(world: World, address: str, browser: Browser) -> Iterator[dict[Who, Page]]:
    """Give a browser page for each reader, signed in."""
    contexts: list[BrowserContext] = []
    pages: dict[Who, Page] = {}
    for who in READERS:
        context = browser.new_context(base_url=address, locale="id-ID")
        cookies = {"alur_tautan": world.others["token"], "alur_tamu": "visitor"}
        if who in world.sessions:
            cookies["alur_sesi"] = world.sessions[who]
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        contexts.append(context)
        pages[who] = context.new_page()
    yield pages
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("route", "who"), sorted(questions()), ids=str)
def test_a_page_has_no_barrier_and_fits_the_screen(
    world: World, phones: dict[Who, Page], route: str, who: Who
) -> None:
    thing = Thing.MINE if route in OBJECTS else None
    page = phones[who]
    answer = page.goto(Question(route=route, thing=thing).address(world))
    assert answer is not None
    assert answer.status == 200
    assert complaints_at_widths(page) == []


def test_on_a_phone_the_menu_holds_what_the_bar_does_not(phones: dict[Who, Page]) -> None:
    page = phones[Who.ADMIN]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/tugas")
    shown = page.locator("nav.side a:visible")
    assert 2 <= shown.count() <= 5
    page.get_by_role("link", name="Menu", exact=True).click()
    assert shown.count() > 5
    assert page.get_by_role("link", name="Kantor", exact=True).is_visible()
    assert complaints(page) == ""
    page.get_by_role("link", name="Tutup menu").click()
    assert shown.count() <= 5
    assert page.evaluate("document.activeElement.id") == "isi"


def test_on_a_wide_screen_there_is_no_menu_to_open(phones: dict[Who, Page]) -> None:
    page = phones[Who.ADMIN]
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto("/tugas#menu")
    assert page.get_by_role("link", name="Kantor", exact=True).is_visible()
    assert not page.get_by_role("link", name="Menu", exact=True).is_visible()
    assert not page.get_by_role("link", name="Tutup menu").is_visible()
