"""The one port of the engine: where cases, tasks, definitions and history are kept.

A command runs inside `Store.transact`: it reads through the `Transaction`, and what it saves is written whole or not at
all. Implementations: `engine.testing.MemoryStore`, `storage.store.SqlStore`; one contract suite runs on all
(`tests/storage/test_store_contract.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from engine.letters.number import NO_LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from engine.actor import Actor, Agency, Post, Role, Unit
    from engine.calendar import AgencyCalendar
    from engine.chain import Head, PersonalValue, Record
    from engine.decision import DecisionRef, StoredDecision
    from engine.ids import (
        AgencyId,
        ChainId,
        DefinitionId,
        DeploymentId,
        IncidentId,
        InstanceId,
        JobId,
        LaneId,
        PersonId,
        PostId,
        RequestId,
        SubscriptionId,
        UserTaskId,
    )
    from engine.incident import Incident
    from engine.job import Job
    from engine.kept_map import KeptMap
    from engine.letters.number import LetterChanges
    from engine.letters.port import Letters
    from engine.message import Subscription
    from engine.office import Holding, PersonEntry, PostEntry, Roster, UnitEntry
    from engine.office_value import OfficeValue
    from engine.user_task import UserTask
    from engine.version import Version
    from engine.wait import WaitKind
    from engine.wait_length import WaitLength

T = TypeVar("T")


class InstanceState(StrEnum):
    """Where a case stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A case at rest: the live tokens (`frontier`), the current variables once, and where its history ends.

    `frontier` is written and read by `engine.spiff.codec` only; `variables` is canonical JSON, one object a scope by its
    number (`{"0":{...}}`). `number` and `subject` are the values of the fields that the process names (`perkara.nomor`,
    `perkara.perihal`). A secret case (`sifat` = `rahasia`) is seen by few. `parent` is the case that began this one. `revision` counts the commands that changed the case.
    """

    id: InstanceId
    agency: AgencyId
    definition: DefinitionId
    key: str
    state: InstanceState
    revision: int
    number: str
    subject: str
    business_key: str
    started_at: datetime
    ended_at: datetime | None
    frontier: bytes
    variables: bytes
    head: Head
    is_secret: bool = False
    parent: InstanceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of a process, as deployed: the file byte for byte, its forms and what it calls.

    `digest` is the SHA-256 over drawing and forms; `lanes` are the lanes whose holders see its cases, `starters` the lanes
    whose holders may start one (recorders stand in for external lanes in both); `starter_groups` (posts or units) and
    `starter_persons` (logins) narrow that, both empty for all of them. `calls` pins each call (`engine.call_ref.CallRef.pin`) to the version found at deploy.
    `tag` is the version tag, `retention` how long cases are to be kept, both as the drawing says.
    """

    id: DefinitionId
    deployment: DeploymentId
    agency: AgencyId
    key: str
    version: int
    name: str
    digest: str
    resource: str
    source: bytes
    forms: Mapping[str, bytes]
    calls: Mapping[str, DefinitionId]
    lanes: frozenset[LaneId]
    starters: frozenset[LaneId]
    deployed_at: datetime
    tag: str = ""
    starter_groups: tuple[str, ...] = ()
    starter_persons: tuple[str, ...] = ()
    retention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitChanges:
    """What changes of that which cases wait for besides people: new, no longer needed, and carried out.

    `jobs` and `subscriptions` are new; one whose id is there already takes its place. `dropped_jobs` and
    `dropped_subscriptions` are gone from now on; an unknown one is no error. `finished` are locked jobs whose work this
    command is: the fence of each is checked. `raised` are new incidents, `resolved` ids of those that ended. A failed job
    that an incident names is `failed`: locked before, it waits for a person (code of the failure behind it).
    """

    jobs: tuple[Job, ...] = ()
    dropped_jobs: tuple[JobId, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    dropped_subscriptions: tuple[SubscriptionId, ...] = ()
    finished: tuple[Job, ...] = ()
    failed: tuple[tuple[Job, str], ...] = ()
    raised: tuple[Incident, ...] = ()
    resolved: tuple[IncidentId, ...] = ()


NO_WAITS = WaitChanges()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one command does to one case; written in one transaction.

    `new_tasks` and `changed_tasks` are disjoint; a changed task's `revision` is one more than the stored one, and so is
    the instance's unless `is_new`. `opened_tasks` were seen for the first time: only their `opened_at` is written, their
    revision stays, so that nobody's work is in the way. The same with `dated_tasks`: only their deadline is written, and what
    was told of it. `files` are the contents that the case uses from now on.
    """

    instance: Instance
    is_new: bool = False
    records: tuple[Record, ...] = ()
    personal: tuple[PersonalValue, ...] = ()
    new_tasks: tuple[UserTask, ...] = ()
    changed_tasks: tuple[UserTask, ...] = ()
    opened_tasks: tuple[UserTask, ...] = ()
    dated_tasks: tuple[UserTask, ...] = ()
    files: frozenset[str] = frozenset()
    letters: LetterChanges = NO_LETTERS
    waits: WaitChanges = NO_WAITS


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyChanges:
    """What one act outside cases does to an agency: new definitions, people, or only records; one transaction.

    Units, posts, persons and holdings are written whole over what is there of the same id (a holding: the same person, post
    and beginning); persons are there already. An account that is closed loses its sessions. What the start events of a new
    definition wait for (`waits`) takes the place of what those of its older versions did.
    `calendar` is written whole over the one of the revision before, with the agency's zone, each of `wait_lengths` and `office_values` over the one before at its place.
    `decisions` are new versions; `decisions_kept` are there already and belong to their `deployment` too from now on.
    `maps` are new versions of maps that are only drawn.
    """

    head: Head
    records: tuple[Record, ...]
    definitions: tuple[Definition, ...] = ()
    registrations: tuple[Registration, ...] = ()
    units: tuple[UnitEntry, ...] = ()
    posts: tuple[PostEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    holdings: tuple[Holding, ...] = ()
    letters: LetterChanges = NO_LETTERS
    waits: WaitChanges = NO_WAITS
    calendar: AgencyCalendar | None = None
    wait_lengths: tuple[WaitLength, ...] = ()
    office_values: tuple[OfficeValue, ...] = ()
    decisions: tuple[StoredDecision, ...] = ()
    decisions_kept: tuple[StoredDecision, ...] = ()
    maps: tuple[KeptMap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A person with an account: the posts held from now on and the Argon2 hash of the password."""

    person: PersonId
    agency: AgencyId
    login: str
    name: str
    posts: tuple[PostId, ...]
    roles: frozenset[Role]
    password_hash: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An agency's units and posts, as they are set up."""

    agency: Agency
    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = field(default=())


class Transaction(Protocol):
    """What a command may read and write. Reading a case or an agency's head locks it until the transaction ends."""

    @property
    def letters(self) -> Letters:
        """The registers of letter numbers."""
        ...

    def find_request(self, request: RequestId) -> Record | None:
        """Give the first record that the request wrote, or None if it has not been carried out."""
        ...

    def get_instance(self, instance: InstanceId) -> Instance:
        """Give the case, locked. Raises NotFound."""
        ...

    def get_case_of(self, task: UserTaskId) -> tuple[Instance, UserTask]:
        """Give a task and its case, locked. Raises NotFound."""
        ...

    def list_open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case, oldest first."""
        ...

    def count_ancestors(self, instance: InstanceId) -> int:
        """Count the cases above a case: the one that began it, the one that began that, and so on; none is locked."""
        ...

    def list_records(self, chain: ChainId, after: int = 0) -> tuple[Record, ...]:
        """Give all records of a chain behind the number `after`, in order."""
        ...

    def list_personal(self, chain: ChainId) -> Mapping[tuple[int, str], bytes]:
        """Give the personal values kept beside a chain, by record number and key; erased ones are missing."""
        ...

    def get_definition(self, definition: DefinitionId) -> Definition:
        """Give a version of a process. Raises NotFound."""
        ...

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        """Give the newest version of an agency's process."""
        ...

    def list_versions(self, agency: AgencyId, key: str) -> tuple[Version, ...]:
        """Give the versions of an agency's process, the newest first."""
        ...

    def list_subscriptions(
        self, agency: AgencyId, kind: WaitKind, name: str, key: str | None
    ) -> tuple[Subscription, ...]:
        """Give who waits for a message or signal of this name, by id, none locked.

        With a key those that wait for it and start events, which take any; with None everybody.
        """
        ...

    def find_wait_length(self, agency: AgencyId, process: str, element: str) -> str:
        """Give the agency's own length of a wait that no document states, by process key and element; '' without one."""
        ...

    def list_office_values(self, agency: AgencyId, process: str) -> tuple[OfficeValue, ...]:
        """Give the numbers that the agency has set for a process, by its key."""
        ...

    def find_decision(
        self, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
    ) -> StoredDecision | None:
        """Give the version of an agency's decision that a drawing of this deployment means.

        With a tag, or without any binding, the newest one of those that fit.
        """
        ...

    def find_map(self, agency: AgencyId, key: str) -> KeptMap | None:
        """Give the newest map of an agency's process that is only drawn."""
        ...

    def find_subscription(self, subscription: SubscriptionId) -> Subscription | None:
        """Give a subscription."""
        ...

    def find_job(self, job: JobId) -> Job | None:
        """Give a job as it stands, whoever has it."""
        ...

    def list_jobs_of(self, instance: InstanceId) -> tuple[Job, ...]:
        """Give the jobs that a case waits for: of timers and of the work of service tasks."""
        ...

    def list_subscriptions_of(self, instance: InstanceId) -> tuple[Subscription, ...]:
        """Give the messages and signals that a case waits for."""
        ...

    def find_incident(self, incident: IncidentId) -> Incident | None:
        """Give an incident, open or over."""
        ...

    def list_incidents(self, instance: InstanceId) -> tuple[Incident, ...]:
        """Give the open incidents of a case, oldest first."""
        ...

    def list_groups(self, agency: AgencyId) -> frozenset[str]:
        """Give the ids of the agency's posts and units, by which a task can be narrowed."""
        ...

    def get_actor(self, person: PersonId) -> Actor:
        """Give a person with the posts held now. Raises NotFound for an unknown or closed account."""
        ...

    def find_person(self, agency: AgencyId, login: str) -> Actor | None:
        """Give the person of an agency with this login, if there is an open account."""
        ...

    def knows_login(self, agency: AgencyId, login: str) -> bool:
        """Tell whether the agency has an account with this login, open or closed."""
        ...

    def list_held_tasks(self, person: PersonId) -> tuple[UserTask, ...]:
        """Give the open tasks that a person holds, by id; none is locked."""
        ...

    def get_roster(self, agency: AgencyId) -> Roster:
        """Give the agency's units, posts, persons and holdings. Raises NotFound for an unknown agency."""
        ...

    def get_agency(self, agency: AgencyId) -> Agency:
        """Give an agency. Raises NotFound."""
        ...

    def get_agency_head(self, agency: AgencyId) -> Head:
        """Give the head of the agency's own chain, locked. Raises NotFound for an unknown agency."""
        ...

    def get_calendar(self, agency: AgencyId) -> AgencyCalendar:
        """Give the agency's calendar; until the transaction ends, nobody changes it. Raises NotFound for an unknown agency."""
        ...

    def count_moved(self, agency: AgencyId, count: int) -> None:
        """Count deadlines that moved because the agency's calendar changed; a calendar that is saved begins at none."""
        ...

    def save_office(self, office: Office) -> None:
        """Write the agency with its units and posts; what is there already is brought up to date, nothing is removed."""
        ...

    def save(self, changes: Changes) -> None:
        """Write what a command did to a case, and the job that tells whom it concerns (`engine.notice.notify_job`).

        Raises Conflict when the case or a task is no longer what was read.
        """
        ...

    def save_agency(self, changes: AgencyChanges) -> None:
        """Write what an act did to an agency, and the job that tells whom it concerns.

        Raises Conflict when its chain, a version or a login was taken meanwhile.
        """
        ...

    def save_waits(self, changes: WaitChanges) -> None:
        """Write what changes of waits without an act on a case or an agency: a signal that spreads, what came to nobody.

        Raises LeaseLost when a job that was carried out is another worker's meanwhile. `save` and `save_agency` do the same
        with their `waits`.
        """
        ...


class Store(Protocol):
    """Runs commands, each in a transaction of its own."""

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run the work and commit; on any exception nothing is written and the exception goes on.

        When the database finds that another command changed the same row first, the work is run again on the new state,
        a few times; it must therefore have no effect of its own. After that, Conflict.
        """
        ...
