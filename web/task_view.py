"""A task as its page shows it: what came before, what the last round asked for, the form, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.form import TextArea
from engine.user_task import TaskState
from web.form_view import FilledForm
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor
    from engine.form import FieldProblem, Form, RawSubmission
    from engine.variables import Value
    from storage.queries.case import TaskLine
    from web.case_view import CaseView
    from web.form_view import ShownItem
    from web.story import SentForm

_ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Texts that somebody wrote since this step was last done."""

    sent: SentForm
    step: str
    items: tuple[ShownItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One task of a case for one reader; `can_take` says whether the reader may take it."""

    view: CaseView
    line: TaskLine
    reader: Actor
    can_take: bool

    @property
    def is_mine(self) -> bool:
        """Whether it lies on the reader's desk."""
        return self.line.state is TaskState.CLAIMED and self.line.holder == self.reader.person

    @property
    def can_send(self) -> bool:
        """Whether the reader may send the form; sending a free task takes it."""
        return self.is_mine or self.can_take

    @property
    def scope(self) -> int:
        """The scope of variables that the task runs in."""
        return self.view.scope_of(self.line)

    @property
    def form(self) -> Form | None:
        """The form of the task; without one there is only something to confirm."""
        return self.view.form_of(self.line.element, self.scope)

    @property
    def variables(self) -> Mapping[str, Value]:
        """The variables that the form sees now."""
        return self.view.story.visible(self.scope) if self.line.is_open else {}

    @property
    def earlier(self) -> list[SentForm]:
        """How this very step was done before, oldest first."""
        return [
            sent
            for sent in self.view.story.sent
            if sent.element == self.line.element and sent.scope == self.scope
        ]

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
        forms = [sent for sent in self.view.story.sent if sent.seq >= since]
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
    def before(self) -> list[SentForm]:
        """The last sent form of every step, but not this one, oldest first."""
        return [sent for sent in self.view.story.latest() if sent.element != self.line.element]

    @property
    def requirements(self) -> str:
        """What must be there before the step can be done (mutu baku: kelengkapan)."""
        element = self.view.element_of(self.line)
        return element.properties.get("mutu_baku.kelengkapan", "") if element else ""

    def fresh(self) -> FilledForm | None:
        """Give the form as the page first shows it."""
        if self.form is None:
            return None
        raw = self.form.prefill(self.variables, answered_here=bool(self.earlier))
        return self.filled(raw, ())

    def filled(self, raw: RawSubmission, problems: tuple[FieldProblem, ...]) -> FilledForm | None:
        """Give the form as it was sent, with what is wrong in it."""
        if self.form is None:
            return None
        return FilledForm(form=self.form, raw=raw, variables=self.variables, problems=problems)


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
