"""What holds for every page: its headers, its weight, its parts, and that nothing in it is inline.

The pages are those of the matrix (`tests/matrix.py`) that answer 200, opened by several callers.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from matrix import OBJECTS, PAGES, Thing, Who
from matrix_world import Question
from web_kit import FIRST_REQUEST, Caller, Seen, close

from web.assets import list_assets
from web.headers import POLICY
from web.permissions import ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import BeautifulSoup
    from flask import Flask
    from matrix_world import World

    Desk = Callable[[str], Caller]

READERS = (Who.VISITOR, Who.LANE, Who.HEAD, Who.AUDITOR, Who.ADMIN)
KB = 1024


@pytest.fixture
def case(desk: Desk) -> str:
    """Give the address of a case that waits for Bidang Usaha Mikro."""
    head = desk("kepala")
    page = head.start("Pelayanan Surat Keluar")
    return head.send(page, FIRST_REQUEST).link("Lihat perkara")


@pytest.fixture(scope="module")
def pages(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[tuple[str, Seen]]]:
    """Give every page that there is, as several readers see it, each with a name for messages."""
    app = world.open(tmp_path_factory.mktemp("pages") / "pages.sqlite3")
    yield [
        (f"{question.route} {who.name}", Seen(answer=answer))
        for question, who in _readable()
        if (answer := world.browser(app, who).client.get(question.address(world))).status_code
        == 200
        and answer.mimetype == "text/html"
    ]
    close(app)


def _readable() -> Iterator[tuple[Question, Who]]:
    for route, answers in PAGES.items():
        yield from ((Question(route=route), who) for who in READERS if answers[who] == 200)
    for route, things in OBJECTS.items():
        for thing in (Thing.MINE, Thing.LANES, Thing.FINISHED):
            question = Question(route=route, thing=thing)
            yield from ((question, who) for who in READERS if things[thing][who] == 200)


def test_every_route_has_its_line_in_the_table_of_permissions(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ROUTES)


def test_there_are_pages_to_look_at(pages: list[tuple[str, Seen]]) -> None:
    names = {name for name, _ in pages}
    assert {"GET /masuk VISITOR", "GET /tugas LANE", "GET /perkara/<case_id> AUDITOR"} <= names
    assert len(names) > 30


def test_who_may_not_see_a_case_gets_the_same_page_as_for_one_that_is_not_there(
    desk: Desk, case: str
) -> None:
    stranger = desk("umum")
    foreign = stranger.get(case)
    missing = stranger.get("/perkara/01aaaaaaaaaaaaaaaaaaaaaaaa")
    assert foreign.status == missing.status == 404
    assert _without_number(foreign.page) == _without_number(missing.page)
    assert stranger.get(f"{case.replace('perkara', 'tugas')}-3").status == 404
    assert desk("mikro").get(case).status == 200


def test_a_person_without_a_lane_finds_empty_lists(desk: Desk, case: str) -> None:
    stranger = desk("umum")
    assert case
    assert "Belum ada perkara" in stranger.get("/perkara").text
    assert "Tidak ada tugas yang bisa diambil" in stranger.get("/tugas?meja=bebas").text


def test_an_unknown_address_is_a_page_that_says_what_to_do(desk: Desk) -> None:
    page = desk("kepala").get("/tidak/ada")
    assert (page.status, page.heading) == (404, "Halaman tidak ditemukan")
    assert "Periksa alamatnya" in page.text


def test_a_wrong_method_is_a_page_too(desk: Desk) -> None:
    assert desk("kepala").get("/keluar").heading == "Permintaan tidak dapat dilayani"


def test_every_page_has_the_strict_headers(pages: list[tuple[str, Seen]]) -> None:
    for name, page in pages:
        headers = page.answer.headers
        assert headers["Content-Security-Policy"] == POLICY, name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Cache-Control"] == "no-store", name
        assert headers["Referrer-Policy"] == "same-origin", name


def test_nothing_on_a_page_is_inline(pages: list[tuple[str, Seen]]) -> None:
    for name, page in pages:
        assert not page.page.select("[style], style, script:not([src])"), name
        handlers = [t for t in page.page.select("*") if any(a.startswith("on") for a in t.attrs)]
        assert not handlers, name


def test_nothing_on_a_page_comes_from_elsewhere(pages: list[tuple[str, Seen]]) -> None:
    for name, page in pages:
        for tag in page.page.select("[src], [href], [action], [formaction]"):
            for attribute in ("src", "href", "action", "formaction"):
                value = str(tag.get(attribute, "/"))
                assert value[:1] in {"/", "#", "?"}, (name, value)
                assert not value.startswith("//"), (name, value)


def test_every_page_has_one_heading_and_labelled_fields(pages: list[tuple[str, Seen]]) -> None:
    controls = "main input:not([type=hidden], [hidden]), main select, main textarea"
    for name, page in pages:
        assert page.heading, name
        for control in page.page.select(controls):
            label = page.page.select_one(f'label[for="{control.get("id")}"]')
            said = label or control.get("aria-label") or control.get("aria-labelledby")
            assert said, (name, control)


def test_every_form_that_changes_something_carries_token_and_request(
    pages: list[tuple[str, Seen]],
) -> None:
    free = ("/masuk", "/keluar")  # which carry the token alone
    for name, page in pages:
        for form in page.page.select("form[method=post]"):
            names = {field.get("name") for field in form.select("input[type=hidden]")}
            expected = {"_csrf"} if form["action"] in free else {"_csrf", "_request"}
            assert expected <= names, (name, form["action"])


def test_no_id_stands_twice_on_a_page(pages: list[tuple[str, Seen]]) -> None:
    for name, page in pages:
        ids = [str(tag["id"]) for tag in page.page.select("[id]")]
        assert len(ids) == len(set(ids)), (name, sorted({i for i in ids if ids.count(i) > 1}))


def test_pages_and_what_they_load_stay_light(pages: list[tuple[str, Seen]]) -> None:
    heavy = {n: w for n, p in pages if (w := len(gzip.compress(p.answer.data))) > 15 * KB}
    assert heavy == {}
    for ending, most in (("css", 8), ("js", 5)):
        loaded = [a.content for a in list_assets().values() if a.name.endswith(ending)]
        assert sum(len(gzip.compress(content)) for content in loaded) <= most * KB


def test_static_files_are_kept_for_a_year_under_their_hash(visitor: Caller) -> None:
    link = visitor.get("/masuk").page.select_one("link[rel=stylesheet]")
    assert link is not None
    found = visitor.get(str(link["href"]))
    assert "immutable" in found.answer.headers["Cache-Control"]
    assert visitor.get("/aset/0000000000000000/alur.css").status == 404


def test_a_request_that_is_too_large_is_refused_with_its_limit(desk: Desk) -> None:
    claimed = {"CONTENT_LENGTH": str(33 * KB * KB)}
    answer = Seen(answer=desk("kepala").client.post("/keluar", environ_overrides=claimed))
    assert answer.status == 413
    assert "32 MB" in answer.text


def _without_number(page: BeautifulSoup) -> str:
    for number in page.select("main code"):
        number.decompose()
    main = page.select_one("main")
    assert main is not None
    return main.get_text()


def test_a_database_that_fails_is_a_page_that_says_what_to_do(app: Flask, desk: Desk) -> None:
    head = desk("kepala")
    fields = head.get("/tugas").form("/keluar")
    close(app)
    page = head.post("/keluar", fields)
    assert (page.status, page.heading) == (503, "Basis data tidak dapat dipakai")
    assert "Nomor galat" in page.text


def test_a_fault_of_ours_shows_no_trace_and_stands_in_the_log_on_one_line(
    app: Flask, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError("secret\nline")

    app.view_functions["tasks.inbox"] = fail
    page = desk("kepala").get("/tugas")
    assert (page.status, page.heading) == (500, "Terjadi gangguan")
    assert "secret" not in page.answer.text
    (number,) = page.page.select("main code")
    (line,) = [r.getMessage() for r in caplog.records if number.get_text() in r.getMessage()]
    assert "secret\\nline" in line
    assert "\n" not in line
