"""Recording an answer: what came by letter takes the place of the message that a case waits for (`engine.answer`)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.answer import parties_of
from engine.errors import InvalidSubmission, WrongState
from engine.form.file import files_within
from engine.history import MessageReceived
from engine.ids import SubscriptionId
from engine.instance import load, settle
from engine.wait import wait_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.act import Act
    from engine.ids import InstanceId
    from engine.message import Subscription
    from engine.process import Process
    from engine.store import Changes, Instance
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an officer records: for which wait of a case, with which values of its form, and on whose behalf.

    `party` is empty for somebody whom the drawing does not show.
    """

    token: int
    element: str
    values: Mapping[str, Value]
    party: str = ""

    def subscription(self, instance: InstanceId) -> SubscriptionId:
        """Give the id of the wait that it is for."""
        return SubscriptionId(wait_id(instance, self.token, self.element))


def record(instance: Instance, answer: Answer, awaited: Subscription, act: Act) -> Changes:
    """Let a case go on with an answer in place of the message that it waits for.

    Raises InvalidSubmission with all problems of the form, WrongState (`wait_gone`) when it does not wait any more.
    """
    program = act.programs(awaited.definition)
    execution = load(instance, act)
    form = program.forms[answer.element]
    today = act.at.astimezone(act.zone()).date()
    values = form.submit_json(answer.values, execution.view(answer.token), today=today)
    event = MessageReceived(
        token=answer.token,
        element=answer.element,
        name=awaited.name,
        key=awaited.key,
        on_behalf_of=_party(answer, program.process),
    )
    execution.fire(answer.token, answer.element, values)
    changes = settle(instance, execution, (event,), act)
    files = frozenset(digest for value in values.values() for digest in files_within(value))
    return dataclasses.replace(changes, files=files)


def not_awaited(answer: Answer) -> WrongState:
    """Make the error for an answer that nobody waits for any more."""
    return WrongState(
        f"Expected a wait at {answer.element}, but there is none",
        code="wait_gone",
        element=answer.element,
    )


def _party(answer: Answer, process: Process) -> str:
    """Give on whose behalf the answer is recorded. Raises InvalidSubmission for somebody who can't have given it."""
    element = process.elements[answer.element]
    parties = parties_of(process, element)
    is_in_its_lane = bool(process.party_of(process.elements.get(element.attached_to, element)))
    if is_in_its_lane:
        return parties[0]
    if answer.party and answer.party not in parties:
        raise InvalidSubmission(
            f"Expected one of {parties}, but found {answer.party}", code="answer_party"
        )
    return answer.party
