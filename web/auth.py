"""Who is asking: server-side sessions behind a cookie, and the CSRF token that belongs to each.

The cookie holds a random token; the database keeps only its hash. Over HTTPS its name starts with `__Host-`, which binds it
to this host. A visitor who is not signed in has a cookie of the same kind for the sign-in form's CSRF token. A browser at which
somebody has signed in keeps a third one, by which its own mistakes are told from a stranger's guesses (`storage.sign_ins`);
it opens nothing.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g, request

from engine.errors import NotAllowed
from web.parts import parts

if TYPE_CHECKING:
    from datetime import timedelta

    from flask import Response as FlaskResponse
    from werkzeug.wrappers import Response

    from engine.actor import Actor, Agency

FIELD = "_csrf"
"""The form field with the CSRF token."""

SESSION, VISITOR, BROWSER, LINK = "alur_sesi", "alur_tamu", "alur_peramban", "alur_tautan"
"""Names of our cookies, before the prefix that HTTPS gives them; LINK holds a link for a new password while it is used."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The caller of this request."""

    actor: Actor
    agency: Agency
    csrf: str
    must_change: bool = False


def caller() -> SignedIn | None:
    """Give who is asking, None for a visitor who is not signed in."""
    found: SignedIn | None = g.get("signed_in")
    return found


def actor() -> Actor:
    """Give the person who is asking. Raises NotAllowed for a visitor; the guard has sent those to the sign-in before."""
    found = caller()
    if found is None:
        raise NotAllowed("Expected somebody signed in, but found a visitor", code="page_forbidden")
    return found.actor


def csrf_token() -> str:
    """Give the token that every unsafe form of this page must carry."""
    found = caller()
    if found is not None:
        return found.csrf
    token: str = g.setdefault("visitor_token", _visitor_cookie() or secrets.token_urlsafe(32))
    return token


def check_csrf() -> None:
    """Refuse an unsafe request whose form does not carry the caller's token. Raises NotAllowed."""
    if request.method in SAFE:
        return
    sent = request.form.get(FIELD, "")
    found = caller()
    expected = found.csrf if found else _visitor_cookie()
    if not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise NotAllowed("Expected the session's CSRF token, but it is another", code="csrf")


def remember_visitor(response: FlaskResponse) -> FlaskResponse:
    """Give a visitor whose page has a form the cookie with its token."""
    token = g.get("visitor_token")
    if token and token != _visitor_cookie():
        set_cookie(response, VISITOR, token)
    return response


def set_cookie(
    response: Response, name: str, value: str, *, lasts: timedelta | None = None
) -> None:
    """Set one of our cookies: not for scripts, not for other sites, over HTTPS only for this host.

    It lasts so long, or until the browser is closed.
    """
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=lasts,
        path="/",
        secure=parts().settings.is_secure,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: Response, name: str) -> None:
    """Let the browser forget one of our cookies."""
    response.delete_cookie(
        cookie_name(name),
        path="/",
        secure=parts().settings.is_secure,
        httponly=True,
        samesite="Lax",
    )


def cookie_name(name: str) -> str:
    """Give the name of a cookie as the browser keeps it."""
    return f"__Host-{name}" if parts().settings.is_secure else name


def cookie(name: str) -> str:
    """Give what the browser sent in one of our cookies, empty when it sent none."""
    return request.cookies.get(cookie_name(name), "")


def session_cookie() -> str:
    """Give the session's token that the browser sent, empty when it sent none."""
    return cookie(SESSION)


def client_address() -> str:
    """Give the address from which the request came; with `ALUR_PROXIES` the one that our proxies tell."""
    return request.remote_addr or ""


def _visitor_cookie() -> str:
    return cookie(VISITOR)
