"""Who may start cases of a process by hand: those who stand for the lane of its start event, narrowed as the drawing says.

`camunda:candidateStarterGroups` are ids of posts or units, `camunda:candidateStarterUsers` logins; either is enough. What
begins a case without hands (a message, a timer, another case) asks for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.actor import Actor, Post
    from engine.ids import LaneId


@dataclass(frozen=True, slots=True, kw_only=True)
class Starters:
    """The lanes that start a process, and the groups and logins to which that is narrowed, both empty for all of the lanes."""

    lanes: frozenset[LaneId]
    groups: Collection[str] = ()
    persons: Collection[str] = ()

    def list_posts(self, actor: Actor) -> tuple[Post, ...]:
        """Give the posts in which the actor stands for one of the lanes."""
        return tuple(post for post in actor.posts if post.lanes & self.lanes)

    def find_post(self, actor: Actor) -> Post | None:
        """Give the post in which the actor may start a case."""
        posts = self.list_posts(actor)
        if actor.login in self.persons or not (self.groups or self.persons):
            return next(iter(posts), None)
        return next((p for p in posts if p.id in self.groups or p.unit in self.groups), None)
