"""Commands on what went wrong outside of Alur: begin again, report as done, give up."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine import done_outside, firing, permission
from engine import instance as case
from engine.commands.commands import Commands, reason_of
from engine.errors import NotFound, WrongState
from engine.incident import Resolution
from engine.job import LEFT_BEHIND, JobState

if TYPE_CHECKING:
    from engine.actor import Actor, Post
    from engine.done_outside import WorkReport
    from engine.ids import IncidentId, InstanceId, RequestId
    from engine.incident import Incident
    from engine.job import Job
    from engine.store import Instance, Transaction


class IncidentCommands(Commands):
    """What officers do about incidents, and about work that is done outside."""

    def retry_incident(
        self, incident: IncidentId, *, actor: Actor, request: RequestId
    ) -> InstanceId:
        """Begin the failed job of an incident anew; should it fail again, there is a new incident.

        Raises NotFound, NotAllowed, and WrongState when the incident is over or its job is gone.
        """

        def work(tx: Transaction) -> InstanceId:
            found, instance = _open(tx, incident)
            post = self._post(tx, found, actor)
            job = _failed(tx, found)
            act = self._act(tx, actor, post, request)
            changes = firing.resolve_incident(instance, found, Resolution.RETRIED, "", act)
            anew = dataclasses.replace(
                job, state=JobState.DUE, due_at=act.at, attempts=0, error="", lease_until=None
            )
            waits = dataclasses.replace(changes.waits, jobs=(anew,))
            tx.save(dataclasses.replace(changes, waits=waits))
            return instance.id

        return self._once(request, actor, work)

    def drop_incident(
        self, incident: IncidentId, reason: str, *, actor: Actor, request: RequestId
    ) -> InstanceId:
        """Give up what an incident is about, for a reason: something that its case sent and does not wait for.

        Raises as `retry_incident`, and WrongState for what a step of the case waits for.
        """

        def work(tx: Transaction) -> InstanceId:
            found, instance = _open(tx, incident)
            post = self._post(tx, found, actor)
            job = _failed(tx, found)
            if job.kind not in LEFT_BEHIND:
                raise WrongState(
                    f"Expected a job that nothing waits for, but {job.id} is a {job.kind}",
                    code="incident_not_dropped",
                )
            act = self._act(tx, actor, post, request)
            told = reason_of(reason)
            changes = firing.resolve_incident(instance, found, Resolution.DROPPED, told, act)
            waits = dataclasses.replace(changes.waits, dropped_jobs=(job.id,))
            tx.save(dataclasses.replace(changes, waits=waits))
            return instance.id

        return self._once(request, actor, work)

    def report_work(
        self,
        instance: InstanceId,
        report: WorkReport,
        *,
        actor: Actor,
        request: RequestId,
    ) -> InstanceId:
        """Report that the work of a service task was done outside; the case goes on with the values of the report.

        Only holders of the task's lane may, those of its recorder when it is external. Raises NotFound, NotAllowed,
        WrongState (`work_gone`, `work_not_failed`, `instance_ended`) and InvalidSubmission.
        """

        def work(tx: Transaction) -> InstanceId:
            found = tx.get_instance(instance)
            permission.same_agency(found.agency, actor)
            permission.expect_running(found)
            asked = self._act(tx, actor, None, request)
            wait = done_outside.find_work(case.load(found, asked), report.place)
            process = self._library.get(wait.definition, tx).process
            post = permission.reporting_post(process, report.place.element, actor)
            act = self._act(tx, actor, post, request)
            told = dataclasses.replace(report, reason=reason_of(report.reason))
            tx.save(done_outside.report(found, told, tx.list_incidents(instance), act))
            return instance

        return self._once(request, actor, work)

    def _post(self, tx: Transaction, incident: Incident, actor: Actor) -> Post | None:
        permission.same_agency(incident.agency, actor)
        process = self._library.get(incident.definition, tx).process
        return permission.expect_may_mend(process, incident.element, actor)


def _open(tx: Transaction, incident: IncidentId) -> tuple[Incident, Instance]:
    """Give an open incident with its case, locked. Raises NotFound, WrongState when it is over."""
    found = tx.find_incident(incident)
    if found is None:
        raise NotFound(
            f"Expected an incident {incident}, but there is none", code="not_found", what="incident"
        )
    instance = tx.get_instance(found.instance)
    found = tx.find_incident(incident)  # as it is now that nobody else changes the case
    if found is None or found.resolved_at is not None:
        raise WrongState(f"Expected an open incident, but {incident} is over", code="incident_gone")
    return found, instance


def _failed(tx: Transaction, incident: Incident) -> Job:
    job = None if incident.job is None else tx.find_job(incident.job)
    if job is None or job.state is not JobState.FAILED:
        raise WrongState(
            f"Expected a failed job of {incident.id}, but there is none",
            code="incident_not_retried",
        )
    return job
