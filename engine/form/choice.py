"""Choices from a list, and the single box to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from engine.form.field import Field, SingleField, common
from engine.form.problem import FieldCode, FormCode, Refused
from engine.form.submission import RawSubmission, Reading, Spot, reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.form.component import Component
    from engine.variables import Value

TICKED = "ya"
"""What a page sends for a box that is ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose: the value that is kept and the words that are shown."""

    value: str
    label: str


def options_of(component: Component) -> tuple[Option, ...]:
    """Read the fixed options of a component: at least one, none twice."""
    options = [_option(component, item) for item in component.objects("values")]
    found = tuple(option for option in options if option is not None)
    if not options:
        component.problem(FormCode.OPTIONS_MISSING)
    seen: set[str] = set()
    for option in found:
        if option.value in seen:
            component.problem(FormCode.OPTION_TWICE, option=option.value)
        seen.add(option.value)
    return found


def _option(component: Component, item: Mapping[str, Value]) -> Option | None:
    value, label = item.get("value"), item.get("label")
    if isinstance(value, str) and isinstance(label, str) and value.strip() and label.strip():
        return Option(value=value.strip(), label=label.strip())
    component.problem(
        FormCode.PROPERTY_VALUE, property="values", expected='{"value": "…", "label": "…"}'
    )
    return None


def _label(options: tuple[Option, ...], value: Value) -> str | None:
    return next((option.label for option in options if option.value == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(SingleField):
    """One choice from a list that opens (form-js `select`)."""

    kind: ClassVar[str] = "select"
    missing: ClassVar[FieldCode] = FieldCode.CHOICE_REQUIRED

    options: tuple[Option, ...]

    @classmethod
    def of(cls, component: Component) -> Select:
        """Read the field from its component."""
        component.visual("searchable")
        return cls(**common(component), options=options_of(component))

    @override
    def parse(self, text: str) -> Value:
        """Give the text itself."""
        return text

    @override
    def check(self, value: Value) -> Value:
        """Give the value when it is one of the options."""
        if not isinstance(value, str):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        if not value:
            return None
        if _label(self.options, value) is None:
            raise Refused(FieldCode.CHOICE_UNKNOWN, text=value[:40])
        return value

    @override
    def text_of(self, value: Value) -> str:
        """Give the option's value."""
        return str(value)

    @override
    def shown(self, value: Value) -> str:
        """Give the option's words."""
        return _label(self.options, value) or SingleField.shown(self, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Radio(Select):
    """One choice, all of them in sight (form-js `radio`)."""

    kind: ClassVar[str] = "radio"
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
class Checklist(Field):
    """Several boxes to tick (form-js `checklist`): the chosen values in the order of the options, None for none."""

    kind: ClassVar[str] = "checklist"

    options: tuple[Option, ...]

    @classmethod
    def of(cls, component: Component) -> Checklist:
        """Read the field from its component."""
        return cls(**common(component), options=options_of(component))

    @override
    def read(self, raw: RawSubmission, spot: Spot) -> Reading:
        """Read the field from what a page sent."""
        return reading(spot, lambda: self._chosen(list(raw.values.get(spot.name, ()))))

    @override
    def accept(self, value: Value, spot: Spot) -> Reading:
        """Read the field from a list of texts; None means empty."""
        return reading(spot, lambda: self._chosen([] if value is None else value))

    @override
    def as_raw(self, value: Value, name: str) -> RawSubmission:
        """Give what a page would send for this value; options that are no longer there are left out."""
        chosen = value if isinstance(value, list) else []
        texts = tuple(option.value for option in self.options if option.value in chosen)
        return RawSubmission(values={name: texts} if texts else {})

    @override
    def shown(self, value: Value) -> str:
        """Give the words of the chosen options."""
        if not isinstance(value, list):
            return Field.shown(self, value)
        return ", ".join(_label(self.options, item) or Field.shown(self, item) for item in value)

    def _chosen(self, value: Value) -> Value:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        for item in value:
            if _label(self.options, item) is None:
                raise Refused(FieldCode.CHOICE_UNKNOWN, text=str(item)[:40])
        if self.required and not value:
            raise Refused(FieldCode.CHOICE_REQUIRED)
        return [option.value for option in self.options if option.value in value] or None
