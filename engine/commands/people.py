"""Commands of an administrator on the office: units, posts, persons, who holds what, and what leaves somebody's desk."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import instance as case
from engine import permission
from engine.actor import Signature
from engine.chain import agency_chain, append
from engine.clock import as_text
from engine.commands.commands import Commands, reason_of
from engine.errors import Conflict, NotAllowed
from engine.history import TasksReassigned, UserTaskAssigned, UserTaskUnclaimed
from engine.office import Handover, OfficeChange, after, holdings, people, structure
from engine.office.handover import expect_seen
from engine.store import AgencyChanges
from engine.user_task import TaskState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from engine.actor import Actor, Post, Unit
    from engine.history import HistoryEvent
    from engine.ids import PersonId, PostId, RequestId, UnitId
    from engine.instance import Act
    from engine.office import Holding, PersonEntry, Roster
    from engine.store import Registration, Transaction
    from engine.user_task import UserTask

    Plan = Callable[[Roster, datetime], OfficeChange]
    Lost = Callable[[Transaction, Roster, datetime], tuple[UserTask, ...]]

NOTHING = Handover()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clearing:
    """Which tasks leave a person's desk by an act, and what becomes of them."""

    person: PersonId
    lost: Lost
    handover: Handover

    def tasks(self, tx: Transaction, roster: Roster, now: datetime) -> tuple[UserTask, ...]:
        """Give the tasks, locked in one order. Raises Conflict for one that nothing was decided on."""
        listed = sorted(self.lost(tx, roster, now), key=lambda task: task.id)
        again = (tx.get_case_of(task.id)[1] for task in listed)
        found = tuple(t for t in again if t.is_open and t.holder == self.person)
        expect_seen(found, self.handover)
        return found

    def told(self, roster: Roster, tasks: Iterable[UserTask]) -> TasksReassigned:
        """Give the event that tells of it in the agency's chain. Raises InvalidSubmission without a reason."""
        return TasksReassigned(
            person=self.person,
            name=roster.get_person(self.person).name,
            tasks=tuple(task.id for task in tasks),
            reason=reason_of(self.handover.reason),
        )


class PeopleCommands(Commands):
    """Change who there is.

    Every command raises NotAllowed (`not_administrator`) unless the actor is an administrator of the agency now, and leaves
    one signed record with its request id, and those that follow from it, in the agency's chain. An act that changes nothing
    leaves nothing.
    """

    def save_unit(self, unit: Unit, *, seen: int | None, actor: Actor, request: RequestId) -> None:
        """Add a unit (`seen` None), rename it or open it again; raises as `structure.save_unit`."""
        self._change(actor, request, lambda r, _: structure.save_unit(r, unit, seen=seen))

    def close_unit(self, unit: UnitId, *, actor: Actor, request: RequestId) -> None:
        """Close a unit without open posts; raises as `structure.close_unit`."""
        self._change(actor, request, lambda r, now: structure.close_unit(r, unit, now))

    def save_post(
        self, post: Post, standing: int, *, seen: int | None, actor: Actor, request: RequestId
    ) -> None:
        """Add a post (`seen` None), change it or open it again; raises as `structure.save_post`."""
        self._change(actor, request, lambda r, _: structure.save_post(r, post, standing, seen=seen))

    def close_post(self, post: PostId, *, actor: Actor, request: RequestId) -> None:
        """Close a post that nobody holds; raises as `structure.close_post`."""
        self._change(actor, request, lambda r, now: structure.close_post(r, post, now))

    def enrol(
        self,
        registrations: Iterable[Registration],
        begun: Iterable[Holding] = (),
        *,
        actor: Actor,
        request: RequestId,
    ) -> None:
        """Give new persons accounts, and persons posts, all or none; raises as `people.register` and `start_holding`."""
        new, held = tuple(registrations), tuple(begun)

        def plan(roster: Roster, _now: datetime) -> OfficeChange:
            change = OfficeChange(events=())
            for registration in new:
                change += people.register(after(roster, change), registration)
            for holding in held:
                change += holdings.start_holding(after(roster, change), holding)
            return change

        self._change(actor, request, plan)

    def change_person(
        self, person: PersonEntry, *, seen: int, actor: Actor, request: RequestId
    ) -> None:
        """Change a person's login, name, e-mail address and roles; raises as `people.change_person`."""
        self._change(actor, request, lambda r, _: people.change_person(r, person, seen=seen))

    def open_person(self, person: PersonId, *, actor: Actor, request: RequestId) -> None:
        """Open a closed account again, without posts; raises as `people.open_person`."""
        self._change(actor, request, lambda r, _: people.open_person(r, person))

    def close_person(
        self, person: PersonId, handover: Handover, *, actor: Actor, request: RequestId
    ) -> None:
        """Close an account and leave nothing on its desk: each task goes to somebody eligible or back to its lane.

        Raises as `people.close_person`; InvalidSubmission without a reason, Conflict (`handover_changed`) for a task that
        the sender has not decided on, NotAllowed (`person_not_eligible`) for one who may not do it.
        """
        reason = reason_of(handover.reason)

        def plan(roster: Roster, now: datetime) -> OfficeChange:
            return people.close_person(roster, person, by=actor.person, reason=reason, now=now)

        def lost(tx: Transaction, _roster: Roster, _now: datetime) -> tuple[UserTask, ...]:
            return tx.list_held_tasks(person)

        self._change(actor, request, plan, _Clearing(person=person, lost=lost, handover=handover))

    def start_holding(self, holding: Holding, *, actor: Actor, request: RequestId) -> None:
        """Let a person hold a post for a period; raises as `holdings.start_holding`."""
        self._change(actor, request, lambda r, _: holdings.start_holding(r, holding))

    def end_holding(
        self,
        holding: Holding,
        held_to: datetime | None,
        handover: Handover = NOTHING,
        *,
        actor: Actor,
        request: RequestId,
    ) -> None:
        """Let a holding end before a moment, None for now; tasks that the person may no longer do leave the desk at once.

        Raises as `holdings.end_holding`, and for the tasks as `close_person`. An end that is still to come takes no task
        away.
        """

        def plan(roster: Roster, now: datetime) -> OfficeChange:
            return holdings.end_holding(roster, holding, held_to, now)

        def lost(tx: Transaction, roster: Roster, now: datetime) -> tuple[UserTask, ...]:
            lanes = roster.lanes_of(holding.person, now)
            return tuple(t for t in tx.list_held_tasks(holding.person) if t.lane not in lanes)

        self._change(
            actor, request, plan, _Clearing(person=holding.person, lost=lost, handover=handover)
        )

    def hand_over(
        self, person: PersonId, handover: Handover, *, actor: Actor, request: RequestId
    ) -> None:
        """Give tasks that a person holds to somebody eligible or back to their lanes; the others stay.

        Raises InvalidSubmission without a reason, NotAllowed (`person_not_eligible`) for one who may not do a task.
        """

        def lost(tx: Transaction, _roster: Roster, _now: datetime) -> tuple[UserTask, ...]:
            return tuple(t for t in tx.list_held_tasks(person) if t.id in handover.tasks)

        def plan(roster: Roster, _now: datetime) -> OfficeChange:
            roster.get_person(person)
            return OfficeChange(events=())

        self._change(actor, request, plan, _Clearing(person=person, lost=lost, handover=handover))

    def _change(
        self, actor: Actor, request: RequestId, plan: Plan, clearing: _Clearing | None = None
    ) -> None:
        """Carry an act out once: the roster, then the tasks that a person loses by it."""

        def work(tx: Transaction) -> None:
            head = tx.get_agency_head(actor.agency)
            if was_carried_out(tx, request, actor):
                return
            roster, now = tx.get_roster(actor.agency), self._clock.now()
            permission.expect_administrator(roster, actor)
            change = plan(roster, now)
            roster, events = after(roster, change), change.events
            tasks = clearing.tasks(tx, roster, now) if clearing else ()
            if clearing and tasks:
                events += (clearing.told(roster, tasks),)
            if not events:
                return
            by, at = Signature.of(actor), as_text(now)
            records, head = append(head, events, at=at, by=by, request=request)
            tx.save_agency(_changes(change, AgencyChanges(head=head, records=records)))
            if clearing:
                act = dataclasses.replace(self._act(tx, actor, None, request), request=None)
                for task in tasks:
                    _move(tx, task, clearing.handover, actor, act)

        self._store.transact(work)


def _move(tx: Transaction, task: UserTask, handover: Handover, actor: Actor, act: Act) -> None:
    """Give one task to whom it goes; the request id stands once in the history, in the agency's chain."""
    instance, found = tx.get_case_of(task.id)
    to, reason = handover.tasks[task.id], reason_of(handover.reason)
    event: HistoryEvent
    if to is None:
        moved = case.move(found, TaskState.CREATED, act)
        event = UserTaskUnclaimed(task=task.id, reason=reason)
    else:
        target = _eligible(tx, found, to, actor)
        moved = case.move(found, TaskState.CLAIMED, act, holder=Signature.of(target))
        event = UserTaskAssigned(task=task.id, to=to, to_name=target.name, reason=reason)
    tx.save(case.note(instance, dataclasses.replace(moved, follow_up=""), event, act))


def was_carried_out(tx: Transaction, request: RequestId, actor: Actor) -> bool:
    """Tell whether the actor gave this command on the office before. Raises Conflict when something else had this request."""
    before = tx.find_request(request)
    if before is None:
        return False
    of_office = before.chain == agency_chain(actor.agency)
    if before.by is None or before.by.person != actor.person or not of_office:
        raise Conflict(f"Expected a new request id, but {request} was used", code="request_reused")
    return True


def _changes(change: OfficeChange, records: AgencyChanges) -> AgencyChanges:
    return dataclasses.replace(
        records,
        registrations=change.registrations,
        units=change.units,
        posts=change.posts,
        persons=change.persons,
        holdings=change.holdings,
    )


def _eligible(tx: Transaction, task: UserTask, to: PersonId, actor: Actor) -> Actor:
    target = tx.get_actor(to)
    permission.same_agency(target.agency, actor)
    if not permission.is_candidate(task, target):
        raise NotAllowed(
            f"Expected a candidate of {task.id}, but {to} is none",
            code="person_not_eligible",
            person=target.name,
            task=task.name,
        )
    return target
