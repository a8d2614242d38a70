"""A form: what stands on it, and how a filled one becomes variables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission
from engine.form.choice import Checkbox, Radio
from engine.form.field import Field
from engine.form.file import FileField, files_within
from engine.form.moment import DateField
from engine.form.problem import FieldCode, FieldProblem
from engine.form.rows import Table
from engine.form.scene import Play, Scene, placed
from engine.form.scope import Scope
from engine.form.shown import ShownTable
from engine.form.submission import RawSubmission, Reading, StoredFile, Submission, joined, letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from engine.form.field import Part
    from engine.variables import Value

MOST_TEXT = 1_000_000
"""Characters that all texts of one submission may have together."""

MOST_UNKNOWN = 20
"""Unknown fields that are named; more of them say nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as its file describes it: `parts` in the order in which they stand on the page.

    `order` are the keys of the open fields, each behind those that its formulas name. `today` is the office's day: a form
    that asks for it (`disallowPassedDates`) raises ValueError without.
    """

    id: str
    parts: tuple[Part, ...]
    order: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, also those in groups; each is one variable."""
        return tuple(part for part in walk(self.parts) if isinstance(part, Field))

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """The fields that can be filled in: exactly these become variables when the form is sent, null when hidden."""
        return tuple(field for field in self.fields if not field.readonly)

    @property
    def keys(self) -> tuple[str, ...]:
        """The variables that the form shows or fills, each once, in order."""
        shown = (part.key for part in walk(self.parts) if isinstance(part, Field | ShownTable))
        return tuple(dict.fromkeys(shown))

    @property
    def asks_today(self) -> bool:
        """Whether a date on it may not be before today, or a formula asks for it, so that reading it needs the office's day."""
        columns = (c for field in self.fields if isinstance(field, Table) for c in field.columns)
        fields = (*self.fields, *columns)
        formulas = (f for field in fields for f in field.all_formulas)
        hiding = (part.hide for part in walk(self.parts) if part.hide is not None)
        return any(isinstance(f, DateField) and f.no_past for f in fields) or any(
            formula.expression.asks_now for formula in (*formulas, *hiding)
        )

    @property
    def personal_keys(self) -> frozenset[str]:
        """The variables that hold personal data."""
        return frozenset(field.key for field in self.fields if field.personal)

    @property
    def triggers(self) -> frozenset[str]:
        """The names that its formulas use: when such a field changes, others may come, go or offer something else."""
        names: set[str] = set()
        for part in walk(self.parts):
            names |= part.hide.names | part.hide.own if part.hide else set()
            if isinstance(part, Field):
                names |= part.names_outside
        return frozenset(names)

    @property
    def conditional_keys(self) -> frozenset[str]:
        """The open fields that can be hidden, by themselves or with the group around them."""
        found = (each.part for each in placed(self.parts) if each.is_conditional)
        return frozenset(f.key for f in found if isinstance(f, Field) and not f.readonly)

    def find_field(self, name: str) -> Field | None:
        """Give the field or the table column that an HTML name belongs to."""
        for field in self.fields:
            if field.key == name:
                return field
            if isinstance(field, Table) and (column := field.column(name)):
                return column
        return None

    def prefill(
        self,
        variables: Mapping[str, Value],
        *,
        answered_here: bool,
        computed: frozenset[str] = frozenset(),
    ) -> RawSubmission:
        """Give the form as a page first shows it: each field with the variable of its key, else with its default.

        When this very step was answered before in this case (`answered_here`: a later round), its radio buttons and
        tick boxes start empty, so that no decision is ready to be sent again (catalogue/FORMAT.md), and what was left
        empty then stays empty. What the process itself has set (`computed`) is shown in every round: nobody chose it.
        """
        return joined(
            _first(
                field,
                variables.get(field.key),
                answered_here=answered_here and field.key not in computed,
            )
            for field in self.open_fields
        )

    def settled(self, raw: RawSubmission, current: Mapping[str, Value]) -> RawSubmission:
        """Give the submission with its kept files found: in the current variable, or among the earlier uploads."""
        files: dict[str, tuple[StoredFile, ...]] = dict(raw.files)
        lost = set(raw.lost)
        for name, digests in raw.kept.items():
            field = self.find_field(name)
            if not isinstance(field, FileField) or field.readonly:
                continue
            known = {**files_within(current.get(name.partition(".")[0])), **raw.earlier}
            kept = tuple(known[digest] for digest in digests if digest in known)
            if any(digest not in known for digest in digests):
                lost.add(name)
            files[name] = field.chosen(kept, raw.files.get(name, ()))
        return replace(raw, files=files, kept={}, lost=frozenset(lost))

    def scene(
        self, raw: RawSubmission, current: Mapping[str, Value], *, today: date | None = None
    ) -> Scene:
        """Give the form as it is with what a page sent (or shows first), over the current variables of the case."""
        play = Play(self.parts, Scope(variables=dict(current), today=today))
        return play.scene(
            self.order,
            lambda field, conditional: field.sent(raw, field.spot, is_conditional=conditional),
            {},
        )

    def read(
        self, raw: RawSubmission, current: Mapping[str, Value], *, today: date | None = None
    ) -> Submission:
        """Read what a page sent, over the current variables of the case; nothing is raised for bad input.

        Each open field becomes a variable; an empty one is None (an unticked box: False), and so is a hidden one,
        whatever was sent for it. Read-only fields are ignored; names that the form doesn't know are problems.
        """
        if letters(dict(raw.values)) > MOST_TEXT:
            return _refused_whole(RawSubmission(files=raw.files))
        settled = self.settled(raw, current)
        readings = self.scene(settled, current, today=today).readings
        fields = self.fields
        unknown = [n for n in raw.names if not any(field.owns(n) for field in fields)]
        return _submission(readings, unknown, settled)

    def read_json(
        self,
        values: Mapping[str, Value],
        current: Mapping[str, Value] | None = None,
        *,
        today: date | None = None,
    ) -> Submission:
        """Read values that have their types already (tests, REST); the same rules as for a page.

        A field that isn't there is empty. Read-only and hidden fields are refused like unknown ones: a program that
        sends them believes that it changes them.
        """
        if letters(dict(values)) > MOST_TEXT:
            return _refused_whole(RawSubmission())
        play = Play(self.parts, Scope(variables=dict(current or {}), today=today))
        scene = play.scene(
            self.order, lambda field, _: field.accept(values.get(field.key), field.spot), values
        )
        unknown = list(values.keys() - scene.readings.keys())
        return _submission(scene.readings, unknown, RawSubmission())

    def submit(
        self, raw: RawSubmission, current: Mapping[str, Value], *, today: date | None = None
    ) -> dict[str, Value]:
        """Give the variables of a page's submission. Raises InvalidSubmission with all problems."""
        return _accepted(self.read(raw, current, today=today))

    def submit_json(
        self,
        values: Mapping[str, Value],
        current: Mapping[str, Value] | None = None,
        *,
        today: date | None = None,
    ) -> dict[str, Value]:
        """Give the variables of typed values, over the current ones. Raises InvalidSubmission with all problems."""
        return _accepted(self.read_json(values, current, today=today))


def walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Give all parts in order, those of groups behind their group."""
    return (each.part for each in placed(parts))


def _first(field: Field, value: Value, *, answered_here: bool) -> RawSubmission:
    if answered_here:
        blank = isinstance(field, Radio | Checkbox)
        return field.as_raw(None if blank else value, field.key)
    return field.first_raw() if value is None else field.as_raw(value, field.key)


def _refused_whole(raw: RawSubmission) -> Submission:
    limit = {"limit": str(MOST_TEXT // 1000)}
    problem = FieldProblem(code=FieldCode.TOO_LARGE, params=limit)
    return Submission(values={}, errors=(problem,), raw=raw)


def _submission(
    readings: Mapping[str, Reading], unknown: list[str], raw: RawSubmission
) -> Submission:
    problems = [problem for reading in readings.values() for problem in reading.problems]
    problems += [
        FieldProblem(code=FieldCode.UNKNOWN, params={"field": name[:80]})
        for name in sorted(unknown)[:MOST_UNKNOWN]
    ]
    values = {key: reading.value for key, reading in readings.items()}
    return Submission(values=values, errors=tuple(problems), raw=raw)


def _accepted(submission: Submission) -> dict[str, Value]:
    if submission.errors:
        found = ", ".join(f"{p.code} at {p.name or 'the form'}" for p in submission.errors)
        raise InvalidSubmission(
            f"Expected a properly filled form, but it has: {found}",
            code="submission_invalid",
            problems=submission.errors,
        )
    return submission.values
