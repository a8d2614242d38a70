"""History as rows: append-only, read in pages, found by index."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from storage_kit import CASE, CASE_CHAIN, advanced, started, task

from storage import cases, history
from storage.errors import StorageFailed
from storage.history import list_records

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from storage.database import Database
    from storage.store import SqlStore


@pytest.mark.parametrize(
    "change", ["UPDATE history SET at = '1999'", "DELETE FROM history"], ids=["update", "delete"]
)
def test_history_can_be_neither_changed_nor_removed(
    database: Database, store: SqlStore, change: str
) -> None:
    store.transact(lambda t: t.save(started()))
    before = database.read(partial(list_records, chain=CASE_CHAIN))
    with pytest.raises(Exception, match="history is append-only"):
        database.write(lambda c: c.execute(text(change)).close())
    assert database.read(partial(list_records, chain=CASE_CHAIN)) == before


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_history_can_not_be_emptied_on_postgresql(database: Database) -> None:
    with pytest.raises(StorageFailed, match="history is append-only"):
        database.write(lambda c: c.execute(text("TRUNCATE history")).close())


def test_a_chain_is_read_in_pages(database: Database, store: SqlStore) -> None:
    store.transact(lambda t: t.save(started()))
    store.transact(lambda t: t.save(started(ident="other", request="other")))
    for number in range(5):
        store.transact(
            lambda t, number=number: t.save(advanced(t.get_instance(CASE), f"r{number}"))
        )

    def page(after: int) -> list[int]:
        found = database.read(partial(list_records, chain=CASE_CHAIN, after=after, limit=3))
        return [record.seq for record in found]

    assert [page(0), page(3), page(6), page(7)] == [[1, 2, 3], [4, 5, 6], [7], []]


CASES = 60
"""Cases in the database when a query is explained: in an empty one every way is the same."""

PLANS = {
    "request": (history._BY_REQUEST, {"request": "r"}, "uq_history_request_id"),
    "chain": (history._OF_CHAIN, {"chain": "c", "after": 0, "limit": 9}, "pk_history"),
    "personal": (history._PERSONAL_OF_CHAIN, {"chain": "c"}, "pk_personal_values"),
    "case of a task": (cases._CASE_OF, {"instance": "i", "task": "t"}, "pk_user_tasks"),
    "open tasks": (cases._OPEN_TASKS, {"instance": "i"}, "pk_user_tasks"),
}


def plan_of(connection: Connection, query: Select[object], values: dict[str, object]) -> str:
    """Explain a query; PostgreSQL is told to use an index even on a small table."""
    is_sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("ANALYZE")
    if not is_sqlite:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
    sql = str(query.params(values).compile(connection, compile_kwargs={"literal_binds": True}))
    return "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(explain + sql))


@pytest.mark.parametrize("name", PLANS)
def test_what_grows_with_the_years_is_found_by_an_index(
    database: Database, store: SqlStore, name: str
) -> None:
    for number in range(CASES):
        store.transact(
            lambda t, n=number: t.save(started(task(2, f"c{n}"), ident=f"c{n}", request=f"r{n}"))
        )
    query, values, index = PLANS[name]
    plan = database.write(lambda c: plan_of(c, query, values))
    # SQLite numbers the index of a primary key, or searches the table itself where it is the index
    names = (index, "PRIMARY KEY", "sqlite_autoindex") if index.startswith("pk_") else (index,)
    assert any(each in plan for each in names), plan
    assert "SCAN history" not in plan
    assert "SCAN user_tasks" not in plan
