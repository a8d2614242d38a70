"""Which case a message reaches (BPMN 2.0.2, 8.4.2), and whether it may take there what it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import ExecutionFailed, WrongState
from engine.spiff.personal import personal_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.ids import DefinitionId
    from engine.message import Message, Subscription
    from engine.spiff.program import Program


def addressee(found: Iterable[Subscription], message: Message) -> Subscription | None:
    """Give whom a message reaches: the only case that waits for it, at the step that came first, else what it begins.

    None when nobody waits for it and it begins nothing. Raises WrongState (`message_ambiguous`) when several cases wait.
    """
    found = tuple(found)
    waiting = [each for each in found if each.instance is not None]
    cases = sorted({each.instance for each in waiting if each.instance is not None})
    if len(cases) > 1:
        raise WrongState(
            f"Expected one case that waits for {message.name}, but there are {cases}",
            code="message_ambiguous",
            name=message.name,
            count=len(cases),
            cases=", ".join(cases),
        )
    if waiting:
        return min(waiting, key=lambda each: (each.token, each.element))
    return next((each for each in found if each.instance is None), None)


def expect_kept_secret(
    message: Message, definition: DefinitionId, programs: Callable[[DefinitionId], Program]
) -> None:
    """Raise ExecutionFailed for a personal value that would not be one in a case of the definition: it would stay in its history."""
    brought = {name for name in message.personal if message.values.get(name) is not None}
    laid_open = brought - personal_keys(definition, programs) if brought else brought
    for variable in sorted(laid_open):
        process = programs(definition).definition
        raise ExecutionFailed(
            f"Expected {variable} to be personal in {process.key}, as it is in {message.sender}",
            code="message_personal",
            variable=variable,
            process=process.name or process.key,
            name=message.name,
        )
