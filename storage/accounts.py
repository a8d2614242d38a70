"""Changes to an account that are no act of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, update

from engine.actor import Signature
from engine.errors import NotFound
from engine.history import PasswordChanged
from storage.agency_acts import note_act
from storage.directory import find_credentials
from storage.tables import persons, sessions

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.database import Database

_CHANGE = update(persons).where(persons.c.id == bindparam("person"))
_SIGN_OUT = delete(sessions).where(sessions.c.person_id == bindparam("person"))


def change_password(database: Database, login: str, password_hash: str) -> None:
    """Let only the new password open the account, end its sessions, and note it in the agency's chain.

    Raises NotFound (`login_unknown`).
    """

    def work(connection: Connection) -> None:
        known = find_credentials(connection, login)
        if known is None:
            raise NotFound(
                f"Expected an open account {login!r}, but there is none",
                code="login_unknown",
                login=login,
            )
        changed = {"person": known.person, "password_hash": password_hash}
        connection.execute(_CHANGE.values(password_hash=bindparam("password_hash")), changed)
        connection.execute(_SIGN_OUT, {"person": known.person})
        event = PasswordChanged(person=known.person, login=login)
        note_act(connection, database.clock, known.agency, event, Signature.of_system())

    database.write(work)
