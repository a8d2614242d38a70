"""What an office adds to the facts of a process: what the document leaves open and a running map needs.

    subject, number    the fields that name a case (`perkara.perihal`, `perkara.nomor`)
    scripts            the calculation of a script step: `{result, feel}`
    repeats            a step that is done once per item: `{collection, variable, candidates, inputs, outputs}`
    rules              a rule that gives fields of a step, which people then confirm (`engine.draft.ruling`)
    properties         more `camunda:properties`, by the id of the process or of an element
    shows              fields of the case before, or of a round before, shown above a step's own unless they are empty
    hints              a sentence below a field, by step and key
    notes              documentation, by the id of the process, a lane or an element; each says that it is ours

The facts stay as the document has them; an addition never changes or takes away what they say.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.draft.facts import Repeat, Script
from engine.draft.reading import check, read_field
from engine.draft.record import Record
from engine.draft.ruling import Ruling, read_ruling, ruled
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.draft.facts import Facts, Field, Step

TOLD = frozenset(
    {"subject", "number", "scripts", "repeats", "rules", "properties", "shows", "hints", "notes"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """The additions to one process."""

    subject: str | None = None
    number: str | None = None
    scripts: Mapping[str, Script] = field(default_factory=dict)
    repeats: Mapping[str, Repeat] = field(default_factory=dict)
    rules: tuple[Ruling, ...] = ()
    properties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shows: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    hints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_addition(told: Mapping[str, object]) -> Addition:
    """Read an addition. Raises DefinitionError when an entry is wrong or unknown."""
    record = Record(told, "")
    _expect_known("additions", TOLD, record.names())
    return Addition(
        subject=record.find_text("subject"),
        number=record.find_text("number"),
        scripts={
            step: Script(result=each.id("result"), feel=each.text("feel"))
            for step, each in _records(record, "scripts")
        },
        repeats={step: _repeat(each) for step, each in _records(record, "repeats")},
        rules=tuple(read_ruling(step, each) for step, each in _records(record, "rules")),
        properties={
            element: {name: each.text(name) for name in each.names()}
            for element, each in _records(record, "properties")
        },
        shows=_shows(record),
        hints={
            step: {key: each.text(key) for key in each.names()}
            for step, each in _records(record, "hints")
        },
        notes=_notes(record),
    )


def added(facts: Facts, addition: Addition) -> Facts:
    """Give the facts with what is added to their steps. Raises DefinitionError for a step or field that isn't there."""
    for ruling in addition.rules:
        facts = ruled(facts, ruling)
    steps = {step.id for step in facts.steps}
    _expect_known(
        "steps", steps, (*addition.scripts, *addition.repeats, *addition.shows, *addition.hints)
    )
    more = replace(facts, steps=tuple(_step(step, addition) for step in facts.steps))
    check(more)
    return more


def _step(step: Step, addition: Addition) -> Step:
    hints = addition.hints.get(step.id, {})
    form = (*addition.shows.get(step.id, ()), *step.form)
    _expect_known("fields", {each.key for each in form}, hints)
    return replace(
        step,
        script=addition.scripts.get(step.id, step.script),
        repeat=addition.repeats.get(step.id),
        form=tuple(replace(each, hint=hints.get(each.key, "")) for each in form),
    )


def _repeat(record: Record) -> Repeat:
    return Repeat(
        collection=record.text("collection"),
        variable=record.id("variable"),
        candidates=record.find_text("candidates") or "",
        inputs=_texts(record, "inputs"),
        outputs=_texts(record, "outputs"),
    )


def _texts(record: Record, key: str) -> dict[str, str]:
    if not record.has(key):
        return {}
    inner = record.record(key)
    return {name: inner.text(name) for name in inner.names()}


def _shows(record: Record) -> dict[str, tuple[Field, ...]]:
    if not record.has("shows"):
        return {}
    inner = record.record("shows")
    return {
        step: tuple(
            replace(field, readonly=True, hidden_when=f"{field.key} = null")
            for field in map(read_field, inner.records(step))
        )
        for step in inner.names()
    }


def _notes(record: Record) -> dict[str, tuple[str, ...]]:
    if not record.has("notes"):
        return {}
    inner = record.record("notes")
    return {owner: inner.texts(owner) for owner in inner.names()}


def _records(record: Record, key: str) -> list[tuple[str, Record]]:
    if not record.has(key):
        return []
    inner = record.record(key)
    return [(name, inner.record(name)) for name in inner.names()]


def _expect_known(noun: str, known: Iterable[str], used: Iterable[str]) -> None:
    for each in used:
        if each not in known:
            raise DefinitionError(
                f"Expected one of the {noun} of the facts, but the addition names {each!r}",
                code="facts_unknown",
                id=each,
                noun=noun,
            )
