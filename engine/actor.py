"""Who acts: agencies, units, posts, persons and the roles they have in Alur (DESIGN.md 5.11).

A lane of a process stands for posts; a post is held by persons for a period. What an actor may do follows from the posts
held at the moment of the command, never from anything remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId


class Role(StrEnum):
    """What a person may do in Alur beside the work of the posts held."""

    STAFF = "staff"
    PROCESS_OWNER = "process_owner"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Acting(StrEnum):
    """How somebody stands in for the holder of a post: for some days (Plh.) or until there is a new one (Plt.)."""

    PLH = "plh"
    PLT = "plt"


def title_of(post: str, acting: Acting | None) -> str:
    """Give a post's name as its holder or a deputy signs with it."""
    return f"{acting.capitalize()}. {post}" if acting else post


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An office (dinas) with its own people, processes and cases."""

    id: AgencyId
    name: str
    zone: str
    """IANA zone in which the office's days are counted, such as `Asia/Jakarta`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of an agency, such as a bidang; its id can narrow a task (`camunda:candidateGroups`)."""

    id: UnitId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of a unit and the lanes it stands for; `superior` is the post it answers to.

    As one of an actor's posts it also says how it is held: `acting` for a deputy, with the number of the letter of
    assignment (surat perintah) in `letter`.
    """

    id: PostId
    name: str
    unit: UnitId
    lanes: frozenset[LaneId]
    superior: PostId | None = None
    acting: Acting | None = None
    letter: str = ""

    @property
    def title(self) -> str:
        """The post as its holder signs with it: `Sekretaris Dinas`, `Plh. Sekretaris Dinas`."""
        return title_of(self.name, self.acting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person with the posts held now: those held for good before those stood in for, each in order of standing.

    The first is the usual one. `led` are the posts that answer to one of these, directly or through others.
    """

    person: PersonId
    login: str
    name: str
    agency: AgencyId
    posts: tuple[Post, ...]
    roles: frozenset[Role]
    led: tuple[Post, ...] = ()

    @property
    def lanes(self) -> frozenset[LaneId]:
        """The lanes that this actor's posts stand for."""
        return frozenset().union(*(post.lanes for post in self.posts))

    @property
    def led_lanes(self) -> frozenset[LaneId]:
        """The lanes of the posts that answer to this actor."""
        return frozenset().union(*(post.lanes for post in self.led))

    @property
    def groups(self) -> frozenset[str]:
        """The ids of posts and units by which a task can be narrowed to this actor."""
        return frozenset(g for post in self.posts for g in (post.id, post.unit))

    def find_post(self, lane: LaneId, groups: Collection[str] = ()) -> Post | None:
        """Give the post in which this actor may do a task of the lane, narrowed to the groups if there are any."""
        fitting = (p for p in self.posts if lane in p.lanes)
        return next((p for p in fitting if not groups or p.id in groups or p.unit in groups), None)

    def find_leading_post(self, lane: LaneId, groups: Collection[str] = ()) -> Post | None:
        """Give the post to which one that may do a task of the lane answers, narrowed to the groups if there are any.

        It answers directly or through others.
        """
        own, led = {post.id: post for post in self.posts}, {post.id: post for post in self.led}
        fitting = (p for p in self.led if lane in p.lanes)
        for post in (p for p in fitting if not groups or p.id in groups or p.unit in groups):
            above = post.superior
            while above in led:
                above = led[above].superior
            if above in own:
                return own[above]
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who did something, as the history keeps it: the person and the post as they were called then.

    `post` is empty for an act outside a post. `Signature.of_system` stands for Alur itself.
    """

    person: str
    name: str
    post: str = ""
    post_name: str = ""

    @classmethod
    def of(cls, actor: Actor, post: Post | None = None) -> Signature:
        """Sign for an actor, in a post if the act belongs to one."""
        if post is None:
            return cls(person=actor.person, name=actor.name)
        return cls(person=actor.person, name=actor.name, post=post.id, post_name=post.title)

    @classmethod
    def of_system(cls) -> Signature:
        """Sign for Alur itself (setting up, timers)."""
        return cls(person="", name="Alur")
