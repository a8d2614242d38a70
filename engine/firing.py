"""What happens to a case when something that it waits for besides people comes true, or can't: pure, from rest to changes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine.chain import append
from engine.clock import as_text
from engine.history import IncidentRaised, IncidentResolved
from engine.ids import IncidentId
from engine.incident import Incident, Resolution
from engine.instance import load, settle
from engine.store import Changes, InstanceState, WaitChanges
from engine.variables import object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.act import Act
    from engine.history import HistoryEvent
    from engine.ids import DefinitionId
    from engine.job import Job
    from engine.spiff.raising import Raised
    from engine.spiff.waits import Fired
    from engine.store import Instance
    from engine.variables import Value


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a case a job or a subscription belongs: the token that waits and the element the drawing shows for it."""

    token: int
    element: str


def place_of(job: Job) -> Place:
    """Give where a case's job belongs."""
    data = object_of(job.data)
    return Place(token=int(str(data["token"])), element=str(data["element"]))


def fire(
    instance: Instance,
    place: Place,
    values: Mapping[str, Value],
    lead: Callable[[Fired], HistoryEvent],
    act: Act,
) -> Changes:
    """Let a wait come true with the values that come with it and run the case to its next rest.

    `lead` makes the first event of the command. Raises WrongState (`wait_gone`) when the case does not wait for it any more.
    """
    execution = load(instance, act)
    fired = execution.fire(place.token, place.element, values)
    return settle(instance, execution, (lead(fired),), act)


def throw(
    instance: Instance, place: Place, raised: Raised, lead: HistoryEvent, act: Act
) -> Changes:
    """Let the work that a case waits for end in a business error or an escalation and run the case to its next rest.

    Raises WrongState (`wait_gone`) as `fire`, ExecutionFailed (`error_uncaught`) for an error that nobody catches.
    """
    execution = load(instance, act)
    execution.throw(place.token, place.element, raised)
    return settle(instance, execution, (lead,), act)


def waits_at(instance: Instance, place: Place, due: str, act: Act) -> bool:
    """Tell whether a running case still waits at a place for a timer that is due then (UTC, as text)."""
    if instance.state is not InstanceState.RUNNING:
        return False
    return any(
        (wait.token, wait.element) == (place.token, place.element)
        and wait.due_at is not None
        and as_text(wait.due_at) == due
        for wait in load(instance, act).list_waits()
    )


def raise_incident(instance: Instance, job: Job, code: str, told: str, act: Act) -> Changes:
    """Write that a job of a case has failed for good; it then waits for a person."""
    place = place_of(job)
    incident = Incident(
        id=IncidentId(act.new_id()),
        agency=instance.agency,
        instance=instance.id,
        definition=_definition_at(instance, place, act),
        element=place.element,
        token=place.token,
        job=job.id,
        code=code,
        told=told,
        raised_at=act.at,
    )
    event = IncidentRaised(
        incident=incident.id, token=place.token, element=place.element, code=code, told=told
    )
    waits = WaitChanges(failed=((job, code),), raised=(incident,))
    return dataclasses.replace(_noted(instance, place, incident.id, event, act), waits=waits)


def raise_at(instance: Instance, incident: Incident, act: Act) -> Changes:
    """Write an incident that no job is behind: a person has to see to the case itself."""
    place = Place(token=incident.token, element=incident.element)
    event = IncidentRaised(
        incident=incident.id,
        token=place.token,
        element=place.element,
        code=incident.code,
        told=incident.told,
    )
    changes = _noted(instance, place, incident.id, event, act)
    return dataclasses.replace(changes, waits=WaitChanges(raised=(incident,)))


def _definition_at(instance: Instance, place: Place, act: Act) -> DefinitionId:
    """Give the version that a place belongs to: a called process has its own."""
    if instance.state is InstanceState.RUNNING:
        for wait in load(instance, act).list_waits():
            if (wait.token, wait.element) == (place.token, place.element):
                return wait.definition
    return instance.definition


def resolve_incident(
    instance: Instance, incident: Incident, how: Resolution, reason: str, act: Act
) -> Changes:
    """Write that an incident is over; the case goes on waiting for what it waited for."""
    event = IncidentResolved(incident=incident.id, how=how, reason=reason)
    place = Place(token=incident.token, element=incident.element)
    waits = WaitChanges(resolved=(incident.id,))
    return dataclasses.replace(_noted(instance, place, "", event, act), waits=waits)


def _noted(instance: Instance, place: Place, mark: str, event: HistoryEvent, act: Act) -> Changes:
    """Write an event that moves no token, and mark or unmark the token that it is about, if it is there."""
    after = dataclasses.replace(instance, revision=instance.revision + 1)
    if instance.state is InstanceState.RUNNING:
        execution = load(instance, act)
        if execution.mark_incident(place.token, place.element, mark):
            after = dataclasses.replace(after, frontier=execution.frontier())
    records, head = append(
        instance.head, [event], at=as_text(act.at), by=act.by, request=act.request
    )
    return Changes(instance=dataclasses.replace(after, head=head), records=records)


def finishing(changes: Changes, job: Job) -> Changes:
    """Give the changes as the work of a locked job, which is done with them."""
    waits = dataclasses.replace(changes.waits, finished=(*changes.waits.finished, job))
    return dataclasses.replace(changes, waits=waits)
