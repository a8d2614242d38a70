"""What the history says of a letter number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.history import (
    LetterNumberConfirmed,
    LetterNumberReserved,
    LetterNumberVoided,
    LetterRuleChanged,
)

if TYPE_CHECKING:
    from engine.letters.number import LetterNumber
    from engine.letters.rule import LetterRule


def reserved(number: LetterNumber) -> LetterNumberReserved:
    """Give the event that a number was taken."""
    return LetterNumberReserved(
        id=number.id,
        register=number.register,
        rule=number.rule,
        period=number.period,
        ordinal=number.ordinal,
        sequence_of=number.scope,
        sequence=number.sequence,
        number=number.number,
        field=number.field,
        reason=number.reason,
    )


def confirmed(number: LetterNumber) -> LetterNumberConfirmed:
    """Give the event that a number's letter was signed."""
    return LetterNumberConfirmed(id=number.id, register=number.register, number=number.number)


def voided(number: LetterNumber) -> LetterNumberVoided:
    """Give the event that a number was voided."""
    return LetterNumberVoided(
        id=number.id,
        register=number.register,
        number=number.number,
        cause=number.void_cause or "",
        reason=number.void_reason,
    )


def rule_changed(rule: LetterRule) -> LetterRuleChanged:
    """Give the event that a register was set up or its rule changed."""
    return LetterRuleChanged(
        register=rule.register,
        version=rule.version,
        name=rule.name,
        direction=rule.direction,
        source=rule.source,
        sequence_of=rule.scope,
        reset=rule.reset,
        start=rule.start,
        width=rule.width,
        pattern=rule.pattern,
        valid_from=rule.valid_from.isoformat(),
        codes=tuple(f"{unit}={code}" for unit, code in sorted(rule.codes.items())),
        lanes=tuple(sorted(rule.lanes)),
    )
