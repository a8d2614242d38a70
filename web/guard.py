"""The gate before every page: who is asking, with a valid token, and may this caller open this address at all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import g, redirect, request, url_for

from engine.errors import NotAllowed, NotFound
from engine.ids import InstanceId, UserTaskId, instance_of
from storage.directory import find_agency
from storage.queries.visibility import find_visible_case
from web.auth import (
    SAFE,
    SignedIn,
    actor,
    caller,
    check_csrf,
    remember_visitor,
    session_cookie,
)
from web.drafts import keep_of_ended_session
from web.parts import parts
from web.permissions import ROUTES, Access, admits

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

_UNASKED = frozenset({"assets.show"})
"""Endpoints that are the same for everybody, so that nobody is looked up for them."""

_WITH_OLD_PASSWORD = frozenset(
    {"account.password_page", "account.change_password", "session.sign_out"}
)
"""What is open to somebody who has to choose a new password first."""


def register(app: Flask) -> None:
    """Let every request of the app pass the gate."""
    app.before_request(_enter)
    app.after_request(remember_visitor)


def is_local(path: str) -> bool:
    """Tell whether a path leads to a page of ours and nowhere else."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return False
    parts_of_path = urlsplit(path)
    return not parts_of_path.scheme and not parts_of_path.netloc


def _enter() -> Response | None:
    _check_host()
    endpoint = request.endpoint
    if endpoint is None or endpoint in _UNASKED:
        return None
    _recognise()
    access = ROUTES[endpoint]
    if caller() is None and access is not Access.ANYONE:
        goal = keep_of_ended_session() or _asked_page()
        return redirect(url_for("session.sign_in_page", lanjut=goal), 303)
    try:
        check_csrf()
    except NotAllowed:
        if (kept := keep_of_ended_session()) is None:
            raise
        return redirect(kept, 303)
    if _must_change() and endpoint not in _WITH_OLD_PASSWORD:
        return redirect(url_for("account.password_page"), 303)
    if access is not Access.ANYONE and not admits(access, actor()):
        raise NotAllowed(f"Expected {access.value} at {endpoint}", code="page_forbidden")
    if access is Access.SEES_CASE:
        _check_case()
    return None


def _recognise() -> None:
    token = session_cookie()
    found = parts().sessions.find_session(token) if token else None
    if found is None:
        return
    agency = parts().database.read(lambda c: find_agency(c, found.actor.agency))
    if agency is not None:
        g.signed_in = SignedIn(
            actor=found.actor, agency=agency, csrf=found.csrf, must_change=found.must_change
        )


def _check_host() -> None:
    """Refuse what was sent to another name than ours: a page elsewhere may have pointed a name of its own at us."""
    settings = parts().settings
    if settings.hosts and _asked_host() not in settings.hosts:
        raise NotAllowed(
            f"Expected a request to {settings.address}, but it is to another host",
            code="host_wrong",
            address=settings.address,
        )


def _asked_host() -> str | None:
    try:
        return urlsplit(f"//{request.host}").hostname
    except ValueError:  # no name at all, such as `[`
        return None


def _must_change() -> bool:
    found = caller()
    return found is not None and found.must_change


def _asked_page() -> str | None:
    """Give the page to come back to after the sign-in: only one that can be opened by a link."""
    return request.full_path.rstrip("?") if request.method in SAFE else None


def _check_case() -> None:
    asked = request.view_args or {}
    case = asked.get("case_id") or instance_of(UserTaskId(asked["task_id"]))
    caller_now = actor()
    found = parts().database.read(lambda c: find_visible_case(c, caller_now, InstanceId(case)))
    if found is None:
        raise NotFound(f"Expected a case that {actor().login} may see", code="not_found")
