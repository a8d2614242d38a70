"""What a deadline costs a command: one statement where the step has mutu baku, none where it has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from calendar_kit import AGENCY, local, timed
from roster_kit import post

from engine.actor import Signature
from engine.ids import PersonId, RequestId
from engine.office import NO_PASSWORD
from engine.runtime import Runtime
from engine.store import Registration
from engine.testing import example_office
from storage.store import SqlStore

if TYPE_CHECKING:
    from engine.testing import FixedClock
    from storage.sqlite import SqliteDatabase


@pytest.fixture
def runtime(sqlite: SqliteDatabase, clock: FixedClock) -> Runtime:
    """Give the commands of an office with one clerk."""
    runtime = Runtime(SqlStore(sqlite), clock)
    clerk = post("staf", "petugas")
    runtime.set_up(example_office(clerk))
    runtime.register(
        Registration(
            person=PersonId("staf"),
            agency=AGENCY,
            login="staf",
            name="Staf",
            posts=(clerk.id,),
            roles=frozenset(),
            password_hash=NO_PASSWORD,
        ),
        by=Signature.of_system(),
    )
    clock.set(local("2026-11-23 09:00"))
    return runtime


def statements(runtime: Runtime, database: SqliteDatabase, length: str, number: int) -> int:
    """Count the statements of the second start of a case whose step has this mutu baku."""
    (found,) = runtime.deploy({"p.bpmn": timed(length)}, agency=AGENCY, by=Signature.of_system())
    actor = SqlStore(database).transact(lambda tx: tx.get_actor(PersonId("staf")))
    runtime.start(found.id, actor=actor, request=RequestId(f"pertama-{number}"))
    before = database.statements.total
    runtime.start(found.id, actor=actor, request=RequestId(f"kedua-{number}"))
    return database.statements.total - before


def test_mutu_baku_costs_one_statement(runtime: Runtime, sqlite: SqliteDatabase) -> None:
    plain = statements(runtime, sqlite, "", 1)
    assert statements(runtime, sqlite, "P3D", 2) == plain + 1
