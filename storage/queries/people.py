"""Who there is: agencies, and persons with the posts they hold now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from engine.actor import Acting, Agency, title_of
from engine.clock import as_text
from engine.ids import AgencyId, PersonId
from storage.tables import agencies, holdings, persons, posts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person with an open account; `posts` by standing and as signed with (`Plh. Sekretaris`), `roles` as words."""

    person: PersonId
    agency: AgencyId
    login: str
    name: str
    roles: tuple[str, ...]
    posts: tuple[str, ...]


def list_agencies(connection: Connection) -> tuple[Agency, ...]:
    """Give the agencies of this installation, by id."""
    query = select(agencies.c.id, agencies.c.name, agencies.c.zone).order_by(agencies.c.id)
    return tuple(
        Agency(id=AgencyId(row["id"]), name=row["name"], zone=row["zone"])
        for row in connection.execute(query).mappings()
    )


def list_persons(connection: Connection, now: datetime) -> tuple[PersonLine, ...]:
    """Give the persons with open accounts and the posts they hold now: by agency, highest post first, then login."""
    held = and_(
        holdings.c.person_id == persons.c.id,
        holdings.c.held_from <= as_text(now),
        or_(holdings.c.held_to.is_(None), holdings.c.held_to > as_text(now)),
    )
    post = and_(
        posts.c.agency_id == holdings.c.agency_id,
        posts.c.id == holdings.c.post_id,
        posts.c.closed_at.is_(None),
    )
    query = (
        select(
            persons.c.id,
            persons.c.agency_id,
            persons.c.login,
            persons.c.name,
            persons.c.roles,
            posts.c.name.label("post"),
            holdings.c.acting,
        )
        .outerjoin(holdings, held)
        .outerjoin(posts, post)
        .where(persons.c.closed_at.is_(None))
        .order_by(persons.c.agency_id, func.coalesce(posts.c.standing, 1_000_000), persons.c.login)
    )
    lines: dict[str, PersonLine] = {}
    for row in connection.execute(query).mappings():
        before = lines[row["id"]].posts if row["id"] in lines else ()
        lines[row["id"]] = PersonLine(
            person=PersonId(row["id"]),
            agency=AgencyId(row["agency_id"]),
            login=row["login"],
            name=row["name"],
            roles=tuple(row["roles"].split()),
            posts=(*before, _title(row)) if row["post"] else before,
        )
    return tuple(lines.values())


def _title(row: RowMapping) -> str:
    return title_of(row["post"], Acting(row["acting"]) if row["acting"] else None)
