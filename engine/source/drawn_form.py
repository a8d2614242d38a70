"""From the fields that a step has in the drawing itself (`camunda:formData`) to a form as the Modeler's form editor writes it.

    string   a line of text        long   a whole number        boolean   a box to tick
    date     a day                 enum   a list to choose from

What can't be a field of a form is left out here and refused by name (`engine.rules.drawn_forms`).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.form.names import name_problem
from engine.variables import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.process import Element, FormField
    from engine.variables import Value

DATE, ENUM, LONG, STRING, BOOLEAN = "date", "enum", "long", "string", "boolean"
TYPES: Mapping[str, Mapping[str, Value]] = {
    STRING: {"type": "textfield"},
    LONG: {"type": "number", "decimalDigits": Decimal(0)},
    BOOLEAN: {"type": "checkbox"},
    DATE: {"type": "datetime", "subtype": "date"},
    ENUM: {"type": "select"},
}
"""The types of fields, and the component that each becomes."""

REQUIRED, READONLY = "required", "readonly"
_NAMES = {"min": "min", "max": "max", "minlength": "minLength", "maxlength": "maxLength"}
_COUNTED = {LONG: {"min", "max"}, STRING: {"minlength", "maxlength"}}

KEPT = frozenset({"pribadi", "jenis"})
"""Properties of a field that mean to a form what they mean there."""

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DAY = re.compile(r"(?:dd|MM|yyyy)(?:[ ./-](?:dd|MM|yyyy)){2}")
_USUAL_DAY = "dd/MM/yyyy"


def drawn_forms(elements: Iterable[Element]) -> dict[str, bytes]:
    """Give the forms of elements whose fields stand in the drawing, by id."""
    return {e.form: drawn_form(e.form, e.form_fields) for e in elements if e.form_fields}


def drawn_form(form: str, fields: tuple[FormField, ...]) -> bytes:
    """Give a form of these fields."""
    sound = {field.id: field for field in reversed(fields) if is_sound(field)}
    components: list[Value] = [_component(sound[i]) for i in reversed(sound)]
    return dump(
        {"type": "default", "id": form, "schemaVersion": Decimal(19), "components": components}
    )


def is_sound(field: FormField) -> bool:
    """Tell whether a field can become one of a form."""
    has_choice = field.type != ENUM or is_chosen_from(field)
    return field.type in TYPES and name_problem(field.id) is None and has_choice


def is_chosen_from(field: FormField) -> bool:
    """Tell whether a list has values to choose from, each once."""
    values = [value for value, _ in field.options]
    return bool(values) and all(values) and len(set(values)) == len(values)


def takes_rule(field: FormField, name: str, config: str) -> bool:
    """Tell whether a constraint of a field can be kept."""
    if name in {REQUIRED, READONLY}:
        return True
    return name in _COUNTED.get(field.type, ()) and _WHOLE.fullmatch(config.strip()) is not None


def takes_pattern(field: FormField) -> bool:
    """Tell whether the pattern of a date has a day and no time."""
    return not field.pattern or (
        _DAY.fullmatch(field.pattern) is not None
        and all(part in field.pattern for part in ("dd", "MM", "yyyy"))
    )


def default_of(field: FormField) -> Value:
    """Give the value that a field begins with. Raises ValueError for a text that is none of its type."""
    text = field.default.strip()
    if text.startswith(("${", "#{", "=")):
        raise ValueError(f"Expected a value, but found an expression: {text[:40]}")
    if field.type == LONG:
        if not _WHOLE.fullmatch(text):
            raise ValueError(f"Expected a whole number, but found {text[:40]!r}")
        return Decimal(text)
    if field.type == BOOLEAN:
        if text not in {"true", "false"}:
            raise ValueError(f"Expected true or false, but found {text[:40]!r}")
        return text == "true"
    if field.type == DATE:
        return _day(text, field.pattern or _USUAL_DAY).isoformat()
    if field.type == ENUM and text not in dict(field.options):
        raise ValueError(f"Expected one of the values, but found {text[:40]!r}")
    return text


def _day(text: str, pattern: str) -> date:
    """Read a day as its pattern writes it, or in ISO 8601."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    shape = pattern.replace("dd", r"(?P<d>\d\d?)").replace("MM", r"(?P<m>\d\d?)")
    found = re.fullmatch(shape.replace("yyyy", r"(?P<y>\d{4})").replace(".", r"\."), text)
    if found is None:
        raise ValueError(f"Expected a day written as {pattern}, but found {text[:40]!r}")
    return date(int(found["y"]), int(found["m"]), int(found["d"]))


def _component(field: FormField) -> Value:
    rules = {
        name: config.strip() for name, config in field.rules if takes_rule(field, name, config)
    }
    validate: dict[str, Value] = {_NAMES[n]: Decimal(c) for n, c in rules.items() if n in _NAMES}
    # a box that is not ticked is an answer too: what another engine requires is that one is there
    if rules.get(REQUIRED, "false") != "false" and field.type != BOOLEAN:
        validate["required"] = True
    component: dict[str, Value] = {**TYPES[field.type], "key": field.id, "validate": validate}
    component["dateLabel" if field.type == DATE else "label"] = field.label or field.id
    if rules.get(READONLY, "false") != "false":
        component["readonly"] = True
    if field.type == ENUM:
        component["values"] = [{"value": i, "label": name or i} for i, name in field.options]
    if kept := {name: value for name, value in field.properties.items() if name in KEPT}:
        component["properties"] = {**kept}
    if field.default:
        component["defaultValue"] = _default(field)
    return component


def _default(field: FormField) -> Value:
    try:
        return default_of(field)
    except ValueError:
        return None
