"""Which tasks can be finished without being opened: those without a form, and those whose form demands nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from web.auth import actor
from web.task_view import get_task_view
from web.uploads import office_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.variables import Value
    from storage.queries.task_rows import TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A task, whether it can be finished as it is, and the values that its form would be sent with."""

    row: TaskRow
    is_ready: bool
    values: Mapping[str, Value] = field(default_factory=dict)


def ready_forms(rows: Sequence[TaskRow]) -> list[Ready]:
    """Look into the form of each task as its page first shows it to the caller."""
    return [_look(row) for row in rows]


def _look(row: TaskRow) -> Ready:
    page = get_task_view(row.task, actor())
    if not page.can_send:
        return Ready(row=row, is_ready=False)
    form, filled = page.form, page.fresh()
    if form is None or filled is None:
        return Ready(row=row, is_ready=True)
    read = form.read(filled.raw, page.variables, today=office_day())
    demanding = any(part.required for part in form.open_fields)
    return Ready(row=row, is_ready=not demanding and not read.errors, values=read.values)
