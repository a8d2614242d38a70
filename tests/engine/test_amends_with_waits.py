"""Taking back and correcting where the case waits for timers, messages and work besides people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from correction_kit import correct, surveyed
from correction_kit import sent as corrected_case
from engine_maps import drawn, form_of
from engine_office import Dinas
from letter_kit import numbering
from link_kit import linking
from retraction_kit import begun, refused, retract

from engine.clock import as_text
from engine.errors import CommandRejected
from engine.history import TimerFired, TimerScheduled
from engine.ids import AgencyId
from engine.job import JobKind
from engine.spiff.resting import list_waits
from engine.survey import Bar
from engine.wait import WaitKind

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import InstanceId
    from engine.message import Subscription
    from engine.user_task import UserTask

WATCHED = """
    start mulai
    user isi formRef=isi
    boundary batas on=isi duration=P10D
    manual periksa
    boundary jawaban on=periksa message=Jawaban
    boundary batas_periksa on=periksa duration=P2D
    manual habis
    end selesai
    mulai -> isi
    isi -> periksa
    periksa -> selesai
    batas -> habis
    jawaban -> habis
    batas_periksa -> habis
    habis -> selesai
"""
THEN = """
    start mulai
    user isi formRef=isi
    {then}
    manual arsip
    end selesai
    mulai -> isi
    isi -> kirim
    kirim -> arsip
    arsip -> selesai
"""


MAIL = {"surel.kepada": "a@contoh.go.id", "surel.perihal": "Rapat", "surel.isi": "Besok"}


def watched() -> tuple[Dinas, InstanceId, UserTask, datetime]:
    """Give a case whose first step, sent after four days, had ten, with the moment at which these are over."""
    dinas, case = begun(WATCHED, {"kepala": "periksa"})
    due = dinas.clock.now() + timedelta(days=10)
    dinas.clock.advance(timedelta(days=4))
    first = dinas.task(case)
    dinas.complete(first, "umum", perihal="Rapat", nomor="1")
    return dinas, case, first, due


def waits(dinas: Dinas, case: InstanceId) -> set[str]:
    found = dinas.case(case)
    return {wait.element for wait in list_waits(found.frontier, found.definition)}


def answers(dinas: Dinas) -> tuple[Subscription, ...]:
    """Give who waits for the message `Jawaban`."""
    agency = AgencyId("contoh")
    return dinas.store.transact(
        lambda tx: tx.list_subscriptions(agency, WaitKind.MESSAGE, "Jawaban", "")
    )


def test_a_step_taken_back_waits_with_the_moment_that_it_had() -> None:
    dinas, case, first, due = watched()
    retract(dinas, first.id, "umum")
    assert waits(dinas, case) == {"batas"}
    scheduled = [e for r in dinas.records(case) if isinstance(e := r.event, TimerScheduled)]
    assert [e.due for e in scheduled if e.element == "batas"] == [as_text(due)] * 2
    timers = [job for job in dinas.store.list_jobs() if job.kind is JobKind.TIMER]
    assert [job.due_at for job in timers] == [due]


def test_what_the_step_began_to_wait_for_is_waited_for_no_more() -> None:
    dinas, case, first, _ = watched()
    assert waits(dinas, case) == {"jawaban", "batas_periksa"}
    assert len(answers(dinas)) == 1
    retract(dinas, first.id, "umum")
    assert answers(dinas) == ()


def test_a_step_taken_back_after_its_time_is_over_at_once() -> None:
    dinas, case, first, due = watched()
    dinas.clock.advance(timedelta(days=1))
    retract(dinas, first.id, "umum")
    dinas.clock.advance(due - dinas.clock.now())
    (job,) = dinas.store.jobs.claim({JobKind.TIMER}, 10)
    dinas.runtime.fire_timer(job)
    assert dinas.task(case).element == "habis"
    dinas.agree(case)


def test_once_the_time_of_the_next_step_is_over_the_step_before_stays() -> None:
    dinas, case, first, _ = watched()
    dinas.clock.advance(timedelta(days=2))
    (job,) = dinas.store.jobs.claim({JobKind.TIMER}, 10)
    dinas.runtime.fire_timer(job)
    assert any(isinstance(r.event, TimerFired) for r in dinas.records(case))
    error = refused(dinas, case, first.id, "umum", CommandRejected)
    assert (error.code, error.params["who"]) == ("retraction_overtaken", "Alur")


@pytest.mark.parametrize(
    ("then", "code"),
    [
        ("throw kirim message=Kabar", "retraction_message"),
        ("throw kirim signal=Kabar", "retraction_message"),
        ("service kirim topic=alur.surel", "retraction_work"),
    ],
    ids=["message", "signal", "connector"],
)
def test_a_step_with_effects_outside_of_the_case_stays(then: str, code: str) -> None:
    dinas = Dinas()
    drawing = drawn(THEN.format(then=then))
    if "alur.surel" in then:
        drawing = numbering(drawing, {"kirim": MAIL})
    package = {"p.bpmn": drawing, "isi.form": form_of("isi", "perihal")}
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    first = dinas.task(case)
    dinas.complete(first, "umum", perihal="Rapat")
    assert refused(dinas, case, first.id, "umum", CommandRejected).code == code


def test_a_step_that_began_a_case_which_sent_a_message_stays() -> None:
    dinas = Dinas()
    begun_case = """
        start awal
        throw kabar message=Kabar
        manual kerja
        end akhir
        awal -> kabar
        kabar -> kerja
        kerja -> akhir
    """
    one_step = """
        start mulai
        user isi formRef=isi
        end selesai
        mulai -> isi
        isi -> selesai
    """
    package = {
        "anak.bpmn": drawn(begun_case, key="anak"),
        "p.bpmn": linking(drawn(one_step), "isi", {"proses": "anak"}),
        "isi.form": form_of("isi", "perihal"),
    }
    case = dinas.start(dinas.deploy(package)["p"].id, "umum")
    first = dinas.task(case)
    dinas.complete(first, "umum", perihal="Rapat")
    assert refused(dinas, case, first.id, "umum", CommandRejected).code == "retraction_message"


def test_a_step_behind_which_a_system_outside_is_waited_for_can_be_taken_back() -> None:
    dinas, case = begun(THEN.format(then="service kirim topic=oss"), {})
    first = dinas.task(case)
    dinas.complete(first, "umum", perihal="Rapat", nomor="1")
    assert [job.kind for job in dinas.store.list_jobs() if job.topic == "oss"] == [JobKind.WORK]
    retract(dinas, first.id, "umum")
    assert dinas.task(case).element == "isi"
    assert not [job for job in dinas.store.list_jobs() if job.topic == "oss"]


@pytest.mark.parametrize(
    ("then", "barred"),
    [
        ("catch kirim message=Jawaban key=${perihal}", {"perihal"}),
        ("catch kirim duration=\"${jenis == 'biasa' ? 'P1D' : 'P2D'}\"", {"jenis"}),
        ("throw kirim message=Kabar key=${perihal} carries=jumlah", {"perihal", "jumlah"}),
    ],
    ids=["key", "timer", "carried"],
)
def test_a_field_that_a_wait_or_a_message_has_read_stays(then: str, barred: set[str]) -> None:
    dinas, case, task = corrected_case(THEN.format(then=then))
    found = surveyed(dinas, case, task.id)
    assert dict(found.barred) == dict.fromkeys(barred, Bar.DECISION)


def test_a_correction_leaves_what_is_waited_for_as_it_is() -> None:
    dinas, case, task = corrected_case(THEN.format(then="catch kirim message=Jawaban"))
    before = waits(dinas, case)
    correct(dinas, task, "umum", jumlah=4)
    assert waits(dinas, case) == before == {"kirim"}
