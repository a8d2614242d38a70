"""Who there is: agencies with their units and posts, persons with the posts they hold at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, or_, select, union_all

from engine.actor import Acting, Actor, Agency, Post, Role
from engine.clock import as_text
from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId
from storage.tables import agencies, holdings, persons, post_lanes, posts, units

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from storage.database import Database

_OPEN = select(
    persons.c.id, persons.c.agency_id, persons.c.login, persons.c.name, persons.c.roles
).where(persons.c.closed_at.is_(None))
_BY_ID = _OPEN.where(persons.c.id == bindparam("person"))
_BY_LOGIN = _OPEN.where(
    persons.c.agency_id == bindparam("agency"), persons.c.login == bindparam("login")
)
_CREDENTIALS = select(persons.c.id, persons.c.agency_id, persons.c.password_hash).where(
    persons.c.closed_at.is_(None), persons.c.login == bindparam("login")
)
_HELD = (
    select(
        posts.c.id,
        posts.c.name,
        posts.c.unit_id,
        posts.c.superior_id,
        holdings.c.acting,
        holdings.c.letter,
        post_lanes.c.lane_id,
    )
    .select_from(holdings)
    .join(posts, and_(posts.c.agency_id == holdings.c.agency_id, posts.c.id == holdings.c.post_id))
    .outerjoin(
        post_lanes,
        and_(post_lanes.c.agency_id == posts.c.agency_id, post_lanes.c.post_id == posts.c.id),
    )
    .where(
        holdings.c.person_id == bindparam("person"),
        holdings.c.held_from <= bindparam("now"),
        or_(holdings.c.held_to.is_(None), holdings.c.held_to > bindparam("now")),
        posts.c.closed_at.is_(None),
    )
    .order_by(holdings.c.acting != "", posts.c.standing, posts.c.id, holdings.c.held_from)
)
_LED_BY = (
    select(posts.c.id)
    .where(
        posts.c.agency_id == bindparam("agency"),
        posts.c.superior_id.in_(bindparam("held", expanding=True)),
        posts.c.closed_at.is_(None),
    )
    .cte("led", recursive=True)
)
_LED_IDS = _LED_BY.union(
    select(posts.c.id).where(
        posts.c.agency_id == bindparam("agency"),
        posts.c.superior_id == _LED_BY.c.id,
        posts.c.closed_at.is_(None),
    )
)
_LED = (
    select(posts.c.id, posts.c.name, posts.c.unit_id, posts.c.superior_id, post_lanes.c.lane_id)
    .outerjoin(
        post_lanes,
        and_(post_lanes.c.agency_id == posts.c.agency_id, post_lanes.c.post_id == posts.c.id),
    )
    .where(posts.c.agency_id == bindparam("agency"), posts.c.id.in_(select(_LED_IDS.c.id)))
    .order_by(posts.c.standing, posts.c.id)
)
_AGENCY = select(agencies.c.id, agencies.c.name, agencies.c.zone).where(
    agencies.c.id == bindparam("agency")
)
_GROUPS = union_all(
    select(posts.c.id).where(posts.c.agency_id == bindparam("agency"), posts.c.closed_at.is_(None)),
    select(units.c.id).where(units.c.agency_id == bindparam("agency"), units.c.closed_at.is_(None)),
)
_KNOWN = select(persons.c.id).where(
    persons.c.agency_id == bindparam("agency"), persons.c.login == bindparam("login")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a sign-in is checked against: the Argon2 hash of the password of an open account."""

    person: PersonId
    agency: AgencyId
    password_hash: str


class Directory:
    """Looks people up at the clock's now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_credentials(self, login: str) -> Credentials | None:
        """Give what the sign-in with a login is checked against, if there is an open account."""
        return self._database.read(lambda connection: find_credentials(connection, login))

    def find_actor(self, person: PersonId) -> Actor | None:
        """Give a person with the posts held now, if the account is open."""
        now = self._database.clock.now()
        return self._database.read(lambda connection: find_actor(connection, person, now))


def find_credentials(connection: Connection, login: str) -> Credentials | None:
    """Give what the sign-in with a login is checked against, if there is an open account."""
    if "\0" in login:  # which PostgreSQL refuses to compare with
        return None
    row = connection.execute(_CREDENTIALS, {"login": login}).mappings().first()
    if row is None:
        return None
    return Credentials(
        person=PersonId(row["id"]),
        agency=AgencyId(row["agency_id"]),
        password_hash=row["password_hash"],
    )


def find_actor(connection: Connection, person: PersonId, now: datetime) -> Actor | None:
    """Give a person with the posts held at a moment, if the account is open."""
    row = connection.execute(_BY_ID, {"person": person}).mappings().first()
    return None if row is None else _actor(connection, row, now)


def find_person(
    connection: Connection, agency: AgencyId, login: str, now: datetime
) -> Actor | None:
    """Give the person of an agency with this login and the posts held at a moment, if the account is open."""
    row = connection.execute(_BY_LOGIN, {"agency": agency, "login": login}).mappings().first()
    return None if row is None else _actor(connection, row, now)


def find_agency(connection: Connection, agency: AgencyId) -> Agency | None:
    """Give an agency."""
    row = connection.execute(_AGENCY, {"agency": agency}).mappings().first()
    return None if row is None else Agency(id=agency, name=row["name"], zone=row["zone"])


def knows_login(connection: Connection, agency: AgencyId, login: str) -> bool:
    """Tell whether the agency has an account with this login, open or closed."""
    return connection.execute(_KNOWN, {"agency": agency, "login": login}).first() is not None


def list_groups(connection: Connection, agency: AgencyId) -> frozenset[str]:
    """Give the ids of an agency's open posts and units."""
    return frozenset(connection.execute(_GROUPS, {"agency": agency}).scalars())


def _actor(connection: Connection, row: RowMapping, now: datetime) -> Actor:
    held = _posts(connection.execute(_HELD, {"person": row["id"], "now": as_text(now)}).mappings())
    return Actor(
        person=PersonId(row["id"]),
        login=row["login"],
        name=row["name"],
        agency=AgencyId(row["agency_id"]),
        posts=held,
        roles=frozenset(Role(word) for word in row["roles"].split()),
        led=_posts_led(connection, row["agency_id"], held),
    )


def _posts_led(connection: Connection, agency: str, held: tuple[Post, ...]) -> tuple[Post, ...]:
    if not held:
        return ()
    own = {post.id for post in held}
    led = _posts(connection.execute(_LED, {"agency": agency, "held": sorted(own)}).mappings())
    return tuple(post for post in led if post.id not in own)


def _posts(rows: Iterable[RowMapping]) -> tuple[Post, ...]:
    """Read posts from rows of one lane each; of a post held in two ways the first counts."""
    found: dict[str, RowMapping] = {}
    lanes: dict[str, set[LaneId]] = {}
    for row in rows:
        found.setdefault(row["id"], row)
        lanes.setdefault(row["id"], set()).update(
            {LaneId(row["lane_id"])} if row["lane_id"] else ()
        )
    return tuple(_post(row, frozenset(lanes[row["id"]])) for row in found.values())


def _post(row: RowMapping, lanes: frozenset[LaneId]) -> Post:
    return Post(
        id=PostId(row["id"]),
        name=row["name"],
        unit=UnitId(row["unit_id"]),
        lanes=lanes,
        superior=PostId(row["superior_id"]) if row["superior_id"] else None,
        acting=Acting(row["acting"]) if row.get("acting") else None,
        letter=row.get("letter", ""),
    )
