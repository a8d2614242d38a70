"""One command's view of the store in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from engine.calendar import AgencyCalendar
from engine.chain import Head, agency_chain
from engine.errors import Conflict, NotFound
from engine.notice import notify_job
from engine.testing import waits
from engine.testing.calendars import save_calendar, save_deadline
from engine.testing.decisions import find_decision, save_decisions
from engine.testing.letters import MemoryLetters
from engine.testing.maps import find_map, save_maps
from engine.testing.people import roster_of, save_people, save_structure
from engine.testing.tables import Tables, read_back
from engine.version import Version
from engine.watch import OF_CASES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor, Agency
    from engine.chain import Record
    from engine.clock import Clock
    from engine.decision import DecisionRef, StoredDecision
    from engine.ids import (
        AgencyId,
        ChainId,
        DefinitionId,
        DeploymentId,
        IncidentId,
        InstanceId,
        JobId,
        PersonId,
        RequestId,
        SubscriptionId,
        UserTaskId,
    )
    from engine.incident import Incident
    from engine.job import Job
    from engine.kept_map import KeptMap
    from engine.message import Subscription
    from engine.office import Roster
    from engine.office_value import OfficeValue
    from engine.store import (
        AgencyChanges,
        Changes,
        Definition,
        Instance,
        Office,
        WaitChanges,
    )
    from engine.user_task import UserTask
    from engine.wait import WaitKind

K = TypeVar("K")
T = TypeVar("T")


class MemoryTransaction:
    """One command's view of the tables; see `engine.store.Transaction` for what each method promises."""

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    # Each method does what the port `engine.store.Transaction` says of it.

    @property
    def letters(self) -> MemoryLetters:
        return MemoryLetters(self._tables)

    def find_request(self, request: RequestId) -> Record | None:
        found = self._tables.requests.get(request)
        return None if found is None else read_back(found)

    def get_instance(self, instance: InstanceId) -> Instance:
        return _get(self._tables.instances, instance, "instance")

    def get_case_of(self, task: UserTaskId) -> tuple[Instance, UserTask]:
        found = self._named(_get(self._tables.tasks, task, "task"))
        return self._tables.instances[found.instance], found

    def list_open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        ids = self._tables.open_tasks.get(instance, ())
        return tuple(self._named(self._tables.tasks[task]) for task in ids)

    def count_ancestors(self, instance: InstanceId) -> int:
        parent = _get(self._tables.instances, instance, "instance").parent
        return 0 if parent is None else 1 + self.count_ancestors(parent)

    def list_records(self, chain: ChainId, after: int = 0) -> tuple[Record, ...]:
        found: list[Record] = []
        while record := self._tables.records.get((chain, after + len(found) + 1)):
            found.append(read_back(record))
        return tuple(found)

    def list_personal(self, chain: ChainId) -> Mapping[tuple[int, str], bytes]:
        kept = self._tables.personal.values()
        return {(value.seq, value.key): value.value for value in kept if value.chain == chain}

    def get_definition(self, definition: DefinitionId) -> Definition:
        return _get(self._tables.definitions, definition, "definition")

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        versions = (
            d for d in self._tables.definitions.values() if d.agency == agency and d.key == key
        )
        return max(versions, key=lambda definition: definition.version, default=None)

    def list_versions(self, agency: AgencyId, key: str) -> tuple[Version, ...]:
        kept = self._tables.definitions.values()
        found = [
            Version(id=d.id, version=d.version, tag=d.tag)
            for d in kept
            if d.agency == agency and d.key == key
        ]
        return tuple(sorted(found, key=lambda version: -version.version))

    def list_subscriptions(
        self, agency: AgencyId, kind: WaitKind, name: str, key: str | None
    ) -> tuple[Subscription, ...]:
        return waits.list_subscriptions(self._tables, agency, kind, name, key)

    def find_wait_length(self, agency: AgencyId, process: str, element: str) -> str:
        return self._tables.wait_lengths.get((agency, process, element), "")

    def list_office_values(self, agency: AgencyId, process: str) -> tuple[OfficeValue, ...]:
        found = self._tables.office_values.items()
        return tuple(
            new
            for (at, key, _), new in found
            if (at, key) == (agency, process) and new.value is not None
        )

    def find_decision(
        self, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
    ) -> StoredDecision | None:
        return find_decision(self._tables, agency, reference, deployment)

    def find_map(self, agency: AgencyId, key: str) -> KeptMap | None:
        return find_map(self._tables, agency, key)

    def find_subscription(self, subscription: SubscriptionId) -> Subscription | None:
        return self._tables.subscriptions.get(subscription)

    def list_groups(self, agency: AgencyId) -> frozenset[str]:
        roster = roster_of(self._tables, agency)
        units = (unit.id for unit in roster.units.values() if unit.closed_at is None)
        return frozenset((*units, *(entry.post.id for entry in roster.list_posts())))

    def get_actor(self, person: PersonId) -> Actor:
        agency, _ = _get(self._tables.persons, person, "person")
        found = roster_of(self._tables, agency).find_actor(person, self._clock.now())
        return _get({found.person: found} if found else {}, person, "person")

    def find_person(self, agency: AgencyId, login: str) -> Actor | None:
        roster = roster_of(self._tables, agency)
        known = roster.find_login(login)
        return None if known is None else roster.find_actor(known.id, self._clock.now())

    def knows_login(self, agency: AgencyId, login: str) -> bool:
        return roster_of(self._tables, agency).find_login(login) is not None

    def list_held_tasks(self, person: PersonId) -> tuple[UserTask, ...]:
        held = (t for t in self._tables.tasks.values() if t.is_open and t.holder == person)
        return tuple(self._named(task) for task in sorted(held, key=lambda task: task.id))

    def get_roster(self, agency: AgencyId) -> Roster:
        self.get_agency(agency)
        return roster_of(self._tables, agency)

    def get_agency(self, agency: AgencyId) -> Agency:
        return _get(self._tables.agencies, agency, "agency")[0]

    def get_agency_head(self, agency: AgencyId) -> Head:
        return _get(self._tables.agencies, agency, "agency")[1]

    def find_job(self, job: JobId) -> Job | None:
        return self._tables.jobs.get(job)

    def list_jobs_of(self, instance: InstanceId) -> tuple[Job, ...]:
        kept = self._tables.jobs.values()
        return tuple(j for j in kept if j.instance == instance and j.kind in OF_CASES)

    def list_subscriptions_of(self, instance: InstanceId) -> tuple[Subscription, ...]:
        return tuple(s for s in self._tables.subscriptions.values() if s.instance == instance)

    def find_incident(self, incident: IncidentId) -> Incident | None:
        return self._tables.incidents.get(incident)

    def list_incidents(self, instance: InstanceId) -> tuple[Incident, ...]:
        return waits.list_incidents(self._tables, instance)

    def get_calendar(self, agency: AgencyId) -> AgencyCalendar:
        zone = self.get_agency(agency).zone
        kept = self._tables.calendars.get(agency)
        return (
            AgencyCalendar(agency=agency, zone=zone) if kept is None else replace(kept, zone=zone)
        )

    def count_moved(self, agency: AgencyId, count: int) -> None:
        self._tables.moved[agency] = self._tables.moved.get(agency, 0) + count

    def save_office(self, office: Office) -> None:
        agency, tables = office.agency, self._tables
        _, head = tables.agencies.get(agency.id, (agency, Head(chain=agency_chain(agency.id))))
        tables.agencies[agency.id] = (agency, head)
        save_structure(tables, office)

    def save(self, changes: Changes) -> None:
        new, tables = changes.instance, self._tables
        if not changes.is_new and tables.instances[new.id].revision != new.revision - 1:
            raise _taken("instance_changed", "a case as it was read", id=new.id)
        tables.instances[new.id] = new
        for task in changes.changed_tasks:
            self._change(task)
        for task in changes.opened_tasks:
            kept = tables.tasks[task.id]
            tables.tasks[task.id] = replace(kept, opened_at=task.opened_at)
        for task in changes.dated_tasks:
            save_deadline(tables, task)
        tables.tasks.update({task.id: task for task in changes.new_tasks})
        self._keep_open(changes)
        self._append(changes.records)
        tables.personal.update({(p.chain, p.seq, p.key): p for p in changes.personal})
        tables.files[new.id] = tables.files.get(new.id, frozenset()) | changes.files
        self._leave_job(changes.records, new.agency)
        self.letters.save(changes.letters)
        self.save_waits(changes.waits)

    def save_agency(self, changes: AgencyChanges) -> None:
        agencies = self._tables.agencies
        for agency, (kept, head) in tuple(agencies.items()):
            if head.chain == changes.head.chain:
                if head.seq != changes.head.seq - len(changes.records):
                    raise _taken("agency_changed", "an agency as it was read", id=agency)
                agencies[agency] = (kept, changes.head)
                self._leave_job(changes.records, agency)
                save_people(self._tables, agency, changes, self._clock.now())
                for new in changes.wait_lengths:
                    self._tables.wait_lengths[agency, new.process, new.element] = new.length
                for value in changes.office_values:
                    self._tables.office_values[agency, value.process, value.name] = value
        if changes.calendar is not None:
            save_calendar(self._tables, changes.calendar)
        self._append(changes.records)
        for definition in changes.definitions:
            self._deploy(definition)
            waits.drop_starts(self._tables, definition.agency, definition.key)
        save_decisions(self._tables, changes)
        save_maps(self._tables, changes.maps)
        self.letters.save(changes.letters)
        self.save_waits(changes.waits)

    def save_waits(self, changes: WaitChanges) -> None:
        waits.save_waits(self._tables, changes, self._clock.now())

    def _change(self, task: UserTask) -> None:
        kept = self._tables.tasks[task.id]
        if kept.revision != task.revision - 1:
            raise _taken("task_changed", "a task as it was read", id=task.id)
        self._tables.tasks[task.id] = replace(
            kept,
            state=task.state,
            holder=task.holder,
            follow_up=task.follow_up,
            revision=task.revision,
            changed_at=task.changed_at,
        )

    def _leave_job(self, records: tuple[Record, ...], agency: AgencyId) -> None:
        job = notify_job(records, agency)
        if job is not None:
            self._tables.jobs[job.id] = job

    def _keep_open(self, changes: Changes) -> None:
        instance, tables = changes.instance.id, self._tables
        closed = {task.id for task in changes.changed_tasks if not task.is_open}
        before = (*tables.open_tasks.get(instance, ()), *(task.id for task in changes.new_tasks))
        tables.open_tasks[instance] = tuple(task for task in before if task not in closed)

    def _append(self, records: tuple[Record, ...]) -> None:
        for record in records:
            if record.request is not None:
                if record.request in self._tables.requests:
                    raise _taken("request_reused", "a new request id", request=record.request)
                self._tables.requests[record.request] = record
            self._tables.records[record.chain, record.seq] = record

    def _deploy(self, new: Definition) -> None:
        latest = self.find_latest(new.agency, new.key)
        if latest is not None and latest.version >= new.version:
            raise _taken("version_taken", "a new version", key=new.key, version=new.version)
        self._tables.definitions[new.id] = new

    def _named(self, task: UserTask) -> UserTask:
        holder = None if task.holder is None else self._tables.persons.get(task.holder)
        return replace(task, holder_name="" if holder is None else holder[1].name)


def _get(table: Mapping[K, T], key: K, what: str) -> T:
    if key not in table:
        raise NotFound(f"Expected {what} {key!r}, but there is none", code="not_found", what=what)
    return table[key]


def _taken(code: str, expected: str, **params: object) -> Conflict:
    return Conflict(
        f"Expected {expected}, but another command was first: {params}", code=code, **params
    )
