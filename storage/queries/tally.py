"""How much lies on a pile: one count for every kind of task on it, from which all figures of a page are added up.

So the figures of the groups, of the filters and of the whole list agree with each other and with the list.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, literal_column, select, union_all

from engine.ids import DefinitionId, LaneId, PersonId
from storage.queries.deadlines import GROUPS, DueGroup
from storage.queries.pile import found_by, tables_for
from storage.queries.wish import NOBODY, Wish
from storage.tables import definitions, persons, user_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import ColumnElement, Connection, RowMapping, Select

    from storage.queries.deadlines import Deadlines
    from storage.queries.pile import Pile


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How many tasks are alike in all that a list is grouped and filtered by. `holder` is None for those nobody has."""

    due: DueGroup
    lane: LaneId
    definition: DefinitionId
    process: str
    process_name: str
    holder: PersonId | None
    holder_name: str
    is_deferred: bool
    count: int

    def fits(self, wish: Wish) -> bool:
        """Tell whether a wish asks for these."""
        return (
            (wish.with_deferred or not self.is_deferred)
            and wish.process in ("", self.process)
            and wish.lane in ("", self.lane)
            and wish.holder in ("", self.holder or NOBODY)
            and wish.due in (None, self.due)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that a filter can be set to, and how many tasks the list would have then."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What lies on a pile, as far as the words of a wish are found in it."""

    kinds: tuple[Kind, ...]
    wish: Wish

    @property
    def total(self) -> int:
        """How many tasks the wish asks for."""
        return self._sum(self.wish)

    @property
    def plain_total(self) -> int:
        """How many tasks there are when nothing is asked for, as long as there are no words in the wish."""
        return self._sum(Wish())

    @property
    def groups(self) -> Mapping[DueGroup, int]:
        """How many of them are in each group of deadlines, in order, empty groups left out."""
        sums = Counter[DueGroup]()
        for kind in self.kinds:
            if kind.fits(self.wish):
                sums[kind.due] += kind.count
        return {group: sums[group] for group in GROUPS if sums[group]}

    @property
    def deferred(self) -> int:
        """How many tasks that are put aside would be there besides."""
        return self._sum(replace(self.wish, with_deferred=True)) - self._sum(
            replace(self.wish, with_deferred=False)
        )

    @property
    def processes(self) -> tuple[Choice, ...]:
        """The processes to choose from, by name."""
        open_wish = replace(self.wish, process="")
        return self._choices(open_wish, lambda kind: (kind.process, kind.process_name))

    @property
    def holders(self) -> tuple[Choice, ...]:
        """The holders to choose from, by name; whom nobody holds first, under `NOBODY`."""
        open_wish = replace(self.wish, holder="")
        return self._choices(open_wish, lambda kind: (kind.holder or NOBODY, kind.holder_name))

    @property
    def lanes(self) -> tuple[Choice, ...]:
        """The lanes to choose from; their names are in the drawings (`a_definition`)."""
        return self._choices(replace(self.wish, lane=""), lambda kind: (kind.lane, kind.lane))

    @property
    def dues(self) -> tuple[Choice, ...]:
        """The groups of deadlines to choose from, in their order."""
        found = self._choices(replace(self.wish, due=None), lambda kind: (kind.due, ""))
        return tuple(sorted(found, key=lambda choice: GROUPS.index(DueGroup(choice.value))))

    def a_definition(self, lane: str) -> DefinitionId | None:
        """Give a version of a process that has tasks in the lane here."""
        return next((kind.definition for kind in self.kinds if kind.lane == lane), None)

    def _sum(self, wish: Wish) -> int:
        return sum(kind.count for kind in self.kinds if kind.fits(wish))

    def _choices(self, wish: Wish, named: Callable[[Kind], tuple[str, str]]) -> tuple[Choice, ...]:
        sums = Counter[str]()
        names: dict[str, str] = {}
        for kind in self.kinds:
            if kind.fits(wish):
                value, name = named(kind)
                names[value] = name
                sums[value] += kind.count
        chosen = [Choice(value=v, name=names[v], count=n) for v, n in sums.items()]
        return tuple(sorted(chosen, key=lambda choice: (choice.name.lower(), choice.value)))


def tally(connection: Connection, pile: Pile, wish: Wish, deadlines: Deadlines) -> Tally:
    """Count what lies on a pile, by one statement."""
    if not pile.parts:
        return Tally(kinds=(), wish=wish)
    counted = union_all(*(_counted(part, pile, wish, deadlines) for part in pile.parts)).subquery()
    query = (
        select(
            counted,
            definitions.c.key,
            definitions.c.name.label("process_name"),
            func.coalesce(persons.c.name, "").label("holder_name"),
        )
        .join(definitions, definitions.c.id == counted.c.root_definition_id)
        .outerjoin(persons, persons.c.id == counted.c.holder_id)
    )
    return Tally(kinds=tuple(_kinds(connection.execute(query).mappings())), wish=wish)


def _counted(
    part: ColumnElement[bool], pile: Pile, wish: Wish, deadlines: Deadlines
) -> Select[tuple[object, ...]]:
    tasks = user_tasks.c
    due = literal_column("4") if pile.is_done else deadlines.place(tasks.due_at)
    deferred = (tasks.follow_up > deadlines.today) if pile.is_own else literal_column("0")
    single = pile.is_own or pile.is_done
    alike = (
        select(
            due.label("due"),
            tasks.lane_id,
            tasks.root_definition_id,
            (literal_column("NULL") if single else tasks.holder_id).label("holder_id"),
            deferred.label("is_deferred"),
        )
        .select_from(tables_for(wish))
        .where(part, *found_by(pile, wish))
        .subquery()
    )
    return select(alike, func.count().label("n")).group_by(*alike.c)


def _kinds(rows: Iterable[RowMapping]) -> Iterable[Kind]:
    for row in rows:
        yield Kind(
            due=GROUPS[row["due"]],
            lane=LaneId(row["lane_id"]),
            definition=DefinitionId(row["root_definition_id"]),
            process=row["key"],
            process_name=row["process_name"],
            holder=PersonId(row["holder_id"]) if row["holder_id"] else None,
            holder_name=row["holder_name"],
            is_deferred=bool(row["is_deferred"]),
            count=row["n"],
        )
