"""A task as its page shows it: what came before, what the last round asked for, the form, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.actor import Role
from engine.errors import NotFound
from engine.form import RawSubmission, TextArea
from engine.ids import instance_of
from storage.queries.case import find_case_file
from storage.queries.visibility import is_takeable
from web.case_view import token_of, view_of
from web.file_view import files_of
from web.form_view import FilledForm, shown_items
from web.i18n import _
from web.letter_task import find_letter
from web.parts import parts
from web.task_hand import TaskOnDesk
from web.uploads import office_day
from web.waiting import list_limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor
    from engine.form import FieldProblem, Form, StoredFile
    from engine.ids import UserTaskId
    from engine.variables import Value
    from storage.drafts import Draft
    from web.case_view import CaseView
    from web.form_view import ShownItem
    from web.letter_task import TaskLetter
    from web.story import SentForm
    from web.waiting import WaitView

_ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Texts that somebody wrote since this step was last done."""

    sent: SentForm
    step: str
    items: tuple[ShownItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that is not as it was when this step was last done."""

    label: str
    before: ShownItem
    now: ShownItem


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView(TaskOnDesk):
    """A task as its page shows it to a reader. The draft is what the reader typed before and did not send."""

    view: CaseView
    draft: Draft | None = None
    letter: TaskLetter | None = None

    @property
    def may_comment(self) -> bool:
        """Whether the reader may write a comment: an auditor only reads."""
        return Role.AUDITOR not in self.reader.roles

    @property
    def is_first_look(self) -> bool:
        """Whether the reader, who may do it and did not send it, is the first to see it."""
        seen = self.line.opened_at is not None or self.line.sender_id == self.reader.person
        return self.can_send and not seen

    @property
    def scope(self) -> int:
        """The scope of variables that the task runs in."""
        return self.view.scope_of(self.line)

    @property
    def form(self) -> Form | None:
        """The form of the task; without one there is only something to confirm."""
        form = self.view.form_of(self.line.element, self.scope)
        return self.letter.form_of(form) if form and self.letter else form

    @property
    def variables(self) -> Mapping[str, Value]:
        """The variables that the form sees now."""
        return self.view.story.visible(self.scope) if self.line.is_open else {}

    @property
    def earlier(self) -> list[SentForm]:
        """How this very step was done before, oldest first; what its sender took back counts as never sent."""
        return [sent for sent in self.view.story.done if self._is_here(sent)]

    @property
    def retracted(self) -> SentForm | None:
        """What was sent for this step and taken back, when this task is there for that reason."""
        here = [sent for sent in self.view.story.sent if self._is_here(sent)]
        return here[-1] if here and here[-1].is_retracted and self.line.is_open else None

    def _is_here(self, sent: SentForm) -> bool:
        return sent.element == self.line.element and sent.scope == self.scope

    @property
    def own_submission(self) -> SentForm | None:
        """What was sent for this very task, once it is finished."""
        return next((sent for sent in self.view.story.sent if sent.task == self.line.task), None)

    @property
    def round_words(self) -> str:
        """How many times the step is being done, in words; empty the first time."""
        done = len(self.earlier)
        if not done or not self.line.is_open:
            return ""
        number = _ORDINALS[done] if done < len(_ORDINALS) else _("ke-{n}").format(n=done + 1)
        return _("Putaran {number}").format(number=_(number))

    @property
    def remarks(self) -> list[Remark]:
        """What was written in long texts since this step was last done, then and after, oldest first."""
        if not self.round_words:
            return []
        since = self.earlier[-1].seq
        forms = [sent for sent in self.view.story.done if sent.seq >= since]
        latest = {sent.element: sent for sent in forms}.values()
        found = [
            Remark(
                sent=sent,
                step=self.view.sent_name(sent),
                items=tuple(self.view.notes(sent, TextArea)),
            )
            for sent in latest
        ]
        return [remark for remark in found if remark.items]

    @property
    def changes(self) -> list[Change]:
        """What others changed since this step was last done, field by field; long texts are in the remarks already."""
        if not self.round_words:
            return []
        told = {item.key for remark in self.remarks for item in remark.items}
        was = {item.key: item for item in shown_items(self.view.forms, self.earlier[-1].values)}
        now = shown_items(self.view.forms, self.view.story.visible(self.scope))
        return [
            Change(label=item.label, before=was[item.key], now=item)
            for item in now
            if item != was[item.key] and item.key not in told
        ]

    @property
    def before(self) -> list[SentForm]:
        """The last sent form of every step, but not this one, oldest first."""
        return [sent for sent in self.view.story.latest() if sent.element != self.line.element]

    @property
    def files(self) -> list[StoredFile]:
        """The files that were sent with the steps before, those of the latest step first."""
        items = [item for sent in reversed(self.before) for item in self.view.sent_items(sent)]
        return files_of(items)

    @property
    def limits(self) -> list[WaitView]:
        """What happens at a certain time while the task is open."""
        return list_limits(self.view, token_of(self.line)) if self.line.is_open else []

    @property
    def has_expired(self) -> bool:
        """Whether a timer took the task away."""
        return token_of(self.line) in self.view.story.expired

    @property
    def requirements(self) -> str:
        """What must be there before the step can be done (mutu baku: kelengkapan)."""
        element = self.view.element_of(self.line)
        return element.properties.get("mutu_baku.kelengkapan", "") if element else ""

    def fresh(self) -> FilledForm | None:
        """Give the form as the page first shows it: with the draft, else with what the case holds."""
        if self.form is None:
            return None
        if self.draft:
            kept = RawSubmission(values=self.draft.values, files=self.draft.files)
            return self.filled(kept, ())
        taken_back = self.retracted
        values = taken_back.values if taken_back else self.variables
        again = bool(self.earlier or taken_back)
        computed = self.view.process_of(self.scope).computed
        shown = self.form.prefill(values, answered_here=again, computed=computed)
        return self.filled(shown, ())

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """One field as it was typed, for somebody who has to keep it elsewhere."""

    label: str
    text: str


def typed_texts(form: Form, raw: RawSubmission) -> list[TypedText]:
    """Give everything that was typed, labelled, in the order of the form; choices by their label."""
    found = []
    for name, texts in raw.values.items():
        field = form.find_field(name)
        if field is None or not any(texts):
            continue
        labels = {o.value: o.label for o in getattr(field, "options", ())}
        found.append(TypedText(label=field.label, text=", ".join(labels.get(t, t) for t in texts)))
    for name, files in raw.files.items():
        field = form.find_field(name)
        if field is not None and files:
            found.append(TypedText(label=field.label, text=", ".join(f.name for f in files)))
    return found


def get_task_view(task_id: UserTaskId, reader: Actor) -> TaskView:
    """Give a task as its page shows it to a reader who may see the case, with the reader's draft. Raises NotFound."""
    here = parts()
    file = here.database.read(lambda c: find_case_file(c, instance_of(task_id)))
    line = file.find_task(task_id) if file else None
    if file is None or line is None:
        raise NotFound(f"Expected a task {task_id}, but there is none", code="not_found")
    can_take = here.database.read(lambda c: is_takeable(c, reader, task_id))
    view = view_of(file, here.runtime.program)
    return TaskView(
        view=view,
        line=line,
        reader=reader,
        can_take=can_take,
        draft=here.drafts.find_draft(reader.person, task_id),
        letter=find_letter(view, line, reader.agency),
    )
