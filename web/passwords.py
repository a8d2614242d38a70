"""Passwords: hashed with Argon2id (RFC 9106, second recommended option in one lane), few at once, not the ones everybody guesses.

A hash takes 64 MiB and a good part of a second of a core, so that guessing a stolen one is slow. A flood of sign-ins must not
take the whole machine with it: half of its cores look at passwords at most, a few more wait, and the rest are sent away.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from engine.errors import AlurError, InvalidSubmission

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = 12
"""Characters that a password must have at least (ASVS 5.0, 6.2.1 recommends more than its 8)."""

LONGEST = 1_000
"""Longer ones are refused unread, so that nobody can keep the server busy with them."""

AT_ONCE, WAITING = max(1, (os.cpu_count() or 1) // 2), 4
"""Hashes made at the same time in one process, and how many more may wait for their turn."""

OUR_WORDS = ("alur", "dinas", "kantor", "surat", "sandi")
"""Words that come to everybody's mind here, beside the person's own (ASVS 5.0, 6.1.2)."""

_READ = 72
"""Characters in which zxcvbn looks for what is often used; its work grows with the square."""

_GUESSABLE = 1_000_000
"""Guesses within which a password is found by who tries the usual ones first: too few."""

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_admitted, _turn = BoundedSemaphore(AT_ONCE + WAITING), BoundedSemaphore(AT_ONCE)
_one_by_one = Lock()  # zxcvbn keeps the words of the person in a place that all calls share


class Busy(AlurError):
    """Too many passwords are being looked at; nothing was done."""


def check_room() -> None:
    """Tell that there is room for one more password, before anything is done for it. Raises Busy."""
    with _admission():
        pass


def hash_password(password: str) -> str:
    """Give the Argon2 hash of a password, as it is stored. Raises Busy."""
    with _taking_turns():
        return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether the password is the one of the hash; without a hash the same work is done, and the answer is no.

    Raises Busy.
    """
    if len(password) > LONGEST:
        return False
    with _taking_turns():
        return _fits(password, stored or _nobody()) and bool(stored)


def check_new(password: str, *words: str) -> None:
    """Refuse a password that is short, much too long, or easily guessed by who knows these words (login, name).

    Nothing is asked of its characters (ASVS 5.0, 6.2.5). Raises InvalidSubmission (`password_short`, `password_long`,
    `password_guessable`).
    """
    if len(password) < SHORTEST:
        raise _refused("password_short", f"of {SHORTEST} characters", limit=SHORTEST)
    if len(password) > LONGEST:
        raise _refused("password_long", f"of at most {LONGEST} characters", limit=LONGEST)
    known = [part for word in words for part in [word, *re.split(r"\W+", word)] if part]
    with _one_by_one:
        guesses = zxcvbn(password[:_READ], [*known, *OUR_WORDS])["guesses"]
    if guesses < _GUESSABLE:
        raise _refused("password_guessable", "that is not among the first to be guessed")


def _refused(code: str, expected: str, **params: object) -> InvalidSubmission:
    return InvalidSubmission(f"Expected a password {expected}, but it is not", code=code, **params)


@contextmanager
def _taking_turns() -> Iterator[None]:
    with _admission(), _turn:
        yield


@contextmanager
def _admission() -> Iterator[None]:
    if not _admitted.acquire(blocking=False):
        raise Busy("Expected few passwords at once, but there are too many", code="passwords_busy")
    try:
        yield
    finally:
        _admitted.release()


def _fits(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except VerificationError:
        return False
    except (
        InvalidHashError
    ):  # an account without a password yet: it must not be told by a quicker answer
        _hasher.hash(password)
        return False


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())
