"""A password looked at within the tries that there are (`storage.sign_ins`), and what is said when there are none left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.errors import CommandRejected
from web.i18n import _
from web.parts import parts
from web.passwords import Busy, is_right
from web.words import sentence

if TYPE_CHECKING:
    from datetime import timedelta

    from storage.sign_ins import Attempt

_MINUTE = 60
_CODE = "sign_in_slow"


class TooManyTries(CommandRejected):
    """There are no tries left for a while; the password was not looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Expected tries to be left", code=_CODE, wait=wait_words(wait))


def wait_words(wait: timedelta) -> str:
    """Say how long it takes until there is a try again, never less than it takes."""
    seconds = math.ceil(wait.total_seconds())
    if seconds <= _MINUTE:
        return _("{n} detik").format(n=seconds)
    return _("{n} menit").format(n=math.ceil(seconds / _MINUTE))


def waiting_sentence(wait: timedelta) -> str:
    """Say that there are no tries left, and how long to wait."""
    return sentence(_CODE, wait=wait_words(wait))


def fits(attempt: Attempt, password: str, stored: str | None) -> bool:
    """Tell whether the password is the one of the hash; if it can't be looked at the try is given back. Raises Busy."""
    try:
        return is_right(password, stored)
    except Busy:
        parts().sign_ins.give_back(attempt)
        raise
