"""Texts that an administrator types: names, codes, logins, addresses. Each function gives it as it is kept, or raises."""

from __future__ import annotations

import re

from engine.errors import InvalidSubmission

LONGEST = 200
"""Characters of a name, an address or the number of a letter."""

_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LANE = re.compile(r"[A-Za-z_][\w.-]{0,127}", re.ASCII)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def name_of(text: str) -> str:
    """Give a name, space squeezed. Raises InvalidSubmission (`name_missing`, `name_long`, `name_characters`)."""
    name = line_of(text)
    if not name:
        raise InvalidSubmission("Expected a name, but it is empty", code="name_missing")
    return name


def line_of(text: str) -> str:
    """Give a line of text, space squeezed; it may be empty. Raises InvalidSubmission (`name_long`, `name_characters`)."""
    line = " ".join(text.split())
    if not line.isprintable():
        raise InvalidSubmission(
            f"Expected printable characters, but found {line!r}", code="name_characters"
        )
    if len(line) > LONGEST:
        raise InvalidSubmission(
            f"Expected at most {LONGEST} characters, but found {len(line)}",
            code="name_long",
            limit=LONGEST,
        )
    return line


def code_of(text: str) -> str:
    """Give the code of a unit, post or agency. Raises InvalidSubmission (`code_shape`)."""
    if not _CODE.fullmatch(text):
        raise InvalidSubmission(
            f"Expected small letters, digits and underscores, but found {text!r}",
            code="code_shape",
            given=text,
        )
    return text


def lane_of(text: str) -> str:
    """Give the id of a lane, as a drawing may have it. Raises InvalidSubmission (`lane_shape`)."""
    if not _LANE.fullmatch(text):
        raise InvalidSubmission(
            f"Expected the id of a lane, but found {text!r}", code="lane_shape", lane=text
        )
    return text


def login_of(text: str) -> str:
    """Give a login. Raises InvalidSubmission (`login_shape`)."""
    if not _LOGIN.fullmatch(text):
        raise InvalidSubmission(
            f"Expected a login of small letters, but found {text!r}", code="login_shape", login=text
        )
    return text


def email_of(text: str) -> str:
    """Give an e-mail address, which may be empty. Raises InvalidSubmission (`email_shape`)."""
    email = text.strip()
    if email and (len(email) > LONGEST or not email.isprintable() or not _EMAIL.fullmatch(email)):
        raise InvalidSubmission("Expected an e-mail address, but it is none", code="email_shape")
    return email
