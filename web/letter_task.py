"""The number of a letter on the page of its task: the field that shows it, and the button *Ambil nomor*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from engine.errors import InvalidSubmission
from engine.letters.number import NumberState
from engine.letters.numbering import Stage
from engine.letters.rule import Source
from storage.queries.letters import find_rule_now, list_case_numbers
from web.auth import actor
from web.forms import TAKE_NUMBER
from web.i18n import _
from web.input import request_id, revision
from web.letter_field import LetterField, with_number
from web.parts import parts
from web.uploads import office_day

if TYPE_CHECKING:
    from engine.form import FieldProblem, Form, RawSubmission
    from engine.ids import AgencyId
    from engine.letters.number import LetterNumber
    from engine.letters.numbering import Numbering
    from engine.letters.rule import LetterRule
    from storage.queries.case import TaskLine
    from web.case_view import CaseView
    from web.story import Story
    from web.task_view import TaskView


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLetter:
    """What a step does with a letter's number, by which rule, and the number that the case has already."""

    numbering: Numbering
    rule: LetterRule
    number: LetterNumber | None

    def form_of(self, form: Form) -> Form:
        """Give the task's form with the number in its place; numbers of other systems are typed as ever."""
        if self.rule.source is Source.OUTSIDE:
            return form
        number = self.number
        field = LetterField(
            key=self.numbering.field,
            label=_("Nomor surat"),
            register=self.rule.name,
            number=number.number if number else "",
            is_final=number is not None and number.state is NumberState.CONFIRMED,
            confirms=self.numbering.stage is Stage.CONFIRM,
            was_asked=is_asked(),
        )
        return with_number(form, self.numbering.field, field)


def find_letter(view: CaseView, line: TaskLine, agency: AgencyId) -> TaskLetter | None:
    """Give what an open task of an agency does with a number, None when it takes none or there is no such register."""
    scope = view.scope_of(line)
    program = view.load(view.story.definition_of(scope))
    numbering = program.letters.get(line.element)
    if numbering is None or not numbering.gives or not line.is_open:
        return None
    database, today = parts().database, office_day()
    register = numbering.register
    rule = database.read(lambda c: find_rule_now(c, agency, register, today))
    if rule is None:
        return None
    live = database.read(lambda c: list_case_numbers(c, view.file.head.case))
    wanted = (_home(view.story, scope), numbering.field)
    number = next((n for n in live if (n.home, n.field) == wanted), None)
    return TaskLetter(numbering=numbering, rule=rule, number=number)


def is_asked() -> bool:
    """Tell whether *Ambil nomor* was pressed."""
    return TAKE_NUMBER in request.form


def take_number(page: TaskView, raw: RawSubmission) -> tuple[FieldProblem, ...]:
    """Take the number of the task whose form was sent so far; gives what has to be mended first.

    Raises what the command does, WrongState where the step takes no number.
    """
    form = page.form
    typed = form.read(raw, page.variables, today=office_day()).values if form else {}
    given = {key: value for key, value in typed.items() if value is not None}
    try:
        parts().runtime.reserve_number(
            page.line.task, given, actor=actor(), request=request_id(), revision=revision()
        )
    except InvalidSubmission as error:
        return problems_of(error)
    return ()


def problems_of(error: InvalidSubmission) -> tuple[FieldProblem, ...]:
    """Give the problems of single fields that an error names; raises it again when it names none."""
    found: tuple[FieldProblem, ...] = tuple(error.params.get("problems") or ())  # type: ignore[arg-type]
    if not found:
        raise error
    return found


def _home(story: Story, scope: int) -> int:
    """Give the scope of the process around a scope, as letter numbers name it."""
    while scope and scope not in story.called:
        scope = story.parents[scope]
    return scope
