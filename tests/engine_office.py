"""An office for tests of the commands: people behind their posts, a clock that stands, and a history that is checked.

After every command the case's history, folded, must be the case as stored; the chain must be whole.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kit import values_of

from engine.actor import Role, Signature
from engine.chain import GENESIS, agency_chain, digest, instance_chain
from engine.ids import AgencyId, PersonId, PostId, RequestId
from engine.replay import Moment, fold
from engine.runtime import Runtime
from engine.spiff.catching import Circumstances
from engine.spiff.execution import Execution
from engine.store import Instance, Registration
from engine.testing import (
    FixedClock,
    MemoryStore,
    example_office,
    example_post,
    predictable_ids,
)
from engine.user_task import OPEN, UserTask
from engine.variables import dump, object_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from engine.actor import Actor, Post
    from engine.chain import Record
    from engine.ids import DefinitionId, InstanceId, UserTaskId
    from engine.store import Definition

UNUSED = "-"
"""A password hash that fits no password."""

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
"""Noon in the office's zone, Asia/Jakarta."""

POSTS = (
    example_post("kepala", "kepala", unit="pimpinan"),
    example_post("umum", "petugas", unit="sekretariat"),
    example_post("bidang", "petugas", unit="bidang"),
)


class Dinas:
    """An agency `contoh`, a person for each post (called like the post), an overseer, and an agency `lain` beside it."""

    def __init__(self, *posts: Post) -> None:
        self.clock = FixedClock(NOON)
        self.store = MemoryStore(self.clock)
        self.runtime = Runtime(self.store, self.clock, predictable_ids(self.clock))
        self._requests = count(1)
        self.runtime.set_up(example_office(*(posts or POSTS)))
        self.runtime.set_up(example_office(example_post("tamu", "petugas"), agency="lain"))
        for post in posts or POSTS:
            self.hire(post.id, post.id)
        self.hire("pengawas", roles=frozenset({Role.PROCESS_OWNER}))
        self.hire("tamu", "tamu", agency="lain")

    def hire(
        self,
        login: str,
        *posts: str,
        agency: str = "contoh",
        roles: frozenset[Role] = frozenset({Role.STAFF}),
    ) -> None:
        """Give a person an account; its id is the login."""
        registration = Registration(
            person=PersonId(login),
            agency=AgencyId(agency),
            login=login,
            name=f"Nama {login}",
            posts=tuple(map(PostId, posts)),
            roles=roles,
            password_hash=UNUSED,
        )
        self.runtime.register(registration, by=Signature.of_system())

    def person(self, login: str) -> Actor:
        """Give a person as they are now."""
        return self.store.transact(lambda tx: tx.get_actor(PersonId(login)))

    def request(self) -> RequestId:
        """Give a new request id."""
        return RequestId(f"permintaan-{next(self._requests)}")

    # commands, each with a new request id and the revision that the page would have shown

    def deploy(self, package: Mapping[str, bytes]) -> dict[str, Definition]:
        """Deploy a package; gives what is in force of it, by key."""
        found = self.runtime.deploy(package, agency=AgencyId("contoh"), by=Signature.of_system())
        return {definition.key: definition for definition in found}

    def deploy_one(self, package: Mapping[str, bytes]) -> Definition:
        """Deploy a package with one process."""
        (definition,) = self.deploy(package).values()
        return definition

    def start(self, definition: DefinitionId, login: str) -> InstanceId:
        """Start a case."""
        actor = self.person(login)
        return self.agree(self.runtime.start(definition, actor=actor, request=self.request()))

    def claim(self, task: UserTask, login: str) -> InstanceId:
        """Take a task."""
        actor, request = self.person(login), self.request()
        return self.agree(
            self.runtime.claim(task.id, actor=actor, request=request, revision=task.revision)
        )

    def take_over(self, task: UserTask, login: str) -> InstanceId:
        """Take a task from a colleague's desk."""
        actor, request = self.person(login), self.request()
        return self.agree(
            self.runtime.take_over(task.id, actor=actor, request=request, revision=task.revision)
        )

    def unclaim(self, task: UserTask, login: str, reason: str = "salah ambil") -> InstanceId:
        """Put a task back."""
        actor, request = self.person(login), self.request()
        return self.agree(
            self.runtime.unclaim(
                task.id, reason, actor=actor, request=request, revision=task.revision
            )
        )

    def postpone(self, task: UserTask, login: str, until: date | None) -> InstanceId:
        """Put a task aside until a day, or take it up again."""
        actor, request = self.person(login), self.request()
        return self.agree(
            self.runtime.postpone(
                task.id, until, actor=actor, request=request, revision=task.revision
            )
        )

    def assign(self, task: UserTask, to: str, *, by: str, note: str = "") -> InstanceId:
        """Give a task to a person."""
        return self.agree(
            self.runtime.assign(
                task.id,
                PersonId(to),
                actor=self.person(by),
                request=self.request(),
                revision=task.revision,
                note=note,
            )
        )

    def complete(self, task: UserTask, login: str, /, **values: object) -> InstanceId:
        """Finish a task."""
        return self.agree(
            self.runtime.complete(
                task.id,
                values_of(values),
                actor=self.person(login),
                request=self.request(),
                revision=task.revision,
            )
        )

    def cancel(self, instance: InstanceId, reason: str, login: str) -> InstanceId:
        """Stop a case."""
        return self.agree(
            self.runtime.cancel(
                instance,
                reason,
                actor=self.person(login),
                request=self.request(),
                revision=self.case(instance).revision,
            )
        )

    # what there is

    def case(self, instance: InstanceId) -> Instance:
        """Give a case as stored."""
        return self.store.transact(lambda tx: tx.get_instance(instance))

    def tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        return self.store.transact(lambda tx: tx.list_open_tasks(instance))

    def task(self, instance: InstanceId, element: str = "") -> UserTask:
        """Give the only open task of a case, or the only one at an element."""
        (found,) = (t for t in self.tasks(instance) if element in ("", t.element))
        return found

    def any_task(self, task: UserTaskId) -> UserTask:
        """Give a task, open or not."""
        return self.store.transact(lambda tx: tx.get_case_of(task)[1])

    def values(self, instance: InstanceId) -> Mapping[str, object]:
        """Give the case's own variables."""
        return self.at(instance).variables()

    def at(self, instance: InstanceId) -> Moment:
        """Give the case as its history tells it."""
        chain = instance_chain(instance)
        return fold(self.records(instance), self.store.personal_values(chain))

    def records(self, instance: InstanceId) -> tuple[Record, ...]:
        """Give the history of a case."""
        return self.store.list_records(instance_chain(instance))

    def office_records(self) -> tuple[Record, ...]:
        """Give the history of the agency."""
        return self.store.list_records(agency_chain(AgencyId("contoh")))

    def told(self, instance: InstanceId) -> Counter[str]:
        """Count the events of a case by their type."""
        return Counter(record.event.type for record in self.records(instance))

    def at_rest(self, instance: InstanceId) -> tuple[object, ...]:
        """Give everything that is kept of a case, to see that a refused command changed nothing."""
        chain = instance_chain(instance)
        kept = (self.case(instance), self.tasks(instance), self.records(instance))
        return (*kept, self.store.personal_values(chain), self.store.list_files(instance))

    def agree(self, instance: InstanceId) -> InstanceId:
        """Check that the folded history is the stored case, and that its chain is whole."""
        case, moment, records = self.case(instance), self.at(instance), self.records(instance)
        assert moment.state == case.state
        assert dump(_scopes(moment)) == dump(object_of(case.variables))
        assert {
            (task, t.element, t.lane, t.state, t.holder)
            for task, t in moment.tasks.items()
            if t.state in OPEN
        } == {(t.id, t.element, t.lane, t.state, t.holder or "") for t in self.tasks(instance)}
        live = {token: (a.element, a.scope) for token, a in moment.active.items()}
        assert live == self._loaded(case).active()
        assert [r.seq for r in records] == list(range(1, case.head.seq + 1))
        assert [r.prev for r in records] == [GENESIS, *(r.hash for r in records[:-1])]
        assert all(digest(r) == r.hash for r in records)
        assert case.head.hash == records[-1].hash
        return instance

    def _loaded(self, case: Instance) -> Execution:
        return Execution.load(
            case.id,
            case.definition,
            self.runtime.program,
            Circumstances(
                now=self.clock.now(),
                zone=lambda: ZoneInfo("Asia/Jakarta"),
                business_key=case.business_key,
                length_of=lambda _process, _element: "",
            ),
            frontier=case.frontier,
            variables=case.variables,
        )


def _scopes(moment: Moment) -> dict[str, object]:
    return {str(scope): dict(moment.variables(scope)) for scope in moment.scopes}
