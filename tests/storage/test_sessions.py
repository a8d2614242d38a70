"""Sessions on the server: what opens, keeps and ends them, and what the agency's history says of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from storage_kit import AGENCY, AGENCY_CHAIN, START

from engine.actor import Signature
from engine.chain import digest
from engine.clock import as_text
from engine.errors import NotFound
from engine.history import SessionsEnded, SignedIn, SignedOut, SignInRefused
from engine.ids import PersonId
from storage.history import list_records
from storage.queries.accounts import SessionLine, list_sessions
from storage.sessions import IDLE, LONGEST_AGENT, REMEMBERED, Sessions, hash_token
from storage.tables import persons, sessions

if TYPE_CHECKING:
    from engine.chain import Record
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.store import SqlStore

ANI = PersonId("ani")
BY_ANI = Signature(person="ani", name="Ani")

pytestmark = pytest.mark.usefixtures("store")


def acts(database: Database) -> tuple[Record, ...]:
    """Give what the agency's history says after the setting up."""
    return database.read(partial(list_records, chain=AGENCY_CHAIN, after=1))


def test_a_session_is_found_by_its_token(database: Database) -> None:
    opened = Sessions(database).open_session(ANI)
    assert opened.session.actor.login == "ani"
    assert Sessions(database).find_session(opened.token) == opened.session
    assert opened.token not in (opened.session.csrf, "")


@pytest.mark.parametrize("token", ["", "x" * 43, "\0", "\ud800"])
def test_a_wrong_token_finds_nothing(database: Database, token: str) -> None:
    Sessions(database).open_session(ANI)
    assert Sessions(database).find_session(token) is None


def test_the_database_does_not_hold_the_token(database: Database) -> None:
    token = Sessions(database).open_session(ANI).token
    kept = database.read(lambda c: [str(tuple(row)) for row in c.execute(select(sessions))])
    assert len(kept) == 1
    assert token not in kept[0]


def test_an_unused_session_ends(database: Database, clock: FixedClock) -> None:
    found = Sessions(database, idle=timedelta(hours=1))
    token = found.open_session(ANI).token
    clock.advance(timedelta(minutes=59))
    assert found.find_session(token) is not None
    clock.advance(timedelta(minutes=59))
    assert found.find_session(token) is not None
    clock.advance(timedelta(minutes=60))
    assert found.find_session(token) is None


def test_a_used_session_ends_too_in_the_end(database: Database, clock: FixedClock) -> None:
    found = Sessions(database, idle=timedelta(hours=8), absolute=timedelta(hours=24))
    token = found.open_session(ANI).token
    for _ in range(5):
        clock.advance(timedelta(hours=4))
        assert found.find_session(token) is not None
    clock.advance(timedelta(hours=4))
    assert found.find_session(token) is None


def test_use_is_written_once_a_minute(database: Database, clock: FixedClock) -> None:
    token = Sessions(database).open_session(ANI).token
    commits = database.statements.commits
    for _ in range(4):
        clock.advance(timedelta(seconds=30))
        Sessions(database).find_session(token)
    assert database.statements.commits - commits == 2


def test_a_closed_session_is_gone(database: Database) -> None:
    here, there = (Sessions(database).open_session(ANI).token for _ in range(2))
    Sessions(database).close_session(here)
    Sessions(database).close_session(here)
    assert Sessions(database).find_session(here) is None
    assert Sessions(database).find_session(there) is not None


def test_a_closed_account_has_no_session(database: Database) -> None:
    token = Sessions(database).open_session(ANI).token
    closing = update(persons).values(closed_at=as_text(START))
    database.write(lambda c: c.execute(closing).close())
    assert Sessions(database).find_session(token) is None
    with pytest.raises(NotFound):
        Sessions(database).open_session(ANI)


def test_sessions_that_have_ended_are_forgotten(database: Database, clock: FixedClock) -> None:
    Sessions(database).open_session(ANI)
    clock.advance(REMEMBERED + timedelta(hours=9))
    Sessions(database).open_session(ANI)
    assert len(database.read(lambda c: c.execute(select(sessions)).all())) == 1


def test_whose_session_it_was_is_known_for_some_days_and_opens_nothing(
    database: Database, clock: FixedClock
) -> None:
    found, opened = Sessions(database), Sessions(database).open_session(ANI)
    clock.advance(REMEMBERED)
    found.open_session(ANI)
    assert found.find_session(opened.token) is None
    assert found.find_ended(opened.token) == opened.session
    closed = found.open_session(ANI)
    found.close_session(closed.token)
    assert found.find_ended(closed.token) is None
    assert found.find_ended("x") is None


def lines(database: Database) -> tuple[SessionLine, ...]:
    now = database.clock.now()
    return database.read(partial(list_sessions, person=ANI, now=now, idle=IDLE))


def test_a_person_sees_where_there_are_sessions(database: Database, clock: FixedClock) -> None:
    found = Sessions(database)
    first = found.open_session(ANI, address="192.0.2.10", agent="Browser\0 \ud800" + "x" * 999)
    clock.advance(timedelta(hours=1))
    second = found.open_session(ANI)
    newest, oldest = lines(database)
    assert newest.token_hash == hash_token(second.token)
    assert (newest.address, newest.agent) == ("", "")
    assert oldest.token_hash == hash_token(first.token)
    assert (oldest.opened_at, oldest.seen_at) == (START, START)
    assert oldest.address == "192.0.2.10"
    assert oldest.agent == ("Browser " + "x" * 999)[:LONGEST_AGENT]


def test_a_session_that_has_ended_is_not_listed(database: Database, clock: FixedClock) -> None:
    Sessions(database).open_session(ANI)
    clock.advance(IDLE)
    assert lines(database) == ()


def test_one_session_is_ended_from_another(database: Database) -> None:
    found = Sessions(database)
    here, there = (found.open_session(ANI).token for _ in range(2))
    found.end_session(ANI, hash_token(there), BY_ANI)
    found.end_session(ANI, hash_token(there), BY_ANI)
    assert found.find_session(here) is not None
    assert found.find_session(there) is None
    assert [r.event for r in acts(database)][2:] == [
        SessionsEnded(person="ani", login="ani", count=1)
    ]


def test_a_session_of_another_person_is_not_ended(database: Database) -> None:
    found = Sessions(database)
    token = found.open_session(ANI).token
    with pytest.raises(NotFound):
        found.end_session(PersonId("nobody"), hash_token(token), BY_ANI)
    assert found.find_session(token) is not None


def test_a_person_signs_out_everywhere_but_here(database: Database) -> None:
    found = Sessions(database)
    here, *others = (found.open_session(ANI).token for _ in range(4))
    found.end_all(ANI, BY_ANI, but=here)
    assert found.find_session(here) is not None
    assert [found.find_session(token) for token in others] == [None] * 3
    found.end_all(ANI, BY_ANI)
    assert found.find_session(here) is None
    found.end_all(ANI, BY_ANI)
    assert [(r.event, r.by) for r in acts(database)][4:] == [
        (SessionsEnded(person="ani", login="ani", count=3), BY_ANI),
        (SessionsEnded(person="ani", login="ani", count=1), BY_ANI),
    ]


def test_a_renewed_session_has_another_token_and_goes_on(database: Database) -> None:
    found = Sessions(database)
    opened = found.open_session(ANI)
    fresh = found.renew(opened.token)
    assert found.find_session(opened.token) is None
    renewed = found.find_session(fresh)
    assert renewed is not None
    assert renewed.csrf != opened.session.csrf
    assert renewed.actor == opened.session.actor


def test_signing_in_and_out_and_in_vain_is_history(database: Database, store: SqlStore) -> None:
    found = Sessions(database)
    found.close_session(found.open_session(ANI).token)
    found.refuse_sign_in("ani")
    found.refuse_sign_in("nobody")
    records = acts(database)
    assert [r.event for r in records] == [SignedIn(), SignedOut(), SignInRefused(login="ani")]
    ani = Signature(person="ani", name="Ani")
    assert [r.by for r in records] == [ani, ani, Signature.of_system()]
    assert all(r.hash == digest(r) for r in records)
    head = store.transact(lambda t: t.get_agency_head(AGENCY))
    assert (head.seq, head.hash) == (4, records[-1].hash)
