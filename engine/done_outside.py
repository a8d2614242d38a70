"""What happens to a case when an officer reports that work which it waits for was done outside of Alur: pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission, WrongState
from engine.history import IncidentResolved, WorkCompleted
from engine.incident import Resolution
from engine.instance import load, settle
from engine.wait import WaitKind
from engine.waits import CONNECTOR_PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from engine.act import Act
    from engine.firing import Place
    from engine.incident import Incident
    from engine.spiff.execution import Execution
    from engine.store import Changes, Instance
    from engine.variables import Value
    from engine.wait import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkReport:
    """What an officer reports: where work was done, the variables that come of it, and how or why it was done outside."""

    place: Place
    values: Mapping[str, Value]
    reason: str


def find_work(execution: Execution, place: Place) -> Wait:
    """Give the work that a case waits for at a place. Raises WrongState (`work_gone`) when it waits for none there."""
    for wait in execution.list_waits():
        if (wait.kind, wait.token, wait.element) == (WaitKind.WORK, place.token, place.element):
            return wait
    raise WrongState(
        f"Expected work at {place.element} that is waited for, but there is none", code="work_gone"
    )


def report(
    instance: Instance, told: WorkReport, incidents: Collection[Incident], act: Act
) -> Changes:
    """Take the work at a place as done, with the values of its report, and run the case to its next rest.

    `incidents` are the open ones of the case: that at this place is over with it. Work of a connector can be reported once it
    has failed for good; before that it may still be done. Raises WrongState (`work_gone`, `work_not_failed`) and
    InvalidSubmission with all problems of the report.
    """
    place = told.place
    execution = load(instance, act)
    wait = find_work(execution, place)
    failed = [i for i in incidents if (i.token, i.element) == (place.token, place.element)]
    if wait.name.startswith(CONNECTOR_PREFIX) and not failed:
        raise WrongState(
            f"Expected {place.element} to have failed, but its work is under way",
            code="work_not_failed",
        )
    values = _values(wait, told.values, execution, act)
    for _ in failed:
        execution.mark_incident(place.token, place.element, "")
    execution.fire(place.token, place.element, values)
    lead = WorkCompleted(
        token=place.token, element=place.element, topic=wait.name, reason=told.reason
    )
    over = tuple(
        IncidentResolved(incident=i.id, how=Resolution.DONE_OUTSIDE, reason=told.reason)
        for i in failed
    )
    changes = settle(instance, execution, (lead, *over), act)
    resolved = (*changes.waits.resolved, *(i.id for i in failed))
    return dataclasses.replace(changes, waits=dataclasses.replace(changes.waits, resolved=resolved))


def _values(
    wait: Wait, values: Mapping[str, Value], execution: Execution, act: Act
) -> Mapping[str, Value]:
    """Give the values as the report of a task takes them; one without variables takes none."""
    form = act.programs(wait.definition).forms.get(wait.element)
    if form is not None:
        today = act.at.astimezone(act.zone()).date() if form.asks_today else None
        return form.submit_json(values, execution.view(wait.token), today=today)
    if values:
        raise InvalidSubmission(
            f"Expected no values for {wait.element}, but found some",
            code="submission_without_form",
        )
    return values
