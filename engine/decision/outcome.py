"""What a decision gives, and the shapes in which a task can take it (Camunda 7, `mapDecisionResult`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn, final

from engine.errors import ExecutionFailed

if TYPE_CHECKING:
    from collections.abc import Mapping as Named

    from engine.variables import Value


class Mapping(StrEnum):
    """The words of `camunda:mapDecisionResult`; a drawing of Camunda 8 has none and takes the plain value."""

    SINGLE_ENTRY = "singleEntry"
    SINGLE_RESULT = "singleResult"
    COLLECT_ENTRIES = "collectEntries"
    RESULT_LIST = "resultList"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """One decision that was evaluated: what it looked at by label, what it gave, and the ids of the rules that matched.

    `reads` tells by label which variables of the case an input is made of, by way of required decisions too; under '' are
    those that the rules themselves use.
    """

    decision: str
    name: str
    inputs: Named[str, Value]
    reads: Named[str, frozenset[str]]
    outputs: Value
    rules: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a decision gives: its value, and a row of named values for each rule that counts, in the order of the hit policy.

    A table without a match has no rows; a decision that is no table has one, under the name of its variable. `steps` are all
    decisions that were evaluated, required ones first; `unknown` names that were nowhere and taken as null.
    """

    value: Value
    rows: list[dict[str, Value]]
    steps: tuple[Evaluated, ...]
    unknown: frozenset[str]


def result_of(outcome: Outcome, mapping: str) -> Value:
    """Give the outcome in the shape of a word of `Mapping`; '' gives the plain value.

    Raises ExecutionFailed (`decision_result_shape`) when it has more rows or values than the shape takes.
    """
    if not mapping:
        return outcome.value
    rows = outcome.rows
    if mapping == Mapping.RESULT_LIST:
        return [dict(row) for row in rows]
    if mapping == Mapping.COLLECT_ENTRIES:
        return _entries(rows)
    if mapping not in set(Mapping):
        _misshapen(mapping, f"one of {', '.join(Mapping)}", 0)
    if len(rows) > 1:
        _misshapen(mapping, "at most one row", len(rows))
    if mapping == Mapping.SINGLE_RESULT or not rows:
        return dict(rows[0]) if rows else None
    if len(rows[0]) > 1:
        _misshapen(mapping, "at most one value", len(rows[0]))
    return next(iter(rows[0].values()), None)


def _entries(rows: list[dict[str, Value]]) -> Value:
    names = {name for row in rows for name in row}
    if len(names) > 1:
        _misshapen(Mapping.COLLECT_ENTRIES, "at most one value a row", len(names))
    return [row[name] for name in names for row in rows]


def _misshapen(mapping: str, expected: str, found: int) -> NoReturn:
    raise ExecutionFailed(
        f"Expected {expected} for {mapping}, but found {found}",
        code="decision_result_shape",
        mapping=mapping,
        found=found,
    )
