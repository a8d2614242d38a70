"""Commands on letter numbers and registers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from engine import instance as case
from engine import lettered, permission
from engine.actor import Signature
from engine.chain import append
from engine.clock import as_text
from engine.commands.commands import Commands, reason_of
from engine.errors import Conflict, NotFound, WrongState
from engine.history import (
    LetterNumberConfirmed,
    LetterNumberReserved,
    LetterNumberVoided,
    LetterRuleChanged,
)
from engine.ids import LetterNumberId
from engine.letters import events
from engine.letters.by_hand import expect_entry, list_problems, list_problems_of_reason
from engine.letters.number import LetterChanges, VoidCause
from engine.letters.permission import expect_ruler, keeping_post
from engine.letters.port import find_rule
from engine.letters.rule import expect_follows, expect_valid
from engine.letters.taking import Desk, WantedIncomplete, refused
from engine.store import AgencyChanges, Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from engine.actor import Actor
    from engine.history import HistoryEvent
    from engine.ids import AgencyId, InstanceId, RegisterId, RequestId, UserTaskId
    from engine.letters.by_hand import ByHand
    from engine.letters.number import BookEntry, LetterNumber, LetterSequence
    from engine.letters.rule import LetterRule
    from engine.store import Transaction
    from engine.variables import Value

T = TypeVar("T")


class LetterCommands(Commands):
    """Set up a register and change its rule; take, confirm and void numbers."""

    def set_up_register(self, rule: LetterRule, *, by: Signature) -> LetterRule:
        """Set a register up, or change its rule, in the name of who sets the office up. Raises InvalidRule."""
        return self._store.transact(lambda tx: self._save_rule(tx, rule, by, None))

    def change_rule(
        self, rule: LetterRule, *, seen: int, actor: Actor, request: RequestId
    ) -> LetterRule:
        """Set a register up, or let another rule hold from its day on; gives the rule with its version.

        `seen` is the newest version that the sender saw, 0 for a new register. Raises NotAllowed, Conflict when there is
        another one meanwhile, InvalidRule with everything that is wrong with the rule.
        """

        def work(tx: Transaction) -> LetterRule:
            expect_ruler(actor)
            permission.same_agency(rule.agency, actor)
            versions = tx.letters.list_rules(rule.agency, rule.register)
            if seen != (versions[-1].version if versions else 0):
                raise Conflict(
                    f"Expected version {seen} of {rule.register}, but there is another one",
                    code="letter_rule_changed" if seen else "letter_register_taken",
                    number=rule.register,
                )
            return self._save_rule(tx, rule, Signature.of(actor), request)

        def answer(tx: Transaction, event: HistoryEvent) -> LetterRule | None:
            version = event.version if isinstance(event, LetterRuleChanged) else 0
            versions = tx.letters.list_rules(rule.agency, rule.register)
            return next((each for each in versions if each.version == version), None)

        return self._answered(request, actor, work, answer)

    def reserve_number(
        self,
        task: UserTaskId,
        typed: Mapping[str, Value],
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Take the number of a task whose form is still being filled in; `typed` is what stands in the form so far.

        The task stays as it is, and so does a number that the case has already. Raises what sending the form would, and
        WrongState (`letter_not_here`) where the step takes no number from a register of the office.
        """

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            post = permission.working_post(found, actor)
            permission.expect_open(found)
            permission.expect_not_held_by_other(found, actor)
            permission.expect_revision(found, actor, revision)
            act = self._act(tx, actor, post, request)
            try:
                numbered = lettered.asked(instance, found, typed, act, case.load(instance, act))
            except LookupError as error:
                raise WrongState(str(error), code="letter_not_here", task=found.name) from error
            if numbered.events:
                records, head = append(
                    instance.head, numbered.events, at=as_text(act.at), by=act.by, request=request
                )
                moved = replace(instance, head=head, revision=instance.revision + 1)
                tx.save(Changes(instance=moved, records=records, letters=numbered.changes))
            return instance.id

        return self._once(request, actor, work)

    def reserve_by_hand(
        self, register: RegisterId, asked: ByHand, reason: str, *, actor: Actor, request: RequestId
    ) -> LetterNumberId:
        """Take the next number of a register for a letter outside the processes, for a reason.

        Raises NotFound and NotAllowed by `letters.permission`, InvalidSubmission with all that is wrong with what is asked.
        """

        def work(tx: Transaction) -> LetterNumberId:
            head = tx.get_agency_head(actor.agency)
            day = self._day(tx, actor.agency)
            rule = _rule(tx, actor.agency, register, day)
            post = keeping_post(rule, actor)
            taken, sequences = _taken_by_hand(
                self._desk(tx, actor, day), rule, asked, reason.strip()
            )
            number = replace(taken, entry=asked.entry, reason=reason.strip())
            changes = LetterChanges(numbers=(number,), sequences=sequences)
            records, head = append(
                head,
                (events.reserved(number),),
                at=self._now(),
                by=Signature.of(actor, post),
                request=request,
            )
            tx.save_agency(AgencyChanges(head=head, records=records, letters=changes))
            return number.id

        return self._answered(request, actor, work, _number_of)

    def confirm_number(
        self,
        number: LetterNumberId,
        entry: BookEntry,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> LetterNumberId:
        """Confirm a number that was taken by hand, now that its letter is signed; `entry` is what the book says of it.

        Raises WrongState for the number of a case, which its own steps confirm.
        """

        def change(found: LetterNumber) -> tuple[LetterNumber, HistoryEvent]:
            if found.instance is not None:
                raise WrongState(
                    f"Expected a number taken by hand, but {found.id} belongs to a case",
                    code="letter_number_of_case",
                    number=found.number,
                )
            expect_entry(entry)
            after = replace(found.confirmed(self._clock.now()), entry=entry)
            return after, events.confirmed(after)

        return self._change_number(number, change, actor, request, revision)

    def void_number(
        self,
        number: LetterNumberId,
        reason: str,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> LetterNumberId:
        """Void a number for a reason; it stays in the book. Raises WrongState when it is voided already."""

        def change(found: LetterNumber) -> tuple[LetterNumber, HistoryEvent]:
            after = found.voided(VoidCause.BY_HAND, reason_of(reason), self._clock.now())
            return after, events.voided(after)

        return self._change_number(number, change, actor, request, revision)

    def _change_number(
        self,
        number: LetterNumberId,
        change: Callable[[LetterNumber], tuple[LetterNumber, HistoryEvent]],
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> LetterNumberId:
        def work(tx: Transaction) -> LetterNumberId:
            found = tx.letters.get_number(number)
            permission.same_agency(found.agency, actor)
            newest = tx.letters.list_rules(found.agency, found.register)[-1]
            post = keeping_post(newest, actor)
            if found.revision != revision:
                raise Conflict(
                    f"Expected revision {revision} of {number}, but found {found.revision}",
                    code="letter_number_changed",
                    number=found.number,
                )
            after, event = change(found)
            after = replace(after, revision=found.revision + 1)
            self._save_number(tx, after, event, Signature.of(actor, post), request)
            return number

        def answer(_tx: Transaction, event: HistoryEvent) -> LetterNumberId | None:
            if not isinstance(event, LetterNumberConfirmed | LetterNumberVoided):
                return None
            return number if event.id == number else None

        return self._answered(request, actor, work, answer)

    def _answered(
        self,
        request: RequestId,
        actor: Actor,
        work: Callable[[Transaction], T],
        answer: Callable[[Transaction, HistoryEvent], T | None],
    ) -> T:
        """Carry a request out, unless it was carried out before: then `answer` reads its answer from what it wrote."""

        def guarded(tx: Transaction) -> T:
            before = tx.find_request(request)
            if before is None:
                return work(tx)
            mine = before.by is not None and before.by.person == actor.person
            known = answer(tx, before.event) if mine else None
            if known is None:
                raise Conflict(
                    f"Expected a new request id, but {request} was used", code="request_reused"
                )
            return known

        return self._store.transact(guarded)

    def _save_rule(
        self, tx: Transaction, rule: LetterRule, by: Signature, request: RequestId | None
    ) -> LetterRule:
        head = tx.get_agency_head(rule.agency)
        expect_valid(rule)
        versions = tx.letters.list_rules(rule.agency, rule.register)
        last = tx.letters.find_last_day(rule.agency, rule.register)
        newest = versions[-1] if versions else None
        expect_follows(rule, newest, self._day(tx, rule.agency), last)
        rule = replace(rule, version=newest.version + 1 if newest else 1)
        told = (events.rule_changed(rule),)
        records, head = append(head, told, at=self._now(), by=by, request=request)
        changes = LetterChanges(rules=(rule,))
        tx.save_agency(AgencyChanges(head=head, records=records, letters=changes))
        return rule

    def _save_number(
        self,
        tx: Transaction,
        number: LetterNumber,
        event: HistoryEvent,
        by: Signature,
        request: RequestId,
    ) -> None:
        """Write a changed number, and its event behind the chain of its case, else of the agency."""
        changes = LetterChanges(numbers=(number,))
        if number.instance is None:
            head = tx.get_agency_head(number.agency)
            records, head = append(head, (event,), at=self._now(), by=by, request=request)
            tx.save_agency(AgencyChanges(head=head, records=records, letters=changes))
            return
        found = tx.get_instance(number.instance)
        records, head = append(found.head, (event,), at=self._now(), by=by, request=request)
        moved = replace(found, head=head, revision=found.revision + 1)
        tx.save(Changes(instance=moved, records=records, letters=changes))

    def _desk(self, tx: Transaction, actor: Actor, day: date) -> Desk:
        return Desk(
            letters=tx.letters,
            day=day,
            at=self._clock.now(),
            person=actor.person,
            name=actor.name,
            new_id=self._ids.new,
        )

    def _day(self, tx: Transaction, agency: AgencyId) -> date:
        zone = ZoneInfo(tx.get_agency(agency).zone)
        return self._clock.now().astimezone(zone).date()


def _taken_by_hand(
    desk: Desk, rule: LetterRule, asked: ByHand, reason: str
) -> tuple[LetterNumber, tuple[LetterSequence, ...]]:
    """Take a number by hand. Raises InvalidSubmission with all that is wrong with what is asked."""
    problems = (*list_problems(asked.entry), *list_problems_of_reason(reason))
    try:
        taken = desk.take(rule, asked.wanted)
    except WantedIncomplete as error:
        raise refused(error.problem, *problems) from error
    if problems:
        raise refused(*problems)
    return taken


def _rule(tx: Transaction, agency: AgencyId, register: RegisterId, day: date) -> LetterRule:
    found = find_rule(tx.letters, agency, register, day)
    if found is None:
        raise NotFound(
            f"Expected a register {register!r}, but there is none",
            code="not_found",
            what="register",
        )
    return found


def _number_of(_tx: Transaction, event: HistoryEvent) -> LetterNumberId | None:
    return LetterNumberId(event.id) if isinstance(event, LetterNumberReserved) else None
