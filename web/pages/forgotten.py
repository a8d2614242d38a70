"""Asking for a link by mail, for who forgot the password. The answer is the same whether there is such an account or not."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request

from engine.actor import Signature
from engine.errors import WrongState
from storage.accounts import RESET_LASTS, find_account, make_reset
from storage.directory import find_agency
from web.auth import client_address
from web.errors import escaped
from web.i18n import long_moment
from web.mail_work import AddressMail, send_to_address
from web.pages.password_link import beginning
from web.parts import parts
from web.tries import waiting_sentence

if TYPE_CHECKING:
    from flask import Response

    from storage.accounts import Account
    from web.parts import Parts

forgotten = Blueprint("forgotten", __name__)

_log = logging.getLogger("alur.web")


@forgotten.get("/lupa-sandi")
def show() -> str:
    """Ask whose password is forgotten; where no mail is sent, say whom to ask."""
    return _page()


@forgotten.post("/lupa-sandi")
def send() -> Response | tuple[str, int]:
    """Send a link if there is such an account with a mail address, and say neither. Raises WrongState (`mail_off`)."""
    here = parts()
    if not here.settings.smtp_url:
        raise WrongState("Expected a mail server, but there is none", code="mail_off")
    login = request.form.get("login", "").strip().lower()
    attempt = here.sign_ins.begin_link(login, client_address())
    if attempt.wait:
        return _page(problem=waiting_sentence(attempt.wait)), 429
    response = make_response(_page(is_sent=True))
    begins = beginning()
    # after the answer has gone out: how long it takes would tell whether there is such an account
    response.call_on_close(lambda: _send(here, login, begins))
    return response


def _send(here: Parts, login: str, begins: str) -> None:
    try:
        known = here.directory.find_credentials(login)
        account = find_account(here.database, known.person) if known else None
        if account is not None and account.email:
            _lay_out(here, account, begins)
    except Exception as error:  # noqa: BLE001 - nobody waits for it any more, so the log is where it is told
        _log.error("link by mail failed: %s", escaped(repr(error)))


def _lay_out(here: Parts, account: Account, begins: str) -> None:
    until = here.clock.now() + RESET_LASTS
    agency = here.database.read(lambda c: find_agency(c, account.agency))
    if agency is None:
        return
    token = make_reset(here.database, account.person, Signature.of_system(), beside_others=True)
    values = {
        "name": account.name,
        "link": f"{begins}/{token}",
        "until": long_moment(until, agency.zone),
    }
    mail = AddressMail(
        agency=account.agency,
        to=account.email,
        template="password_reset",
        values=values,
        until=until,
    )
    send_to_address(here, mail)


def _page(problem: str = "", *, is_sent: bool = False) -> str:
    return render_template(
        "pages/forgotten.html",
        problem=problem,
        is_sent=is_sent,
        is_mailed=bool(parts().settings.smtp_url),
    )
