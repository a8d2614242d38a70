"""Work that waits, fails, is begun again and is reported as done: in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from incident_kit import HTTP, THROWING, Kantor

from engine.done_outside import WorkReport
from engine.errors import ExecutionFailed, InvalidSubmission, NotAllowed, NotFound, WrongState
from engine.firing import Place
from engine.history import IncidentRaised, IncidentResolved, WorkCompleted
from engine.ids import IncidentId, InstanceId
from engine.incident import Resolution
from engine.job import BACK_OFF, JobFailed, JobKind, JobState, LeaseLost
from engine.variables import object_of

if TYPE_CHECKING:
    from storage_kit import Workplace

    from engine.job import Job
    from engine.testing import FixedClock

MANY = 50


@pytest.fixture
def outside(backend: Workplace, clock: FixedClock) -> Kantor:
    """Give an office whose process waits for work of an outside topic."""
    return Kantor(backend, clock, **{"hasil.isian": "nib, biaya:angka"})


@pytest.fixture
def calling(backend: Workplace, clock: FixedClock) -> Kantor:
    """Give an office whose process calls a service."""
    return Kantor(backend, clock, "alur.http", **HTTP)


def refuse(code: str = "http_refused", *, is_final: bool = True, told: str = "HTTP 422") -> object:
    def do(_job: Job) -> None:
        raise JobFailed("refused", code=code, is_final=is_final, told=told)

    return do


def fail(office: Kantor, **values: object) -> InstanceId:
    """Give a case whose work has failed for good."""
    case = office.wait(**values)
    assert office.worker(refuse()).run_due(MANY) == 1
    return case


def test_work_of_an_outside_topic_waits_and_no_worker_of_ours_takes_it(outside: Kantor) -> None:
    case = outside.wait()
    job = outside.job(case)
    assert job is not None
    assert (job.kind, job.topic, job.state) == (JobKind.WORK, "oss.permohonan", JobState.DUE)
    assert outside.worker(refuse()).run_due(MANY) == 0
    assert (outside.steps(case), outside.incidents(case)) == ([], ())


def test_work_that_an_officer_reports_lets_the_case_go_on_with_its_values(outside: Kantor) -> None:
    case = outside.wait()
    outside.report(case, nib="9120", biaya=7, reason=" lewat portal OSS ")
    assert outside.steps(case) == ["lanjut"]
    assert outside.values(case)["nib"] == "9120"
    (event,) = outside.events(case, WorkCompleted)
    assert isinstance(event, WorkCompleted)
    assert (event.topic, event.reason, event.worker) == ("oss.permohonan", "lewat portal OSS", "")
    assert outside.job(case) is None


def test_work_is_reported_once(outside: Kantor) -> None:
    case = outside.wait()
    outside.report(case)
    with pytest.raises(WrongState) as refused:
        outside.report(case)
    assert refused.value.code == "work_gone"


@pytest.mark.parametrize("login", ["kepala", "luar", "pengelola"])
def test_only_the_lane_of_the_work_may_report_it(outside: Kantor, login: str) -> None:
    case = outside.wait()
    with pytest.raises(NotAllowed) as refused:
        outside.report(case, by=login)
    assert refused.value.code == "not_allowed_work"
    assert outside.steps(case) == []


def test_a_report_needs_a_reason_and_takes_only_its_own_variables(outside: Kantor) -> None:
    case = outside.wait()
    for values in ({"reason": "  "}, {"nomor": "8"}, {"biaya": "tujuh"}):
        with pytest.raises(InvalidSubmission):
            outside.report(case, **values)
    assert outside.steps(case) == []


def test_a_report_about_something_else_is_refused(outside: Kantor) -> None:
    case = outside.wait()
    told = WorkReport(place=Place(token=99, element="kerja"), values={}, reason="x")
    with pytest.raises(WrongState) as refused:
        outside.runtime.report_work(
            case, told, actor=outside.person("petugas"), request=outside.request()
        )
    assert refused.value.code == "work_gone"


def test_a_connector_is_told_what_to_do_with_the_values_of_the_case(calling: Kantor) -> None:
    case = calling.wait(nomor="7/A")
    (job,) = calling.jobs.claim([JobKind.CONNECTOR], MANY)
    order = calling.runtime.find_order(job)
    assert getattr(order, "address", "") == "https://oss.contoh.go.id/7%2FA"
    calling.runtime.complete_work(job, {"jawaban": {"nib": "9120"}}, worker="")
    assert calling.values(case)["jawaban"] == {"nib": "9120"}
    assert calling.steps(case) == ["lanjut"]


def test_work_that_failed_for_good_is_an_incident_with_what_the_other_side_said(
    calling: Kantor,
) -> None:
    case = fail(calling)
    (incident,) = calling.incidents(case)
    assert (incident.code, incident.told, incident.element) == ("http_refused", "HTTP 422", "kerja")
    assert incident.definition == calling.definition
    job = calling.job(case)
    assert job is not None
    assert (job.state, job.error, incident.job) == (JobState.FAILED, "http_refused", job.id)
    (event,) = calling.events(case, IncidentRaised)
    assert isinstance(event, IncidentRaised)
    assert (event.incident, event.told) == (incident.id, "HTTP 422")
    assert calling.worker(refuse()).run_due(MANY) == 0


def test_work_that_may_pass_is_tried_again_and_again_and_then_an_incident(
    calling: Kantor,
) -> None:
    case = calling.wait()
    worker = calling.worker(refuse("http_later", is_final=False, told="HTTP 503"))
    for wait in BACK_OFF:
        assert worker.run_due(MANY) == 1
        assert calling.incidents(case) == ()
        calling.clock.advance(wait)
    assert worker.run_due(MANY) == 1
    assert [i.code for i in calling.incidents(case)] == ["http_later"]


def test_a_failed_job_is_begun_anew_and_its_incident_is_over(calling: Kantor) -> None:
    case = fail(calling)
    calling.retry(case)
    assert calling.incidents(case) == ()
    job = calling.job(case)
    assert job is not None
    assert (job.state, job.attempts, job.error) == (JobState.DUE, 0, "")
    (event,) = calling.events(case, IncidentResolved)
    assert isinstance(event, IncidentResolved)
    assert event.how == Resolution.RETRIED
    calling.worker(lambda job: calling.runtime.complete_work(job, {}, worker="")).run_due(MANY)
    assert calling.steps(case) == ["lanjut"]


def test_a_job_that_fails_again_is_a_new_incident(calling: Kantor) -> None:
    case = fail(calling)
    (first,) = calling.incidents(case)
    calling.retry(case)
    assert calling.worker(refuse("http_not_json")).run_due(MANY) == 1
    (second,) = calling.incidents(case)
    assert second.code == "http_not_json"
    assert second.id != first.id


@pytest.mark.parametrize("login", ["petugas", "kepala", "pengelola"])
def test_the_lane_its_head_and_overseers_may_begin_work_anew(calling: Kantor, login: str) -> None:
    case = fail(calling)
    calling.retry(case, by=login)
    assert calling.incidents(case) == ()


def test_others_may_not_begin_work_anew(calling: Kantor) -> None:
    case = fail(calling)
    with pytest.raises(NotAllowed) as refused:
        calling.retry(case, by="luar")
    assert refused.value.code == "not_allowed_incident"
    assert len(calling.incidents(case)) == 1


def test_an_incident_that_is_over_or_unknown_is_refused(calling: Kantor) -> None:
    case = fail(calling)
    (incident,) = calling.incidents(case)
    calling.retry(case)
    petugas = calling.person("petugas")
    with pytest.raises(WrongState) as over:
        calling.runtime.retry_incident(incident.id, actor=petugas, request=calling.request())
    assert over.value.code == "incident_gone"
    with pytest.raises(NotFound):
        calling.runtime.retry_incident(
            IncidentId("tidak ada"), actor=petugas, request=calling.request()
        )


def test_a_request_that_comes_twice_begins_the_work_anew_once(calling: Kantor) -> None:
    case = fail(calling)
    (incident,) = calling.incidents(case)
    petugas, request = calling.person("petugas"), calling.request()
    for _ in range(2):
        calling.runtime.retry_incident(incident.id, actor=petugas, request=request)
    assert len(calling.events(case, IncidentResolved)) == 1


def test_failed_work_of_a_connector_can_be_reported_as_done_outside(calling: Kantor) -> None:
    case = fail(calling)
    (incident,) = calling.incidents(case)
    calling.report(case, reason="ditelepon")
    assert (calling.steps(case), calling.incidents(case), calling.job(case)) == (
        ["lanjut"],
        (),
        None,
    )
    (event,) = calling.events(case, IncidentResolved)
    assert isinstance(event, IncidentResolved)
    assert (event.incident, event.how, event.reason) == (
        incident.id,
        Resolution.DONE_OUTSIDE,
        "ditelepon",
    )


def test_work_of_a_connector_that_is_under_way_cannot_be_reported(calling: Kantor) -> None:
    case = calling.wait()
    with pytest.raises(WrongState) as refused:
        calling.report(case)
    assert refused.value.code == "work_not_failed"


def test_work_that_a_step_waits_for_cannot_be_given_up(calling: Kantor) -> None:
    case = fail(calling)
    (incident,) = calling.incidents(case)
    with pytest.raises(WrongState) as refused:
        calling.runtime.drop_incident(
            incident.id, "sudah", actor=calling.person("petugas"), request=calling.request()
        )
    assert refused.value.code == "incident_not_dropped"


def test_a_message_that_reached_nobody_is_given_up_with_a_reason(
    backend: Workplace, clock: FixedClock
) -> None:
    office = Kantor(backend, clock, lines=THROWING)
    case = office.wait()
    assert office.worker(refuse("message_unclaimed"), JobKind.MESSAGE).run_due(MANY) == 1
    (incident,) = office.incidents(case)
    assert incident.element == "kerja"
    petugas = office.person("petugas")
    with pytest.raises(InvalidSubmission):
        office.runtime.drop_incident(incident.id, " ", actor=petugas, request=office.request())
    office.runtime.drop_incident(
        incident.id, "sudah ditelepon", actor=petugas, request=office.request()
    )
    assert office.incidents(case) == ()
    assert incident.job is not None
    job = incident.job
    assert office.store.transact(lambda tx: tx.find_job(job)) is None
    (event,) = office.events(case, IncidentResolved)
    assert isinstance(event, IncidentResolved)
    assert (event.how, event.reason) == (Resolution.DROPPED, "sudah ditelepon")
    assert office.steps(case) == ["lanjut"]


def test_a_message_is_tried_again_though_its_case_is_over(
    backend: Workplace, clock: FixedClock
) -> None:
    office = Kantor(backend, clock, lines=THROWING)
    case = office.wait()
    office.worker(refuse("message_unclaimed"), JobKind.MESSAGE).run_due(MANY)
    office.send(case, nomor="7", nib=None)
    office.retry(case)
    assert office.incidents(case) == ()
    assert office.worker(refuse(), JobKind.MESSAGE).run_due(MANY) == 1
    assert len(office.incidents(case)) == 1


def test_a_case_that_is_cancelled_leaves_no_incident_and_no_job(calling: Kantor) -> None:
    case = fail(calling)
    revision = calling.store.transact(lambda tx: tx.get_instance(case)).revision
    calling.runtime.cancel(
        case,
        "salah",
        actor=calling.person("pengelola"),
        request=calling.request(),
        revision=revision,
    )
    assert (calling.incidents(case), calling.job(case)) == ((), None)
    (event,) = calling.events(case, IncidentResolved)
    assert isinstance(event, IncidentResolved)
    assert event.how == Resolution.LEFT


def test_a_worker_that_died_between_the_call_and_the_commit_is_followed_by_one_with_the_same_id(
    calling: Kantor,
) -> None:
    case = calling.wait()
    (dead,) = calling.jobs.claim([JobKind.CONNECTOR], MANY)
    calling.clock.advance(timedelta(minutes=3))
    (alive,) = calling.jobs.claim([JobKind.CONNECTOR], MANY)
    assert alive.id == dead.id
    calling.runtime.complete_work(alive, {}, worker="")
    with pytest.raises((LeaseLost, NotFound)):
        calling.runtime.complete_work(dead, {"jawaban": "dua"}, worker="")
    assert len(calling.events(case, WorkCompleted)) == 1
    assert "jawaban" not in calling.values(case)


def test_a_result_that_comes_after_the_report_changes_nothing(calling: Kantor) -> None:
    case = fail(calling)
    calling.retry(case)
    (job,) = calling.jobs.claim([JobKind.CONNECTOR], MANY)
    calling.runtime.raise_incident(job, "http_refused")
    calling.report(case)
    with pytest.raises(LeaseLost):
        calling.runtime.complete_work(job, {"jawaban": "terlambat"}, worker="")
    assert len(calling.events(case, WorkCompleted)) == 1
    assert "jawaban" not in calling.values(case)


def test_an_order_that_the_values_of_the_case_do_not_allow_is_an_incident(
    calling: Kantor,
) -> None:
    case = calling.wait(nomor=None)

    def do(job: Job) -> None:
        calling.runtime.find_order(job)
        calling.runtime.complete_work(job, {}, worker="")

    calling.worker(do).run_due(MANY)
    (incident,) = calling.incidents(case)
    assert (incident.code, incident.told) == ("connector_value", "http.alamat")


def test_a_case_that_cannot_go_on_with_the_result_is_an_incident_and_stays_as_it_was(
    calling: Kantor,
) -> None:
    case = calling.wait()
    before = calling.store.transact(lambda tx: tx.get_instance(case)).variables

    def do(_job: Job) -> None:
        raise ExecutionFailed("no way", code="no_flow_matches")

    calling.worker(do).run_due(MANY)
    assert [i.code for i in calling.incidents(case)] == ["no_flow_matches"]
    after = calling.store.transact(lambda tx: tx.get_instance(case)).variables
    assert object_of(after) == object_of(before)
