"""Desks with tasks on them: two people of one lane, cases in a line each, and what the inbox shows of them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import event
from storage_kit import CASE, START, change_agency, definition, registration, set_up, started, task

from engine.ids import PersonId
from engine.testing import example_actor, example_post
from engine.user_task import TaskState
from storage.queries.deadlines import Deadlines
from storage.queries.inbox import Desk, list_inbox
from storage.queries.wish import Wish
from storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.user_task import UserTask
    from storage.database import Database
    from storage.queries.inbox import Inbox

ZONE = "Asia/Jakarta"
NOW = Deadlines.seen_at(START, ZONE)
"""Monday the 2nd of March 2026, 08.00 in the office."""

ANI = example_actor("ani", example_post("kepala", "lane_kepala"))
BUDI = example_actor("budi", example_post("wakil", "lane_kepala", unit="bidang"))
CICI = example_actor("cici", example_post("staf", "lane_staf"))

BOTH = example_actor(
    "ani", example_post("kepala", "lane_kepala"), example_post("staf", "lane_staf")
)

DUES = {
    "late": START - timedelta(days=1),
    "today": START + timedelta(hours=1),
    "week": START + timedelta(days=3),
    "later": START + timedelta(days=30),
    "never": None,
}
"""A due time for each group of deadlines."""


def office(database: Database) -> SqlStore:
    """Give a store with an office, its people, and two versions of a process beside another one."""
    store = SqlStore(database)
    people = (
        registration("ani", "kepala"),
        registration("budi", "kepala"),
        registration("cici", "staf"),
    )
    set_up(store, *people)
    others = (definition(version=2), dataclasses.replace(definition(key="cuti"), name="Cuti"))
    store.transact(lambda tx: change_agency(tx, definitions=others))
    return store


def begin(store: SqlStore, *tasks: UserTask, ident: str = CASE, **fields: object) -> None:
    """Begin a case with these tasks; its own fields can be others."""
    changes = started(*tasks, ident=ident, request=f"start-{ident}")
    case = dataclasses.replace(changes.instance, **fields)
    store.transact(lambda tx: tx.save(dataclasses.replace(changes, instance=case)))


def held_by(person: str, **fields: object) -> dict[str, object]:
    """Give the fields of a task that a person holds."""
    return {"state": TaskState.CLAIMED, "holder": PersonId(person), **fields}


def done_by(person: str, **fields: object) -> dict[str, object]:
    """Give the fields of a task that a person finished."""
    return {"state": TaskState.COMPLETED, "holder": PersonId(person), **fields}


def cases(store: SqlStore, count: int, **fields: object) -> None:
    """Begin cases `c000`, `c001`… with one task each."""
    for number in range(count):
        ident = f"c{number:03}"
        begin(store, task(1, case=ident, **fields), ident=ident)


def inbox(
    database: Database, actor: Actor, desk: Desk, deadlines: Deadlines = NOW, **wish: object
) -> Inbox:
    """Give a page of a desk."""
    return database.read(lambda c: list_inbox(c, actor, desk, Wish(**wish), deadlines))


def ids(found: Inbox) -> list[str]:
    """Give the ids of the tasks on the page."""
    return [row.task for row in found.rows]


def told(connection: Connection, act: Callable[[], object]) -> list[tuple[str, object]]:
    """Give the statements that an act sends, with their values."""
    statements: list[tuple[str, object]] = []

    def note(*arguments: object) -> None:
        statements.append((str(arguments[2]), arguments[3]))

    event.listen(connection, "before_cursor_execute", note)
    act()
    event.remove(connection, "before_cursor_execute", note)
    return statements


def plan_of(connection: Connection, sql: str, values: object) -> str:
    """Give how a database would carry a statement out, also where there is next to nothing in it."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
        return "\n".join(row[3] for row in rows)
    for method in ("seqscan", "bitmapscan"):
        connection.exec_driver_sql(f"SET LOCAL enable_{method} = off")
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {sql}", values).scalars())


def spread(store: SqlStore, each: int, **fields: object) -> None:
    """Lay as many tasks on a desk in each group of deadlines."""
    for name, due in DUES.items():
        for number in range(each):
            ident = f"{name}{number:03}"
            begin(store, task(1, case=ident, due_at=due, **fields), ident=ident)
