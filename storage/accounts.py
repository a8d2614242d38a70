"""Changes to an account that are no act of a case: its password, links for a new one, and how notices come by mail.

A link for a new password (made by an administrator for somebody who forgot theirs, or for somebody new) holds a random token
of which only the hash is kept. It works once, for a day, and a newer link takes its place.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from engine.actor import Signature
from engine.clock import as_text
from engine.errors import NotFound
from engine.history import PasswordChanged, PasswordResetMade, PersonChanged
from engine.ids import AgencyId, PersonId
from storage.agency_acts import note_act
from storage.directory import find_credentials
from storage.sessions import TOKEN_BYTES, hash_token
from storage.tables import known_browsers, password_resets, persons, sessions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Executable, RowMapping

    from engine.notice import MailChoice
    from storage.database import Database

RESET_LASTS = timedelta(hours=24)
"""How long a link for a new password works."""

_ACCOUNT = select(
    persons.c.id,
    persons.c.agency_id,
    persons.c.login,
    persons.c.name,
    persons.c.email,
    persons.c.roles,
    persons.c.password_hash,
).where(persons.c.closed_at.is_(None))
_BY_ID = _ACCOUNT.where(persons.c.id == bindparam("person"))
_BY_RESET = _ACCOUNT.join(password_resets, password_resets.c.person_id == persons.c.id).where(
    password_resets.c.token_hash == bindparam("token_hash"),
    password_resets.c.expires_at > bindparam("now"),
)
_BY_RESET_LOCKED = _BY_RESET.with_for_update(of=password_resets)
"""Two at once with the same link: only one finds it."""

_CHANGE = update(persons).where(persons.c.id == bindparam("person"))
_SIGN_OUT = delete(sessions).where(
    sessions.c.person_id == bindparam("person"), sessions.c.token_hash != bindparam("kept")
)
_FORGET_BROWSERS = delete(known_browsers).where(known_browsers.c.person_id == bindparam("person"))
_FORGET_LINKS = delete(password_resets).where(password_resets.c.person_id == bindparam("person"))
_FORGET_OLD_LINKS = delete(password_resets).where(password_resets.c.expires_at <= bindparam("now"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An open account, as far as changing it needs it; `roles` are words of `engine.actor.Role`."""

    person: PersonId
    agency: AgencyId
    login: str
    name: str
    email: str
    roles: tuple[str, ...]
    password_hash: str


def find_account(database: Database, person: PersonId) -> Account | None:
    """Give a person's account, if it is open."""
    return database.read(lambda connection: _find(connection, person))


def change_password(
    database: Database,
    login: str,
    password_hash: str,
    *,
    by: Signature | None = None,
    must_change: bool = False,
) -> None:
    """Let only the new password open the account, end its sessions, and note it in the agency's chain.

    With `must_change` the person has to choose another one at the next sign-in. Raises NotFound (`login_unknown`).
    """

    def work(connection: Connection) -> None:
        known = find_credentials(connection, login)
        account = _find(connection, known.person) if known else None
        if account is None:
            raise NotFound(
                f"Expected an open account {login!r}, but there is none",
                code="login_unknown",
                login=login,
            )
        _change(connection, account, password_hash, must_change=must_change)
        _note(connection, database, account, by or Signature.of_system())

    database.write(work)


def change_own_password(
    database: Database, person: PersonId, password_hash: str, *, session: str
) -> None:
    """Change the password of somebody signed in; every session but the one of this token ends. Raises NotFound."""

    def work(connection: Connection) -> None:
        account = _got(connection, person)
        _change(connection, account, password_hash, kept=hash_token(session))
        _note(connection, database, account, _signed(account))

    database.write(work)


def make_reset(
    database: Database, person: PersonId, by: Signature, *, beside_others: bool = False
) -> str:
    """Make a link's token by which the person can choose a password within a day, once; it is told this once.

    Earlier links work no more, unless this one is made `beside_others`: one that anybody may ask for must not take away one
    that was handed over. Raises NotFound (`not_found`) for an unknown or closed account.
    """
    token, now = secrets.token_urlsafe(TOKEN_BYTES), database.clock.now()
    row = {
        "token_hash": hash_token(token),
        "person_id": person,
        "expires_at": as_text(now + RESET_LASTS),
    }

    def work(connection: Connection) -> None:
        account = _got(connection, person)
        connection.execute(_FORGET_OLD_LINKS, {"now": as_text(now)})
        if not beside_others:
            connection.execute(_FORGET_LINKS, {"person": person})
        connection.execute(insert(password_resets), [row])
        made = PasswordResetMade(person=person, login=account.login)
        note_act(connection, database.clock, account.agency, made, by)

    database.write(work)
    return token


def find_reset(database: Database, token: str) -> Account | None:
    """Give whose password a link changes, if it still works."""
    now = database.clock.now()
    return database.read(lambda connection: _found(connection, _BY_RESET, token, now))


def use_reset(database: Database, token: str, password_hash: str) -> Account:
    """Change the password by a link, which works no more afterwards; all sessions end. Raises NotFound (`reset_gone`)."""
    now = database.clock.now()

    def work(connection: Connection) -> Account:
        account = _found(connection, _BY_RESET_LOCKED, token, now)
        if account is None:
            raise NotFound("Expected a link that still works, but it does not", code="reset_gone")
        _change(connection, account, password_hash)
        _note(connection, database, account, _signed(account))
        return account

    return database.write(work)


def choose_mail(database: Database, person: PersonId, *, mail: MailChoice, email: str) -> None:
    """Let a person's notices come so, to this address (empty: none). Raises NotFound.

    Another address stands in the agency's chain (as a change, without the address): a link for a new password may go there.
    """

    def work(connection: Connection) -> None:
        account = _got(connection, person)
        connection.execute(_CHANGE, {"person": person, "mail": mail.value, "email": email})
        if email != account.email:
            changed = PersonChanged(
                person=person, login=account.login, name=account.name, roles=account.roles
            )
            note_act(connection, database.clock, account.agency, changed, _signed(account))

    database.write(work)


def _change(
    connection: Connection,
    account: Account,
    password_hash: str,
    *,
    kept: bytes = b"",
    must_change: bool = False,
) -> None:
    this = {"person": account.person}
    changed = {"password_hash": password_hash, "must_change": int(must_change)}
    connection.execute(_CHANGE, this | changed)
    connection.execute(_SIGN_OUT, this | {"kept": kept})
    connection.execute(_FORGET_BROWSERS, this)
    connection.execute(_FORGET_LINKS, this)


def _note(connection: Connection, database: Database, account: Account, by: Signature) -> None:
    changed = PasswordChanged(person=account.person, login=account.login)
    note_act(connection, database.clock, account.agency, changed, by)


def _find(connection: Connection, person: PersonId) -> Account | None:
    return _account(connection.execute(_BY_ID, {"person": person}).mappings().first())


def _found(connection: Connection, query: Executable, token: str, now: datetime) -> Account | None:
    asked = {"token_hash": hash_token(token), "now": as_text(now)}
    return _account(connection.execute(query, asked).mappings().first())


def _got(connection: Connection, person: PersonId) -> Account:
    found = _find(connection, person)
    if found is None:
        raise NotFound(
            f"Expected person {person!r}, but there is none", code="not_found", what="person"
        )
    return found


def _account(row: RowMapping | None) -> Account | None:
    if row is None:
        return None
    return Account(
        person=PersonId(row["id"]),
        agency=AgencyId(row["agency_id"]),
        login=row["login"],
        name=row["name"],
        email=row["email"],
        roles=tuple(row["roles"].split()),
        password_hash=row["password_hash"],
    )


def _signed(account: Account) -> Signature:
    return Signature(person=account.person, name=account.name)
