"""Tries at the sign-in: who has how many, that they come back, and that nobody spends another one's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from storage_kit import registration, set_up

from engine.ids import PersonId
from storage.database import open_database
from storage.sign_ins import (
    ADDRESS,
    CLEARED_AT_ONCE,
    KNOWN_BROWSER,
    LINK_BY_MAIL,
    LOGIN_AT_ADDRESS,
    OWN_PASSWORD,
    REMEMBERED,
    SignIns,
    network_of,
)
from storage.store import SqlStore
from storage.tables import known_browsers, spent_tries

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.testing import FixedClock
    from storage.database import Database
    from storage.sign_ins import Attempt

HERE, ELSEWHERE = "192.0.2.10", "198.51.100.7"
ANI = PersonId("ani")
NOTHING = timedelta()


@pytest.fixture
def tries(database: Database) -> SignIns:
    """Give the tries of an office in which Ani and Budi have accounts."""
    set_up(SqlStore(database), registration("ani", "kepala"), registration("budi", "staf"))
    return SignIns(database)


def spend(times: int, begin: Callable[[], Attempt]) -> list[timedelta]:
    """Begin so many attempts and give the different waits they met."""
    return sorted({begin().wait for _ in range(times)})


def rows(database: Database) -> int:
    return len(database.read(lambda c: c.execute(select(spent_tries)).all()))


def test_the_tries_of_a_login_at_an_address_are_spent_and_come_back(
    tries: SignIns, clock: FixedClock
) -> None:
    assert spend(LOGIN_AT_ADDRESS.tries, lambda: tries.begin("ani", HERE)) == [NOTHING]
    assert tries.begin("ani", HERE).wait == LOGIN_AT_ADDRESS.regain
    clock.advance(LOGIN_AT_ADDRESS.regain - timedelta(seconds=1))
    assert tries.begin("ani", HERE).wait == timedelta(seconds=1)
    clock.advance(timedelta(seconds=1))
    assert tries.begin("ani", HERE).wait == NOTHING
    assert tries.begin("ani", HERE).wait == LOGIN_AT_ADDRESS.regain


def test_who_guesses_elsewhere_does_not_keep_the_person_out(tries: SignIns) -> None:
    spend(100, lambda: tries.begin("ani", ELSEWHERE))
    assert tries.begin("ani", ELSEWHERE).wait > NOTHING
    assert tries.begin("ani", HERE).wait == NOTHING


def test_who_guesses_beside_the_person_does_not_keep_a_known_browser_out(tries: SignIns) -> None:
    browser = tries.succeed(tries.begin("ani", HERE), ANI)
    spend(200, lambda: tries.begin("ani", HERE))
    assert tries.begin("ani", HERE).wait > NOTHING
    assert tries.begin("ani", HERE, browser).wait == NOTHING


def test_a_known_browser_has_tries_of_its_own_wherever_it_is(tries: SignIns) -> None:
    browser = tries.succeed(tries.begin("ani", HERE), ANI)
    assert spend(KNOWN_BROWSER.tries, lambda: tries.begin("ani", HERE, browser)) == [NOTHING]
    assert tries.begin("ani", ELSEWHERE, browser).wait == KNOWN_BROWSER.regain
    assert tries.begin("ani", HERE).wait == NOTHING


def test_a_known_browser_is_known_for_the_person_alone(tries: SignIns) -> None:
    browser = tries.succeed(tries.begin("ani", HERE), ANI)
    spend(LOGIN_AT_ADDRESS.tries, lambda: tries.begin("budi", HERE))
    assert tries.begin("budi", HERE, browser).wait == LOGIN_AT_ADDRESS.regain


def test_several_people_are_known_at_the_browser_that_they_share(tries: SignIns) -> None:
    browser = tries.succeed(tries.begin("ani", HERE), ANI)
    assert tries.succeed(tries.begin("budi", HERE, browser), PersonId("budi"), browser) == browser
    for login in ("ani", "budi"):
        spend(KNOWN_BROWSER.tries, lambda name=login: tries.begin(name, HERE, browser))
        assert tries.begin(login, HERE, browser).wait == KNOWN_BROWSER.regain


@pytest.mark.parametrize("forged", ["x", "\0", "\ud800", "x" * 10_000])
def test_a_token_that_is_not_ours_makes_no_browser_known(tries: SignIns, forged: str) -> None:
    spend(LOGIN_AT_ADDRESS.tries, lambda: tries.begin("ani", HERE, forged))
    assert tries.begin("ani", HERE, forged).wait > NOTHING
    assert tries.succeed(tries.begin("ani", ELSEWHERE, forged), ANI, forged) != forged


def test_an_address_has_tries_over_all_logins(tries: SignIns) -> None:
    for number in range(ADDRESS.tries):
        assert tries.begin(f"login{number}", ELSEWHERE).wait == NOTHING
    assert tries.begin("another", ELSEWHERE).wait == ADDRESS.regain
    assert tries.begin("another", HERE).wait == NOTHING


def test_a_refused_attempt_spends_nothing(tries: SignIns, clock: FixedClock) -> None:
    spend(50, lambda: tries.begin("ani", HERE))
    clock.advance(LOGIN_AT_ADDRESS.regain)
    assert tries.begin("ani", HERE).wait == NOTHING


def test_a_right_password_gives_its_own_try_back_and_no_other(tries: SignIns) -> None:
    spend(LOGIN_AT_ADDRESS.tries - 1, lambda: tries.begin("ani", HERE))
    for _ in range(3):
        tries.succeed(tries.begin("ani", HERE), ANI)
    assert tries.begin("ani", HERE).wait == NOTHING
    assert tries.begin("ani", HERE).wait == LOGIN_AT_ADDRESS.regain


def test_two_hundred_officers_sign_in_at_one_address_in_one_minute(tries: SignIns) -> None:
    for _ in range(200):
        attempt = tries.begin("ani", HERE)
        assert attempt.wait == NOTHING
        tries.succeed(attempt, ANI)


def test_a_browser_is_forgotten_in_the_end(
    tries: SignIns, clock: FixedClock, database: Database
) -> None:
    browser = tries.succeed(tries.begin("ani", HERE), ANI)
    clock.advance(REMEMBERED)
    spend(LOGIN_AT_ADDRESS.tries, lambda: tries.begin("ani", HERE, browser))
    assert tries.begin("ani", HERE, browser).wait == LOGIN_AT_ADDRESS.regain
    tries.succeed(tries.begin("ani", ELSEWHERE), ANI)
    assert len(database.read(lambda c: c.execute(select(known_browsers)).all())) == 1


def test_old_tries_are_cleared_away(tries: SignIns, clock: FixedClock, database: Database) -> None:
    for number in range(20):
        tries.begin(f"login{number}", HERE)
    assert rows(database) == 21
    clock.advance(timedelta(days=1))
    tries.succeed(tries.begin("ani", HERE), ANI)
    assert rows(database) <= 2
    assert CLEARED_AT_ONCE > 20


def test_a_clock_that_was_wrong_keeps_nobody_waiting(tries: SignIns, clock: FixedClock) -> None:
    clock.advance(timedelta(days=365))
    spend(LOGIN_AT_ADDRESS.tries, lambda: tries.begin("ani", HERE))
    clock.advance(timedelta(days=-365))
    assert tries.begin("ani", HERE).wait <= LOGIN_AT_ADDRESS.regain


def test_the_old_password_is_asked_for_a_few_times_only(tries: SignIns) -> None:
    assert spend(OWN_PASSWORD.tries, lambda: tries.begin_own(ANI)) == [NOTHING]
    assert tries.begin_own(ANI).wait == OWN_PASSWORD.regain
    assert tries.begin_own(PersonId("budi")).wait == NOTHING


def test_links_by_mail_are_few(tries: SignIns) -> None:
    assert spend(LINK_BY_MAIL.tries, lambda: tries.begin_link("ani", HERE)) == [NOTHING]
    assert tries.begin_link("ani", ELSEWHERE).wait == LINK_BY_MAIL.regain
    assert tries.begin_link("budi", HERE).wait == NOTHING


def test_no_login_address_or_token_is_kept(tries: SignIns, database: Database) -> None:
    browser = tries.succeed(tries.begin("ani", HERE), ANI)
    tries.begin("ani", HERE, browser)
    kept = database.read(
        lambda c: [
            str(tuple(r)) for t in (spent_tries, known_browsers) for r in c.execute(select(t))
        ]
    )
    assert len(kept) >= 2
    assert not any(part in row for row in kept for part in (HERE, browser))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.10", "192.0.2.10"),
        ("::ffff:192.0.2.10", "192.0.2.10"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
        ("", ""),
    ],
)
def test_an_address_is_one_place(address: str, place: str) -> None:
    assert network_of(address) == place


def test_the_last_try_is_spent_once_by_two_processes(
    tries: SignIns, database: Database, url: str, clock: FixedClock
) -> None:
    others = [database]
    if url.startswith("postgresql"):  # a SQLite file has one writing process
        others.append(open_database(url, clock))
    spend(LOGIN_AT_ADDRESS.tries - 1, lambda: tries.begin("ani", HERE))
    start = Barrier(8)

    def begin(number: int) -> timedelta:
        start.wait()
        return SignIns(others[number % len(others)]).begin("ani", HERE).wait

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(begin, range(8)))
    for other in others[1:]:
        other.close()
    assert waits.count(NOTHING) == 1


def test_clearing_up_looks_at_its_index_only(sqlite: Database) -> None:
    plan = sqlite.read(
        lambda c: str(
            c.execute(
                text("EXPLAIN QUERY PLAN SELECT key FROM spent_tries WHERE whole_at <= '2026'")
            ).all()
        )
    )
    assert "ix_spent_tries_whole_at" in plan
