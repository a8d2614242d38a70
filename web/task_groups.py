"""The rows of a list under the headings of their deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from storage.queries.wish import Order
from web.i18n import _
from web.wishes import GROUP_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.queries.deadlines import Deadlines
    from storage.queries.tally import Tally
    from storage.queries.task_rows import TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that follow one another; `count` is how many the group has on all pages. Without a name it has no heading."""

    name: str
    count: int
    rows: tuple[TaskRow, ...]


def in_groups(rows: Sequence[TaskRow], tally: Tally, deadlines: Deadlines) -> list[Group]:
    """Give the rows by deadline where they are in that order, else in one piece."""
    if tally.wish.order is not Order.DUE:
        return [Group(name="", count=tally.total, rows=tuple(rows))]
    return [
        Group(name=_(GROUP_NAMES[due]), count=tally.groups.get(due, 0), rows=tuple(found))
        for due, found in groupby(rows, key=lambda row: deadlines.group_of(row.due_at))
    ]
