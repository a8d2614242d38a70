"""The page *Tim saya*: work by post and person, for a head of those who answer to the head, else of the whole office.

"Where is my task": everything open lies with somebody, or before posts that somebody holds, or it is told as unowned: free in a
lane that nobody stands for now, or with somebody who may no longer do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import and_, case, func, or_, select

from engine.actor import Role
from engine.clock import from_text
from engine.ids import LaneId, PersonId
from storage.queries.paging import Page
from storage.queries.pile import IS_OPEN, Pile
from storage.queries.standing import standings_of
from storage.queries.tally import Tally, tally
from storage.queries.task_rows import TaskRow, list_rows
from storage.queries.visibility import is_led
from storage.roster import read_roster
from storage.tables import user_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from engine.actor import Actor, Post
    from engine.ids import PostId
    from storage.queries.deadlines import Deadlines
    from storage.queries.standing import Standing
    from storage.queries.wish import Wish

T = TypeVar("T")

_EVERYTHING = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that look after the whole office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much work: how many open tasks, how many of them late, since when the oldest waits (None: there is none)."""

    count: int = 0
    late: int = 0
    oldest: datetime | None = None

    def __add__(self, other: Load) -> Load:
        """Give both together."""
        moments = [moment for moment in (self.oldest, other.oldest) if moment is not None]
        return Load(
            count=self.count + other.count,
            late=self.late + other.late,
            oldest=min(moments, default=None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLoad:
    """What a person holds in a post's lanes."""

    person: PersonId
    name: str
    title: str
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLoad:
    """The work before a post: what is free for it (other posts of its lanes may see the same), and what its holders have."""

    post: Post
    free: Load
    holders: tuple[PersonLoad, ...]

    @property
    def load(self) -> Load:
        """All of it."""
        return sum((holder.load for holder in self.holders), start=self.free)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The posts of a team, highest first; `total` is every task once, `unowned` those that nobody can do now."""

    posts: tuple[PostLoad, ...]
    total: Load
    unowned: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamList:
    """One page of a team's tasks, of one post if one is named; `posts` are those to choose from."""

    posts: tuple[Post, ...]
    tally: Tally
    page: Page
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Which of the team's tasks: those before a post, or only those that nobody can do now."""

    post: PostId | None = None
    unowned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heap:
    """Open tasks that are alike in lane, holder and narrowing."""

    lane: LaneId
    holder: PersonId | None
    narrowed_to: str
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class _Team:
    """Whom somebody looks after: the posts (or `everything`), and who stands for which lane in the whole office.

    `seen` is the condition of the tasks that may be seen at all.
    """

    posts: tuple[Post, ...]
    everything: bool
    by_lane: Mapping[LaneId, list[Standing]]
    seen: ColumnElement[bool]

    def holders_of(self, post: Post) -> list[Standing]:
        """Give who holds a post now."""
        found = (self.by_lane.get(lane, []) for lane in list(post.lanes)[:1])
        return [standing for some in found for standing in some if standing.post.id == post.id]

    def is_free_for(self, post: Post, heap: _Heap) -> bool:
        """Tell whether the tasks are free before the post."""
        if heap.holder is not None or heap.lane not in post.lanes:
            return False
        names = {post.id, post.unit, *(f"@{holder.login}" for holder in self.holders_of(post))}
        return not heap.narrowed_to or not names.isdisjoint(heap.narrowed_to.split(","))

    def is_before(self, post: Post, heap: _Heap) -> bool:
        """Tell whether the tasks are free for the post or with one of its holders."""
        if heap.lane not in post.lanes:
            return False
        held = any(holder.person == heap.holder for holder in self.holders_of(post))
        return held or self.is_free_for(post, heap)

    def is_unowned(self, heap: _Heap) -> bool:
        """Tell whether nobody can do the tasks as things are."""
        standings = self.by_lane.get(heap.lane, [])
        if heap.holder is None:
            return not any(s.may_do(heap.lane, heap.narrowed_to) for s in standings)
        return not any(standing.person == heap.holder for standing in standings)

    def has(self, heap: _Heap) -> bool:
        """Tell whether the tasks are the team's."""
        if self.everything or self.is_unowned(heap):
            return True
        return any(self.is_before(post, heap) for post in self.posts)


def find_overview(connection: Connection, actor: Actor, deadlines: Deadlines) -> Overview:
    """Give the work of the actor's team."""
    team = _team(connection, actor, deadlines)
    heaps = [heap for heap in _heaps(connection, team, deadlines) if team.has(heap)]
    by_lane = _by_lane(heaps, lambda heap: [heap.lane])
    return Overview(
        posts=tuple(_post_load(team, post, by_lane) for post in team.posts),
        total=_sum(heaps),
        unowned=_sum(heap for heap in heaps if team.is_unowned(heap)),
    )


def list_team_tasks(
    connection: Connection, actor: Actor, focus: Focus, wish: Wish, deadlines: Deadlines
) -> TeamList:
    """Give a page of the team's tasks; a post that is not of the team has none."""
    team = _team(connection, actor, deadlines)
    pile = Pile(agency=actor.agency, parts=_parts(connection, team, focus, deadlines))
    found = tally(connection, pile, wish, deadlines)
    page = Page(asked=wish.page, total=found.total)
    rows = list_rows(connection, pile, wish, deadlines, page)
    return TeamList(posts=team.posts, tally=found, page=page, rows=rows)


def _team(connection: Connection, actor: Actor, deadlines: Deadlines) -> _Team:
    roster = read_roster(connection, actor.agency)
    standings = standings_of(roster, from_text(deadlines.now))
    everything = bool(actor.roles & _EVERYTHING)
    tasks = user_tasks.c
    seen = [IS_OPEN, tasks.agency_id == actor.agency]
    if not everything:
        seen.append(tasks.lane_id.in_(actor.led_lanes))
    return _Team(
        posts=tuple(entry.post for entry in roster.list_posts()) if everything else actor.led,
        everything=everything,
        by_lane=_by_lane(standings, lambda standing: standing.post.lanes),
        seen=and_(*seen, or_(tasks.is_secret == 0, is_led(actor, user_tasks))),
    )


def _heaps(connection: Connection, team: _Team, deadlines: Deadlines) -> list[_Heap]:
    tasks = user_tasks.c
    alike = (tasks.lane_id, tasks.holder_id, tasks.narrowed_to)
    late = func.sum(case((tasks.due_at < deadlines.now, 1), else_=0))
    query = (
        select(
            *alike,
            func.count().label("n"),
            late.label("late"),
            func.min(tasks.created_at).label("oldest"),
        )
        .where(team.seen)
        .group_by(*alike)
    )
    return [
        _Heap(
            lane=LaneId(row["lane_id"]),
            holder=PersonId(row["holder_id"]) if row["holder_id"] else None,
            narrowed_to=row["narrowed_to"],
            load=Load(count=row["n"], late=row["late"], oldest=from_text(row["oldest"])),
        )
        for row in connection.execute(query).mappings()
    ]


def _post_load(team: _Team, post: Post, heaps: Mapping[LaneId, list[_Heap]]) -> PostLoad:
    before = [heap for lane in post.lanes for heap in heaps.get(lane, [])]
    return PostLoad(
        post=post,
        free=_sum(heap for heap in before if team.is_free_for(post, heap)),
        holders=tuple(
            PersonLoad(
                person=holder.person,
                name=holder.name,
                title=holder.post.title,
                load=_sum(heap for heap in before if heap.holder == holder.person),
            )
            for holder in team.holders_of(post)
        ),
    )


def _parts(
    connection: Connection, team: _Team, focus: Focus, deadlines: Deadlines
) -> tuple[ColumnElement[bool], ...]:
    """Give the tasks in focus, a part for each lane, so that they are the very ones that the overview counts."""
    if team.everything and not focus.unowned and focus.post is None:
        return (team.seen,)
    post = next((post for post in team.posts if post.id == focus.post), None)
    if focus.post is not None and post is None:
        return ()
    heaps = _heaps(connection, team, deadlines)
    if focus.unowned:
        heaps = [heap for heap in heaps if team.is_unowned(heap)]
    elif post is not None:
        heaps = [heap for heap in heaps if team.is_before(post, heap)]
    else:
        heaps = [heap for heap in heaps if team.has(heap)]
    by_lane = _by_lane(heaps, lambda heap: [heap.lane])
    return tuple(and_(team.seen, _in_lane(lane, by_lane[lane])) for lane in sorted(by_lane))


def _in_lane(lane: LaneId, heaps: Iterable[_Heap]) -> ColumnElement[bool]:
    tasks = user_tasks.c
    narrowings = sorted({heap.narrowed_to for heap in heaps if heap.holder is None})
    holders = sorted({heap.holder for heap in heaps if heap.holder is not None})
    free = and_(tasks.holder_id.is_(None), tasks.narrowed_to.in_(narrowings))
    return and_(tasks.lane_id == lane, or_(free, tasks.holder_id.in_(holders)))


def _sum(heaps: Iterable[_Heap]) -> Load:
    return sum((heap.load for heap in heaps), start=Load())


def _by_lane(things: Iterable[T], lanes: Callable[[T], Iterable[LaneId]]) -> dict[LaneId, list[T]]:
    found: dict[LaneId, list[T]] = {}
    for thing in things:
        for lane in lanes(thing):
            found.setdefault(lane, []).append(thing)
    return found
