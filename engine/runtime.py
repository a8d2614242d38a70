"""The commands: everything that changes Alur goes through here (DESIGN.md 2).

A command reads, calls one pure function that gives `Changes`, and the store writes them in one transaction. Each carries a
request id: sent twice, it has one effect and the same answer. A task command carries the revision of the task that its
sender saw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine import instance as case
from engine import permission
from engine.actor import Signature
from engine.chain import agency_chain, append
from engine.clock import as_text
from engine.deployment import prepare
from engine.errors import Conflict, InvalidSubmission, NotAllowed
from engine.history import (
    DefinitionDeployed,
    HistoryEvent,
    PersonRegistered,
    UserTaskAssigned,
    UserTaskClaimed,
    UserTaskUnclaimed,
)
from engine.ids import Ids, InstanceId
from engine.spiff.library import Library
from engine.store import AgencyChanges
from engine.user_task import TaskState, UserTask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.actor import Actor, Post
    from engine.clock import Clock
    from engine.ids import AgencyId, DefinitionId, PersonId, RequestId, UserTaskId
    from engine.instance import Act
    from engine.spiff.program import Program
    from engine.store import Definition, Office, Registration, Store, Transaction
    from engine.variables import Value

MAX_REASON = 2_000
"""Characters of the reason for stopping a case."""


class Runtime:
    """The commands of one installation, over a store and a clock."""

    def __init__(self, store: Store, clock: Clock, ids: Ids | None = None) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids or Ids(clock)
        self._library = Library()

    def program(self, definition: DefinitionId) -> Program:
        """Give a deployed version, compiled. Raises NotFound."""
        found = self._library.find(definition)
        return found or self._store.transact(lambda tx: self._library.get(definition, tx))

    # the office

    def set_up(self, office: Office) -> None:
        """Write an agency with its units and posts; what is there already is brought up to date."""
        self._store.transact(lambda tx: tx.save_office(office))

    def register(self, registration: Registration, *, by: Signature) -> None:
        """Give a person an account and posts. Raises Conflict when the login is taken."""
        event = PersonRegistered(
            person=registration.person,
            login=registration.login,
            posts=tuple(registration.posts),
            roles=tuple(sorted(registration.roles)),
        )

        def work(tx: Transaction) -> None:
            head = tx.get_agency_head(registration.agency)
            records, head = append(head, [event], at=self._now(), by=by)
            tx.save_agency(AgencyChanges(head=head, records=records, registrations=(registration,)))

        self._store.transact(work)

    def deploy(
        self,
        package: Mapping[str, bytes],
        *,
        agency: AgencyId,
        by: Signature,
        request: RequestId | None = None,
    ) -> tuple[Definition, ...]:
        """Put the processes of a package in force, all or none. Raises Refused with all findings.

        A process that is in force already, with the same drawing, forms and calls, keeps its version. Gives the versions
        now in force of the package's executable processes.
        """

        def work(tx: Transaction) -> tuple[Definition, ...]:
            head = tx.get_agency_head(agency)
            now = self._clock.now()
            prepared = prepare(package, agency=agency, versions=tx, ids=self._ids, now=now)
            if prepared.new:
                events = [_deployed(definition) for definition in prepared.new]
                records, head = append(head, events, at=as_text(now), by=by, request=request)
                tx.save_agency(AgencyChanges(head=head, records=records, definitions=prepared.new))
            return prepared.definitions

        return self._store.transact(work)

    # cases

    def start(
        self,
        definition: DefinitionId,
        *,
        actor: Actor,
        request: RequestId,
        business_key: str = "",
    ) -> InstanceId:
        """Start a case. Raises NotFound for a process of another agency, NotAllowed outside the lanes that start it."""

        def work(tx: Transaction) -> InstanceId:
            program = self._library.get(definition, tx)
            post = permission.starting_post(program.definition, actor)
            act = self._act(tx, actor, post, request)
            changes = case.start(InstanceId(self._ids.new()), program, business_key, act)
            tx.save(changes)
            return changes.instance.id

        return self._once(request, actor, work)

    def cancel(
        self, instance: InstanceId, reason: str, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Stop a case for a reason. Raises WrongState when it is over, Conflict when it was changed meanwhile."""

        def work(tx: Transaction) -> InstanceId:
            found = tx.get_instance(instance)
            definition = self._library.get(found.definition, tx).definition
            permission.expect_may_cancel(found, definition, actor, revision)
            post = next((p for p in actor.posts if p.lanes & definition.starters), None)
            tx.save(case.cancel(found, _reason(reason), self._act(tx, actor, post, request)))
            return instance

        return self._once(request, actor, work)

    # tasks

    def claim(
        self, task: UserTaskId, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Take a free task. Raises NotAllowed when it is for others, Conflict when somebody has it."""

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_not_held_by_other(found, actor)
            permission.expect_revision(found, actor, revision)
            return (
                case.move(found, TaskState.CLAIMED, act, holder=act.by),
                UserTaskClaimed(task=task),
            )

        return self._hand_over(task, actor, request, work)

    def unclaim(
        self, task: UserTaskId, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Put a task back on the lane's desk. Raises NotAllowed unless the actor has it."""

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_revision(found, actor, revision)
            if found.holder != actor.person:
                raise NotAllowed(
                    f"Expected {found.id} with {actor.person}, but it is with {found.holder}",
                    code="task_not_held",
                    task=found.name,
                )
            return case.move(found, TaskState.CREATED, act), UserTaskUnclaimed(task=task)

        return self._hand_over(task, actor, request, work)

    def assign(
        self,
        task: UserTaskId,
        to: PersonId,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Give a task to a person who may do it. Raises NotAllowed when that person may not."""

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            permission.expect_may_assign(found, actor)
            permission.expect_open(found)
            permission.expect_revision(found, actor, revision)
            target = tx.get_actor(to)
            permission.same_agency(target.agency, actor)
            if not permission.is_candidate(found, target):
                raise NotAllowed(
                    f"Expected a candidate of {found.id}, but {to} is none",
                    code="person_not_eligible",
                    person=target.name,
                    task=found.name,
                )
            act = self._act(tx, actor, actor.find_post(found.lane), request)
            holder = Signature.of(target)
            moved = case.move(found, TaskState.CLAIMED, act, holder=holder)
            event = UserTaskAssigned(task=task, to=to, to_name=target.name)
            tx.save(case.note(instance, moved, event, act))
            return instance.id

        return self._once(request, actor, work)

    def complete(
        self,
        task: UserTaskId,
        values: Mapping[str, Value],
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Finish a task with the values of its form; one that nobody has is taken and finished in one.

        Raises InvalidSubmission with all problems of the form, WrongState or Conflict with who and when.
        """

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            post = permission.working_post(found, actor)
            permission.expect_open(found)
            permission.expect_not_held_by_other(found, actor)
            permission.expect_revision(found, actor, revision)
            tx.save(case.complete(instance, found, values, self._act(tx, actor, post, request)))
            return instance.id

        return self._once(request, actor, work)

    def _hand_over(
        self,
        task: UserTaskId,
        actor: Actor,
        request: RequestId,
        change: Callable[[UserTask, Act], tuple[UserTask, HistoryEvent]],
    ) -> InstanceId:
        """Change who has a task."""

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            post = permission.working_post(found, actor)
            permission.expect_open(found)
            act = self._act(tx, actor, post, request)
            moved, event = change(found, act)
            tx.save(case.note(instance, moved, event, act))
            return instance.id

        return self._once(request, actor, work)

    def _once(
        self, request: RequestId, actor: Actor, work: Callable[[Transaction], InstanceId]
    ) -> InstanceId:
        """Carry a request out, unless it was carried out before: then only give its answer again."""

        def guarded(tx: Transaction) -> InstanceId:
            before = tx.find_request(request)
            if before is None:
                return work(tx)
            of_case = before.chain != agency_chain(actor.agency)
            if before.by is None or before.by.person != actor.person or not of_case:
                raise Conflict(
                    f"Expected a new request id, but {request} was used", code="request_reused"
                )
            return InstanceId(before.chain)

        return self._store.transact(guarded)

    def _act(self, tx: Transaction, actor: Actor, post: Post | None, request: RequestId) -> Act:
        return case.Act(
            by=Signature.of(actor, post),
            at=self._clock.now(),
            request=request,
            people=tx,
            zone=lambda: ZoneInfo(tx.get_agency(actor.agency).zone),
            programs=lambda definition: self._library.get(definition, tx),
        )

    def _now(self) -> str:
        return as_text(self._clock.now())


def _deployed(definition: Definition) -> DefinitionDeployed:
    return DefinitionDeployed(
        definition=definition.id,
        key=definition.key,
        version=definition.version,
        digest=definition.digest,
        resource=definition.resource,
    )


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason:
        raise InvalidSubmission("Expected a reason, but there is none", code="reason_missing")
    if len(reason) > MAX_REASON:
        raise InvalidSubmission(
            f"Expected at most {MAX_REASON} characters, but the reason has {len(reason)}",
            code="reason_long",
            limit=MAX_REASON,
        )
    return reason
