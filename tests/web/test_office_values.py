"""*Ketetapan kantor*: the office sets the numbers that no document gives, and nothing begins without them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from web_kit import parts_of

from engine.actor import Signature
from engine.chain import agency_chain
from engine.history import DecisionEvaluated, OfficeValueChanged
from engine.ids import AgencyId
from storage.history import list_records
from storage.office_values import list_office_values
from web import decision_words, history_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    Desk = Callable[[str], Caller]

AGENCY = AgencyId("pasuruan")
PAGE = "/kantor/ketetapan"
MAP = "start mulai\nuser nilai formRef=isi\nend selesai\nmulai -> nilai\nnilai -> selesai\n"
LIMITS = {
    "ketetapan.batas_sehat": "Batas sehat",
    "ketetapan.batas_cukup": "Batas cukup sehat",
    "ketetapan.urutan": "batas_cukup < batas_sehat",
}


@pytest.fixture
def judging(app: Flask) -> None:
    """Put a map that wants two numbers in force."""
    lanes = {"sekretaris": "mulai nilai selesai"}
    drawing = drawn(MAP, key="penilaian", lanes=lanes, properties=LIMITS)
    package = {"penilaian.bpmn": drawing, "isi.form": form_of("isi", "catatan")}
    parts_of(app).runtime.deploy(package, agency=AGENCY, by=Signature.of_system())


def chosen(app: Flask) -> dict[str, str]:
    database = parts_of(app).database
    rows = database.read(lambda c: list_office_values(c, AGENCY, "penilaian"))
    return {row.name: str(row.value) for row in rows}


def send(caller: Caller, sehat: str, cukup: str, reason: str = "") -> Seen:
    """Fill in the form of the process and send it."""
    given = {"nilai.batas_sehat": sehat, "nilai.batas_cukup": cukup, "alasan": reason}
    return caller.post(PAGE, {**caller.get(PAGE).form(PAGE), **given})


def test_an_office_whose_maps_want_no_numbers_is_told_so(desk: Desk) -> None:
    assert "tidak memerlukan angka yang ditetapkan kantor" in desk("admin").get(PAGE).text


@pytest.mark.usefixtures("judging")
def test_the_page_says_what_is_wanted_and_that_it_is_not_set(desk: Desk) -> None:
    page = desk("admin").get(PAGE).text
    assert "2 belum ditetapkan" in page
    assert "Dari yang terkecil: Batas cukup sehat < Batas sehat." in page


@pytest.mark.usefixtures("judging")
def test_numbers_are_typed_and_shown_as_indonesians_write_them(app: Flask, desk: Desk) -> None:
    page = send(desk("admin"), "1.500,50", "-12,25", "Keputusan 5/2026")
    assert "Ketetapan disimpan" in page.text
    assert "belum ditetapkan" not in page.text
    assert "Berlaku: 1.500,5 · ditetapkan" in page.text
    assert chosen(app) == {"batas_sehat": "1500.5", "batas_cukup": "-12.25"}
    first, _second = _changes(app)
    assert history_words.words(first, None) == (  # type: ignore[arg-type]
        "Ketetapan “Batas sehat” (penilaian) ditetapkan kantor: 1.500,5; sebelumnya belum ditetapkan: Keputusan 5/2026"
    )


@pytest.mark.usefixtures("judging")
def test_a_number_that_another_set_meanwhile_is_not_written_over(app: Flask, desk: Desk) -> None:
    admin = desk("admin")
    send(admin, "80", "66")
    opened = admin.get(PAGE).form(PAGE)
    send(desk("admin"), "85", "66")
    admin.post(PAGE, {**opened, "nilai.batas_cukup": "70"})
    assert chosen(app) == {"batas_sehat": "85", "batas_cukup": "70"}


@pytest.mark.usefixtures("judging")
def test_what_is_no_number_is_marked_and_nothing_is_saved(app: Flask, desk: Desk) -> None:
    answer = send(desk("admin"), "delapan puluh", "66", "Rapat")
    assert answer.status == 422
    assert "“delapan puluh” bukan angka" in answer.text
    for kept in ('value="delapan puluh"', 'value="66"', "Rapat"):
        assert kept in answer.answer.text
    assert chosen(app) == {}


@pytest.mark.usefixtures("judging")
def test_limits_that_contradict_each_other_are_refused_with_a_sentence(
    app: Flask, desk: Desk
) -> None:
    answer = send(desk("admin"), "60", "66")
    assert answer.status == 422
    assert "“Batas cukup sehat” harus lebih kecil daripada “Batas sehat”" in answer.text
    assert chosen(app) == {}


@pytest.mark.usefixtures("judging")
def test_who_does_not_oversee_the_office_does_not_come_that_far(app: Flask, desk: Desk) -> None:
    assert desk("sekretaris").get(PAGE).status == 403
    assert desk("sekretaris").post(PAGE, {"proses": "penilaian"}).status == 403
    assert chosen(app) == {}


@pytest.mark.usefixtures("judging")
def test_a_process_whose_numbers_are_missing_says_so_instead_of_beginning(desk: Desk) -> None:
    page = desk("sekretaris").get("/proses")
    assert "Ketetapan kantor belum diisi: Batas sehat, Batas cukup sehat." in page.text
    assert "Mulai penilaian" not in page.text
    send(desk("admin"), "80", "66")
    assert "belum diisi" not in desk("sekretaris").get("/proses").text


def test_the_timeline_says_which_numbers_of_the_office_a_decision_read() -> None:
    event = DecisionEvaluated(
        token=1,
        element="nilai",
        stored="x",
        decision="predikat",
        name="Predikat",
        version=1,
        inputs={"Skor": Decimal("75.5")},
        outputs="cukup sehat",
        settings={"batas_sehat": Decimal(80)},
    )
    said = decision_words.decided_by(event)
    assert said == "Skor 75,5 → cukup sehat (ketetapan kantor: batas_sehat 80)"


def _changes(app: Flask) -> list[OfficeValueChanged]:
    records = parts_of(app).database.read(lambda c: list_records(c, chain=agency_chain(AGENCY)))
    return [r.event for r in records if isinstance(r.event, OfficeValueChanged)]
