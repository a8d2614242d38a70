"""What a command changes of the things that a case waits for besides people, as rows to write (`engine.wait`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.answer import is_answerable, recorder_of
from engine.clock import as_text
from engine.ids import IncidentId, JobId, SubscriptionId
from engine.job import Job, JobKind, topic_of_message
from engine.message import Subscription
from engine.store import NO_WAITS, WaitChanges
from engine.variables import dump
from engine.wait import Wait, WaitKind, wait_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.act import Act
    from engine.spiff.execution import Execution
    from engine.store import Instance
    from engine.wait import Outgoing

CONNECTOR_PREFIX = "alur."
"""How the topics of Alur's own connectors begin; the work of any other topic is done outside."""

_BY_JOB = {WaitKind.TIMER, WaitKind.WORK}


def wait_changes(instance: Instance, execution: Execution, act: Act) -> WaitChanges:
    """Give what an execution opened, closed and threw."""
    waits = execution.waits
    if not (waits.opened or waits.closed or waits.thrown or waits.resolved):
        return NO_WAITS
    opened, closed = waits.opened.values(), waits.closed.values()
    personal = execution.personal() if any(out.values for out in waits.thrown) else frozenset()
    thrown = (thrown_job(instance, out, n, personal, act) for n, out in enumerate(waits.thrown))
    return WaitChanges(
        jobs=(*(j for w in opened if (j := job_of(instance, w, act))), *thrown),
        dropped_jobs=tuple(JobId(i) for i in _ids(instance, closed, by_job=True)),
        subscriptions=tuple(s for w in opened if (s := subscription_of(instance, w, act))),
        dropped_subscriptions=tuple(
            SubscriptionId(i) for i in _ids(instance, closed, by_job=False)
        ),
        resolved=tuple(IncidentId(i) for i in waits.resolved),
    )


def _ids(instance: Instance, waits: Iterable[Wait], *, by_job: bool) -> Iterable[str]:
    return (
        wait_id(instance.id, wait.token, wait.element)
        for wait in waits
        if (wait.kind in _BY_JOB) == by_job
    )


def job_of(instance: Instance, wait: Wait, act: Act) -> Job | None:
    """Give the job of a timer or of work; None for what is found by a subscription."""
    if wait.kind not in _BY_JOB:
        return None
    due_at = wait.due_at or act.at
    return Job(
        id=JobId(wait_id(instance.id, wait.token, wait.element)),
        agency=instance.agency,
        kind=_kind(wait),
        data=dump({"token": wait.token, "element": wait.element, "due": as_text(due_at)}),
        due_at=due_at,
        created_at=act.at,
        instance=instance.id,
        topic=wait.name,
    )


def _kind(wait: Wait) -> JobKind:
    if wait.kind is WaitKind.TIMER:
        return JobKind.TIMER
    return JobKind.CONNECTOR if wait.name.startswith(CONNECTOR_PREFIX) else JobKind.WORK


def subscription_of(instance: Instance, wait: Wait, act: Act) -> Subscription | None:
    """Give the subscription of a message or signal; None for what is found by a job."""
    if wait.kind in _BY_JOB:
        return None
    process = act.programs(wait.definition).process
    element = process.elements[wait.element]
    recorder = recorder_of(process, element) if is_answerable(element) else None
    return Subscription(
        id=SubscriptionId(wait_id(instance.id, wait.token, wait.element)),
        agency=instance.agency,
        kind=wait.kind,
        name=wait.name,
        key=wait.key,
        definition=wait.definition,
        element=wait.element,
        instance=instance.id,
        token=wait.token,
        lane=None if recorder is None else recorder.id,
        opened_at=act.at,
    )


def thrown_job(
    instance: Instance, out: Outgoing, number: int, personal: frozenset[str], act: Act
) -> Job:
    """Give the job that delivers what a case threw; its id is of the command, so that it is written once.

    `personal` are the case's variables that hold personal values: those that are sent stay so.
    """
    is_message = out.kind is WaitKind.MESSAGE
    data = {"token": out.token, "element": out.element, "name": out.name, "key": out.key}
    return Job(
        id=JobId(
            f"{wait_id(instance.id, out.token, out.element)}-{instance.revision + 1}.{number}"
        ),
        agency=instance.agency,
        kind=JobKind.MESSAGE if is_message else JobKind.SIGNAL,
        data=dump({**data, "values": out.values, "personal": sorted(personal & out.values.keys())}),
        due_at=act.at,
        created_at=act.at,
        instance=instance.id,
        topic=topic_of_message(out.name, out.key) if is_message else out.name,
    )
