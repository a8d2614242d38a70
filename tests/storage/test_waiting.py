"""The list of what waits for an answer: by lane, in cases that the reader may see, by a walk along an index."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

from inbox_kit import plan_of, told
from storage_kit import AGENCY, START, registration, set_up, started, task

from engine.ids import DefinitionId, InstanceId, JobId, LaneId, PersonId, SubscriptionId
from engine.job import Job, JobKind
from engine.message import Subscription
from engine.store import WaitChanges
from engine.wait import WaitKind
from storage.queries.waiting import has_waiting, list_waiting
from storage.store import SqlStore

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.store import Changes
    from storage.database import Database


def waits(case: str, lane: str = "lane_staf", days: int = 0, *, until: int = 0) -> Changes:
    """Give the changes that begin a case which waits since a day, and until one if that is given."""
    ident = f"{case}-3-tunggu"
    opened = Subscription(
        id=SubscriptionId(ident),
        agency=AGENCY,
        kind=WaitKind.MESSAGE,
        name="jawaban",
        key=case,
        definition=DefinitionId("surat-1"),
        element="tunggu",
        instance=InstanceId(case),
        token=3,
        lane=LaneId(lane),
        opened_at=START + timedelta(days=days),
    )
    ends = Job(
        id=JobId(f"{case}-3-habis"),
        agency=AGENCY,
        kind=JobKind.TIMER,
        data=b"{}",
        due_at=START + timedelta(days=until),
        created_at=START,
        instance=InstanceId(case),
    )
    later = dataclasses.replace(
        ends, id=JobId(f"{case}-3-ingat"), due_at=ends.due_at + timedelta(days=1)
    )
    other = dataclasses.replace(ends, id=JobId(f"{case}-30-lain"), due_at=START)
    jobs = (ends, later, other) if until else ()
    changes = started(ident=case, request=f"start {case}")
    return dataclasses.replace(changes, waits=WaitChanges(subscriptions=(opened,), jobs=jobs))


def people(store: SqlStore) -> tuple[Actor, Actor]:
    """Give a head and a member of staff."""
    set_up(store, registration("ani", "kepala"), registration("budi", "staf"))

    def both(login: str) -> Actor:
        return store.transact(lambda tx: tx.get_actor(PersonId(login)))

    return both("ani"), both("budi")


def test_only_holders_of_the_lane_see_what_waits_the_longest_first(database: Database) -> None:
    store = SqlStore(database)
    head, staff = people(store)
    for changes in (waits("b", days=1), waits("a", days=2, until=60), waits("c", "lane_kepala")):
        store.transact(lambda tx, c=changes: tx.save(c))
    found = database.read(lambda c: list_waiting(c, staff, 1))
    assert [row.case for row in found.rows] == ["b", "a"]
    assert [row.until for row in found.rows] == [None, START + timedelta(days=60)]
    assert [row.since for row in found.rows] == [START + timedelta(days=n) for n in (1, 2)]
    assert found.page.total == 2
    assert [row.case for row in database.read(lambda c: list_waiting(c, head, 1)).rows] == ["c"]
    assert database.read(lambda c: has_waiting(c, head))


def test_a_secret_case_is_not_listed_to_who_has_no_part_in_it(database: Database) -> None:
    store = SqlStore(database)
    _, staff = people(store)
    hidden = waits("a")
    secret = dataclasses.replace(hidden.instance, is_secret=True)
    store.transact(lambda tx: tx.save(dataclasses.replace(hidden, instance=secret)))
    assert database.read(lambda c: list_waiting(c, staff, 1)).rows == ()
    assert not database.read(lambda c: has_waiting(c, staff))
    mine = task(1, "b", lane=LaneId("lane_staf"))
    seen = waits("b")
    shown = dataclasses.replace(
        seen, instance=dataclasses.replace(seen.instance, is_secret=True), new_tasks=(mine,)
    )
    store.transact(lambda tx: tx.save(shown))
    assert [row.case for row in database.read(lambda c: list_waiting(c, staff, 1)).rows] == ["b"]


def test_the_list_walks_along_indexes(database: Database) -> None:
    store = SqlStore(database)
    _, staff = people(store)
    store.transact(lambda tx: tx.save(waits("a", until=60)))

    def plans(connection: Connection) -> list[tuple[str, str]]:
        sent = told(connection, lambda: list_waiting(connection, staff, 1))
        return [(sql, plan_of(connection, sql, values)) for sql, values in sent]

    found = database.read(plans)
    assert len(found) == 3  # the figure, the page, and the timers of its cases
    for sql, plan in found:
        if "FROM jobs" in sql:
            assert "SCAN jobs" not in plan, plan
        else:
            assert "ix_subscriptions_lane" in plan, plan
            assert "SCAN instances" not in plan, plan
