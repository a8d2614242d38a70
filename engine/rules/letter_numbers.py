"""A step that numbers letters (`nomor.…`, `agenda.…`) names a register, what it does with the number, and fields that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.form import TextField
from engine.form.names import name_problem
from engine.letters.numbering import (
    FIELD,
    PROPERTIES,
    REGISTER,
    STAGE,
    VARIABLES,
    Stage,
    is_by_alur,
    numberings,
    properties_of,
)
from engine.letters.rule import REGISTER as REGISTER_WORD
from engine.letters.rule import TAKEN_WORDS
from engine.process import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.process import Element
    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find properties about letter numbers that are unknown, in the wrong place, incomplete or about what is not there."""
    steps = [(e, properties_of(e)) for e in checked.process.elements.values()]
    steps = [(element, given) for element, given in steps if given]
    for element, given in steps:
        for name in sorted(given.keys() - PROPERTIES):
            yield checked.error("number_property_unknown", element, property=name)
        can_number = element.kind is ElementKind.USER_TASK or is_by_alur(element)
        if not can_number or _is_repeated(checked, element):
            yield checked.error("number_place", element)
        yield from _words(checked, element, given)
        if not checked.lacks_forms:  # which is said by another rule
            yield from _fields(checked, element, given)
    if not checked.lacks_forms:
        yield from _together(checked, steps)


def _is_repeated(checked: Checked, element: Element) -> bool:
    """Tell whether an element is done once per item, by itself or with what is around it."""
    around: Element | None = element
    while around is not None and around.repeats is None:
        around = checked.process.elements.get(around.parent)
    return around is not None


def _words(checked: Checked, element: Element, given: Mapping[str, str]) -> Iterator[Finding]:
    register = given.get(REGISTER, "")
    if not REGISTER_WORD.fullmatch(register) or register in TAKEN_WORDS:
        yield checked.error("number_register", element, text=register[:60])
    if given.get(STAGE, "") not in list(Stage):
        yield checked.error("number_stage", element, text=given.get(STAGE, "")[:60])


def _fields(checked: Checked, element: Element, given: Mapping[str, str]) -> Iterator[Finding]:
    forms = [checked.forms.get(e.form) for e in checked.process.elements.values()]
    fields = {f.key: f for form in forms if form is not None for f in form.open_fields}
    name = given.get(FIELD, "")
    is_new = is_by_alur(element) and name not in fields and name_problem(name) is None
    if not is_new and not isinstance(fields.get(name), TextField):
        yield checked.error("number_field", element, name=name[:80])
    for each in sorted((VARIABLES - {FIELD}) & given.keys()):
        if given[each] not in fields:
            params = {"property": each, "name": given[each][:80]}
            yield checked.error("number_variable_unknown", element, **params)


def _together(checked: Checked, steps: list[tuple[Element, dict[str, str]]]) -> Iterator[Finding]:
    """Find fields with two registers, and those whose number no step takes."""
    forms = {e.id: checked.forms[e.form] for e, _ in steps if e.form in checked.forms}
    found = numberings(checked.process, forms)
    registers: dict[str, str] = {}
    for element, given in steps:
        numbering = found.get(element.id)
        if numbering is None:
            continue
        first = registers.setdefault(numbering.field, given[REGISTER])
        if first != given[REGISTER]:
            yield checked.error("number_two_registers", element, name=numbering.field, other=first)
        if not any(n.gives for n in found.values() if n.field == numbering.field):
            yield checked.error("number_never_taken", element, name=numbering.field)
