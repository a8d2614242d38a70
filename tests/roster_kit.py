"""A small roster for tests of the office: posts that answer to each other, persons called like their posts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.actor import Acting, Post, Role
from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId
from engine.office import Holding, OfficeChange, PersonEntry, PostEntry, Roster, UnitEntry, after
from engine.store import Registration

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def post(ident: str, *lanes: str, superior: str | None = None, unit: str = "sekretariat") -> Post:
    """Give a post whose name is made from its id."""
    return Post(
        id=PostId(ident),
        name=ident.title(),
        unit=UnitId(unit),
        lanes=frozenset(map(LaneId, lanes)),
        superior=PostId(superior) if superior else None,
    )


POSTS = (
    post("kepala", "kepala"),
    post("sekretaris", "sekretaris", superior="kepala"),
    post("staf", "petugas", superior="sekretaris"),
)


def person(ident: str, *roles: Role, closed_at: datetime | None = None) -> PersonEntry:
    """Give a person whose id is the login."""
    return PersonEntry(
        id=PersonId(ident),
        login=ident,
        name=ident.title(),
        email="",
        roles=frozenset(roles or {Role.STAFF}),
        closed_at=closed_at,
    )


def holding(
    who: str,
    ident: str,
    since: int = -30,
    until: int | None = None,
    deputy: tuple[Acting, str] | None = None,
) -> Holding:
    """Give a holding from so many days from now to so many; a deputy's by a letter."""
    return Holding(
        person=PersonId(who),
        post=PostId(ident),
        held_from=NOW + since * DAY,
        held_to=None if until is None else NOW + until * DAY,
        acting=deputy[0] if deputy else None,
        letter=deputy[1] if deputy else "",
    )


def registration(ident: str, **others: object) -> Registration:
    """Give a new person whose id is the login."""
    given = {
        "person": PersonId(ident),
        "agency": AgencyId("contoh"),
        "login": ident,
        "name": ident.title(),
        "posts": (),
        "roles": frozenset({Role.STAFF}),
        "password_hash": "-",
    }
    return Registration(**{**given, **others})


def roster(*held: Holding) -> Roster:
    """Give the roster of three posts, an administrator and a person for each post, with these holdings or the usual ones."""
    usual = tuple(holding(entry.id, entry.id) for entry in POSTS)
    return Roster(
        agency=AgencyId("contoh"),
        units={UnitId("sekretariat"): UnitEntry(id=UnitId("sekretariat"), name="Sekretariat")},
        posts={
            entry.id: PostEntry(post=entry, standing=standing)
            for standing, entry in enumerate(POSTS)
        },
        persons={
            entry.id: entry
            for entry in (
                person("admin", Role.ADMINISTRATOR),
                *(person(entry.id) for entry in POSTS),
            )
        },
        holdings=held or usual,
    )


def changed(before: Roster, *changes: OfficeChange) -> Roster:
    """Give the roster after changes, one after the other."""
    for change in changes:
        before = after(before, change)
    return before
