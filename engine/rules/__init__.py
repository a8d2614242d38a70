"""The rules of the gate, one a module, in the order in which an owner would look at a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rules import (
    activity_flows,
    alternatives,
    calls_known,
    conditions,
    decisions,
    elements_supported,
    events,
    external_lanes,
    flow_ends,
    form_names,
    forms_there,
    ids_unique,
    lanes_for_people,
    letter_numbers,
    linked_cases,
    links,
    messages,
    narrowing,
    office_values,
    parameters,
    raised,
    reachable,
    repetitions,
    scripts,
    service_work,
    standard_times,
    start_and_end,
    timers,
    unknown_attributes,
    variables_provided,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.rule import Checked, Finding

RULES: Mapping[str, Callable[[Checked], Iterator[Finding]]] = {
    "ids_unique": ids_unique.check,
    "elements_supported": elements_supported.check,
    "unknown_attributes": unknown_attributes.check,
    "flow_ends": flow_ends.check,
    "start_and_end": start_and_end.check,
    "activity_flows": activity_flows.check,
    "events": events.check,
    "links": links.check,
    "raised": raised.check,
    "conditions": conditions.check,
    "lanes_for_people": lanes_for_people.check,
    "external_lanes": external_lanes.check,
    "narrowing": narrowing.check,
    "standard_times": standard_times.check,
    "forms_there": forms_there.check,
    "form_names": form_names.check,
    "scripts": scripts.check,
    "service_work": service_work.check,
    "decisions": decisions.check,
    "timers": timers.check,
    "repetitions": repetitions.check,
    "calls_known": calls_known.check,
    "parameters": parameters.check,
    "linked_cases": linked_cases.check,
    "alternatives": alternatives.check,
    "letter_numbers": letter_numbers.check,
    "office_values": office_values.check,
    "messages": messages.check,
    "variables_provided": variables_provided.check,
    "reachable": reachable.check,
}
"""Every rule by name; one line a rule."""
