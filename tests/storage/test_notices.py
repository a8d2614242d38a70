"""What the worker writes of a command's records: for whom, with which e-mails, and what it takes back."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from notice_kit import TASK, Desk, claimed
from sqlalchemy import insert, update
from storage_kit import AGENCY, BY, CASE, START, task

from engine import history as past
from engine.chain import append
from engine.clock import as_text
from engine.ids import InstanceId, PersonId, UserTaskId
from engine.job import JobKind, LeaseLost
from engine.notice import NoticeKind
from engine.store import AgencyChanges
from engine.user_task import TaskState
from storage.notices import Notifier
from storage.queries.notices import list_for_digest, list_notices
from storage.tables import holdings, persons

if TYPE_CHECKING:
    from engine.store import Transaction
    from engine.testing import FixedClock
    from storage.database import Database


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    """Give an office at work."""
    assert clock
    return Desk(database)


STAFF = [("budi", "offered"), ("cici", "offered"), ("dedi", "offered")]


def test_a_free_task_is_told_to_all_holders_of_its_lane(desk: Desk) -> None:
    desk.offer()
    assert desk.told() == []
    desk.tell()
    assert desk.told() == STAFF
    assert [desk.unread(login) for login in ("ani", "budi")] == [0, 1]
    assert desk.jobs.claim([JobKind.NOTIFY], 9) == ()


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        ({"candidate_persons": ("cici",)}, ["cici"]),
        ({"candidate_groups": ("staf",)}, ["budi", "cici", "dedi"]),
        ({"candidate_groups": ("umum",)}, ["budi", "cici", "dedi"]),
        ({"candidate_groups": ("kepala",)}, []),
        ({"candidate_persons": ("ani",)}, []),
    ],
    ids=str,
)
def test_a_narrowed_task_is_told_only_to_those_it_names(
    desk: Desk, narrowing: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    desk.offer(**narrowing)
    desk.tell()
    assert [person for person, _ in desk.told()] == expected


def hold(desk: Desk, person: str, days: tuple[int, int | None], acting: str = "") -> None:
    """Let a person hold the post of the staff from a day to another, counted from today."""
    held_from, held_to = (
        None if day is None else as_text(START + timedelta(days=day)) for day in days
    )
    row = {
        "person_id": person,
        "agency_id": AGENCY,
        "post_id": "staf",
        "held_from": held_from,
        "held_to": held_to,
        "acting": acting,
    }
    desk.database.write(lambda c: c.execute(insert(holdings), [row]).close())


def test_a_deputy_is_told_once_while_standing_in(desk: Desk) -> None:
    hold(desk, "ani", (-1, 1), acting="plh")
    hold(desk, "budi", (-1, None), acting="plt")  # who holds it twice is one person still
    desk.offer(by="cici")
    desk.tell()
    assert desk.told() == [("ani", "offered"), ("budi", "offered"), ("dedi", "offered")]


@pytest.mark.parametrize("days", [(-2, -1), (1, None)], ids=["over", "ahead"])
def test_a_deputy_is_not_told_outside_the_period(desk: Desk, days: tuple[int, int | None]) -> None:
    hold(desk, "ani", days, acting="plh")
    desk.offer(candidate_persons=("ani",))
    desk.tell()
    assert desk.told() == []


def test_a_closed_account_is_told_nothing(desk: Desk) -> None:
    close = update(persons).where(persons.c.id == "cici").values(closed_at=as_text(START))
    desk.database.write(lambda c: c.execute(close).close())
    desk.offer()
    desk.act(past.UserTaskAssigned(task=TASK, to="cici", to_name="Cici"))
    desk.tell()
    assert "cici" not in {person for person, _ in desk.told()}


def test_once_a_task_is_taken_the_others_are_no_longer_called_to_it(desk: Desk) -> None:
    desk.offer()
    desk.tell()
    desk.act(past.UserTaskClaimed(task=TASK), by="budi", changed=(claimed("budi"),))
    desk.tell()
    assert desk.told() == []


def test_who_has_read_the_invitation_keeps_it_in_the_list(desk: Desk) -> None:
    desk.offer()
    desk.tell()
    desk.notices.mark_opened(PersonId("cici"), InstanceId(CASE), TASK)
    desk.act(past.UserTaskClaimed(task=TASK), by="budi", changed=(claimed("budi"),))
    desk.tell()
    assert desk.told() == [("cici", "offered")]


def test_a_task_taken_before_anybody_was_told_calls_nobody(desk: Desk) -> None:
    desk.offer()
    desk.act(past.UserTaskClaimed(task=TASK), by="budi", changed=(claimed("budi"),))
    desk.tell()
    assert desk.told() == []


def test_who_had_a_task_that_is_given_to_another_is_told(desk: Desk) -> None:
    desk.offer()
    desk.act(past.UserTaskClaimed(task=TASK), by="budi", changed=(claimed("budi"),))
    given = past.UserTaskAssigned(task=TASK, to="cici", to_name="Cici")
    desk.act(given, changed=(claimed("cici", 3),))
    desk.tell()
    assert desk.told() == [("budi", "taken_over"), ("cici", "assigned")]
    desk.act(
        past.UserTaskUnclaimed(task=TASK, reason="Bukan bidang saya"),
        by="cici",
        changed=(task(1, lane="lane_staf", revision=4),),
    )
    desk.tell()
    assert desk.told() == [
        ("ani", "handed_back"),
        ("budi", "offered"),
        ("budi", "taken_over"),
        ("dedi", "offered"),
    ]


def test_a_step_done_before_by_the_person_comes_back(desk: Desk) -> None:
    done = dataclasses.replace(claimed("budi"), state=TaskState.COMPLETED, revision=1)
    done = dataclasses.replace(done, id=UserTaskId(f"{CASE}-9"))
    desk.act(past.VariablesChanged(), new=(done,))
    desk.offer()
    desk.tell()
    assert desk.told() == [("budi", "returned"), *STAFF[1:]]


def test_a_comment_and_a_cancelled_case_are_told_to_those_of_the_case(desk: Desk) -> None:
    desk.offer()
    desk.act(past.UserTaskClaimed(task=TASK), by="budi", changed=(claimed("budi"),))
    desk.act(past.CommentAdded(text="Segera"), by="cici")
    gone = dataclasses.replace(claimed("budi", 3), state=TaskState.CANCELLED)
    stopped = (past.InstanceCancelled(reason="Ganda"), past.UserTaskCancelled(task=TASK))
    desk.act(*stopped, by="cici", changed=(gone,))
    desk.tell()
    assert desk.told() == [("ani", "cancelled"), ("budi", "cancelled"), ("budi", "commented")]


def test_an_incident_is_told_to_the_administrators_of_the_office_alone(desk: Desk) -> None:
    def name(person: str, roles: str, closed_at: str | None = None) -> None:
        named = update(persons).where(persons.c.id == person)
        changed = named.values(roles=roles, closed_at=closed_at)
        desk.database.write(lambda c: c.execute(changed).close())

    name("budi", "administrator staff")
    name("cici", "administrator", as_text(START))
    failed = past.IncidentRaised(incident="i", token=1, element="surel", code="mail_refused")
    desk.act(failed)
    desk.tell()
    assert desk.told() == [("budi", "incident")]


def test_a_holding_is_told_to_its_person(desk: Desk) -> None:
    began = past.HoldingStarted(
        person="budi",
        name="Budi",
        post="kepala",
        post_name="Kepala",
        held_from=as_text(START),
        acting="plh",
        letter="800/17",
    )

    def work(transaction: Transaction) -> None:
        head = transaction.get_agency_head(AGENCY)
        records, head = append(head, [began], at=as_text(START), by=BY)
        transaction.save_agency(AgencyChanges(head=head, records=records))

    desk.store.transact(work)
    desk.tell()
    found = desk.database.read(lambda c: list_notices(c, desk.reader("budi"), 1))
    (row,) = found.rows
    assert (row.kind, row.case, row.is_visible, row.event) == (
        NoticeKind.APPOINTED,
        None,
        True,
        began,
    )


def test_a_job_done_by_two_workers_is_told_once(desk: Desk, clock: FixedClock) -> None:
    desk.offer()
    (slow,) = desk.jobs.claim([JobKind.NOTIFY], 1)
    clock.advance(timedelta(minutes=5))
    desk.tell()
    with pytest.raises(LeaseLost):
        Notifier(desk.database, digest_at=None, wake=desk._wake)(slow)
    assert desk.told() == STAFF


def test_each_person_gets_e_mail_as_chosen(desk: Desk) -> None:
    desk.choose("budi", "each")
    desk.choose("cici", "digest")
    desk.choose("dedi", "off")
    desk.offer()
    desk.tell()
    assert desk.told() == STAFF
    seven = "2026-03-03T00:00:00.000000Z"  # the next day, 07.00 in Jakarta
    assert desk.mails() == [("mail_digest", seven), ("mail_notice", as_text(START))]
    assert desk.woken == 1


def test_without_an_address_or_a_mail_server_nothing_is_laid_out(desk: Desk) -> None:
    desk.choose("budi", "each", email="")
    desk.choose("cici", "digest", email="")
    desk.offer()
    desk.tell()
    assert desk.mails() == []
    desk.choose("ani", "each")
    desk.act(past.UserTaskAssigned(task=TASK, to="ani", to_name="Ani"), by="budi")
    desk.tell(digest_at=None)
    assert ("ani", "assigned") in desk.told()
    assert desk.mails() == []


def test_there_is_one_digest_a_day_whatever_happens(desk: Desk, clock: FixedClock) -> None:
    desk.choose("budi", "digest")
    desk.offer()
    desk.tell()
    desk.act(past.UserTaskUnclaimed(task=TASK), by="cici")
    desk.tell()
    assert len(desk.mails()) == 1
    clock.advance(timedelta(days=1))
    desk.act(past.UserTaskUnclaimed(task=TASK, reason="x"), by="cici")
    desk.tell()
    assert len(desk.mails()) == 2


def test_a_digest_tells_each_notice_once(desk: Desk, clock: FixedClock) -> None:
    desk.choose("budi", "digest")
    desk.offer()
    desk.tell()
    reader = desk.reader("budi")
    waiting = desk.database.read(lambda c: list_for_digest(c, reader))
    assert [row.kind for row in waiting] == [NoticeKind.OFFERED]
    clock.advance(timedelta(days=1))
    (job,) = desk.jobs.claim([JobKind.MAIL_DIGEST], 9)
    desk.notices.finish_digest(job, {row.id for row in waiting})
    assert desk.database.read(lambda c: list_for_digest(c, reader)) == ()
    assert desk.mails() == []
    assert desk.unread("budi") == 1
