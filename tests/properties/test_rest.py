"""P2 and P5: a case saved and loaded after every step is the case in memory, and its bytes hang on no order."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from kit import Case
from properties.amounts import examples
from properties.drawer import Wanted, processes
from properties.walks import FIRST, places, steps, token_at, waits
from properties.written import definitions
from twins import Twins

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject
    from properties.models import Block

ROOT = Path(__file__).parents[2]
WALK = """
import hashlib
from hypothesis import given, seed, settings
from kit import Case
from properties.drawer import processes
from properties.walks import FIRST, token_at
from properties.written import definitions

seen = hashlib.sha256()

@seed(1)
@settings(max_examples=10, database=None, deadline=None)
@given(body=processes())
def walk(body):
    case = Case(*definitions(body)).start(**FIRST)
    for _ in range(8):
        if not case.finished:
            case.complete_token(min(case.desk), **{name: True for name in {"setuju", "lengkap"}})
        seen.update(b"".join(case.at_rest()))

walk()
print(seen.hexdigest())
"""


@examples(100)
@given(body=processes() | processes(Wanted(events=True, owns=True)), data=st.data())
def test_saved_and_loaded_after_every_step_equals_in_memory(body: Block, data: DataObject) -> None:
    twins = Twins(*definitions(body)).start(**FIRST)
    for place, values in steps(twins.rested, data):
        if place in places(twins.rested):
            twins.complete_token(token_at(twins.rested, place), **values)
        else:
            twins.fire_token(waits(twins.rested)[place], place[0], **values)


@examples(40)
@given(body=processes(), data=st.data())
def test_the_order_of_keys_changes_no_byte(body: Block, data: DataObject) -> None:
    one = Case(*definitions(body)).start(**FIRST)
    other = Case(*definitions(body)).start(**_turned(FIRST))
    for place, values in steps(one, data):
        token = token_at(one, place)
        one.complete_token(token, **values)
        other.complete_token(token, **_turned(values))
        assert one.at_rest() == other.at_rest()
        assert one.events == other.events


def test_the_seed_of_hashes_changes_no_byte() -> None:
    digests = {_digest(seed) for seed in ("0", "1", "4294967295")}
    assert len(digests) == 1
    assert digests != {hashlib.sha256().hexdigest()}


def _turned(values: dict[str, object]) -> dict[str, object]:
    return dict(reversed(values.items()))


def _digest(seed: str) -> str:
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return subprocess.run(
        [sys.executable, "-c", WALK],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": path},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
