"""`alur bench inbox`: the whole page *Tugas saya* at a million open tasks, as a ratio to a thousand in the same run (T7).

A page is everything that it asks of the database: figures of all desks, groups, filters with their figures, and fifty rows.
Each round opens every page in turn, the small and the large database alternately, and takes the median of some times.
"""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.inbox_rows import AGENCY, MINE, OWN_LANES, fill, lane_id
from bench.report import Figure, Target
from bench.servers import postgresql
from engine.actor import Actor, Post, Role
from engine.clock import SystemClock
from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId
from storage.database import open_database
from storage.migrations import migrate
from storage.queries.deadlines import Deadlines
from storage.queries.inbox import Desk, list_inbox
from storage.queries.paging import SIZE
from storage.queries.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.database import Database

ROUNDS = 5
REPEATS = 15
SMALL, LARGE = 1_000, 1_000_000

PAGE = Target(must=8, aim=3, at_least=False)

NOW = Deadlines.seen_at(datetime(2026, 11, 14, 3, tzinfo=UTC), "Asia/Jakarta")

_WISH = Wish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that somebody opens: with posts for so many lanes, on a desk."""

    lanes: int
    desk: Desk

    @property
    def name(self) -> str:
        """What the figures call it."""
        return f"{self.desk.value}, {self.lanes} lane{'s' if self.lanes > 1 else ''}"

    @property
    def actor(self) -> Actor:
        """Who opens it."""
        lanes = frozenset(LaneId(lane_id(number)) for number in range(self.lanes))
        post = Post(id=PostId("petugas"), name="Petugas", unit=UnitId("bidang"), lanes=lanes)
        return Actor(
            person=PersonId(MINE),
            login="petugas",
            name="Petugas",
            agency=AgencyId(AGENCY),
            posts=(post,),
            roles=frozenset({Role.STAFF}),
        )


PAGES = tuple(
    Page(lanes=lanes, desk=desk) for desk in (Desk.FREE, Desk.MINE) for lanes in (1, OWN_LANES)
)


def run(
    sizes: tuple[int, int] = (SMALL, LARGE),
    *,
    rounds: int = ROUNDS,
    repeats: int = REPEATS,
    told: Callable[[int, int], None] = lambda *_: None,
) -> list[Figure]:
    """Fill the databases, measure, and give the figures; `told` hears of each step done, of how many."""
    with ExitStack() as stack:
        pairs = dict(_databases(stack, sizes))
        steps = [(name, page) for name in pairs for page in PAGES]
        ratios: dict[tuple[str, Page], list[float]] = {step: [] for step in steps}
        for number in range(rounds):
            random.shuffle(steps)
            for done, (name, page) in enumerate(steps, 1):
                ratios[name, page].append(_ratio(*pairs[name], page, repeats))
                told(number * len(steps) + done, rounds * len(steps))
    return [
        Figure(
            name=f"T7 inbox page, {page.name}, {name}: {sizes[1]} / {sizes[0]} open tasks",
            values=tuple(values),
            target=PAGE,
        )
        for (name, page), values in ratios.items()
    ]


def _ratio(small: Database, large: Database, page: Page, repeats: int) -> float:
    actor = page.actor
    times: dict[int, list[float]] = {0: [], 1: []}
    for _ in range(repeats):
        for which, database in enumerate((small, large)):
            times[which].append(_time(database, actor, page.desk))
    return median(times[1]) / median(times[0])


def _time(database: Database, actor: Actor, desk: Desk) -> float:
    before = time.perf_counter()
    found = database.read(lambda c: list_inbox(c, actor, desk, _WISH, NOW))
    spent = time.perf_counter() - before
    if len(found.rows) != SIZE:
        raise ValueError(f"Expected a full page, but found {len(found.rows)} rows")
    return spent


def _databases(
    stack: ExitStack, sizes: tuple[int, int]
) -> Iterator[tuple[str, tuple[Database, Database]]]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alur-bench-")))
    urls = [f"sqlite:///{folder / f'{size}.sqlite3'}" for size in sizes]
    yield "SQLite", _opened(stack, urls, sizes)
    make = postgresql(stack, folder)
    if make is None:
        return
    yield "PostgreSQL", _opened(stack, [make(f"inbox_{size}") for size in sizes], sizes)


def _opened(stack: ExitStack, urls: list[str], sizes: tuple[int, int]) -> tuple[Database, Database]:
    found = []
    for url, size in zip(urls, sizes, strict=True):
        database = open_database(url, SystemClock())
        stack.callback(database.close)
        migrate(database)
        fill(database, size)
        found.append(database)
    return found[0], found[1]
