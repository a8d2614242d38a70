"""From the mapping that a facts file holds to `Facts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.draft.facts import (
    Branch,
    End,
    Facts,
    Field,
    FieldType,
    FlowKind,
    Gateway,
    Handover,
    Lane,
    LaneKind,
    Option,
    Script,
    Start,
    Step,
    StepKind,
    Timeout,
    Trigger,
)
from engine.draft.record import Record
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHOOSING = (FieldType.SELECT, FieldType.RADIO, FieldType.CHECKLIST)
"""The types of field that offer options."""


def read(facts: Mapping[str, object]) -> Facts:
    """Read the facts of one process (`catalogue/FORMAT.md`).

    Raises DefinitionError when an entry is missing or wrong, an id is used twice, or a reference has no target.
    """
    record = Record(facts, "")
    result = Facts(
        agency=record.slug("agency"),
        slug=record.slug("slug"),
        code=record.text("code"),
        title=record.text("title"),
        source=_source(record),
        is_sop=record.has("sop"),
        lanes=tuple(_lane(each) for each in record.records("lanes")),
        start=_start(record.record("start")),
        steps=tuple(_step(each) for each in record.records("steps")),
        gateways=tuple(_gateway(each) for each in record.records("gateways")),
        handovers=tuple(_handover(each) for each in record.records("flows")),
        ends=tuple(_end(each) for each in record.records("ends")),
        timeouts=tuple(_timeout(each) for each in record.records("timeouts")),
        legal_basis=record.texts("legal_basis"),
        related=record.texts("related"),
        open_points=record.texts("open_points"),
    )
    check(result)
    return result


def _source(record: Record) -> str:
    source = record.record("source")
    return f"{source.text('document')}, {source.text('where')}"


def _lane(record: Record) -> Lane:
    return Lane(id=record.id("id"), name=record.text("name"), kind=record.choice("kind", LaneKind))


def _start(record: Record) -> Start:
    return Start(
        lane=record.id("lane"),
        trigger=record.choice("trigger", Trigger),
        name=record.find_text("name"),
    )


def _step(record: Record) -> Step:
    return Step(
        id=record.id("id"),
        lane=record.id("lane"),
        name=record.text("name"),
        kind=record.choice("kind", StepKind),
        requires=record.texts("requires"),
        output=record.texts("output"),
        time=record.record("time").text("iso") if record.has("time") else None,
        form=tuple(read_field(each) for each in record.records("form")),
        script=_script(record.record("script")) if record.has("script") else None,
    )


def _script(record: Record) -> Script:
    return Script(result=record.id("result"), feel=record.text("feel"))


def read_field(record: Record) -> Field:
    """Read a field of a form, or a column of a table. Raises DefinitionError."""
    kind = record.choice("type", FieldType)
    if kind in CHOOSING and not record.records("options"):
        record.text("options")
    if kind is FieldType.TABLE and not record.records("columns"):
        record.text("columns")
    return Field(
        key=record.id("key"),
        label=record.text("label"),
        type=kind,
        required=record.flag("required"),
        readonly=record.flag("readonly"),
        options=tuple(
            Option(value=each.text("value"), label=each.text("label"))
            for each in record.records("options")
        ),
        columns=tuple(read_field(each) for each in record.records("columns")),
    )


def _gateway(record: Record) -> Gateway:
    return Gateway(
        id=record.id("id"),
        after=record.id("after"),
        question=record.text("question"),
        branches=tuple(
            Branch(label=each.text("label"), when=each.text("when"), to=each.id("to"))
            for each in record.records("branches")
        ),
    )


def _handover(record: Record) -> Handover:
    return Handover(
        source=record.id("from"), target=record.id("to"), kind=record.choice("kind", FlowKind)
    )


def _end(record: Record) -> End:
    return End(id=record.id("id"), after=record.id("after"), name=record.text("name"))


def _timeout(record: Record) -> Timeout:
    return Timeout(
        at=record.id("at"),
        after=record.text("after"),
        to=record.id("to"),
        stated=record.flag("stated"),
    )


def check(facts: Facts) -> None:
    """Raise DefinitionError when an id is used twice or a reference has no target."""
    lanes = {lane.id for lane in facts.lanes}
    steps = {step.id for step in facts.steps}
    ends = {end.id for end in facts.ends}
    gateways = {gateway.id for gateway in facts.gateways}
    drawn = [step.id for step in facts.steps] + [gateway.id for gateway in facts.gateways]
    _unique([lane.id for lane in facts.lanes] + drawn + [end.id for end in facts.ends])
    for step in facts.steps:
        _unique([field.key for field in step.form], of=step.id)
    _known("lanes", lanes, [facts.start.lane, *(step.lane for step in facts.steps)])
    _known("steps", steps, [gateway.after for gateway in facts.gateways])
    _known("steps", steps, [one for each in facts.handovers for one in (each.source, each.target)])
    _known("steps", steps, [each.at for each in facts.timeouts])
    _known("steps or gateways", steps | gateways, [end.after for end in facts.ends])
    targets = [branch.to for gateway in facts.gateways for branch in gateway.branches]
    _known("steps or ends", steps | ends, targets + [each.to for each in facts.timeouts])


def _unique(ids: list[str], *, of: str = "") -> None:
    for place, each in enumerate(ids):
        if each in ids[:place]:
            raise DefinitionError(
                f"Expected each id once in the facts, but {each!r} is there twice {of}".strip(),
                code="facts_twice",
                id=each,
                of=of,
            )


def _known(noun: str, known: set[str], used: Iterable[str]) -> None:
    for each in used:
        if each not in known:
            raise DefinitionError(
                f"Expected one of the {noun} of the facts, but found {each!r}",
                code="facts_unknown",
                id=each,
                noun=noun,
            )
