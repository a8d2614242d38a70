"""What the office's pages read: lanes in force, desks, and tasks that are left behind when posts change."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from storage_kit import (
    AGENCY,
    START,
    change_agency,
    definition,
    registration,
    set_up,
    started,
    task,
)

from engine.actor import Acting
from engine.ids import AgencyId, LaneId, PersonId, PostId
from engine.office import Holding
from engine.user_task import TaskState
from storage.queries.office import (
    MOST_STRAYS,
    count_open,
    find_roster,
    list_desk,
    list_lanes,
    list_strays,
)
from storage.queries.people import list_persons
from storage.store import SqlStore

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.testing import FixedClock
    from storage.database import Database
    from storage.queries.office import Strays
    from storage.sqlite import SqliteDatabase

ANI, BUDI = PersonId("ani"), PersonId("budi")
DAY = timedelta(days=1)
MINE = {"state": TaskState.CLAIMED, "holder": ANI}


@pytest.fixture
def office(database: Database) -> SqlStore:
    """Give a store with an office, two people and a process."""
    store = SqlStore(database)
    set_up(store, registration("ani", "kepala"), registration("budi", "staf"))
    return store


def strays(database: Database) -> Strays:
    """Give what is left behind now."""
    roster = database.read(lambda c: find_roster(c, AGENCY))
    return database.read(lambda c: list_strays(c, roster, database.clock.now()))


def end(store: SqlStore, person: PersonId, post: str, days: int) -> None:
    """Let a holding end so many days after the beginning."""
    held = Holding(person=person, post=PostId(post), held_from=START, held_to=START + days * DAY)
    store.transact(lambda t: change_agency(t, holdings=(held,)))


def test_the_lanes_in_force_are_those_of_the_newest_versions(
    database: Database, office: SqlStore
) -> None:
    newer = dataclasses.replace(definition(2), lanes=frozenset({LaneId("lane_baru")}))
    other = dataclasses.replace(definition(1, "lain"), name="Arsip", agency=AGENCY)
    office.transact(lambda t: change_agency(t, definitions=(newer, other)))
    found = database.read(lambda c: list_lanes(c, AGENCY))
    assert [(use.lane, use.definition, use.process) for use in found] == [
        ("lane_kepala", "lain-1", "Arsip"),
        ("lane_staf", "lain-1", "Arsip"),
        ("lane_baru", "surat-2", "Surat keluar"),
    ]
    assert database.read(lambda c: list_lanes(c, AgencyId("lain"))) == ()


def test_open_tasks_are_counted_by_lane(database: Database, office: SqlStore) -> None:
    done = {"state": TaskState.COMPLETED, "holder": ANI}
    staf = LaneId("lane_staf")
    tasks = (task(2), task(3, **MINE), task(4, **done), task(5, lane=staf))
    office.transact(lambda t: t.save(started(*tasks)))
    lanes = [LaneId("lane_kepala"), LaneId("lane_kosong")]
    assert database.read(lambda c: count_open(c, AGENCY, lanes)) == {"lane_kepala": 2}
    assert database.read(lambda c: count_open(c, AGENCY, [])) == {}
    assert database.read(lambda c: count_open(c, AgencyId("lain"), lanes)) == {}


@pytest.mark.parametrize(("is_secret", "subject"), [(False, "Undangan “rapat”"), (True, "")])
def test_a_desk_names_its_cases_but_not_what_secret_ones_are_about(
    database: Database,
    office: SqlStore,
    is_secret: bool,  # noqa: FBT001 - a table of expectations
    subject: str,
) -> None:
    changes = started(task(2, **MINE), task(3))
    case = dataclasses.replace(changes.instance, is_secret=is_secret)
    office.transact(lambda t: t.save(dataclasses.replace(changes, instance=case)))
    (found,) = database.read(lambda c: list_desk(c, ANI))
    assert (found.task.id, found.process, found.subject) == ("case-2", "Surat keluar", subject)
    assert bool(found.number) is not is_secret
    assert database.read(lambda c: list_desk(c, BUDI)) == ()
    end(office, ANI, "kepala", 0)
    (stray,) = strays(database).tasks
    assert (stray.task, stray.holder_name, stray.subject) == ("case-2", "Ani", subject)


def test_a_task_is_left_behind_when_its_holder_s_post_ends_or_the_account_is_closed(
    database: Database, office: SqlStore, clock: FixedClock
) -> None:
    office.transact(lambda t: t.save(started(task(2, **MINE), task(3))))
    assert strays(database).total == 0
    end(office, ANI, "kepala", 1)
    assert strays(database).total == 0
    clock.set(START + DAY)
    assert [each.task for each in strays(database).tasks] == ["case-2"]
    held = Holding(
        person=ANI,
        post=PostId("kepala"),
        held_from=START + DAY,
        held_to=START + 2 * DAY,
        acting=Acting.PLH,
        letter="1",
    )
    office.transact(lambda t: change_agency(t, holdings=(held,)))
    assert strays(database).total == 0
    entry = database.read(lambda c: find_roster(c, AGENCY)).persons[ANI]
    closed = dataclasses.replace(entry, closed_at=START)
    office.transact(lambda t: change_agency(t, persons=(closed,)))
    assert [each.holder for each in strays(database).tasks] == ["ani"]


def test_many_tasks_left_behind_are_counted_and_some_are_named(
    database: Database, office: SqlStore
) -> None:
    tasks = [task(token, **MINE) for token in range(1, MOST_STRAYS + 6)]
    office.transact(lambda t: t.save(started(*tasks)))
    end(office, ANI, "kepala", 0)
    found = strays(database)
    assert (found.total, len(found.tasks)) == (MOST_STRAYS + 5, MOST_STRAYS)


def test_a_deputy_is_listed_with_the_title_and_a_closed_post_with_nobody(
    database: Database, office: SqlStore
) -> None:
    deputy = Holding(
        person=BUDI,
        post=PostId("kepala"),
        held_from=START,
        held_to=START + DAY,
        acting=Acting.PLT,
        letter="1",
    )
    roster = database.read(lambda c: find_roster(c, AGENCY))
    closed = dataclasses.replace(roster.posts[PostId("staf")], closed_at=START)
    office.transact(lambda t: change_agency(t, holdings=(deputy,), posts=(closed,)))
    people = database.read(lambda c: list_persons(c, START))
    assert {p.login: p.posts for p in people} == {"ani": ("kepala",), "budi": ("Plt. kepala",)}


def test_what_grows_with_the_tasks_is_read_by_its_index(sqlite: SqliteDatabase) -> None:
    set_up(SqlStore(sqlite), registration("ani", "kepala"))
    SqlStore(sqlite).transact(lambda t: t.save(started(task(2, **MINE))))
    end(SqlStore(sqlite), ANI, "kepala", 0)
    roster = sqlite.read(lambda c: find_roster(c, AGENCY))
    desks, named = plans(sqlite, lambda c: list_strays(c, roster, START))
    assert "USING COVERING INDEX ix_user_tasks_held" in desks
    assert "USING INDEX ix_user_tasks_held" in named
    (counted,) = plans(sqlite, lambda c: count_open(c, AGENCY, [LaneId("lane_kepala")]))
    assert "USING COVERING INDEX ix_user_tasks_open" in counted
    held = plans(sqlite, lambda c: list_desk(c, ANI))[0]
    assert "USING INDEX ix_user_tasks_held" in held
    assert not [plan for plan in (desks, named, counted, held) if "SCAN user_tasks" in plan]


def plans(database: SqliteDatabase, query: object) -> list[str]:
    """Give how SQLite answers each statement of a query."""
    assert callable(query)

    def work(connection: Connection) -> list[str]:
        told: list[tuple[str, object]] = []

        def note(*arguments: object) -> None:
            told.append((str(arguments[2]), arguments[3]))

        event.listen(connection, "before_cursor_execute", note)
        query(connection)
        event.remove(connection, "before_cursor_execute", note)
        return [_plan(connection, sql, values) for sql, values in told]

    return database.read(work)


def _plan(connection: Connection, sql: str, values: object) -> str:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
    return "\n".join(row[3] for row in rows)
