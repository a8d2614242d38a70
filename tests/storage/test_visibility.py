"""Who sees what when posts change: lists, searches, counts, desks and addresses say the same, and nothing of another agency."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from storage_kit import AGENCY, BY, START, change_agency, definition, registration, started, task

from engine import chain
from engine.actor import Acting, Actor
from engine.clock import as_text
from engine.history import SignedIn
from engine.ids import AgencyId, DefinitionId, InstanceId, LaneId, PersonId, PostId
from engine.office import Holding, PostEntry
from engine.store import AgencyChanges, Changes, InstanceState
from engine.testing import example_office, example_post
from engine.user_task import TaskState
from storage.directory import Directory
from storage.queries.cases import CaseWish, list_cases
from storage.queries.deadlines import Deadlines
from storage.queries.inbox import Desk, list_inbox
from storage.queries.visibility import find_visible_case, is_for, is_takeable
from storage.queries.wish import Wish
from storage.store import SqlStore

if TYPE_CHECKING:
    from engine.store import Transaction
    from engine.testing import FixedClock
    from storage.database import Database

DAY = timedelta(days=1)
HEAD = example_post("kepala", "lane_kepala", unit="pimpinan")
SECTION = dataclasses.replace(example_post("kabid", unit="bidang"), superior=HEAD.id)
STAFF = dataclasses.replace(example_post("staf", "lane_staf", unit="bidang"), superior=SECTION.id)
OTHER = example_post("arsip", "lane_arsip", unit="umum")
POSTS = (HEAD, SECTION, STAFF, OTHER)
PEOPLE = {"hadi": "kepala", "kiki": "kabid", "susi": "staf", "sari": "staf", "ari": "arsip"}
CASE, SECRET = InstanceId("case"), InstanceId("secret")
OPEN_TASK = "case-1"


@pytest.fixture
def store(database: Database) -> SqlStore:
    """Give two offices with the same posts and lanes, each with an open case and a secret one.

    In both cases a task is with Susi; in the open one a second task is free.
    """
    store = SqlStore(database)
    store.transact(lambda t: fill(t, AGENCY, ""))
    store.transact(lambda t: fill(t, AgencyId("lain"), "lain."))
    return store


def fill(transaction: Transaction, agency: AgencyId, before: str) -> None:
    """Set up an office and its cases; ids and logins begin so."""
    transaction.save_office(example_office(*POSTS, agency=agency))
    surat = dataclasses.replace(
        definition(), id=DefinitionId(f"{before}surat-1"), agency=agency, calls={}
    )
    head = transaction.get_agency_head(agency)
    records, head = chain.append(head, (SignedIn(),), at=as_text(START), by=BY)
    people = tuple(
        registration(f"{before}{login}", post, agency=agency) for login, post in PEOPLE.items()
    )
    transaction.save_agency(
        AgencyChanges(head=head, records=records, definitions=(surat,), registrations=people)
    )
    for ident in (CASE, SECRET):
        begin(transaction, f"{before}{ident}", agency, before, is_secret=ident == SECRET)


def begin(
    transaction: Transaction, ident: str, agency: AgencyId, before: str, *, is_secret: bool
) -> None:
    """Begin a case with a task with Susi and, in an open case, a free one of the head's."""
    lane_staf, susi = LaneId("lane_staf"), PersonId(f"{before}susi")
    held = {"lane": lane_staf, "state": TaskState.CLAIMED, "holder": susi}
    own = {"agency": agency, "definition": DefinitionId(f"{before}surat-1")}
    tasks = [task(2, case=ident, **own, **held)]
    if not is_secret:
        tasks.append(task(1, case=ident, **own))
    changes = started(*tasks, ident=ident, request=f"start-{ident}")
    case = dataclasses.replace(
        changes.instance,
        agency=agency,
        definition=DefinitionId(f"{before}surat-1"),
        is_secret=is_secret,
        subject=f"Undangan {ident}",
    )
    transaction.save(dataclasses.replace(changes, instance=case))


def actor(database: Database, login: str) -> Actor:
    """Give a person with what they hold now."""
    found = Directory(database).find_actor(PersonId(login))
    assert found is not None
    return found


def seen(database: Database, login: str) -> set[str]:
    """Give the cases that a person sees; list, search, count, filter and address must agree."""
    who = actor(database, login)
    listed = database.read(lambda c: list_cases(c, who, CaseWish()))
    running = CaseWish(words=("undangan",), state=InstanceState.RUNNING)
    searched = database.read(lambda c: list_cases(c, who, running))
    found = {row.case for row in listed.rows}
    assert listed.page.total == len(found)
    assert {row.case for row in searched.rows} == found
    assert searched.page.total == len(found)
    every = [InstanceId(f"{before}{case}") for before in ("", "lain.") for case in (CASE, SECRET)]
    by_address = {c for c in every if database.read(lambda x, c=c: find_visible_case(x, who, c))}
    assert by_address == found
    return found


def desks(database: Database, login: str) -> dict[str, list[str]]:
    """Give the tasks on a person's desks, whose counts must agree."""
    who, now = actor(database, login), Deadlines.seen_at(database.clock.now(), "Asia/Jakarta")
    found = {}
    for desk in (Desk.MINE, Desk.FREE):
        page = database.read(lambda c, desk=desk: list_inbox(c, who, desk, Wish(), now))
        assert page.counts[desk] == page.page.total == len(page.rows)
        found[desk.value] = sorted(row.task for row in page.rows)
    return found


def hold(store: SqlStore, person: str, post: str, since: datetime, **others: object) -> None:
    """Write a holding."""
    begun = Holding(person=PersonId(person), post=PostId(post), held_from=since, **others)
    store.transact(lambda t: change_agency(t, holdings=(begun,)))


def test_each_sees_the_cases_of_own_lanes_and_of_those_who_answer_to_them(
    database: Database, store: SqlStore
) -> None:
    assert store is not None
    assert seen(database, "susi") == {CASE, SECRET}
    assert seen(database, "sari") == {CASE}
    assert seen(database, "kiki") == {CASE, SECRET}
    assert seen(database, "hadi") == {CASE, SECRET}
    assert seen(database, "ari") == set()


def test_another_agency_with_the_same_posts_and_lanes_is_not_there(
    database: Database, store: SqlStore
) -> None:
    assert store is not None
    for login in PEOPLE:
        mine = {case.removeprefix("lain.") for case in seen(database, f"lain.{login}")}
        assert mine == seen(database, login)
    assert desks(database, "lain.susi") == {"saya": ["lain.case-2", "lain.secret-2"], "bebas": []}
    stranger = actor(database, "lain.hadi")
    for known in (OPEN_TASK, "case-2"):
        assert not database.read(lambda c, known=known: is_takeable(c, stranger, known))
        assert not database.read(lambda c, known=known: is_for(c, stranger, known))


def test_who_changes_to_another_post_sees_only_what_that_one_sees(
    database: Database, store: SqlStore, clock: FixedClock
) -> None:
    assert desks(database, "susi")["saya"] == ["case-2", "secret-2"]
    hold(store, "susi", "staf", START, held_to=START + DAY)
    hold(store, "susi", "arsip", START + DAY)
    clock.set(START + DAY - timedelta(microseconds=1))
    assert seen(database, "susi") == {CASE, SECRET}
    clock.set(START + DAY)
    assert seen(database, "susi") == set()
    assert desks(database, "susi") == {"saya": [], "bebas": []}


def test_a_deputy_sees_as_the_holder_does_in_the_period_and_not_a_moment_longer(
    database: Database, store: SqlStore, clock: FixedClock
) -> None:
    letter = {"acting": Acting.PLH, "letter": "094/1"}
    hold(store, "ari", "kepala", START + DAY, held_to=START + 3 * DAY, **letter)
    sights = []
    for days in (0, 1, 2, 3):
        clock.set(START + days * DAY)
        sights.append((seen(database, "ari"), desks(database, "ari")["bebas"]))
    during = ({CASE, SECRET}, [OPEN_TASK])
    assert sights == [(set(), []), during, during, (set(), [])]


def test_a_closed_post_shows_nothing_to_its_holder_nor_to_its_head(
    database: Database, store: SqlStore
) -> None:
    closed = PostEntry(post=STAFF, standing=2, closed_at=START)
    store.transact(lambda t: change_agency(t, posts=(closed,)))
    assert seen(database, "susi") == set()
    assert seen(database, "kiki") == set()
    assert seen(database, "hadi") == {CASE}
    assert desks(database, "susi") == {"saya": [], "bebas": []}


def test_a_lane_taken_from_a_post_is_gone_at_once(database: Database, store: SqlStore) -> None:
    without = dataclasses.replace(STAFF, lanes=frozenset({LaneId("lane_arsip")}))
    store.transact(lambda t: change_agency(t, posts=(PostEntry(post=without, standing=2),)))
    assert seen(database, "susi") == seen(database, "sari") == set()
    assert desks(database, "susi") == {"saya": [], "bebas": []}


def test_a_secret_case_is_not_shown_to_the_head_of_another_post_that_its_worker_held_before(
    database: Database, store: SqlStore, clock: FixedClock
) -> None:
    # Susi once was with Hadi's clerk; what she does now for Kiki is not that head's
    clerk = dataclasses.replace(example_post("caraka", "lane_staf", unit="umum"), superior=OTHER.id)
    store.transact(lambda t: change_agency(t, posts=(PostEntry(post=clerk, standing=5),)))
    hold(store, "susi", "caraka", START - 9 * DAY, held_to=START - DAY)
    assert seen(database, "ari") == {CASE}
    clock.advance(DAY)
    hold(store, "susi", "caraka", START + DAY)
    assert seen(database, "ari") == {CASE, SECRET}


def test_what_a_former_worker_did_stays_with_the_head_of_that_time(
    database: Database, store: SqlStore, clock: FixedClock
) -> None:
    def finish(transaction: Transaction) -> None:
        case, found = transaction.get_case_of(task(2, case=SECRET).id)
        done = dataclasses.replace(
            found, state=TaskState.COMPLETED, revision=2, changed_at=START + DAY
        )
        records, head = chain.append(case.head, (SignedIn(),), at=as_text(START + DAY), by=BY)
        after = dataclasses.replace(case, revision=2, head=head)
        transaction.save(Changes(instance=after, records=records, changed_tasks=(done,)))

    store.transact(finish)
    hold(store, "susi", "staf", START, held_to=START + 2 * DAY)
    clock.set(START + 3 * DAY)
    assert seen(database, "kiki") == {CASE, SECRET}
    hold(store, "kiki", "kabid", START, held_to=START + 3 * DAY)
    assert seen(database, "kiki") == set()
