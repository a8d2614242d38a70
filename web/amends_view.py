"""What can be amended of a case: which sent steps are offered to be taken back or corrected, and what would come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import NotFound, WrongState
from engine.history import UserTaskCompleted
from engine.ids import PersonId, UserTaskId, instance_of
from engine.retraction import expect_letter_here, expect_not_over, find_step
from engine.store import InstanceState
from engine.survey import Bar, survey
from engine.user_task import TaskState
from storage.queries.case import find_case_file
from web.case_view import view_of
from web.form_view import FilledForm, shown_items
from web.i18n import _
from web.parts import parts
from web.uploads import office_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.actor import Actor
    from engine.form import FieldProblem, RawSubmission
    from engine.retraction import Step
    from engine.survey import Survey
    from storage.queries.case import TaskLine
    from web.case_view import CaseView
    from web.form_view import ShownItem

BARRED: Mapping[Bar, str] = {
    Bar.DECISION: "sudah dipakai proses untuk menentukan jalan, menghitung, menunggu, mengirim pesan, atau memulai perkara lain",
    Bar.OVERWRITTEN: "sudah diisi lagi pada langkah sesudahnya; koreksilah di sana",
    Bar.GONE: "bagian prosesnya sudah ditutup",
    Bar.NUMBERED: "sudah menjadi bagian nomor surat di buku agenda",
}
"""Why a field stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A sent step that the reader may amend."""

    task: UserTaskId
    name: str
    at: datetime
    by: str
    party: str
    can_retract: bool
    can_correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A field that stays as it is, its value now, and why."""

    item: ShownItem
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentView:
    """A finished task of a case, for one reader."""

    view: CaseView
    line: TaskLine
    reader: Actor

    @property
    def step(self) -> Step:
        """What taking it back would undo. Raises WrongState when it can't be taken back."""
        scope = self.view.scope_of(self.line)
        program = self.view.load(self.view.story.definition_of(scope))
        expect_letter_here(self.line.element, program)
        step = find_step(self.view.file.records, self.line.task)
        expect_not_over(self.view.file.head.state, step)
        return step

    @property
    def taken_away(self) -> list[TaskLine]:
        """The open tasks that would go from their desks. Raises WrongState."""
        created = self.step.created
        return [line for line in self.view.file.open_tasks if line.task in created]

    @property
    def can_retract(self) -> bool:
        """Whether the reader is offered to take it back; the engine decides."""
        if self.line.state is not TaskState.COMPLETED or self.line.lane not in self.reader.lanes:
            return False
        try:
            sender = self.step.sender
        except WrongState:
            return False
        if sender is None or sender.person == self.reader.person:
            return True
        now = parts().directory.find_actor(PersonId(sender.person))
        return now is None or self.line.lane not in now.lanes

    @property
    def may_correct(self) -> bool:
        """Whether the reader may correct what was sent here: who stands for the lane, or leads who does."""
        lanes = self.reader.lanes | self.reader.led_lanes
        return self.line.state is TaskState.COMPLETED and self.line.lane in lanes

    @property
    def can_correct(self) -> bool:
        """Whether the reader is offered to correct it; the engine decides."""
        form = self.view.form_of(self.line.element, self.view.scope_of(self.line))
        is_running = self.view.file.head.state is InstanceState.RUNNING
        return is_running and self.may_correct and form is not None and bool(form.open_fields)

    @property
    def offer(self) -> Offer:
        """What the reader is offered."""
        return Offer(
            task=self.line.task,
            name=self.line.name,
            at=self.line.changed_at,
            by=self.line.holder_name,
            party=self.line.on_behalf_of,
            can_retract=_is_last(self.view, self.line) and self.can_retract,
            can_correct=self.can_correct,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A form that was sent, with what can be corrected in it."""

    sent: SentView
    found: Survey

    @property
    def items(self) -> list[ShownItem]:
        """What the form says now, empty fields left out."""
        shown = shown_items((self.found.form,), self.found.seen)
        keys = {field.key for field in self.found.form.open_fields}
        return [item for item in shown if item.key in keys and item.is_filled]

    @property
    def barred(self) -> list[Barred]:
        """The fields that stay as they are."""
        shown = {item.key: item for item in shown_items((self.found.form,), self.found.seen)}
        bars = self.found.barred.items()
        return [Barred(item=shown[key], why=_(BARRED[bar])) for key, bar in bars if key in shown]

    @property
    def later(self) -> list[str]:
        """The labels of fields whose other value holds only for tasks to come."""
        return [field.label for field in self.found.form.fields if field.key in self.found.later]

    @property
    def is_open(self) -> bool:
        """Whether there is a field to correct."""
        return bool(self.found.form.open_fields)

    def fresh(self) -> FilledForm:
        """Give the form with what it says now."""
        return self.filled(self.found.form.prefill(self.found.seen, answered_here=False), ())

    def filled(self, raw: RawSubmission, problems: tuple[FieldProblem, ...]) -> FilledForm:
        """Give the form as it was sent, with what is wrong in it."""
        return FilledForm(
            form=self.found.form,
            raw=raw,
            variables=self.found.seen,
            problems=problems,
            today=office_day(),
        )


def get_sent(task_id: UserTaskId, reader: Actor) -> SentView:
    """Give a task for a reader who may see its case. Raises NotFound."""
    file = parts().database.read(lambda c: find_case_file(c, instance_of(task_id)))
    line = file.find_task(task_id) if file else None
    if file is None or line is None:
        raise NotFound(f"Expected a task {task_id}, but there is none", code="not_found")
    return SentView(view=view_of(file, parts().runtime.program), line=line, reader=reader)


def get_correction(task_id: UserTaskId, reader: Actor) -> CorrectionView:
    """Give what can be corrected of a task. Raises NotFound for who may not, WrongState when nothing can be."""
    sent = get_sent(task_id, reader)
    if not sent.may_correct:
        raise NotFound(f"Expected what {reader.login} may correct, but not", code="not_found")
    file = sent.view.file
    if file.head.state is not InstanceState.RUNNING:
        raise WrongState("Expected a running case, but it is over", code="instance_ended")
    found = survey(task_id, file.records, file.personal, parts().runtime.program)
    return CorrectionView(sent=sent, found=found)


def list_offers(view: CaseView, reader: Actor, task: UserTaskId | None = None) -> list[Offer]:
    """Give the sent steps that the reader may amend, the last of each element, latest first; of one task if it is named."""
    if view.file.head.state is InstanceState.CANCELLED:
        return []
    done = [line for line in view.file.tasks if line.state is TaskState.COMPLETED]
    done.sort(key=lambda line: line.changed_at)
    latest = {(line.element, view.scope_of(line)): line for line in done}.values()
    wanted = [line for line in latest if task in (None, line.task)]
    offers = [SentView(view=view, line=line, reader=reader).offer for line in reversed(wanted)]
    return [offer for offer in offers if offer.can_retract or offer.can_correct]


def _is_last(view: CaseView, line: TaskLine) -> bool:
    events = (record.event for record in reversed(view.file.records))
    last = next((e for e in events if isinstance(e, UserTaskCompleted)), None)
    return last is not None and last.task == line.task
