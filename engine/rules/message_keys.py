"""A message that is waited for can be told from that of another case: by its key (`pesan.kunci`), or the business key of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.answer import FORM, is_answerable
from engine.link import PROCESS, properties_of
from engine.process import ElementKind, TriggerKind
from engine.rule import Severity
from engine.spiff.catching import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Process
    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find events that wait for a message without a key, in a process whose cases have no business key that would do.

    Only a warning: a program that starts the cases may give them one. An event with a form for recorded answers
    (`tanggapan.formulir`) is left out: its case is chosen by an officer.
    """
    if any(
        _gives_keys(process, checked.process) for process in (*checked.package, checked.process)
    ):
        return
    for element in checked.process.elements.values():
        if is_answerable(element) and not {KEY, FORM} & element.properties.keys():
            trigger = element.trigger
            yield checked.at(
                Severity.WARNING,
                "message_without_key",
                element.id,
                element.name,
                element.line,
                message="" if trigger is None else trigger.name,
            )


def _gives_keys(giver: Process, process: Process) -> bool:
    """Tell whether cases of a process get a business key: from the message that begins them, or from the case that calls them."""
    begins = (e for e in process.inside("") if e.kind is ElementKind.START_EVENT)
    if any(e.trigger is not None and e.trigger.kind is TriggerKind.MESSAGE for e in begins):
        return True
    elements = giver.elements.values()
    return giver.key != process.key and any(
        e.calls == process.key or properties_of(e).get(PROCESS) == process.key for e in elements
    )
