"""Choosing a password by a link that an administrator made: for who forgot it, and for who is new.

The link's token leaves the address at once and goes on in a cookie, so that it stands in no history, on no screen and in no
`Referer`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for

from engine.errors import InvalidSubmission, NotFound
from storage.accounts import RESET_LASTS, find_reset, use_reset
from web.auth import LINK, SESSION, cookie, drop_cookie, set_cookie
from web.pages.account import chosen_password
from web.parts import parts
from web.passwords import hash_password
from web.words import explain

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from storage.accounts import Account

password_link = Blueprint("password_link", __name__)

_TOKEN = re.compile(r"[\w-]{40,50}", re.ASCII)


def address_of(token: str) -> str:
    """Give the address to hand over for a token of `storage.accounts.make_reset`."""
    return f"{beginning()}/{token}"


def beginning() -> str:
    """Give what comes before the token in the address of a link."""
    return parts().settings.address + url_for("password_link.show")


@password_link.get("/sandi-baru/<token>")
def enter(token: str) -> Response:
    """Take the token out of the address. Raises NotFound (`reset_gone`) for what can't be one."""
    if not _TOKEN.fullmatch(token):
        raise _gone()
    response = redirect(url_for("password_link.show"), 303)
    set_cookie(response, LINK, token, lasts=RESET_LASTS)
    return response


@password_link.get("/sandi-baru")
def show() -> str:
    """Ask for the new password, or say that the link works no more."""
    return _page(_account())


@password_link.post("/sandi-baru")
def use() -> Response | tuple[str, int]:
    """Change the password; whoever has it can sign in with it then."""
    found = _account()
    try:
        chosen = chosen_password(found)
    except InvalidSubmission as error:
        return _page(found, explain(error)), 422
    use_reset(parts().database, cookie(LINK), hash_password(chosen))
    response = redirect(url_for("session.sign_in_page", kabar="sandi"), 303)
    drop_cookie(response, LINK)
    drop_cookie(response, SESSION)
    return response


def _account() -> Account:
    found = find_reset(parts().database, cookie(LINK))
    if found is None:
        raise _gone()
    return found


def _gone() -> NotFound:
    return NotFound("Expected a link that still works, but it does not", code="reset_gone")


def _page(found: Account, problem: str = "") -> str:
    return render_template("pages/password_link.html", account=found, problem=problem)
