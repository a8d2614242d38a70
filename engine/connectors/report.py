"""What an officer fills in who reports work as done: the variables that the rest of the process needs.

`hasil.isian` of a service task names them, with commas between; a task that numbers a letter asks for the number too. A variable that a form of the process has is filled in as
there; another one is a line of text, or what stands behind its colon: `nib, jumlah:angka, terbit:tanggal, sah:ya_tidak`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.form import Checkbox, DateField, FileField, Form, NumberField, Table, TextField
from engine.form.names import name_problem
from engine.letters.numbering import FIELD as NUMBER
from engine.letters.numbering import is_by_alur
from engine.process import DONE_BY_PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.form import Field
    from engine.process import Element

FIELDS = "hasil.isian"

KINDS: Mapping[str, Callable[[str], Field]] = {
    "teks": lambda key: TextField(key=key, label=_label(key)),
    "angka": lambda key: NumberField(key=key, label=_label(key)),
    "tanggal": lambda key: DateField(key=key, label=_label(key)),
    "ya_tidak": lambda key: Checkbox(key=key, label=_label(key)),
}
"""What a variable can be that no form has."""

MOST_FIELDS = 20
"""Variables of one report."""


def list_wrong(element: Element, forms: Mapping[str, Form]) -> Iterator[str]:
    """Give the parts of the property that can't be read; `forms` are those of the process."""
    named = list(_named(element))
    if len(named) > MOST_FIELDS or len({name for name, _ in named}) < len(named):
        yield element.properties.get(FIELDS, "")
        return
    known = _known(forms)
    for name, kind in named:
        is_plain = name_problem(name) is None and kind in ("", *KINDS)
        is_double = bool(kind) and name in known
        if not is_plain or is_double or (name in known and not _can_be_asked(known[name])):
            yield f"{name}:{kind}" if kind else name


def report_form(element: Element, forms: Mapping[str, Form]) -> Form | None:
    """Give the form of the variables that a report about a task fills in, None when there are none."""
    if element.kind not in DONE_BY_PROGRAMS:
        return None
    known = _known(forms)
    fields = tuple(
        replace(known[name], readonly=False, required=False, hide=None, place=str(at))
        if name in known
        else replace(KINDS[kind or "teks"](name), place=str(at))
        for at, (name, kind) in enumerate(_named(element))
    )
    if not fields:
        return None
    return Form(id=f"laporan_{element.id}", parts=fields, order=tuple(f.key for f in fields))


def reported_names(element: Element) -> Iterator[str]:
    """Give the names of the variables that a report about a task fills in."""
    if element.kind in DONE_BY_PROGRAMS:
        yield from (name for name, _ in _named(element))


def _named(element: Element) -> Iterator[tuple[str, str]]:
    named = element.properties.get(FIELDS, "")
    if is_by_alur(element):  # the number that the office took by hand
        named = f"{element.properties.get(NUMBER, '')},{named}"
    for part in named.split(","):
        if part.strip():
            name, _, kind = part.partition(":")
            yield name.strip(), kind.strip()


def _known(forms: Mapping[str, Form]) -> dict[str, Field]:
    known: dict[str, Field] = {}
    for form in forms.values():
        for field in form.fields:
            known.setdefault(field.key, field)
    return known


def _can_be_asked(field: Field) -> bool:
    """Tell whether a field can stand by itself, away from its form."""
    return not isinstance(field, FileField | Table) and not field.formulas


def _label(key: str) -> str:
    """Give the name of a variable as words."""
    return key.replace("_", " ").strip().capitalize()
