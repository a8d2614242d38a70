"""A hundred hostile expressions in each place where an expression can stand: deployed where the gate lets them, and run."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from engine_office import Dinas
from hostile import HOSTILE, LEAKS, VARIABLES, watching
from hostile_places import PLACES

from engine.connectors import CONNECTORS, properties_of
from engine.errors import CommandRejected, ExecutionFailed
from engine.gate import Refused
from engine.job import JobFailed
from engine.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.ids import DefinitionId

STEPS = 3
"""Tasks that are finished in a case: all that there are."""


def work(dinas: Dinas, definition: DefinitionId) -> str:
    """Begin a case and finish its tasks as far as they let themselves be finished; give what it holds then."""
    actor = dinas.person("umum")
    try:
        case = dinas.runtime.start(definition, actor=actor, request=dinas.request())
        for _ in range(STEPS):
            for task in dinas.tasks(case)[:1]:
                dinas.runtime.complete(
                    task.id, {}, actor=actor, request=dinas.request(), revision=task.revision
                )
    except (CommandRejected, ExecutionFailed) as refused:
        return str(refused)
    return dinas.case(case).variables.decode()


def orders(source: bytes) -> Iterator[str]:
    """Give what the connectors of a map would be asked to do with the variables."""
    for process in read_source(source, file="p.bpmn").processes:
        for element in process.elements.values():
            connector = CONNECTORS.get(element.topic)
            setup = connector.compile(properties_of(element, connector)) if connector else None
            with suppress(JobFailed):
                yield repr(setup.order(lambda each: each.evaluate(VARIABLES))) if setup else ""


def deployed(dinas: Dinas, package: Mapping[str, bytes]) -> DefinitionId | None:
    """Deploy a package; None when the gate refuses it."""
    with suppress(Refused):
        return dinas.deploy(package)["p"].id
    return None


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_expression_does_nothing(place: str) -> None:
    """The harmless one runs before and after them: the last is what the office still can do."""
    dinas, here = Dinas(), PLACES[place]
    texts = HOSTILE[::4] if here.is_twin else HOSTILE
    for number, text in enumerate((here.harmless, *texts, here.harmless)):
        package = here.with_text(
            text, juel=(here.takes_juel and bool(number % 2)) or not here.takes_feel
        )
        with watching() as opened:
            definition = deployed(dinas, package)
            found = "" if definition is None else work(dinas, definition)
            found += "" if definition is None else "".join(orders(package["p.bpmn"]))
        assert text != here.harmless or definition is not None
        assert number == 0 or opened == [], (
            text
        )  # what is read once, such as the zones, is read by the first
        assert not any(leak in found for leak in LEAKS), text
