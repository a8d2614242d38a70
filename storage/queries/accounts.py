"""One's own account: how notices come, and where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from engine.clock import as_text, from_text
from engine.notice import MailChoice
from storage.tables import persons, sessions

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import Connection

    from engine.ids import PersonId

_SESSIONS = (
    select(
        sessions.c.token_hash,
        sessions.c.opened_at,
        sessions.c.seen_at,
        sessions.c.address,
        sessions.c.agent,
    )
    .where(
        sessions.c.person_id == bindparam("person"),
        sessions.c.expires_at > bindparam("now"),
        sessions.c.seen_at > bindparam("idle_since"),
    )
    .order_by(sessions.c.seen_at.desc(), sessions.c.token_hash)
)
_ACCOUNT = select(persons.c.email, persons.c.mail).where(persons.c.id == bindparam("person"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A place where a person is signed in; `token_hash` is what ends it."""

    token_hash: bytes
    opened_at: datetime
    seen_at: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """How a person's notices come by mail, and to which address (empty: none)."""

    email: str
    mail: MailChoice


def list_sessions(
    connection: Connection, person: PersonId, now: datetime, idle: timedelta
) -> tuple[SessionLine, ...]:
    """Give where a person is signed in at a moment, the one used last first; `idle` is how long a session lasts unused."""
    asked = {"person": person, "now": as_text(now), "idle_since": as_text(now - idle)}
    return tuple(
        SessionLine(
            token_hash=row["token_hash"],
            opened_at=from_text(row["opened_at"]),
            seen_at=from_text(row["seen_at"]),
            address=row["address"],
            agent=row["agent"],
        )
        for row in connection.execute(_SESSIONS, asked).mappings()
    )


def find_mail(connection: Connection, person: PersonId) -> MailLine | None:
    """Give how a person's notices come by mail."""
    row = connection.execute(_ACCOUNT, {"person": person}).mappings().first()
    return None if row is None else MailLine(email=row["email"], mail=MailChoice(row["mail"]))
