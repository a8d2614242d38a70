"""Units and posts: added, changed, closed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine.errors import Conflict, InvalidSubmission, WrongState
from engine.history import PostClosed, PostSaved, UnitClosed, UnitSaved
from engine.ids import LaneId, PostId, UnitId
from engine.office.change import OfficeChange
from engine.office.roster import PersonEntry, PostEntry, Roster, UnitEntry, mark
from engine.office.texts import code_of, lane_of, name_of

if TYPE_CHECKING:
    from datetime import datetime

    from engine.actor import Post, Unit

HIGHEST_STANDING = 10_000


def save_unit(roster: Roster, unit: Unit, *, seen: int | None) -> OfficeChange:
    """Add a unit (`seen` is None), or rename one or open it again.

    Raises InvalidSubmission for its texts, Conflict when the code is taken or the unit is no longer as it was seen.
    """
    found = roster.units.get(unit.id)
    if seen is None:
        _expect_free(roster, unit.id)
    else:
        expect_as_seen(roster.get_unit(unit.id), seen)
    entry = UnitEntry(id=UnitId(code_of(unit.id)), name=name_of(unit.name))
    if entry == found:
        return OfficeChange(events=())
    return OfficeChange(events=(UnitSaved(unit=entry.id, name=entry.name),), units=(entry,))


def close_unit(roster: Roster, unit: UnitId, now: datetime) -> OfficeChange:
    """Close a unit. Raises WrongState while it has open posts (`unit_has_posts`)."""
    entry = roster.get_unit(unit)
    if entry.closed_at is not None:
        return OfficeChange(events=())
    if posts := [e.post.name for e in roster.list_posts() if e.post.unit == unit]:
        raise WrongState(
            f"Expected no open post in {unit}, but found {posts}",
            code="unit_has_posts",
            name=entry.name,
            posts=tuple(posts),
        )
    closed = dataclasses.replace(entry, closed_at=now)
    return OfficeChange(events=(UnitClosed(unit=unit, name=entry.name),), units=(closed,))


def save_post(roster: Roster, post: Post, standing: int, *, seen: int | None) -> OfficeChange:
    """Add a post (`seen` is None), or change one or open it again; it stands for exactly its lanes from now on.

    Raises InvalidSubmission for its texts and for a unit or superior that is not there or closed (`unit_unknown`,
    `superior_unknown`), WrongState when it would answer to itself (`post_circle`), Conflict when the code is taken or the
    post is no longer as it was seen.
    """
    found = roster.posts.get(post.id)
    if seen is None:
        _expect_free(roster, post.id)
    else:
        expect_as_seen(roster.get_post(post.id), seen)
    entry = PostEntry(post=_checked(roster, post), standing=_standing(standing))
    if entry == found:
        return OfficeChange(events=())
    return OfficeChange(events=(_saved(entry),), posts=(entry,))


def close_post(roster: Roster, post: PostId, now: datetime) -> OfficeChange:
    """Close a post. Raises WrongState while somebody holds it or will (`post_held`), or others answer to it (`post_leads`)."""
    entry = roster.get_post(post)
    if entry.closed_at is not None:
        return OfficeChange(events=())
    name = entry.post.name
    holding = [h for h in roster.list_holdings(post) if not h.is_withdrawn and not h.is_over(now)]
    if holders := sorted({roster.persons[h.person].name for h in holding}):
        raise WrongState(
            f"Expected nobody to hold {post}, but found {holders}",
            code="post_held",
            name=name,
            holders=tuple(holders),
        )
    if led := [e.post.name for e in roster.list_posts() if e.post.superior == post]:
        raise WrongState(
            f"Expected no post to answer to {post}, but found {led}",
            code="post_leads",
            name=name,
            posts=tuple(led),
        )
    closed = dataclasses.replace(entry, closed_at=now)
    return OfficeChange(events=(PostClosed(post=post, name=name),), posts=(closed,))


def expect_as_seen(entry: UnitEntry | PostEntry | PersonEntry, seen: int) -> None:
    """Raise Conflict (`office_changed`) for an entry that was changed since its sender saw it."""
    if mark(entry) != seen:
        raise Conflict("Expected the entry as it was seen, but it changed", code="office_changed")


def _checked(roster: Roster, post: Post) -> Post:
    unit = roster.units.get(post.unit)
    if unit is None or unit.closed_at is not None:
        raise InvalidSubmission(
            f"Expected an open unit, but found {post.unit!r}", code="unit_unknown"
        )
    if post.superior is not None:
        _expect_superior(roster, post)
    return dataclasses.replace(
        post,
        id=PostId(code_of(post.id)),
        name=name_of(post.name),
        lanes=frozenset(LaneId(lane_of(lane)) for lane in post.lanes),
        acting=None,
        letter="",
    )


def _expect_superior(roster: Roster, post: Post) -> None:
    above = post.superior
    found = roster.posts.get(above) if above else None
    if found is None or found.closed_at is not None:
        raise InvalidSubmission(
            f"Expected an open post, but found {above!r}", code="superior_unknown"
        )
    while above is not None:
        if above == post.id:
            raise WrongState(
                f"Expected {post.id} not to answer to itself, but it would",
                code="post_circle",
                name=post.name,
            )
        entry = roster.posts.get(above)
        above = entry.post.superior if entry else None


def _standing(number: int) -> int:
    if not 0 <= number <= HIGHEST_STANDING:
        raise InvalidSubmission(
            f"Expected 0 to {HIGHEST_STANDING}, but found {number}",
            code="standing_range",
            limit=HIGHEST_STANDING,
        )
    return number


def _expect_free(roster: Roster, code: str) -> None:
    # a task is narrowed to posts and units alike, so no two of them may be called the same
    if UnitId(code) in roster.units or PostId(code) in roster.posts:
        raise Conflict(f"Expected a new code, but {code} is taken", code="code_taken", given=code)


def _saved(entry: PostEntry) -> PostSaved:
    post = entry.post
    return PostSaved(
        post=post.id,
        name=post.name,
        unit=post.unit,
        lanes=tuple(sorted(post.lanes)),
        superior=post.superior or "",
        standing=entry.standing,
    )
