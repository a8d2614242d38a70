"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from storage.queries.people import list_agencies, list_persons
from web.auth import SESSION, VISITOR, caller, drop_cookie, session_cookie, set_cookie
from web.demonstration import PASSWORD
from web.guard import is_local
from web.parts import parts
from web.passwords import is_right

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

session = Blueprint("session", __name__)


@session.get("/masuk")
def sign_in_page() -> Response | str:
    """Show the sign-in; who is signed in already goes on."""
    if caller() is not None:
        return redirect(_next_page(), 303)
    return _page()


@session.post("/masuk")
def sign_in() -> Response | tuple[str, int]:
    """Open a session under a new id, or say that login and password don't fit, whichever of them is wrong."""
    login = request.form.get("login", "").strip().lower()
    account = parts().directory.find_credentials(login)
    fits = is_right(request.form.get("sandi", ""), account.password_hash if account else None)
    if account is None or not fits:
        parts().sessions.refuse_sign_in(login)
        return _page(login=login, refused=True), 422
    opened = parts().sessions.open_session(account.person)
    response = redirect(_next_page(), 303)
    set_cookie(response, SESSION, opened.token)
    drop_cookie(response, VISITOR)
    return response


@session.post("/keluar")
def sign_out() -> Response:
    """Close the session."""
    parts().sessions.close_session(session_cookie())
    response = redirect(url_for("session.sign_in_page"), 303)
    drop_cookie(response, SESSION)
    return response


def _page(login: str = "", *, refused: bool = False) -> str:
    here = parts()
    shown = here.settings.demonstration
    persons = here.database.read(lambda c: list_persons(c, here.clock.now())) if shown else ()
    agencies = here.database.read(list_agencies)
    return render_template(
        "pages/sign_in.html",
        login=login,
        refused=refused,
        next_page=_next_page(),
        agency=agencies[0].name if len(agencies) == 1 else "",
        persons=persons,
        password=PASSWORD if shown else "",
    )


def _next_page() -> str:
    asked = request.values.get("lanjut", "")
    return asked if is_local(asked) else url_for("tasks.inbox")
