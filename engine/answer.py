"""An answer that came by letter to a case that waits for a message: what of it an officer records, and who may.

What is entered becomes variables named by the event: `<event>_tanggal_surat`, `<event>_nomor_surat`, `<event>_dari` (personal),
`<event>_ringkasan` and `<event>_pindaian`, the event's id with an underscore for every character that no variable may have. An
event with the property `tanggapan.formulir` has the fields of that form of the package behind them, each its own variable.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from engine.form import read_form
from engine.process import CATCHING, ElementKind, TriggerKind
from engine.variables import dump

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.form import Form
    from engine.process import Element, Lane, Process
    from engine.variables import Value

FORM = "tanggapan.formulir"
"""Property of an event that waits for a message: a form of the package whose fields an answer has too."""

DAY, NUMBER, SENDER, SUMMARY, SCAN = PARTS = (
    "tanggal_surat",
    "nomor_surat",
    "dari",
    "ringkasan",
    "pindaian",
)
"""What of a letter is recorded; each is the end of a variable's name."""

_UNFIT = re.compile(r"[^A-Za-z0-9]+")
_MOST_LETTERS = 48
"""Of the event's id in a variable's name, so that the whole stays below 64."""

_SHAPES: Mapping[str, Mapping[str, Value]] = {
    DAY: {"type": "datetime", "subtype": "date", "dateLabel": DAY},
    NUMBER: {"type": "textfield", "label": NUMBER},
    SENDER: {"type": "textfield", "label": SENDER, "properties": {"pribadi": "ya"}},
    SUMMARY: {"type": "textarea", "label": SUMMARY},
    SCAN: {"type": "filepicker", "label": SCAN, "multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"},
}
_OPTIONAL = {NUMBER}


def is_answerable(element: Element) -> bool:
    """Tell whether a letter can be what an element waits for: a message, but not one that begins the case."""
    trigger = element.trigger
    begins = element.kind is ElementKind.START_EVENT and not element.parent
    waits = element.kind in CATCHING and not begins
    return waits and trigger is not None and trigger.kind is TriggerKind.MESSAGE


def answerable(process: Process) -> Iterator[Element]:
    """Give the elements of a process at which an answer can be recorded."""
    return (element for element in process.elements.values() if is_answerable(element))


def recorder_of(process: Process, element: Element) -> Lane | None:
    """Give the lane whose holders record an answer: the event's, for a boundary event its host's, or the recorder of that."""
    return process.worker_of(process.elements.get(element.attached_to, element))


def parties_of(process: Process, element: Element) -> tuple[str, ...]:
    """Give on whose behalf an answer may be recorded: the party in whose lane it is awaited, else any outside the office."""
    own = process.party_of(process.elements.get(element.attached_to, element))
    external = (lane.name for lane in process.lanes.values() if lane.external)
    return (own,) if own else tuple(dict.fromkeys(external))


def variable_of(element: str, part: str) -> str:
    """Give the variable that a part of the letter becomes."""
    begin = _UNFIT.sub("_", element).strip("_")[:_MOST_LETTERS]
    return f"{begin if begin[:1].isalpha() else f'x{begin}'}_{part}"


def answer_form(element: str, further: Form | None = None) -> Form:
    """Give what is filled in for an answer to an event, with the fields of a further form behind the letter's own."""
    letter = read_form(dump(_described(element)), file=f"{element}.form")
    if further is None:
        return letter
    return dataclasses.replace(
        letter, parts=(*letter.parts, *further.parts), order=(*letter.order, *further.order)
    )


def _described(element: str) -> dict[str, Value]:
    components: list[Value] = [
        {
            **shape,
            "key": variable_of(element, part),
            "validate": {"required": part not in _OPTIONAL},
        }
        for part, shape in _SHAPES.items()
    ]
    return {"type": "default", "id": element, "components": components}
