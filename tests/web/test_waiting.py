"""What the pages say of waiting: limits of a task, what a case waits for, on whose behalf something is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from waiting_kit import KEY, MINISTRY, NAME, put_in_force, run_due
from web_kit import Caller, Seen, parts_of, pdf

from engine.ids import RequestId
from engine.job import JobKind
from web.worker import workers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

ENDS = "20 Januari 2027, 08.00 WIB"
"""Sixty days after the morning of 21 November 2026."""


@pytest.fixture
def clerk(app: Flask, desk: Desk) -> Caller:
    """Give the recorder of the ministry, in whose office the process is in force."""
    put_in_force(parts_of(app))
    return desk("umum")


@pytest.fixture
def asked(clerk: Caller) -> Seen:
    """Give the recorder's task for the ministry's answer."""
    first = clerk.start(NAME)
    return clerk.send(first, {"catatan_susun": "Surat 1"})


def case_of(page: Seen) -> str:
    return page.path.rpartition("-")[0].replace("/tugas/", "/perkara/")


def test_the_start_list_says_on_whose_behalf_a_case_is_begun(clerk: Caller) -> None:
    card = next(s for s in clerk.get("/proses").page.select("section") if NAME in s.get_text())
    assert f"Dicatat atas nama {MINISTRY}" in " ".join(card.get_text(" ").split())


def test_a_case_says_on_whose_behalf_it_was_begun(clerk: Caller, asked: Seen) -> None:
    case = clerk.get(case_of(asked))
    assert (
        f"atas nama {MINISTRY} , dicatat oleh Staf Sub Bagian Umum" in case.text
        or f"atas nama {MINISTRY}, dicatat oleh Staf Sub Bagian Umum" in case.text
    )
    assert f"memulai perkara atas nama {MINISTRY}" in case.text
    assert f"Perkara dimulai atas nama {MINISTRY} menurut peta proses" in case.text


def test_the_recorders_task_says_on_whose_behalf_everywhere(clerk: Caller, asked: Seen) -> None:
    assert f"Dicatat atas nama {MINISTRY}" in asked.text
    button = asked.page.select_one(".submit button.primary")
    assert button is not None
    assert button.get_text(strip=True) == f"Kirim atas nama {MINISTRY}"
    assert f"atas nama {MINISTRY}" in clerk.get("/tugas?meja=bebas").text
    done = clerk.send(asked, {"catatan_jawab": "Setuju"})
    case = clerk.get(case_of(asked))
    assert f"menyelesaikan “Memberi tanggapan” atas nama {MINISTRY}" in case.text
    assert done.status == 200


def test_a_task_says_what_happens_when_its_time_is_over(asked: Seen) -> None:
    said = f"Bila tidak selesai sampai {ENDS}, tugas ini berakhir dan perkara lanjut ke “Mengarsipkan”."
    assert said in asked.text
    assert "Lamanya menurut gambar; batas belum ditetapkan dokumen." in asked.text
    assert "“Mengingatkan pengurus” dijalankan juga; tugas ini tetap ada." in asked.text


def test_a_task_without_limits_says_nothing_of_time(clerk: Caller) -> None:
    assert "Bila tidak selesai" not in clerk.start(NAME).text


def test_a_case_says_which_limits_of_its_open_steps_run(clerk: Caller, asked: Seen) -> None:
    card = clerk.get(case_of(asked)).page.select_one('section[aria-labelledby="ditunggu"]')
    assert card is not None
    said = " ".join(card.get_text(" ").split())
    assert f"Batas tanggapan di langkah Memberi tanggapan 60 hari, sampai {ENDS}" in said
    assert "batas belum ditetapkan dokumen" in said
    assert "langkah “Memberi tanggapan” berakhir dan perkara lanjut ke “Mengarsipkan”" in said


def test_a_reminder_leaves_the_task_and_the_limit(
    app: Flask, desk: Desk, asked: Seen, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=30))
    run_due(parts_of(app))
    clerk = desk("umum")
    assert "Mengingatkan pengurus" in clerk.get("/tugas?meja=bebas").text
    still = clerk.get(asked.path)
    assert f"Bila tidak selesai sampai {ENDS}" in still.text
    assert "dijalankan juga" not in still.text
    case = clerk.get(case_of(asked))
    assert (
        "Alur menjalankan “Sudah 30 hari di langkah Memberi tanggapan”: waktunya tiba" in case.text
    )


def test_when_its_time_is_over_a_task_ends_and_what_was_typed_stays_with_its_writer(
    app: Flask, clerk: Caller, desk: Desk, asked: Seen, clock: FixedClock
) -> None:
    fields = {**asked.form(asked.path), "catatan_jawab": "Jawaban setengah jadi"}
    assert clerk.post(f"{asked.path}/konsep", fields).status == 200
    clock.advance(timedelta(days=60))
    run_due(parts_of(app))
    clerk = desk("umum")
    after = clerk.get(asked.path)
    assert "Tugas ini berakhir karena batas waktu tercapai" in after.text
    assert "Jawaban setengah jadi" in after.text
    assert "Jawaban setengah jadi" not in desk("sekretaris").get(asked.path).text
    assert "Mengarsipkan" in clerk.get("/tugas?meja=bebas").text


def test_what_is_sent_after_the_time_is_over_comes_back_with_the_reason(
    app: Flask, desk: Desk, asked: Seen, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=60) - timedelta(minutes=1))
    clerk = desk("umum")
    fields = {**clerk.get(asked.path).form(asked.path), "catatan_jawab": "Terlambat satu menit"}
    clock.advance(timedelta(minutes=1))
    run_due(parts_of(app))
    answer = clerk.post(asked.path, fields)
    assert answer.status == 409
    assert "Tugas ini berakhir karena batas waktu tercapai" in answer.text
    assert "Terlambat satu menit" in answer.text
    assert "Terlambat satu menit" in clerk.get(asked.path).text


def test_a_case_that_waits_for_a_system_outside_says_so(clerk: Caller, asked: Seen) -> None:
    clerk.send(asked, {"catatan_jawab": "Setuju"})
    case = clerk.get(case_of(asked))
    assert "menunggu sistem luar" in case.text
    assert "Menyimpan di OSS" in case.text
    listed = clerk.get("/perkara")
    assert "Menunggu sistem luar" in listed.text
    assert "Menyimpan di OSS" in listed.text


def titles(page: Seen) -> dict[str, str]:
    """Give what the drawing says of each element, to a pointer that rests on it."""
    groups = page.page.select(".diagram g[data-el]")
    return {str(g["data-el"]): g.title.get_text() for g in groups if g.title}


def test_the_offices_own_length_stands_over_the_drawn_one_and_is_called_so(
    app: Flask, clerk: Caller
) -> None:
    parts = parts_of(app)
    owner = parts.directory.find_credentials("pemilik")
    assert owner is not None
    actor = parts.directory.find_actor(owner.person)
    assert actor is not None
    parts.runtime.set_wait_length(
        KEY, "batas", "P14D", actor=actor, request=RequestId(parts.ids.new())
    )
    asked = clerk.send(clerk.start(NAME), {"catatan_susun": "Surat 2"})
    assert "Bila tidak selesai sampai 5 Desember 2026, 08.00 WIB" in asked.text
    assert "Lamanya menurut pengaturan kantor; batas belum ditetapkan dokumen." in asked.text
    case = clerk.get(case_of(asked))
    assert "sampai 5 Desember 2026, 08.00 WIB, menurut pengaturan kantor" in case.text


def test_a_case_says_from_whom_it_waits_for_an_answer(
    app: Flask, clerk: Caller, asked: Seen
) -> None:
    clerk.send(asked, {"catatan_jawab": "Setuju"})
    parts = parts_of(app)
    (job,) = parts.jobs.claim({JobKind.WORK}, 1)
    parts.runtime.complete_work(job, {}, worker="oss-1")
    case = clerk.get(case_of(asked))
    assert f"Menunggu SK menunggu pesan “SK pembubaran” dari {MINISTRY}" in case.text
    assert "Alur menerima hasil “Menyimpan di OSS” dari sistem luar" in case.text
    assert "“Menunggu SK”: menunggu pesan “SK pembubaran”" in case.text
    assert "Menunggu tanggapan" in clerk.get("/perkara").text


def steps(page: Seen) -> list[tuple[str, str]]:
    """Give the step list: what stands in each line, and how it looks."""
    found = page.page.select(".steps .step")
    return [
        (" ".join(step.select_one(".step-name").get_text(" ").split()), str(step["class"][1]))
        for step in found
    ]


def test_the_step_list_goes_along_the_flow_and_shows_what_waits_by_itself(
    clerk: Caller, asked: Seen
) -> None:
    assert steps(asked) == [
        ("Selesai: Menyusun surat", "step-done"),
        ("Sekarang: Memberi tanggapan", "step-current"),
        ("Belum: Menyimpan di OSS", "step-ahead"),
        ("Belum: Menunggu SK", "step-ahead"),
        ("Belum: Mengarsipkan", "step-ahead"),
        ("Belum: Mengingatkan pengurus", "step-ahead"),
    ]
    clerk.send(asked, {"catatan_jawab": "Setuju"})
    now = clerk.get(case_of(asked))
    assert steps(now)[1:3] == [
        ("Selesai: Memberi tanggapan", "step-done"),
        ("Sekarang: Menyimpan di OSS", "step-current"),
    ]
    done = next(s for s in now.page.select(".step") if "Memberi tanggapan" in s.get_text())
    assert f"Anda atas nama {MINISTRY}" in " ".join(done.get_text(" ").split())


def test_what_was_recorded_is_taken_back_and_corrected_on_the_same_behalf(
    clerk: Caller, asked: Seen
) -> None:
    clerk.send(asked, {"catatan_jawab": "Setuju"})
    case = clerk.get(case_of(asked))
    assert f"atas nama {MINISTRY} · " in case.text
    correct = clerk.get(case.link("Koreksi…"))
    assert f"Dicatat atas nama {MINISTRY}" in correct.text
    retract = clerk.get(case.link("Tarik kembali…"))
    assert f"atas nama {MINISTRY}" in retract.text


def test_the_drawing_says_where_the_case_is_and_what_it_waits_for_there(
    app: Flask, clerk: Caller, desk: Desk, asked: Seen, clock: FixedClock
) -> None:
    assert titles(clerk.get(case_of(asked))) == {
        "jawab": "Memberi tanggapan: sedang di sini",
        "batas": "Batas tanggapan: batas belum ditetapkan dokumen, sedang ditunggu",
        "ingat": "Sudah 30 hari: sedang ditunggu",
    }
    clock.advance(timedelta(days=60))
    run_due(parts_of(app))
    assert titles(desk("umum").get(case_of(asked))) == {
        "jawab": "Memberi tanggapan: dibatalkan",
        "batas": "Batas tanggapan: batas belum ditetapkan dokumen, selesai",
        "ingat": "Sudah 30 hari: selesai",
    }


def test_incidents_stand_in_list_history_and_drawing(
    app: Flask, desk: Desk, asked: Seen, clock: FixedClock
) -> None:
    parts = parts_of(app)
    clock.advance(timedelta(days=30))
    (job,) = parts.jobs.claim({JobKind.TIMER}, 1)
    parts.runtime.raise_incident(job, "element_failed")
    case = desk("umum").get(case_of(asked))
    assert "mencatat kendala di “Sudah 30 hari di langkah Memberi tanggapan”" in case.text
    assert titles(case)["ingat"] == "Sudah 30 hari: terkendala"
    assert "Kendala" in desk("umum").get("/perkara").text
    for thread in workers_of(parts, app):
        thread.run_due()
    assert "Perkara terhenti karena kendala" in desk("admin").get("/pemberitahuan").text


def test_an_answer_that_was_recorded_stands_in_the_history_with_its_letter(
    app: Flask, clerk: Caller, asked: Seen
) -> None:
    clerk.send(asked, {"catatan_jawab": "Setuju"})
    parts = parts_of(app)
    (job,) = parts.jobs.claim({JobKind.WORK}, 1)
    parts.runtime.complete_work(job, {}, worker="oss-1")
    page = clerk.get(f"{case_of(asked)}/tanggapan")
    action = next(str(f["action"]) for f in page.page.select("form[novalidate]"))
    letter = {
        "sk_tanggal_surat": "2026-11-20",
        "sk_nomor_surat": "14/KEP/2026",
        "sk_dari": "Deputi Perkoperasian",
        "sk_ringkasan": "Koperasi dibubarkan.",
        "sk_pindaian": pdf("sk.pdf"),
    }
    done = clerk.post(action, {**page.form(action), **letter})
    assert done.status == 200
    case = clerk.get(case_of(asked))
    entry = next(
        " ".join(e.get_text(" ").split())
        for e in case.page.select(".entry")
        if "mencatat tanggapan" in e.get_text()
    )
    assert f"Anda mencatat tanggapan “SK pembubaran” atas nama {MINISTRY}" in entry
    assert "14/KEP/2026" in entry
    assert "Koperasi dibubarkan." in entry
