"""The fakes that are shipped for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from engine.ids import LaneId
from engine.testing import (
    FixedClock,
    MemoryStore,
    example_actor,
    example_office,
    example_post,
    predictable_ids,
)

if TYPE_CHECKING:
    from engine.store import Transaction

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock(START)
    assert clock.now() == clock.now() == START
    clock.advance(timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=1)
    clock.set(START)
    assert clock.now() == START


def test_predictable_ids_are_the_same_each_time_and_sort_in_order() -> None:
    first, second = predictable_ids(FixedClock(START)), predictable_ids(FixedClock(START))
    made = [first.new() for _ in range(40)]
    assert made == [second.new() for _ in range(40)]
    assert made == sorted(set(made))


def test_an_example_office_has_the_posts_of_its_actors() -> None:
    head = example_post("kepala", "lane_kepala")
    office = example_office(head, example_post("staf", unit="sekretariat"))
    assert [unit.id for unit in office.units] == ["umum", "sekretariat"]
    actor = example_actor("ani", head)
    assert actor.agency == office.agency.id
    assert actor.find_post(LaneId("lane_kepala")) == head


def test_what_a_failed_command_wrote_is_not_in_memory() -> None:
    store = MemoryStore()

    def work(transaction: Transaction) -> None:
        transaction.save_office(example_office(example_post("kepala")))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(work)
    assert store.transact(lambda t: t.list_groups(example_office().agency.id)) == frozenset()
