"""The step list: the work of a process in order, with what is done, where the case is, and what is still to come."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.process import DONE_BY_PEOPLE
from web.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import PersonId
    from engine.process import Element, Process
    from storage.queries.case import TaskLine
    from web.case_view import CaseView


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; `state` is `done`, `current` or `ahead`, `at` is when it was done or came to the desk."""

    name: str
    state: str
    who: str
    at: datetime | None
    rounds: int


def list_steps(view: CaseView, reader: PersonId) -> list[Step]:
    """Give the steps that people do, in the order of the flow, as they stand for the reader."""
    process = view.program.process
    return [_step(view, process, element, reader) for element in _in_order(process)]


def _step(view: CaseView, process: Process, element: Element, reader: PersonId) -> Step:
    done = [form for form in view.story.done if form.element == element.id and form.scope == 0]
    waiting = [task for task in view.file.open_tasks if task.element == element.id]
    lane = process.lane_of(element)
    if waiting:
        return Step(
            name=element.name,
            state="current",
            who=_desk(view, waiting[0], reader),
            at=waiting[0].created_at,
            rounds=len(done) + 1,
        )
    if done:
        by = done[-1].by
        who = _("Anda") if by.person == reader else by.post_name or by.name
        return Step(name=element.name, state="done", who=who, at=done[-1].at, rounds=len(done))
    return Step(name=element.name, state="ahead", who=lane.name if lane else "", at=None, rounds=0)


def _desk(view: CaseView, task: TaskLine, reader: PersonId) -> str:
    if task.holder == reader:
        return _("Anda")
    return task.holder_name or _("{lane}, belum diambil").format(lane=view.lane_name(task))


def _in_order(process: Process) -> list[Element]:
    """Give what people do, nearest to the start first; what no flow leads to stands at the end."""
    queue = deque(e.id for e in process.elements.values() if not process.arriving(e.id))
    seen: dict[str, None] = dict.fromkeys(queue)
    while queue:
        for flow in process.leaving(queue.popleft()):
            if flow.target not in seen:
                seen[flow.target] = None
                queue.append(flow.target)
    ordered = [process.elements[id_] for id_ in (*seen, *(process.elements.keys() - seen.keys()))]
    return [element for element in ordered if element.kind in DONE_BY_PEOPLE]
