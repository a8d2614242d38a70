"""A rule that the office lets decide what a step of the document asks of people: who did the step confirms or corrects it.

An addition names it by the id of the step that is put in: `{after, name, gives, form}`. `gives` are fields of the step `after`; they
move to the new one, above them stands what else the rule tells (`form`). Nothing that the document says is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.draft.facts import Step, StepKind
from engine.draft.reading import read_field
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from engine.draft.facts import Facts, Field
    from engine.draft.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A step of kind `business_rule` behind a step of the document."""

    id: str
    after: str
    name: str
    gives: tuple[str, ...]
    form: tuple[Field, ...]


def read_ruling(step: str, record: Record) -> Ruling:
    """Read one. Raises DefinitionError."""
    told = record.records("form") if record.has("form") else ()
    return Ruling(
        id=step,
        after=record.id("after"),
        name=record.text("name"),
        gives=record.texts("gives"),
        form=tuple(replace(read_field(each), readonly=True, ruled=True) for each in told),
    )


def ruled(facts: Facts, ruling: Ruling) -> Facts:
    """Give the facts with the step put in: what followed the step before follows it now. Raises DefinitionError."""
    asked = next((step for step in facts.steps if step.id == ruling.after), None)
    keys = {field.key for field in asked.form} if asked else set()
    if asked is None or not keys.issuperset(ruling.gives):
        raise DefinitionError(
            f"Expected a step with the fields {ruling.gives}, but {ruling.after!r} is none",
            code="facts_unknown",
            id=ruling.after,
            noun="steps",
        )
    steps = (
        each
        for step in facts.steps
        for each in (_split(step, ruling) if step is asked else (step,))
    )
    old, new = asked.id, ruling.id
    return replace(
        facts,
        steps=tuple(steps),
        gateways=tuple(replace(g, after=new) if g.after == old else g for g in facts.gateways),
        handovers=tuple(replace(h, source=new) if h.source == old else h for h in facts.handovers),
        ends=tuple(replace(e, after=new) if e.after == old else e for e in facts.ends),
    )


def _split(step: Step, ruling: Ruling) -> tuple[Step, Step]:
    """Give the step without what the rule gives, and the rule's step."""
    moved = tuple(field for field in step.form if field.key in ruling.gives)
    rule = Step(
        id=ruling.id,
        lane=step.lane,
        name=ruling.name,
        kind=StepKind.BUSINESS_RULE,
        form=(*ruling.form, *moved),
    )
    stays = tuple(field for field in step.form if field.key not in ruling.gives)
    return replace(step, form=stays), rule
