"""Which acts tell whom what, decided from the records alone and from who stands around the case."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, time

import pytest
from telling_kit import ANI, AT, BUDI, CASE, CICI, HEAD, TASK, Around, acted, created, told

from engine import history as past
from engine.actor import Signature
from engine.chain import Head, append
from engine.digest import digest_job, mail_job, next_digest
from engine.history import EVENTS
from engine.ids import AgencyId, ChainId
from engine.job import JobKind
from engine.notice import HOLDING, SETTLES, TELLS, NoticeKind, notify_job, tell
from engine.variables import object_of

AGENCY = AgencyId("kota")

SILENT = {
    past.InstanceStarted,
    past.InstanceLinked,
    past.ElementActivated,
    past.ElementCompleted,
    past.ElementMerged,
    past.ElementCancelled,
    past.ScopeOpened,
    past.ScopeClosed,
    past.VariablesChanged,
    past.UserTaskCompleted,
    past.UserTaskOpened,
    past.UserTaskPostponed,
    past.UserTaskDueMoved,
    past.TimerScheduled,
    past.TimerFired,
    past.MessageAwaited,
    past.MessageReceived,
    past.MessageSent,
    past.SignalAwaited,
    past.SignalReceived,
    past.SignalSent,
    past.ErrorThrown,
    past.EscalationThrown,
    past.WaitLengthChanged,
    past.OfficeValueChanged,
    past.WorkRequested,
    past.WorkCompleted,
    past.IncidentResolved,
    past.AssigneeRefused,
    past.DefinitionDeployed,
    past.DecisionDeployed,
    past.MapKept,
    past.DecisionEvaluated,
    past.VariablesMissed,
    past.PersonRegistered,
    past.AgencyRegistered,
    past.PersonChanged,
    past.PersonClosed,
    past.PersonOpened,
    past.UnitSaved,
    past.UnitClosed,
    past.PostSaved,
    past.PostClosed,
    past.HoldingEnded,
    past.TasksReassigned,
    past.CalendarDaySaved,
    past.CalendarDayDropped,
    past.CalendarYearConfirmed,
    past.CalendarYearDoubted,
    past.WorkingHoursChanged,
    past.CalendarSeasonSaved,
    past.CalendarSeasonDropped,
    past.AgencyZoneChanged,
    past.DeadlineRulesChanged,
    past.LetterNumberReserved,
    past.LetterNumberConfirmed,
    past.LetterNumberVoided,
    past.LetterRuleChanged,
    past.PasswordChanged,
    past.PasswordResetMade,
    past.SessionsEnded,
    past.SignedIn,
    past.SignedOut,
    past.SignInRefused,
}
"""Events that concern nobody but who acted. A new event stands here or in `engine.notice.TELLS`."""


def test_every_event_tells_somebody_or_is_known_to_tell_nobody() -> None:
    assert set(TELLS) | SILENT == set(EVENTS.values())
    assert not set(TELLS) & SILENT
    assert set(HOLDING) <= set(TELLS)


def test_a_new_task_is_told_to_all_who_may_take_it_but_not_to_who_sent_it() -> None:
    around = Around(candidates=[ANI, BUDI, HEAD])
    assert told(
        acted(past.UserTaskCompleted(task="x", token=1, element="a"), created()), around
    ) == [
        (ANI, "offered", TASK),
        (BUDI, "offered", TASK),
    ]


def test_a_task_that_is_taken_already_is_told_to_nobody() -> None:
    assert told(acted(created()), Around(candidates=())) == []


def test_a_task_that_the_drawing_gives_to_a_person_is_told_to_that_one_only() -> None:
    given = past.UserTaskAssigned(task=TASK, to=ANI, to_name="Ani")
    around = Around(candidates=[ANI, BUDI])
    assert told(acted(created(), given), around) == [(ANI, "assigned", TASK)]
    assert around.asked == []


def test_a_step_that_comes_round_again_is_told_as_such_to_who_did_it() -> None:
    around = Around(candidates=[ANI, BUDI], doers=[ANI])
    assert told(acted(created()), around) == [(ANI, "returned", TASK), (BUDI, "offered", TASK)]
    given = past.UserTaskAssigned(task=TASK, to=ANI, to_name="Ani")
    assert told(acted(created(), given), around) == [(ANI, "returned", TASK)]


def test_the_first_task_of_a_linked_case_is_a_disposition() -> None:
    begun = past.InstanceStarted(definition="d", key="k", version=1, digest="0")
    linked = dataclasses.replace(begun, parent="other")
    around = Around(candidates=[ANI])
    assert told(acted(linked, created()), around) == [(ANI, "disposed", TASK)]
    assert told(acted(begun, created()), around) == [(ANI, "offered", TASK)]
    assert told(acted(created()), around) == [(ANI, "offered", TASK)]


def test_who_is_given_a_task_and_who_loses_it_are_told() -> None:
    before = acted(past.UserTaskClaimed(task=TASK), by=BUDI, after=3)[0]
    given = past.UserTaskAssigned(task=TASK, to=ANI, to_name="Ani", reason="Cuti")
    assert told(acted(given), Around(earlier=before)) == [
        (ANI, "assigned", TASK),
        (BUDI, "taken_over", TASK),
    ]


def test_who_gives_a_task_of_ones_own_away_or_takes_one_is_not_told() -> None:
    mine = acted(past.UserTaskAssigned(task=TASK, to=HEAD, to_name=""), by=BUDI, after=3)[0]
    given = past.UserTaskAssigned(task=TASK, to=ANI, to_name="Ani")
    assert told(acted(given), Around(earlier=mine)) == [(ANI, "assigned", TASK)]
    taken = past.UserTaskAssigned(task=TASK, to=HEAD, to_name="Kepala")
    assert told(acted(taken), Around()) == []


def test_a_task_taken_from_a_desk_is_told_to_whose_it_was_and_a_free_one_to_nobody() -> None:
    taken = past.UserTaskClaimed(task=TASK, previous=BUDI, previous_name="Budi")
    assert told(acted(taken), Around()) == [(BUDI, "taken_over", TASK)]
    assert told(acted(past.UserTaskClaimed(task=TASK)), Around()) == []


def test_a_task_handed_back_is_told_to_who_gave_it_and_offered_to_the_others() -> None:
    before = acted(past.UserTaskAssigned(task=TASK, to=ANI, to_name="Ani"), by=HEAD, after=3)[0]
    back = past.UserTaskUnclaimed(task=TASK, reason="Bukan bidang saya")
    around = Around(earlier=before, candidates=[ANI, BUDI, HEAD])
    assert told(acted(back, by=ANI), around) == [
        (BUDI, "offered", TASK),
        (HEAD, "handed_back", TASK),
    ]


def test_a_task_put_back_for_its_holder_is_told_to_that_one() -> None:
    before = acted(past.UserTaskClaimed(task=TASK), by=BUDI, after=3)[0]
    around = Around(earlier=before, candidates=[BUDI, CICI])
    assert told(acted(past.UserTaskUnclaimed(task=TASK)), around) == [
        (BUDI, "taken_over", TASK),
        (CICI, "offered", TASK),
    ]


def test_a_task_that_is_no_longer_needed_is_told_to_who_had_it() -> None:
    gone = past.UserTaskCancelled(task=TASK)
    assert told(acted(gone), Around(holder=ANI)) == [(ANI, "withdrawn", None)]
    assert told(acted(gone), Around(holder=None)) == []
    assert told(acted(gone, by=ANI), Around(holder=ANI)) == []


def test_a_task_whose_time_is_over_is_told_to_who_had_it_and_leads_to_what_was_typed() -> None:
    fired = past.TimerFired(token=2, element="batas", due=AT)
    gone = past.UserTaskCancelled(task=TASK)
    assert told(acted(fired, gone), Around(holder=ANI)) == [(ANI, "expired", TASK)]
    assert told(acted(fired, gone), Around(holder=None)) == []


def test_a_task_that_a_message_made_needless_is_told_to_who_had_it() -> None:
    came = past.MessageReceived(token=2, element="jawaban", name="Jawaban")
    gone = past.UserTaskCancelled(task=TASK)
    assert told(acted(came, gone), Around(holder=ANI)) == [(ANI, "withdrawn", None)]


def test_an_incident_is_told_to_the_administrators() -> None:
    failed = past.IncidentRaised(incident="i", token=2, element="surel", code="mail_refused")
    records = append(Head(chain=CASE), [failed], at=AT, by=Signature.of_system())[0]
    around = Around(administrators=[ANI, BUDI], holder=CICI)
    assert told(records, around) == [(ANI, "incident", None), (BUDI, "incident", None)]


def test_a_step_taken_back_is_told_with_its_reason_to_who_had_the_next_one() -> None:
    back = past.UserTaskRetracted(task="x", restored="y", reason="Lampiran kurang")
    records = acted(back, past.UserTaskCancelled(task=TASK), past.UserTaskClaimed(task="y"), by=ANI)
    (notice,) = tell(records, Around(holder=BUDI)).notices
    assert (notice.person, notice.kind, notice.seq) == (BUDI, NoticeKind.WITHDRAWN, records[0].seq)


def test_a_cancelled_case_is_told_once_to_who_began_it_and_to_who_had_a_task() -> None:
    records = acted(past.InstanceCancelled(reason="Ganda"), past.UserTaskCancelled(task=TASK))
    both = Around(starter=ANI, holder=BUDI)
    assert told(records, both) == [(ANI, "cancelled", None), (BUDI, "cancelled", None)]
    assert told(records, Around(starter=ANI, holder=ANI)) == [(ANI, "cancelled", None)]
    assert told(records, Around(starter=HEAD, holder=HEAD)) == []


def test_a_finished_case_is_told_to_who_began_it() -> None:
    ended = (past.UserTaskCompleted(task="x", token=1, element="a"), past.InstanceCompleted())
    assert told(acted(*ended), Around(starter=ANI)) == [(ANI, "completed", None)]
    assert told(acted(*ended, by=ANI), Around(starter=ANI)) == []
    assert told(acted(*ended), Around(starter=None)) == []


def test_a_comment_is_told_to_those_who_have_or_had_a_task_in_the_case() -> None:
    around = Around(participants=[ANI, BUDI, HEAD])
    said = acted(past.CommentAdded(text="Segera"), by=BUDI)
    assert told(said, around) == [(ANI, "commented", None), (HEAD, "commented", None)]


def test_a_correction_is_told_to_those_who_work_on_what_was_corrected() -> None:
    mended = acted(past.SubmissionCorrected(task="x", reason="Salah tulis"), by=ANI)
    assert told(mended, Around(holders=[ANI, BUDI])) == [(BUDI, "corrected", None)]


def test_a_holding_is_told_to_the_person_outside_of_any_case() -> None:
    began = past.HoldingStarted(
        person=ANI, name="Ani", post="p", post_name="Sekretaris", held_from=AT, acting="plh"
    )
    (notice,) = tell(acted(began, chain=ChainId("agency:kota")), Around()).notices
    assert (notice.person, notice.kind, notice.case, notice.task) == (ANI, "appointed", None, None)
    assert told(acted(began, by=ANI, chain=ChainId("agency:kota")), Around()) == []


def test_two_tasks_of_one_command_are_two_events_and_so_two_notices() -> None:
    records = acted(created(), created(task="other"))
    assert len(tell(records, Around(candidates=[ANI])).notices) == 2


def test_alur_itself_may_tell_anybody() -> None:
    records = append(Head(chain=CASE), [created()], at=AT, by=Signature.of_system())[0]
    assert told(records, Around(candidates=[ANI])) == [(ANI, "offered", TASK)]


@pytest.mark.parametrize(
    "event",
    [
        past.UserTaskClaimed(task=TASK),
        past.UserTaskUnclaimed(task=TASK),
        past.UserTaskAssigned(task=TASK, to=ANI, to_name=""),
        past.UserTaskCompleted(task=TASK, token=2, element="a"),
        past.UserTaskCancelled(task=TASK),
    ],
    ids=lambda event: event.type,
)
def test_once_somebody_has_a_task_or_it_is_over_nobody_is_called_to_it(event: object) -> None:
    assert isinstance(event, SETTLES)
    assert tell(acted(event), Around()).settled == {TASK}


def test_a_notice_of_an_event_has_always_the_same_id_and_sorts_by_time() -> None:
    records, around = acted(created()), Around(candidates=[ANI, BUDI])
    first, second = (tell(records, around).notices for _ in range(2))
    assert first == second
    assert len({notice.id for notice in first}) == 2
    later = append(
        Head(chain=CASE, seq=9),
        [created()],
        at="2026-11-21T03:00:00.001000Z",
        by=Signature.of_system(),
    )[0]
    assert max(n.id for n in first) < min(n.id for n in tell(later, around).notices)


def test_a_command_that_concerns_nobody_leaves_no_job() -> None:
    signed_in = acted(past.SignedIn(), chain=ChainId("agency:kota"))
    assert notify_job(signed_in, AGENCY) is None
    assert notify_job((), AGENCY) is None


def test_a_command_leaves_one_job_that_names_its_first_record() -> None:
    job = notify_job(
        acted(past.UserTaskCompleted(task="x", token=1, element="a"), created()), AGENCY
    )
    assert job is not None
    assert (job.kind, job.instance, job.agency) == (JobKind.NOTIFY, CASE, AGENCY)
    assert object_of(job.data) == {"chain": CASE, "seq": 7}


def test_a_job_of_the_office_belongs_to_no_case() -> None:
    began = past.HoldingStarted(person=ANI, name="", post="p", post_name="P", held_from=AT)
    job = notify_job(acted(began, chain=ChainId("agency:kota")), AGENCY)
    assert job is not None
    assert job.instance is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-20T23:59:59+00:00", "2026-11-21T00:00:00+00:00"),  # 06.59 in Jakarta
        ("2026-11-21T00:00:00+00:00", "2026-11-22T00:00:00+00:00"),
        ("2026-11-21T09:00:00+00:00", "2026-11-22T00:00:00+00:00"),
    ],
)
def test_a_digest_goes_out_at_the_next_seven_in_the_morning_of_the_office(
    now: str, expected: str
) -> None:
    due = next_digest(datetime.fromisoformat(now), time(7), "Asia/Jakarta")
    assert due == datetime.fromisoformat(expected)


def test_a_digest_goes_out_once_where_the_clocks_are_changed() -> None:
    before = datetime(
        2026, 10, 24, 22, 30, tzinfo=UTC
    )  # the night in which Berlin's clocks go back
    due = next_digest(before, time(7), "Europe/Berlin")
    assert due == datetime(2026, 10, 25, 6, tzinfo=UTC)
    assert next_digest(due, time(7), "Europe/Berlin") == datetime(2026, 10, 26, 6, tzinfo=UTC)


def test_the_jobs_of_e_mails_are_one_a_notice_and_one_a_person_and_day() -> None:
    (notice,) = tell(acted(created()), Around(candidates=[ANI])).notices
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)
    assert mail_job(notice, AGENCY, now) == mail_job(notice, AGENCY, now)
    due = datetime(2026, 11, 22, tzinfo=UTC)
    assert digest_job(ANI, AGENCY, now, due).id == digest_job(ANI, AGENCY, now, due).id
    others = {digest_job(BUDI, AGENCY, now, due).id, digest_job(ANI, AGENCY, now, now).id}
    assert digest_job(ANI, AGENCY, now, due).id not in others
