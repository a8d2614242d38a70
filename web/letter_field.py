"""The field of a form that a register fills: shown with its number, or with the button that takes one; never typed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from engine.form import Field, Form, Group, RawSubmission
from engine.form.problem import FieldCode, Refused
from engine.form.submission import Reading

if TYPE_CHECKING:
    from engine.form import Part
    from engine.form.submission import Spot
    from engine.variables import Value

PLACE = "nomor"
"""The place of a number in a form whose file has no field for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterField(Field):
    """A letter's number: `number` is empty while none was taken; `is_final` is its being confirmed.

    `register` is what the office calls the register; `must_have` tells whether sending the form takes a number, `confirms`
    that it makes it final, `was_asked` that the button was pressed for this page.
    """

    kind: ClassVar[str] = "letternumber"

    register: str
    number: str = ""
    is_final: bool = False
    must_have: bool = True
    confirms: bool = False
    was_asked: bool = False

    @override
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read nothing: the number comes from the register. A typed one is a problem."""
        texts = [text.strip() for text in raw.values.get(spot.name, ())]
        if any(text not in ("", self.number) for text in texts):
            return Reading(None, (spot.problem(Refused(FieldCode.LETTER_TYPED)),))
        return Reading(None)

    @override
    def accept(self, value: Value, spot: Spot) -> Reading:
        """Accept nothing, as from a page."""
        text = value if isinstance(value, str) else ""
        return self.read(RawSubmission(values={spot.name: (text,)}), spot)

    @override
    def as_raw(self, value: Value, name: str) -> RawSubmission:
        """Send nothing."""
        return RawSubmission()


def with_number(form: Form, key: str, field: LetterField) -> Form:
    """Give the form with this field in the place of the one with the key; before the others, when it has none."""
    if key in {open_field.key for open_field in form.open_fields}:
        return replace(form, parts=_replaced(form.parts, key, field))
    placed = replace(field, place=PLACE, must_have=False)
    return replace(form, parts=(placed, *form.parts), order=(*form.order, key))


def _replaced(parts: tuple[Part, ...], key: str, field: LetterField) -> tuple[Part, ...]:
    return tuple(_put(part, key, field) for part in parts)


def _put(part: Part, key: str, field: LetterField) -> Part:
    if isinstance(part, Group):
        return replace(part, parts=_replaced(part.parts, key, field))
    if isinstance(part, Field) and part.key == key:
        return replace(
            field,
            label=part.label,
            description=part.description,
            place=part.place,
            hide=part.hide,
        )
    return part
