"""Work outside and what is in its way, as the pages show it and officers mend it."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from http_kit import HOST, JsonHost, serving
from mail_kit import mail_settings
from mail_kit import serving as mail_serving
from service_office import begin, work
from web_kit import parts_of

from engine.ids import InstanceId
from engine.job import JobKind
from storage.queries.case import find_case_file
from web.connectors import http_caller, unlisted_hosts
from web.history_words import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from web_kit import Caller, Seen

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

MAIL = {
    "surel.kepada": "${surel}",
    "surel.perihal": "Izin ${nomor}",
    "surel.isi": '="Yth. Pengurus,\\nizin " + nomor + " terbit."',
}


def values(app: Flask, case: str) -> dict[str, object]:
    """Give the case's data."""
    file = parts_of(app).database.read(lambda c: find_case_file(c, InstanceId(case)))
    assert file is not None
    found: dict[str, object] = {}
    for record in file.records:
        found |= dict(getattr(record.event, "set", {}))
    return found


@pytest.fixture
def service() -> Iterator[JsonHost]:
    with serving() as running:
        yield running


def test_work_outside_waits_on_the_case_page_and_its_lane_reports_it(
    app: Flask, desk: Desk
) -> None:
    case, page = begin(app, desk, "oss.permohonan", **{"hasil.isian": "nib, biaya:angka"})
    assert "menunggu sistem luar" in page.text
    assert "Ada kendala" not in page.text
    staff = desk("koperasi")
    asked = staff.get(page.link("Laporkan “Permohonan OSS” selesai"))
    assert asked.heading == "Laporkan “Permohonan OSS” selesai"
    sent = staff.send(asked, {"nib": "9120", "biaya": "1.500,50", "_alasan": "lewat portal OSS"})
    assert "Laporan Anda tercatat" in sent.text
    assert "9120" in sent.text
    assert "lewat portal OSS" in sent.text
    assert values(app, case)["nib"] == "9120"
    assert desk("koperasi").take("Periksa izin").status == 200


def test_a_report_without_reason_or_with_a_mistake_comes_back_as_it_was_typed(
    app: Flask, desk: Desk
) -> None:
    _, page = begin(app, desk, "oss.permohonan", **{"hasil.isian": "nib, biaya:angka"})
    staff = desk("koperasi")
    asked = staff.get(page.link("Laporkan"))
    back = staff.send(asked, {"nib": "9120", "biaya": "tujuh", "_alasan": "x"})
    assert back.status == 422
    assert "9120" in str(back.page.select_one("#f-nib, [name=nib]"))
    back = staff.send(asked, {"nib": "9120", "biaya": "7", "_alasan": "  "})
    assert back.status == 422
    assert "Alasan belum diisi" in back.text
    assert back.page.select_one("textarea[aria-invalid]") is not None


def test_a_report_that_comes_too_late_says_so_and_keeps_what_was_typed(
    app: Flask, desk: Desk
) -> None:
    _, page = begin(app, desk, "oss.permohonan", **{"hasil.isian": "nib"})
    staff = desk("koperasi")
    asked = staff.get(page.link("Laporkan"))
    staff.send(asked, {"nib": "1", "_alasan": "pertama"})
    late = staff.post(
        asked.path, {**asked.form(asked.path), "_request": "lain", "nib": "2", "_alasan": "kedua"}
    )
    assert late.status == 409
    assert "tidak lagi menunggu" in late.text


def test_others_who_see_the_case_are_not_offered_to_report_and_are_refused(
    app: Flask, desk: Desk
) -> None:
    _, page = begin(app, desk, "oss.permohonan")
    path = page.link("Laporkan")
    head = desk("kepala")
    seen = head.get(page.path)
    assert "menunggu sistem luar" in seen.text
    assert "Laporkan “" not in seen.text
    asked = head.get(path)
    assert head.send(asked, {"_alasan": "x"}).status == 403
    assert desk("caraka").get(path).status == 404


def test_a_service_is_called_and_its_answer_is_in_the_case(
    app: Flask, desk: Desk, service: JsonHost
) -> None:
    service.body = b'{"nib":"9120","biaya":0.10}'
    given = {
        "http.alamat": f"http://{HOST}:{service.port}/izin/${{nomor}}",
        "http.isi": "={nomor: nomor}",
        "http.hasil": "jawaban",
    }
    case, page = begin(app, desk, "alur.http", **given)
    assert "menunggu dikerjakan Alur" in page.text
    work(app, http_hosts=f"http://{HOST}:{service.port}")
    (asked,) = service.asked
    assert (asked.method, asked.target, asked.body) == ("POST", "/izin/7%2FA", b'{"nomor":"7/A"}')
    assert asked.headers["idempotency-key"].startswith(case)
    assert values(app, case)["jawaban"] == {"nib": "9120", "biaya": Decimal("0.1")}
    assert desk("koperasi").take("Periksa izin").status == 200


def test_a_call_that_is_refused_is_a_red_box_that_is_tried_again_from_the_case_page(
    app: Flask, desk: Desk, service: JsonHost
) -> None:
    service.status, service.body = 422, b'{"code":"NIB_GANDA","message":"milik Budi"}'
    hosts = f"http://{HOST}:{service.port}"
    case, _ = begin(app, desk, "alur.http", **{"http.alamat": f"{hosts}/izin"})
    work(app, http_hosts=hosts)
    staff = desk("koperasi")
    page = staff.get(f"/perkara/{case}")
    box = page.page.select_one("section.trouble")
    assert box is not None
    told = " ".join(box.get_text(" ").split())
    assert "Permohonan OSS" in told
    assert "menolak permintaannya" in told
    assert "NIB_GANDA" in told
    assert "Budi" not in page.text
    form = box.select_one("form[action$='/ulang']")
    assert form is not None
    service.status = 200
    again = staff.post(str(form["action"]), page.form("/ulang"))
    assert "dimulai lagi" in again.text
    work(app, http_hosts=hosts)
    assert staff.get(f"/perkara/{case}").page.select_one("section.trouble") is None
    keys = {asked.headers["idempotency-key"] for asked in service.asked}
    assert (len(service.asked), len(keys)) == (2, 1)


def test_work_that_is_tried_again_says_so_on_the_case_page_and_is_no_incident_yet(
    app: Flask, desk: Desk, service: JsonHost
) -> None:
    service.status = 503
    hosts = f"http://{HOST}:{service.port}"
    case, _ = begin(app, desk, "alur.http", **{"http.alamat": f"{hosts}/izin"})
    work(app, http_hosts=hosts)
    page = desk("koperasi").get(f"/perkara/{case}")
    assert page.page.select_one("section.trouble") is None
    assert "“Permohonan OSS” belum berhasil (1 kali dicoba)" in page.text
    assert "sedang terganggu atau sibuk" in page.text
    assert "Dicoba lagi Hari ini, 08.01" in page.text


def test_a_host_that_is_not_listed_is_an_incident_that_can_be_reported_as_done(
    app: Flask, desk: Desk, service: JsonHost
) -> None:
    given = {"http.alamat": f"http://{HOST}:{service.port}/izin"}
    case, _ = begin(app, desk, "alur.http", **given)
    work(app)
    assert service.asked == []
    staff = desk("koperasi")
    page = staff.get(f"/perkara/{case}")
    assert "ALUR_HTTP_HOSTS" in page.text
    asked = staff.get(page.link("Laporkan selesai di luar"))
    sent = staff.send(asked, {"_alasan": "ditelepon"})
    assert sent.page.select_one("section.trouble") is None
    assert "sudah dikerjakan di luar Alur" in sent.text


def test_heads_owners_and_administrators_have_a_list_of_incidents_with_their_count(
    app: Flask, desk: Desk
) -> None:
    case, _ = begin(app, desk, "alur.http", **{"http.alamat": "https://lain.contoh.id/"})
    assert "Tidak ada kendala." in desk("admin").get("/kendala").text
    work(app)
    for login in ("kepala", "pemilik", "admin", "kabid.koperasi"):
        seen = desk(login).get("/kendala")
        assert "Permohonan OSS" in seen.text
        count = seen.page.select_one("nav.side a[href='/kendala'] .count")
        assert count is not None
        assert count.get_text().startswith("1")
    assert "Permohonan OSS" not in desk("kabid.mikro").get("/kendala").text
    assert desk("koperasi").get("/kendala").status == 403
    admin = desk("admin")
    page = admin.get("/kendala")
    done = admin.post(f"/perkara/{case}/kendala/{_incident(page)}/ulang", page.form("/ulang"))
    assert done.path == "/kendala"
    assert "Tidak ada kendala." in done.text


def test_failed_work_of_a_case_is_not_among_the_failed_jobs_of_the_office(
    app: Flask, desk: Desk
) -> None:
    begin(app, desk, "alur.http", **{"http.alamat": "https://lain.contoh.id/"})
    work(app)
    assert "Tidak ada yang gagal." in desk("admin").get("/pekerjaan-gagal").text


def test_an_incident_of_another_case_is_not_reached_through_a_case_that_one_sees(
    app: Flask, desk: Desk
) -> None:
    first, _ = begin(app, desk, "alur.http", **{"http.alamat": "https://lain.contoh.id/"})
    work(app)
    incident = _incident(desk("admin").get("/kendala"))
    second, page = begin(app, desk, "oss.permohonan")
    fields = page.form("/catatan")
    refused = desk("koperasi").post(f"/perkara/{second}/kendala/{incident}/ulang", fields)
    assert first != second
    assert refused.status in (403, 409)


def test_an_email_of_a_case_goes_out_once_with_the_id_of_its_job(app: Flask, desk: Desk) -> None:
    case, _ = begin(app, desk, "alur.surel", **MAIL)
    with mail_serving() as (box, port):
        work(app, **mail_settings(port))
    (message,) = box.messages
    assert (box.to, box.subjects) == (["ksp@contoh.id"], ["Izin 7/A"])
    assert message.get_content().splitlines()[1] == "izin 7/A terbit."
    assert str(message["Message-ID"]).startswith(f"<{case}-")
    assert desk("koperasi").take("Periksa izin").status == 200


def test_without_a_mail_server_an_email_of_a_case_is_an_incident(app: Flask, desk: Desk) -> None:
    case, _ = begin(app, desk, "alur.surel", **MAIL)
    work(app)
    assert "tidak dapat mengirim surel" in desk("koperasi").get(f"/perkara/{case}").text


def test_an_address_that_the_mail_server_refuses_is_to_be_corrected_in_the_case(
    app: Flask, desk: Desk
) -> None:
    case, _ = begin(app, desk, "alur.surel", **MAIL)
    with mail_serving() as (box, port):
        box.replies["ksp@contoh.id"] = "550 5.1.1 no such user"
        work(app, **mail_settings(port))
    page = desk("koperasi").get(f"/perkara/{case}")
    assert "Server surel menolak alamat yang dituju" in page.text
    assert "SMTP 550" in page.text


def test_a_worker_that_dies_between_the_call_and_the_commit_calls_again_with_the_same_key(
    app: Flask, desk: Desk, service: JsonHost, clock: FixedClock
) -> None:
    hosts = f"http://{HOST}:{service.port}"
    begin(app, desk, "alur.http", **{"http.alamat": f"{hosts}/izin"})
    parts = parts_of(app)
    (job,) = parts.jobs.claim([JobKind.CONNECTOR], 1)
    there = dataclasses.replace(
        parts, settings=dataclasses.replace(parts.settings, http_hosts=hosts)
    )
    order = parts.runtime.find_order(job)
    assert order is not None
    http_caller(there.settings).call(order, job.id)
    clock.advance(timedelta(minutes=3))
    work(app, http_hosts=hosts)
    keys = [asked.headers["idempotency-key"] for asked in service.asked]
    assert keys == [job.id, job.id]
    assert desk("koperasi").take("Periksa izin").status == 200


def test_hosts_that_no_setting_lists_are_named_once(app: Flask, desk: Desk) -> None:
    begin(app, desk, "alur.http", **{"http.alamat": "https://Lain.contoh.id/${nomor}"})
    parts = parts_of(app)
    process = parts.runtime.program(
        parts.database.read(
            lambda c: c.exec_driver_sql(
                "SELECT id FROM definitions WHERE key='uji_oss'"
            ).scalar_one()
        )
    ).process
    assert unlisted_hosts([process, process], parts.settings) == ["https://lain.contoh.id:443"]
    listed = dataclasses.replace(parts.settings, http_hosts="lain.contoh.id")
    assert unlisted_hosts([process], listed) == []


def test_the_history_has_words_for_work_and_incidents() -> None:
    assert {"work_requested", "work_completed", "incident_raised", "incident_resolved"} <= set(
        SENTENCES
    )


def _incident(page: Seen) -> str:
    form = page.page.select_one("form[action$='/ulang']")
    assert form is not None
    return str(form["action"]).split("/")[-2]
