"""A case as its pages show it: names of its elements, forms of its steps, marks on its drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.history import InstanceStarted
from web.answer_view import labelled
from web.diagram import Marks, State
from web.form_view import ShownItem, shown_items
from web.story import tell
from web.waiting import event_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.actor import Signature
    from engine.form import Field, Form
    from engine.ids import DefinitionId, LaneId
    from engine.process import Element, Process
    from engine.spiff.program import Program
    from engine.variables import Value
    from storage.queries.case import CaseFile, TaskLine
    from web.story import Note, SentForm, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case with its history told; `load` gives a process version as it runs."""

    file: CaseFile
    story: Story
    load: Callable[[DefinitionId], Program]

    @property
    def program(self) -> Program:
        """The version of the process that the case runs under."""
        return self.load(self.file.head.definition)

    @property
    def title(self) -> str:
        """What the case is called: its subject, else its process."""
        return self.file.head.subject or self.file.head.process

    @property
    def starter(self) -> Signature:
        """Who started the case."""
        return self.story.acts[0].by

    @property
    def started_for(self) -> str:
        """The outside party on whose behalf the case was begun, or empty."""
        first = self.story.acts[0].records[0].event
        return first.on_behalf_of if isinstance(first, InstanceStarted) else ""

    @property
    def comments(self) -> list[Note]:
        """What people wrote to the case, newest first."""
        return self.story.comments[::-1]

    def process_of(self, scope: int) -> Process:
        """Give the process that a scope runs: the case's own, or a called one."""
        return self.load(self.story.definition_of(scope)).process

    def find_element(self, token: int) -> Element | None:
        """Give the element of a token."""
        element = self.story.elements.get(token, "")
        return self.process_of(self.story.token_scopes.get(token, 0)).elements.get(element)

    def element_name(self, token: int) -> str:
        """Give the name of a token's element, else its id."""
        element = self.find_element(token)
        name = element.name if element else ""
        return name or self.story.elements.get(token, "")

    def event_name(self, token: int, element: str) -> str:
        """Give the name of an element or flow; an event without one is called by what it is, a flow by what is before it."""
        process = self.process_of(self.story.token_scopes.get(token, 0))
        found = process.elements.get(element)
        if found is not None:
            return event_name(found, process)
        flow = process.flows.get(element)  # whose condition was asked
        return element if flow is None else flow.name or process.elements[flow.source].name

    def lane_name(self, task: TaskLine) -> str:
        """Give the name of the lane that does a task."""
        return self.lane_of(task.lane, self.scope_of(task))

    def lane_of(self, lane: LaneId, scope: int = 0) -> str:
        """Give the name of a lane, else its id."""
        found = self.process_of(scope).lanes.get(lane)
        return found.name if found else lane

    def scope_of(self, task: TaskLine) -> int:
        """Give the scope that a task runs in."""
        return self.story.token_scopes.get(token_of(task), 0)

    def form_of(self, element: str, scope: int) -> Form | None:
        """Give the form of an element."""
        form = self.load(self.story.definition_of(scope)).forms.get(element)
        return None if form is None else labelled(form)

    def element_of(self, task: TaskLine) -> Element | None:
        """Give the element of a task."""
        return self.find_element(token_of(task))

    def sent_items(self, sent: SentForm) -> list[ShownItem]:
        """Give what was sent at a step, labelled, empty fields left out; what was corrected as it is since then."""
        form = self.form_of(sent.element, sent.scope)
        return [] if form is None else open_items(form, sent.amended)

    def sent_name(self, sent: SentForm) -> str:
        """Give the name of the step at which a form was sent."""
        element = self.process_of(sent.scope).elements.get(sent.element)
        return element.name if element and element.name else sent.element

    def notes(self, sent: SentForm, *kinds: type[Field]) -> list[ShownItem]:
        """Give what was sent at a step in fields of these kinds, as sent, labelled, empty ones left out."""
        form = self.form_of(sent.element, sent.scope)
        if form is None:
            return []
        keys = {field.key for field in form.open_fields if isinstance(field, kinds)}
        return [item for item in open_items(form, sent.values) if item.key in keys]

    @property
    def forms(self) -> list[Form]:
        """The forms of the steps that people do and of what they record, in the order of the file."""
        process, forms = self.program.process, self.program.forms
        return [
            labelled(forms[element.id], event_name(element, process))
            for element in process.elements.values()
            if element.id in forms
        ]

    @property
    def labels(self) -> Mapping[str, str]:
        """What the forms call the variables; the first form that has one names it."""
        named: dict[str, str] = {}
        for form in self.forms:
            for field in form.fields:
                named.setdefault(field.key, field.label)
        return named

    def current_items(self) -> list[ShownItem]:
        """Give the current data of the case, each variable once, labelled by the first form that shows it."""
        return [
            item
            for item in shown_items(self.forms, self.story.moment.variables())
            if item.is_filled
        ]

    def marks(self) -> Marks:
        """Give the path taken, where the case is now, what it waits for there and what is in its way."""
        moment = self.story.moment
        visits = {id_: n for (called, id_), n in moment.visits.items() if not called}
        taken = {id_: n for (called, id_), n in moment.flows.items() if not called}
        states = dict.fromkeys(visits, State.DONE)
        states |= dict.fromkeys(self.story.stopped, State.CANCELLED)
        head = self.file.head
        here = {wait.element for wait in head.waits if wait.definition == head.definition}
        states |= dict.fromkeys(here, State.WAITING)
        states |= {active.element: State.ACTIVE for active in moment.active.values()}
        states |= dict.fromkeys(self.story.troubled.values(), State.FAILED)
        return Marks(states=states, visits=self._rounds(visits, taken), taken=taken)

    def _rounds(self, visits: Mapping[str, int], taken: Mapping[str, int]) -> dict[str, int]:
        """Give how often each element was done; a repeated one as often as a flow led to it."""
        process = self.program.process
        repeated = [e.id for e in process.elements.values() if e.repeated and e.id in visits]
        arrived = {id_: sum(taken.get(f.id, 0) for f in process.arriving(id_)) for id_ in repeated}
        return {**visits, **arrived}


def view_of(file: CaseFile, load: Callable[[DefinitionId], Program]) -> CaseView:
    """Tell the history of a case."""
    return CaseView(
        file=file,
        story=tell(file.records, file.personal),
        load=load,
    )


def open_items(form: Form, values: Mapping[str, Value]) -> list[ShownItem]:
    """Give the fields that a form lets fill in, with these values; empty ones left out."""
    keys = {field.key for field in form.open_fields}
    items = shown_items((form,), values)
    return [item for item in items if item.key in keys and item.is_filled]


def token_of(task: TaskLine) -> int:
    """Give the number of the token that a task belongs to."""
    return int(task.task.rpartition("-")[2])
