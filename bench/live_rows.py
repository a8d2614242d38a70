"""Many running cases at once: copies of one, made by the database itself, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.ids import InstanceId
    from storage.database import Database

_SERIES = {
    "sqlite": "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :size)",
    "postgresql": "WITH series(n) AS (SELECT generate_series(1, CAST(:size AS integer)))",
}
_NUMBERED = {
    "sqlite": "'copy' || printf('%022d', n)",
    "postgresql": "'copy' || lpad(n::text, 22, '0')",
}
_COPIED = {
    "instances": {"id": "{id}"},
    "user_tasks": {"instance_id": "{id}", "id": "{id} || substr(id, length(instance_id) + 1)"},
    "history": {"chain_id": "{id}", "request_id": "NULL"},
}
"""What of each table's rows is another in a copy."""

_OF_CASE = {"instances": "id", "user_tasks": "instance_id", "history": "chain_id"}


def copy_case(database: Database, case: InstanceId, size: int) -> None:
    """Let there be so many copies of a running case."""

    def work(connection: Connection) -> None:
        kind = connection.dialect.name
        for table, changed in _COPIED.items():
            columns = _columns(connection, table)
            values = [changed.get(name, f'"{name}"').format(id=_NUMBERED[kind]) for name in columns]
            names = ", ".join(f'"{name}"' for name in columns)
            source = (
                f"SELECT {', '.join(values)} FROM {table}, series WHERE {_OF_CASE[table]} = :case"  # noqa: S608 - names of ours
            )
            connection.execute(
                text(f"INSERT INTO {table} ({names}) {_SERIES[kind]} {source}"),
                {"size": size, "case": case},
            )

    database.write(work)
    database.write(lambda c: c.execute(text("ANALYZE")).close())


def copy_id(number: int) -> str:
    """Give the id of a copy, from 1 on."""
    return f"copy{number:022}"


def _columns(connection: Connection, table: str) -> list[str]:
    result = connection.execute(text(f"SELECT * FROM {table} LIMIT 0"))  # noqa: S608 - a name of ours
    return list(result.keys())
