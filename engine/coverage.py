"""What Alur does with each element of BPMN 2.0.2, and with each event at each position (table 10.93): one table.

`docs/bpmn-coverage.md` is made of it (`python -m engine.coverage`); what it says is tried on the gate, and whatever runs has a
conformance model (`tests/conformance`).
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Support(StrEnum):
    """What becomes of an element in a process that is executable."""

    RUNS = "runs"
    DRAWN = "drawn only"
    REFUSED = "refused"


class Position(StrEnum):
    """Where an event can stand: the columns of BPMN 2.0.2, table 10.93."""

    START = "start"
    HANDLER = "start of an event sub-process, interrupting"
    HANDLER_BESIDE = "start of an event sub-process, not interrupting"
    CATCH = "intermediate, catching"
    BOUNDARY = "boundary, interrupting"
    BOUNDARY_BESIDE = "boundary, not interrupting"
    THROW = "intermediate, throwing"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An element, or for an event a trigger at a position."""

    name: str
    support: Support
    remark: str = ""
    position: Position | None = None


_R, _D, _X = Support.RUNS, Support.DRAWN, Support.REFUSED
_ELEMENTS = (
    ("task", _X, "of no kind: the owner chooses one"),
    ("userTask", _R, "a form for the holders of the lane"),
    ("manualTask", _R, "ticked off by the holders of the lane"),
    ("scriptTask", _R, "one FEEL or JUEL expression"),
    ("serviceTask", _R, "a connector or a worker outside"),
    ("sendTask", _R, "as a service task"),
    ("receiveTask", _R, ""),
    ("businessRuleTask", _R, "a DMN decision"),
    ("subProcess", _R, "collapsed or expanded"),
    ("subProcess, triggeredByEvent", _R, "wrapped as boundary events of its level are"),
    ("callActivity", _R, "pinned to a version when it is deployed"),
    ("transaction", _X, ""),
    ("adHocSubProcess", _X, ""),
    ("standardLoopCharacteristics", _R, "at most 1,000 rounds without loopMaximum"),
    ("multiInstanceLoopCharacteristics, parallel", _R, "at most 2,000 items"),
    ("multiInstanceLoopCharacteristics, sequential", _R, "at most 2,000 items"),
    ("isForCompensation", _X, ""),
    ("exclusiveGateway", _R, "the first true flow, in the order of the drawing"),
    ("inclusiveGateway", _R, ""),
    ("parallelGateway", _R, ""),
    ("eventBasedGateway", _R, "exclusive, inside a process"),
    ("eventBasedGateway, instantiate", _X, ""),
    ("eventBasedGateway, parallel", _X, ""),
    ("complexGateway", _X, ""),
    ("sequenceFlow", _R, "several in and out of activities and events too"),
    ("sequenceFlow, conditional", _R, "from activities too"),
    ("sequenceFlow, default", _R, "from activities too"),
    ("laneSet", _R, "lanes are who may do a step"),
    ("participant", _D, "each pool's process is one of its own"),
    ("messageFlow", _D, "messages go by their names and keys"),
    ("dataObjectReference", _D, ""),
    ("dataStoreReference", _D, ""),
    ("dataInputAssociation", _X, "parameters pass variables"),
    ("dataOutputAssociation", _X, "parameters pass variables"),
    ("ioSpecification", _X, "parameters pass variables"),
    ("property", _X, "variables need no declaration"),
    ("textAnnotation", _D, ""),
    ("association", _D, ""),
    ("group", _D, ""),
    ("documentation", _D, "shown with the step"),
)

_ALL_STARTS = frozenset({Position.START, Position.HANDLER, Position.HANDLER_BESIDE})
_BOTH_BOUNDARIES = frozenset({Position.BOUNDARY, Position.BOUNDARY_BESIDE})
_CAUGHT = _ALL_STARTS | _BOTH_BOUNDARIES | {Position.CATCH}
_THROWN = frozenset({Position.THROW, Position.END})

PLACES: Mapping[str, frozenset[Position]] = {
    "none": _THROWN | {Position.START},
    "message": _CAUGHT | _THROWN,
    "timer": _CAUGHT,
    "error": frozenset({Position.HANDLER, Position.BOUNDARY, Position.END}),
    "escalation": (_CAUGHT | _THROWN) - {Position.START, Position.CATCH},
    "cancel": frozenset({Position.BOUNDARY, Position.END}),
    "compensate": _THROWN | {Position.HANDLER, Position.BOUNDARY},
    "conditional": _CAUGHT,
    "link": frozenset({Position.CATCH, Position.THROW}),
    "signal": _CAUGHT | _THROWN,
    "terminate": frozenset({Position.END}),
    "multiple": _CAUGHT | _THROWN,
    "parallelMultiple": _CAUGHT,
}
"""Where each trigger may stand (BPMN 2.0.2, table 10.93)."""

_NOT_RUN = frozenset({"cancel", "compensate", "conditional", "multiple", "parallelMultiple"})

ELEMENTS = tuple(Row(name=n, support=s, remark=remark) for n, s, remark in _ELEMENTS)
EVENTS = tuple(
    Row(name=trigger, position=position, support=_X if trigger in _NOT_RUN else _R)
    for trigger, places in PLACES.items()
    for position in Position
    if position in places
)


def document() -> str:
    """Give the page that shows the table."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# What runs of BPMN 2.0.2"
    yield ""
    yield "Made of `engine/coverage.py` by `python -m engine.coverage`. *Runs*: as the standard says, with a conformance model in"
    yield "`tests/conformance`. *Drawn only*: part of the drawing, without effect on a case. *Refused*: the gate says so, with what to do."
    yield ""
    yield "## Elements"
    yield ""
    yield f"{_counted(ELEMENTS)}."
    yield ""
    yield "| Element | | |"
    yield "|---|---|---|"
    for row in ELEMENTS:
        yield f"| {row.name} | {row.support} | {row.remark} |"
    yield ""
    yield "## Events"
    yield ""
    yield f"Of the {len(EVENTS)} pairs of trigger and position in table 10.93: {_counted(EVENTS)}."
    yield ""
    yield "| Trigger | " + " | ".join(Position) + " |"
    yield "|---" * (len(Position) + 1) + "|"
    for trigger in PLACES:
        found = {row.position: str(row.support) for row in EVENTS if row.name == trigger}
        yield f"| {trigger} | " + " | ".join(found.get(each, "") for each in Position) + " |"


def _counted(rows: tuple[Row, ...]) -> str:
    counts = Counter(row.support for row in rows)
    return ", ".join(f"{counts[support]} {support}" for support in Support if counts[support])


if __name__ == "__main__":
    sys.stdout.write(document())
