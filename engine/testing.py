"""What tests need in place of a database, a machine's clock and chance; shipped, so that users test as we do.

`MemoryStore` is a real implementation of the port, kept in step with `storage.store.SqlStore` by one contract suite
(`tests/storage/test_store_contract.py`). It keeps nothing when the process ends.
"""

from __future__ import annotations

import threading
from collections import ChainMap
from dataclasses import dataclass, field, fields, replace
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from engine.actor import Actor, Agency, Post, Role, Unit
from engine.chain import Head, agency_chain, read_event
from engine.errors import Conflict, NotFound
from engine.ids import AgencyId, Ids, LaneId, PersonId, PostId, UnitId
from engine.store import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from datetime import datetime, timedelta

    from engine.chain import PersonalValue, Record
    from engine.clock import Clock
    from engine.ids import ChainId, DefinitionId, InstanceId, RequestId, UserTaskId
    from engine.store import AgencyChanges, Changes, Definition, Instance, Registration, Transaction
    from engine.user_task import UserTask

K = TypeVar("K")
T = TypeVar("T")


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Give the time that the clock was last set to."""
        return self._now

    def advance(self, step: timedelta) -> None:
        """Move the clock by a step (a negative one moves it back)."""
        self._now += step

    def set(self, moment: datetime) -> None:
        """Set the clock to a moment."""
        self._now = moment


def predictable_ids(clock: Clock) -> Ids:
    """Give ids whose random part counts 1, 2, 3…, so that a test can be repeated."""
    numbers = count(1)
    return Ids(clock, lambda size: next(numbers).to_bytes(size, "big"))


def example_post(name: str, *lanes: str, unit: str = "umum") -> Post:
    """Give a post (its id is its name) of a unit that stands for the lanes."""
    return Post(id=PostId(name), name=name, unit=UnitId(unit), lanes=frozenset(map(LaneId, lanes)))


def example_office(*posts: Post, agency: str = "contoh") -> Office:
    """Give an office in Jakarta's time with these posts, highest first, and their units."""
    units = dict.fromkeys(post.unit for post in posts)
    return Office(
        agency=Agency(id=AgencyId(agency), name=f"Dinas {agency}", zone="Asia/Jakarta"),
        units=tuple(Unit(id=unit, name=f"Bidang {unit}") for unit in units),
        posts=posts,
    )


def example_actor(login: str, *posts: Post, agency: str = "contoh") -> Actor:
    """Give a member of staff (id and name made from the login) who holds these posts."""
    return Actor(
        person=PersonId(login),
        login=login,
        name=login.title(),
        agency=AgencyId(agency),
        posts=posts,
        roles=frozenset({Role.STAFF}),
    )


@dataclass(kw_only=True, slots=True)
class _Tables:
    """All that is kept, by id."""

    instances: MutableMapping[InstanceId, Instance] = field(default_factory=dict)
    tasks: MutableMapping[UserTaskId, UserTask] = field(default_factory=dict)
    open_tasks: MutableMapping[InstanceId, tuple[UserTaskId, ...]] = field(default_factory=dict)
    definitions: MutableMapping[DefinitionId, Definition] = field(default_factory=dict)
    records: MutableMapping[tuple[ChainId, int], Record] = field(default_factory=dict)
    requests: MutableMapping[RequestId, Record] = field(default_factory=dict)
    personal: MutableMapping[tuple[ChainId, int, str], PersonalValue] = field(default_factory=dict)
    agencies: MutableMapping[AgencyId, tuple[Agency, Head]] = field(default_factory=dict)
    units: MutableMapping[tuple[AgencyId, UnitId], Unit] = field(default_factory=dict)
    posts: MutableMapping[tuple[AgencyId, PostId], tuple[int, Post]] = field(default_factory=dict)
    persons: MutableMapping[PersonId, Registration] = field(default_factory=dict)
    files: MutableMapping[InstanceId, frozenset[str]] = field(default_factory=dict)

    def draft(self) -> _Tables:
        """Give a copy to write to; it looks through to what is kept here."""
        return _Tables(**{f.name: ChainMap({}, getattr(self, f.name)) for f in fields(self)})

    def accept(self, draft: _Tables) -> None:
        """Keep what was written to a draft."""
        for f in fields(self):
            getattr(self, f.name).update(getattr(draft, f.name).maps[0])


class MemoryStore:
    """A store in memory: one command at a time, each written whole or not at all."""

    def __init__(self) -> None:
        self._tables = _Tables()
        self._one_at_a_time = threading.Lock()

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run the work on a draft, and keep the draft if it ends well."""
        with self._one_at_a_time:
            draft = self._tables.draft()
            result = work(_MemoryTransaction(draft))
            self._tables.accept(draft)
        return result

    def list_records(self, chain: ChainId) -> tuple[Record, ...]:
        """Give the records of a chain in order, each event read back from its stored form."""
        kept = self._tables.records
        numbers = range(1, sum(1 for key in kept if key[0] == chain) + 1)
        return tuple(_read_back(kept[chain, seq]) for seq in numbers)

    def personal_values(self, chain: ChainId) -> Mapping[tuple[int, str], bytes]:
        """Give the personal values kept beside a chain, by record number and key."""
        kept = self._tables.personal.values()
        return {(value.seq, value.key): value.value for value in kept if value.chain == chain}

    def list_files(self, instance: InstanceId) -> frozenset[str]:
        """Give the digests of the files that a case uses."""
        return self._tables.files.get(instance, frozenset())


class _MemoryTransaction:
    """One command's view of the tables; see `engine.store.Transaction` for what each method promises."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables

    # Each method does what the port `engine.store.Transaction` says of it.

    def find_request(self, request: RequestId) -> Record | None:
        found = self._tables.requests.get(request)
        return None if found is None else _read_back(found)

    def get_instance(self, instance: InstanceId) -> Instance:
        return _get(self._tables.instances, instance, "instance")

    def get_case_of(self, task: UserTaskId) -> tuple[Instance, UserTask]:
        found = self._named(_get(self._tables.tasks, task, "task"))
        return self._tables.instances[found.instance], found

    def list_open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        ids = self._tables.open_tasks.get(instance, ())
        return tuple(self._named(self._tables.tasks[task]) for task in ids)

    def get_definition(self, definition: DefinitionId) -> Definition:
        return _get(self._tables.definitions, definition, "definition")

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        versions = (
            d for d in self._tables.definitions.values() if d.agency == agency and d.key == key
        )
        return max(versions, key=lambda definition: definition.version, default=None)

    def list_groups(self, agency: AgencyId) -> frozenset[str]:
        groups = (*self._tables.posts, *self._tables.units)
        return frozenset(group for owner, group in groups if owner == agency)

    def get_actor(self, person: PersonId) -> Actor:
        return self._actor(_get(self._tables.persons, person, "person"))

    def find_person(self, agency: AgencyId, login: str) -> Actor | None:
        people = (self._actor(person) for person in self._tables.persons.values())
        return next((p for p in people if p.agency == agency and p.login == login), None)

    def get_agency(self, agency: AgencyId) -> Agency:
        return _get(self._tables.agencies, agency, "agency")[0]

    def get_agency_head(self, agency: AgencyId) -> Head:
        return _get(self._tables.agencies, agency, "agency")[1]

    def save_office(self, office: Office) -> None:
        agency, tables = office.agency, self._tables
        _, head = tables.agencies.get(agency.id, (agency, Head(chain=agency_chain(agency.id))))
        tables.agencies[agency.id] = (agency, head)
        tables.units.update({(agency.id, unit.id): unit for unit in office.units})
        for standing, post in enumerate(office.posts):
            tables.posts[agency.id, post.id] = (standing, post)

    def save(self, changes: Changes) -> None:
        new, tables = changes.instance, self._tables
        if not changes.is_new and tables.instances[new.id].revision != new.revision - 1:
            raise _taken("instance_changed", "a case as it was read", id=new.id)
        tables.instances[new.id] = new
        for task in changes.changed_tasks:
            self._change(task)
        tables.tasks.update({task.id: task for task in changes.new_tasks})
        self._keep_open(changes)
        self._append(changes.records)
        tables.personal.update({(p.chain, p.seq, p.key): p for p in changes.personal})
        tables.files[new.id] = tables.files.get(new.id, frozenset()) | changes.files

    def save_agency(self, changes: AgencyChanges) -> None:
        agencies = self._tables.agencies
        for agency, (kept, head) in tuple(agencies.items()):
            if head.chain == changes.head.chain:
                if head.seq != changes.head.seq - len(changes.records):
                    raise _taken("agency_changed", "an agency as it was read", id=agency)
                agencies[agency] = (kept, changes.head)
        self._append(changes.records)
        for definition in changes.definitions:
            self._deploy(definition)
        for registration in changes.registrations:
            self._register(registration)

    def _change(self, task: UserTask) -> None:
        kept = self._tables.tasks[task.id]
        if kept.revision != task.revision - 1:
            raise _taken("task_changed", "a task as it was read", id=task.id)
        self._tables.tasks[task.id] = replace(
            kept,
            state=task.state,
            holder=task.holder,
            revision=task.revision,
            changed_at=task.changed_at,
        )

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

    def _register(self, new: Registration) -> None:
        unknown = [post for post in new.posts if (new.agency, post) not in self._tables.posts]
        if unknown:
            raise NotFound(
                f"Expected posts of the agency, but found {unknown}",
                code="post_unknown",
                posts=tuple(unknown),
            )
        if any(person.login == new.login for person in self._tables.persons.values()):
            raise _taken("login_taken", "a new login", login=new.login)
        self._tables.persons[new.person] = new

    def _actor(self, person: Registration) -> Actor:
        held = sorted(
            (self._tables.posts[person.agency, post] for post in person.posts),
            key=lambda standing_and_post: standing_and_post[0],
        )
        return Actor(
            person=person.person,
            login=person.login,
            name=person.name,
            agency=person.agency,
            posts=tuple(post for _, post in held),
            roles=person.roles,
        )

    def _named(self, task: UserTask) -> UserTask:
        holder = None if task.holder is None else self._tables.persons.get(task.holder)
        return replace(task, holder_name="" if holder is None else holder.name)


def _get(table: Mapping[K, T], key: K, what: str) -> T:
    if key not in table:
        raise NotFound(f"Expected {what} {key!r}, but there is none", code="not_found", what=what)
    return table[key]


def _taken(code: str, expected: str, **params: object) -> Conflict:
    return Conflict(
        f"Expected {expected}, but another command was first: {params}", code=code, **params
    )


def _read_back(record: Record) -> Record:
    # what was written is what counts, not the object that a caller may still hold
    return replace(record, event=read_event(record.event.type, record.data))
