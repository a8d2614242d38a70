"""A form and what is in it, as the templates in `templates/components/` ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.form import (
    TICKED,
    Field,
    FieldProblem,
    FileField,
    Form,
    NumberField,
    RawSubmission,
    ShownTable,
    StoredFile,
    Table,
    size_words,
    stored_files,
    walk,
)
from web.form_words import place_text, problem_text
from web.forms import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.form import Column
    from engine.variables import Value

_NATIVE = {
    "date": re.compile(r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "datetime": re.compile(r"|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
}
"""What a browser's own date control can show; it drops anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One value for people: words, or files."""

    text: str = ""
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """One labelled value for people; with `headings` it is a table of rows."""

    key: str
    label: str
    value: Shown = field(default_factory=Shown)
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.value.text or self.value.files or self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One line of the error summary; without an anchor it is about the form as a whole."""

    text: str
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A form on a page: what was typed (or prefilled), what the case holds, and what is wrong."""

    form: Form
    raw: RawSubmission
    variables: Mapping[str, Value]
    problems: tuple[FieldProblem, ...] = ()

    @property
    def has_required(self) -> bool:
        """Whether any field must be filled in."""
        return any(f.required for f in self.form.open_fields)

    @property
    def has_rows(self) -> bool:
        """Whether rows can be added to the form."""
        return any(isinstance(f, Table) for f in self.form.open_fields)

    @property
    def summary(self) -> list[SummaryLine]:
        """Everything that is wrong, in the order of the form, with the place to mend it."""
        return [_line(problem) for problem in self.problems]

    def text(self, name: str) -> str:
        """Give the text that is in a field."""
        return next(iter(self.raw.values.get(name, ())), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the texts that are in a field with several."""
        return self.raw.values.get(name, ())

    def files(self, name: str) -> tuple[StoredFile, ...]:
        """Give the files that are in a field."""
        return self.raw.files.get(name, ())

    def problem(self, name: str) -> str:
        """Give what is wrong with a field, empty when nothing is."""
        return " ".join(problem_text(p) for p in self.problems if p.name == name)

    def row_numbers(self, table: Table) -> tuple[int, ...]:
        """Give the rows to draw by their number in HTML names: at least one, so that it can be filled in."""
        sent = table.row_numbers(self.raw, table.key)
        return sent or tuple(range(max(table.first_rows, 1)))

    def input_type(self, part: Field, name: str) -> str:
        """Give the HTML input type of a date: the browser's own control, or text when it couldn't show what was typed."""
        if not _NATIVE[part.kind].fullmatch(self.text(name)):
            return "text"
        return "date" if part.kind == "date" else "datetime-local"

    def echo(self, part: NumberField, name: str) -> str:
        """Give how a typed figure was understood, empty when it is written just so, or not understood."""
        text = self.text(name).strip()
        value = part.read(self.raw, part.spot._replace(name=name)).value if text else None
        return "" if value is None or part.text_of(value) == text else part.shown(value)

    def shown(self, part: Field | ShownTable) -> ShownItem:
        """Give the case's value of a part that is only shown."""
        return shown_item(part, self.variables.get(part.key))


def id_of(name: str) -> str:
    """Give the HTML id of a field's control: `isian-penerima-0-nama`."""
    return "isian-" + name.replace(".", "-")


def shown_items(forms: Iterable[Form], variables: Mapping[str, Value]) -> list[ShownItem]:
    """Give the values of all fields of these forms for reading, each variable once, as its first form shows it."""
    items: dict[str, ShownItem] = {}
    for form in forms:
        for part in walk(form.parts):
            if isinstance(part, Field | ShownTable) and part.key not in items:
                items[part.key] = shown_item(part, variables.get(part.key))
    return list(items.values())


def shown_item(part: Field | ShownTable, value: Value) -> ShownItem:
    """Give one value for reading."""
    if not isinstance(part, Table | ShownTable):
        return ShownItem(key=part.key, label=part.label, value=_shown(part, value))
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return ShownItem(
        key=part.key,
        label=part.label,
        headings=tuple(column.label for column in part.columns),
        rows=tuple(tuple(_shown(c, row.get(c.key)) for c in part.columns) for row in rows),
    )


def _shown(part: Field | Column, value: Value) -> Shown:
    if isinstance(part, FileField):
        return Shown(files=stored_files(value))
    return Shown(text=part.shown(value))


def _line(problem: FieldProblem) -> SummaryLine:
    place = place_text(problem)
    sentence = problem_text(problem)
    return SummaryLine(
        text=f"{place}: {sentence}" if place else sentence,
        anchor=id_of(problem.name) if problem.name else None,
    )


TEMPLATE_GLOBALS: Mapping[str, object] = {
    "id_of": id_of,
    "size_words": size_words,
    "TICKED": TICKED,
    "KEPT": KEPT,
}
"""What the templates of forms call by name; the application adds it to Jinja's globals."""
