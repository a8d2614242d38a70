"""What every answer carries, whom it is for, and what never gets an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web_kit import MORNING, Caller, Seen, close, settings_for

from engine.testing import FixedClock
from web import create_app
from web.config import Settings
from web.headers import DOWNLOAD_POLICY, HTTPS_ONLY, POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    Desk = Callable[[str], Caller]

SECURE = "https://alur.example.go.id"
ANSWERS = ("/masuk", "/tugas", "/akun", "/sandi-baru", "/tidak/ada", "/perkara/salah", "/keluar")


@pytest.fixture
def secure(first_morning: Path, tmp_path: Path) -> Iterator[Flask]:
    """Give the application of an office that is reached by HTTPS."""
    file = tmp_path / "secure.sqlite3"
    file.write_bytes(first_morning.read_bytes())
    app = create_app(settings_for(file, base_url=SECURE), FixedClock(MORNING))
    yield app
    close(app)


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_is_kept_by_nobody_and_framed_by_nobody_else(
    visitor: Caller, desk: Desk, address: str
) -> None:
    for caller in (visitor, desk("kepala")):
        headers = caller.client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert "Cookie" in headers["Vary"]
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_nothing_comes_from_elsewhere_or_from_inside_a_page() -> None:
    assert POLICY.startswith("default-src 'none';")
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "sandbox" in DOWNLOAD_POLICY


def test_by_https_the_browser_is_told_to_stay_there(secure: Flask, visitor: Caller) -> None:
    answer = secure.test_client().get("/masuk", base_url=SECURE)
    assert answer.headers["Strict-Transport-Security"] == HTTPS_ONLY
    assert "Strict-Transport-Security" not in visitor.client.get("/masuk").headers


def test_by_https_all_cookies_are_bound_to_the_host(secure: Flask) -> None:
    client = secure.test_client()
    page = Seen(answer=client.get("/masuk", base_url=SECURE))
    fields = {**page.form("/masuk"), "login": "kepala", "sandi": "peragaan-alur"}
    signed_in = client.post("/masuk", data=fields, base_url=SECURE)
    link = client.get(f"/sandi-baru/{'x' * 43}", base_url=SECURE)
    cookies = [c for a in (page.answer, signed_in, link) for c in a.headers.getlist("Set-Cookie")]
    names = {c.partition("=")[0] for c in cookies}
    assert names == {f"__Host-alur_{name}" for name in ("tamu", "sesi", "peramban", "tautan")}
    for cookie in cookies:
        for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
            assert word in cookie
        assert "Domain" not in cookie


def test_signing_out_clears_what_the_browser_kept(desk: Desk) -> None:
    caller = desk("kepala")
    answer = caller.client.post("/keluar", data=caller.get("/tugas").form("/keluar"))
    assert answer.headers["Clear-Site-Data"] == '"storage"'


@pytest.mark.parametrize("host", ["jahat.example", "localhost.jahat.example", "[", "a b", ""])
def test_a_request_to_another_host_is_refused(visitor: Caller, host: str) -> None:
    for path in ("/masuk", "/aset/0/alur.css", "/tidak/ada"):
        answer = visitor.client.get(path, headers={"Host": host})
        assert 400 <= answer.status_code < 404, (path, answer.status_code)
        assert host not in answer.text or host in ("", "[")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_a_request_to_this_machine_is_answered(visitor: Caller, host: str) -> None:
    assert visitor.client.get("/masuk", headers={"Host": host}).status_code == 200


def test_with_a_base_url_its_host_is_the_only_one(secure: Flask) -> None:
    client = secure.test_client()
    assert client.get("/masuk", headers={"Host": "ALUR.example.go.id:443"}).status_code == 200
    page = Seen(answer=client.get("/masuk", headers={"Host": "127.0.0.1"}))
    assert page.status == 403
    assert f"Buka {SECURE}." in page.text


def test_beyond_this_machine_without_a_base_url_every_host_is_answered() -> None:
    assert Settings(host="0.0.0.0", insecure_http=True).hosts == frozenset()  # noqa: S104 - only a value here


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT"])
def test_a_method_that_no_page_has_is_refused(desk: Desk, method: str) -> None:
    for path in ("/tugas", "/keluar", "/akun"):
        answer = desk("kepala").client.open(path, method=method)
        assert answer.status_code == 405


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_is_not_changed_by_a_header_or_a_field(desk: Desk, name: str) -> None:
    caller = desk("kepala")
    form = caller.get("/tugas").form("/keluar")
    caller.client.get("/keluar", headers={name: "POST"}, query_string={**form, "_method": "POST"})
    assert caller.get("/tugas").path == "/tugas"


def test_options_tells_methods_and_does_nothing(desk: Desk) -> None:
    caller = desk("kepala")
    answer = caller.client.options("/keluar")
    assert (answer.status_code, answer.data) == (200, b"")
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert caller.get("/tugas").path == "/tugas"


def test_a_token_in_the_address_or_a_header_is_no_token(desk: Desk) -> None:
    caller = desk("kepala")
    token = caller.get("/tugas").form("/keluar")["_csrf"]
    for sent in ({"query_string": {"_csrf": token}}, {"headers": {"X-CSRF-Token": token}}):
        assert caller.client.post("/keluar", **sent).status_code == 403


def test_a_json_body_carries_no_form(desk: Desk) -> None:
    caller = desk("kepala")
    token = caller.get("/tugas").form("/keluar")["_csrf"]
    assert caller.client.post("/keluar", json={"_csrf": token}).status_code == 403
