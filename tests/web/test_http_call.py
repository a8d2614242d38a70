"""Calls of JSON services: what goes out, what comes back, and where no call ever goes."""

from __future__ import annotations

import ssl
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from http_kit import HOST, JsonHost, serving
from mail_kit import authority, free_port

from engine.connectors.http_json import HttpRequest
from engine.ids import JobId
from engine.job import JobFailed
from web.http_call import MOST_BYTES, HttpCaller, is_public
from web.http_hosts import read_hosts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from engine.variables import Value

JOB = JobId("perkara-7-Activity_oss")
SHORT = 0.3
"""Seconds that a call may take where it is to end by its deadline."""


@pytest.fixture
def service() -> Iterator[JsonHost]:
    with serving() as running:
        yield running


def caller_of(service: JsonHost, secrets: str = "", **options: object) -> HttpCaller:
    """Give a caller that may call the service."""
    hosts = read_hosts(f"http://{HOST}:{service.port}", secrets)
    return HttpCaller(hosts, **options)


def call(service: JsonHost, *, seconds: float = 30, **request: object) -> Value:
    asked = {"method": "GET", "address": service.at("/api"), **request}
    return caller_of(service, seconds=seconds).call(HttpRequest(**asked), JOB)


def failure(service: JsonHost, *, seconds: float = 30, **request: object) -> JobFailed:
    with pytest.raises(JobFailed) as failed:
        call(service, seconds=seconds, **request)
    return failed.value


def test_a_call_sends_exact_json_with_the_id_of_its_job_and_gives_the_answer(
    service: JsonHost,
) -> None:
    service.body = b'{"nib":"9120","biaya":1500000.50}'
    body = b'{"jumlah":0.1}'
    answer = call(service, method="POST", address=service.at("/api?x=1"), body=body)
    assert answer == {"nib": "9120", "biaya": Decimal("1500000.5")}
    (asked,) = service.asked
    assert (asked.method, asked.target, asked.body) == ("POST", "/api?x=1", body)
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["idempotency-key"] == JOB
    assert asked.headers["host"] == f"{HOST}:{service.port}"
    assert "authorization" not in asked.headers


def test_a_secret_of_the_settings_goes_to_its_host(service: JsonHost) -> None:
    caller = caller_of(service, f"{HOST}:{service.port}=Bearer rahasia; ")
    caller.call(HttpRequest(method="GET", address=service.at()), JOB)
    assert service.asked[0].headers["authorization"] == "Bearer rahasia"


def test_an_empty_answer_is_null(service: JsonHost) -> None:
    service.status, service.body = 204, b""
    assert call(service) is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(service: JsonHost, status: int) -> None:
    with serving() as elsewhere:
        service.status, service.headers = status, {"Location": elsewhere.at("/dalam")}
        found = failure(service)
    assert (found.code, found.is_final, elsewhere.asked) == ("http_redirect", True, [])


@pytest.mark.parametrize(
    ("status", "code", "is_final"),
    [
        (400, "http_refused", True),
        (404, "http_refused", True),
        (429, "http_later", False),
        (500, "http_later", False),
        (503, "http_later", False),
        (100 + 499, "http_later", False),
    ],
)
def test_what_may_pass_is_tried_again_and_the_rest_is_final(
    service: JsonHost,
    status: int,
    code: str,
    is_final: bool,  # noqa: FBT001 - a case of the table
) -> None:
    service.status = status
    found = failure(service)
    assert (found.code, found.is_final) == (code, is_final)


def test_of_a_refusal_its_number_and_code_are_told_but_no_free_text(service: JsonHost) -> None:
    service.status = 422
    service.body = b'{"code":"NIB_TIDAK_ADA","message":"Budi Santoso, NIK 3575"}'
    assert failure(service).told.endswith(" (NIB_TIDAK_ADA)")
    service.body = b'{"error":"NIK 3575010101010001 milik Budi"}'
    told = failure(service).told
    assert told.startswith("HTTP 422")
    assert "Budi" not in told


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<p>Masuk</p>"),
        ("application/json", b"{"),
        ("application/json", b"NaN"),
        ("application/json", b'"\xff\xfe'),
        ("application/json", b"[" * 50000),
    ],
)
def test_an_answer_that_is_no_json_is_final(service: JsonHost, kind: str, body: bytes) -> None:
    service.kind, service.body = kind, body
    found = failure(service)
    assert (found.code, found.is_final) == ("http_not_json", True)


def test_an_answer_of_the_largest_size_is_read_and_a_larger_one_is_not(service: JsonHost) -> None:
    service.body = b'"' + b"a" * (MOST_BYTES - 2) + b'"'
    assert call(service) == "a" * (MOST_BYTES - 2)
    service.body = b'"' + b"a" * (MOST_BYTES - 1) + b'"'
    assert failure(service).code == "http_too_large"


def test_an_answer_without_end_is_not_read_to_its_end(service: JsonHost) -> None:
    def pour(line: BaseHTTPRequestHandler) -> None:
        line.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            line.wfile.write(b" " * 65_536)

    service.answer = pour
    assert failure(service).code == "http_too_large"


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n1"]
)
def test_a_silent_answer_ends_by_its_deadline(service: JsonHost, head: bytes) -> None:
    def fall_silent(line: BaseHTTPRequestHandler) -> None:
        line.wfile.write(head)
        line.wfile.flush()
        service.ended.wait(10)

    service.answer = fall_silent
    begun = time.monotonic()
    found = failure(service, seconds=SHORT)
    assert (found.code, found.is_final) == ("http_slow", False)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_dripping_answer_ends_by_its_deadline_though_bytes_still_come(
    service: JsonHost, head: bytes
) -> None:
    def drip(line: BaseHTTPRequestHandler) -> None:
        line.wfile.write(head or b"HTTP/1.1 200 OK\r\nX: ")
        while not service.ended.wait(0.02):
            line.wfile.write(b"1")
            line.wfile.flush()

    service.answer = drip
    begun = time.monotonic()
    assert failure(service, seconds=SHORT).code == "http_slow"
    assert time.monotonic() - begun < 5


def test_an_answer_that_is_cut_off_is_none_even_where_its_beginning_is_json(
    service: JsonHost,
) -> None:
    def cut(line: BaseHTTPRequestHandler) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n"
        line.wfile.write(head + b"12")

    service.answer = cut
    found = failure(service)
    assert (found.code, found.is_final) == ("http_unfit", False)


def test_what_is_no_http_is_tried_again(service: JsonHost) -> None:
    service.answer = lambda line: line.wfile.write(b"SSH-2.0-x\r\n") and None
    found = failure(service)
    assert (found.code, found.is_final) == ("http_unfit", False)


def test_a_service_that_is_away_is_tried_again() -> None:
    away = JsonHost(port=free_port())
    found = failure(away)
    assert (found.code, found.is_final) == ("http_unreachable", False)


@pytest.mark.parametrize(
    "address",
    [
        "http://lain.contoh/api",
        "https://{host}:{port}/api",
        "http://{host}:1/api",
        "http://{host}/",
    ],
)
def test_a_host_that_is_not_listed_is_not_called(service: JsonHost, address: str) -> None:
    found = failure(service, address=address.format(host=HOST, port=service.port))
    assert (found.code, found.is_final, service.asked) == ("http_host_not_listed", True, [])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "2001:0:7f00:1::",
        "2001:db8::1",
    ],
)
def test_a_name_that_leads_inside_is_not_called(address: str) -> None:
    assert not is_public(address)
    caller = HttpCaller(
        read_hosts("contoh.go.id"), resolve=lambda _name, _port: ["1.1.1.1", address]
    )
    with pytest.raises(JobFailed) as failed:
        caller.call(HttpRequest(method="GET", address="https://contoh.go.id/"), JOB)
    assert (failed.value.code, failed.value.is_final) == ("http_address_private", True)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "103.28.12.1", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_called(address: str) -> None:
    assert is_public(address)


def test_the_name_is_looked_up_once_so_that_it_cannot_mean_something_else_a_moment_later(
    service: JsonHost,
) -> None:
    answers = iter([[HOST]])
    hosts = read_hosts(f"http://layanan.contoh:{service.port}")
    caller = HttpCaller(hosts, resolve=lambda _name, _port: next(answers))
    address = f"http://layanan.contoh:{service.port}/api"
    assert caller.call(HttpRequest(method="GET", address=address), JOB) == {}
    assert service.asked[0].headers["host"] == f"layanan.contoh:{service.port}"


def test_a_name_that_is_not_known_is_tried_again() -> None:
    def nobody(_name: str, _port: int) -> list[str]:
        raise OSError

    caller = HttpCaller(read_hosts("contoh.go.id"), resolve=nobody)
    with pytest.raises(JobFailed) as failed:
        caller.call(HttpRequest(method="GET", address="https://contoh.go.id/"), JOB)
    assert (failed.value.code, failed.value.is_final) == ("http_name_unknown", False)


def test_the_next_address_is_tried_when_the_first_one_takes_no_call(service: JsonHost) -> None:
    caller = caller_of(service, resolve=lambda _name, _port: ["127.0.0.9", HOST])
    assert caller.call(HttpRequest(method="GET", address=service.at()), JOB) == {}


def test_the_certificate_has_to_be_of_an_authority_that_is_trusted(tmp_path: Path) -> None:
    known = authority(tmp_path)
    with serving(tls=known.context) as service:
        hosts = read_hosts(f"{HOST}:{service.port}")
        request = HttpRequest(method="GET", address=service.at("/", "https"))
        with pytest.raises(JobFailed) as failed:
            HttpCaller(hosts).call(request, JOB)
        trusted = HttpCaller(hosts, tls=ssl.create_default_context(cafile=str(known.file)))
        assert trusted.call(request, JOB) == {}
    assert (failed.value.code, failed.value.is_final) == ("http_certificate", False)


def test_the_certificate_has_to_be_of_the_name_that_was_asked_for(tmp_path: Path) -> None:
    known = authority(tmp_path, "lain.contoh")
    with serving(tls=known.context) as service:
        caller = HttpCaller(
            read_hosts(f"{HOST}:{service.port}"),
            tls=ssl.create_default_context(cafile=str(known.file)),
        )
        with pytest.raises(JobFailed) as failed:
            caller.call(HttpRequest(method="GET", address=service.at("/", "https")), JOB)
    assert failed.value.code == "http_certificate"


@pytest.mark.parametrize(
    "listed",
    [
        "https://",
        "http://contoh.go.id",
        "contoh.go.id:0",
        "contoh.go.id:70000",
        "a b",
        "ftp://x:1",
        "contoh.go.id/api",
        "user@contoh.go.id",
        "*.contoh.go.id",
        "-x.id",
    ],
)
def test_a_host_that_cannot_be_read_is_refused(listed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_hosts(listed)


def test_a_secret_goes_to_listed_hosts_only_and_never_over_plain_http() -> None:
    for listed, secrets in (
        ("contoh.go.id", "lain.go.id=Bearer x"),
        ("http://layanan.contoh:8080", "layanan.contoh:8080=Bearer x"),
        ("contoh.go.id", "contoh.go.id="),
    ):
        with pytest.raises(ValueError, match=r"."):
            read_hosts(listed, secrets)
    hosts = read_hosts(
        "contoh.go.id, oss.go.id:8443", "contoh.go.id=Bearer a; oss.go.id:8443=Basic b"
    )
    assert [h.authorization for h in hosts.values()] == ["Bearer a", "Basic b"]
    assert "Bearer" not in repr(hosts)
