"""What holds for every page: who may open it, its headers, its weight, and that nothing in it is inline."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from web_kit import FIRST_REQUEST, Caller, Seen, close

from web.assets import list_assets
from web.headers import POLICY
from web.permissions import ROUTES, Access

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup
    from flask import Flask

    Desk = Callable[[str], Caller]

PAGES = ("/tugas", "/tugas?meja=bebas", "/tugas?meja=selesai", "/proses", "/perkara")
ANSWERS = dict.fromkeys(Access, 303) | {Access.ANYONE: 200}
KB = 1024


@pytest.fixture
def case(desk: Desk) -> str:
    """Give the address of a case that waits for Bidang Usaha Mikro."""
    head = desk("kepala")
    page = head.start("Pelayanan Surat Keluar")
    return head.send(page, FIRST_REQUEST).link("Lihat perkara")


@pytest.fixture
def addresses(case: str, desk: Desk) -> list[str]:
    """Give the addresses of all pages."""
    return [*PAGES, case, str(desk("mikro").take_first().path)]


def test_every_route_has_its_line_in_the_table_of_permissions(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ROUTES)


def test_a_visitor_gets_no_further_than_the_sign_in(app: Flask, visitor: Caller) -> None:
    token = visitor.get("/masuk").form("/masuk")["_csrf"]
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "assets.show":
            continue
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<{argument}>", "x")
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = visitor.client.open(path, method=method, data={"_csrf": token})
            expected = 422 if rule.endpoint == "session.sign_in" else ANSWERS[ROUTES[rule.endpoint]]
            assert answer.status_code == expected, (method, path)


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


@pytest.mark.parametrize("login", ["auditor", "pemilik", "admin"])
def test_who_oversees_the_office_sees_its_cases(desk: Desk, case: str, login: str) -> None:
    assert desk(login).get(case).status == 200


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


def test_every_page_has_the_strict_headers(desk: Desk, addresses: list[str]) -> None:
    for address in addresses:
        headers = desk("mikro").get(address).answer.headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"


def test_nothing_on_a_page_is_inline(desk: Desk, addresses: list[str]) -> None:
    for address in addresses:
        page = desk("mikro").get(address).page
        assert not page.select("[style], style, script:not([src])")
        handlers = [t for t in page.select("*") if any(a.startswith("on") for a in t.attrs)]
        assert not handlers, address


def test_every_page_has_one_heading_and_labelled_fields(desk: Desk, addresses: list[str]) -> None:
    for address in addresses:
        seen = desk("mikro").get(address)
        assert seen.heading
        for control in seen.page.select(
            "main input:not([type=hidden]), main select, main textarea"
        ):
            label = seen.page.select_one(f'label[for="{control.get("id")}"]')
            assert label is not None, (address, control)


def test_every_form_that_changes_something_carries_token_and_request(
    desk: Desk, addresses: list[str]
) -> None:
    for address in addresses:
        for form in desk("mikro").get(address).page.select("main form[method=post]"):
            names = {field.get("name") for field in form.select("input[type=hidden]")}
            assert {"_csrf", "_request"} <= names, address


def test_pages_and_what_they_load_stay_light(desk: Desk, addresses: list[str]) -> None:
    for address in addresses:
        assert len(gzip.compress(desk("mikro").get(address).answer.data)) <= 15 * KB, address
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
