"""Choices from a list, and the single box to tick."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Self

from typing_extensions import override

from engine.form.field import Field, SingleField, common
from engine.form.option import Option, find_option, find_options, options_of, source_of
from engine.form.problem import FieldCode, Refused
from engine.form.submission import RawSubmission, Reading, Spot, reading
from engine.variables import canonical

if TYPE_CHECKING:
    from engine.form.component import Component
    from engine.form.formula import Formula
    from engine.form.scope import Scope
    from engine.variables import Value

TICKED = "ya"
"""What a page sends for a box that is ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """A field with options: fixed ones, or those that `source` gives (form-js `valuesKey`, `valuesExpression`).

    `at` puts in the options of a place and moment, and takes the source away; before that no value is compared with
    them. `is_doubtful` when the source had no answer, so that there are none.
    """

    only_looks: ClassVar[tuple[str, ...]] = ()
    """Properties that only arrange things on form-js' own page."""

    options: tuple[Option, ...]
    source: Formula | None = None
    is_doubtful: bool = False

    @classmethod
    def of(cls, component: Component) -> Self:
        """Read the field from its component."""
        component.visual(*cls.only_looks)
        is_fixed = not any(map(component.is_set, ("valuesKey", "valuesExpression")))
        return cls(
            **common(component),
            options=options_of(component) if is_fixed else (),
            source=source_of(component),
        )

    @property
    @override
    def formulas(self) -> tuple[Formula, ...]:
        """The formula that gives the options."""
        return () if self.source is None else (self.source,)

    @override
    def at(self, scope: Scope) -> Self:
        """Give the field with the options that there are at this place and moment."""
        if self.source is None:
            return self
        found = find_options(self.source, scope)
        return replace(self, options=found or (), source=None, is_doubtful=found is None)

    @override
    def shown(self, value: Value) -> str:
        """Give the words of the chosen options; a value that is no option (any more) as it is."""
        items = value if isinstance(value, list) else [value]
        found = ((find_option(self.options, item), item) for item in items)
        return ", ".join(o.label if o else Field.shown(self, item) for o, item in found)

    def _meant(self, value: Value) -> Value:
        """Give the value of the option that is meant. Raises Refused when there is none."""
        option = find_option(self.options, value)
        if option is None and self.source is None:
            raise Refused(FieldCode.CHOICE_UNKNOWN, text=str(value)[:40])
        return value if option is None else option.meaning

    def _missing(self) -> Refused:
        return Refused(FieldCode.CHOICE_REQUIRED if self.options else FieldCode.CHOICES_NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(Choice, SingleField):
    """One choice from a list that opens (form-js `select`)."""

    kind: ClassVar[str] = "select"
    only_looks: ClassVar[tuple[str, ...]] = ("searchable",)

    @override
    def parse(self, text: str) -> Value:
        """Give the text itself."""
        return text

    @override
    def check(self, value: Value) -> Value:
        """Give the value of the option that is meant."""
        if isinstance(value, bool | list | dict):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        return None if value in ("", None) else self._meant(value)

    @override
    def text_of(self, value: Value) -> str:
        """Give what a page sends for the option."""
        option = find_option(self.options, value)
        return option.value if option else _text(value)

    @override
    def demanded(self, value: Value) -> Value:
        """Give the value back. Raises Refused when it is missing."""
        if self.required and value is None:
            raise self._missing()
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Radio(Select):
    """One choice, all of them in sight (form-js `radio`)."""

    kind: ClassVar[str] = "radio"
    only_looks: ClassVar[tuple[str, ...]] = ()
    always_sent: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkbox(SingleField):
    """One box to tick (form-js `checkbox`): true or false, never None; a required one must be ticked."""

    kind: ClassVar[str] = "checkbox"
    always_sent: ClassVar[bool] = False
    empty: ClassVar[Value] = False
    missing: ClassVar[FieldCode] = FieldCode.TICK_REQUIRED

    @classmethod
    def of(cls, component: Component) -> Checkbox:
        """Read the field from its component."""
        return cls(**common(component))

    @override
    def parse(self, text: str) -> Value:
        """Give True for the one text that a ticked box sends."""
        if text != TICKED:
            raise Refused(FieldCode.CHOICE_UNKNOWN, text=text[:40])
        return True

    @override
    def check(self, value: Value) -> Value:
        """Give the value when it is true or false."""
        if not isinstance(value, bool):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        return value

    @override
    def text_of(self, value: Value) -> str:
        """Give what a page sends for the box."""
        return TICKED if value is True else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Choice):
    """Several boxes to tick (form-js `checklist`): the chosen values in the order of the options, None for none."""

    kind: ClassVar[str] = "checklist"

    @override
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read the field from what a page sent."""
        return reading(spot, lambda: self._chosen(list(raw.values.get(spot.name, ()))))

    @override
    def accept(self, value: Value, spot: Spot) -> Reading:
        """Read the field from a list of values; None means empty."""
        return reading(spot, lambda: self._chosen([] if value is None else value))

    @override
    def as_raw(self, value: Value, name: str) -> RawSubmission:
        """Give what a page would send for this value; options that are no longer there are left out."""
        chosen = value if isinstance(value, list) else []
        options = (find_option(self.options, item) for item in chosen)
        found = {option.value for option in options if option}
        texts = tuple(option.value for option in self.options if option.value in found)
        if self.source is not None:
            texts = tuple(_text(item) for item in chosen)
        return RawSubmission(values={name: texts} if texts else {})

    def _chosen(self, value: Value) -> Value:
        if not isinstance(value, list) or any(isinstance(i, bool | list | dict) for i in value):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        meant = [self._meant(item) for item in value if item != ""]
        if self.required and not meant:
            raise self._missing()
        if self.source is not None:
            return meant or None
        return [option.meaning for option in self.options if option.meaning in meant] or None


def _text(value: Value) -> str:
    return value if isinstance(value, str) else canonical(value)
