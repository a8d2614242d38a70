"""`alur bench counters`: exact counts of a completion on SQLite at rounds 2 and 100 of the loop (T6)."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import process_a
from bench.ours import Ours, walk_values
from bench.report import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

EARLY, LATE = 2, 100
AROUND = 10
"""Rounds around each of the two over which the median is taken (two completions a round)."""

_KIB = 1024


def run(*, told: Callable[[int, int], None] = lambda *_: None) -> list[Figure]:
    """Count and give the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ours.sqlite3"
        ours = Ours(path)
        statements, wal = _counts(ours, path, told)
        ours.close()
    early, late = _near(wal, EARLY), _near(wal, LATE)
    return [
        _figure("T6 SQL statements per completion, round 2", _near(statements, EARLY), must=12, aim=7),
        _figure("T6 SQL statements per completion, round 100", _near(statements, LATE), must=12, aim=7),
        _figure("T6 WAL kB per completion, round 100", late / _KIB, must=48, aim=24),
        _figure("T6 WAL bytes per completion, round 100 / round 2", late / early, must=1.1, aim=1.1),
    ]


def _counts(
    ours: Ours, path: Path, told: Callable[[int, int], None]
) -> tuple[list[int], list[int]]:
    """Complete the steps of the loop and count, for each, its statements and how far the WAL grew."""
    database = ours.database
    if database is None:
        raise ValueError("Expected cases in SQLite, but they are in memory")
    instance = ours.start(ours.deploy(process_a.package()))
    statements: list[int] = []
    wal: list[int] = []
    visits: Counter[str] = Counter()
    rounds = LATE + AROUND
    for number in range(rounds):
        for step in ("susun", "periksa"):
            visits[step] += 1
            task = ours.open_tasks(instance)[0]
            database.empty_wal()
            before = database.statements.total
            ours.complete(task, walk_values(step, 1))
            statements.append(database.statements.total - before)
            wal.append(path.with_name(path.name + "-wal").stat().st_size)
        told(number + 1, rounds)
    return statements, wal


def _near(counts: list[int], number: int) -> float:
    start = 2 * (number - 1)
    return median(counts[start : start + 2 * AROUND])


def _figure(name: str, value: float, *, must: float, aim: float) -> Figure:
    return Figure(name=name, values=(float(value),), must=must, aim=aim, at_least=False)
