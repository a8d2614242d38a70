"""Numbers and money, typed by Indonesian rules: dots for thousands, a comma for decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from engine.form.component import figure_of
from engine.form.field import SingleField, common
from engine.form.problem import FieldCode, FormCode, Refused
from engine.form.words import number_words
from engine.variables import as_number

if TYPE_CHECKING:
    from engine.form.component import Component
    from engine.variables import Value

MOST_DIGITS = 30
"""Digits that a typed number may have, before and after the comma together."""

_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
_ONE_DOT = re.compile(r"(-?[0-9]+)\.([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField(SingleField):
    """An exact number (form-js `number`); `serializeToString` is the Modeler's affair, the variable is a number."""

    kind: ClassVar[str] = "number"

    prefix: str | None = None
    suffix: str | None = None
    decimals: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    step: Decimal | None = None

    @classmethod
    def of(cls, component: Component) -> NumberField:
        """Read the field from its component."""
        component.visual("serializeToString")
        field = cls(
            **common(component),
            prefix=component.text("appearance.prefixAdorner"),
            suffix=component.text("appearance.suffixAdorner"),
            decimals=component.whole("decimalDigits", least=0, most=20),
            least=component.number("validate.min"),
            most=component.number("validate.max"),
            step=component.number("increment"),
        )
        if field.step is not None and field.step <= 0:
            component.problem(FormCode.PROPERTY_VALUE, property="increment", expected="> 0")
        if field.least is not None and field.most is not None and field.least > field.most:
            component.problem(
                FormCode.PROPERTY_VALUE, property="validate.max", expected=f"≥ {field.least}"
            )
        return field

    @override
    def parse(self, text: str) -> Value:
        """Give the number that a typed text means.

        Raises Refused for `1.5`, which can be meant as 1,5 or as 15: a figure is asked back, never guessed.
        """
        typed = self._bare(text)
        if len(typed) > 2 * MOST_DIGITS:
            raise Refused(FieldCode.NUMBER_LONG, limit=MOST_DIGITS)
        if _GROUPED.fullmatch(typed) or _PLAIN.fullmatch(typed):
            return Decimal(typed.replace(".", "").replace(",", "."))
        match = _ONE_DOT.fullmatch(typed)
        if match is None:
            raise Refused(FieldCode.NUMBER_INVALID, text=text[:40])
        raise Refused(
            FieldCode.NUMBER_AMBIGUOUS,
            text=typed,
            fraction=number_words(Decimal(typed)),
            whole=number_words(Decimal(match[1] + match[2])),
        )

    @override
    def check(self, value: Value) -> Value:
        """Give the number without trailing zeros, within the limits of the form."""
        if not isinstance(value, Decimal) or not value.is_finite():
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        if abs(value.adjusted()) > MOST_DIGITS or len(value.as_tuple().digits) > MOST_DIGITS:
            raise Refused(FieldCode.NUMBER_LONG, limit=MOST_DIGITS)
        number = as_number(value)
        if self.decimals is not None and number != round(number, self.decimals):
            raise Refused(FieldCode.NUMBER_DECIMALS, limit=self.decimals)
        if self.least is not None and number < self.least:
            raise Refused(FieldCode.NUMBER_SMALL, limit=self.shown(self.least))
        if self.most is not None and number > self.most:
            raise Refused(FieldCode.NUMBER_LARGE, limit=self.shown(self.most))
        self._check_step(number)
        return number

    @override
    def default_of(self, given: Value) -> Value:
        """Give the number that a form file means; with `serializeToString` it stands there as text."""
        figure = figure_of(given) if isinstance(given, str) else None
        return given if figure is None else figure

    @override
    def text_of(self, value: Value) -> str:
        """Give the figure as it is typed: `1.500.000,50`."""
        return number_words(value, self.decimals) if isinstance(value, Decimal) else ""

    @override
    def shown(self, value: Value) -> str:
        """Give the figure with what stands before and after it: `Rp 1.500.000`."""
        text = self.text_of(value) or SingleField.shown(self, value)
        return " ".join(filter(None, (self.prefix, text, self.suffix))) if text else ""

    def _check_step(self, number: Decimal) -> None:
        if self.step is None or self.step <= 0 or number % self.step == 0:
            return
        below = (number // self.step) * self.step
        if number < 0:
            below -= self.step
        raise Refused(
            FieldCode.NUMBER_STEP,
            step=number_words(self.step),
            below=self.shown(as_number(below)),
            above=self.shown(as_number(below + self.step)),
        )

    def _bare(self, text: str) -> str:
        """Take off what people write around a figure: `Rp 1.500.000,-`."""
        bare = text.replace("\N{NO-BREAK SPACE}", " ")
        if self.prefix:
            bare = bare.removeprefix(self.prefix).removeprefix(".")
        if self.suffix:
            bare = bare.removesuffix(self.suffix)
        return bare.strip().removesuffix(",-")
