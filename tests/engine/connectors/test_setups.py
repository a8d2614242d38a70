"""What a drawing tells a connector, and what a case makes of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.connectors import CONNECTORS
from engine.connectors.e_mail import LONGEST_BODY, Email
from engine.connectors.http_json import HttpRequest, origin_of
from engine.job import JobFailed

SUREL = {"surel.kepada": "${surel}", "surel.perihal": "Izin ${nomor}", "surel.isi": "=isi"}
HTTP = {"http.alamat": "https://oss.contoh.go.id/api/${nomor}?tahun=2026"}


def order(topic: str, given: dict[str, str], **view: object) -> object:
    connector = CONNECTORS[topic]
    assert list(connector.faults(given)) == []
    setup = connector.compile(given)
    assert setup is not None
    return setup.order(lambda expression: expression.evaluate(view))


def failure(topic: str, given: dict[str, str], **view: object) -> JobFailed:
    with pytest.raises(JobFailed) as failed:
        order(topic, given, **view)
    assert failed.value.is_final
    return failed.value


def faults(topic: str, given: dict[str, str]) -> list[str]:
    return [fault.code for fault in CONNECTORS[topic].faults(given)]


def test_an_email_is_filled_in_with_the_values_of_the_case() -> None:
    view = {"surel": " ksp@contoh.id ", "nomor": Decimal(7), "isi": "Terbit."}
    assert order("alur.surel", SUREL, **view) == Email(
        to="ksp@contoh.id", subject="Izin 7", body="Terbit."
    )


def test_a_text_that_is_too_long_for_an_email_is_cut() -> None:
    sent = order("alur.surel", SUREL, surel="a@b.id", nomor="1", isi="x" * 30_000)
    assert isinstance(sent, Email)
    assert (len(sent.body), sent.body[-1]) == (LONGEST_BODY, "…")


@pytest.mark.parametrize("value", [None, True, ["a"], {"a": "b"}])
def test_what_is_no_text_can_not_be_sent_and_is_not_repeated(value: object) -> None:
    found = failure("alur.surel", SUREL, surel=value, nomor="1", isi="x")
    assert (found.code, found.told) == ("connector_value", "surel.kepada")


def test_a_variable_that_is_not_there_is_a_failure_that_names_the_property() -> None:
    assert failure(
        "alur.surel", {**SUREL, "surel.isi": "${hilang}"}, surel="a@b", nomor="1"
    ).told == ("surel.isi")


def test_a_value_in_an_address_cannot_lead_to_another_place() -> None:
    asked = order("alur.http", HTTP, nomor="7/../../admin?x=1#&é ")
    assert isinstance(asked, HttpRequest)
    assert asked.address == (
        "https://oss.contoh.go.id/api/7%2F..%2F..%2Fadmin%3Fx%3D1%23%26%C3%A9%20?tahun=2026"
    )
    assert failure("alur.http", HTTP, nomor="..").told == "http.alamat"
    assert failure("alur.http", HTTP, nomor="x" * 3_000).code == "connector_value"


def test_what_is_sent_is_canonical_json_with_exact_numbers() -> None:
    given = {**HTTP, "http.isi": "={biaya: biaya, nama: nama}", "http.hasil": "jawaban"}
    asked = order("alur.http", given, nomor="1", biaya=Decimal("1500000.10"), nama='a"b')
    assert isinstance(asked, HttpRequest)
    assert asked.body == b'{"biaya":1500000.1,"nama":"a\\"b"}'
    assert (asked.method, asked.result) == ("POST", "jawaban")


@pytest.mark.parametrize(
    ("given", "method"), [({}, "GET"), ({"http.metode": "PUT", "http.isi": "=1"}, "PUT")]
)
def test_the_method_is_what_is_said_or_follows_from_what_is_sent(
    given: dict[str, str], method: str
) -> None:
    asked = order("alur.http", {**HTTP, **given}, nomor="1")
    assert isinstance(asked, HttpRequest)
    assert asked.method == method


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://OSS.contoh.go.id", ("https", "oss.contoh.go.id", 443)),
        ("http://a.b:8080/x", ("http", "a.b", 8080)),
        ("http://a.b?x", ("http", "a.b", 80)),
    ],
)
def test_an_origin_is_scheme_host_and_port(address: str, origin: tuple[str, str, int]) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "oss.contoh.go.id/api",
        "ftp://oss.contoh.go.id/",
        "https://${host}/api",
        "https://oss.${domain}/api",
        "https://oss.contoh.go.id${jalur}",
        "https://pengguna:sandi@oss.contoh.go.id/",
        "https://oss.contoh.go.id:99999/",
        "https://oss.contoh.go.id:0/",
        "https://oss.contoh.go.id/a b",
        "https://oss.contoh.go.id/#bagian",
        "https://oss.contoh.go.id\\@jahat.id/",
        '="https://oss.contoh.go.id/"',
        "https://oss.contoh.go.id/" + "a" * 2_000,
    ],
)
def test_an_address_whose_host_does_not_stand_there_is_refused(address: str) -> None:
    assert faults("alur.http", {"http.alamat": address}) == ["connector_host"]


@pytest.mark.parametrize(
    ("topic", "given", "found"),
    [
        ("alur.surel", {}, ["connector_property_missing"] * 3),
        ("alur.surel", {**SUREL, "surel.cc": "a@b"}, ["connector_property_unknown"]),
        ("alur.surel", {**SUREL, "surel.isi": "${"}, ["connector_expression_invalid"]),
        ("alur.surel", {**SUREL, "surel.kepada": "a@b.id, c@d.id"}, ["connector_address"]),
        ("alur.surel", {**SUREL, "surel.kepada": "kepala dinas"}, ["connector_address"]),
        ("alur.http", {}, ["connector_property_missing"]),
        ("alur.http", {**HTTP, "http.kepala": "x"}, ["connector_property_unknown"]),
        ("alur.http", {"http.alamat": "https://a.b/${"}, ["connector_expression_invalid"]),
        ("alur.http", {**HTTP, "http.metode": "DELETE"}, ["connector_method"]),
        ("alur.http", {**HTTP, "http.metode": "GET", "http.isi": "=1"}, ["connector_body_unsent"]),
        ("alur.http", {**HTTP, "http.isi": '{"a":"${b}"}'}, ["connector_expression_invalid"]),
        ("alur.http", {**HTTP, "http.isi": "nomor"}, ["connector_body_plain"]),
        ("alur.http", {**HTTP, "http.hasil": "jawaban oss"}, ["connector_result"]),
    ],
)
def test_what_a_connector_cannot_do_is_found_before_it_runs(
    topic: str, given: dict[str, str], found: list[str]
) -> None:
    assert faults(topic, given) == found


def test_a_setup_names_the_variables_that_it_reads() -> None:
    given = {**HTTP, "http.isi": "={a: b, c: [d][item > e]}"}
    setup = CONNECTORS["alur.http"].compile(given)
    assert setup is not None
    assert setup.names >= {"nomor", "b", "d", "e"}
