"""An external lane names an internal lane of the same drawing as its recorder (`dicatat_oleh`, DESIGN.md 5.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_PREFIX = "dicatat_oleh."


def check(checked: Checked) -> Iterator[Finding]:
    """Find recorders that are no lane of the process or are external themselves, and notes about lanes not there."""
    lanes = checked.process.lanes
    for lane in lanes.values():
        if lane.recorder is None:
            continue
        recorder = lanes.get(lane.recorder)
        if recorder is None or recorder.recorder is not None:
            yield checked.at(
                Severity.ERROR,
                "recorder_wrong",
                lane.id,
                lane.name,
                lane.line,
                recorder=lane.recorder,
            )
    for name in checked.process.properties:
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in lanes:
            yield checked.error("recorder_of_unknown", lane=name.removeprefix(_PREFIX))
