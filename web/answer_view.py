"""*Catat tanggapan*: a wait for an answer as its page shows it to one reader, and the words of its fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine import permission
from engine.answer import (
    DAY,
    NUMBER,
    SCAN,
    SENDER,
    SUMMARY,
    is_answerable,
    parties_of,
    recorder_of,
    variable_of,
)
from engine.errors import NotAllowed, WrongState
from engine.form import Field
from storage.queries.waiting import has_waiting, list_work
from web.form_view import FilledForm
from web.i18n import _
from web.parts import parts
from web.uploads import office_day
from web.waiting import event_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor
    from engine.firing import Place
    from engine.form import FieldProblem, Form, RawSubmission
    from engine.ids import DefinitionId
    from engine.process import Process
    from engine.variables import Value
    from engine.wait import Wait
    from storage.queries.waiting import WorkRow
    from web.case_view import CaseView

LABELS: Mapping[str, str] = {
    DAY: "Tanggal surat",
    NUMBER: "Nomor surat",
    SENDER: "Dari",
    SUMMARY: "Ringkasan isi",
    SCAN: "Pindaian surat",
}
"""What the fields of the letter itself are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer that a case waits for. `party` is on whose behalf it can only be, else one of `parties` or somebody else.

    `form` has what is recorded of it.
    """

    wait: Wait
    name: str
    recorder: str
    may_record: bool
    party: str
    parties: tuple[str, ...]
    form: Form
    variables: Mapping[str, Value]

    def fresh(self) -> FilledForm:
        """Give the form as the page first shows it: a message that comes again is another letter."""
        letter = {variable_of(self.wait.element, part) for part in LABELS}
        seen = {key: value for key, value in self.variables.items() if key not in letter}
        begun = {variable_of(self.wait.element, SENDER): self.party} if self.party else {}
        raw = self.form.prefill({**seen, **begun}, answered_here=False)
        return self.filled(raw, ())

    def filled(self, raw: RawSubmission, problems: tuple[FieldProblem, ...]) -> FilledForm:
        """Give the form as it was sent, with what is wrong in it."""
        return FilledForm(
            form=self.form,
            raw=raw,
            variables=self.variables,
            problems=problems,
            today=office_day(),
        )


def list_answers(view: CaseView, reader: Actor) -> list[AnswerView]:
    """Give the answers that a case waits for and the reader may record."""
    waits = (w for w in view.file.head.waits if _can_be_letter(view, w))
    found = (_answer_view(view, wait, reader) for wait in waits)
    return [each for each in found if each.may_record]


def find_answer(view: CaseView, reader: Actor, place: Place) -> AnswerView | None:
    """Give an answer that a case waits for at a place, whoever may record it."""
    here = (w for w in view.file.head.waits if (w.token, w.element) == (place.token, place.element))
    found = next((wait for wait in here if _can_be_letter(view, wait)), None)
    return None if found is None else _answer_view(view, found, reader)


def get_past_form(view: CaseView, place: Place) -> Form:
    """Give the form of an answer that a case waited for once. Raises WrongState (`wait_gone`) when it never did."""
    scope = view.story.token_scopes.get(place.token)
    form = None if scope is None else view.form_of(place.element, scope)
    if form is None:
        raise gone(place)
    return form


def gone(place: Place) -> WrongState:
    """Make the error for an answer that is not waited for."""
    return WrongState(
        f"Expected a wait at {place.element}, but there is none",
        code="wait_gone",
        element=place.element,
    )


def waits_for(reader: Actor) -> bool:
    """Tell whether anything waits for an answer that the reader may record: else the navigation has no such line."""
    return parts().database.read(lambda c: has_waiting(c, reader))


def list_reportable(reader: Actor) -> list[tuple[WorkRow, str]]:
    """Give the work outside that the reader may report as done, each with its name."""
    rows = parts().database.read(lambda c: list_work(c, reader))
    found = ((row, _process_of(row.definition, row.element)) for row in rows)
    return [
        (row, event_name(process.elements[row.element], process))
        for row, process in found
        if process is not None and _may_report(process, row.element, reader)
    ]


def _process_of(definition: DefinitionId, element: str) -> Process | None:
    """Give the process that an element stands in: that of a case, or one that it calls."""
    seen, to_see = set(), [definition]
    while to_see:
        program = parts().runtime.program(to_see.pop())
        if element in program.process.elements:
            return program.process
        seen.add(program.definition.id)
        to_see += [each for each in program.definition.calls.values() if each not in seen]
    return None


def _may_report(process: Process, element: str, reader: Actor) -> bool:
    try:
        permission.reporting_post(process, element, reader)
    except NotAllowed:
        return False
    return True


def labelled(form: Form, event: str = "") -> Form:
    """Give a form with the words of an answer's own fields, and of which event if that is given; another form as it is."""
    words = {variable_of(form.id, part): label for part, label in LABELS.items()}
    if not words.keys() <= set(form.keys):
        return form
    parts = (
        replace(part, label=f"{_(words[part.key])} ({event})" if event else _(words[part.key]))
        if isinstance(part, Field) and part.key in words
        else part
        for part in form.parts
    )
    return replace(form, parts=tuple(parts))


def _can_be_letter(view: CaseView, wait: Wait) -> bool:
    return is_answerable(view.load(wait.definition).process.elements[wait.element])


def _answer_view(view: CaseView, wait: Wait, reader: Actor) -> AnswerView:
    program = view.load(wait.definition)
    element = program.process.elements[wait.element]
    recorder = recorder_of(program.process, element)
    parties = parties_of(program.process, element)
    host = program.process.elements.get(element.attached_to, element)
    return AnswerView(
        wait=wait,
        name=event_name(element, program.process),
        recorder="" if recorder is None else recorder.name,
        may_record=recorder is not None and reader.find_post(recorder.id) is not None,
        party=program.process.party_of(host),
        parties=parties,
        form=labelled(program.forms[element.id]),
        variables=view.story.visible(view.story.token_scopes.get(wait.token, 0)),
    )
