"""The engine's port on SQL, with few statements a command.

A case is locked by reading it, so only commands that begin from old state collide; those are run again (`Raced`).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from engine.errors import NotFound
from engine.notice import notify_job
from engine.store import NO_WAITS
from engine.watch import OF_CASES
from storage import (
    calendar,
    cases,
    decisions,
    definitions,
    directory,
    history,
    incidents,
    jobs,
    maps,
    office,
    office_values,
    subscriptions,
    wait_lengths,
    waits,
)
from storage.errors import Raced
from storage.letters import SqlLetters
from storage.roster import read_roster, save_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection

    from engine.actor import Actor, Agency
    from engine.calendar import AgencyCalendar
    from engine.chain import Head, Record
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
        Transaction,
        WaitChanges,
    )
    from engine.user_task import UserTask
    from engine.version import Version
    from engine.wait import WaitKind
    from storage.database import Database

T = TypeVar("T")

TRIES = 4
"""How often a command is run when others change the same rows first."""


class SqlStore:
    """A store in a database; see `engine.store.Store`. `wake` is called after a commit that left a job."""

    def __init__(self, database: Database, *, wake: Callable[[], None] = lambda: None) -> None:
        self._database = database
        self._wake = wake

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run the work and commit, again on the new state when another command was first."""
        for _ in range(TRIES - 1):
            with suppress(Raced):
                return self._once(work)
        return self._once(work)

    def _once(self, work: Callable[[Transaction], T]) -> T:
        def run(connection: Connection) -> tuple[T, bool]:
            transaction = SqlTransaction(connection, self._database.clock)
            return work(transaction), transaction.left_job

        result, left_job = self._database.write(run)
        if left_job:
            self._wake()
        return result


class SqlTransaction:
    """What a command may read and write, on one connection; see `engine.store.Transaction`."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._seen: dict[InstanceId, Instance] = {}
        self.left_job = False

    @property
    def letters(self) -> SqlLetters:
        """The registers of letter numbers."""
        return SqlLetters(self._connection)

    def find_request(self, request: RequestId) -> Record | None:
        """Give the first record that the request wrote."""
        return history.find_request(self._connection, request)

    def get_instance(self, instance: InstanceId) -> Instance:
        """Give the case, locked. Raises NotFound."""
        return self._see(
            _got(cases.find_instance(self._connection, instance), instance, "instance")
        )

    def get_case_of(self, task: UserTaskId) -> tuple[Instance, UserTask]:
        """Give a task and its case, locked. Raises NotFound."""
        case, found = _got(cases.find_case_of(self._connection, task), task, "task")
        return self._see(case), found

    def list_open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case, oldest first."""
        return cases.list_open_tasks(self._connection, instance)

    def count_ancestors(self, instance: InstanceId) -> int:
        """Count the cases above a case."""
        return cases.count_ancestors(self._connection, instance)

    def list_records(self, chain: ChainId, after: int = 0) -> tuple[Record, ...]:
        """Give all records of a chain behind the number `after`, in order."""
        return history.read_chain(self._connection, chain, after)

    def list_personal(self, chain: ChainId) -> Mapping[tuple[int, str], bytes]:
        """Give the personal values kept beside a chain."""
        return history.personal_values_of(self._connection, chain)

    def get_definition(self, definition: DefinitionId) -> Definition:
        """Give a version of a process. Raises NotFound."""
        found = definitions.find_definition(self._connection, definition)
        return _got(found, definition, "definition")

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        """Give the newest version of an agency's process."""
        return definitions.find_latest(self._connection, agency, key)

    def list_versions(self, agency: AgencyId, key: str) -> tuple[Version, ...]:
        """Give the versions of an agency's process, the newest first."""
        return definitions.list_versions(self._connection, agency, key)

    def list_subscriptions(
        self, agency: AgencyId, kind: WaitKind, name: str, key: str | None
    ) -> tuple[Subscription, ...]:
        """Give who waits for a message or signal of this name, by id."""
        return subscriptions.list_by_name(self._connection, agency, kind, name, key)

    def find_wait_length(self, agency: AgencyId, process: str, element: str) -> str:
        """Give the agency's own length of a wait, '' without one."""
        return wait_lengths.find_wait_length(self._connection, agency, process, element)

    def list_office_values(self, agency: AgencyId, process: str) -> tuple[OfficeValue, ...]:
        """Give the numbers that the agency has set for a process."""
        return office_values.list_office_values(self._connection, agency, process)

    def find_decision(
        self, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
    ) -> StoredDecision | None:
        """Give the version of an agency's decision that a drawing of this deployment means."""
        return decisions.find_decision(self._connection, agency, reference, deployment)

    def find_map(self, agency: AgencyId, key: str) -> KeptMap | None:
        """Give the newest map of an agency's process that is only drawn."""
        return maps.find_map(self._connection, agency, key)

    def find_subscription(self, subscription: SubscriptionId) -> Subscription | None:
        """Give a subscription."""
        return subscriptions.find_subscription(self._connection, subscription)

    def find_job(self, job: JobId) -> Job | None:
        """Give a job as it stands, whoever has it."""
        return jobs.find_job(self._connection, job)

    def list_jobs_of(self, instance: InstanceId) -> tuple[Job, ...]:
        """Give the jobs that a case waits for."""
        return jobs.list_between(self._connection, instance, instance, OF_CASES)

    def list_subscriptions_of(self, instance: InstanceId) -> tuple[Subscription, ...]:
        """Give the messages and signals that a case waits for."""
        return subscriptions.list_between(self._connection, instance, instance)

    def find_incident(self, incident: IncidentId) -> Incident | None:
        """Give an incident, open or over."""
        return incidents.find_incident(self._connection, incident)

    def list_incidents(self, instance: InstanceId) -> tuple[Incident, ...]:
        """Give the open incidents of a case, oldest first."""
        return incidents.list_open_incidents(self._connection, instance)

    def list_groups(self, agency: AgencyId) -> frozenset[str]:
        """Give the ids of the agency's posts and units."""
        return directory.list_groups(self._connection, agency)

    def get_actor(self, person: PersonId) -> Actor:
        """Give a person with the posts held now. Raises NotFound."""
        found = directory.find_actor(self._connection, person, self._clock.now())
        return _got(found, person, "person")

    def find_person(self, agency: AgencyId, login: str) -> Actor | None:
        """Give the person of an agency with this login."""
        return directory.find_person(self._connection, agency, login, self._clock.now())

    def knows_login(self, agency: AgencyId, login: str) -> bool:
        """Tell whether the agency has an account with this login, open or closed."""
        return directory.knows_login(self._connection, agency, login)

    def list_held_tasks(self, person: PersonId) -> tuple[UserTask, ...]:
        """Give the open tasks that a person holds, by id."""
        return cases.list_held_tasks(self._connection, person)

    def get_roster(self, agency: AgencyId) -> Roster:
        """Give the agency's units, posts, persons and holdings. Raises NotFound."""
        self.get_agency(agency)
        return read_roster(self._connection, agency)

    def get_agency(self, agency: AgencyId) -> Agency:
        """Give an agency. Raises NotFound."""
        return _got(directory.find_agency(self._connection, agency), agency, "agency")

    def get_agency_head(self, agency: AgencyId) -> Head:
        """Give the head of the agency's own chain, locked. Raises NotFound."""
        return _got(office.find_head(self._connection, agency), agency, "agency")

    def get_calendar(self, agency: AgencyId) -> AgencyCalendar:
        """Give the agency's calendar, which nobody changes until the transaction ends. Raises NotFound."""
        found = calendar.find_calendar(self._connection, agency, counts=True)
        return _got(found, agency, "agency")

    def count_moved(self, agency: AgencyId, count: int) -> None:
        """Count deadlines that moved because the agency's calendar changed."""
        calendar.count_moved(self._connection, agency, count)

    def save_office(self, new: Office) -> None:
        """Write the agency with its units and posts, or bring them up to date."""
        office.save_office(self._connection, new)

    def save(self, changes: Changes) -> None:
        """Write what a command did to a case. Raises Raced (a Conflict)."""
        case = changes.instance
        before = self._seen.get(case.id)
        cases.save_instance(self._connection, case, before=before, is_new=changes.is_new)
        self._see(case)
        cases.change_tasks(self._connection, changes.changed_tasks)
        cases.open_tasks(self._connection, changes.opened_tasks)
        cases.date_tasks(self._connection, changes.dated_tasks)
        cases.add_tasks(self._connection, changes.new_tasks, changes.instance)
        history.append_records(self._connection, changes.records)
        history.keep_personal(self._connection, changes.personal)
        cases.use_files(self._connection, changes.instance.id, changes.files)
        self.letters.save(changes.letters)
        self.save_waits(changes.waits)
        self._leave_job(changes.records, changes.instance.agency)

    def save_agency(self, changes: AgencyChanges) -> None:
        """Write what an act did to an agency. Raises Conflict."""
        office.move_head(self._connection, changes.head, len(changes.records))
        history.append_records(self._connection, changes.records)
        for definition in changes.definitions:
            definitions.add_definition(self._connection, definition)
            subscriptions.drop_starts(self._connection, definition.agency, definition.key)
        for decision in changes.decisions:
            decisions.add_decision(self._connection, decision)
        for decision in changes.decisions_kept:
            decisions.keep_decision(self._connection, decision)
        maps.add_maps(self._connection, changes.maps)
        for registration in changes.registrations:
            office.register(self._connection, registration, self._clock.now())
        if changes.calendar is not None:
            calendar.save_calendar(self._connection, changes.calendar)
        for length in changes.wait_lengths:
            agency = office.agency_of(changes.head.chain)
            wait_lengths.save_wait_length(self._connection, agency, length, self._clock.now())
        for value in changes.office_values:
            agency = office.agency_of(changes.head.chain)
            office_values.save_office_value(self._connection, agency, value)
        save_entries(self._connection, office.agency_of(changes.head.chain), changes)
        self.letters.save(changes.letters)
        self.save_waits(changes.waits)
        self._leave_job(changes.records, office.agency_of(changes.head.chain))

    def save_waits(self, changes: WaitChanges) -> None:
        """Write what changes of waits. Raises LeaseLost."""
        if changes != NO_WAITS:
            waits.save_waits(self._connection, changes, self._clock.now())
            self.left_job = self.left_job or bool(changes.jobs or changes.subscriptions)

    def _see(self, case: Instance) -> Instance:
        """Note how a case stands in the database now, so that its next change writes only what differs."""
        self._seen[case.id] = case
        return case

    def _leave_job(self, records: tuple[Record, ...], agency: AgencyId) -> None:
        job = notify_job(records, agency)
        if job is not None:
            jobs.add_job(self._connection, job)
            self.left_job = True


def _got(found: T | None, identifier: str, what: str) -> T:
    if found is None:
        raise NotFound(
            f"Expected {what} {identifier!r}, but there is none", code="not_found", what=what
        )
    return found
