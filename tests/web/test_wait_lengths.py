"""*Batas waktu*: the office sets how long it waits where no document says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from web_kit import parts_of

from engine.actor import Signature
from engine.chain import agency_chain
from engine.history import WaitLengthChanged
from engine.ids import AgencyId
from storage.history import list_records
from storage.wait_lengths import list_wait_lengths
from web import history_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    Desk = Callable[[str], Caller]

AGENCY = AgencyId("pasuruan")
PAGE = "/kantor/batas-waktu"
MAP = (
    'start mulai\nuser tanggapi name="Tanggapi surat" formRef=isi\nend selesai\nmulai -> tanggapi\ntanggapi -> selesai\n'
    'boundary habis on=tanggapi name="Batas tanggapan" duration=P60D unstated=true\n'
    'manual umumkan name="Umumkan di media"\nhabis -> umumkan\numumkan -> selesai'
)


@pytest.fixture
def drawn_wait(app: Flask) -> None:
    """Put a map with an unstated wait in force."""
    package = {"tunggu.bpmn": drawn(MAP, key="tunggu"), "isi.form": form_of("isi", "catatan")}
    parts_of(app).runtime.deploy(package, agency=AGENCY, by=Signature.of_system())


def own_lengths(app: Flask) -> dict[tuple[str, str], str]:
    return dict(parts_of(app).database.read(lambda c: list_wait_lengths(c, AGENCY)))


def send(caller: Caller, number: str, unit: str = "hari") -> Seen:
    """Fill in the form of the wait and send it."""
    given = {"proses": "tunggu", "elemen": "habis", "angka": number, "satuan": unit}
    return caller.post(PAGE, {**caller.get(PAGE).form(PAGE), **given})


@pytest.mark.usefixtures("drawn_wait")
def test_the_page_says_where_the_wait_is_how_long_and_what_comes_behind(desk: Desk) -> None:
    page = desk("admin").get(PAGE)
    for words in (
        "Tanggapi surat",
        "Pada gambar 60 hari; batas belum ditetapkan dokumen.",
        "Sesudahnya perkara lanjut ke “Umumkan di media”.",
    ):
        assert words in page.text


@pytest.mark.usefixtures("drawn_wait")
@pytest.mark.parametrize(
    ("number", "unit", "length"),
    [
        ("14", "hari", "P14D"),
        ("2", "bulan", "P2M"),
        ("3", "minggu", "P3W"),
        ("90", "menit", "PT90M"),
        ("8", "jam", "PT8H"),
    ],
)
def test_a_number_and_a_unit_become_the_offices_own_length(
    app: Flask, desk: Desk, number: str, unit: str, length: str
) -> None:
    assert "Batas waktu disimpan" in send(desk("admin"), number, unit).text
    assert own_lengths(app) == {("tunggu", "habis"): length}
    page = desk("admin").get(PAGE)
    assert f"Ditetapkan kantor: {number} {unit}." in page.text
    (event,) = _changes(app)
    told = history_words.words(event, None)  # type: ignore[arg-type]
    assert told == f"Batas waktu di “Tanggapi surat” (tunggu) ditetapkan kantor: {number} {unit}"


@pytest.mark.usefixtures("drawn_wait")
def test_an_empty_number_lets_the_drawn_length_hold_again(app: Flask, desk: Desk) -> None:
    send(desk("admin"), "14")
    send(desk("admin"), "")
    assert own_lengths(app) == {}
    assert "Ditetapkan kantor" not in desk("admin").get(PAGE).text


@pytest.mark.usefixtures("drawn_wait")
@pytest.mark.parametrize(("number", "unit"), [("dua", "hari"), ("0", "hari"), ("14", "abad"), ("-3", "hari")])  # fmt: skip
def test_what_is_no_length_is_refused_and_stands_there_as_it_was_typed(
    app: Flask, desk: Desk, number: str, unit: str
) -> None:
    answer = send(desk("admin"), number, unit)
    assert answer.status == 422
    assert "Belum disimpan" in answer.text
    assert f'value="{number}"' in answer.answer.text
    assert own_lengths(app) == {}


@pytest.mark.usefixtures("drawn_wait")
def test_who_does_not_oversee_the_office_does_not_come_that_far(app: Flask, desk: Desk) -> None:
    assert desk("sekretaris").get(PAGE).status == 403
    assert desk("sekretaris").post(PAGE, {"angka": "14"}).status == 403
    assert own_lengths(app) == {}


def _changes(app: Flask) -> list[WaitLengthChanged]:
    records = parts_of(app).database.read(lambda c: list_records(c, chain=agency_chain(AGENCY)))
    return [r.event for r in records if isinstance(r.event, WaitLengthChanged)]
