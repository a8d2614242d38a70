"""The page *Tugas saya*: what lies on a person's desk, what can be taken, what was done.

Besides what is free, the desk *Bisa diambil* shows what colleagues took from it, so that nobody wonders where a task went;
what they hold of secret cases is left out. Every list is a `Pile`, and every figure comes from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from storage.queries.paging import Page
from storage.queries.pile import IS_CLAIMED, IS_COMPLETED, IS_OPEN, Pile, count
from storage.queries.tally import Tally, tally
from storage.queries.task_rows import TaskRow, list_rows
from storage.queries.visibility import OVERSEERS, holds, is_offered
from storage.queries.wish import Order
from storage.tables import definition_lanes, user_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection

    from engine.actor import Actor
    from engine.ids import LaneId
    from storage.queries.deadlines import Deadlines
    from storage.queries.wish import Wish


class Desk(StrEnum):
    """Whose work is listed."""

    MINE = "saya"
    FREE = "bebas"
    DONE = "selesai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One page of one desk; `counts` is how much lies on each when nothing is asked for."""

    desk: Desk
    counts: Mapping[Desk, int]
    tally: Tally
    page: Page
    rows: tuple[TaskRow, ...]

    @property
    def wish(self) -> Wish:
        """What was asked for, as far as this desk can be asked."""
        return self.tally.wish


def list_inbox(
    connection: Connection, actor: Actor, desk: Desk, wish: Wish, deadlines: Deadlines
) -> Inbox:
    """Give a page of the desk, by three statements."""
    wish = _possible(desk, wish)
    piles = {each: pile_of(actor, each) for each in Desk}
    found = tally(connection, piles[desk], wish, deadlines)
    # what the words left out is not in the tally
    uncounted = [each for each in Desk if each is not desk or wish.words]
    sizes = count(connection, deadlines, *(piles[each] for each in uncounted))
    counts = {desk: found.plain_total, **dict(zip(uncounted, sizes, strict=True))}
    page = Page(asked=wish.page, total=found.total)
    rows = list_rows(connection, piles[desk], wish, deadlines, page)
    return Inbox(desk=desk, counts=counts, tally=found, page=page, rows=rows)


def count_mine(connection: Connection, actor: Actor, deadlines: Deadlines) -> int:
    """Give how many tasks lie on the actor's desk, without those that are put aside."""
    return count(connection, deadlines, pile_of(actor, Desk.MINE))[0]


def pile_of(actor: Actor, desk: Desk) -> Pile:
    """Give the tasks of a desk."""
    if desk is Desk.DONE:
        return Pile(agency=actor.agency, parts=(_done(actor),), is_done=True)
    if not actor.lanes:
        return Pile(agency=actor.agency, parts=())
    if desk is Desk.MINE:
        return Pile(agency=actor.agency, parts=(and_(IS_CLAIMED, holds(actor)),), is_own=True)
    lanes = sorted(actor.lanes)
    return Pile(agency=actor.agency, parts=tuple(_to_take(actor, lane) for lane in lanes))


def _possible(desk: Desk, wish: Wish) -> Wish:
    """Leave out of a wish what the desk doesn't have."""
    if desk is Desk.FREE:
        return replace(wish, with_deferred=False)
    if desk is Desk.MINE:
        return replace(wish, holder="")
    order = Order.NEWEST if wish.order is Order.DUE else wish.order
    return replace(wish, holder="", due=None, with_deferred=False, order=order)


def _to_take(actor: Actor, lane: LaneId) -> ColumnElement[bool]:
    tasks = user_tasks.c
    free = tasks.holder_id.is_(None)
    with_a_colleague = and_(tasks.holder_id != actor.person, tasks.is_secret == 0)
    return and_(
        IS_OPEN,
        tasks.agency_id == actor.agency,
        is_offered(actor, lane),
        or_(free, with_a_colleague),
    )


def _done(actor: Actor) -> ColumnElement[bool]:
    """Give what the actor finished, in cases that the actor may still see: of a secret one too, having had a task in it."""
    done = and_(IS_COMPLETED, user_tasks.c.holder_id == actor.person)
    if actor.roles & OVERSEERS:
        return done
    seen = select(definition_lanes.c.definition_id).where(
        definition_lanes.c.lane_id.in_(actor.lanes | actor.led_lanes)
    )
    return and_(done, user_tasks.c.root_definition_id.in_(seen))
