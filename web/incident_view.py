"""Incidents and work done outside, as pages show them to one reader: in words, and what the reader is offered to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import permission
from engine.errors import NotAllowed, WrongState
from engine.firing import Place
from engine.job import LEFT_BEHIND, JobKind
from engine.wait import WaitKind
from storage.queries.incidents import list_of_case, list_retried
from web.form_view import FilledForm
from web.parts import parts
from web.uploads import office_day
from web.wait_words import is_connector
from web.waiting import event_name
from web.words import SENTENCES, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.actor import Actor
    from engine.form import FieldProblem, Form, RawSubmission
    from engine.process import Process
    from engine.variables import Value
    from engine.wait import Wait
    from storage.queries.incidents import IncidentRow
    from web.case_view import CaseView


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An open incident: where, why, and what the reader may do about it."""

    row: IncidentRow
    name: str
    why: str
    may_retry: bool
    may_report: bool
    may_drop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryView:
    """Work of a connector that is tried again by itself: the last attempt, and when the next one is."""

    name: str
    why: str
    attempts: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """Work that a case waits for and that the reader may report as done outside."""

    wait: Wait
    name: str
    form: Form | None
    variables: Mapping[str, Value]

    @property
    def place(self) -> Place:
        """Where it is in the case."""
        return Place(token=self.wait.token, element=self.wait.element)

    def fresh(self) -> FilledForm | None:
        """Give the form of the report as the page first shows it."""
        if self.form is None:
            return None
        return self.filled(self.form.prefill(self.variables, answered_here=False), ())

    def filled(self, raw: RawSubmission, problems: tuple[FieldProblem, ...]) -> FilledForm | None:
        """Give the form as it was sent, with what is wrong in it."""
        if self.form is None:
            return None
        return FilledForm(
            form=self.form,
            raw=raw,
            variables=self.variables,
            problems=problems,
            today=office_day(),
        )


def incident_view(row: IncidentRow, reader: Actor) -> IncidentView:
    """Give an incident as a reader sees it; the engine decides."""
    process = parts().runtime.program(row.definition).process
    element = process.elements.get(row.element)
    may_mend = _may_mend(process, row.element, reader)
    is_left_behind = row.job in LEFT_BEHIND
    name = row.element if element is None else event_name(element, process)
    return IncidentView(
        row=row,
        name=name,
        why=_why(row.code, name),
        may_retry=may_mend and row.job is not None,
        may_report=row.job is JobKind.CONNECTOR and _may_report(process, row.element, reader),
        may_drop=may_mend and is_left_behind,
    )


def list_incident_views(view: CaseView, reader: Actor) -> list[IncidentView]:
    """Give the open incidents of a case."""
    case = view.file.head.case
    rows = parts().database.read(lambda c: list_of_case(c, case))
    return [incident_view(row, reader) for row in rows]


def list_retry_views(view: CaseView) -> list[RetryView]:
    """Give the work of connectors that the case waits for and that is tried again."""
    case = view.file.head.case
    rows = parts().database.read(lambda c: list_retried(c, case))
    return [
        RetryView(
            name=view.event_name(row.token, row.element),
            why=_why(row.code, view.event_name(row.token, row.element)),
            attempts=row.attempts,
            due_at=row.due_at,
        )
        for row in rows
    ]


def list_work_views(view: CaseView, reader: Actor) -> list[WorkView]:
    """Give the work outside that a case waits for and the reader may report."""
    works = (w for w in view.file.head.waits if w.kind is WaitKind.WORK)
    return [
        _work_view(view, wait)
        for wait in works
        if not is_connector(wait.name)
        and _may_report(view.load(wait.definition).process, wait.element, reader)
    ]


def get_work_view(view: CaseView, place: Place) -> WorkView:
    """Give work that a case waits for, whoever may report it. Raises WrongState (`work_gone`)."""
    for wait in view.file.head.waits:
        if (wait.kind, wait.token, wait.element) == (WaitKind.WORK, place.token, place.element):
            return _work_view(view, wait)
    raise WrongState(
        f"Expected work at {place.element} that is waited for, but there is none", code="work_gone"
    )


def _work_view(view: CaseView, wait: Wait) -> WorkView:
    program = view.load(wait.definition)
    scope = view.story.token_scopes.get(wait.token, 0)
    return WorkView(
        wait=wait,
        name=event_name(program.process.elements[wait.element], program.process),
        form=program.forms.get(wait.element),
        variables=view.story.visible(scope),
    )


def _why(code: str, name: str) -> str:
    return sentence(code if code in SENTENCES else "job_unexpected", element=name)


def _may_mend(process: Process, element: str, reader: Actor) -> bool:
    try:
        permission.expect_may_mend(process, element, reader)
    except NotAllowed:
        return False
    return True


def _may_report(process: Process, element: str, reader: Actor) -> bool:
    try:
        permission.reporting_post(process, element, reader)
    except NotAllowed:
        return False
    return True
