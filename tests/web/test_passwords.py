"""Passwords: what is taken for one, and what is refused as one."""

from __future__ import annotations

import pytest

from engine.errors import InvalidSubmission
from engine.office import NO_PASSWORD
from web.demonstration import PASSWORD
from web.passwords import LONGEST, SHORTEST, check_new, hash_password, is_right


def test_only_the_right_password_fits() -> None:
    stored = hash_password("lima ekor kucing")
    assert is_right("lima ekor kucing", stored)
    assert not is_right("lima ekor kucin", stored)
    assert stored != hash_password("lima ekor kucing")


@pytest.mark.parametrize("stored", [None, "", NO_PASSWORD, "x", "$argon2id$broken"])
@pytest.mark.parametrize("password", ["", "nobody has this password", NO_PASSWORD])
def test_an_account_without_a_password_is_opened_by_none(password: str, stored: str | None) -> None:
    assert not is_right(password, stored)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x" * (SHORTEST - 1), "password_short"),
        ("lima ekor " * LONGEST, "password_long"),
        ("sayangsayang", "password_guessable"),
        ("qwertyuiop12", "password_guessable"),
        ("P@ssw0rdP@ssw0rd", "password_guessable"),
        ("rina.wulandari", "password_guessable"),
        ("wulandariwulandari", "password_guessable"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str, code: str) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        check_new(password, "rina.wulandari", "Rina Wulandari")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "password", ["lima ekor kucing", PASSWORD, "x7#Kq9!mZp2$", "satu" * 3 + "dua" * 90]
)
def test_any_other_will_do_whatever_its_signs(password: str) -> None:
    check_new(password, "rina.wulandari", "Rina Wulandari")
