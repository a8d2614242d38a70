"""Which variables a case of a process can have, as far as its drawing and forms tell: for rules that look for misspelt names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.answer import FORM, answer_form, is_answerable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.form import Form
    from engine.process import Process


def known_names(process: Process, forms: Mapping[str, Form]) -> set[str]:
    """Give the names that a variable of the process can have, those in properties of ours included."""
    known = set(process.properties.values())
    for element in process.elements.values():
        form = forms.get(element.form)
        known.update(() if form is None else form.keys, {element.result} - {""})
        known.update(v for name, v in element.properties.items() if not name.startswith("pesan."))
        known.update(mapping.target for mapping in element.passes_out if mapping.target)
        if element.repeats is not None:
            known.add(element.repeats.variable)
        if is_answerable(element):
            known.update(answer_form(element.id).keys)
            answer = forms.get(element.properties.get(FORM, ""))
            known.update(() if answer is None else answer.keys)
    return known
