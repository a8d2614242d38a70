"""A pile of tasks, such as a desk, and what a wish picks from it: each is a walk along one index, whatever else there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, literal_column, or_, select, union_all

from storage.queries.wish import MOST_WORDS, NOBODY, Order, Wish
from storage.tables import definitions, instances, persons, user_tasks

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, FromClause

    from engine.ids import AgencyId
    from storage.queries.deadlines import Deadlines

_CREATED: ColumnElement[str] = literal_column("'created'")
_CLAIMED: ColumnElement[str] = literal_column("'claimed'")
_COMPLETED: ColumnElement[str] = literal_column("'completed'")

IS_OPEN = user_tasks.c.state.in_((_CREATED, _CLAIMED))
IS_CLAIMED = user_tasks.c.state == _CLAIMED
IS_COMPLETED = user_tasks.c.state == _COMPLETED
"""States as the partial indexes have them: written out, so that a database sees at once that it may use the index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Tasks of an agency: those of the disjoint `parts`, each a condition that one index answers, such as one lane's.

    `is_own` is the desk of one person, who can put things aside. `is_done` are finished tasks: they have no deadline any
    more and are told by when they were finished.
    """

    agency: AgencyId
    parts: tuple[ColumnElement[bool], ...]
    is_own: bool = False
    is_done: bool = False

    @property
    def moment(self) -> ColumnElement[str]:
        """When a task came to the pile."""
        return user_tasks.c.changed_at if self.is_done else user_tasks.c.created_at


def count(connection: Connection, deadlines: Deadlines, *piles: Pile) -> tuple[int, ...]:
    """Give how many tasks each pile shows when nothing is asked for, by one statement."""
    if not piles:
        return ()
    sizes = (_size(pile, deadlines).label(f"n{number}") for number, pile in enumerate(piles))
    return tuple(connection.execute(select(*sizes)).one())


def conditions(pile: Pile, wish: Wish, deadlines: Deadlines) -> list[ColumnElement[bool]]:
    """Give what a task of the pile has to fulfil beside the words that are looked for."""
    asked: list[ColumnElement[bool]] = []
    if pile.is_own and not wish.with_deferred:
        asked.append(user_tasks.c.follow_up <= deadlines.today)
    if wish.process:
        asked.append(_of_process(pile.agency, wish.process))
    if wish.lane:
        asked.append(user_tasks.c.lane_id == wish.lane)
    if wish.holder:
        holder = user_tasks.c.holder_id
        asked.append(holder.is_(None) if wish.holder == NOBODY else holder == wish.holder)
    if wish.due is not None and not pile.is_done:
        asked.append(deadlines.within(wish.due, user_tasks.c.due_at))
    return asked


def found_by(pile: Pile, wish: Wish) -> list[ColumnElement[bool]]:
    """Give, for each word of a search, the condition that it is found; a word is found anywhere, in large and small."""
    places = [
        instances.c.number,
        instances.c.subject,
        user_tasks.c.sender,
        user_tasks.c.sender_post,
        *([] if pile.is_own or pile.is_done else [persons.c.name]),
    ]
    return [
        or_(*(place.icontains(word, autoescape=True) for place in places))
        for word in wish.words[:MOST_WORDS]
    ]


def tables_for(wish: Wish, order: Order | None = None) -> FromClause:
    """Give the tasks, joined with no more than the words and the order of a wish need."""
    joined: FromClause = user_tasks
    if wish.words or order is Order.SUBJECT:
        joined = joined.join(instances, instances.c.id == user_tasks.c.instance_id)
    if wish.words:
        joined = joined.outerjoin(persons, persons.c.id == user_tasks.c.holder_id)
    if order is Order.PROCESS:
        joined = joined.join(definitions, definitions.c.id == user_tasks.c.root_definition_id)
    return joined


def _size(pile: Pile, deadlines: Deadlines) -> ColumnElement[int]:
    plain = conditions(pile, Wish(), deadlines)
    sizes = [select(func.count().label("n")).where(part, *plain) for part in pile.parts]
    if not sizes:
        return literal_column("0")
    if len(sizes) == 1:
        return sizes[0].scalar_subquery()
    each = union_all(*sizes).subquery()
    return select(func.sum(each.c.n)).scalar_subquery()


def _of_process(agency: AgencyId, key: str) -> ColumnElement[bool]:
    versions = select(definitions.c.id).where(
        definitions.c.agency_id == agency, definitions.c.key == key
    )
    return user_tasks.c.root_definition_id.in_(versions)
