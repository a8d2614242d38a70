from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.ids import Ids, InstanceId, instance_of, user_task_id
from engine.testing import FixedClock, predictable_ids

START = datetime(2026, 11, 21, 3, tzinfo=UTC)
LETTERS = set("0123456789abcdefghjkmnpqrstvwxyz")


def test_an_id_is_26_letters_that_can_not_be_mistaken_for_each_other() -> None:
    new = Ids(FixedClock(START)).new()
    assert len(new) == 26
    assert set(new) <= LETTERS


def test_ids_of_one_millisecond_differ_and_stand_in_their_order() -> None:
    ids = Ids(FixedClock(START))
    made = [ids.new() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made == sorted(made)


@given(st.integers(1, 10**12), st.binary(min_size=10, max_size=10))
def test_an_id_of_a_later_millisecond_sorts_after(milliseconds: int, entropy: bytes) -> None:
    clock = FixedClock(START)
    earlier = Ids(clock, lambda _: b"\xff" * 10).new()
    clock.advance(timedelta(milliseconds=milliseconds))
    assert earlier < Ids(clock, lambda _: entropy).new()


def test_the_randomness_is_asked_for_ten_bytes_and_used_whole() -> None:
    clock = FixedClock(datetime(1970, 1, 1, tzinfo=UTC))
    assert Ids(clock, bytes).new() == "0" * 26
    assert Ids(clock, lambda size: b"\xff" * size).new() == "0" * 10 + "z" * 16


def test_predictable_ids_repeat() -> None:
    one, other = (predictable_ids(FixedClock(START)) for _ in range(2))
    made = [one.new() for _ in range(3)]
    assert made == [other.new() for _ in range(3)]
    assert made == sorted(set(made))


def test_a_user_task_names_its_case() -> None:
    case = InstanceId(Ids(FixedClock(START)).new())
    assert user_task_id(case, 12) == f"{case}-12"
    assert instance_of(user_task_id(case, 12)) == case
