"""Numbers that an office sets for a process because no document gives them (docs/handbook.md).

A process declares one by the property `ketetapan.<name>`, whose value is its label; `ketetapan.urutan` may say how they stand to
each other: `a < b < c`. The decisions that the process asks see them under their names, as they are at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.errors import ExecutionFailed, InvalidSubmission, WrongState
from engine.variables import as_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from engine.process import Process
    from engine.variables import Value

PREFIX = "ketetapan."
ORDER = "ketetapan.urutan"

MAX_DIGITS = 30
"""Digits of a number that an office sets, as of one in a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeValue:
    """What an office has set for a process, by the process's key; without a value it is not set any more.

    `set_by` is the name of the person who did it.
    """

    process: str
    name: str
    value: Decimal | None
    set_by: str
    set_at: datetime


def declared_values(process: Process) -> dict[str, str]:
    """Give the labels of the numbers that the office has to set, by name, in the order of the drawing."""
    found = process.properties.items()
    return {
        key.removeprefix(PREFIX): label
        for key, label in found
        if key.startswith(PREFIX) and key != ORDER
    }


def order_of(process: Process) -> tuple[str, ...]:
    """Give the names that must rise from one to the next; none where the drawing says nothing of it."""
    told = process.properties.get(ORDER, "")
    return tuple(name.strip() for name in told.split("<")) if told else ()


def missing_values(process: Process, found: Mapping[str, Value]) -> tuple[str, ...]:
    """Give the labels of what the office has not set."""
    labels = declared_values(process)
    return tuple(label for name, label in labels.items() if found.get(name) is None)


def values_for(process: Process, found: Mapping[str, Value], element: str) -> dict[str, Value]:
    """Give what the office has set of what the process declares, by name.

    Raises ExecutionFailed, at this element, while something is not set.
    """
    missing = missing_values(process, found)
    if missing:
        raise ExecutionFailed(
            f"Expected all numbers of {process.key} to be set, but not {', '.join(missing)}",
            code="office_value_unset",
            element=element,
            process=process.name or process.key,
            missing=missing,
        )
    return {name: found[name] for name in declared_values(process)}


def expect_set(process: Process, found: Mapping[str, Value]) -> None:
    """Raise WrongState while the office has not set all that the process declares: its cases would come to a halt."""
    missing = missing_values(process, found)
    if missing:
        raise WrongState(
            f"Expected all numbers of {process.key} to be set, but not {', '.join(missing)}",
            code="office_value_missing",
            process=process.name or process.key,
            missing=missing,
        )


def expect_number(value: Decimal, label: str) -> Decimal:
    """Give a number as it is kept. Raises InvalidSubmission for one that is none or has too many digits."""
    if value.is_finite() and max(len(value.as_tuple().digits), abs(value.adjusted())) <= MAX_DIGITS:
        return as_number(value)
    raise InvalidSubmission(
        f"Expected a number of at most {MAX_DIGITS} digits for {label}, but there is another",
        code="office_value_long",
        name=label,
        limit=MAX_DIGITS,
    )


def expect_rising(process: Process, values: Mapping[str, Decimal | None]) -> None:
    """Raise InvalidSubmission when two of the numbers, as they will be, stand against the order that the process gives."""
    labels = declared_values(process)
    known = [(name, value) for name in order_of(process) if (value := values.get(name)) is not None]
    for (low, lower), (high, higher) in pairwise(known):
        if lower >= higher:
            raise InvalidSubmission(
                f"Expected {low} below {high}, but {lower} is not below {higher}",
                code="office_value_order",
                low=labels.get(low, low),
                high=labels.get(high, high),
            )
