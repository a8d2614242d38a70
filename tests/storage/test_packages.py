"""Checked packages: for one person, for a while, and nothing is left of them afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from storage_kit import change_agency, registration

from engine.ids import PersonId
from storage.packages import KEPT, Packages
from storage.tables import files, uploads

if TYPE_CHECKING:
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.store import SqlStore

ANI, BUDI = PersonId("ani"), PersonId("budi")
PACKAGE = {"z.bpmn": b"\n\x00[1]\n", "a.form": b"", "b.form": "é".encode()}


@pytest.fixture(autouse=True)
def people(store: SqlStore) -> None:
    """Let there be two people."""
    store.transact(lambda t: change_agency(t, registrations=(registration("budi"),)))


def rows(database: Database) -> tuple[int, int]:
    """Count contents and who handed them in."""
    counts = [select(func.count()).select_from(table) for table in (files, uploads)]
    contents, handed_in = (database.read(lambda c, q=q: c.execute(q).scalar_one()) for q in counts)
    return contents, handed_in


def test_a_package_is_found_byte_for_byte_in_its_order_by_its_person_only(
    database: Database,
) -> None:
    packages = Packages(database)
    digest = packages.keep_package(ANI, PACKAGE)
    found = packages.find_package(ANI, digest)
    assert found == PACKAGE
    assert list(found) == list(PACKAGE)
    assert packages.find_package(BUDI, digest) is None
    assert packages.find_package(ANI, "0" * 64) is None


def test_the_same_package_of_two_people_is_one_content_that_goes_with_the_last(
    database: Database, clock: FixedClock
) -> None:
    packages = Packages(database)
    for person in (ANI, BUDI):
        packages.keep_package(person, PACKAGE)
    assert rows(database) == (1, 2)
    clock.advance(KEPT + timedelta(seconds=1))
    packages.keep_package(ANI, {"lain.bpmn": b"1"})
    assert rows(database) == (2, 2)
    packages.keep_package(BUDI, {"lain.bpmn": b"2"})
    assert rows(database) == (2, 2)


def test_a_package_sent_again_is_kept_anew(database: Database, clock: FixedClock) -> None:
    packages = Packages(database)
    digest = packages.keep_package(ANI, PACKAGE)
    clock.advance(KEPT + timedelta(seconds=1))
    assert packages.find_package(ANI, digest) is None
    assert packages.keep_package(ANI, PACKAGE) == digest
    assert packages.find_package(ANI, digest) == PACKAGE
