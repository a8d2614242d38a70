"""Changing an account: its password, by link or by hand, and how its notices come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from storage_kit import AGENCY_CHAIN, START, registration, set_up

from engine.actor import Signature
from engine.clock import as_text
from engine.errors import NotFound
from engine.history import PasswordChanged, PasswordResetMade
from engine.ids import PersonId
from engine.notice import MailChoice
from storage.accounts import (
    RESET_LASTS,
    change_own_password,
    change_password,
    choose_mail,
    find_account,
    find_reset,
    make_reset,
    use_reset,
)
from storage.history import list_records
from storage.queries.accounts import find_mail
from storage.sessions import Sessions
from storage.sign_ins import SignIns
from storage.store import SqlStore
from storage.tables import known_browsers, password_resets, persons

if TYPE_CHECKING:
    from engine.chain import Record
    from engine.testing import FixedClock
    from storage.database import Database

ANI, BUDI = PersonId("ani"), PersonId("budi")
ADMINISTRATOR = Signature(person="admin", name="Administrator")
OWN = Signature(person="ani", name="Ani")


@pytest.fixture(autouse=True)
def office(database: Database) -> None:
    """Fill in an office in which Ani and Budi have accounts."""
    set_up(SqlStore(database), registration("ani", "kepala"), registration("budi", "staf"))


def stored(database: Database, person: PersonId = ANI) -> str:
    """Give the password hash of an account."""
    account = find_account(database, person)
    assert account is not None
    return account.password_hash


def last_act(database: Database) -> Record:
    return database.read(partial(list_records, chain=AGENCY_CHAIN))[-1]


def close_account(database: Database) -> None:
    closing = update(persons).values(closed_at=as_text(START))
    database.write(lambda c: c.execute(closing).close())


def test_a_changed_password_ends_all_sessions_links_and_known_browsers(database: Database) -> None:
    token = Sessions(database).open_session(ANI).token
    link = make_reset(database, ANI, ADMINISTRATOR)
    tries = SignIns(database)
    tries.succeed(tries.begin("ani", ""), ANI)
    change_password(database, "ani", "new", by=ADMINISTRATOR)
    assert stored(database) == "new"
    assert Sessions(database).find_session(token) is None
    assert find_reset(database, link) is None
    assert database.read(lambda c: c.execute(select(known_browsers)).all()) == []
    act = last_act(database)
    assert (act.event, act.by) == (PasswordChanged(person="ani", login="ani"), ADMINISTRATOR)


def test_a_password_set_for_somebody_may_have_to_be_changed(database: Database) -> None:
    change_password(database, "ani", "new", must_change=True)
    opened = Sessions(database).open_session(ANI)
    assert opened.session.must_change
    change_own_password(database, ANI, "own", session=opened.token)
    assert Sessions(database).find_session(opened.token) is not None
    assert not Sessions(database).open_session(ANI).session.must_change


def test_changing_ones_own_password_ends_the_other_sessions(database: Database) -> None:
    here, there = (Sessions(database).open_session(ANI).token for _ in range(2))
    other = Sessions(database).open_session(BUDI).token
    change_own_password(database, ANI, "own", session=here)
    assert stored(database) == "own"
    assert Sessions(database).find_session(here) is not None
    assert Sessions(database).find_session(there) is None
    assert Sessions(database).find_session(other) is not None
    act = last_act(database)
    assert (act.event, act.by) == (PasswordChanged(person="ani", login="ani"), OWN)


def test_a_link_changes_the_password_once(database: Database) -> None:
    session = Sessions(database).open_session(ANI).token
    token = make_reset(database, ANI, ADMINISTRATOR)
    found = find_reset(database, token)
    assert found is not None
    assert (found.login, found.name) == ("ani", "Ani")
    assert Sessions(database).find_session(session) is not None
    assert use_reset(database, token, "new").person == ANI
    assert stored(database) == "new"
    assert Sessions(database).find_session(session) is None
    assert find_reset(database, token) is None
    with pytest.raises(NotFound) as refused:
        use_reset(database, token, "newer")
    assert refused.value.code == "reset_gone"
    assert stored(database) == "new"


def test_a_link_used_twice_at_once_works_once(database: Database) -> None:
    token = make_reset(database, ANI, ADMINISTRATOR)
    start = Barrier(4)

    def use(number: int) -> bool:
        start.wait()
        try:
            use_reset(database, token, f"new {number}")
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]


def test_a_link_lasts_a_day(database: Database, clock: FixedClock) -> None:
    token = make_reset(database, ANI, ADMINISTRATOR)
    clock.advance(RESET_LASTS)
    assert find_reset(database, token) is None
    with pytest.raises(NotFound):
        use_reset(database, token, "new")


def test_a_newer_link_takes_the_place_of_the_older_one(database: Database) -> None:
    older, newer = (make_reset(database, ANI, ADMINISTRATOR) for _ in range(2))
    of_another = make_reset(database, BUDI, ADMINISTRATOR)
    assert find_reset(database, older) is None
    assert find_reset(database, newer) is not None
    assert find_reset(database, of_another) is not None


def test_the_database_does_not_hold_the_token_of_a_link(database: Database) -> None:
    token = make_reset(database, ANI, ADMINISTRATOR)
    kept = database.read(lambda c: [str(tuple(row)) for row in c.execute(select(password_resets))])
    assert len(kept) == 1
    assert token not in kept[0]
    act = last_act(database)
    assert (act.event, act.by) == (PasswordResetMade(person="ani", login="ani"), ADMINISTRATOR)
    assert token not in str(act.data)


def test_a_closed_account_is_changed_by_nobody(database: Database) -> None:
    token = make_reset(database, ANI, ADMINISTRATOR)
    close_account(database)
    assert find_reset(database, token) is None
    for act in (
        lambda: use_reset(database, token, "new"),
        lambda: make_reset(database, ANI, ADMINISTRATOR),
        lambda: change_password(database, "ani", "new"),
        lambda: change_own_password(database, ANI, "new", session=""),
        lambda: choose_mail(database, ANI, mail=MailChoice.OFF, email=""),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("token", ["", "x", "\0", "\ud800"])
def test_a_wrong_token_opens_nothing(database: Database, token: str) -> None:
    make_reset(database, ANI, ADMINISTRATOR)
    assert find_reset(database, token) is None


def test_a_person_chooses_how_notices_come(database: Database) -> None:
    choose_mail(database, ANI, mail=MailChoice.EACH, email="ani@example.go.id")
    chosen = database.read(partial(find_mail, person=ANI))
    of_another = database.read(partial(find_mail, person=BUDI))
    assert chosen is not None
    assert of_another is not None
    assert (chosen.mail, chosen.email) == (MailChoice.EACH, "ani@example.go.id")
    assert (of_another.mail, of_another.email) == (MailChoice.DIGEST, "")
    assert database.read(partial(find_mail, person=PersonId("nobody"))) is None
