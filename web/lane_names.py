"""What lanes are called, and which steps are done in rounds: both stand in the drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.ids import LaneId
from web.parts import parts

if TYPE_CHECKING:
    from engine.ids import DefinitionId
    from storage.queries.task_rows import TaskRow


def lane_name(lane: str, definition: DefinitionId | None) -> str:
    """Give the name of a lane in a version of a process, else its id."""
    if definition is None:
        return lane
    found = parts().runtime.program(definition).process.lanes.get(LaneId(lane))
    return found.name if found is not None and found.name else lane


def round_of(row: TaskRow) -> int:
    """Give the how-manyth time the step is done, 1 for the first; always 1 where it is done once per item."""
    if not row.rounds:
        return 1
    elements = parts().runtime.program(row.definition).process.elements
    element = elements.get(row.element)
    while element is not None:
        if element.repeats is not None:
            return 1
        element = elements.get(element.parent)
    return row.rounds + 1
