"""Who stands for which lane now, and so may be given a task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storage.roster import read_roster

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from engine.actor import Post
    from engine.ids import AgencyId, PersonId
    from engine.office import Roster
    from storage.queries.task_rows import TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A person in a post now; `post` says how it is held."""

    person: PersonId
    login: str
    name: str
    post: Post

    def may_do(self, lane: str, narrowed_to: str) -> bool:
        """Tell whether a task of the lane, narrowed so (`storage.rows.narrowing`), is for the person in this post."""
        if lane not in self.post.lanes:
            return False
        names = {self.post.id, self.post.unit, f"@{self.login}"}
        return not narrowed_to or not names.isdisjoint(narrowed_to.split(","))


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """A person who may be given tasks: how many of those asked about, and in which posts."""

    person: PersonId
    name: str
    titles: tuple[str, ...]
    count: int


def standings_of(roster: Roster, now: datetime) -> tuple[Standing, ...]:
    """Give who holds which post at a moment, deputies too: highest post first, its own holder before deputies."""
    return tuple(
        Standing(
            person=holding.person,
            login=roster.persons[holding.person].login,
            name=roster.persons[holding.person].name,
            post=replace(entry.post, acting=holding.acting, letter=holding.letter),
        )
        for entry in roster.list_posts()
        for holding in roster.list_holders(entry.post.id, now)
    )


def list_eligible(
    connection: Connection, agency: AgencyId, tasks: Sequence[TaskRow], now: datetime
) -> tuple[Eligible, ...]:
    """Give who may be given at least one of the tasks now: those for the most of them first, then the highest post."""
    by_person: dict[PersonId, list[Standing]] = {}
    for standing in standings_of(read_roster(connection, agency), now):
        by_person.setdefault(standing.person, []).append(standing)
    found = (_eligible(theirs, tasks) for theirs in by_person.values())
    return tuple(sorted((each for each in found if each.count), key=lambda each: -each.count))


def _eligible(theirs: Sequence[Standing], tasks: Sequence[TaskRow]) -> Eligible:
    fitting = [
        (standing.post.title, task.task)
        for standing in theirs
        for task in tasks
        if standing.may_do(task.lane, task.narrowed_to)
    ]
    return Eligible(
        person=theirs[0].person,
        name=theirs[0].name,
        titles=tuple(dict.fromkeys(title for title, _ in fitting)),
        count=len({task for _, task in fitting}),
    )
