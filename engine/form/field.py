"""What all fields have in common: one field is one variable of the case."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self, TypedDict

from typing_extensions import override

from engine.form.problem import FieldCode, Refused
from engine.form.submission import RawSubmission, Reading, Spot, reading
from engine.form.words import plain_words

if TYPE_CHECKING:
    from engine.form.component import Component
    from engine.form.formula import Formula
    from engine.form.scope import Scope
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(ABC):
    """Anything that stands on a form; `kind` is its form-js type and chooses its template.

    `place` tells the parts of a form apart (`0`, `3.1`). The part is hidden while the condition `hide` is true.
    """

    kind: ClassVar[str]

    place: str = ""
    hide: Formula | None = None


class Common(TypedDict):
    """The properties that every field has, as its class takes them."""

    key: str
    label: str
    description: str | None
    required: bool
    readonly: bool
    personal: bool


def common(component: Component, *labels: str) -> Common:
    """Read the properties that every field has; the label is the first of `labels` that is there."""
    return Common(
        key=component.key(),
        label=component.label(*(labels or ("label",))),
        description=component.text("description"),
        required=component.flag("validate.required"),
        # form-js doesn't send what is disabled, and we don't take what is only read: both are only shown
        readonly=any([component.flag("readonly"), component.flag("disabled")]),
        personal=component.one_of("properties.pribadi", "ya", "tidak") == "ya",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Part):
    """A field of a form; a `personal` one (`properties.pribadi` = `ya`) can be erased by law.

    `default` is what a page shows first while the variable is null.
    """

    key: str
    label: str
    description: str | None = None
    required: bool = False
    readonly: bool = False
    personal: bool = False
    default: Value = None

    @property
    def spot(self) -> Spot:
        """Where the field stands when it is not in a row."""
        return Spot(self.key, (self.label,))

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas that decide over the field, besides its condition."""
        return ()

    @property
    def names_outside(self) -> frozenset[str]:
        """The names of the form and the case that these formulas use."""
        return frozenset().union(*(formula.names | formula.own for formula in self.formulas))

    @property
    def all_formulas(self) -> tuple[Formula, ...]:
        """The condition of the field and the other formulas that decide over it."""
        return self.formulas if self.hide is None else (self.hide, *self.formulas)

    def at(self, scope: Scope) -> Self:
        """Give the field as it is at this place and moment."""
        del scope
        return self

    def owns(self, name: str) -> bool:
        """Tell whether a text sent under this HTML name is for this field."""
        return name == self.key

    def sent(self, raw: RawSubmission, spot: Spot, *, is_conditional: bool = False) -> Reading:
        """Read the field from what a page sent; one with a condition that was not on the page has yet to be seen."""
        if (is_conditional or self.hide) and not raw.was_seen(spot.name):
            return Reading(None, (spot.problem(Refused(FieldCode.APPEARED)),))
        return self.read(raw, spot)

    def first_raw(self) -> RawSubmission:
        """Give what a page sends for the field as it stands there at first."""
        return self.as_raw(self.default, self.key)

    def default_of(self, given: Value) -> Value:
        """Give the value that a form file means by a `defaultValue`."""
        return given

    @abstractmethod
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read the field from what a page sent."""

    @abstractmethod
    def accept(self, value: Value, spot: Spot) -> Reading:
        """Read the field from a value that has its type already; None means empty."""

    @abstractmethod
    def as_raw(self, value: Value, name: str) -> RawSubmission:
        """Give what a page would send for this value; a value of another kind gives an empty field."""

    def shown(self, value: Value) -> str:
        """Give the value for people; empty text for None."""
        return plain_words(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleField(Field):
    """A field with one value that a page sends as one text."""

    always_sent: ClassVar[bool] = True
    """Whether a browser sends the field even when it is empty, so that its absence is a damaged submission."""

    empty: ClassVar[Value] = None
    """The value of the field when nothing was filled in."""

    missing: ClassVar[FieldCode] = FieldCode.REQUIRED
    """What is wrong when a required field is empty."""

    @abstractmethod
    def parse(self, text: str) -> Value:
        """Give the value that a text without surrounding space means. Raises Refused when it means none."""

    @abstractmethod
    def check(self, value: Value) -> Value:
        """Give a value that isn't None in the one form it is kept in. Raises Refused when it isn't allowed."""

    @abstractmethod
    def text_of(self, value: Value) -> str:
        """Give the text of an allowed value, as `parse` reads it and an HTML control takes it."""

    @override
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read the field from what a page sent."""
        return reading(spot, lambda: self.demanded(self._of_texts(raw.values.get(spot.name))))

    @override
    def accept(self, value: Value, spot: Spot) -> Reading:
        """Read the field from a value that has its type already; None means empty."""
        return reading(
            spot, lambda: self.demanded(self.empty if value is None else self.check(value))
        )

    @override
    def as_raw(self, value: Value, name: str) -> RawSubmission:
        """Give what a page would send for this value; a value of another kind gives an empty field."""
        text = ""
        if value is not None:
            try:
                text = self.text_of(self.check(value))
            except Refused:
                text = ""
        return RawSubmission(values={name: (text,)} if text or self.always_sent else {})

    def _of_texts(self, texts: tuple[str, ...] | None) -> Value:
        if not texts:
            if self.always_sent:
                raise Refused(FieldCode.MISSING)
            return self.empty
        if len(texts) > 1:
            raise Refused(FieldCode.TWICE)
        text = texts[0].strip()
        return self.check(self.parse(text)) if text else self.empty

    def demanded(self, value: Value) -> Value:
        """Give the value back. Raises Refused when it is missing."""
        if self.required and value == self.empty:
            raise Refused(self.missing)
        return value
