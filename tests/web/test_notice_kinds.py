"""Each kind of notice, from the act in the office to the sentence on the page of the one it concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from notice_pages import SUBJECT, person_of, request_letter, work
from web_kit import Caller, parts_of, pdf

from engine.actor import Acting
from engine.ids import InstanceId, PostId, RequestId, UserTaskId
from engine.office import Holding

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.actor import Actor

    Desk = Callable[[str], Caller]


class Office:
    """The office with a letter that Bidang Usaha Mikro is to draft."""

    def __init__(self, app: Flask, desk: Desk) -> None:
        self.app = app
        self.desk = desk
        self.case = request_letter(desk).link("Lihat perkara")
        self.runtime = parts_of(app).runtime
        work(app)

    @property
    def task(self) -> UserTaskId:
        """The task that waits."""
        return UserTaskId(self.desk("mikro").take_first().path.rpartition("/")[2])

    def actor(self, login: str) -> Actor:
        """Give a person with the posts held now."""
        found = parts_of(self.app).directory.find_actor(person_of(self.app, login))
        assert found is not None
        return found

    def request(self) -> RequestId:
        """Give a new request id."""
        return RequestId(parts_of(self.app).ids.new())

    def revision(self, task: UserTaskId) -> int:
        """Give how often the task was changed."""
        query = "SELECT revision FROM user_tasks WHERE id = ?"
        found = parts_of(self.app).database.read(
            lambda c: c.exec_driver_sql(query, (task,)).scalar_one()
        )
        return int(found)

    def said(self, login: str) -> str:
        """Give what the page says to somebody, once the workers have done what there is."""
        work(self.app)
        return self.desk(login).get("/pemberitahuan").text


@pytest.fixture
def office(app: Flask, desk: Desk) -> Office:
    """Give the office at work."""
    return Office(app, desk)


DRAFT = {
    "jenis_naskah": "undangan",
    "perihal": SUBJECT,
    "tujuan_surat": "Camat se-Kota Pasuruan",
    "kode_klasifikasi": "",
    "tanggapan_revisi": "",
}


def draft(office: Office) -> None:
    """Let Bidang Usaha Mikro draft the letter."""
    staff = office.desk("mikro")
    sent = staff.send(staff.take_first(), {**DRAFT, "draf_surat": pdf()})
    assert sent.status == 200, sent.text


def test_a_draft_that_is_sent_back_comes_back_to_who_wrote_it(office: Office) -> None:
    draft(office)
    assert "Tugas “Memverifikasi draf surat” menunggu di meja jabatan Anda" in office.said("kepala")
    head = office.desk("kepala")
    page = head.take_first()
    revise = {"keputusan": "revisi", "catatan_revisi": "Tanggal belum ada."}
    asked = head.send(page, {**revise, "_aksi": "perbarui"})
    shown = [str(field["value"]) for field in asked.page.select("input[name=_tampak]")]
    head.send(asked, {**revise, "_tampak": shown})
    assert "Tugas “Membuat draf surat” kembali kepada Anda" in office.said("mikro")


def test_a_task_that_is_given_and_handed_back_is_told_with_the_reason(office: Office) -> None:
    task, actor = office.task, office.actor
    request_of = {"request": office.request(), "revision": office.revision(task)}
    to = person_of(office.app, "mikro")
    office.runtime.assign(
        task, to, actor=actor("kabid.mikro"), note="Selesaikan hari ini.", **request_of
    )
    given = office.said("mikro")
    assert "Kepala Bidang Usaha Mikro memberi Anda tugas “Membuat draf surat”" in given
    assert "Selesaikan hari ini." in given
    request_of = {"request": office.request(), "revision": office.revision(task)}
    office.runtime.unclaim(task, "Sedang dinas luar.", actor=actor("mikro"), **request_of)
    back = office.said("kabid.mikro")
    assert (
        "Staf Bidang Usaha Mikro mengembalikan tugas “Membuat draf surat” yang Anda berikan" in back
    )
    assert "Sedang dinas luar." in back


def test_a_task_that_a_colleague_takes_over_is_told_to_whose_it_was(office: Office) -> None:
    task, actor = office.task, office.actor
    office.runtime.claim(
        task, actor=actor("mikro"), request=office.request(), revision=office.revision(task)
    )
    office.runtime.take_over(
        task, actor=actor("kabid.mikro"), request=office.request(), revision=office.revision(task)
    )
    assert (
        "Tugas “Membuat draf surat” tidak lagi pada Anda; dipindahkan oleh "
        "Kepala Bidang Usaha Mikro" in office.said("mikro")
    )


def test_a_comment_is_told_with_its_text_to_those_who_work_on_the_case(office: Office) -> None:
    task = office.task
    office.runtime.claim(
        task,
        actor=office.actor("mikro"),
        request=office.request(),
        revision=office.revision(task),
    )
    office.runtime.comment(
        InstanceId(office.case.rpartition("/")[2]),
        "Mohon hari ini.",
        actor=office.actor("kepala"),
        request=office.request(),
    )
    told = office.said("mikro")
    assert "Kepala Dinas menulis catatan" in told
    assert "Mohon hari ini." in told
    link = office.desk("mikro").get("/pemberitahuan").page.select_one("tr.unread a.title")
    assert link is not None
    assert link["href"] == office.case


def test_a_cancelled_case_is_told_with_its_reason_to_who_had_a_task_in_it(office: Office) -> None:
    task = office.task
    office.runtime.claim(
        task,
        actor=office.actor("mikro"),
        request=office.request(),
        revision=office.revision(task),
    )
    head = office.desk("kepala")
    action = f"{office.case}/batal"
    head.post(action, {**head.get(office.case).form(action), "alasan": "Acara ditunda."})
    told = office.said("mikro")
    assert "Perkara dibatalkan oleh Kepala Dinas" in told
    assert "Acara ditunda." in told
    assert "Perkara dibatalkan" not in office.said("kepala")


def test_a_disposition_is_told_as_such_to_the_posts_it_is_for(app: Flask, desk: Desk) -> None:
    clerk, head = desk("umum"), desk("kepala")
    sender = {"nama_pengirim": "Dinas Provinsi", "nomor_surat": "", "tanggal_surat": "2026-11-20"}
    page = clerk.start("Pelayanan Surat Masuk")
    page = clerk.send(page, {**sender, "perihal": SUBJECT, "berkas_surat": pdf()})
    received = {"tanggal_terima": "2026-11-21T08:00", "cara_terima": "pos", "sifat": "segera"}
    page = clerk.send(page, {**received, "asal_surat": "Provinsi"})
    agenda = {"tanggal_agenda": "2026-11-21", "ringkasan": "", "perihal": SUBJECT}
    clerk.send(page, {**agenda, "nomor_surat": "", "kode_klasifikasi": ""})
    orders = {"unit_tujuan": ["bidang_koperasi"], "instruksi": "Siapkan datanya."}
    head.send(head.take_first(), {**orders, "prioritas": "", "tenggat": ""})
    work(app)
    told = desk("kabid.koperasi").get("/pemberitahuan").text
    assert "Disposisi dari Kepala Dinas: “Menindaklanjuti disposisi”" in told
    assert SUBJECT in told
    assert "Disposisi" not in desk("kabid.mikro").get("/pemberitahuan").text


def test_a_letter_of_assignment_is_told_to_the_deputy(office: Office) -> None:
    now = parts_of(office.app).clock.now()
    deputy = Holding(
        person=person_of(office.app, "mikro"),
        post=PostId("sekretaris"),
        held_from=now + timedelta(days=2),
        held_to=now + timedelta(days=9),
        acting=Acting.PLH,
        letter="800/17/2026",
    )
    office.runtime.start_holding(deputy, actor=office.actor("admin"), request=office.request())
    assert (
        "Anda menjabat Plh. Sekretaris Dinas mulai 23 November 2026 (surat 800/17/2026)"
        in office.said("mikro")
    )
