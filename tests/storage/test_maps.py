"""Maps of processes that are only drawn, on every store, and the list of those that still are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from inbox_kit import plan_of, told
from timer_kit import AGENCY, TimedOffice

from engine.actor import Signature
from engine.ids import AgencyId
from engine.runtime import Runtime
from engine.testing import predictable_ids
from storage.maps import find_kept_map, find_map
from storage.queries.maps import list_maps

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from storage_kit import Workplace

    from engine.deployment import Prepared
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.store import SqlStore

STEP = "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai"
RUNNING = drawn(STEP)
MAP = RUNNING.replace(b'isExecutable="true"', b"")


@pytest.fixture
def office(backend: Workplace, clock: FixedClock) -> TimedOffice:
    """Give an office on each store in turn."""
    return TimedOffice(backend, clock)


def put(office: TimedOffice, source: bytes) -> Prepared:
    by = Signature.of_system()
    return office.runtime.put_in_force({"p.bpmn": source}, agency=AGENCY, by=by)


def test_the_newest_map_of_a_process_is_found_as_it_was_kept(office: TimedOffice) -> None:
    put(office, MAP)
    (second,) = put(office, MAP + b"\n").maps
    assert second.version == 2
    assert office.store.transact(lambda tx: tx.find_map(AGENCY, "p")) == second
    assert office.store.transact(lambda tx: tx.find_map(AgencyId("lain"), "p")) is None


def test_a_map_is_listed_until_its_process_is_put_in_force(
    store: SqlStore, database: Database, clock: FixedClock
) -> None:
    runtime = Runtime(store, clock, predictable_ids(clock))

    def listed(source: bytes) -> list[tuple[str, int]]:
        clock.advance(timedelta(minutes=1))
        runtime.put_in_force({"p.bpmn": source}, agency=AGENCY, by=Signature.of_system())
        return [(line.key, line.version) for line in database.read(lambda c: list_maps(c, AGENCY))]

    assert listed(MAP) == [("p", 1)]
    assert listed(MAP + b"\n") == [("p", 2)]
    assert listed(RUNNING) == []
    assert listed(MAP) == [("p", 3)]
    assert database.read(lambda c: list_maps(c, AgencyId("lain"))) == ()


def test_maps_are_found_by_the_index_of_their_versions(database: Database) -> None:
    def plan(connection: Connection) -> str:
        ((sql, values),) = told(connection, lambda: find_map(connection, AGENCY, "p"))
        return plan_of(connection, sql, values)

    found = database.read(plan)
    assert "uq_maps" in found or "sqlite_autoindex_maps" in found  # SQLite names them itself
    assert "SCAN maps" not in found


def test_a_map_is_shown_to_its_own_agency_only(
    store: SqlStore, database: Database, clock: FixedClock
) -> None:
    runtime = Runtime(store, clock, predictable_ids(clock))
    by = Signature.of_system()
    (kept,) = runtime.put_in_force({"p.bpmn": MAP}, agency=AGENCY, by=by).maps
    assert database.read(lambda c: find_kept_map(c, AGENCY, kept.id)) == kept
    assert database.read(lambda c: find_kept_map(c, AgencyId("lain"), kept.id)) is None
