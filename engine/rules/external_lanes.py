"""An external lane names an internal lane of the same drawing as its recorder (`dicatat_oleh`, DESIGN.md 5.11).

A lane is external when its property `jenis` says so, or when it names a recorder. Nobody outside has an account: without a
recorder the steps of such a lane would lie on nobody's desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import EXTERNAL, INTERNAL
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Lane
    from engine.rule import Checked, Finding

_KINDS = frozenset({EXTERNAL, INTERNAL, ""})
_PREFIX = "dicatat_oleh."


def check(checked: Checked) -> Iterator[Finding]:
    """Find external lanes without recorder, recorders that can't be one, and notes about lanes that aren't there."""
    lanes = checked.process.lanes
    for lane in lanes.values():
        yield from _lane(checked, lane)
    for name in checked.process.properties:
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in lanes:
            yield checked.error("recorder_of_unknown", lane=name.removeprefix(_PREFIX))


def _lane(checked: Checked, lane: Lane) -> Iterator[Finding]:
    lanes = checked.process.lanes
    if lane.kind not in _KINDS:
        yield _at(checked, "lane_kind_unknown", lane, jenis=lane.kind)
    elif lane.recorder is None and lane.external:
        yield _at(checked, "recorder_missing", lane)
    elif lane.recorder is not None and lane.kind == INTERNAL:
        yield _at(checked, "recorder_of_internal", lane, recorder=lane.recorder)
    elif lane.recorder is not None and (
        lane.recorder not in lanes or lanes[lane.recorder].external
    ):
        yield _at(checked, "recorder_wrong", lane, recorder=lane.recorder)


def _at(checked: Checked, code: str, lane: Lane, /, **params: object) -> Finding:
    return checked.at(Severity.ERROR, code, lane.id, lane.name, lane.line, **params)
