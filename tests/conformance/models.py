"""One small model for each element and event of `engine.coverage` that runs: its lines (`kit`), what is done, what comes of it.

Steps are elements: one is completed, `!x` lets what `x` waits for come. The trace is what was completed, in its order;
`gone` after a `|` what was taken away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.coverage import EVENTS, Position, Support

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A process of a few lines, the steps of a case, and its trace."""

    lines: str
    steps: str
    trace: str
    variables: Mapping[str, object] = field(default_factory=dict)


def _line(element: str, steps: str = "", trace: str = "s x e", **variables: object) -> Model:
    lines = f"start s\n{element}\nend e\ns -> x\nx -> e"
    return Model(lines=lines, steps=steps, trace=trace, variables=variables)


def _ways(gateway: str, steps: str, trace: str, flows: str = "", **variables: object) -> Model:
    flows = flows or "x -> a\nx -> b"
    lines = f"start s\n{gateway} x\nmanual a\nmanual b\n{gateway} y\nend e\ns -> x\n{flows}\na -> y\nb -> y\ny -> e"
    return Model(lines=lines, steps=steps, trace=trace, variables=variables)


def _parts(flows: str, steps: str, trace: str, **variables: object) -> Model:
    lines = f"start s\nmanual x\nmanual a\nmanual b\nend e\ns -> x\n{flows}\na -> e\nb -> e"
    return Model(lines=lines, steps=steps, trace=trace, variables=variables)


_INSIDE = "start xs inside x\nmanual m inside x\nend xe inside x\nxs -> m\nm -> xe"
_EITHER = "x -> a if =pilih\nx -> b default"

ELEMENTS: Mapping[str, Model] = {
    "userTask": _line("user x formRef=isi", "x"),
    "manualTask": _line("manual x", "x"),
    "scriptTask": _line("script x script==1 scriptFormat=feel resultVariable=satu"),
    "serviceTask": _line("service x topic=luar", "!x"),
    "sendTask": _line("send x topic=luar", "!x"),
    "receiveTask": _line("receive x message=q", "!x"),
    "businessRuleTask": _line("rule x decisionRef=nilai resultVariable=hasil"),
    "subProcess": _line(f"sub x\n{_INSIDE}", "m", "s xs m xe x e"),
    "subProcess, triggeredByEvent": Model(
        lines="start s\nmanual m\nend e\ns -> m\nm -> e\nhandler x\nstart h inside x message=q\n"
        "end he inside x\nh -> he",
        steps="!h",
        trace="s h he x | m",
    ),
    "callActivity": _line("call x calledElement=anak", "u", "s as u ae x e"),
    "standardLoopCharacteristics": _line(
        'manual x while="=loopCounter < 2" before=true', "x x", "s x x x e"
    ),
    "multiInstanceLoopCharacteristics, parallel": _line("manual x times=2", "x x", "s x x x e"),
    "multiInstanceLoopCharacteristics, sequential": _line(
        "manual x each==[1,2] sequential=true results=hasil result==item", "x x", "s x x x e"
    ),
    "exclusiveGateway": _ways("xor", "a", "s x a y e", _EITHER, pilih=True),
    "inclusiveGateway": _ways("or", "b", "s x b y e", _EITHER, pilih=False),
    "parallelGateway": _ways("and", "b a", "s x b a y e"),
    "eventBasedGateway": Model(
        lines="start s\nevents x\ncatch a message=q\ncatch b duration=PT1H\nend e\n"
        "s -> x\nx -> a\nx -> b\na -> e\nb -> e",
        steps="!b",
        trace="s x b e",
    ),
    "sequenceFlow": _parts("x -> a\nx -> b", "x b a", "s x b e a e"),
    "sequenceFlow, conditional": _parts(
        "x -> a if =pilih\nx -> b if =not(pilih)", "x a", "s x a e", pilih=True
    ),
    "sequenceFlow, default": _parts(_EITHER, "x b", "s x b e", pilih=False),
    "laneSet": _line("manual x", "x"),
}

_TRIGGERS = {
    "message": "message=q",
    "timer": "duration=PT1H",
    "signal": "signal=q",
    "error": "error=q",
    "escalation": "escalation=q",
    "link": "link=q",
    "none": "",
}
_BODY = "start s\nmanual m\nend e\ns -> m\nm -> e\n"
_HANDLER = (
    "handler h\nstart x inside h {trigger}\nmanual n inside h\nend he inside h\nx -> n\nn -> he\n"
)
_THROWING = "start s\nmanual m\nend t {trigger}\ns -> m\nm -> t\n"
_THROWS_ON = "start s\nthrow t {trigger}\nmanual m\nend e\ns -> t\nt -> m\nm -> e\n"
_HOST = "manual u\n"
_THROWING_HOST = (
    "sub u\nstart us inside u\nmanual m inside u\nend ue inside u {trigger}\nus -> m\nm -> ue\n"
)
_THROWS_ON_HOST = (
    "sub u\nstart us inside u\nthrow t inside u {trigger}\nmanual m inside u\nend ue inside u\n"
    "us -> t\nt -> m\nm -> ue\n"
)
_BORDER = "start s\nend e\nmanual n\nboundary x on=u {trigger}\ns -> u\nu -> e\nx -> n\nn -> e\n"

_AWAITED: Mapping[Position, tuple[str, str, str]] = {
    Position.START: ("start x {trigger}\nmanual m\nend e\nx -> m\nm -> e", "m", "x m e"),
    Position.HANDLER: (_BODY + _HANDLER, "!x n", "s x n he h | m"),
    Position.HANDLER_BESIDE: (_BODY + _HANDLER, "!x n m", "s x n he h m e"),
    Position.CATCH: ("start s\ncatch x {trigger}\nend e\ns -> x\nx -> e", "!x", "s x e"),
    Position.BOUNDARY: (_HOST + _BORDER, "!x n", "s x n e | u"),
    Position.BOUNDARY_BESIDE: (_HOST + _BORDER, "!x n u", "s x n e u e"),
    Position.THROW: ("start s\nthrow x {trigger}\nend e\ns -> x\nx -> e", "", "s x e"),
    Position.END: ("start s\nmanual m\nend x {trigger}\ns -> m\nm -> x", "m", "s m x"),
}
"""What is caught comes from outside the process."""

_RAISED: Mapping[Position, tuple[str, str, str]] = {
    **_AWAITED,
    Position.HANDLER: (_THROWING + _HANDLER, "m n", "s m t x n he h"),
    Position.HANDLER_BESIDE: (_THROWS_ON + _HANDLER, "n m", "s t x n he h m e"),
    Position.BOUNDARY: (_THROWING_HOST + _BORDER, "m n", "s us m ue x n e | u"),
    Position.BOUNDARY_BESIDE: (_THROWS_ON_HOST + _BORDER, "n m", "s us t x n e m ue u e"),
    Position.END: (_THROWING_HOST.replace("ue", "x") + _BORDER.replace("x", "b"), "m n", ""),
}
"""What is caught is thrown beside it or inside."""

_LINK = "start s\nthrow t link=q\ncatch c link=q\nend e\ns -> t\nc -> e"
_SPECIAL: Mapping[tuple[str, Position], Model] = {
    ("timer", Position.START): Model(
        lines="start x cycle=R/P1D\nmanual m\nend e\nx -> m\nm -> e", steps="m", trace="x m e"
    ),
    ("terminate", Position.END): Model(
        lines="start s\nmanual m\nmanual n\nterminate x\nend e\ns -> m\ns -> n\nm -> x\nn -> e",
        steps="m",
        trace="s m x | n",
    ),
    ("link", Position.CATCH): Model(lines=_LINK, steps="", trace="s t c e"),
    ("link", Position.THROW): Model(lines=_LINK, steps="", trace="s t c e"),
    ("error", Position.END): Model(
        lines=(_THROWING_HOST + _BORDER).format(trigger="error=q"),
        steps="m n",
        trace="s us m ue x n e | u",
    ),
    ("escalation", Position.END): Model(
        lines="start s\nmanual m\nend x escalation=q\ns -> m\nm -> x", steps="m", trace="s m x"
    ),
}


def _event(trigger: str, position: Position) -> Model:
    special = _SPECIAL.get((trigger, position))
    if special is not None:
        return special
    positions = _RAISED if trigger in {"error", "escalation"} else _AWAITED
    lines, steps, trace = positions[position]
    lines = lines.format(trigger=_TRIGGERS[trigger])
    if position in {Position.HANDLER_BESIDE, Position.BOUNDARY_BESIDE}:
        lines = lines.replace("start x ", "start x keeps=true ")
        lines = lines.replace("boundary x ", "boundary x keeps=true ")
    return Model(lines=lines, steps=steps, trace=trace)


MODELS: Mapping[str, Model] = {
    **ELEMENTS,
    **{
        f"{row.name}, {row.position}": _event(row.name, row.position)
        for row in EVENTS
        if row.support is Support.RUNS and row.position is not None
    },
}
"""The model of each thing that runs, by its name and for an event its position."""
