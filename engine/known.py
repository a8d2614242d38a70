"""Which variables a case of a process can have, as far as drawings and forms tell: for rules that look for misspelt names."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.answer import FORM, answer_form, is_answerable
from engine.connectors.http_json import RESULT
from engine.connectors.report import reported_names
from engine.letters.numbering import FIELD
from engine.link import COPIES, GIVER, ITEM, PROCESS, properties_of, read_copies
from engine.process import CATCHING, THROWING, TriggerKind
from engine.spiff.catching import CARRIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.form import Form
    from engine.process import Element, ElementKind, Process

LOOP_COUNTER = "loopCounter"
COUNTERS = frozenset(
    {LOOP_COUNTER, "nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"}
)
"""What a repetition counts, in Camunda's words (`engine.spiff.scopes`)."""

_ALIKE = 0.7
"""How much of two names must be the same for one to be taken for the other misspelt."""


def known_names(
    process: Process, forms: Mapping[str, Form], package: Iterable[Process] = ()
) -> set[str]:
    """Give the names that a variable of the process can have.

    `package` are the processes that come with it: what they call, begin and send brings variables too.
    """
    known: set[str] = set()
    for element in process.elements.values():
        known.update(made_by(element, forms.get(element.form)))
        if is_answerable(element):
            known.update(answer_form(element.id).keys)
            answer = forms.get(element.properties.get(FORM, ""))
            known.update(() if answer is None else answer.keys)
    return (known | given_to(process, package)) - {""}


def given_to(process: Process, package: Iterable[Process] = ()) -> set[str]:
    """Give the names of what other processes, or other cases of the same, pass to a process."""
    others = {each.key: each for each in (*package, process)}.values()
    return {name for other in others for name in _given_by(other, process)}


def takes_anything(process: Process, package: Iterable[Process] = ()) -> bool:
    """Tell whether the process is given all variables of another one, so that nothing is known of them."""
    inward = (
        mapping
        for other in package
        for element in other.elements.values()
        if element.calls == process.key
        for mapping in element.passes_in
    )
    outward = (m for element in process.elements.values() for m in element.passes_out)
    return any(mapping.everything for mapping in (*inward, *outward))


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name that this one may be misspelt for, empty when none is like it."""
    by_small = {each.lower(): each for each in sorted(known)}
    found = get_close_matches(name.lower(), by_small, n=1, cutoff=_ALIKE)
    return by_small[found[0]] if found else ""


def made_by(element: Element, form: Form | None) -> Iterator[str]:
    """Give what an element itself sets."""
    yield from () if form is None else form.keys
    yield from reported_names(element)
    yield element.result
    yield element.initiator
    yield element.properties.get(RESULT, "").strip()
    yield element.properties.get(FIELD, "").strip()
    yield from (m.target for m in (*element.passes_out, *element.inputs, *element.outputs))
    if element.trigger is not None:
        yield from (element.trigger.code_variable, element.trigger.message_variable)
    if element.repeats is not None:
        yield from (element.repeats.variable, element.repeats.outputs_to)
        yield from COUNTERS
    if element.loops is not None:
        yield LOOP_COUNTER


def _given_by(other: Process, process: Process) -> Iterator[str]:
    """Give what a process passes to another: by calling it, beginning a case of it, or sending it a message."""
    caught = {name for element in process.elements.values() for name in _message(element, CATCHING)}
    for element in other.elements.values():
        if element.calls == process.key:
            yield from (mapping.target for mapping in element.passes_in)
        link = properties_of(element)
        if link.get(PROCESS) == process.key:
            yield from (new for new, _ in read_copies(link.get(COPIES, "")))
            yield from (link.get(ITEM, ""), link.get(GIVER, ""))
        if caught.intersection(_message(element, THROWING)):
            carried = element.properties.get(CARRIED, "").split(",")
            yield from (name.strip() for name in carried)


def _message(element: Element, kinds: frozenset[ElementKind]) -> Iterator[str]:
    """Give the name of the message that an element of these kinds waits for or throws."""
    trigger = element.trigger
    if element.kind in kinds and trigger is not None and trigger.kind is TriggerKind.MESSAGE:
        yield trigger.name
