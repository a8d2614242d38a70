"""The server itself, spoken to byte by byte: what it refuses to read, and that slow callers keep nobody waiting."""

from __future__ import annotations

import socket
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from serving_here import serving
from web_kit import MORNING, settings_for

from engine.testing import FixedClock
from web import create_app
from web.config import Settings
from web.server import (
    MOST_BODY_BYTES,
    MOST_CONNECTIONS,
    MOST_HEADER_BYTES,
    options_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLOW_CALLERS = 200


@pytest.fixture(scope="module")
def port(first_morning: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Give the port of a server of our own, with the options of `alur run`."""
    file = tmp_path_factory.mktemp("server") / "alur.sqlite3"
    file.write_bytes(first_morning.read_bytes())
    app = create_app(settings_for(file), FixedClock(MORNING))
    with serving(app) as number:
        yield number


def say(port: int, *lines: str, body: bytes = b"") -> str:
    """Send a request as these lines and give the first line of the answer, empty when there is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        answer = b""
        while b"\r\n" not in answer and (part := connection.recv(4096)):
            answer += part
    return answer.partition(b"\r\n")[0].decode("latin-1")


GET = ("GET /masuk HTTP/1.1", "Host: localhost", "Connection: close")
POST = ("POST /masuk HTTP/1.1", "Host: localhost", "Connection: close")


def test_a_plain_request_is_answered(port: int) -> None:
    assert say(port, *GET) == "HTTP/1.1 200 OK"


@pytest.mark.parametrize(
    "lines",
    [
        (*POST, "Content-Length: 5", "Content-Length: 6"),
        (*POST, "Content-Length: 5, 6"),
        (*POST, "Content-Length: +5"),
        (*POST, "Content-Length: 5", "Transfer-Encoding: identity"),
        (*POST, "Transfer-Encoding: chunked, identity"),
        (*POST, "Transfer-Encoding: xchunked"),
        (*POST, "Transfer-Encoding : chunked"),
        (*POST, "Content-Length : 5"),
        (*GET, "Broken line"),
        (*POST, "Content-Length: 5", "Transfer-Encoding: chunked"),
        ("GET  /masuk HTTP/1.1", "Host: localhost"),
    ],
    ids=lambda lines: lines[-1],
)
def test_a_request_that_two_readers_may_read_in_two_ways_is_refused(
    port: int, lines: tuple[str, ...]
) -> None:
    first = say(port, *lines, body=b"12345")
    assert first.split(" ")[1] in {"400", "501"}, first


def test_a_head_that_is_too_long_is_refused(port: int) -> None:
    first = say(port, *GET, "X-Long: " + "x" * MOST_HEADER_BYTES)
    assert first.split(" ")[1] == "431"


def test_a_body_that_is_too_long_is_refused_before_it_comes(port: int) -> None:
    first = say(port, *POST, f"Content-Length: {MOST_BODY_BYTES + 1}")
    assert first.split(" ")[1] == "413"


def test_slow_callers_keep_nobody_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW_CALLERS)]
    try:
        for number, connection in enumerate(slow):
            begun = b"GET /masuk HTTP/1.1\r\nHost: local"
            connection.sendall(begun if number % 2 else b"POST /masuk HTTP/1.1\r\nContent-Le")
        took = []
        for _ in range(20):
            start = monotonic()
            assert say(port, *GET) == "HTTP/1.1 200 OK"
            took.append(monotonic() - start)
    finally:
        for connection in slow:
            connection.close()
    assert sorted(took)[18] < 1
    assert SLOW_CALLERS < MOST_CONNECTIONS


@pytest.mark.parametrize("proxies", [0, 1])
def test_what_a_caller_says_of_its_address_is_thrown_away_unless_proxies_say_it(
    proxies: int,
) -> None:
    assert options_for(Settings(proxies=proxies))["clear_untrusted_proxy_headers"] is not bool(
        proxies
    )
