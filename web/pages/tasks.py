"""*Tugas saya*: what lies on the desk, what can be taken, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from storage.queries.inbox import Desk, list_inbox
from web.auth import actor
from web.input import page_number
from web.news import find_news
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

tasks = Blueprint("tasks", __name__)


@tasks.get("/")
def home() -> Response:
    """Go to the inbox, where the day begins."""
    return redirect(url_for("tasks.inbox"), 303)


@tasks.get("/tugas")
def inbox() -> str:
    """Show one desk of the inbox."""
    asked = request.args.get("meja", "")
    desk = Desk(asked) if asked in list(Desk) else Desk.MINE
    caller, number = actor(), page_number()
    found = parts().database.read(lambda c: list_inbox(c, caller, desk, number))
    return render_template("pages/inbox.html", inbox=found, desks=Desk, news=find_news())
