"""The roster of an agency: its units, posts and persons, and who holds which post from when to when."""

from __future__ import annotations

import dataclasses
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from engine.actor import Actor
from engine.clock import as_text
from engine.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from engine.actor import Acting, Post, Role
    from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId

T = TypeVar("T")

NO_PASSWORD = "-"  # noqa: S105 - what stands in place of a password's hash
"""The password hash of an account that nobody has chosen a password for; no password fits it."""

MARKS = 10**9
"""Marks are below this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A unit; closed ones are kept, because the past names them."""

    id: UnitId
    name: str
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEntry:
    """A post and its place in the agency's order, lowest number first; closed ones are kept."""

    post: Post
    standing: int
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """A person with an account; `has_password` is false until they have chosen one. Closed accounts are kept."""

    id: PersonId
    login: str
    name: str
    email: str
    roles: frozenset[Role]
    has_password: bool = True
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A person holds a post from a moment to before another (None: for good).

    A deputy's holding is `acting` and names the letter of assignment. One that ends where it begins was withdrawn before
    it began.
    """

    person: PersonId
    post: PostId
    held_from: datetime
    held_to: datetime | None = None
    acting: Acting | None = None
    letter: str = ""

    def counts_at(self, at: datetime) -> bool:
        """Tell whether the post is held at the moment."""
        return self.held_from <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Tell whether it has ended by the moment."""
        return self.held_to is not None and self.held_to <= at

    @property
    def is_withdrawn(self) -> bool:
        """Whether it never began."""
        return self.held_to is not None and self.held_to <= self.held_from

    def overlaps(self, other: Holding) -> bool:
        """Tell whether there is a moment at which both count."""
        if self.is_withdrawn or other.is_withdrawn:
            return False
        begins_in_time = other.held_to is None or self.held_from < other.held_to
        return begins_in_time and (self.held_to is None or other.held_from < self.held_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """An agency's units, posts and persons by id, and all holdings, past, present and to come."""

    agency: AgencyId
    units: Mapping[UnitId, UnitEntry]
    posts: Mapping[PostId, PostEntry]
    persons: Mapping[PersonId, PersonEntry]
    holdings: tuple[Holding, ...]

    def get_unit(self, unit: UnitId) -> UnitEntry:
        """Give a unit, open or closed. Raises NotFound."""
        return _got(self.units.get(unit), unit)

    def get_post(self, post: PostId) -> PostEntry:
        """Give a post, open or closed. Raises NotFound."""
        return _got(self.posts.get(post), post)

    def get_person(self, person: PersonId) -> PersonEntry:
        """Give a person, with an open or closed account. Raises NotFound."""
        return _got(self.persons.get(person), person)

    def find_login(self, login: str) -> PersonEntry | None:
        """Give the person of the agency with this login, open or closed."""
        return next((p for p in self.persons.values() if p.login == login), None)

    def list_posts(self) -> tuple[PostEntry, ...]:
        """Give the open posts, highest first."""
        found = (entry for entry in self.posts.values() if entry.closed_at is None)
        return tuple(sorted(found, key=_standing))

    def list_holdings(self, post: PostId) -> tuple[Holding, ...]:
        """Give the holdings of a post, the newest first."""
        return _newest(h for h in self.holdings if h.post == post)

    def list_held(self, person: PersonId) -> tuple[Holding, ...]:
        """Give the holdings of a person, the newest first."""
        return _newest(h for h in self.holdings if h.person == person)

    def list_holders(self, post: PostId, at: datetime) -> tuple[Holding, ...]:
        """Give who holds the post at a moment, of those with an open account; the definitive one before deputies."""
        counting = (
            h
            for h in self.holdings
            if h.post == post and h.counts_at(at) and self.persons[h.person].closed_at is None
        )
        return tuple(sorted(counting, key=lambda h: (h.acting or "", h.held_from, h.person)))

    def find_actor(self, person: PersonId, at: datetime) -> Actor | None:
        """Give a person with the posts held at a moment, if the account is open: their own before those they stand in for."""
        entry = self.persons.get(person)
        if entry is None or entry.closed_at is not None:
            return None
        posts = self._held_posts(person, at)
        return Actor(
            person=entry.id,
            login=entry.login,
            name=entry.name,
            agency=self.agency,
            posts=posts,
            roles=entry.roles,
            led=self._led_by({post.id for post in posts}),
        )

    def lanes_of(self, person: PersonId, at: datetime) -> frozenset[LaneId]:
        """Give the lanes that a person's posts stand for at a moment."""
        actor = self.find_actor(person, at)
        return frozenset() if actor is None else actor.lanes

    def _held_posts(self, person: PersonId, at: datetime) -> tuple[Post, ...]:
        counting = [h for h in self.holdings if h.person == person and h.counts_at(at)]
        counting = [h for h in counting if self.posts[h.post].closed_at is None]
        counting.sort(key=lambda h: (h.acting is not None, *_standing(self.posts[h.post])))
        held: dict[PostId, Post] = {}
        for holding in counting:
            post = self.posts[holding.post].post
            as_held = dataclasses.replace(post, acting=holding.acting, letter=holding.letter)
            held.setdefault(post.id, as_held)
        return tuple(held.values())

    def _led_by(self, own: set[PostId]) -> tuple[Post, ...]:
        entries = self.list_posts()
        led: set[PostId] = set()
        while new := {
            e.post.id for e in entries if e.post.superior in own | led and e.post.id not in led
        }:
            led |= new
        return tuple(e.post for e in entries if e.post.id in led - own)


def mark(entry: UnitEntry | PostEntry | PersonEntry) -> int:
    """Give a number that changes when the entry does: what a page shows, and a command compares with."""
    return zlib.crc32("\x1f".join(_facts(entry)).encode()) % MARKS


def _facts(entry: UnitEntry | PostEntry | PersonEntry) -> tuple[str, ...]:
    closed = "" if entry.closed_at is None else as_text(entry.closed_at)
    if isinstance(entry, UnitEntry):
        return entry.name, closed
    if isinstance(entry, PersonEntry):
        return entry.login, entry.name, entry.email, *sorted(entry.roles), closed
    post = entry.post
    place = (post.name, post.unit, post.superior or "", str(entry.standing))
    return *place, *sorted(post.lanes), closed


def _standing(entry: PostEntry) -> tuple[int, str]:
    return entry.standing, entry.post.id


def _newest(found: Iterable[Holding]) -> tuple[Holding, ...]:
    return tuple(sorted(found, key=lambda h: (h.held_from, h.person, h.post), reverse=True))


def _got(found: T | None, identifier: str) -> T:
    if found is None:
        raise NotFound(
            f"Expected {identifier!r} in the agency, but it is not there", code="not_found"
        )
    return found
