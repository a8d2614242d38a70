"""*Tugas saya*: what lies on the desk, what can be taken, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from storage.queries.inbox import Desk, list_inbox
from storage.queries.wish import Order
from web.auth import actor
from web.lane_names import round_of
from web.news import find_news
from web.parts import parts
from web.task_groups import in_groups
from web.wishes import (
    ORDER_SENTENCES,
    due_filter,
    holder_filter,
    lane_filter,
    order_filter,
    parameters,
    process_filter,
    read_wish,
    seen_now,
)

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from storage.queries.inbox import Inbox
    from web.wishes import Filter

tasks = Blueprint("tasks", __name__)


@tasks.get("/")
def home() -> Response:
    """Go to the inbox, where the day begins."""
    return redirect(url_for("tasks.inbox"), 303)


@tasks.get("/tugas")
def inbox() -> str:
    """Show one desk of the inbox."""
    asked = request.args.get("meja", "")
    desk = Desk(asked) if asked in set(Desk) else Desk.MINE
    caller, wish, deadlines = actor(), read_wish(), seen_now()
    found = parts().database.read(lambda c: list_inbox(c, caller, desk, wish, deadlines))
    return render_template(
        "pages/inbox.html",
        inbox=found,
        desks=Desk,
        filters=_filters(found),
        asked=parameters(found.wish, meja=desk.value),
        groups=in_groups(found.rows, found.tally, deadlines),
        order_sentence=ORDER_SENTENCES[found.wish.order],
        round_of=round_of,
        news=find_news(),
    )


def _filters(found: Inbox) -> list[Filter]:
    """Give the filters in which there is something to choose."""
    offered = [process_filter(found.tally)]
    lanes = lane_filter(found.tally)
    if len(lanes.options) > 1 or lanes.value:
        offered.append(lanes)
    if found.desk is Desk.FREE:
        offered.append(holder_filter(found.tally))
    orders = [order for order in Order if found.desk is not Desk.DONE or order is not Order.DUE]
    if found.desk is not Desk.DONE:
        offered.append(due_filter(found.tally))
    return [*offered, order_filter(found.wish, orders)]
