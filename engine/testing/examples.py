"""An office and its people, made in a line each."""

from __future__ import annotations

from engine.actor import Actor, Agency, Post, Role, Unit
from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId
from engine.store import Office


def example_post(name: str, *lanes: str, unit: str = "umum") -> Post:
    """Give a post (its id is its name) of a unit that stands for the lanes."""
    return Post(id=PostId(name), name=name, unit=UnitId(unit), lanes=frozenset(map(LaneId, lanes)))


def example_office(*posts: Post, agency: str = "contoh") -> Office:
    """Give an office in Jakarta's time with these posts, highest first, and their units."""
    units = dict.fromkeys(post.unit for post in posts)
    return Office(
        agency=Agency(id=AgencyId(agency), name=f"Dinas {agency}", zone="Asia/Jakarta"),
        units=tuple(Unit(id=unit, name=f"Bidang {unit}") for unit in units),
        posts=posts,
    )


def example_actor(login: str, *posts: Post, agency: str = "contoh") -> Actor:
    """Give a member of staff (id and name made from the login) who holds these posts."""
    return Actor(
        person=PersonId(login),
        login=login,
        name=login.title(),
        agency=AgencyId(agency),
        posts=posts,
        roles=frozenset({Role.STAFF}),
    )
