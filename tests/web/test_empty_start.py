"""An installation without the demonstration: what an empty database says, and how its first administrator is made."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from web_kit import Caller, close, parts_of

from engine.actor import Agency
from engine.chain import agency_chain
from engine.history import AgencyRegistered, PersonRegistered
from engine.ids import AgencyId
from storage.history import list_records
from storage.queries.people import list_agencies
from web import cli, create_app
from web.application import open_parts
from web.commands.run import greet
from web.commands.settings import settings_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

FIRST = ["user", "add", "admin", "--name", "Administrator Dinas"]
PATI = ["--agency", "pati", "--agency-name", "Dinas Koperasi Pati", "--zone", "WITA"]
PASSWORD = "pagar jati lama sekali"  # noqa: S105 - of a test


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line work on an empty database, and somebody type the password."""
    monkeypatch.setenv("ALUR_DATABASE_URL", f"sqlite:///{tmp_path / 'kosong.sqlite3'}")
    type_in(monkeypatch)


@pytest.fixture
def served() -> Iterator[Flask]:
    """Give the application on the same database."""
    app = create_app(settings_here())
    yield app
    close(app)


def type_in(monkeypatch: pytest.MonkeyPatch, text: str = PASSWORD) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))


def test_the_sign_in_of_an_empty_database_says_what_to_do(served: Flask) -> None:
    page = Caller(served).get("/masuk")
    assert page.status == 200
    assert "alur user add" in page.text


def test_the_sign_in_of_a_filled_database_says_nothing_of_it() -> None:
    assert cli.main([*FIRST, *PATI]) == 0
    app = create_app(settings_here())
    assert "alur user add" not in Caller(app).get("/masuk").text
    close(app)


def test_a_server_on_an_empty_database_says_what_to_do(
    served: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    greet(parts_of(served))
    assert "alur user add NAMA_MASUK" in capsys.readouterr().out


def test_the_first_account_is_the_administrator_of_a_new_agency(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main([*FIRST, *PATI]) == 0
    assert "Akun admin dibuat (administrator)." in capsys.readouterr().out
    app = create_app(settings_here())
    database = parts_of(app).database
    agency = Agency(id=AgencyId("pati"), name="Dinas Koperasi Pati", zone="Asia/Makassar")
    assert database.read(list_agencies) == (agency,)
    chain = agency_chain(agency.id)
    events = [r.event for r in database.read(lambda c: list_records(c, chain))]
    assert [type(event) for event in events] == [AgencyRegistered, PersonRegistered]
    page = Caller(app).sign_in("admin", PASSWORD)
    assert page.path == "/tugas"
    close(app)


def test_an_empty_office_is_filled_from_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main([*FIRST, *PATI]) == 0
    app = create_app(settings_here())
    admin = Caller(app)
    admin.sign_in("admin", PASSWORD)
    assert "Kantor ini masih kosong" in admin.get("/kantor").text
    page = admin.get("/kantor/unit-baru")
    admin.post(page.path, {**page.form(page.path), "nama": "Bidang Koperasi", "kode": ""})
    page = admin.get("/kantor/jabatan-baru")
    fields = {"nama": "Staf Koperasi", "unit": "bidang_koperasi", "urutan": "1", "lain": "petugas"}
    page = admin.post(page.path, {**page.form(page.path), **fields})
    assert (page.status, page.heading) == (200, "Staf Koperasi")
    assert "Jabatan tanpa pemegang (1)" in admin.get("/kantor").text
    close(app)
    type_in(monkeypatch)
    assert cli.main(["user", "add", "staf", "--name", "Staf", "--post", "staf_koperasi"]) == 0
    parts = open_parts(settings_here())
    found = parts.directory.find_credentials("staf")
    assert found is not None
    actor = parts.directory.find_actor(found.person)
    parts.database.close()
    assert actor is not None
    assert (actor.lanes, actor.roles) == ({"petugas"}, {"staff"})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "masih kosong"),
        (["--agency", "pati"], "masih kosong"),
        (["--agency", "Kota Pati", "--agency-name", "Dinas"], "Kota Pati"),
        (["--agency", "pati", "--agency-name", "Dinas", "--zone", "Bulan"], "Bulan"),
        ([*PATI, "--post", "kepala"], "kepala"),
        ([*PATI, "--email", "bukan surel"], "surel"),
    ],
)
def test_a_first_account_that_is_not_whole_makes_nothing(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main([*FIRST, *arguments]) == 1
    assert said in capsys.readouterr().err
    parts = open_parts(settings_here())
    assert parts.database.read(list_agencies) == ()
    parts.database.close()


def test_a_second_agency_gets_an_administrator_of_its_own_and_no_agency_is_made_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*FIRST, *PATI]) == 0
    second = ["user", "add", "kedua", "--name", "Kedua"]
    type_in(monkeypatch)
    assert cli.main([*second, "--agency", "lain", "--agency-name", "Dinas Lain"]) == 0
    assert "Akun kedua dibuat (administrator)." in capsys.readouterr().out
    type_in(monkeypatch)
    assert cli.main(["user", "add", "tiga", "--name", "Tiga", *PATI]) == 1
    assert "“pati” sudah ada" in capsys.readouterr().err
    type_in(monkeypatch)
    assert cli.main(["user", "add", "empat", "--name", "Empat", "--agency", "pati"]) == 0
    assert "Akun empat dibuat (staff)." in capsys.readouterr().out


def test_nothing_can_be_deployed_before_there_is_an_agency(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing = tmp_path / "p.bpmn"
    drawing.write_text("<x/>")
    assert cli.main(["deploy", str(drawing)]) == 1
    assert "alur user add" in capsys.readouterr().err


def test_a_guessable_password_makes_no_account(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, "administrator")
    assert cli.main([*FIRST, *PATI]) == 1
    assert capsys.readouterr().err
