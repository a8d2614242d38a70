"""Who is signed in: sessions kept on the server, known to the browser by a random token (findings/trust.md 6.9).

Only the SHA-256 of a token is kept, so a copy of the database opens no session. Signing in, out and in vain is written into
the agency's chain in the same transaction.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, or_, select, update

from engine.actor import Signature
from engine.clock import as_text, from_text
from engine.errors import NotFound
from engine.history import SignedIn, SignedOut, SignInRefused
from engine.ids import PersonId
from storage.agency_acts import note_act
from storage.directory import find_actor, find_credentials
from storage.tables import sessions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from engine.actor import Actor
    from storage.database import Database

IDLE = timedelta(hours=8)
"""A session ends when it was not used for so long."""

ABSOLUTE = timedelta(hours=24)
"""A session ends so long after the sign-in, used or not."""

TOUCHED_EVERY = timedelta(minutes=1)
"""Use is noted no more often than this: most pages must not write."""

TOKEN_BYTES = 32

_FIND = select(
    sessions.c.person_id, sessions.c.csrf, sessions.c.seen_at, sessions.c.expires_at
).where(sessions.c.token_hash == bindparam("token_hash"))
_TOUCH = update(sessions).where(sessions.c.token_hash == bindparam("old_hash"))
_CLOSE = delete(sessions).where(sessions.c.token_hash == bindparam("token_hash"))
_CLEAR = delete(sessions).where(
    or_(sessions.c.expires_at <= bindparam("now"), sessions.c.seen_at <= bindparam("idle_since"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person who is signed in, with the posts held now, and the token that unsafe requests must repeat."""

    actor: Actor
    csrf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSession:
    """A new session; `token` is told this once, for the cookie."""

    token: str
    session: Session


class Sessions:
    """Opens, finds and closes sessions."""

    def __init__(
        self, database: Database, *, idle: timedelta = IDLE, absolute: timedelta = ABSOLUTE
    ) -> None:
        self._database = database
        self._idle = idle
        self._absolute = absolute

    def open_session(self, person: PersonId) -> OpenedSession:
        """Sign a person in and forget sessions that have ended. Raises NotFound for an unknown or closed account."""
        token, csrf = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
        now = self._database.clock.now()

        def work(connection: Connection) -> Actor:
            actor = find_actor(connection, person, now)
            if actor is None:
                raise NotFound(
                    f"Expected person {person!r}, but there is none",
                    code="not_found",
                    what="person",
                )
            ended = {"now": as_text(now), "idle_since": as_text(now - self._idle)}
            connection.execute(_CLEAR, ended)
            connection.execute(insert(sessions), [self._row(token, csrf, person, now)])
            note_act(
                connection, self._database.clock, actor.agency, SignedIn(), Signature.of(actor)
            )
            return actor

        actor = self._database.write(work)
        return OpenedSession(token=token, session=Session(actor=actor, csrf=csrf))

    def find_session(self, token: str) -> Session | None:
        """Give the session of a token, unless it has ended or the account was closed; its use is noted."""
        now = self._database.clock.now()
        token_hash = _hash(token)

        def work(connection: Connection) -> tuple[RowMapping, Actor] | None:
            row = connection.execute(_FIND, {"token_hash": token_hash}).mappings().first()
            if row is None or not self._lasts(row, now):
                return None
            actor = find_actor(connection, PersonId(row["person_id"]), now)
            return None if actor is None else (row, actor)

        found = self._database.read(work)
        if found is None:
            return None
        row, actor = found
        if now - from_text(row["seen_at"]) >= TOUCHED_EVERY:
            seen = {"old_hash": token_hash, "seen_at": as_text(now)}
            self._database.write(lambda connection: connection.execute(_TOUCH, seen))
        return Session(actor=actor, csrf=row["csrf"])

    def close_session(self, token: str) -> None:
        """Sign out; a token without a session is no error."""
        now = self._database.clock.now()
        this = {"token_hash": _hash(token)}

        def work(connection: Connection) -> None:
            row = connection.execute(_FIND, this).mappings().first()
            connection.execute(_CLOSE, this)
            actor = row and find_actor(connection, PersonId(row["person_id"]), now)
            if actor:
                note_act(
                    connection, self._database.clock, actor.agency, SignedOut(), Signature.of(actor)
                )

        self._database.write(work)

    def refuse_sign_in(self, login: str) -> None:
        """Note a sign-in that was refused; one with an unknown login leaves no trace here."""

        def work(connection: Connection) -> None:
            known = find_credentials(connection, login)
            if known is not None:
                # who it was is not known, so the person whose login it is does not sign
                refused = SignInRefused(login=login)
                note_act(
                    connection, self._database.clock, known.agency, refused, Signature.of_system()
                )

        self._database.write(work)

    def _lasts(self, row: RowMapping, now: datetime) -> bool:
        is_used = now - from_text(row["seen_at"]) < self._idle
        return is_used and now < from_text(row["expires_at"])

    def _row(self, token: str, csrf: str, person: PersonId, now: datetime) -> dict[str, object]:
        return {
            "token_hash": _hash(token),
            "person_id": person,
            "csrf": csrf,
            "opened_at": as_text(now),
            "seen_at": as_text(now),
            "expires_at": as_text(now + self._absolute),
        }


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
