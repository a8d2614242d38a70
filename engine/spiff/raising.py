"""Errors and escalations: from where they are thrown outwards to who catches them (BPMN 2.0.2, 10.5.7 and 13.5.4).

The search begins around the throwing event, or for the work of a task at the task itself, and goes outwards over sub-processes
and called processes. Who names the code is found before who takes any. An error that nobody catches stops the command: it
becomes an incident or a refusal. An escalation that nobody catches goes by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import ExecutionFailed
from engine.history import ErrorThrown, EscalationThrown, HistoryEvent
from engine.process import RAISED, ElementKind, TriggerKind
from engine.spiff.normalise import BODY, place_of, spec_name
from engine.spiff.waits import begins_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.process import Element
    from engine.spiff.scopes import Scopes
    from engine.spiff.workflow import Token, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What is thrown: an error or an escalation with its code and, for an error, a message."""

    kind: TriggerKind
    code: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Catcher:
    """An event that catches, and the token of what it stands at the border of."""

    host: Token
    event: Element


class Raising:
    """Takes what the tokens of one case throw to those who catch it."""

    def __init__(self, scopes: Scopes, record: Callable[[HistoryEvent], None]) -> None:
        self._scopes = scopes
        self._record = record

    def by_event(self, workflow: Workflow, token: Token) -> bool:
        """Throw what the event of a token says; tell whether it took the token's surroundings away."""
        element = self._scopes.program(token.scope).element_of(token)
        trigger = element.trigger
        throws = element.kind in {ElementKind.END_EVENT, ElementKind.THROW_EVENT}
        if not throws or trigger is None or trigger.kind not in RAISED:
            return False
        raised = Raised(kind=trigger.kind, code=trigger.name, message=trigger.message)
        return self._throw(workflow, token, raised, self._around(workflow, token))

    def by_work(self, workflow: Workflow, token: Token, raised: Raised) -> None:
        """Throw what the work of a task has come to: its own boundary events come first."""
        host = token.parent if token.triggered else token
        self._throw(workflow, token, raised, [host, *self._around(workflow, token)])

    def _throw(self, workflow: Workflow, token: Token, raised: Raised, hosts: list[Token]) -> bool:
        catcher = self._find_catcher(hosts, raised)
        self._tell(token, raised, catcher)
        if catcher is None:
            return False
        host, event = catcher.host, catcher.event
        program = self._scopes.program(host.scope)
        self._hand_over(host, event, raised)
        name = spec_name(program.definition.id, begins_at(event))
        workflow.branch(host, name, interrupts=event.interrupts)
        return event.interrupts

    def _around(self, workflow: Workflow, token: Token) -> list[Token]:
        """Give the tokens whose activities are around a token, inner before outer; a repeated one stands for its children."""
        hosts: list[Token] = []
        tree = token.workflow
        while tree is not workflow:
            host = workflow.get_task_from_id(tree.parent_task_id or 0)
            hosts.append(host.parent if host.triggered else host)
            tree = host.workflow
        return hosts

    def _find_catcher(self, hosts: list[Token], raised: Raised) -> _Catcher | None:
        for host in hosts:
            catching = [
                event
                for event in self._events_at(host)
                if event.trigger is not None and event.trigger.kind is raised.kind
            ]
            for code in dict.fromkeys((raised.code, "")):
                for event in catching:
                    if event.trigger is not None and event.trigger.name == code:
                        return _Catcher(host=host, event=event)
        return None

    def _events_at(self, host: Token) -> Iterator[Element]:
        """Give the boundary events of an activity, or the start events of the event sub-processes of a wrapped level."""
        process = self._scopes.program(host.scope).process
        place = place_of(host.task_spec.name)
        if place.endswith(BODY):
            handlers = process.started_by_events(place.removesuffix(BODY))
            yield from (start for _, start in handlers)
        else:
            yield from process.attached(place)

    def _hand_over(self, host: Token, event: Element, raised: Raised) -> None:
        trigger = event.trigger
        if trigger is not None:
            given = {trigger.code_variable: raised.code, trigger.message_variable: raised.message}
            given.pop("", None)
            self._scopes.assign(self._scopes.around(host), {**given})

    def _tell(self, token: Token, raised: Raised, catcher: _Catcher | None) -> None:
        element = self._scopes.program(token.scope).element_of(token).id
        caught = "" if catcher is None else catcher.event.id
        if raised.kind is TriggerKind.ESCALATION:
            told = EscalationThrown(
                token=token.id, element=element, code=raised.code, caught=caught
            )
            self._record(told)
        elif catcher is None:
            raise ExecutionFailed(
                f"Expected somebody to catch the error {raised.code!a}, but nobody does",
                code="error_uncaught",
                element=element,
                error=raised.code,
            )
        else:
            self._record(
                ErrorThrown(
                    token=token.id,
                    element=element,
                    code=raised.code,
                    message=raised.message,
                    caught=caught,
                )
            )
