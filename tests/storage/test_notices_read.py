"""What a person sees of the notices: the bell, the page, what is read, and by which indexes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from notice_kit import TASK, Desk, claimed, plans
from sqlalchemy import insert, update
from storage_kit import CASE, START

from engine import history as past
from engine.clock import as_text
from engine.ids import InstanceId, PersonId, UserTaskId
from engine.notice import NoticeKind
from engine.testing import example_actor, example_post
from storage.notices import Notices
from storage.queries.notices import (
    MOST_COUNTED,
    count_unread,
    find_mailbox,
    find_notice,
    list_for_digest,
    list_notices,
)
from storage.tables import holdings, notices, persons

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.testing import FixedClock
    from storage.database import Database
    from storage.sqlite import SqliteDatabase


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    """Give an office at work."""
    assert clock
    return Desk(database)


def test_notices_are_listed_newest_first_with_who_acted_and_where_they_lead(desk: Desk) -> None:
    desk.offer()
    desk.act(past.UserTaskClaimed(task=TASK), by="budi", changed=(claimed("budi"),))
    desk.act(past.CommentAdded(text="Segera"), by="cici")
    desk.tell()
    desk.act(
        past.UserTaskAssigned(task=TASK, to="dedi", to_name="Dedi"), changed=(claimed("dedi", 3),)
    )
    desk.tell()
    found = desk.database.read(lambda c: list_notices(c, desk.reader("budi"), 1))
    assert found.unread == found.page.total == 2
    by_kind = {row.kind: row for row in found.rows}
    comment, lost = by_kind[NoticeKind.COMMENTED], by_kind[NoticeKind.TAKEN_OVER]
    assert comment.by is not None
    assert (comment.by.name, comment.event) == ("Cici", past.CommentAdded(text="Segera"))
    assert comment.case is not None
    assert (comment.case.task, comment.case.subject) == (None, "Undangan “rapat”")
    assert lost.case is not None
    assert (lost.case.task, lost.case.task_name) == (TASK, "Periksa surat")


def test_who_may_not_see_the_case_any_more_is_shown_nothing_of_it(desk: Desk) -> None:
    desk.offer()
    desk.tell()
    over = update(holdings).where(holdings.c.person_id == "budi").values(held_to=as_text(START))
    desk.database.write(lambda c: c.execute(over).close())
    (row,) = desk.database.read(lambda c: list_notices(c, desk.reader("budi"), 1)).rows
    assert (row.is_visible, row.case, row.by, row.event) == (False, None, None, None)
    assert desk.database.read(lambda c: find_notice(c, desk.reader("budi"), row.id)) == row
    assert desk.database.read(lambda c: find_notice(c, desk.reader("cici"), row.id)) is None


def test_one_notice_or_all_are_marked_as_read(desk: Desk, clock: FixedClock) -> None:
    desk.offer()
    desk.offer(2)
    desk.tell()
    rows = desk.database.read(lambda c: list_notices(c, desk.reader("budi"), 1)).rows
    assert [row.is_unread for row in rows] == [True, True]
    desk.notices.mark_read(PersonId("cici"), rows[0].id)  # not theirs
    assert desk.unread("budi") == 2
    desk.notices.mark_read(PersonId("budi"), rows[0].id)
    clock.advance(timedelta(hours=1))
    assert desk.unread("budi") == 1
    desk.notices.mark_read(PersonId("budi"))
    assert desk.unread("budi") == 0
    assert desk.unread("cici") == 2


def test_opening_a_task_marks_what_led_to_it_and_nothing_else(desk: Desk) -> None:
    desk.offer()
    desk.act(past.UserTaskClaimed(task=TASK), by="budi", changed=(claimed("budi"),))
    desk.act(past.CommentAdded(text="Segera"), by="cici")
    desk.tell()
    desk.act(past.UserTaskAssigned(task=TASK, to="dedi", to_name=""), changed=(claimed("dedi", 3),))
    desk.tell()
    budi = PersonId("budi")
    desk.notices.mark_opened(budi, InstanceId(CASE), UserTaskId(f"{CASE}-77"))
    assert desk.unread("budi") == 2
    desk.notices.mark_opened(budi, InstanceId(CASE), TASK)
    assert desk.unread("budi") == 1
    desk.notices.mark_opened(budi, InstanceId(CASE), None)
    assert desk.unread("budi") == 0
    commits = desk.database.statements.commits
    desk.notices.mark_opened(budi, InstanceId(CASE), TASK)
    assert desk.database.statements.commits == commits


def test_the_bell_counts_no_further_than_it_shows(desk: Desk) -> None:
    blank = {"kind": "offered", "chain_id": CASE, "seq": 1, "lead_seq": 1, "at": as_text(START)}
    rows = [
        {"person_id": "budi", "id": f"{n:04}", "for_digest": 0, **blank}
        for n in range(MOST_COUNTED + 40)
    ]
    desk.database.write(lambda c: c.execute(insert(notices), rows).close())
    assert desk.unread("budi") == MOST_COUNTED
    assert desk.database.read(lambda c: list_notices(c, desk.reader("budi"), 3)).page.count == 3


def test_a_mailbox_is_that_of_an_open_account(desk: Desk) -> None:
    desk.choose("budi", "each", email="budi@contoh.go.id")
    found = desk.database.read(lambda c: find_mailbox(c, PersonId("budi")))
    assert found is not None
    assert (found.name, found.address, found.choice) == ("Budi", "budi@contoh.go.id", "each")
    assert found.agency.zone == "Asia/Jakarta"
    close = update(persons).where(persons.c.id == "budi").values(closed_at=as_text(START))
    desk.database.write(lambda c: c.execute(close).close())
    assert desk.database.read(lambda c: find_mailbox(c, PersonId("budi"))) is None


@pytest.mark.parametrize(
    ("act", "index"),
    [
        (
            lambda db: db.read(lambda c: count_unread(c, PersonId("budi"))),
            "USING COVERING INDEX ix_notices_unread (person_id=? AND read_at=?)",
        ),
        (
            lambda db: Notices(db).mark_opened(PersonId("budi"), InstanceId(CASE), None),
            "notices USING INDEX ix_notices_task (task_id=? AND person_id=?)",
        ),
        (
            lambda db: db.read(lambda c: list_for_digest(c, BUDI)),
            "USING COVERING INDEX ix_notices_digest (person_id=? AND for_digest=?)",
        ),
        (
            lambda db: db.read(lambda c: list_notices(c, BUDI, 1)),
            "notices USING PRIMARY KEY (person_id=?)",
        ),
    ],
    ids=["bell", "opened", "digest", "page"],
)
def test_what_grows_is_read_by_an_index(
    sqlite: SqliteDatabase, act: Callable[[Database], object], index: str
) -> None:
    found = plans(sqlite, lambda: act(sqlite))
    assert any(index in plan for plan in found), found
    assert not any("SCAN notices" in plan for plan in found)


BUDI = example_actor("budi", example_post("staf", "lane_staf"))


def test_invitations_are_taken_back_by_an_index(sqlite: SqliteDatabase) -> None:
    desk = Desk(sqlite)
    desk.act(past.UserTaskClaimed(task=TASK), by="budi")
    found = plans(sqlite, desk.tell)
    assert any("ix_notices_task (task_id=?)" in plan for plan in found), found
