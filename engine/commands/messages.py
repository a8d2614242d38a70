"""Commands that bring messages and signals to whom they reach, and the answer that an officer records in place of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import instance as case
from engine import permission
from engine.commands.commands import Commands
from engine.correlation import addressee, expect_kept_secret
from engine.errors import WrongState
from engine.firing import Place, finishing, fire
from engine.history import MessageReceived, SignalReceived
from engine.ids import InstanceId, SubscriptionId
from engine.job import JobFailed
from engine.message import deliveries, message_of
from engine.recording import not_awaited, record
from engine.store import WaitChanges
from engine.variables import object_of
from engine.wait import WaitKind

if TYPE_CHECKING:
    from engine.act import Act
    from engine.actor import Actor
    from engine.ids import RequestId
    from engine.job import Job
    from engine.message import Message, Subscription
    from engine.recording import Answer
    from engine.store import Changes, Transaction


class MessageCommands(Commands):
    """Deliver, spread, record."""

    def deliver_message(self, job: Job) -> None:
        """Bring the message of a locked job to the case that waits for it, or begin the case that it begins; once.

        Raises JobFailed when nobody waits for it (`message_unclaimed`: it is tried again, at once when somebody begins to) and
        when several cases do (`message_ambiguous`), LeaseLost when another worker has the job, ExecutionFailed when the case
        that it reaches can't go on with it; then nothing is written.
        """
        message = message_of(job)

        def work(tx: Transaction) -> None:
            found = tx.list_subscriptions(
                message.agency, WaitKind.MESSAGE, message.name, message.key
            )
            reached = _addressee(found, message)
            act = self._system_act(tx, message.agency)
            tx.save(finishing(self._bring(tx, message, reached, act), job))

        self._store.transact(work)

    def spread_signal(self, job: Job) -> None:
        """Leave a job for each case and each start event that the signal of a locked job reaches, all or none.

        Raises LeaseLost when another worker has the job.
        """

        def work(tx: Transaction) -> None:
            found = tx.list_subscriptions(job.agency, WaitKind.SIGNAL, job.topic, None)
            spread = deliveries(job, found, self._clock.now())
            tx.save_waits(WaitChanges(jobs=spread, finished=(job,)))

        self._store.transact(work)

    def deliver_signal(self, job: Job) -> None:
        """Let a signal reach the one subscription of a locked job, once; nothing happens when it is not there any more.

        Raises LeaseLost when another worker has the job, ExecutionFailed when the case can't go on.
        """
        subscription = SubscriptionId(str(object_of(job.data)["subscription"]))

        def work(tx: Transaction) -> None:
            reached = tx.find_subscription(subscription)
            act = self._system_act(tx, job.agency)
            try:
                changes = None if reached is None else self._signal(tx, job, reached, act)
            except WrongState:  # it went on, or ended, a moment ago
                changes = None
            if changes is None:
                tx.save_waits(WaitChanges(finished=(job,)))
            else:
                tx.save(finishing(changes, job))

        self._store.transact(work)

    def record_answer(
        self, instance: InstanceId, answer: Answer, *, actor: Actor, request: RequestId
    ) -> InstanceId:
        """Record an answer that came by letter to a case that waits for a message; the case goes on as if that had come.

        Who may do the steps of the event's lane may (of its recorder, for an external one). Raises NotFound and NotAllowed for
        others, WrongState (`wait_gone`) when the case does not wait for it any more, InvalidSubmission with all problems of
        the form.
        """

        def work(tx: Transaction) -> InstanceId:
            found = tx.get_instance(instance)
            definition = self._library.get(found.definition, tx).definition
            permission.expect_part_in(found, definition, actor)
            awaited = tx.find_subscription(answer.subscription(instance))
            if awaited is None or awaited.kind is not WaitKind.MESSAGE:
                raise not_awaited(answer)
            post = permission.recording_post(awaited, actor)
            act = self._act(tx, actor, post, request)
            tx.save(record(found, answer, awaited, act))
            return instance

        return self._once(request, actor, work)

    def _bring(self, tx: Transaction, message: Message, reached: Subscription, act: Act) -> Changes:
        """Give what a message does to whom it reaches."""
        event = MessageReceived(
            token=reached.token,
            element=reached.element,
            name=message.name,
            key=message.key,
            sender=message.sender,
        )
        if reached.instance is None:
            expect_kept_secret(message, reached.definition, act.programs)
            origin = case.Origin(variables=message.values, told=(event,))
            return self._begin(tx, reached, message.key, origin, act)
        instance = tx.get_instance(reached.instance)
        expect_kept_secret(message, instance.definition, act.programs)
        return fire(instance, _place(reached), message.values, lambda _: event, act)

    def _signal(self, tx: Transaction, job: Job, reached: Subscription, act: Act) -> Changes:
        """Give what a signal does to whom it reaches."""
        event = SignalReceived(
            token=reached.token,
            element=reached.element,
            name=reached.name,
            sender=job.instance or "",
        )
        if reached.instance is None:
            return self._begin(tx, reached, "", case.Origin(told=(event,)), act)
        return fire(tx.get_instance(reached.instance), _place(reached), {}, lambda _: event, act)

    def _begin(
        self, tx: Transaction, reached: Subscription, key: str, origin: case.Origin, act: Act
    ) -> Changes:
        """Begin a case of the process whose start event waits."""
        program = self._library.get(reached.definition, tx)
        return case.start(InstanceId(act.new_id()), program, key, act, origin)


def _place(reached: Subscription) -> Place:
    return Place(token=reached.token, element=reached.element)


def _addressee(found: tuple[Subscription, ...], message: Message) -> Subscription:
    """Give whom a message reaches. Raises JobFailed, for good when there are several."""
    try:
        reached = addressee(found, message)
    except WrongState as several:
        raise JobFailed(
            str(several), code=several.code, is_final=True, told=str(several.params["cases"])
        ) from several
    if reached is None:
        raise JobFailed(
            f"Expected somebody who waits for {message.name}, but there is nobody",
            code="message_unclaimed",
        )
    return reached
