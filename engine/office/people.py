"""Persons: registered, changed, closed, opened again."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine.actor import Role
from engine.errors import Conflict, InvalidSubmission, WrongState
from engine.history import PersonChanged, PersonClosed, PersonOpened, PersonRegistered
from engine.office.change import OfficeChange
from engine.office.holdings import ended
from engine.office.structure import expect_as_seen
from engine.office.texts import email_of, login_of, name_of

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import PersonId
    from engine.office.roster import PersonEntry, Roster
    from engine.store import Registration


def register(roster: Roster, registration: Registration) -> OfficeChange:
    """Give a new person an account without posts (those are started as holdings).

    Raises InvalidSubmission for its texts and without a role (`role_missing`), Conflict when the login is taken.
    """
    new = dataclasses.replace(
        registration,
        login=login_of(registration.login),
        name=name_of(registration.name),
        email=email_of(registration.email),
        roles=_some(registration.roles),
        posts=(),
    )
    _expect_free(roster, new.login, new.person)
    event = PersonRegistered(
        person=new.person, login=new.login, posts=(), roles=tuple(sorted(new.roles))
    )
    return OfficeChange(events=(event,), registrations=(new,))


def change_person(roster: Roster, person: PersonEntry, *, seen: int) -> OfficeChange:
    """Change a person's login, name, e-mail address and roles; whether the account is open stays as it is.

    Raises InvalidSubmission for its texts, Conflict when the login is taken or the person is no longer as they were seen,
    WrongState when nobody would be administrator any more (`last_administrator`).
    """
    found = roster.get_person(person.id)
    expect_as_seen(found, seen)
    new = dataclasses.replace(
        found,
        login=login_of(person.login),
        name=name_of(person.name),
        email=email_of(person.email),
        roles=_some(person.roles),
    )
    _expect_free(roster, new.login, new.id)
    if new == found:
        return OfficeChange(events=())
    if Role.ADMINISTRATOR not in new.roles:
        _expect_another_administrator(roster, found)
    event = PersonChanged(
        person=new.id, login=new.login, name=new.name, roles=tuple(sorted(new.roles))
    )
    return OfficeChange(events=(event,), persons=(new,))


def close_person(
    roster: Roster, person: PersonId, *, by: PersonId, reason: str, now: datetime
) -> OfficeChange:
    """Close an account: no sign-in any more, no post held from now on.

    Raises WrongState when it is closed already (`person_closed`), or one's own (`close_self`).
    """
    found = roster.get_person(person)
    expect_open(found)
    if person == by:
        raise WrongState(f"Expected another account, but {person} is one's own", code="close_self")
    closing = PersonClosed(person=person, login=found.login, name=found.name, reason=reason)
    closed = dataclasses.replace(found, closed_at=now)
    change = OfficeChange(events=(closing,), persons=(closed,))
    for holding in reversed(roster.list_held(person)):
        if not holding.is_over(now):
            change += ended(roster, holding, max(now, holding.held_from))
    return change


def open_person(roster: Roster, person: PersonId) -> OfficeChange:
    """Open a closed account again, without posts. Raises WrongState when it is open (`person_open`)."""
    found = roster.get_person(person)
    if found.closed_at is None:
        raise WrongState(
            f"Expected a closed account, but {person} is open", code="person_open", name=found.name
        )
    event = PersonOpened(person=person, login=found.login, name=found.name)
    opened = dataclasses.replace(found, closed_at=None)
    return OfficeChange(events=(event,), persons=(opened,))


def expect_open(person: PersonEntry) -> None:
    """Raise WrongState (`person_closed`) for a closed account."""
    if person.closed_at is not None:
        raise WrongState(
            f"Expected an open account, but {person.id} is closed",
            code="person_closed",
            name=person.name,
        )


def _expect_free(roster: Roster, login: str, person: PersonId) -> None:
    other = roster.find_login(login)
    if other is not None and other.id != person:
        raise Conflict(
            f"Expected a new login, but {login} is taken", code="login_taken", login=login
        )


def _expect_another_administrator(roster: Roster, person: PersonEntry) -> None:
    others = (
        other
        for other in roster.persons.values()
        if other.id != person.id and other.closed_at is None and Role.ADMINISTRATOR in other.roles
    )
    was_one = person.closed_at is None and Role.ADMINISTRATOR in person.roles
    if was_one and not any(others):
        raise WrongState(
            f"Expected an administrator besides {person.id}, but there is none",
            code="last_administrator",
            name=person.name,
        )


def _some(roles: frozenset[Role]) -> frozenset[Role]:
    if not roles:
        raise InvalidSubmission("Expected a role, but there is none", code="role_missing")
    return roles
