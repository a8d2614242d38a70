"""Guessing at the sign-in is slowed down, and nobody is locked out by who guesses."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Lock
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from web_kit import MORNING, PASSWORD, Caller, Seen, close, parts_of, settings_for

from engine.testing import FixedClock
from storage.accounts import change_password
from storage.sign_ins import KNOWN_BROWSER, LOGIN_AT_ADDRESS
from web import create_app, passwords
from web.passwords import AT_ONCE, WAITING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

HERE, ELSEWHERE = "192.0.2.10", "198.51.100.7"
WRONG = "bukan kata sandinya"


def sign_in(
    caller: Caller,
    login: str = "kepala",
    password: str = WRONG,
    *,
    address: str = HERE,
    forwarded: str = "",
) -> Seen:
    """Send the sign-in from an address."""
    fields = {**Seen(answer=caller.client.get("/masuk")).form("/masuk"), "login": login}
    answer = caller.client.post(
        "/masuk",
        data={**fields, "sandi": password},
        environ_base={"REMOTE_ADDR": address},
        headers={"X-Forwarded-For": forwarded} if forwarded else None,
    )
    return Seen(answer=answer)


def make_cheap(app: Flask) -> None:
    """Store the head's password under a hash of the least work, for tests of many sign-ins."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    change_password(parts_of(app).database, "kepala", cheap)


@pytest.fixture
def office(app: Flask) -> Flask:
    """Give the application, with a cheap password of the head."""
    make_cheap(app)
    return app


@pytest.fixture
def behind_proxy(first_morning: Path, tmp_path: Path) -> Iterator[Callable[[int], Flask]]:
    """Give the application behind so many proxies."""
    apps: list[Flask] = []

    def make(proxies: int) -> Flask:
        file = tmp_path / f"alur-{proxies}.sqlite3"
        file.write_bytes(first_morning.read_bytes())
        apps.append(create_app(settings_for(file, proxies=proxies), FixedClock(MORNING)))
        make_cheap(apps[-1])
        return apps[-1]

    yield make
    for app in apps:
        close(app)


def test_guesses_are_slowed_down_with_a_sentence_that_says_how_long(
    office: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    guesser = Caller(office)
    statuses = [sign_in(guesser).status for _ in range(LOGIN_AT_ADDRESS.tries)]
    assert statuses == [422] * LOGIN_AT_ADDRESS.tries
    with caplog.at_level(logging.WARNING, "alur.web"):
        page = sign_in(guesser)
    assert (page.status, page.heading) == (429, "Masuk")
    assert "Tunggu 2 menit, lalu coba lagi; akun Anda tidak terkunci." in page.text
    assert page.answer.headers["Retry-After"] == "120"
    assert f"address={HERE}" in caplog.text
    assert "kepala" not in caplog.text


def test_a_slowed_down_guess_is_not_looked_at_even_if_it_is_right(
    office: Flask, clock: FixedClock
) -> None:
    guesser = Caller(office)
    for _ in range(LOGIN_AT_ADDRESS.tries):
        sign_in(guesser)
    assert sign_in(guesser, password=PASSWORD).status == 429
    clock.advance(timedelta(seconds=61))
    page = sign_in(guesser, password=PASSWORD)
    assert "Tunggu 59 detik" in page.text
    clock.advance(timedelta(seconds=59))
    assert sign_in(guesser, password=PASSWORD).status == 303


def test_who_guesses_elsewhere_or_beside_does_not_keep_the_person_out(office: Flask) -> None:
    officer = Caller(office)
    assert sign_in(officer, password=PASSWORD).status == 303
    officer.post("/keluar", officer.get("/tugas").form("/keluar"))
    for address in (ELSEWHERE, HERE):
        guesser = Caller(office)
        for _ in range(LOGIN_AT_ADDRESS.tries):
            sign_in(guesser, address=address)
        assert sign_in(guesser, address=address).status == 429
    assert sign_in(Caller(office), password=PASSWORD, address="203.0.113.5").status == 303
    assert sign_in(officer, password=PASSWORD).status == 303


def test_a_known_browser_is_slowed_down_too(office: Flask) -> None:
    thief = Caller(office)
    sign_in(thief, password=PASSWORD)
    thief.post("/keluar", thief.get("/tugas").form("/keluar"))
    statuses = {sign_in(thief).status for _ in range(KNOWN_BROWSER.tries)}
    assert statuses == {422}
    page = sign_in(thief)
    assert page.status == 429
    assert "Tunggu 60 detik" in page.text


def test_an_unknown_login_is_slowed_down_like_a_known_one(office: Flask) -> None:
    known, unknown = Caller(office), Caller(office)
    for _ in range(LOGIN_AT_ADDRESS.tries):
        sign_in(known)
        sign_in(unknown, "tidak-ada")
    first, second = sign_in(known), sign_in(unknown, "tidak-ada")
    assert first.status == second.status == 429
    assert first.text == second.text


def test_slowed_down_guesses_write_no_history(office: Flask) -> None:
    guesser = Caller(office)
    for _ in range(LOGIN_AT_ADDRESS.tries):
        sign_in(guesser)
    count = "SELECT count(*) FROM history"
    database = parts_of(office).database
    before = database.read(lambda c: c.exec_driver_sql(count).scalar())
    for _ in range(20):
        sign_in(guesser)
    assert database.read(lambda c: c.exec_driver_sql(count).scalar()) == before


def test_a_forged_address_gives_no_new_tries(behind_proxy: Callable[[int], Flask]) -> None:
    guesser = Caller(behind_proxy(0))
    for number in range(LOGIN_AT_ADDRESS.tries):
        assert sign_in(guesser, forwarded=f"203.0.113.{number}").status == 422
    assert sign_in(guesser, forwarded="203.0.113.99").status == 429


def test_behind_a_proxy_its_word_counts_and_the_callers_does_not(
    behind_proxy: Callable[[int], Flask],
) -> None:
    app = behind_proxy(1)
    guesser = Caller(app)
    for number in range(LOGIN_AT_ADDRESS.tries):
        forged = f"203.0.113.{number}, {ELSEWHERE}"
        assert sign_in(guesser, address="127.0.0.1", forwarded=forged).status == 422
    forged = f"203.0.113.99, {ELSEWHERE}"
    assert sign_in(guesser, address="127.0.0.1", forwarded=forged).status == 429
    assert sign_in(Caller(app), address="127.0.0.1", forwarded=HERE).status == 422


def test_a_flood_of_passwords_is_sent_away_and_the_try_given_back(office: Flask) -> None:
    visitor = Caller(office)
    for _ in range(AT_ONCE + WAITING):
        assert passwords._admitted.acquire(blocking=False)
    try:
        pages = [sign_in(visitor) for _ in range(2 * LOGIN_AT_ADDRESS.tries)]
    finally:
        for _ in range(AT_ONCE + WAITING):
            passwords._admitted.release()
    assert {(page.status, page.heading) for page in pages} == {(503, "Sebentar")}
    assert pages[0].answer.headers["Retry-After"] == "5"
    statuses = [sign_in(visitor).status for _ in range(LOGIN_AT_ADDRESS.tries)]
    assert statuses == [422] * LOGIN_AT_ADDRESS.tries


def test_only_some_passwords_are_looked_at_at_the_same_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Hasher:
        """Counts how many are at work, and lets them go on together."""

        def __init__(self) -> None:
            self.working, self.most = 0, 0
            self.lock, self.together = Lock(), Barrier(AT_ONCE)

        def hash(self, password: str) -> str:
            with self.lock:
                self.working += 1
                self.most = max(self.most, self.working)
            self.together.wait(timeout=20)
            with self.lock:
                self.working -= 1
            return password

    hasher = Hasher()
    monkeypatch.setattr(passwords, "_hasher", hasher)
    with ThreadPoolExecutor(AT_ONCE + WAITING) as pool:
        list(pool.map(passwords.hash_password, ["x"] * (AT_ONCE + WAITING)))
    assert hasher.most == AT_ONCE
