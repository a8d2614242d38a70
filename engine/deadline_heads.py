"""Whom a late task is told to: the head of who has it, or of those who may take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.actor import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from engine.actor import Post
    from engine.ids import PersonId
    from engine.office import Roster
    from engine.user_task import UserTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Somebody who holds a post that others answer to; `title` is how the person signs in it."""

    person: PersonId
    title: str


def heads_of(task: UserTask, roster: Roster, at: datetime) -> tuple[Head, ...]:
    """Give who stands above a task, each once: of the post in which its holder does it, or of every post that may take it.

    A post that nobody else holds is passed by, up to the next one above; so the head of an office has none.
    """
    found: dict[PersonId, Head] = {}
    for post in _posts_before(task, roster, at):
        for head in _above(post, task, roster, at):
            found.setdefault(head.person, head)
    return tuple(found.values())


def _posts_before(task: UserTask, roster: Roster, at: datetime) -> Iterable[Post]:
    """Give the posts in which the task is done, or can be."""
    if task.holder is None:
        return [e.post for e in roster.list_posts() if _may_take(e.post, task, roster, at)]
    holder = roster.find_actor(task.holder, at)
    held = () if holder is None else holder.posts
    return [post for post in held if task.lane in post.lanes] or held


def _may_take(post: Post, task: UserTask, roster: Roster, at: datetime) -> bool:
    if task.lane not in post.lanes:
        return False
    if not task.candidate_groups and not task.candidate_persons:
        return True
    holders = roster.list_holders(post.id, at)
    names = {post.id, post.unit, *(roster.persons[holder.person].login for holder in holders)}
    return not names.isdisjoint((*task.candidate_groups, *task.candidate_persons))


def _above(post: Post, task: UserTask, roster: Roster, at: datetime) -> list[Head]:
    passed = {post.id}
    above = post.superior
    while above is not None and above not in passed:
        passed.add(above)
        entry = roster.get_post(above)
        holders = [] if entry.closed_at else roster.list_holders(above, at)
        heads = [
            Head(person=holder.person, title=title_of(entry.post.name, holder.acting))
            for holder in holders
            if holder.person != task.holder
        ]
        if heads:
            return heads
        above = entry.post.superior
    return []
