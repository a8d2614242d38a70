"""What comes in from a filled form, and what comes out of reading it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from engine.form.problem import FieldCode, FieldProblem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that lies in the store under the SHA-256 of its content; `size` in bytes."""

    name: str
    digest: str
    size: int
    content_type: str

    def as_value(self) -> dict[str, Value]:
        """Give the file as a variable holds it."""
        return {
            "name": self.name,
            "digest": self.digest,
            "size": Decimal(self.size),
            "type": self.content_type,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSubmission:
    """A form as it was sent: texts and files by HTML name, nothing checked.

    `kept` names, by field, the digests of files that were shown and shall stay; `earlier` are the files that the same
    person uploaded while filling this form, by digest: what `kept` may point to beside the files of the field itself.
    `lost` are the fields of which a kept file was found nowhere (set by `Form.settled`), `refused` what was wrong with a
    file that was not even kept. `appearing` are the fields with a condition that were on the page when it was sent; None
    when nobody knows.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[StoredFile, ...]] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[str, StoredFile] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    refused: Mapping[str, FieldProblem] = field(default_factory=dict)
    appearing: frozenset[str] | None = None

    @property
    def names(self) -> frozenset[str]:
        """All field names that were sent."""
        return frozenset({*self.values, *self.files, *self.kept, *self.refused})

    def was_seen(self, name: str) -> bool:
        """Tell whether a field with a condition was on the page that was sent."""
        return self.appearing is None or name in self.appearing


def joined(parts: Iterable[RawSubmission]) -> RawSubmission:
    """Give the values and files of all parts together."""
    values: dict[str, tuple[str, ...]] = {}
    files: dict[str, tuple[StoredFile, ...]] = {}
    for part in parts:
        values.update(part.values)
        files.update(part.files)
    return RawSubmission(values=values, files=files)


def unseen(spot: Spot, given: Value) -> Reading:
    """Read a hidden field: it is null, and a program that sends something else is told so."""
    problems = () if given is None else (spot.problem(Refused(FieldCode.HIDDEN)),)
    return Reading(None, problems)


def letters(sent: object) -> int:
    """Count the characters of all texts and names in what was sent, however deep it is nested."""
    count, rest = 0, [sent]
    while rest:
        item = rest.pop()
        if isinstance(item, str):
            count += len(item)
        elif isinstance(item, dict):
            rest += [*item.keys(), *item.values()]
        elif isinstance(item, list | tuple):
            rest += item
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form that was read: one variable for each field that could be filled in, and everything wrong with them.

    A field with an error has the value None. `raw` is what was sent, its kept files found: a page shows it again.
    """

    values: dict[str, Value]
    errors: tuple[FieldProblem, ...]
    raw: RawSubmission


class Spot(NamedTuple):
    """Where a field stands in a filled form: its HTML name, and its place in words (see FieldProblem)."""

    name: str
    place: tuple[str | int, ...]

    def cell(self, row: int, number: int, key: str, label: str) -> Spot:
        """Give the spot of a field in a row: `row` as named in HTML, `number` as counted by people."""
        return Spot(f"{self.name}.{row}.{key}", (*self.place, number, label))

    def problem(self, refusal: Refused) -> FieldProblem:
        """Give the refusal as a problem of this spot."""
        return FieldProblem(
            code=refusal.code, name=self.name, place=self.place, params=refusal.params
        )


class Reading(NamedTuple):
    """One field, read: its value, and what is wrong with it.

    `rows` are those of a table in which something is wrong: what is right in them counts for formulas already.
    """

    value: Value
    problems: tuple[FieldProblem, ...] = ()
    rows: list[Value] | None = None

    @property
    def seen(self) -> Value:
        """What formulas see of the field."""
        return self.rows if self.value is None else self.value


def reading(spot: Spot, take: Callable[[], Value]) -> Reading:
    """Take a value; a refusal becomes a problem of the spot, and the value None."""
    try:
        return Reading(take())
    except Refused as refusal:
        return Reading(None, (spot.problem(refusal),))
