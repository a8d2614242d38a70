"""A drawing for each element and event of `engine.coverage` that does not run: what is not refused has no effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn

from engine.coverage import EVENTS, Position, Support

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE = "start s\nmanual x\nend e\ns -> x\nx -> e"
_STEP = b'<bpmn:manualTask id="x"/>'
_PROCESS = b"</bpmn:process>"


def _replaced(source: bytes, old: bytes, new: str) -> bytes:
    assert source.count(old) == 1
    return source.replace(old, new.encode())


def _in_task(text: str) -> bytes:
    """Give a process whose step has something in it."""
    step = f'<bpmn:manualTask id="x">{text}</bpmn:manualTask>'
    return _replaced(drawn(LINE), _STEP, step)


def _as(tag: str, inside: str = "", attribute: str = "") -> bytes:
    """Give a process whose step is something else."""
    step = f'<bpmn:{tag} id="x" {attribute}>{inside}</bpmn:{tag}>'
    return _replaced(drawn(LINE), _STEP, step)


def _gateway(attribute: str) -> bytes:
    lines = (
        "start s\nevents x\ncatch a message=q\ncatch b duration=PT1H\nend e\n"
        "s -> x\nx -> a\nx -> b\na -> e\nb -> e"
    )
    tag = "<bpmn:eventBasedGateway"
    return _replaced(drawn(lines), tag.encode(), f"{tag} {attribute}")


def _beside(text: str, outside: str = "") -> bytes:
    """Give a process with something beside its flow, and something outside it."""
    source = _replaced(drawn(LINE), _PROCESS, text + _PROCESS.decode())
    return _replaced(source, b"</bpmn:definitions>", f"{outside}</bpmn:definitions>")


_INNER = "<bpmn:startEvent id='s1'><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>"
_POOL = '<bpmn:collaboration id="k"><bpmn:participant id="y" processRef="p"/>{more}</bpmn:collaboration>'
_NOTE = '<bpmn:textAnnotation id="y"><bpmn:text>catatan</bpmn:text></bpmn:textAnnotation>'
_OTHER = '<bpmn:participant id="y2"/><bpmn:messageFlow id="m" sourceRef="y" targetRef="y2"/>'

ELEMENTS: Mapping[str, bytes] = {
    "task": _as("task"),
    "transaction": _as("transaction", _INNER),
    "adHocSubProcess": _as("adHocSubProcess", _INNER),
    "isForCompensation": _as("manualTask", attribute='isForCompensation="true"'),
    "eventBasedGateway, instantiate": _gateway('instantiate="true"'),
    "eventBasedGateway, parallel": _gateway('eventGatewayType="Parallel"'),
    "complexGateway": _as("complexGateway"),
    "participant": _beside("", _POOL.format(more="")),
    "messageFlow": _beside("", _POOL.format(more=_OTHER)),
    "dataObjectReference": _beside(
        '<bpmn:dataObject id="y"/><bpmn:dataObjectReference id="y2" dataObjectRef="y"/>'
    ),
    "dataStoreReference": _beside('<bpmn:dataStoreReference id="y"/>'),
    "dataInputAssociation": _in_task('<bpmn:dataInputAssociation id="y"/>'),
    "dataOutputAssociation": _in_task('<bpmn:dataOutputAssociation id="y"/>'),
    "ioSpecification": _in_task('<bpmn:ioSpecification id="y"/>'),
    "property": _in_task('<bpmn:property id="y"/>'),
    "textAnnotation": _beside(_NOTE),
    "association": _beside(_NOTE + '<bpmn:association id="y2" sourceRef="x" targetRef="y"/>'),
    "group": _beside('<bpmn:group id="y"/>'),
    "documentation": _in_task("<bpmn:documentation>apa yang dikerjakan</bpmn:documentation>"),
}

_SHAPES: Mapping[Position, str] = {
    Position.START: "start x signal=q\nmanual m\nend e\nx -> m\nm -> e",
    Position.HANDLER: LINE.replace(" x", " m").replace("x -", "m -")
    + "\nhandler h\nstart x inside h signal=q\nend he inside h\nx -> he",
    Position.CATCH: "start s\ncatch x signal=q\nend e\ns -> x\nx -> e",
    Position.BOUNDARY: "start s\nmanual m\nend e\ns -> m\nm -> e\nboundary x on=m signal=q\nx -> e",
    Position.THROW: "start s\nthrow x signal=q\nend e\ns -> x\nx -> e",
    Position.END: "start s\nmanual m\nend x signal=q\ns -> m\nm -> x",
}
_BESIDE = {
    Position.HANDLER_BESIDE: (Position.HANDLER, "start x", "start x keeps=true"),
    Position.BOUNDARY_BESIDE: (Position.BOUNDARY, "boundary x", "boundary x keeps=true"),
}
_SIGNAL = b'<bpmn:signalEventDefinition signalRef="ref_q"/>'
_TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"


def _event(trigger: str, position: Position) -> bytes:
    at, word, beside = _BESIDE.get(position, (position, "", ""))
    source = drawn(_SHAPES[at].replace(word, beside) if word else _SHAPES[at])
    if trigger in {"multiple", "parallelMultiple"}:
        source = _replaced(source, _SIGNAL, _SIGNAL.decode() + _TIMER)
        parallel = ' parallelMultiple="true"' if trigger != "multiple" else ""
        return _replaced(source, b' id="x"', f' id="x"{parallel}')
    return _replaced(source, _SIGNAL, f'<bpmn:{trigger}EventDefinition id="y"/>')


DRAWINGS: Mapping[str, bytes] = {
    **ELEMENTS,
    **{
        f"{row.name}, {row.position}": _event(row.name, row.position)
        for row in EVENTS
        if row.support is not Support.RUNS and row.position is not None
    },
}
"""The drawing of each thing that does not run."""
