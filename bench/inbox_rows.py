"""Many open tasks at once: rows made by the database itself, the same on SQLite and on PostgreSQL.

200 lanes share them evenly, half of them free, half with one of the lane's five people; every case has a finished task
besides. A tenth is narrowed to the unit of the person who is measured, a tenth to another one. The lanes of that person hold
at least `LEAST` tasks, and `DESK` more are on that person's own desk, in a database of any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.postgresql import PostgresqlDatabase

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.database import Database

AGENCY = "kota"
LANES = 200
OWN_LANES = 3
"""Lanes of the person with several."""

LEAST = 75
DESK = 60
MINE = "orang-saya"

_AT_ONCE = 100_000
_SERIES = {
    "sqlite": "WITH RECURSIVE s(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM s WHERE i < :last)",
    "postgresql": "WITH s(i) AS (SELECT generate_series(CAST(:first AS integer), CAST(:last AS integer)))",
}
_PADDED = {
    "sqlite": "printf('%0{width}d', {number})",
    "postgresql": "lpad(CAST({number} AS text), {width}, '0')",
}

_OFFICE = (
    """INSERT INTO agencies (id, name, zone, head_seq, head_hash)
    VALUES ('kota', 'Kota', 'Asia/Jakarta', 0, :blob)""",
    """INSERT INTO persons (id, agency_id, login, name, roles, password_hash)
    SELECT 'orang-' || i, 'kota', 'orang-' || i, 'Orang ' || i, 'staff', '-' FROM s""",
    """INSERT INTO persons (id, agency_id, login, name, roles, password_hash)
    VALUES ('orang-saya', 'kota', 'petugas', 'Petugas', 'staff', '-')""",
    """INSERT INTO definitions (id, deployment_id, agency_id, key, version, name, digest, resource, source, starters,
     deployed_at)
    SELECT 'proses-' || (i / 2) || '-' || (i % 2), 'd', 'kota', 'proses-' || (i / 2), i % 2 + 1, 'Proses ' || (i / 2),
     '', '', :blob, '', '' FROM s WHERE i < 40""",
    """INSERT INTO definition_lanes (definition_id, lane_id)
    SELECT DISTINCT 'proses-' || ((i % 200 + i / 200 % 3) % 20) || '-' || (i / 200 % 2), 'lane_' || (i % 200)
    FROM s""",
)
"""Statements on numbers `i` of the series from 0 to 1199."""

_ROWS = """SELECT '01bench' || :part || {padded_i} AS instance_id, i, lane, share,
 'proses-' || ((lane + share % 3) % 20) || '-' || (share % 2) AS definition_id,
 'proses-' || ((lane + share % 3) % 20) AS process,
 CASE WHEN i % 5 = 0 THEN NULL
  ELSE '2026-11-' || {day} || 'T' || {hour} || ':00:00.000000Z' END AS due_at,
 '2026-10-' || {day} || 'T' || {hour} || ':30:00.000000Z' AS at,
 {holder} AS holder_id,
 CASE share % 10 WHEN 3 THEN ',bidang,' WHEN 7 THEN ',lain,' ELSE '' END AS narrowed_to
 FROM (SELECT i, i % {lanes} AS lane, i / {lanes} AS share FROM s) AS numbered"""

_INTO = (
    """INSERT INTO instances (id, agency_id, definition_id, key, state, revision, number, subject, business_key,
     started_at, frontier, variables, head_seq, head_hash)
    {series} SELECT instance_id, 'kota', definition_id, process, 'running', 2, 'B/' || i || '/2026',
     'Perihal perkara nomor ' || i, '', at, :blob, :blob, 5, :blob FROM ({rows}) AS made""",
    """INSERT INTO user_tasks (instance_id, id, agency_id, definition_id, element, name, lane_id, on_behalf_of, narrowed,
     due_at, state, holder_id, revision, created_at, changed_at, sender, sender_post, root_definition_id, narrowed_to)
    {series} SELECT instance_id, instance_id || '-3', 'kota', definition_id, 'periksa', 'Memeriksa draf',
     'lane_' || lane, '', CASE WHEN narrowed_to = '' THEN 0 ELSE 1 END, due_at,
     CASE WHEN holder_id IS NULL THEN 'created' ELSE 'claimed' END, holder_id, 1, at, at, 'Orang ' || lane,
     'Jabatan ' || lane, definition_id, narrowed_to FROM ({rows}) AS made""",
    """INSERT INTO user_tasks (instance_id, id, agency_id, definition_id, element, name, lane_id, on_behalf_of, narrowed,
     due_at, state, holder_id, revision, created_at, changed_at, root_definition_id)
    {series} SELECT instance_id, instance_id || '-2', 'kota', definition_id, 'susun', 'Menyusun draf', 'lane_' || lane,
     '', 0, due_at, 'completed', 'orang-' || (lane * 5 + share % 5), 2, at, at, definition_id
    FROM ({rows}) AS made""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Rows of one kind: how many, over how many lanes, and who holds them."""

    letter: str
    count: int
    lanes: int
    holder: str


def lane_id(number: int) -> str:
    """Give the id of a lane."""
    return f"lane_{number}"


def fill(database: Database, size: int) -> None:
    """Write so many open tasks, each with its case and a finished task, into an empty database."""
    database.write(_set_up)
    shared = "CASE WHEN share % 2 = 0 THEN NULL ELSE 'orang-' || (lane * 5 + share / 2 % 5) END"
    missing = max(LEAST - size // LANES, 0) * OWN_LANES
    for part in (
        _Part(letter="a", count=size, lanes=LANES, holder=shared),
        _Part(letter="b", count=missing, lanes=OWN_LANES, holder=shared),
        _Part(letter="c", count=DESK, lanes=1, holder=f"'{MINE}'"),
    ):
        for first in range(0, part.count, _AT_ONCE):
            last = min(first + _AT_ONCE, part.count) - 1
            database.write(partial(_add, part=part, first=first, last=last))
    if isinstance(database, PostgresqlDatabase):
        with database.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _set_up(connection: Connection) -> None:
    series = _SERIES[connection.dialect.name]
    values = {"first": 0, "last": 6 * LANES - 1, "blob": b"\0" * 32}
    for statement in _OFFICE:
        head, select, rest = statement.partition("SELECT")
        _execute(connection, f"{head}{series if select else ''} {select}{rest}", values)


def _add(connection: Connection, part: _Part, first: int, last: int) -> None:
    name = connection.dialect.name
    padded = _PADDED[name].format
    rows = _ROWS.format(
        padded_i=padded(number="i", width=12),
        day=padded(number="(i * 79 % 28 + 1)", width=2),
        hour=padded(number="(i * 31 % 24)", width=2),
        holder=part.holder,
        lanes=part.lanes,
    )
    values = {"first": first, "last": last, "part": part.letter, "blob": b"\0" * 200}
    for statement in _INTO:
        _execute(connection, statement.format(series=_SERIES[name], rows=rows), values)


def _execute(connection: Connection, statement: str, values: dict[str, object]) -> None:
    query = text(statement)
    named = query.compile().params
    connection.execute(query, {name: values[name] for name in named})
