"""Writing down who there is: an agency with its units and posts, and persons with accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.chain import GENESIS, Head, agency_chain
from engine.clock import as_text
from engine.errors import Conflict, NotFound
from engine.ids import AgencyId
from storage.errors import Raced
from storage.roster import put, save_post, updated
from storage.tables import agencies, holdings, persons, posts, units

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from engine.ids import ChainId
    from engine.store import Office, Registration

_POST_IDS = select(posts.c.id).where(posts.c.agency_id == bindparam("agency"))

_HEAD = (
    select(agencies.c.head_seq, agencies.c.head_hash)
    .where(agencies.c.id == bindparam("agency"))
    .with_for_update(key_share=True)
)
_MOVE_HEAD = update(agencies).where(
    agencies.c.id == bindparam("old_id"), agencies.c.head_seq == bindparam("old_seq")
)


def find_head(connection: Connection, agency: AgencyId) -> Head | None:
    """Give the head of an agency's own chain, locked."""
    row = connection.execute(_HEAD, {"agency": agency}).mappings().first()
    if row is None:
        return None
    return Head(chain=agency_chain(agency), seq=row["head_seq"], hash=row["head_hash"])


def agency_of(chain: ChainId) -> AgencyId:
    """Give the agency whose own chain it is."""
    return AgencyId(chain.removeprefix(agency_chain(AgencyId(""))))


def move_head(connection: Connection, head: Head, by: int) -> None:
    """Write the head of an agency's chain that has grown by some records. Raises Raced (`agency_changed`)."""
    agency = agency_of(head.chain)
    old = {"old_id": agency, "old_seq": head.seq - by}
    moved = connection.execute(_MOVE_HEAD, {**old, "head_seq": head.seq, "head_hash": head.hash})
    if moved.rowcount != 1:
        raise Raced(
            f"Expected the chain of {agency} to end at {head.seq - by}, but it does not",
            code="agency_changed",
            id=agency,
        )


def save_office(connection: Connection, office: Office) -> None:
    """Write an agency with its units and posts, or bring them up to date; a post's lanes become exactly those given."""
    agency = office.agency
    names = {"name": agency.name, "zone": agency.zone}
    if not updated(connection, agencies, {"id": agency.id}, names):
        empty_chain = {"head_seq": 0, "head_hash": GENESIS}
        connection.execute(insert(agencies), [{"id": agency.id, **names, **empty_chain}])
    for unit in office.units:
        put(connection, units, {"agency_id": agency.id, "id": unit.id}, {"name": unit.name})
    for standing, post in enumerate(office.posts):
        save_post(connection, agency.id, post, standing, {})


def register(connection: Connection, new: Registration, now: datetime) -> None:
    """Write a person with an account who holds the posts from now on.

    Raises NotFound (`post_unknown`) and Conflict (`login_taken`).
    """
    known = set(connection.execute(_POST_IDS, {"agency": new.agency}).scalars())
    if unknown := tuple(post for post in new.posts if post not in known):
        raise NotFound(
            f"Expected posts of the agency, but found {unknown}", code="post_unknown", posts=unknown
        )
    try:
        connection.execute(insert(persons), [_row(new)])
    except IntegrityError as error:
        raise Conflict(
            f"Expected a new login, but {new.login} is taken", code="login_taken", login=new.login
        ) from error
    held = [
        {
            "person_id": new.person,
            "agency_id": new.agency,
            "post_id": post,
            "held_from": as_text(now),
        }
        for post in new.posts
    ]
    if held:
        connection.execute(insert(holdings), held)


def _row(new: Registration) -> dict[str, object]:
    return {
        "id": new.person,
        "agency_id": new.agency,
        "login": new.login,
        "name": new.name,
        "roles": " ".join(sorted(new.roles)),
        "password_hash": new.password_hash,
        "email": new.email,
    }
