"""`alur bench engine`: CPU time of a completion, as ratios to plain SpiffWorkflow in the same run (T1, T2, T5, T10).

Each round measures every case once, in a new random order; a ratio is taken inside its round, so a machine that slows down
slows both sides. CPU time of the whole process counts, also that of the database's writer thread.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bench import process_a, process_b, repetition
from bench.ours import Ours, walk_values
from bench.report import Figure, Target
from bench.yardstick import Full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.ids import InstanceId

ROUNDS = 5
CASES = 12
LOOP_ROUNDS = 100
NEAR = 5
"""Rounds of the loop that are measured at its beginning and at its end."""

Measured = dict[str, float]


def run(
    rounds: int = ROUNDS, *, told: Callable[[int, int], None] = lambda *_: None
) -> list[Figure]:
    """Measure all and give the figures; `told` hears of each step done, of how many."""
    measures = [_walk_ours, _walk_full, _loop_ours, _loop_full, _work_ours, _work_full, _repetition]
    found: list[Measured] = []
    for number in range(rounds):
        random.shuffle(measures)
        measured: Measured = {}
        for step, measure in enumerate(measures):
            with tempfile.TemporaryDirectory() as folder:
                measured |= measure(Path(folder))
            told(number * len(measures) + step + 1, rounds * len(measures))
        found.append(measured)
    return list(_figures(found))


RATIOS: tuple[tuple[str, tuple[str, str], Target | None], ...] = (
    (
        "T1 CPU per completion of A, in memory: full / ours",
        ("full memory", "ours memory"),
        Target(must=2, aim=4, at_least=True),
    ),
    (
        "T1 the same on SQLite",
        ("full sqlite", "ours sqlite"),
        Target(must=2, aim=4, at_least=True),
    ),
    (
        f"T2 after {LOOP_ROUNDS} rounds of the loop, in memory: full / ours",
        ("full late", "ours late"),
        Target(must=20, aim=60, at_least=True),
    ),
    (
        f"T5 ours: loop round {LOOP_ROUNDS} / round {NEAR}",
        ("ours late", "ours early"),
        Target(must=1.3, aim=1.1, at_least=False),
    ),
    (
        f"B on SQLite, start and {process_b.STEPS} service tasks: full / ours",
        ("full work", "ours work"),
        None,
    ),
    (
        f"T10 ours: multi-instance of {repetition.SIZE}, last / first",
        ("repetition last", "repetition first"),
        Target(must=2, aim=1.2, at_least=False),
    ),
)
"""Each figure: its name, which two costs make the ratio, and its target."""


def _figures(found: list[Measured]) -> Iterator[Figure]:
    for name, (top, bottom), target in RATIOS:
        values = tuple(measured[top] / measured[bottom] for measured in found)
        yield Figure(name=name, values=values, target=target)


def _walk_ours(folder: Path) -> Measured:
    measured = {}
    for name, path in (("ours memory", None), ("ours sqlite", folder / "ours.sqlite3")):
        ours = Ours(path)
        definition = ours.deploy(process_a.package())
        spent = 0.0
        for case in range(CASES + 1):
            cost = sum(_completion(ours, ours.start(definition)))
            ours.work()
            spent += cost if case else 0.0  # the first case warms up
        measured[name] = spent / CASES / len(process_a.WALK)
        ours.close()
    return measured


def _walk_full(folder: Path) -> Measured:
    measured = {}
    for name, path in (("full memory", None), ("full sqlite", folder / "full.sqlite3")):
        full = Full(path)
        spent = 0.0
        for case in range(CASES + 1):
            number = full.start()
            visits: Counter[str] = Counter()
            for step in process_a.WALK:
                visits[step] += 1
                cost = _full_step(full, number, step, visits[step])
                spent += cost if case else 0.0
            full.work(number)
        measured[name] = spent / CASES / len(process_a.WALK)
        full.close()
    return measured


def _loop_ours(_: Path) -> Measured:
    ours = Ours(None)
    instance = ours.start(ours.deploy(process_a.package()))
    costs = list(_completion(ours, instance, walk=("susun", "periksa") * LOOP_ROUNDS, stay=True))
    return {"ours early": _mean(costs[2 : 2 * NEAR + 2]), "ours late": _mean(costs[-2 * NEAR :])}


def _loop_full(_: Path) -> Measured:
    full = Full(None)
    case = full.start()
    costs = [
        _full_step(full, case, step, 1) for _ in range(LOOP_ROUNDS) for step in ("susun", "periksa")
    ]
    full.close()
    return {"full late": _mean(costs[-2 * NEAR :])}


def _work_ours(folder: Path) -> Measured:
    """Begin cases of process B, one after the other, and do all their work."""
    ours = Ours(folder / "work.sqlite3")
    definition = ours.deploy(process_b.package())
    spent = 0.0
    for case in range(CASES + 1):
        before = time.process_time()
        ours.start(definition)
        while ours.work():
            pass
        spent += time.process_time() - before if case else 0.0
    ours.close()
    return {"ours work": spent}


def _work_full(folder: Path) -> Measured:
    full = Full(folder / "work.sqlite3", process_b.bpmn(for_alur=False), process_b.KEY)
    spent = 0.0
    for case in range(CASES + 1):
        before = time.process_time()
        number = full.start()
        for _ in range(process_b.STEPS):
            full.work(number)
        spent += time.process_time() - before if case else 0.0
    full.close()
    return {"full work": spent}


def _repetition(_: Path) -> Measured:
    ours = Ours(None)
    instance = ours.start(ours.deploy(repetition.package()))
    costs = []
    for task in ours.open_tasks(instance):
        before = time.process_time()
        ours.complete(task, {})
        costs.append(time.process_time() - before)
    return {"repetition first": _mean(costs[:20]), "repetition last": _mean(costs[-20:])}


def _completion(
    ours: Ours,
    instance: InstanceId,
    *,
    walk: tuple[str, ...] = process_a.WALK,
    stay: bool = False,
) -> Iterator[float]:
    """Complete the steps of a walk and give the CPU seconds of each; with `stay`, each review sends it back."""
    visits: Counter[str] = Counter()
    for step in walk:
        visits[step] += 1
        task = ours.open_tasks(instance)[0]
        values = walk_values(step, 1 if stay else visits[step])
        before = time.process_time()
        ours.complete(task, values)
        yield time.process_time() - before


def _full_step(full: Full, case: int, step: str, visit: int) -> float:
    values = process_a.values_at(step, visit)
    before = time.process_time()
    full.complete(case, values)
    return time.process_time() - before


def _mean(costs: list[float]) -> float:
    return sum(costs) / len(costs)
