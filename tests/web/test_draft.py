"""*Simpan dulu*: what was typed is there again, for its writer alone, whatever ended the sitting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from web_kit import FIRST_REQUEST, Caller, Seen, parts_of, pdf

from storage.drafts import MOST_BYTES
from storage.sessions import IDLE, REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

REQUEST = {**FIRST_REQUEST, "unit_pembuat": "sekretariat"}
TYPED = {"jenis_naskah": "undangan", "perihal": "Undangan", "tanggapan_revisi": "Separuh jadi."}


@pytest.fixture
def task(desk: Desk) -> str:
    """Give the address of a task that the secretary and the staff of the secretariat may do."""
    head = desk("kepala")
    head.send(head.start("Pelayanan Surat Keluar"), REQUEST)
    return desk("sekretariat").take_first().path


def save(caller: Caller, page: Seen, **typed: object) -> Seen:
    """Press *Simpan dulu*."""
    return caller.post(f"{page.path}/konsep", {**page.form(page.path), **TYPED, **typed})


def value(page: Seen, name: str) -> str:
    """Give what stands in a field."""
    field = page.page.select_one(f'[name="{name}"]')
    assert field is not None
    return str(field.get("value") or field.get_text()).strip()


def test_a_draft_is_there_again_with_its_files_and_says_when_it_was_saved(
    desk: Desk, task: str, clock: FixedClock
) -> None:
    clerk = desk("sekretariat")
    saved = save(clerk, clerk.get(task), draf_surat=pdf())
    assert "tersimpan; belum terkirim" in saved.text
    clock.advance(timedelta(hours=1))
    again = clerk.get(task)
    assert "Tersimpan: Hari ini, 08.00" in again.text
    assert value(again, "tanggapan_revisi") == "Separuh jadi."
    assert value(again, "perihal") == "Undangan"
    assert again.page.select_one("option[value=undangan][selected]")
    assert "draf.pdf" in again.text


def test_a_draft_is_not_checked_and_changes_nothing_of_the_case(desk: Desk, task: str) -> None:
    clerk = desk("sekretariat")
    case = clerk.get(task).link("Pelayanan Surat Keluar")
    before = clerk.get(case).text
    save(clerk, clerk.get(task), jenis_naskah="bukan pilihan", perihal="")
    assert clerk.get(case).text == before
    assert "Separuh jadi." not in desk("sekretaris").get(task).text


def test_a_sent_form_leaves_no_draft(desk: Desk, task: str) -> None:
    clerk = desk("sekretariat")
    page = clerk.get(task)
    save(clerk, page, draf_surat=pdf())
    kept = clerk.get(task).page.select_one('input[name="_berkas.draf_surat"]')
    assert kept is not None
    sent = clerk.send(
        clerk.get(task),
        {
            **TYPED,
            "tujuan_surat": "Camat",
            "kode_klasifikasi": "",
            "_berkas.draf_surat": str(kept["value"]),
        },
    )
    assert "Terkirim" in sent.text, sent.page.select_one("#kesalahan")
    late = clerk.post(f"{task}/konsep", {**page.form(task), **TYPED, "_diam": "1"})
    assert late.answer.json == {"kata": "", "berkas": {}}
    assert "Konsep Anda" not in clerk.get(task).text
    assert "Yang dikirim" in clerk.get(task).text


def test_a_draft_is_thrown_away(desk: Desk, task: str) -> None:
    clerk = desk("sekretariat")
    kept = save(clerk, clerk.get(task))
    gone = clerk.post(f"{task}/konsep/buang", kept.form("/konsep/buang"))
    assert "dibuang" in gone.text
    assert value(clerk.get(task), "tanggapan_revisi") == ""


def test_a_page_that_saves_by_itself_is_told_when_and_how_to_name_its_files(
    desk: Desk, task: str
) -> None:
    clerk = desk("sekretariat")
    page = clerk.get(task)
    first = save(clerk, page, _diam="1", draf_surat=pdf()).answer.json
    assert first is not None
    assert first["kata"] == "Konsep tersimpan: Hari ini, 08.00."
    (digest,) = first["berkas"]["draf_surat"]
    named = {"_berkas.draf_surat": digest, "perihal": "Undangan kedua"}
    second = save(clerk, page, _diam="1", **named).answer.json
    assert second is not None
    assert second["berkas"] == {"draf_surat": []}
    again = clerk.get(task)
    assert value(again, "perihal") == "Undangan kedua"
    assert again.text.count("draf.pdf") == 1


def test_a_draft_that_is_too_large_is_refused_with_all_that_was_typed(
    desk: Desk, task: str
) -> None:
    clerk = desk("sekretariat")
    page = clerk.get(task)
    answer = save(clerk, page, tanggapan_revisi="x" * MOST_BYTES)
    assert answer.status == 422
    assert "Konsep terlalu besar" in answer.text
    assert len(value(answer, "tanggapan_revisi")) == MOST_BYTES
    quiet = save(clerk, page, tanggapan_revisi="x" * MOST_BYTES, _diam="1")
    assert (quiet.status, "Konsep terlalu besar" in quiet.answer.text) == (422, True)


def test_a_file_that_is_not_taken_is_told_when_the_draft_is_saved(desk: Desk, task: str) -> None:
    clerk = desk("sekretariat")
    page = clerk.get(task)
    answer = save(clerk, page, draf_surat=pdf("draf.pdf", b"MZ no document"))
    assert answer.status == 422
    assert "Draf surat" in answer.text.partition("perlu diperbaiki")[2][:100]
    assert value(answer, "tanggapan_revisi") == "Separuh jadi."
    assert value(clerk.get(task), "tanggapan_revisi") == "Separuh jadi."
    quiet = save(clerk, page, draf_surat=pdf("draf.pdf", b"MZ no document"), _diam="1").answer.json
    assert quiet is not None
    assert quiet["kata"].startswith("Konsep tersimpan: Hari ini, 08.00. ")
    assert quiet["berkas"]["draf_surat"] == []


def test_who_could_never_send_the_form_keeps_no_draft(desk: Desk, task: str) -> None:
    clerk, head = desk("sekretariat"), desk("kepala")
    fields = {**clerk.get(task).form(task), **head.get("/tugas").form("/keluar"), **TYPED}
    assert head.post(f"{task}/konsep", fields).status == 403
    assert "Separuh jadi." not in head.get(task).text


def test_a_form_sent_after_the_session_ended_waits_behind_the_sign_in(
    app: Flask, desk: Desk, task: str, clock: FixedClock
) -> None:
    clerk = desk("sekretariat")
    page = clerk.get(task)
    clock.advance(IDLE + timedelta(hours=4))
    desk("kepala")  # somebody signs in, which forgets sessions that ended long ago
    at_the_door = clerk.send(page, {**TYPED, "draf_surat": pdf()})
    assert at_the_door.heading == "Masuk"
    form = at_the_door.form("/masuk")
    stranger = Caller(app)
    stranger.client.set_cookie("alur_sesi", _session(app, "sekretaris"))
    assert "Separuh jadi." not in stranger.get(task).text
    clerk.client.set_cookie("alur_sesi", _session(app, "sekretariat"))
    back = clerk.get(form["lanjut"])
    assert "Sesi Anda berakhir sebelum isian" in back.text
    assert value(back, "tanggapan_revisi") == "Separuh jadi."
    assert "draf.pdf" in back.text


def test_a_form_of_an_earlier_session_is_kept_when_its_writer_signed_in_again(
    app: Flask, desk: Desk, task: str, clock: FixedClock
) -> None:
    clerk = desk("sekretariat")
    page = clerk.get(task)
    clock.advance(IDLE)
    clerk.client.set_cookie("alur_sesi", _session(app, "sekretariat"))
    back = clerk.send(page, TYPED)
    assert (back.status, back.path) == (200, task)
    assert value(back, "tanggapan_revisi") == "Separuh jadi."


@pytest.mark.parametrize(
    "how", ["signed out", "another's token", "no cookie", "long ago", "closed"]
)
def test_a_form_that_nobody_can_be_named_for_is_not_kept(
    app: Flask, desk: Desk, task: str, clock: FixedClock, how: str
) -> None:
    clerk, other = desk("sekretariat"), desk("sekretaris")
    page = clerk.get(task)
    fields = {**page.form(task), **TYPED}
    if how == "signed out":
        token = clerk.client.get_cookie("alur_sesi")
        assert token is not None
        clerk.post("/keluar", page.form("/keluar"))
        clerk.client.set_cookie("alur_sesi", token.value)
    elif how == "another's token":
        fields["_csrf"] = other.get(task).form(task)["_csrf"]
    elif how == "no cookie":
        clerk.client.delete_cookie("alur_sesi")
    clock.advance(IDLE if how != "long ago" else IDLE + REMEMBERED + timedelta(minutes=1))
    desk("kepala")
    if how == "closed":
        parts = parts_of(app)
        known = parts.directory.find_credentials("sekretariat")
        assert known is not None
        parts.database.write(
            lambda c: c.exec_driver_sql(
                "UPDATE persons SET closed_at = '2026' WHERE id = ?", (known.person,)
            ).close()
        )
        assert clerk.post(task, fields).heading == "Masuk"
        return
    assert clerk.post(task, fields).heading == "Masuk"
    for login in ("sekretariat", "sekretaris"):
        assert "Separuh jadi." not in desk(login).get(task).text


def _session(app: Flask, login: str) -> str:
    parts = parts_of(app)
    known = parts.directory.find_credentials(login)
    assert known is not None
    return parts.sessions.open_session(known.person).token
