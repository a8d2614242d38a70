"""*Kantor*: who holds which post now, and what nobody can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from storage.queries.office import count_open, list_strays
from web.auth import actor
from web.office_view import LaneLine, lanes_in_force, lines_of, this_roster
from web.parts import parts

if TYPE_CHECKING:
    from datetime import datetime

    from engine.office import PersonEntry, PostEntry, Roster
    from web.office_view import HoldingLine

office = Blueprint("office", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """An open post, what it answers to and who holds it now."""

    entry: PostEntry
    unit: str
    superior: str
    holders: list[HoldingLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyLane:
    """A lane of a process in force that nobody stands for now, and how many open tasks wait in it."""

    line: LaneLine
    waiting: int


@office.get("/kantor")
def index() -> str:
    """Show the office as it is now."""
    agency, now = actor().agency, parts().clock.now()
    roster, lanes = this_roster(), lanes_in_force()
    empty = lanes.keys() - _lanes_held(roster, now)
    waiting = parts().database.read(lambda c: count_open(c, agency, empty))
    strays = parts().database.read(lambda c: list_strays(c, roster, now))
    lines = post_lines(roster)
    return render_template(
        "pages/office/index.html",
        posts=lines,
        empty_posts=[line for line in lines if not line.holders],
        empty_lanes=[
            EmptyLane(line=line, waiting=waiting.get(lane, 0))
            for lane, line in lanes.items()
            if lane in empty
        ],
        strays=strays,
        lanes=lanes,
        without_password=_without_password(roster),
    )


def post_lines(roster: Roster) -> list[PostLine]:
    """Give the open posts, highest first, each with who holds it now."""
    return [_post_line(roster, entry) for entry in roster.list_posts()]


def _post_line(roster: Roster, entry: PostEntry) -> PostLine:
    post, now = entry.post, parts().clock.now()
    above = roster.posts.get(post.superior) if post.superior else None
    return PostLine(
        entry=entry,
        unit=roster.units[post.unit].name,
        superior=above.post.name if above else "",
        holders=lines_of(roster, roster.list_holders(post.id, now)),
    )


def _lanes_held(roster: Roster, now: datetime) -> set[str]:
    return {lane for person in roster.persons for lane in roster.lanes_of(person, now)}


def _without_password(roster: Roster) -> list[PersonEntry]:
    open_accounts = (p for p in roster.persons.values() if p.closed_at is None)
    return sorted((p for p in open_accounts if not p.has_password), key=lambda p: p.name)
