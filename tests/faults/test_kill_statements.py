"""`kill -9` at every statement and commit of a completion, a start and a timer: whole or nothing, and once when it is done again (A2)."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from contest_kit import Arena
from dying import Hand, Mortal
from sqlalchemy import select
from web_kit import MORNING

from engine.chain import GENESIS, digest, instance_chain
from storage.history import read_chain
from storage.store import SqlStore
from storage.tables import instances, jobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.ids import DefinitionId, InstanceId
    from engine.user_task import UserTask

WAITING = (
    "start mulai\nmanual tunggu\nboundary batas on=tunggu duration=P2D\nmanual habis\nend selesai\n"
    "mulai -> tunggu\ntunggu -> selesai\nbatas -> habis\nhabis -> selesai"
)
NOW = MORNING.isoformat()
DUE = (MORNING + timedelta(days=2)).isoformat()
AFTER_THE_LEASE = (MORNING + timedelta(days=2, hours=1)).isoformat()
FEWEST = 5
"""Touches of the database that every one of the three acts has."""


class Site:
    """The office on a database that a process works at and dies over; what is left is looked at from here."""

    def __init__(self, url: str) -> None:
        self.url = url
        arena = Arena(url)
        self.straight: DefinitionId = arena.straight
        self.waiting = arena.deploy(WAITING, "menunggu")
        self._requests = (arena.request() for _ in range(10_000))
        arena.close()
        self.mortal = Mortal()

    def order(self, act: str, **more: str) -> dict[str, str]:
        """Give an order with a new request id."""
        return {"act": act, "request": next(self._requests), **more}

    def dies(self, point: int, order: Mapping[str, str], now: str = NOW) -> bool:
        """Let the process die over an order."""
        return self.mortal.dies(self.url, now, point, order)

    def does(self, order: Mapping[str, str], now: str = NOW) -> None:
        """Carry an order out to its end, here."""
        hand = Hand.on(self.url, now)
        hand.do(order)
        hand.database.close()

    def begin(self, definition: DefinitionId) -> InstanceId:
        """Begin a case."""
        before = self.cases()
        self.does(self.order("start", definition=definition))
        (new,) = self.cases() - before
        return new

    def cases(self) -> set[InstanceId]:
        """Give every case there is."""
        hand = Hand.on(self.url, NOW)
        found = hand.database.read(lambda c: set(c.execute(select(instances.c.id)).scalars()))
        hand.database.close()
        return found

    def state(self, case: InstanceId) -> tuple[list[str], list[UserTask], list[str]]:
        """Give what happened in a case, its open tasks and its jobs, after a look at every link of its chain."""
        hand = Hand.on(self.url, NOW)
        records = hand.database.read(lambda c: read_chain(c, instance_chain(case)))
        of_case = select(jobs.c.id).where(jobs.c.instance_id == case)
        left = hand.database.read(lambda c: sorted(c.execute(of_case).scalars()))
        stored = SqlStore(hand.database).transact(lambda tx: tx.get_instance(case))
        tasks = SqlStore(hand.database).transact(lambda tx: tx.list_open_tasks(case))
        hand.database.close()
        before = GENESIS
        for seq, record in enumerate(records, 1):
            assert (record.seq, record.prev, record.hash) == (seq, before, digest(record))
            before = record.hash
        assert (stored.head.seq, stored.head.hash) == (len(records), before)
        return [record.event.type for record in records], list(tasks), left


@pytest.fixture(scope="module")
def site(url: str) -> Iterator[Site]:
    """Give the office."""
    site = Site(url)
    yield site
    site.mortal.close()


def test_a_completion_is_whole_or_absent_wherever_the_process_dies(site: Site) -> None:
    untouched, whole = _states_of_a_completion(site)
    found: list[list[str]] = []
    for point in count(1):
        case = site.begin(site.straight)
        order = _completion(site, case)
        killed = site.dies(point, order)
        found.append(site.state(case)[0])
        site.does(order)  # the browser sends it again, with the same request id
        assert site.state(case)[0] == whole
        assert [task.element for task in site.state(case)[1]] == ["periksa"]
        if not killed:
            break
    _both_and_nothing_else(found, untouched, whole)


def test_a_start_is_whole_or_absent_wherever_the_process_dies(site: Site) -> None:
    whole = site.state(site.begin(site.straight))[0]
    begun = 0
    for point in count(1):
        before = site.cases()
        order = site.order("start", definition=site.straight)
        killed = site.dies(point, order)
        begun += len(site.cases() - before)
        site.does(order)
        (new,) = site.cases() - before
        assert site.state(new)[0] == whole
        if not killed:
            break
    assert begun > 0, "it never came to its commit"
    assert point - begun > FEWEST


def test_a_timer_fires_once_wherever_the_process_dies(site: Site) -> None:
    waiting, fired = _states_of_a_timer(site)
    found: list[list[str]] = []
    for point in count(1):
        case = site.begin(site.waiting)
        killed = site.dies(point, site.order("timer"), DUE)
        found.append(site.state(case)[0])
        site.does(site.order("timer"), AFTER_THE_LEASE)  # the next worker takes what is left
        events, tasks, left = site.state(case)
        assert events == fired
        assert [task.element for task in tasks] == ["habis"]
        assert not [job for job in left if job.endswith("-batas")]
        if not killed:
            break
    _both_and_nothing_else(found, waiting, fired)


def _both_and_nothing_else(found: list[list[str]], before: list[str], after: list[str]) -> None:
    """See that each death left the case as it was or as it should be, and that both came about."""
    assert all(events in (before, after) for events in found)
    assert before in found
    assert after in found
    assert len(found) > FEWEST


def _completion(site: Site, case: InstanceId) -> dict[str, str]:
    (task,) = site.state(case)[1]
    return site.order("complete", task=task.id, revision=str(task.revision))


def _states_of_a_completion(site: Site) -> tuple[list[str], list[str]]:
    """Give the history before a completion and after it."""
    case = site.begin(site.straight)
    before = site.state(case)[0]
    site.does(_completion(site, case))
    return before, site.state(case)[0]


def _states_of_a_timer(site: Site) -> tuple[list[str], list[str]]:
    """Give the history before a timer fires and after it."""
    case = site.begin(site.waiting)
    before = site.state(case)[0]
    site.does(site.order("timer"), DUE)
    return before, site.state(case)[0]
