"""The step list: the work of a process in order, with what is done, where the case is, and what is still to come."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.process import DONE_BY_PEOPLE, ElementKind
from web.i18n import _
from web.waiting import begun_at, wait_words
from web.wishes import office_zone

_AWAITING = frozenset(
    {
        ElementKind.CATCH_EVENT,
        ElementKind.RECEIVE_TASK,
        ElementKind.SEND_TASK,
        ElementKind.SERVICE_TASK,
    }
)
"""What waits for something that nobody does from a desk."""

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import PersonId
    from engine.process import Element, Process
    from storage.queries.case import TaskLine
    from web.case_view import CaseView
    from web.story import SentForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; `state` is `done`, `current` or `ahead`, `at` is when it was done or came to the desk.

    `party` is the outside party on whose behalf it is or was recorded.
    """

    name: str
    state: str
    who: str
    party: str
    at: datetime | None
    rounds: int


def list_steps(view: CaseView, reader: PersonId) -> list[Step]:
    """Give the steps of people and those that wait for others, in the order of the flow, as they stand for the reader."""
    process = view.program.process
    return [
        _step(view, process, element, reader)
        if element.kind in DONE_BY_PEOPLE
        else _awaited(view, process, element)
        for element in _in_order(process)
    ]


def _awaited(view: CaseView, process: Process, element: Element) -> Step:
    """Give a step that nobody does from a desk: what it waits for, or whether that has come."""
    head = view.file.head
    here = (w for w in head.waits if (w.element, w.definition) == (element.id, head.definition))
    wait = next(here, None)
    done = view.story.passed.get(element.id, [])
    if wait is not None:
        who = wait_words(wait, process, office_zone())
        since = begun_at(view, wait)
        return Step(
            name=element.name, state="current", who=who, party="", at=since, rounds=len(done) + 1
        )
    lane = process.lane_of(element)
    return Step(
        name=element.name,
        state="done" if done else "ahead",
        who=lane.name if lane else "",
        party="",
        at=done[-1] if done else None,
        rounds=len(done),
    )


def _step(view: CaseView, process: Process, element: Element, reader: PersonId) -> Step:
    done = [form for form in view.story.done if _is_of(view, form, element)]
    waiting = [task for task in view.file.open_tasks if task.element == element.id]
    lane = process.lane_of(element)
    rounds = 0 if element.repeats else len(done)  # items are no rounds
    if waiting:
        return Step(
            name=element.name,
            state="current",
            who=_desk(view, waiting[0], reader),
            party=waiting[0].on_behalf_of,
            at=waiting[0].created_at,
            rounds=rounds + 1,
        )
    if done:
        by = done[-1].by
        who = _("Anda") if by.person == reader else by.post_name or by.name
        return Step(
            name=element.name,
            state="done",
            who=who,
            party=done[-1].on_behalf_of,
            at=done[-1].at,
            rounds=rounds,
        )
    ahead = lane.name if lane else ""
    return Step(name=element.name, state="ahead", who=ahead, party="", at=None, rounds=0)


def _is_of(view: CaseView, form: SentForm, element: Element) -> bool:
    """Tell whether a form was sent at an element of the case's own process, be it in a scope inside."""
    own = view.story.definition_of(0)
    return form.element == element.id and view.story.definition_of(form.scope) == own


def _desk(view: CaseView, task: TaskLine, reader: PersonId) -> str:
    if task.holder == reader:
        return _("Anda")
    return task.holder_name or _("{lane}, belum diambil").format(lane=view.lane_name(task))


def _in_order(process: Process) -> list[Element]:
    """Give the steps, nearest to the start first, those behind a limit after the step; what no flow leads to comes last."""
    elements = process.elements
    queue = deque(e.id for e in elements.values() if not (e.attached_to or process.arriving(e.id)))
    seen: dict[str, None] = dict.fromkeys(queue)
    while queue:
        here = queue.popleft()
        onward = [flow.target for flow in process.leaving(here)]
        for element in (*onward, *(event.id for event in process.attached(here))):
            if element not in seen:
                seen[element] = None
                queue.append(element)
    ordered = [elements[id_] for id_ in (*seen, *(e for e in elements if e not in seen))]
    return [element for element in ordered if _is_step(element)]


def _is_step(element: Element) -> bool:
    """Tell whether an element is in the list: work, and events with a name that wait for something by themselves."""
    is_named = element.name != element.id
    return element.kind in DONE_BY_PEOPLE or (element.kind in _AWAITING and is_named)
