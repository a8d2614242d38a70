"""Who there is, as the store in memory keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Conflict, NotFound
from engine.office import Holding, PostEntry, Roster, UnitEntry
from engine.office.change import person_of

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import AgencyId
    from engine.office import PersonEntry
    from engine.store import AgencyChanges, Office, Registration
    from engine.testing.tables import Tables


def roster_of(tables: Tables, agency: AgencyId) -> Roster:
    """Give an agency's units, posts, persons and holdings."""
    persons = {id_: entry for id_, (owner, entry) in tables.persons.items() if owner == agency}
    return Roster(
        agency=agency,
        units={id_: entry for (owner, id_), entry in tables.units.items() if owner == agency},
        posts={id_: entry for (owner, id_), entry in tables.posts.items() if owner == agency},
        persons=persons,
        holdings=tuple(h for h in tables.holdings.values() if h.person in persons),
    )


def save_structure(tables: Tables, office: Office) -> None:
    """Write units and posts, or bring them up to date; what is closed stays closed."""
    agency = office.agency.id
    for unit in office.units:
        before = tables.units.get((agency, unit.id))
        closed = before.closed_at if before else None
        entry = UnitEntry(id=unit.id, name=unit.name, closed_at=closed)
        tables.units[agency, unit.id] = entry
    for standing, post in enumerate(office.posts):
        known = tables.posts.get((agency, post.id))
        closed = known.closed_at if known else None
        tables.posts[agency, post.id] = PostEntry(post=post, standing=standing, closed_at=closed)


def save_people(tables: Tables, agency: AgencyId, changes: AgencyChanges, now: datetime) -> None:
    """Write what an act did to an agency's people. Raises NotFound (`post_unknown`) and Conflict (`login_taken`)."""
    tables.units.update({(agency, unit.id): unit for unit in changes.units})
    tables.posts.update({(agency, entry.post.id): entry for entry in changes.posts})
    for registration in changes.registrations:
        _register(tables, registration, now)
    for person in changes.persons:
        _expect_free(tables, person)
        tables.persons[person.id] = (agency, person)
    tables.holdings.update({(h.person, h.post, h.held_from): h for h in changes.holdings})


def _register(tables: Tables, new: Registration, now: datetime) -> None:
    unknown = tuple(post for post in new.posts if (new.agency, post) not in tables.posts)
    if unknown:
        raise NotFound(
            f"Expected posts of the agency, but found {unknown}", code="post_unknown", posts=unknown
        )
    entry = person_of(new)
    if new.person in tables.persons:
        raise _taken(new.login)
    _expect_free(tables, entry)
    tables.persons[new.person] = (new.agency, entry)
    for post in new.posts:
        held = Holding(person=new.person, post=post, held_from=now)
        tables.holdings[new.person, post, now] = held


def _expect_free(tables: Tables, new: PersonEntry) -> None:
    others = (entry for _, entry in tables.persons.values() if entry.id != new.id)
    if any(other.login == new.login for other in others):
        raise _taken(new.login)


def _taken(login: str) -> Conflict:
    return Conflict(f"Expected a new login, but {login} is taken", code="login_taken", login=login)
