"""`alur bench counters`: exact counts of a completion on SQLite at rounds 2 and 100 of the loop (T6)."""

from __future__ import annotations

import functools
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import process_a
from bench.ours import Ours, walk_values
from bench.report import Figure, Target
from storage.measure import log_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

EARLY, LATE = 2, 100
AROUND = 10
"""Rounds around each of the two over which the median is taken (two completions a round)."""

OTHERS = 200
"""Other cases in the database: in an empty one the trees of the tables have yet to grow, which is no cost of the case's."""

STATEMENTS = Target(must=12, aim=7, at_least=False)
WAL_KIB = Target(must=None, aim=24, at_least=False)
GROWTH = Target(must=1.1, aim=1.1, at_least=False)

_KIB = 1024


def run(*, told: Callable[[int, int], None] = lambda *_: None) -> list[Figure]:
    """Count and give the figures."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder) / "ours.sqlite3")
        statements, wal = _counts(ours, told)
        ours.close()
    early, late = _near(wal, EARLY), _near(wal, LATE)
    return [
        _figure("T6 SQL statements per completion, round 2", _near(statements, EARLY), STATEMENTS),
        _figure("T6 SQL statements per completion, round 100", _near(statements, LATE), STATEMENTS),
        _figure("T6 WAL kB per completion, round 100", late / _KIB, WAL_KIB),
        _figure("T6 WAL bytes per completion, round 100 / round 2", late / early, GROWTH),
    ]


def _counts(ours: Ours, told: Callable[[int, int], None]) -> tuple[list[int], list[int]]:
    """Complete the steps of the loop and count, for each, its statements and how far the WAL grew."""
    database = ours.database
    if database is None:
        raise ValueError("Expected cases in SQLite, but they are in memory")
    definition = ours.deploy(process_a.package())
    for _ in range(OTHERS):
        ours.start(definition)
    instance = ours.start(definition)
    statements: list[int] = []
    wal: list[int] = []
    visits: Counter[str] = Counter()
    rounds = LATE + AROUND
    for number in range(rounds):
        for step in ("susun", "periksa"):
            visits[step] += 1
            task = ours.open_tasks(instance)[0]
            before = database.statements.total
            values = walk_values(step, 1)
            wal.append(log_bytes(database, functools.partial(ours.complete, task, values)))
            statements.append(database.statements.total - before)
        told(number + 1, rounds)
    return statements, wal


def _near(counts: list[int], number: int) -> float:
    start = 2 * (number - 1)
    return median(counts[start : start + 2 * AROUND])


def _figure(name: str, value: float, target: Target) -> Figure:
    return Figure(name=name, values=(float(value),), target=target)
