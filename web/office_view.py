"""What the office's pages share: the roster as it is now, holdings in words, lanes by name, and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo

from flask import request
from werkzeug.exceptions import BadRequest

from engine.actor import Role, title_of
from engine.clock import as_text, from_text
from engine.errors import NotAllowed
from engine.form import MONTHS
from storage.queries.office import find_roster, list_lanes
from web.auth import actor, caller
from web.days import last_day
from web.errors import log_refusal
from web.i18n import _, long_day
from web.input import request_id
from web.lane_names import lane_name
from web.parts import parts
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from engine.actor import Actor
    from engine.errors import CommandRejected
    from engine.ids import LaneId, RequestId
    from engine.office import Holding, PersonEntry, PostEntry, Roster

ROLE_NAMES: Mapping[Role, str] = {
    Role.STAFF: "Pegawai",
    Role.PROCESS_OWNER: "Pemilik proses",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}
"""The roles of the program, as people call them."""


class By(TypedDict):
    """Who gives a command, and under which request."""

    actor: Actor
    request: RequestId


class When(StrEnum):
    """How a holding stands to now."""

    NOW = "kini"
    FUTURE = "nanti"
    PAST = "lalu"
    WITHDRAWN = "batal"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingLine:
    """A holding with whom and what it joins, and its period in words."""

    holding: Holding
    person: PersonEntry
    post: PostEntry
    when: When
    period: str

    @property
    def title(self) -> str:
        """The post as the person signs with it."""
        return title_of(self.post.post.name, self.holding.acting)

    @property
    def begun(self) -> str:
        """The beginning as it stands in an address."""
        return as_text(self.holding.held_from)

    @property
    def can_end(self) -> bool:
        """Whether there is something left to end."""
        return self.when in (When.NOW, When.FUTURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneLine:
    """A lane that processes in force have, or that a post stands for."""

    lane: LaneId
    name: str
    processes: tuple[str, ...]


def by() -> By:
    """Give who acts and the request id of the form that was sent. Raises BadRequest when it has none."""
    return By(actor=actor(), request=request_id())


def this_roster() -> Roster:
    """Give the roster of the caller's agency."""
    agency = actor().agency
    return parts().database.read(lambda c: find_roster(c, agency))


def zone() -> ZoneInfo:
    """Give the zone of the caller's agency. Raises NotAllowed for a visitor."""
    found = caller()
    if found is None:
        raise NotAllowed("Expected somebody signed in, but found a visitor", code="page_forbidden")
    return ZoneInfo(found.agency.zone)


def told(error: CommandRejected) -> str:
    """Note a refused act in the log, and give the sentence that says what is wrong."""
    log_refusal(error)
    return explain(error, zone().key)


def typed(*names: str) -> dict[str, str]:
    """Give the texts of the form that was sent, by name; a field that is missing is empty."""
    return {name: request.form.get(name, "") for name in names}


def moment_of(text: str) -> datetime:
    """Give the moment that an address names. Raises BadRequest for any other text."""
    try:
        return from_text(text)
    except ValueError:
        raise BadRequest from None


def lines_of(roster: Roster, holdings: Iterable[Holding]) -> list[HoldingLine]:
    """Give holdings in words, in their order."""
    now = parts().clock.now()
    return [
        HoldingLine(
            holding=holding,
            person=roster.persons[holding.person],
            post=roster.posts[holding.post],
            when=_when(holding, now),
            period=period_words(holding),
        )
        for holding in holdings
    ]


def period_words(holding: Holding) -> str:
    """Say from which day to which a post is held."""
    here = zone()
    begun = long_day(holding.held_from, here.key)
    if holding.is_withdrawn:
        return _("dibatalkan sebelum mulai ({day})").format(day=begun)
    if holding.held_to is None:
        return _("sejak {day}").format(day=begun)
    first, last = holding.held_from.astimezone(here).date(), last_day(holding.held_to, here)
    if first == last:
        return begun
    return _("{first} sampai {last}").format(first=begun, last=day_words(last))


def day_words(day: date) -> str:
    """Give a day as `16 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def lanes_in_force() -> dict[LaneId, LaneLine]:
    """Give the lanes of the processes in force by id, each with its name and the processes that have it."""
    agency = actor().agency
    found: dict[LaneId, LaneLine] = {}
    for use in parts().database.read(lambda c: list_lanes(c, agency)):
        before = found.get(use.lane)
        name = before.name if before else lane_name(use.lane, use.definition)
        processes = (*(before.processes if before else ()), use.process)
        found[use.lane] = LaneLine(lane=use.lane, name=name, processes=processes)
    return found


def role_names(person: PersonEntry) -> str:
    """Say the roles of a person."""
    return ", ".join(_(ROLE_NAMES[role]) for role in Role if role in person.roles)


def _when(holding: Holding, now: datetime) -> When:
    if holding.is_withdrawn:
        return When.WITHDRAWN
    if holding.is_over(now):
        return When.PAST
    return When.NOW if holding.counts_at(now) else When.FUTURE
