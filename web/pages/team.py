"""*Tim saya*: a head's view of the work by post and person, and the list from which many tasks are given to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from engine.ids import PostId
from storage.queries.desk_of_head import Focus, find_overview, list_team_tasks
from storage.queries.wish import Order
from web.auth import actor
from web.i18n import _
from web.lane_names import round_of
from web.news import find_news
from web.parts import parts
from web.task_groups import in_groups
from web.wishes import (
    ORDER_SENTENCES,
    Filter,
    Option,
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
    from storage.queries.desk_of_head import TeamList

team = Blueprint("team", __name__)

UNOWNED = "tanpa-pengerja"
"""In place of a post: the tasks that nobody can do as things are."""


@team.get("/tim")
def overview() -> str:
    """Show the work of each post and person."""
    caller, deadlines = actor(), seen_now()
    found = parts().database.read(lambda c: find_overview(c, caller, deadlines))
    return render_template("pages/team.html", overview=found, unowned=UNOWNED, news=find_news())


@team.get("/tim/tugas")
def tasks() -> str:
    """Show the tasks of the team, of a post, or those that nobody can do."""
    caller, wish, deadlines = actor(), read_wish(), seen_now()
    asked = request.args.get("jabatan", "")[:200]
    focus = Focus(post=PostId(asked)) if asked not in ("", UNOWNED) else Focus(unowned=bool(asked))
    found = parts().database.read(lambda c: list_team_tasks(c, caller, focus, wish, deadlines))
    return render_template(
        "pages/team_tasks.html",
        found=found,
        wish=wish,
        filters=_filters(found, asked),
        asked=parameters(wish, jabatan=asked),
        groups=in_groups(found.rows, found.tally, deadlines),
        order_sentence=ORDER_SENTENCES[wish.order],
        round_of=round_of,
        news=find_news(),
    )


def _filters(found: TeamList, post: str) -> list[Filter]:
    lanes = lane_filter(found.tally)
    return [
        _post_filter(found, post),
        holder_filter(found.tally),
        process_filter(found.tally),
        *([lanes] if len(lanes.options) > 1 or lanes.value else []),
        due_filter(found.tally),
        order_filter(found.tally.wish, Order),
    ]


def _post_filter(found: TeamList, value: str) -> Filter:
    posts = (Option(value=post.id, name=post.name) for post in found.posts)
    options = (*posts, Option(value=UNOWNED, name=_("Tanpa pengerja")))
    return Filter(name="jabatan", label=_("Jabatan"), value=value, options=options)
