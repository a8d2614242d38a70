"""Who is signed in: sessions kept on the server, known to the browser by a random token (findings/trust.md 6.9).

Only the SHA-256 of a token is kept, so a copy of the database opens no session; it is also the id by which a session is ended
from another one. Signing in, out and in vain is written into the agency's chain in the same transaction.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, or_, select, update

from engine.actor import Signature
from engine.clock import as_text, from_text
from engine.errors import NotFound
from engine.history import SessionsEnded, SignedIn, SignedOut, SignInRefused
from engine.ids import PersonId
from storage.agency_acts import note_act
from storage.directory import find_actor, find_credentials
from storage.tables import persons, sessions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Delete, RowMapping

    from engine.actor import Actor
    from engine.history import HistoryEvent
    from engine.ids import AgencyId
    from storage.database import Database

IDLE = timedelta(hours=8)
"""A session ends when it was not used for so long."""

ABSOLUTE = timedelta(hours=24)
"""A session ends so long after the sign-in, used or not."""

REMEMBERED = timedelta(days=3)
"""How long a session whose time is over is known: a form sent from its page is kept as a draft (`web.drafts`)."""

TOUCHED_EVERY = timedelta(minutes=1)
"""Use is noted no more often than this: most pages must not write."""

TOKEN_BYTES = 32

LONGEST_AGENT = 200
"""Characters kept of what a browser calls itself."""

_FIND = (
    select(
        sessions.c.person_id,
        sessions.c.csrf,
        sessions.c.seen_at,
        sessions.c.expires_at,
        persons.c.must_change,
    )
    .join(persons, persons.c.id == sessions.c.person_id)
    .where(sessions.c.token_hash == bindparam("token_hash"))
)
_TOUCH = update(sessions).where(sessions.c.token_hash == bindparam("old_hash"))
_CLOSE = delete(sessions).where(sessions.c.token_hash == bindparam("token_hash"))
_END_ALL = delete(sessions).where(
    sessions.c.person_id == bindparam("person"), sessions.c.token_hash != bindparam("kept")
)
_END_ONE = delete(sessions).where(
    sessions.c.person_id == bindparam("person"), sessions.c.token_hash == bindparam("ended")
)
_OWNER = select(persons.c.agency_id, persons.c.login, persons.c.must_change).where(
    persons.c.id == bindparam("person")
)
_TOKENS_OF = select(sessions.c.csrf).where(sessions.c.person_id == bindparam("person"))
_CLEAR = delete(sessions).where(
    or_(sessions.c.expires_at <= bindparam("now"), sessions.c.seen_at <= bindparam("idle_since"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person who is signed in, with the posts held now, and the token that unsafe requests must repeat.

    With `must_change` nothing is open to this person but choosing a new password.
    """

    actor: Actor
    csrf: str
    must_change: bool = False


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

    def open_session(
        self, person: PersonId, *, address: str = "", agent: str = ""
    ) -> OpenedSession:
        """Sign a person in and forget sessions that have ended; `address` and `agent` are what the person sees of it later.

        Raises NotFound for an unknown or closed account.
        """
        token, csrf = _tokens()
        now = self._database.clock.now()
        row = self._row(token, csrf, person, now) | {
            "address": storable(address),
            "agent": storable(agent)[:LONGEST_AGENT],
        }

        def work(connection: Connection) -> Session:
            actor = find_actor(connection, person, now)
            if actor is None:
                raise _unknown(person)
            gone = now - REMEMBERED
            ended = {"now": as_text(gone), "idle_since": as_text(gone - self._idle)}
            connection.execute(_CLEAR, ended)
            connection.execute(insert(sessions), [row])
            self._note(connection, actor.agency, SignedIn(), Signature.of(actor))
            owner = connection.execute(_OWNER, {"person": person}).mappings().one()
            return Session(actor=actor, csrf=csrf, must_change=bool(owner["must_change"]))

        return OpenedSession(token=token, session=self._database.write(work))

    def renew(self, token: str) -> str:
        """Give a session another token, so that the old one opens nothing; gives the new one."""
        fresh, csrf = _tokens()
        changed = {"old_hash": hash_token(token), "token_hash": hash_token(fresh), "csrf": csrf}
        self._database.write(lambda connection: connection.execute(_TOUCH, changed).close())
        return fresh

    def find_session(self, token: str) -> Session | None:
        """Give the session of a token, unless it has ended or the account was closed; its use is noted."""
        now = self._database.clock.now()
        token_hash = hash_token(token)

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
        return Session(actor=actor, csrf=row["csrf"], must_change=bool(row["must_change"]))

    def find_ended(self, token: str) -> Session | None:
        """Give the session of a token though its time is over: whose page was left open. It opens nothing.

        None for one that was closed or ended by a person, and for an account that was closed.
        """
        now = self._database.clock.now()
        this = {"token_hash": hash_token(token)}

        def work(connection: Connection) -> Session | None:
            row = connection.execute(_FIND, this).mappings().first()
            actor = row and find_actor(connection, PersonId(row["person_id"]), now)
            return Session(actor=actor, csrf=row["csrf"]) if row and actor else None

        return self._database.read(work)

    def is_token_of(self, person: PersonId, csrf: str) -> bool:
        """Tell whether a page with this CSRF token was given to this person, in a session that is still known."""
        known = self._database.read(
            lambda c: c.execute(_TOKENS_OF, {"person": person}).scalars().all()
        )
        return any(hmac.compare_digest(csrf.encode(), token.encode()) for token in known)

    def close_session(self, token: str) -> None:
        """Sign out; a token without a session is no error."""
        now = self._database.clock.now()
        this = {"token_hash": hash_token(token)}

        def work(connection: Connection) -> None:
            row = connection.execute(_FIND, this).mappings().first()
            connection.execute(_CLOSE, this)
            actor = row and find_actor(connection, PersonId(row["person_id"]), now)
            if actor:
                self._note(connection, actor.agency, SignedOut(), Signature.of(actor))

        self._database.write(work)

    def end_session(self, person: PersonId, ended: bytes, by: Signature) -> None:
        """End the session of a person with this token hash; none with it is no error."""
        self._end(_END_ONE, {"person": person, "ended": ended}, by)

    def end_all(self, person: PersonId, by: Signature, *, but: str = "") -> None:
        """Sign a person out everywhere, but in the session of one token if it is given. Raises NotFound."""
        kept = hash_token(but) if but else b""
        self._end(_END_ALL, {"person": person, "kept": kept}, by)

    def _end(self, statement: Delete, which: Mapping[str, object], by: Signature) -> None:
        def work(connection: Connection) -> None:
            owner = connection.execute(_OWNER, which).mappings().first()
            if owner is None:
                raise _unknown(which["person"])
            count = connection.execute(statement, which).rowcount
            if count:
                ended = SessionsEnded(
                    person=str(which["person"]), login=owner["login"], count=count
                )
                self._note(connection, owner["agency_id"], ended, by)

        self._database.write(work)

    def refuse_sign_in(self, login: str) -> None:
        """Note a sign-in that was refused; one with an unknown login leaves no trace here."""

        def work(connection: Connection) -> None:
            known = find_credentials(connection, login)
            if known is not None:
                # who it was is not known, so the person whose login it is does not sign
                refused = SignInRefused(login=login)
                self._note(connection, known.agency, refused, Signature.of_system())

        self._database.write(work)

    def _note(
        self, connection: Connection, agency: AgencyId, event: HistoryEvent, by: Signature
    ) -> None:
        note_act(connection, self._database.clock, agency, event, by)

    def _lasts(self, row: RowMapping, now: datetime) -> bool:
        is_used = now - from_text(row["seen_at"]) < self._idle
        return is_used and now < from_text(row["expires_at"])

    def _row(self, token: str, csrf: str, person: PersonId, now: datetime) -> dict[str, object]:
        return {
            "token_hash": hash_token(token),
            "person_id": person,
            "csrf": csrf,
            "opened_at": as_text(now),
            "seen_at": as_text(now),
            "expires_at": as_text(now + self._absolute),
        }


def hash_token(token: str) -> bytes:
    """Give what the database keeps of a token."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def storable(text: str) -> str:
    """Give a text of a browser without what a database refuses."""
    return "".join(c for c in text if c.isprintable())


def _tokens() -> tuple[str, str]:
    return secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)


def _unknown(person: object) -> NotFound:
    return NotFound(
        f"Expected person {person!r}, but there is none", code="not_found", what="person"
    )
