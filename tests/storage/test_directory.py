"""People at a moment: which posts they hold, and whether their account is open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from storage_kit import AGENCY, START, change_agency, registration

from engine.clock import as_text
from engine.ids import PersonId
from storage.directory import Credentials, Directory
from storage.tables import holdings, persons

if TYPE_CHECKING:
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.store import SqlStore

ANI = PersonId("ani")


def posts_of_ani(database: Database) -> list[str]:
    actor = Directory(database).find_actor(ANI)
    assert actor is not None
    return [post.id for post in actor.posts]


def test_a_post_is_held_from_its_beginning_to_before_its_end(
    database: Database, store: SqlStore, clock: FixedClock
) -> None:
    end = START + timedelta(days=1)
    ending = update(holdings).values(held_to=as_text(end))
    database.write(lambda c: c.execute(ending).close())
    held = []
    microsecond = timedelta(microseconds=1)
    for moment in (START - microsecond, START, end - microsecond, end):
        clock.set(moment)
        held.append(posts_of_ani(database))
        assert [p.id for p in store.transact(lambda t: t.get_actor(ANI)).posts] == held[-1]
    assert held == [[], ["kepala"], ["kepala"], []]


def test_credentials_are_found_by_login(database: Database, store: SqlStore) -> None:
    store.transact(lambda t: change_agency(t, registrations=(registration("budi"),)))
    found = Directory(database).find_credentials("budi")
    budi = registration("budi")
    assert found == Credentials(person=budi.person, agency=AGENCY, password_hash=budi.password_hash)
    assert Directory(database).find_credentials("BUDI") is None
    assert Directory(database).find_credentials("budi\0") is None
    assert Directory(database).find_credentials("") is None


def test_a_closed_account_is_nobodys(database: Database, store: SqlStore) -> None:
    closing = update(persons).values(closed_at=as_text(START))
    database.write(lambda c: c.execute(closing).close())
    assert Directory(database).find_credentials("ani") is None
    assert Directory(database).find_actor(ANI) is None
    assert store.transact(lambda t: t.find_person(AGENCY, "ani")) is None
