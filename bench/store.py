"""`alur bench store`: the size of a finished case with its whole history (T8), and a restart among 100,000 running cases (T9)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench import process_a
from bench.live_rows import copy_case, copy_id
from bench.ours import Ours, walk_values
from bench.report import Figure, Target
from bench.servers import postgresql
from bench.yardstick import Full
from storage.measure import file_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
FINISHED = 200
FEW, LIVE = 100, 100_000

SIZE = Target(must=2, aim=4, at_least=True)
SECONDS = Target(must=1, aim=0.1, at_least=False)

_ROOT = Path(__file__).parents[1]
_KIB = 1024


def run(
    live: int = LIVE,
    *,
    rounds: int = ROUNDS,
    told: Callable[[int, int], None] = lambda *_: None,
) -> list[Figure]:
    """Measure and give the figures; `told` hears of each step done, of how many."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alur-bench-")))
        make = postgresql(stack, folder)
        urls = {"SQLite": lambda name: f"sqlite:///{folder / name}.sqlite3"}
        if make is not None:
            urls["PostgreSQL"] = make
        steps = 1 + len(urls)
        figures = _sizes(folder)
        told(1, steps)
        for done, (name, url_of) in enumerate(urls.items(), 2):
            figures += _restarts(name, url_of, live, rounds)
            told(done, steps)
    return figures


def _sizes(folder: Path) -> list[Figure]:
    """Finish the same cases on both sides and compare by how much the files grew."""
    ours, full = _size_of_ours(folder), _size_of_full(folder)
    return [
        Figure(name="T8 bytes of a finished case: full / ours", values=(full / ours,), target=SIZE),
        Figure(name="T8 kB of a finished case, ours", values=(ours / _KIB,)),
        Figure(name="T8 kB of a finished case, full", values=(full / _KIB,)),
    ]


def _size_of_ours(folder: Path) -> float:
    file = folder / "finished.sqlite3"
    ours = Ours(file)
    definition = ours.deploy(process_a.package())

    def finish() -> None:
        instance = ours.start(definition)
        visits: Counter[str] = Counter()
        for step in process_a.WALK:
            visits[step] += 1
            ours.complete(ours.open_tasks(instance)[0], walk_values(step, visits[step]))
        ours.work()
        ours.tell()

    found = _growth(file, finish)
    ours.close()
    return found


def _size_of_full(folder: Path) -> float:
    file = folder / "full.sqlite3"
    full = Full(file)

    def finish() -> None:
        case = full.start()
        visits: Counter[str] = Counter()
        for step in process_a.WALK:
            visits[step] += 1
            full.complete(case, process_a.values_at(step, visits[step]))
        full.work(case)

    found = _growth(file, finish)
    full.close()
    return found


def _growth(file: Path, finish: Callable[[], None]) -> float:
    """Give the bytes of one more finished case, those of its log included when the log is emptied."""
    finish()
    before = file_bytes(file)
    for _ in range(FINISHED):
        finish()
    return (file_bytes(file) - before) / FINISHED


def _restarts(name: str, url_of: Callable[[str], str], live: int, rounds: int) -> list[Figure]:
    few, many = (_filled(url_of(f"live_{size}"), size) for size in (FEW, live))
    times = [(_restart(few, n), _restart(many, n)) for n in range(1, rounds + 2)][1:]
    return [
        Figure(
            name=f"T9 seconds to the first completion, {live} running cases, {name}",
            values=tuple(late for _, late in times),
            target=SECONDS,
        ),
        Figure(
            name=f"T9 the same / with {FEW} running cases, {name}",
            values=tuple(late / early for early, late in times),
        ),
    ]


def _filled(url: str, size: int) -> tuple[str, str]:
    """Fill a database; gives its address and the ending of the open tasks' ids."""
    ours = Ours(url)
    if ours.database is None:
        raise TypeError("Expected cases in a database, but they are in memory")
    case = ours.start(ours.deploy(process_a.package()))
    (task,) = ours.open_tasks(case)
    copy_case(ours.database, case, size)
    ours.close()
    return url, task.id.removeprefix(case)


def _restart(place: tuple[str, str], number: int) -> float:
    url, ending = place
    done = subprocess.run(  # noqa: S603 - this Python, with a program of ours
        [sys.executable, "-m", "bench.restart", url, copy_id(number) + ending],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return float(done.stdout)
