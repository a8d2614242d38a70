"""Who may still try to sign in: tries are spent before a password is looked at, and come back with time.

Nobody can lock somebody else out (OWASP, "Slow down online guessing attacks with device cookies"). A browser at which a person
has signed in before carries a token; it has tries of its own for that person's login. Any other browser spends the tries of
the login *at its address*, and those of the address over all logins. A right password takes nothing: its try is given back,
and no more than that, so that signing in now and then does not pay for guesses.

The tries stand in the database, so any number of web processes count them together. Of a login, an address or a token only
the hash is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, exists, select, text, update

from engine.clock import as_text, from_text
from storage.tables import known_browsers, persons, spent_tries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from engine.ids import PersonId
    from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many tries there are, and how long it takes until one of them is there again."""

    tries: int
    regain: timedelta


KNOWN_BROWSER = Budget(tries=10, regain=timedelta(minutes=1))
"""A login in a browser at which this person has signed in before."""

LOGIN_AT_ADDRESS = Budget(tries=10, regain=timedelta(minutes=2))
"""A login in unknown browsers at one address."""

ADDRESS = Budget(tries=100, regain=timedelta(seconds=30))
"""All logins in unknown browsers at one address: an office may stand behind it."""

OWN_PASSWORD = Budget(tries=10, regain=timedelta(minutes=1))
"""The old password that somebody signed in is asked for."""

LINK_BY_MAIL = Budget(tries=3, regain=timedelta(hours=1))
"""A link for a new password, sent to the same account."""

REMEMBERED = timedelta(days=180)
"""A browser is forgotten when the person did not sign in there for so long."""

CLEARED_AT_ONCE = 500

_NOTHING = timedelta()

_LOCKED = text(
    "INSERT INTO spent_tries (key, whole_at) VALUES (:key, :whole_at) "
    "ON CONFLICT (key) DO UPDATE SET whole_at = spent_tries.whole_at RETURNING whole_at"
)
_SPEND = update(spent_tries).where(spent_tries.c.key == bindparam("old_key"))
_WHOLE = delete(spent_tries).where(
    spent_tries.c.key.in_(
        select(spent_tries.c.key)
        .where(spent_tries.c.whole_at <= bindparam("now"))
        .limit(CLEARED_AT_ONCE)
        .with_for_update(skip_locked=True)  # another process may be spending one of these right now
    )
)
_IS_KNOWN = select(
    exists().where(
        known_browsers.c.token_hash == bindparam("token_hash"),
        known_browsers.c.person_id == persons.c.id,
        known_browsers.c.seen_at > bindparam("since"),
        persons.c.login == bindparam("login"),
    )
)
_IS_USED = select(exists().where(known_browsers.c.token_hash == bindparam("token_hash")))
_NOTE = text(
    "INSERT INTO known_browsers (token_hash, person_id, seen_at) VALUES (:token_hash, :person_id, :seen_at) "
    "ON CONFLICT (token_hash, person_id) DO UPDATE SET seen_at = excluded.seen_at"
)
_FORGET = delete(known_browsers).where(known_browsers.c.seen_at <= bindparam("since"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A password about to be looked at; `wait` is zero, or how long until it may be."""

    wait: timedelta
    spent: Mapping[str, Budget]


class SignIns:
    """Counts the tries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, login: str, address: str, browser: str = "") -> Attempt:
        """Spend a try of whoever is at this address with this browser's token; with a `wait` nothing was spent."""
        now = self._database.clock.now()

        def work(connection: Connection) -> Attempt:
            return _spend(connection, _budgets(connection, login, address, browser, now), now)

        return self._database.write(work)

    def begin_own(self, person: PersonId) -> Attempt:
        """Spend a try of the old password of somebody signed in."""
        return self._begin({_key("own", person): OWN_PASSWORD})

    def begin_link(self, login: str, address: str) -> Attempt:
        """Spend a try of asking for a link by mail."""
        place = network_of(address)
        return self._begin({_key("link", login): LINK_BY_MAIL, _key("address", place): ADDRESS})

    def succeed(self, attempt: Attempt, person: PersonId, browser: str = "") -> str:
        """Give the try back and know this browser from now on; gives its token, a new one if it had none of ours."""
        now = self._database.clock.now()
        fresh = secrets.token_urlsafe(32)

        def work(connection: Connection) -> str:
            _give_back(connection, attempt, now)
            used = browser and connection.execute(_IS_USED, {"token_hash": _hash(browser)}).scalar()
            token = browser if used else fresh
            seen = {
                "token_hash": _hash(token),
                "person_id": person,
                "seen_at": as_text(now),
            }
            connection.execute(_NOTE, seen)
            connection.execute(_FORGET, {"since": as_text(now - REMEMBERED)})
            connection.execute(_WHOLE, {"now": as_text(now)})
            return token

        return self._database.write(work)

    def give_back(self, attempt: Attempt) -> None:
        """Give the try back: the password was right."""
        now = self._database.clock.now()
        self._database.write(lambda connection: _give_back(connection, attempt, now))

    def _begin(self, budgets: Mapping[str, Budget]) -> Attempt:
        now = self._database.clock.now()
        return self._database.write(lambda connection: _spend(connection, budgets, now))


def network_of(address: str) -> str:
    """Give what counts as one place: an IPv4 address, or the 64 bits of an IPv6 address that a subscriber has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - the Internet Protocol's versions
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((found.packed[:8] + bytes(8), 64)))


def _budgets(
    connection: Connection, login: str, address: str, browser: str, now: datetime
) -> Mapping[str, Budget]:
    if browser and "\0" not in login:  # which PostgreSQL refuses to compare with
        asked = {
            "token_hash": _hash(browser),
            "login": login,
            "since": as_text(now - REMEMBERED),
        }
        if connection.execute(_IS_KNOWN, asked).scalar():
            return {_key("browser", browser, login): KNOWN_BROWSER}
    place = network_of(address)
    return {_key("login", login, place): LOGIN_AT_ADDRESS, _key("address", place): ADDRESS}


def _spend(connection: Connection, budgets: Mapping[str, Budget], now: datetime) -> Attempt:
    moved: dict[str, datetime] = {}
    wait = _NOTHING
    for key in sorted(
        budgets
    ):  # in one order everywhere, so that no two processes wait for each other
        budget = budgets[key]
        all_of_them = budget.tries * budget.regain
        # never more than all tries: a clock that was wrong for a while must not keep anybody waiting
        whole_at = min(max(_lock(connection, key, now), now), now + all_of_them)
        moved[key] = whole_at + budget.regain
        wait = max(wait, moved[key] - now - all_of_them)
    if wait > _NOTHING:
        return Attempt(wait=wait, spent={})
    for key, whole_at in moved.items():
        connection.execute(_SPEND, {"old_key": key, "whole_at": as_text(whole_at)})
    return Attempt(wait=_NOTHING, spent=budgets)


def _give_back(connection: Connection, attempt: Attempt, now: datetime) -> None:
    for key in sorted(attempt.spent):
        whole_at = _lock(connection, key, now) - attempt.spent[key].regain
        connection.execute(_SPEND, {"old_key": key, "whole_at": as_text(whole_at)})


def _lock(connection: Connection, key: str, now: datetime) -> datetime:
    """Give the moment at which all tries of a key are there again; nobody else changes it in this transaction."""
    row = connection.execute(_LOCKED, {"key": key, "whole_at": as_text(now)}).scalar_one()
    return from_text(row)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
