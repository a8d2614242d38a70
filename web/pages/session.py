"""Signing in and out."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from storage.queries.people import list_agencies, list_persons
from storage.sign_ins import REMEMBERED
from web.auth import (
    BROWSER,
    SESSION,
    VISITOR,
    caller,
    client_address,
    cookie,
    drop_cookie,
    session_cookie,
    set_cookie,
)
from web.demonstration import PASSWORD
from web.guard import is_local
from web.i18n import _
from web.parts import parts
from web.passwords import Busy, check_room
from web.tries import fits, waiting_sentence
from web.words import explain

if TYPE_CHECKING:
    from datetime import timedelta

    from flask import Response as FlaskResponse
    from werkzeug.wrappers import Response

    from engine.ids import PersonId
    from storage.sign_ins import Attempt

session = Blueprint("session", __name__)

_log = logging.getLogger("alur.web")

SECONDS_WHEN_BUSY = 5

MISMATCH = "Nama masuk atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."


@session.get("/masuk")
def sign_in_page() -> Response | str:
    """Show the sign-in; who is signed in already goes on."""
    if caller() is not None:
        return redirect(_next_page(), 303)
    return _page()


@session.post("/masuk")
def sign_in() -> Response | tuple[str, int]:
    """Open a session under a new id, or say that login and password don't fit, whichever of them is wrong."""
    check_room()
    login = request.form.get("login", "").strip().lower()
    attempt = parts().sign_ins.begin(login, client_address(), cookie(BROWSER))
    if attempt.wait:
        return _slow_down(login, attempt.wait)
    account = parts().directory.find_credentials(login)
    stored = account.password_hash if account else None
    if not fits(attempt, request.form.get("sandi", ""), stored) or account is None:
        parts().sessions.refuse_sign_in(login)
        return _page(login=login, problem=_(MISMATCH)), 422
    return _welcome(attempt, account.person)


@session.post("/keluar")
def sign_out() -> Response:
    """Close the session."""
    parts().sessions.close_session(session_cookie())
    return farewell()


@session.app_errorhandler(Busy)
def too_busy(error: Busy) -> FlaskResponse:
    """Send somebody away whose password can't be looked at just now."""
    page = render_template(
        "pages/error.html", title=_("Sebentar"), sentence=explain(error), error_id=""
    )
    return _later(page, 503, SECONDS_WHEN_BUSY)


def farewell() -> Response:
    """Give the way out, for somebody whose session has just ended."""
    response = redirect(url_for("session.sign_in_page"), 303)
    drop_cookie(response, SESSION)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _welcome(attempt: Attempt, person: PersonId) -> Response:
    browser = parts().sign_ins.succeed(attempt, person, cookie(BROWSER))
    agent = request.headers.get("User-Agent", "")
    opened = parts().sessions.open_session(person, address=client_address(), agent=agent)
    response = redirect(_next_page(), 303)
    set_cookie(response, SESSION, opened.token)
    set_cookie(response, BROWSER, browser, lasts=REMEMBERED)
    drop_cookie(response, VISITOR)
    return response


def _slow_down(login: str, wait: timedelta) -> FlaskResponse:
    _log.warning("sign-in slowed down address=%s seconds=%d", client_address(), wait.seconds)
    page = _page(login=login, problem=waiting_sentence(wait))
    return _later(page, 429, math.ceil(wait.total_seconds()))


def _later(page: str, status: int, seconds: int) -> FlaskResponse:
    response = make_response(page, status)
    response.headers["Retry-After"] = str(seconds)
    return response


def _page(login: str = "", problem: str = "") -> str:
    here = parts()
    shown = here.settings.demonstration
    persons = here.database.read(lambda c: list_persons(c, here.clock.now())) if shown else ()
    agencies = here.database.read(list_agencies)
    return render_template(
        "pages/sign_in.html",
        login=login,
        problem=problem,
        next_page=_next_page(),
        agency=agencies[0].name if len(agencies) == 1 else "",
        offices=[(a.name, [p for p in persons if p.agency == a.id]) for a in agencies],
        password=PASSWORD if shown else "",
        is_empty=not agencies,
        is_changed=request.args.get("kabar") == "sandi",
    )


def _next_page() -> str:
    asked = request.values.get("lanjut", "")
    return asked if is_local(asked) else url_for("tasks.inbox")
