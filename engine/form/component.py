"""A form-js component while it is read.

Each property is asked for by name, and `refuse_rest` refuses by name what nobody asked for: so the properties that Alur
supports are those its fields read, and none can be ignored by accident. A property that is switched off (`false`, empty)
asks for nothing and is let through.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.form.formula import compile_formula
from engine.form.names import name_problem
from engine.form.problem import FormCode, FormProblem
from engine.variables import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.form.formula import Formula
    from engine.form.problem import FieldProblem
    from engine.variables import Value

_NESTED = ("validate", "appearance", "properties", "conditional")
"""Properties that hold properties: their parts are named with a dot, as in `validate.required`."""

_FIGURE = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")


class Component:
    """One component of a form file; what is wrong with it is added to the list it was made with."""

    def __init__(self, source: Mapping[str, Value], problems: list[FormProblem]) -> None:
        self._properties = dict(_flat(source))
        self._unread = set(self._properties)
        self._problems = problems
        self.type = self.text("type") or ""
        self.visual("id", "layout")

    @property
    def name(self) -> str:
        """What a problem calls this component: its key, else its id, else its type."""
        names = (self._properties.get(name) for name in ("key", "path", "id", "type"))
        return next((name for name in names if isinstance(name, str) and name), "")

    def problem(
        self,
        code: FormCode,
        reason: ExpressionInvalid | FieldProblem | None = None,
        **params: object,
    ) -> None:
        """Add something that is wrong with this component."""
        texts = {name: str(param)[:100] for name, param in params.items()}
        self._problems.append(
            FormProblem(code=code, component=self.name, params=texts, reason=reason)
        )

    def visual(self, *names: str) -> None:
        """Let through properties that only arrange things on form-js' own page."""
        self._unread.difference_update(names)

    def value(self, name: str) -> Value:
        """Give a property as it stands in the file, None when it is not there."""
        self._unread.discard(name)
        return self._properties.get(name)

    def text(self, name: str) -> str | None:
        """Give a text property without surrounding space, None when empty; an expression in it is a problem."""
        value = self.value(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.problem(FormCode.PROPERTY_VALUE, property=name, expected="text")
            return None
        if value.lstrip().startswith("=") or "{{" in value:
            self.problem(FormCode.EXPRESSION_UNSUPPORTED, property=name)
        return value.strip() or None

    def flag(self, name: str) -> bool:
        """Give a yes-or-no property, False when it is not there."""
        value = self.value(name)
        if isinstance(value, str) and value.startswith("="):
            self.problem(FormCode.EXPRESSION_UNSUPPORTED, property=name)
        elif value is not None and not isinstance(value, bool):
            self.problem(FormCode.PROPERTY_VALUE, property=name, expected="true, false")
        return value is True

    def formula(self, name: str) -> Formula | None:
        """Give a formula property, None when it is not there or empty; one that can't be read is a problem."""
        value = self.value(name)
        if is_off(value):
            return None
        if not isinstance(value, str) or not value.startswith("="):
            self.problem(FormCode.FORMULA_PREFIX, property=name)
            return None
        try:
            return compile_formula(value)
        except ExpressionInvalid as error:
            self.problem(FormCode.FORMULA_INVALID, error, property=name, formula=value)
            return None

    def source_key(self, name: str) -> Formula | None:
        """Give a property that names a variable as the formula for its value, None when it is not there or empty."""
        value = self.value(name)
        if is_off(value):
            return None
        if isinstance(value, str) and name_problem(value) is None:
            return compile_formula(f"={value}")
        self.problem(FormCode.PROPERTY_VALUE, property=name, expected="nama_isian")
        return None

    def is_set(self, name: str) -> bool:
        """Tell whether a property is there and asks for something."""
        return not is_off(self._properties.get(name))

    def number(self, name: str) -> Decimal | None:
        """Give a number property, also one written as text (`"0.5"`), None when it is not there."""
        value = self.value(name)
        if value is None or value == "":
            return None
        if isinstance(value, Decimal):
            return value
        if isinstance(value, str) and (figure := figure_of(value)) is not None:
            return figure
        if isinstance(value, str) and value.startswith("="):
            self.problem(FormCode.EXPRESSION_UNSUPPORTED, property=name)
        else:
            self.problem(FormCode.PROPERTY_VALUE, property=name, expected="0–9")
        return None

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """Give a whole number property within these limits, None when it is not there."""
        value = self.number(name)
        if value is None:
            return None
        if value != value.to_integral_value() or not least <= value <= most:
            self.problem(FormCode.PROPERTY_VALUE, property=name, expected=f"{least}–{most}")
            return None
        return int(value)

    def one_of(self, name: str, *choices: str) -> str | None:
        """Give a text property that must be one of these, None when it is not there."""
        value = self.text(name)
        if value is None or value in choices:
            return value
        self.problem(FormCode.PROPERTY_VALUE, property=name, expected=", ".join(choices))
        return None

    def label(self, *names: str) -> str:
        """Give the first of these texts that is there; a component without a label is a problem."""
        texts = [text for name in names if (text := self.text(name))]
        if not texts:
            self.problem(FormCode.LABEL_MISSING)
        return texts[0] if texts else ""

    def key(self, name: str = "key") -> str:
        """Give the variable's name; a name that a variable may not have is a problem."""
        key = self.value(name)
        text = key if isinstance(key, str) else ""
        code = name_problem(text)
        if code is not None:
            self.problem(code, key=text)
        return text

    def objects(self, name: str) -> list[Mapping[str, Value]]:
        """Give a list property whose items are objects; anything else in it is a problem."""
        value = self.value(name)
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in items):
            self.problem(FormCode.PROPERTY_VALUE, property=name, expected="[{…}]")
        return [item for item in items if isinstance(item, dict)]

    def refuse_rest(self) -> None:
        """Refuse by name each property that is set and that nobody asked for."""
        for name in sorted(self._unread):
            if not is_off(self._properties[name]):
                self.problem(FormCode.PROPERTY_UNSUPPORTED, property=name)


def _flat(source: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    for name, value in source.items():
        if name in _NESTED and isinstance(value, dict):
            yield from ((f"{name}.{part}", item) for part, item in value.items())
        else:
            yield name, value


def figure_of(text: str) -> Decimal | None:
    """Give the number that is written in a form file's text, None when it is none."""
    return as_number(text) if _FIGURE.fullmatch(text) else None


def is_off(value: Value) -> bool:
    """Tell whether a property is switched off: it is not there, `false` or empty."""
    return value is None or value is False or value in ("", [], {})
