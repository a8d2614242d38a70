"""Who holds which post: begun, ended, withdrawn."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine.actor import Acting
from engine.clock import as_text
from engine.errors import Conflict, InvalidSubmission, NotFound, WrongState
from engine.history import HoldingEnded, HoldingStarted
from engine.office.change import OfficeChange
from engine.office.texts import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from engine.ids import PersonId, PostId
    from engine.office.roster import Holding, Roster


def start_holding(roster: Roster, holding: Holding) -> OfficeChange:
    """Let a person hold a post for a period, in the past, now or to come.

    Raises NotFound for a person or post that is not there, WrongState for a closed one (`person_closed`, `post_closed`),
    InvalidSubmission for a deputy without a letter (`letter_missing`), a Plh. without an end (`plh_end_missing`) or an end
    before the beginning (`holding_order`), Conflict when the person holds the post then already (`holding_overlaps`).
    """
    new = dataclasses.replace(holding, letter=line_of(holding.letter))
    _expect_there(roster, new)
    _expect_whole(new)
    _expect_alone(roster, new, roster.list_held(new.person))
    event = HoldingStarted(
        person=new.person,
        name=roster.persons[new.person].name,
        post=new.post,
        post_name=roster.posts[new.post].post.name,
        held_from=as_text(new.held_from),
        held_to="" if new.held_to is None else as_text(new.held_to),
        acting=new.acting or "",
        letter=new.letter,
    )
    return OfficeChange(events=(event,), holdings=(new,))


def end_holding(
    roster: Roster, holding: Holding, held_to: datetime | None, now: datetime
) -> OfficeChange:
    """Let a holding last to before a moment, None for now; one that has not begun is withdrawn.

    `holding` names it by person, post and beginning. Raises NotFound when there is none, WrongState when it is over
    (`holding_over`), InvalidSubmission for an end that is past (`end_past`) or not after its beginning (`holding_order`), or
    later than the letter of a deputy says (`holding_extended`).
    """
    found = _find(roster, holding.person, holding.post, holding.held_from)
    if found.is_over(now):
        raise WrongState(
            f"Expected a holding that lasts, but it ended at {found.held_to}", code="holding_over"
        )
    if held_to is None:
        return ended(roster, found, max(now, found.held_from))
    _expect_end(found, held_to, now)
    others = [h for h in roster.list_held(found.person) if h != found]
    _expect_alone(roster, dataclasses.replace(found, held_to=held_to), others)
    return ended(roster, found, held_to)


def ended(roster: Roster, holding: Holding, held_to: datetime) -> OfficeChange:
    """Give a holding another end, and tell of it."""
    event = HoldingEnded(
        person=holding.person,
        name=roster.persons[holding.person].name,
        post=holding.post,
        post_name=roster.posts[holding.post].post.name,
        held_from=as_text(holding.held_from),
        held_to=as_text(held_to),
        acting=holding.acting or "",
    )
    return OfficeChange(events=(event,), holdings=(dataclasses.replace(holding, held_to=held_to),))


def _find(roster: Roster, person: PersonId, post: PostId, held_from: datetime) -> Holding:
    for found in roster.list_held(person):
        if found.post == post and found.held_from == held_from:
            return found
    raise NotFound(f"Expected {person} to hold {post} from {held_from}, but no", code="not_found")


def _expect_there(roster: Roster, holding: Holding) -> None:
    person, entry = roster.get_person(holding.person), roster.get_post(holding.post)
    if person.closed_at is not None:
        raise WrongState(
            f"Expected an open account, but {person.id} is closed",
            code="person_closed",
            name=person.name,
        )
    if entry.closed_at is not None:
        raise WrongState(
            f"Expected an open post, but {entry.post.id} is closed",
            code="post_closed",
            name=entry.post.name,
        )


def _expect_whole(holding: Holding) -> None:
    if holding.acting is not None and not holding.letter:
        raise InvalidSubmission("Expected the number of the letter", code="letter_missing")
    if holding.acting is Acting.PLH and holding.held_to is None:
        raise InvalidSubmission("Expected the end of a Plh.", code="plh_end_missing")
    if holding.held_to is not None and holding.held_to <= holding.held_from:
        raise InvalidSubmission(
            f"Expected an end after {holding.held_from}, but found {holding.held_to}",
            code="holding_order",
        )


def _expect_end(holding: Holding, held_to: datetime, now: datetime) -> None:
    if held_to <= now:
        raise InvalidSubmission(
            f"Expected an end after {now}, but found {held_to}", code="end_past"
        )
    if held_to <= holding.held_from:
        raise InvalidSubmission(
            f"Expected an end after {holding.held_from}, but found {held_to}", code="holding_order"
        )
    if holding.acting is None or holding.held_to is None:
        return  # a Plt. has no end until one is known, so any end makes it shorter
    if held_to > holding.held_to:
        raise InvalidSubmission(
            f"Expected an end by {holding.held_to}, but found {held_to}", code="holding_extended"
        )


def _expect_alone(roster: Roster, holding: Holding, others: Iterable[Holding]) -> None:
    if any(other.post == holding.post and other.overlaps(holding) for other in others):
        raise Conflict(
            f"Expected {holding.person} not to hold {holding.post} then, but they do",
            code="holding_overlaps",
            name=roster.persons[holding.person].name,
            post=roster.posts[holding.post].post.name,
        )
