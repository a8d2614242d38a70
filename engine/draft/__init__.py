"""From the facts of a process to a draft of its map: a BPMN file with lanes and layout, and its forms.

    reading    the mapping of a facts file -> `Facts`, everything wrong refused with its place
    addition   what the office adds to them, from a file of its own, with `ruling`
    ruling     a rule that the office puts in      decision   how a rule's task asks, and its correction
    ways       which step comes after which        build    nodes and flows (`graph`)
    layout     cells of a grid                     board, route   the flows' paths over its lines
    shape      sizes and labels                    place    pixels
    office     recorder, deadline, unit            notes    documentation
    bpmn       the file, with `diagram`            form     form-js

What the facts don't say is not invented; where a choice of ours was needed the drawing's documentation says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.draft.addition import added, read_addition
from engine.draft.bpmn import Sheet, write
from engine.draft.build import graph_of
from engine.draft.form import form
from engine.draft.layout import arrange
from engine.draft.notes import notes_of
from engine.draft.office import office_of
from engine.draft.place import place
from engine.draft.reading import read
from engine.draft.route import route

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Draft", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafted map: the BPMN file and the form-js file of each element that has a form, by element id."""

    process_id: str
    bpmn: bytes
    forms: Mapping[str, bytes]


def draft(facts: Mapping[str, object], additions: Mapping[str, object] | None = None) -> Draft:
    """Draft a map from the facts of one process (`catalogue/FORMAT.md`, "From facts to BPMN").

    `additions` are the office's own (`engine.draft.addition`). The same facts and additions give the same bytes. Raises
    DefinitionError for what is wrong or can't be drawn.
    """
    addition = read_addition(additions or {})
    known = added(read(facts), addition)
    graph = graph_of(known)
    lanes = [lane.id for lane in known.lanes]
    arrangement = arrange(graph, lanes)
    paths = route(graph, arrangement)
    picture = place(graph, known.lanes, known.title, arrangement, paths)
    office = office_of(known, graph, addition)
    notes = notes_of(known, graph, office)
    sheet = Sheet(facts=known, graph=graph, office=office, notes=notes, picture=picture)
    return Draft(
        process_id=known.process_id,
        bpmn=write(sheet),
        forms={step.id: form(known, step) for step in known.steps if step.form},
    )
