"""What the pages read: who sees what, counts that agree with their lists, and queries that use their indexes."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_kit import (
    AGENCY,
    CASE,
    START,
    change_agency,
    definition,
    instance,
    registration,
    set_up,
    started,
    task,
)

from engine.actor import Role
from engine.ids import InstanceId, PersonId
from engine.testing import example_actor, example_post
from engine.user_task import TaskState
from storage.queries.case import find_case_file
from storage.queries.cases import CaseWish, list_cases
from storage.queries.deadlines import Deadlines
from storage.queries.inbox import Desk, list_inbox
from storage.queries.paging import Page
from storage.queries.people import list_agencies, list_persons
from storage.queries.processes import list_startable
from storage.queries.visibility import find_visible_case
from storage.queries.wish import Wish
from storage.store import SqlStore

if TYPE_CHECKING:
    from engine.actor import Actor
    from engine.user_task import UserTask
    from storage.database import Database

HEAD = example_actor("ani", example_post("kepala", "lane_kepala"))
CLERK = example_actor("budi", example_post("staf", "lane_staf"))
AUDITOR = dataclasses.replace(example_actor("cici"), roles=frozenset({Role.AUDITOR}))
NOW = Deadlines.seen_at(START, "Asia/Jakarta")
OWNER = dataclasses.replace(example_actor("dedi"), roles=frozenset({Role.PROCESS_OWNER}))


@pytest.fixture
def office(database: Database) -> SqlStore:
    """Give a store with an office, two people and a process."""
    store = SqlStore(database)
    set_up(store, registration("ani", "kepala"), registration("budi", "staf"))
    return store


def start(store: SqlStore, *tasks: UserTask, ident: str = CASE, is_secret: bool = False) -> None:
    """Begin a case with these tasks."""
    changes = started(*tasks, ident=ident, request=f"start-{ident}")
    case = dataclasses.replace(changes.instance, is_secret=is_secret)
    changes = dataclasses.replace(changes, instance=case)
    store.transact(lambda t: t.save(changes))


def names(database: Database, actor: Actor, desk: Desk) -> list[str]:
    """Give the ids of the tasks on a desk, whose count must agree."""
    found = database.read(lambda c: list_inbox(c, actor, desk, Wish(), NOW))
    assert found.counts[desk] == found.page.total == len(found.rows)
    return [row.task for row in found.rows]


def sees(database: Database, actor: Actor, case: str = CASE) -> bool:
    """Tell whether the actor sees the case, by the case's page and by the list alike."""
    listed = database.read(lambda c: list_cases(c, actor, CaseWish()))
    by_id = database.read(lambda c: find_visible_case(c, actor, InstanceId(case)))
    assert listed.page.total == len(listed.rows)
    assert (by_id is not None) == (case in {row.case for row in listed.rows})
    return by_id is not None


def test_tasks_are_listed_by_due_time_and_then_the_oldest_first(
    database: Database, office: SqlStore
) -> None:
    late, never = START + timedelta(days=9), None
    start(office, task(2, due_at=never), task(3, due_at=late), task(4), task(5, due_at=never))
    assert names(database, HEAD, Desk.FREE) == ["case-4", "case-3", "case-2", "case-5"]


def test_a_held_task_is_on_one_desk_only(database: Database, office: SqlStore) -> None:
    held = {"state": TaskState.CLAIMED, "holder": PersonId("ani")}
    start(office, task(2, **held), task(3))
    assert names(database, HEAD, Desk.MINE) == ["case-2"]
    assert names(database, HEAD, Desk.FREE) == ["case-3"]
    assert names(database, CLERK, Desk.MINE) == names(database, CLERK, Desk.FREE) == []


@pytest.mark.parametrize(
    ("narrowing", "taken"),
    [
        ({}, True),
        ({"candidate_groups": ("kepala",)}, True),
        ({"candidate_groups": ("umum",)}, True),
        ({"candidate_groups": ("staf",)}, False),
        ({"candidate_persons": ("ani",)}, True),
        ({"candidate_persons": ("budi",)}, False),
        ({"candidate_persons": ("budi",), "candidate_groups": ("kepala",)}, True),
    ],
    ids=str,
)
def test_a_narrowed_task_is_offered_only_to_those_it_names(
    database: Database,
    office: SqlStore,
    narrowing: dict[str, tuple[str, ...]],
    taken: bool,  # noqa: FBT001 - a table of expectations
) -> None:
    start(office, task(2, **narrowing))
    assert bool(names(database, HEAD, Desk.FREE)) is taken
    assert not names(database, CLERK, Desk.FREE)


def test_a_case_is_seen_by_its_lanes_and_by_those_who_oversee(
    database: Database, office: SqlStore
) -> None:
    start(office, task(2))
    stranger = dataclasses.replace(HEAD, agency="other")
    outside = example_actor("eko", example_post("lain", "lane_lain"))
    assert [sees(database, who) for who in (HEAD, AUDITOR, OWNER)] == [True] * 3
    assert [sees(database, who) for who in (stranger, outside)] == [False] * 2


def test_a_secret_case_is_seen_only_by_those_who_work_on_it_and_by_the_auditor(
    database: Database, office: SqlStore
) -> None:
    start(office, task(2), is_secret=True)
    second = example_actor("fani", example_post("kepala", "lane_kepala"))
    assert sees(database, HEAD)
    assert sees(database, AUDITOR)
    assert not sees(database, OWNER)
    claimed = {"state": TaskState.CLAIMED, "holder": PersonId("ani")}
    start(office, task(2, case="held", **claimed), ident="held", is_secret=True)
    assert sees(database, HEAD, "held")
    assert not sees(database, second, "held")


def test_a_head_sees_what_is_with_those_who_answer_to_the_head(
    database: Database, office: SqlStore
) -> None:
    led = example_post("kepala", "lane_kepala")
    chief = dataclasses.replace(example_actor("gita", example_post("pimpinan")), led=(led,))
    claimed = {"state": TaskState.CLAIMED, "holder": PersonId("ani")}
    start(office, task(2, **claimed), is_secret=True)
    assert sees(database, chief)
    assert not sees(database, dataclasses.replace(chief, led=()))
    assert not sees(database, dataclasses.replace(chief, led=(example_post("lain", "lain"),)))


def test_a_process_is_offered_to_those_who_may_start_it(
    database: Database, office: SqlStore
) -> None:
    assert office is not None
    starter = database.read(lambda c: list_startable(c, CLERK))
    assert [(found.key, found.version) for found in starter] == [("surat", 1)]
    outside = example_actor("eko", example_post("lain", "lane_lain"))
    assert database.read(lambda c: list_startable(c, outside)) == ()


def test_a_process_is_offered_only_to_those_whom_its_drawing_names(
    database: Database, office: SqlStore
) -> None:
    narrowed = dataclasses.replace(
        definition(2), starter_groups=("lain",), starter_persons=(CLERK.login,)
    )
    office.transact(lambda t: change_agency(t, definitions=(narrowed,)))
    (offered,) = database.read(lambda c: list_startable(c, CLERK))
    assert (offered.version, offered.tag) == (2, "tag-2")
    colleague = dataclasses.replace(CLERK, login="gita")
    assert database.read(lambda c: list_startable(c, colleague)) == ()


def test_people_are_listed_with_their_posts_the_highest_first(
    database: Database, office: SqlStore
) -> None:
    assert office is not None
    people = database.read(lambda c: list_persons(c, START + timedelta(days=1)))
    assert [(p.login, p.posts) for p in people] == [("ani", ("kepala",)), ("budi", ("staf",))]
    assert [agency.id for agency in database.read(list_agencies)] == [AGENCY]


def test_a_case_is_read_with_its_whole_history(database: Database, office: SqlStore) -> None:
    start(office, task(2))
    found = database.read(lambda c: find_case_file(c, InstanceId(CASE)))
    assert found is not None
    assert [record.seq for record in found.records] == [1, 2]
    assert [line.task for line in found.open_tasks] == ["case-2"]
    assert found.head.subject == instance().subject
    assert database.read(lambda c: find_case_file(c, InstanceId("none"))) is None


def test_a_page_number_out_of_range_gives_the_nearest_page() -> None:
    assert [Page(asked=n, total=101).number for n in (-1, 0, 2, 3, 99)] == [1, 1, 2, 3, 3]
    assert (Page(asked=3, total=101).first, Page(asked=3, total=101).last) == (101, 101)
    assert (Page(asked=1, total=0).count, Page(asked=1, total=0).first) == (1, 0)
