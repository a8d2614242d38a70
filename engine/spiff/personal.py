"""Which variables hold personal values: the fields so marked, and everything that is made of them.

A row of a personal table is the item of a repetition, a script takes a name out of it, a call passes it on under another
name: each is as personal as the field that it came from, and must not stand in the chain (DESIGN.md 5.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.expression import Expression
    from engine.ids import DefinitionId
    from engine.process import DataMapping
    from engine.spiff.program import Program


def personal_keys(
    definition: DefinitionId, programs: Callable[[DefinitionId], Program]
) -> frozenset[str]:
    """Give the names under which a case of the definition, with all it calls, keeps personal values."""
    reached = _reached(definition, programs)
    keys = frozenset().union(*(program.personal for program in reached))
    made = [step for program in reached for step in program.derived] if keys else []
    while more := {name for name, sources in made if name not in keys and sources & keys}:
        keys |= more
    return keys


def names_in(expression: Expression) -> frozenset[str]:
    """Give the variables that a value may come from."""
    return expression.names | expression.filter_names


def passed_on(
    mappings: tuple[tuple[DataMapping, Expression | None], ...],
) -> Iterator[tuple[str, frozenset[str]]]:
    """Give what a call copies: the new name, and the variables it is made of."""
    for mapping, expression in mappings:
        if mapping.target:
            sources = frozenset({mapping.source}) if expression is None else names_in(expression)
            yield mapping.target, sources


def _reached(
    definition: DefinitionId, programs: Callable[[DefinitionId], Program]
) -> list[Program]:
    reached: dict[DefinitionId, Program] = {}
    to_see = [definition]
    while to_see:
        current = to_see.pop()
        if current not in reached:
            reached[current] = programs(current)
            to_see += reached[current].definition.calls.values()
    return list(reached.values())
