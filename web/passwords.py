"""Passwords: hashed with Argon2id (RFC 9106, second recommended option), checked in the same time for unknown logins."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
"""Characters that a password must have at least."""

LONGEST = 1_000
"""Longer ones are refused unread, so that nobody can keep the server busy with them."""

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Give the Argon2 hash of a password, as it is stored."""
    return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether the password is the one of the hash; without a hash the same work is done, and the answer is no."""
    if len(password) > LONGEST:
        return False
    try:
        _hasher.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
