"""What the inbox costs: statements counted, indexes named, and full pages for the bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inbox_kit import (
    BOTH,
    NOW,
    cases,
    held_by,
    inbox,
    office,
    plan_of,
    spread,
    told,
)
from sqlalchemy import update

from bench.inbox import PAGES
from bench.inbox_rows import fill
from storage.queries.inbox import Desk, count_mine, list_inbox
from storage.queries.wish import NOBODY, Wish
from storage.tables import user_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from storage.database import Database
    from storage.store import SqlStore


@pytest.fixture
def store(database: Database) -> SqlStore:
    """Give a store with the office."""
    return office(database)


def test_a_page_takes_three_statements_whatever_lies_on_it(
    database: Database, store: SqlStore
) -> None:
    spread(store, 12)
    cases(store, 3, **held_by("ani"))
    for desk in Desk:
        for wish in (Wish(), Wish(words=("undangan",)), Wish(process="surat", page=2)):
            before = database.statements.total
            database.read(lambda c, d=desk, w=wish: list_inbox(c, BOTH, d, w, NOW))
            assert database.statements.total - before <= 3, (desk, wish)


@pytest.fixture
def full(database: Database) -> Database:
    """Give a database with some thousand tasks of many lanes and people, which its planner knows of."""
    fill(database, 3_000)
    return database


def plans_of(database: Database, act: Callable[[Connection], object]) -> list[str]:
    """Give how the statements of an act are carried out."""

    def work(connection: Connection) -> list[str]:
        return [plan_of(connection, *one) for one in told(connection, lambda: act(connection))]

    return database.read(work)


def is_scanned(plan: str, *tables: str) -> bool:
    """Tell whether a plan reads one of the tables from end to end."""
    return any(f"{scan} {table}" in plan for table in tables for scan in ("SCAN", "Seq Scan on"))


CLERK = PAGES[1].actor
"""Who has three lanes in the full database."""


def test_the_number_in_the_navigation_is_one_statement_along_one_index(full: Database) -> None:
    (plan,) = plans_of(full, lambda c: count_mine(c, CLERK, NOW))
    assert "ix_user_tasks_held" in plan
    assert not is_scanned(plan, "user_tasks")


@pytest.mark.parametrize(
    ("desk", "index"),
    [
        (Desk.MINE, "ix_user_tasks_held"),
        (Desk.FREE, "ix_user_tasks_open"),
        (Desk.DONE, "ix_user_tasks_done"),
    ],
)
def test_each_desk_is_counted_and_read_along_its_index(
    full: Database, desk: Desk, index: str
) -> None:
    mine = update(user_tasks).where(user_tasks.c.holder_id == "orang-0")
    full.write(lambda c: c.execute(mine.values(holder_id=CLERK.person)).close())
    counted, others, listed = plans_of(full, lambda c: list_inbox(c, CLERK, desk, Wish(), NOW))
    for plan in (counted, listed):
        assert index in plan
        assert not is_scanned(plan, "user_tasks", "instances", "history"), plan
    assert not is_scanned(others, "user_tasks")
    for each in ("held", "open", "done"):
        assert f"ix_user_tasks_{each}" in counted + others


def test_a_lane_is_walked_in_its_order_and_only_as_far_as_the_page_needs(full: Database) -> None:
    listed = plans_of(full, lambda c: list_inbox(c, CLERK, Desk.FREE, Wish(), NOW))[-1]
    assert not is_scanned(listed, "user_tasks")
    lines = listed.splitlines()
    walks = [n for n, line in enumerate(lines) if "ix_user_tasks_open" in line]
    assert len(walks) == len(CLERK.lanes)
    if full.address.startswith("postgresql"):
        assert "Merge Append" in listed
        assert all("Index Only Scan using" in lines[n] for n in walks)
        assert all(lines[n - 1].lstrip().startswith("->  Limit") for n in walks)
    else:  # SQLite would name a sort of a lane right behind its walk
        assert all("COVERING INDEX" in lines[n] for n in walks)
        assert all(lines[n + 1].startswith("SCAN anon") for n in walks)


def test_the_bench_measures_full_pages_with_tasks_of_every_kind(full: Database) -> None:
    for page in PAGES:
        found = full.read(lambda c, p=page: list_inbox(c, p.actor, p.desk, Wish(), NOW))
        assert len(found.rows) == 50
        assert len(found.tally.processes) > 1
    holders = inbox(full, PAGES[0].actor, Desk.FREE).tally.holders
    assert holders[0].value == NOBODY
    assert len(holders) > 1
