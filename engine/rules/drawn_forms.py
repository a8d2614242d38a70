"""A form that stands in the drawing itself (`camunda:formData`) has fields that a form can have, and a form's name means a file of the package."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.form.names import name_problem
from engine.process import ElementKind
from engine.rule import Severity
from engine.source import CAMUNDA, ZEEBE
from engine.source.carried import EMBEDDED
from engine.source.drawn_form import (
    ENUM,
    KEPT,
    TYPES,
    default_of,
    is_chosen_from,
    takes_pattern,
    takes_rule,
)
from engine.source.form_data import DEPLOYED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element, FormField
    from engine.rule import Checked, Finding

LONGEST = 60
"""Characters of a refused text that are said again."""

_TYPES = ", ".join(sorted(TYPES))
_RULES = "required, readonly, min, max, minlength, maxlength"


def check(checked: Checked) -> Iterator[Finding]:
    """Find fields of unknown types or rules, names that are none, and forms that are kept elsewhere or stand at a beginning."""
    for node in checked.node.iter():
        key = node.get(CAMUNDA + "formKey")
        if key is not None and not (key.startswith(DEPLOYED) and key.endswith(".form")):
            text = key[:LONGEST] or "–"
            yield checked.at_node(Severity.ERROR, "form_key_elsewhere", node, text=text)
    for node in checked.node.iter(ZEEBE + "formDefinition"):
        key = node.get("formKey")
        if key is not None and not key.startswith(EMBEDDED):
            yield checked.at_node(
                Severity.ERROR, "form_key_elsewhere", node, text=key[:LONGEST] or "–"
            )
    for element in checked.process.elements.values():
        if element.kind is ElementKind.START_EVENT and (element.form or element.form_fields):
            yield checked.error("form_at_start", element)
        yield from _fields(checked, element)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A field of an element, at which something is found."""

    checked: Checked
    element: Element
    field: FormField

    def error(self, code: str, severity: Severity = Severity.ERROR, /, **params: object) -> Finding:
        """Find something at the field."""
        place = (self.element.id, self.element.name, self.field.line)
        name = self.field.id[:LONGEST] or "–"
        return self.checked.at(severity, code, *place, name=name, **params)


def _fields(checked: Checked, element: Element) -> Iterator[Finding]:
    times = Counter(field.id for field in element.form_fields)
    for field in element.form_fields:
        place = _Place(checked=checked, element=element, field=field)
        if name_problem(field.id) is not None:
            yield place.error("drawn_field_name")
        if times[field.id] > 1:
            yield place.error("drawn_field_twice")
        if field.type not in TYPES:
            text = field.type[:LONGEST] or "–"
            yield place.error("drawn_field_type", text=text, known=_TYPES)
            continue
        if field.type == ENUM and not is_chosen_from(field):
            yield place.error("drawn_field_options")
        yield from _rules(place, field)
        yield from _default(place, field)


def _rules(place: _Place, field: FormField) -> Iterator[Finding]:
    for rule, config in field.rules:
        if not takes_rule(field, rule, config):
            text = f"{rule}={config}"[:LONGEST]
            yield place.error("drawn_field_rule", text=text, known=_RULES)
    for each in sorted(field.properties.keys() - KEPT):
        yield place.error("drawn_field_property", Severity.WARNING, property=each[:LONGEST])


def _default(place: _Place, field: FormField) -> Iterator[Finding]:
    if not takes_pattern(field):
        yield place.error("drawn_field_pattern", text=field.pattern[:LONGEST])
    elif field.default and not _has_default(field):
        yield place.error("drawn_field_default", text=field.default[:LONGEST])


def _has_default(field: FormField) -> bool:
    try:
        default_of(field)
    except ValueError:
        return False
    return True
