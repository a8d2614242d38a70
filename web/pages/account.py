"""One's own account: how notices come, where one is signed in, and the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from engine.actor import Signature
from engine.errors import CommandRejected, InvalidSubmission, NotFound
from engine.notice import MailChoice
from engine.office.texts import email_of
from storage.accounts import change_own_password, choose_mail, find_account
from storage.queries.accounts import find_mail, list_sessions
from storage.sessions import IDLE, hash_token
from web.auth import SESSION, actor, caller, session_cookie, set_cookie
from web.device_words import device_words
from web.errors import status_of
from web.pages.session import farewell
from web.parts import parts
from web.passwords import check_new, hash_password
from web.tries import TooManyTries, fits
from web.words import explain

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from storage.accounts import Account

account = Blueprint("account", __name__)

NEWS = {
    "sandi": "Kata sandi diganti. Sesi Anda di peramban lain sudah diakhiri.",
    "sesi": "Sesi sudah diakhiri.",
    "surel": "Pilihan pemberitahuan disimpan.",
}
"""What is said at the top of the page after an act."""

OTHERS, ALL = "lain", "semua"
"""What may be ended beside one session."""


@account.get("/akun")
def show() -> str:
    """Show the account."""
    return _page()


@account.post("/akun/surel")
def save_mail() -> Response | tuple[str, int]:
    """Let notices come as chosen; for another address, which a link for a new password may go to, the password is asked."""
    own, typed = _own_account(), request.form.get("surel", "")
    try:
        mail = MailChoice(request.form.get("kirim", ""))
    except ValueError:
        raise BadRequest from None
    try:
        email = email_of(typed)
        if not email and mail is not MailChoice.OFF:
            raise InvalidSubmission("Expected an address, but it is empty", code="email_missing")
        if email != own.email:
            _check_password(own)
    except CommandRejected as error:
        return _page(problem=explain(error), email=typed.strip(), mail=mail), status_of(error)
    choose_mail(parts().database, own.person, mail=mail, email=email)
    return redirect(url_for("account.show", kabar="surel"), 303)


@account.post("/akun/sesi")
def end_sessions() -> Response:
    """End one session, the others, or all; with one's own one is signed out."""
    which, me = request.form.get("akhiri", ""), actor()
    sessions, by = parts().sessions, Signature.of(me)
    if which in (OTHERS, ALL):
        sessions.end_all(me.person, by, but=session_cookie() if which == OTHERS else "")
    else:
        sessions.end_session(me.person, _hash_of(which), by)
    if sessions.find_session(session_cookie()) is None:
        return farewell()
    return redirect(url_for("account.show", kabar="sesi"), 303)


@account.get("/akun/sandi")
def password_page() -> str:
    """Ask for a new password."""
    return _password_page()


@account.post("/akun/sandi")
def change_password() -> Response | tuple[str, int]:
    """Change the password, end the other sessions, and go on in this one under a new id."""
    own = _own_account()
    try:
        _check_password(own)
        chosen = chosen_password(own)
    except CommandRejected as error:
        return _password_page(explain(error)), status_of(error)
    change_own_password(
        parts().database, own.person, hash_password(chosen), session=session_cookie()
    )
    response = redirect(url_for("account.show", kabar="sandi"), 303)
    set_cookie(response, SESSION, parts().sessions.renew(session_cookie()))
    return response


def chosen_password(own: Account) -> str:
    """Give the new password of the form, if it may be this account's. Raises InvalidSubmission."""
    chosen = request.form.get("sandi_baru", "")
    check_new(chosen, own.login, own.name, own.agency)
    if chosen != request.form.get("sandi_ulang", ""):
        raise InvalidSubmission(
            "Expected the password twice, but they differ", code="password_repeat"
        )
    if chosen == request.form.get("sandi_lama"):
        raise InvalidSubmission(
            "Expected another password, but it is the old one", code="password_same"
        )
    return chosen


def _check_password(own: Account) -> None:
    attempt = parts().sign_ins.begin_own(own.person)
    if attempt.wait:
        raise TooManyTries(attempt.wait)
    if not fits(attempt, request.form.get("sandi_lama", ""), own.password_hash):
        raise InvalidSubmission("Expected the old password, but it is not", code="password_wrong")
    parts().sign_ins.give_back(attempt)


def _own_account() -> Account:
    found = find_account(parts().database, actor().person)
    if found is None:
        raise NotFound("Expected an open account, but it was closed", code="not_found")
    return found


def _hash_of(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise BadRequest from None


def _page(problem: str = "", email: str | None = None, mail: MailChoice | None = None) -> str:
    here, me = parts(), actor()
    kept = here.database.read(lambda c: find_mail(c, me.person))
    lines = here.database.read(lambda c: list_sessions(c, me.person, here.clock.now(), IDLE))
    return render_template(
        "pages/account.html",
        me=me,
        problem=problem,
        news=NEWS.get(request.args.get("kabar", "")),
        email=kept.email if kept and email is None else email or "",
        mail=mail or (kept.mail if kept else MailChoice.OFF),
        sessions=lines,
        own_session=hash_token(session_cookie()),
        device_words=device_words,
    )


def _password_page(problem: str = "") -> str:
    found = caller()
    return render_template(
        "pages/password.html",
        login=actor().login,
        problem=problem,
        must_change=found is not None and found.must_change,
    )
