"""When several tokens become one: parallel and inclusive gateways, and the end of a process.

SpiffWorkflow looks for finished tasks in the tree and so fires joins in loops too early (findings/spiffworkflow.md 6, no. 1
and 2). These classes look at live tokens only, as BPMN 2.0.2 says it (13.4.1 parallel, 13.4.3 inclusive): a token that
arrives waits; when all tokens of a step have moved, the join is looked at.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from SpiffWorkflow import TaskState
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.spiff.workflow import Token


class Joining:
    """Mix-in for specs that wait for several tokens; `_chosen` says which of the waiting ones go on together."""

    name: str
    _inputs: list[str]

    def _update_hook(self, my_task: Token) -> bool:
        if my_task.state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
            return len(self._inputs) == 1
        chosen = self._chosen(my_task)
        if not chosen:
            return False
        *merged, winner = chosen
        for token in merged:
            token.merge()
        if winner is my_task:
            return True
        winner._ready()
        return False

    def _chosen(self, my_task: Token) -> list[Token]:
        raise NotImplementedError

    def _run_hook(self, my_task: Token) -> bool:
        return True

    def _oldest_by_flow(self, my_task: Token) -> dict[str, Token]:
        flows = my_task.workflow.waiting[self]
        return {flow: next(iter(tokens.values())) for flow, tokens in flows.items()}


class JoinsAll(Joining):
    """Fires with one token of each incoming flow; a second token on a flow stays for the next time."""

    @override
    def _chosen(self, my_task: Token) -> list[Token]:
        by_flow = self._oldest_by_flow(my_task)
        return _in_order(by_flow.values()) if len(by_flow) == len(set(self._inputs)) else []


class JoinsWhatCanCome(Joining):
    """Fires when no other token can still reach an empty incoming flow, unless it could as well reach a filled one."""

    _wf_spec: Any

    @override
    def _chosen(self, my_task: Token) -> list[Token]:
        arrived = self._oldest_by_flow(my_task)
        others = (spec for spec in my_task.workflow.standing if spec is not self)
        reached = (self._reached_from.get(spec.name) for spec in others)
        if any(flows and flows.isdisjoint(arrived) for flows in reached):
            return []
        return _in_order(arrived.values())

    @functools.cached_property
    def _reached_from(self) -> dict[str, set[str]]:
        """For each spec: the incoming flows (named by the spec before them) to which a token can come from it, past this gateway."""
        found: dict[str, set[str]] = {}
        for flow in self._inputs:
            for name in self._upstream(flow):
                found.setdefault(name, set()).add(flow)
        return found

    def _upstream(self, name: str) -> set[str]:
        found: set[str] = set()
        to_see = [name]
        while to_see:
            current = to_see.pop()
            if current not in found and current != self.name:
                found.add(current)
                to_see.extend(self._wf_spec.task_specs[current]._inputs)
        return found


class JoinsAtEnd(Joining):
    """The end of a process: fires when no other token is left in it."""

    @override
    def _update_hook(self, my_task: Token) -> bool:
        if my_task.state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
            return False
        return super()._update_hook(my_task)

    @override
    def _chosen(self, my_task: Token) -> list[Token]:
        flows = my_task.workflow.waiting[self]
        if sum(len(tokens) for tokens in flows.values()) < len(my_task.workflow.live):
            return []
        return _in_order(t for tokens in flows.values() for t in tokens.values())


def _in_order(tokens: Iterable[Token]) -> list[Token]:
    return sorted(tokens, key=lambda token: token.id)
