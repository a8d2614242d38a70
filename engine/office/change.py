"""What one act changes of an office: entries as they are from now on, and the events that tell of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.office.roster import NO_PASSWORD, Holding, PersonEntry, PostEntry, Roster, UnitEntry

if TYPE_CHECKING:
    from engine.history import HistoryEvent
    from engine.store import Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeChange:
    """Entries to write, each whole, and the events in their order; `registrations` are new persons."""

    events: tuple[HistoryEvent, ...]
    units: tuple[UnitEntry, ...] = ()
    posts: tuple[PostEntry, ...] = ()
    registrations: tuple[Registration, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    holdings: tuple[Holding, ...] = ()

    def __add__(self, other: OfficeChange) -> OfficeChange:
        """Give both changes, one after the other."""
        return OfficeChange(
            events=self.events + other.events,
            units=self.units + other.units,
            posts=self.posts + other.posts,
            registrations=self.registrations + other.registrations,
            persons=self.persons + other.persons,
            holdings=self.holdings + other.holdings,
        )


def after(roster: Roster, change: OfficeChange) -> Roster:
    """Give the roster as it is after a change."""
    registered = {r.person: person_of(r) for r in change.registrations}
    changed = {(h.person, h.post, h.held_from): h for h in change.holdings}
    kept = {(h.person, h.post, h.held_from): h for h in roster.holdings}
    return dataclasses.replace(
        roster,
        units={**roster.units, **{unit.id: unit for unit in change.units}},
        posts={**roster.posts, **{entry.post.id: entry for entry in change.posts}},
        persons={**roster.persons, **registered, **{p.id: p for p in change.persons}},
        holdings=tuple({**kept, **changed}.values()),
    )


def person_of(registration: Registration) -> PersonEntry:
    """Give the entry of a new person."""
    return PersonEntry(
        id=registration.person,
        login=registration.login,
        name=registration.name,
        email=registration.email,
        roles=registration.roles,
        has_password=registration.password_hash != NO_PASSWORD,
    )
