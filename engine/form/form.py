"""A form: what stands on it, and how a filled one becomes variables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission
from engine.form.choice import Checkbox, Radio
from engine.form.field import Field
from engine.form.file import FileField, files_within
from engine.form.layout import Group
from engine.form.problem import FieldCode, FieldProblem
from engine.form.rows import ShownTable, Table
from engine.form.submission import RawSubmission, Reading, StoredFile, Submission, joined, letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.form.field import Part
    from engine.variables import Value

MOST_TEXT = 1_000_000
"""Characters that all texts of one submission may have together."""

MOST_UNKNOWN = 20
"""Unknown fields that are named; more of them say nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as its file describes it: `parts` in the order in which they stand on the page."""

    id: str
    parts: tuple[Part, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, also those in groups; each is one variable."""
        return tuple(part for part in walk(self.parts) if isinstance(part, Field))

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """The fields that can be filled in: exactly these become variables when the form is sent."""
        return tuple(field for field in self.fields if not field.readonly)

    @property
    def keys(self) -> tuple[str, ...]:
        """The variables that the form shows or fills, each once, in order."""
        shown = (part.key for part in walk(self.parts) if isinstance(part, Field | ShownTable))
        return tuple(dict.fromkeys(shown))

    @property
    def personal_keys(self) -> frozenset[str]:
        """The variables that hold personal data."""
        return frozenset(field.key for field in self.fields if field.personal)

    def find_field(self, name: str) -> Field | None:
        """Give the field or the table column that an HTML name belongs to."""
        for field in self.fields:
            if field.key == name:
                return field
            if isinstance(field, Table) and (column := field.column(name)):
                return column
        return None

    def prefill(self, variables: Mapping[str, Value], *, answered_here: bool) -> RawSubmission:
        """Give the form as a page first shows it: each field with the variable of its key.

        When this very step was answered before in this case (`answered_here`: a later round), its radio buttons and
        tick boxes start empty, so that no decision is ready to be sent again (catalogue/FORMAT.md).
        """
        blank = (Radio, Checkbox) if answered_here else ()
        return joined(
            field.as_raw(None if isinstance(field, blank) else variables.get(field.key), field.key)
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

    def read(self, raw: RawSubmission, current: Mapping[str, Value]) -> Submission:
        """Read what a page sent, over the current variables of the case; nothing is raised for bad input.

        Each open field becomes a variable; an empty one is None (an unticked box: False). Read-only fields are
        ignored; names that the form doesn't know are problems.
        """
        if letters(dict(raw.values)) > MOST_TEXT:
            return _refused_whole(RawSubmission(files=raw.files))
        settled = self.settled(raw, current)
        readings = {f.key: f.read(settled, f.spot) for f in self.open_fields}
        fields = self.fields
        unknown = [n for n in raw.names if not any(field.owns(n) for field in fields)]
        return _submission(readings, unknown, settled)

    def read_json(self, values: Mapping[str, Value]) -> Submission:
        """Read values that have their types already (tests, REST); the same rules as for a page.

        A field that isn't there is empty. Read-only fields are refused like unknown ones: a program that sends them
        believes that it changes them.
        """
        if letters(dict(values)) > MOST_TEXT:
            return _refused_whole(RawSubmission())
        readings = {f.key: f.accept(values.get(f.key), f.spot) for f in self.open_fields}
        return _submission(readings, list(values.keys() - readings.keys()), RawSubmission())

    def submit(self, raw: RawSubmission, current: Mapping[str, Value]) -> dict[str, Value]:
        """Give the variables of a page's submission. Raises InvalidSubmission with all problems."""
        return _accepted(self.read(raw, current))

    def submit_json(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Give the variables of typed values. Raises InvalidSubmission with all problems."""
        return _accepted(self.read_json(values))


def walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Give all parts in order, those of groups behind their group."""
    for part in parts:
        yield part
        if isinstance(part, Group):
            yield from walk(part.parts)


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
