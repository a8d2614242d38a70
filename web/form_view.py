"""A form and what is in it, as the templates in `templates/components/` ask for it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.form import (
    ALL,
    MOST_MEGABYTES,
    MOST_ROWS,
    TICKED,
    Cell,
    Choice,
    Field,
    FieldProblem,
    FileField,
    Form,
    NumberField,
    RawSubmission,
    Scene,
    Scope,
    ShownTable,
    StoredFile,
    Table,
    TextField,
    size_words,
    stored_files,
    walk,
)
from web.form_words import place_text, problem_text
from web.forms import APPEARING, KEPT
from web.i18n import _
from web.letter_field import LetterField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from engine.form import Column, Part
    from engine.variables import Value

_NATIVE = {
    "date": re.compile(r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "datetime": re.compile(r"|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
}
"""What a browser's own date control can show; it drops anything else."""

_KEYBOARDS = {"telepon": "tel"}
"""The keyboards of numbers that name somebody, where it isn't that of plain digits."""


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
    """A form on a page: what was typed (or prefilled), what the case holds, what is wrong, and what is there now.

    `today` is the office's day. Files that were not taken are among the problems, whoever made the page.
    """

    form: Form
    raw: RawSubmission
    variables: Mapping[str, Value]
    problems: tuple[FieldProblem, ...] = ()
    today: date | None = None
    scene: Scene = field(init=False)
    _triggers: frozenset[str] = field(init=False)
    _conditional: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find out what is there now, and what can come and go."""
        seen = replace(self.raw, appearing=None)
        scene = self.form.scene(seen, self.variables, today=self.today)
        named = {problem.name for problem in self.problems}
        refused = tuple(
            replace(problem, name=name, place=self._place(name))
            for name, problem in self.raw.refused.items()
            if name not in named
        )
        object.__setattr__(self, "problems", (*self.problems, *refused))
        object.__setattr__(self, "scene", scene)
        object.__setattr__(self, "_triggers", self.form.triggers)
        object.__setattr__(self, "_conditional", self.form.conditional_keys)

    @property
    def has_required(self) -> bool:
        """Whether any field must be filled in."""
        return any(f.required for f in self.form.open_fields)

    @property
    def has_rows(self) -> bool:
        """Whether rows can be added to the form."""
        return any(isinstance(f, Table) for f in self.form.open_fields)

    @property
    def has_number(self) -> bool:
        """Whether a letter's number can be taken on the form; Enter must send it all the same."""
        return any(isinstance(f, LetterField) for f in self.form.open_fields)

    @property
    def can_change(self) -> bool:
        """Whether what is typed in one field decides over others."""
        return any(self._decides(name) for name in self._open_names())

    @property
    def is_live(self) -> bool:
        """Whether the page can say something new while it is filled in."""
        return any(self.is_trigger(name) for name in self._open_names())

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

    def cells(self, table: Table, row: int, count: int) -> tuple[Cell, ...]:
        """Give a row as it is now: `row` as named in HTML, `count` as counted by people."""
        return table.cells(replace(self.raw, appearing=None), table.spot, row, count)

    def now(self, part: Part) -> Part:
        """Give a part as it is now: an open field with the options that there are."""
        return self.scene.fields.get(part.key, part) if isinstance(part, Field) else part

    def can_part_change(self, part: Part) -> bool:
        """Tell whether what is typed elsewhere decides over a part."""
        if not isinstance(part, Field) or isinstance(part, Table):
            return part.hide is not None
        return part.hide is not None or (not part.readonly and bool(part.formulas))

    def state(self, part: Part, *, is_hidden: bool, is_doubtful: bool) -> str:
        """Say in short what can change of a part as it is now: parts that say the same look the same."""
        if is_hidden:
            return "-"
        options = part.options if isinstance(part, Choice) else ()
        words = "\n".join(f"{option.value}\t{option.label}" for option in options)
        return f"{'?' * is_doubtful}{zlib.crc32(words.encode()):x}"

    def is_conditional(self, name: str) -> bool:
        """Tell whether a field can come and go, so that a page has to say that it was there."""
        return name in self._conditional

    def is_trigger(self, name: str) -> bool:
        """Tell whether something on the page depends on a field: others, or how a figure was understood."""
        return isinstance(self.form.find_field(name), NumberField) or self._decides(name)

    def _decides(self, name: str) -> bool:
        key, _, rest = name.partition(".")
        table = self.form.find_field(key) if rest else None
        own = isinstance(table, Table) and rest.rpartition(".")[2] in table.triggers
        return own or not self._triggers.isdisjoint({key, ALL})

    def held_back(self, part: Part) -> list[tuple[str, str]]:
        """Give what is in hidden fields by HTML name, so that it is there again when they are."""
        fields = [f for f in walk((part,)) if isinstance(f, Field)]
        texts = [
            (name, text)
            for name, all_texts in self.raw.values.items()
            for text in all_texts
            if text and any(f.owns(name) for f in fields)
        ]
        files = [
            (KEPT + name, file.digest)
            for name, all_files in self.raw.files.items()
            for file in all_files
            if any(f.owns(name) for f in fields)
        ]
        return texts + files

    def held_back_cell(self, name: str) -> list[tuple[str, str]]:
        """Give what is in a hidden field of a row."""
        files = [(KEPT + name, file.digest) for file in self.files(name)]
        return [(name, text) for text in self.texts(name) if text] + files

    @property
    def appeared(self) -> str:
        """The first field that was not on the page that was sent; empty when nobody asked for new fields."""
        seen = self.raw.appearing
        if seen is None or self.problems:
            return ""
        new = (name for name in self.form.order if self.is_conditional(name) and name not in seen)
        there = (n for n in new if not self.scene.is_hidden(self.scene.fields[n]))
        return next(there, "")

    def input_type(self, part: Field, name: str) -> str:
        """Give the HTML input type of a date: the browser's own control, or text when it couldn't show what was typed."""
        if not _NATIVE[part.kind].fullmatch(self.text(name)):
            return "text"
        return "date" if part.kind == "date" else "datetime-local"

    def echo(self, part: NumberField, name: str) -> str:
        """Give how a typed figure was understood, or the question that it leaves open; empty when it is written just so."""
        text = self.text(name).strip()
        reading = part.read(self.raw, part.spot._replace(name=name)) if text else None
        if reading is None or self.problem(name):
            return ""
        if reading.problems:
            return problem_text(reading.problems[0])
        understood = part.text_of(reading.value) != text
        return _("Terbaca: {figure}").format(figure=part.shown(reading.value)) if understood else ""

    def shown(self, part: Field | ShownTable) -> ShownItem:
        """Give the case's value of a part that is only shown."""
        return shown_item(part, self.variables)

    def _open_names(self) -> Iterator[str]:
        for part in self.form.open_fields:
            columns = part.columns if isinstance(part, Table) else ()
            yield from (
                (f"{part.key}.0.{column.key}" for column in columns) if columns else (part.key,)
            )

    def _place(self, name: str) -> tuple[str | int, ...]:
        key, _, rest = name.partition(".")
        table = self.form.find_field(key)
        found = self.form.find_field(name)
        label = found.label if found else ""
        if not rest or table is None:
            return (label,)
        return (table.label, int(rest.partition(".")[0]) + 1, label)


def input_mode(part: Field) -> str:
    """Give which keyboard a phone shows for a field, empty for the ordinary one."""
    if isinstance(part, NumberField):
        return "decimal"
    if not isinstance(part, TextField):
        return ""
    if part.is_email:
        return "email"
    return "" if part.identity is None else _KEYBOARDS.get(part.identity.name, "numeric")


def id_of(name: str) -> str:
    """Give the HTML id of a field's control: `isian-penerima-0-nama`."""
    return "isian-" + name.replace(".", "-")


def shown_items(forms: Iterable[Form], variables: Mapping[str, Value]) -> list[ShownItem]:
    """Give the values of all fields of these forms for reading, each variable once, as its first form shows it."""
    items: dict[str, ShownItem] = {}
    for form in forms:
        for part in walk(form.parts):
            if isinstance(part, Field | ShownTable) and part.key not in items:
                items[part.key] = shown_item(part, variables)
    return list(items.values())


def shown_item(part: Field | ShownTable, variables: Mapping[str, Value]) -> ShownItem:
    """Give one variable for reading, as this part shows it."""
    value, scope = variables.get(part.key), Scope(variables=dict(variables))
    if not isinstance(part, Table | ShownTable):
        return ShownItem(key=part.key, label=part.label, value=_shown(part, value, scope))
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return ShownItem(
        key=part.key,
        label=part.label,
        headings=tuple(column.label for column in part.columns),
        rows=tuple(
            tuple(_shown(c, row.get(c.key), scope.in_row(row, number)) for c in part.columns)
            for number, row in enumerate(rows, 1)
        ),
    )


def _shown(part: Field | Column, value: Value, scope: Scope) -> Shown:
    if isinstance(part, FileField):
        return Shown(files=stored_files(value))
    now = part.at(scope) if isinstance(part, Choice) else part
    return Shown(text=now.shown(value))


def _line(problem: FieldProblem) -> SummaryLine:
    place = place_text(problem)
    sentence = problem_text(problem)
    return SummaryLine(
        text=f"{place}: {sentence}" if place else sentence,
        anchor=id_of(problem.name) if problem.name else None,
    )


TEMPLATE_GLOBALS: Mapping[str, object] = {
    "APPEARING": APPEARING,
    "MOST_MEGABYTES": MOST_MEGABYTES,
    "MOST_ROWS": MOST_ROWS,
    "input_mode": input_mode,
    "id_of": id_of,
    "size_words": size_words,
    "TICKED": TICKED,
    "KEPT": KEPT,
}
"""What the templates of forms call by name; the application adds it to Jinja's globals."""
