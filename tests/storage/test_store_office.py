"""What every store promises of an office's people: entries come back as written, and an actor is who holds what now."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select
from storage_kit import (
    AGENCY,
    OFFICE,
    START,
    change_agency,
    registration,
    set_up,
    started,
    task,
)

from engine.actor import Acting, Role, Signature
from engine.clock import as_text
from engine.errors import Conflict, NotFound
from engine.ids import AgencyId, PersonId, PostId, UnitId
from engine.office import NO_PASSWORD, Holding, PersonEntry, PostEntry, Roster, UnitEntry
from engine.testing import example_office, example_post
from engine.user_task import TaskState
from storage.accounts import make_reset
from storage.sessions import Sessions
from storage.tables import known_browsers, password_resets, sessions

if TYPE_CHECKING:
    from storage_kit import Backend

    from engine.actor import Actor
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.store import SqlStore

ANI, BUDI = PersonId("ani"), PersonId("budi")
DAY = timedelta(days=1)
HEAD, STAFF = OFFICE.posts


def roster(backend: Backend, agency: str = AGENCY) -> Roster:
    return backend.store.transact(lambda t: t.get_roster(AgencyId(agency)))


def change(backend: Backend, **changes: object) -> None:
    backend.store.transact(lambda t: change_agency(t, **changes))


def actor(backend: Backend, person: PersonId) -> Actor:
    return backend.store.transact(lambda t: t.get_actor(person))


def held(person: PersonId, post: str, since: int, until: int | None = None) -> Holding:
    end = None if until is None else START + until * DAY
    return Holding(person=person, post=PostId(post), held_from=START + since * DAY, held_to=end)


def openers(database: Database) -> Counter[str]:
    """Count by person what could open an account or keep it open."""
    tables = (sessions, known_browsers, password_resets)
    found = [select(table.c.person_id) for table in tables]
    return database.read(
        lambda c: Counter(person for query in found for person in c.execute(query).scalars())
    )


def add_openers(database: Database, person: str) -> None:
    """Sign a person in, remember the browser and make a link."""
    Sessions(database).open_session(PersonId(person))
    make_reset(database, PersonId(person), Signature.of_system())
    known = {"token_hash": person.encode(), "person_id": person, "seen_at": as_text(START)}
    database.write(lambda c: c.execute(insert(known_browsers), [known]).close())


def test_an_office_is_read_back_as_a_roster(backend: Backend) -> None:
    set_up(backend.store, registration("ani", "kepala"), registration("budi"))
    found = roster(backend)
    assert found.agency == AGENCY
    assert found.units == {UnitId("umum"): UnitEntry(id=UnitId("umum"), name="Bidang umum")}
    assert found.posts == {
        post.id: PostEntry(post=post, standing=standing)
        for standing, post in enumerate(OFFICE.posts)
    }
    assert found.persons[BUDI] == PersonEntry(
        id=BUDI, login="budi", name="Budi", email="", roles=frozenset({Role.STAFF})
    )
    assert found.holdings == (held(ANI, "kepala", 0),)


def test_the_roster_of_an_agency_that_was_never_set_up_is_not_found(backend: Backend) -> None:
    with pytest.raises(NotFound):
        roster(backend, "nobody")


def test_a_roster_shows_nothing_of_another_agency(backend: Backend) -> None:
    other = example_office(example_post("kepala", "lane_kepala"), agency="lain")
    backend.store.transact(lambda t: t.save_office(other))
    set_up(backend.store)
    change(backend, registrations=(registration("budi", agency="lain"),))
    assert set(roster(backend).persons) == {ANI}
    assert set(roster(backend, "lain").persons) == {BUDI}
    assert roster(backend, "lain").holdings == ()


def test_entries_are_written_over_what_is_there(backend: Backend) -> None:
    set_up(backend.store)
    unit = UnitEntry(id=UnitId("umum"), name="Sub Bagian Umum", closed_at=START + DAY)
    new = UnitEntry(id=UnitId("baru"), name="Bidang Baru")
    moved = dataclasses.replace(STAFF, superior=HEAD.id, lanes=frozenset(), unit=UnitId("baru"))
    posts = (
        PostEntry(post=moved, standing=9),
        PostEntry(post=HEAD, standing=3, closed_at=START),
        PostEntry(post=example_post("arsip", "lane_arsip", unit="baru"), standing=4),
    )
    person = PersonEntry(
        id=ANI,
        login="anita",
        name="Anita",
        email="anita@contoh.go.id",
        roles=frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
        closed_at=START + 2 * DAY,
    )
    ended = dataclasses.replace(
        held(ANI, "kepala", 0, 5), acting=Acting.PLT, letter="800/1 “khusus”"
    )
    second = held(ANI, "staf", 7)
    change(backend, units=(unit, new), posts=posts, persons=(person,), holdings=(ended, second))
    found = roster(backend)
    assert found.units == {unit.id: unit, new.id: new}
    assert found.posts == {entry.post.id: entry for entry in posts}
    assert found.persons == {ANI: person}
    assert set(found.holdings) == {ended, second}


def test_an_office_brought_up_to_date_leaves_closed_what_is_closed(backend: Backend) -> None:
    set_up(backend.store)
    unit = UnitEntry(id=UnitId("umum"), name="Umum", closed_at=START)
    change(backend, units=(unit,), posts=(PostEntry(post=STAFF, standing=1, closed_at=START),))
    backend.store.transact(lambda t: t.save_office(OFFICE))
    found = roster(backend)
    assert found.units[unit.id] == dataclasses.replace(unit, name="Bidang umum")
    assert found.posts[STAFF.id].closed_at == START
    assert backend.store.transact(lambda t: t.list_groups(AGENCY)) == {"kepala"}


def test_a_login_is_taken_once_in_all_agencies(backend: Backend) -> None:
    other = example_office(example_post("kepala"), agency="lain")
    backend.store.transact(lambda t: t.save_office(other))
    set_up(backend.store)
    change(backend, registrations=(registration("budi", agency="lain"),))
    renamed = dataclasses.replace(roster(backend).persons[ANI], login="budi")
    with pytest.raises(Conflict) as refused:
        change(backend, persons=(renamed,))
    assert (refused.value.code, refused.value.params) == ("login_taken", {"login": "budi"})
    assert roster(backend).persons[ANI].login == "ani"


def test_an_account_without_a_password_says_so(backend: Backend) -> None:
    new = dataclasses.replace(
        registration("budi"), password_hash=NO_PASSWORD, email="budi@contoh.go.id"
    )
    set_up(backend.store, registration("ani"), new)
    found = roster(backend).persons
    assert [found[who].has_password for who in (ANI, BUDI)] == [True, False]
    assert found[BUDI].email == "budi@contoh.go.id"


def test_an_actor_is_the_same_by_the_roster_and_by_the_store(
    backend: Backend, clock: FixedClock
) -> None:
    staff = dataclasses.replace(STAFF, superior=HEAD.id)
    arsip = dataclasses.replace(example_post("arsip", "lane_arsip"), superior=STAFF.id)
    closed = dataclasses.replace(example_post("lama", "lane_lama"), superior=HEAD.id)
    set_up(backend.store, registration("ani"), registration("budi", "staf"))
    deputy = dataclasses.replace(held(BUDI, "kepala", 1, 3), acting=Acting.PLH, letter="094/1")
    change(
        backend,
        posts=(
            PostEntry(post=staff, standing=1),
            PostEntry(post=arsip, standing=2),
            PostEntry(post=closed, standing=0, closed_at=START),
        ),
        holdings=(held(ANI, "kepala", -1, 1), held(ANI, "lama", -1), deputy),
    )
    led = []
    for moment in (START, START + DAY, START + 2 * DAY, START + 3 * DAY):
        clock.set(moment)
        for who in (ANI, BUDI):
            found = actor(backend, who)
            assert found == roster(backend).find_actor(who, moment)
            led.append(([p.title for p in found.posts], [p.id for p in found.led]))
    own, both = (["staf"], ["arsip"]), (["staf", "Plh. kepala"], ["arsip"])
    assert led == [
        (["kepala"], ["staf", "arsip"]),
        own,
        ([], []),
        both,
        ([], []),
        both,
        ([], []),
        own,
    ]


def test_a_closed_account_is_nobody_but_its_login_is_known(backend: Backend) -> None:
    set_up(backend.store)
    closed = dataclasses.replace(roster(backend).persons[ANI], closed_at=START)
    change(backend, persons=(closed,))
    with pytest.raises(NotFound):
        actor(backend, ANI)
    assert backend.store.transact(lambda t: t.find_person(AGENCY, "ani")) is None
    assert backend.store.transact(lambda t: t.knows_login(AGENCY, "ani"))
    assert not backend.store.transact(lambda t: t.knows_login(AGENCY, "budi"))
    assert not backend.store.transact(lambda t: t.knows_login(AgencyId("lain"), "ani"))


def test_the_tasks_that_a_person_holds_are_listed_with_what_narrows_them(backend: Backend) -> None:
    set_up(backend.store, registration("ani", "kepala"), registration("budi"))
    mine = {"state": TaskState.CLAIMED, "holder": ANI}
    tasks = (
        task(1, **mine, candidate_groups=("kepala",)),
        task(2),
        task(3, state=TaskState.CLAIMED, holder=BUDI),
        task(4, **mine),
        task(5, state=TaskState.COMPLETED, holder=ANI),
    )
    backend.store.transact(lambda t: t.save(started(*tasks)))
    found = backend.store.transact(lambda t: t.list_held_tasks(ANI))
    expected = [dataclasses.replace(tasks[n], holder_name="Ani") for n in (0, 3)]
    assert list(found) == expected
    assert backend.store.transact(lambda t: t.list_held_tasks(PersonId("siapa"))) == ()


def test_a_closed_account_loses_its_sessions_links_and_browsers(
    database: Database, store: SqlStore
) -> None:
    store.transact(lambda t: change_agency(t, registrations=(registration("budi"),)))
    for person in ("ani", "budi"):
        add_openers(database, person)
    assert openers(database) == {"ani": 3, "budi": 3}
    entry = store.transact(lambda t: t.get_roster(AGENCY)).persons[ANI]
    store.transact(lambda t: change_agency(t, persons=(entry,)))
    assert openers(database) == {"ani": 3, "budi": 3}
    closed = dataclasses.replace(entry, closed_at=START)
    store.transact(lambda t: change_agency(t, persons=(closed,)))
    assert openers(database) == {"budi": 3}
