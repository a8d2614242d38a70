"""An agency's roster as rows: read whole (it has some hundred rows), written entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.actor import Acting, Post, Role
from engine.clock import as_text, from_text
from engine.errors import Conflict
from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId
from engine.office import NO_PASSWORD, Holding, PersonEntry, PostEntry, Roster, UnitEntry
from storage.rows import moment_or_none, text_or_none
from storage.tables import (
    holdings,
    known_browsers,
    password_resets,
    persons,
    post_lanes,
    posts,
    sessions,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, RowMapping

    from engine.store import AgencyChanges

_UNITS = select(units.c.id, units.c.name, units.c.closed_at).where(
    units.c.agency_id == bindparam("agency")
)
_POSTS = select(
    posts.c.id,
    posts.c.name,
    posts.c.unit_id,
    posts.c.standing,
    posts.c.superior_id,
    posts.c.closed_at,
).where(posts.c.agency_id == bindparam("agency"))
_LANES = select(post_lanes.c.post_id, post_lanes.c.lane_id).where(
    post_lanes.c.agency_id == bindparam("agency")
)
_PERSONS = select(
    persons.c.id,
    persons.c.login,
    persons.c.name,
    persons.c.email,
    persons.c.roles,
    (persons.c.password_hash != NO_PASSWORD).label("has_password"),
    persons.c.closed_at,
).where(persons.c.agency_id == bindparam("agency"))
_HOLDINGS = select(
    holdings.c.person_id,
    holdings.c.post_id,
    holdings.c.held_from,
    holdings.c.held_to,
    holdings.c.acting,
    holdings.c.letter,
).where(holdings.c.agency_id == bindparam("agency"))
_CHANGE_PERSON = update(persons).where(persons.c.id == bindparam("old_id"))
_OPENERS = (sessions, known_browsers, password_resets)
"""What could open an account, or keep it open."""


def read_roster(connection: Connection, agency: AgencyId) -> Roster:
    """Give an agency's units, posts, persons and holdings; of an unknown agency an empty one."""
    of_agency = {"agency": agency}
    lanes: dict[str, set[LaneId]] = {}
    for row in connection.execute(_LANES, of_agency).mappings():
        lanes.setdefault(row["post_id"], set()).add(LaneId(row["lane_id"]))
    found_units = map(_unit, connection.execute(_UNITS, of_agency).mappings())
    found_posts = [
        _post(row, frozenset(lanes.get(row["id"], ())))
        for row in connection.execute(_POSTS, of_agency).mappings()
    ]
    found_persons = map(_person, connection.execute(_PERSONS, of_agency).mappings())
    found_holdings = map(_holding, connection.execute(_HOLDINGS, of_agency).mappings())
    return Roster(
        agency=agency,
        units={unit.id: unit for unit in found_units},
        posts={entry.post.id: entry for entry in found_posts},
        persons={person.id: person for person in found_persons},
        holdings=tuple(found_holdings),
    )


def save_entries(connection: Connection, agency: AgencyId, changes: AgencyChanges) -> None:
    """Write the units, posts, persons and holdings of an act. Raises Conflict (`login_taken`)."""
    for unit in changes.units:
        closed = {"closed_at": text_or_none(unit.closed_at)}
        put(connection, units, {"agency_id": agency, "id": unit.id}, {"name": unit.name, **closed})
    for entry in changes.posts:
        closed = {"closed_at": text_or_none(entry.closed_at)}
        save_post(connection, agency, entry.post, entry.standing, closed)
    for person in changes.persons:
        _save_person(connection, person)
    for holding in changes.holdings:
        _save_holding(connection, agency, holding)


def save_post(
    connection: Connection,
    agency: AgencyId,
    post: Post,
    standing: int,
    others: Mapping[str, object],
) -> None:
    """Write a post, over what is there; its lanes become exactly those given."""
    content = {
        "name": post.name,
        "unit_id": post.unit,
        "standing": standing,
        "superior_id": post.superior,
        **others,
    }
    put(connection, posts, {"agency_id": agency, "id": post.id}, content)
    connection.execute(
        delete(post_lanes).where(post_lanes.c.agency_id == agency, post_lanes.c.post_id == post.id)
    )
    lanes = [
        {"agency_id": agency, "post_id": post.id, "lane_id": lane} for lane in sorted(post.lanes)
    ]
    if lanes:
        connection.execute(insert(post_lanes), lanes)


def put(
    connection: Connection, table: Table, key: Mapping[str, object], content: Mapping[str, object]
) -> None:
    """Write a row under its key, over what is there."""
    if not updated(connection, table, key, content):
        connection.execute(insert(table), [{**key, **content}])


def updated(
    connection: Connection, table: Table, key: Mapping[str, object], content: Mapping[str, object]
) -> bool:
    """Write a row over the one of its key, and tell whether there was one."""
    where = [table.c[name] == value for name, value in key.items()]
    return connection.execute(update(table).where(*where).values(content)).rowcount == 1


def _save_person(connection: Connection, person: PersonEntry) -> None:
    content = {
        "login": person.login,
        "name": person.name,
        "email": person.email,
        "roles": " ".join(sorted(person.roles)),
        "closed_at": text_or_none(person.closed_at),
    }
    try:
        connection.execute(_CHANGE_PERSON.values(content), {"old_id": person.id})
    except IntegrityError as error:
        raise Conflict(
            f"Expected a new login, but {person.login} is taken",
            code="login_taken",
            login=person.login,
        ) from error
    if person.closed_at is not None:
        for table in _OPENERS:
            connection.execute(delete(table).where(table.c.person_id == person.id))


def _save_holding(connection: Connection, agency: AgencyId, holding: Holding) -> None:
    key = {
        "person_id": holding.person,
        "agency_id": agency,
        "post_id": holding.post,
        "held_from": as_text(holding.held_from),
    }
    content = {
        "held_to": text_or_none(holding.held_to),
        "acting": holding.acting or "",
        "letter": holding.letter,
    }
    put(connection, holdings, key, content)


def _unit(row: RowMapping) -> UnitEntry:
    return UnitEntry(
        id=UnitId(row["id"]), name=row["name"], closed_at=moment_or_none(row["closed_at"])
    )


def _post(row: RowMapping, lanes: frozenset[LaneId]) -> PostEntry:
    post = Post(
        id=PostId(row["id"]),
        name=row["name"],
        unit=UnitId(row["unit_id"]),
        lanes=lanes,
        superior=PostId(row["superior_id"]) if row["superior_id"] else None,
    )
    return PostEntry(
        post=post, standing=row["standing"], closed_at=moment_or_none(row["closed_at"])
    )


def _person(row: RowMapping) -> PersonEntry:
    return PersonEntry(
        id=PersonId(row["id"]),
        login=row["login"],
        name=row["name"],
        email=row["email"],
        roles=frozenset(Role(word) for word in row["roles"].split()),
        has_password=bool(row["has_password"]),
        closed_at=moment_or_none(row["closed_at"]),
    )


def _holding(row: RowMapping) -> Holding:
    return Holding(
        person=PersonId(row["person_id"]),
        post=PostId(row["post_id"]),
        held_from=from_text(row["held_from"]),
        held_to=moment_or_none(row["held_to"]),
        acting=Acting(row["acting"]) if row["acting"] else None,
        letter=row["letter"],
    )
