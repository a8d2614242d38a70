"""The token tree of one case while a command works on it.

SpiffWorkflow's `Task` is what BPMN calls a token. Ours carry no data (variables are in `engine.spiff.scopes`), have small
numbers as ids, and report each change of state, so the history is written as things happen and in their order.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any, Protocol

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task

from engine.errors import ExecutionFailed
from engine.spiff.normalise import element_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.spiff.scopes import Scopes

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED

MAX_GROWTH = 50_000
"""Tokens and scopes that one command may make (findings/trust.md, rule 5)."""

MAX_NESTING = 100
"""Sub-processes and called processes that may be inside each other, so that a process can't call itself without end."""


class Observer(Protocol):
    """Is told what tokens do."""

    def activated(self, token: Token) -> None:
        """Hear that a token arrived at its element."""

    def offered(self, token: Token) -> None:
        """Hear that a token waits for a person."""

    def completed(self, token: Token) -> None:
        """Hear that a token's element is done."""

    def merged(self, token: Token) -> None:
        """Hear that a waiting token went into the one that fires."""

    def cancelled(self, token: Token) -> None:
        """Hear that a token was taken away."""

    def thrown(self, token: Token) -> None:
        """Hear that a token runs through an event that may throw something to other cases."""

    def raised(self, token: Token) -> bool:
        """Hear that a token is done with an event that may throw something to what is around it.

        Tell whether that took the token's surroundings away, so that nothing follows here.
        """


class Token(Task):
    """A token: its number in the case, the spec it came from, and the scope it runs in."""

    _state: int

    def __init__(
        self,
        workflow: Tree,
        task_spec: Any,
        parent: Token | None = None,
        state: int = TaskState.MAYBE,
        id: int | None = None,  # noqa: A002 - the library's name for it
    ) -> None:
        number = workflow.top_workflow.next_number() if id is None else id
        super().__init__(workflow, task_spec, parent, state=state, id=number)
        self.came_from: str = "" if parent is None else parent.task_spec.name
        self.scope: int = workflow.scope if parent is None else parent.scope

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Token:
        return Token(self.workflow, task_spec, self, state=state)

    def _inherit_data(self) -> None:
        """Inherit nothing: data lives in scopes."""

    def _set_state(self, value: int) -> None:
        before, self._state = self._state, value
        if value == before:
            return
        if before == TaskState.WAITING:
            self.workflow.end_wait(self)
        if value & LIVE:
            self._live(before, value)
        elif self.workflow.let_go(self):
            observer = self.workflow.top_workflow.observer
            if value == TaskState.COMPLETED:
                observer.completed(self)
            else:
                observer.cancelled(self)

    def _live(self, before: int, value: int) -> None:
        top = self.workflow.top_workflow
        self.workflow.hold(self)
        if not before & LIVE:
            top.observer.activated(self)
        if value == TaskState.READY:
            if self.task_spec.manual:
                top.observer.offered(self)
            else:
                top.to_run.append(self)

    def merge(self) -> None:
        """Go into another token at a join."""
        self._state = TaskState.CANCELLED
        self.workflow.end_wait(self)
        self.workflow.let_go(self)
        self.workflow.top_workflow.observer.merged(self)

    def cancel(self) -> None:
        """Take this token away, with those of its repetition or inner workflow first."""
        if self.has_state(TaskState.FINISHED_MASK):
            return
        for child in self.children:
            child.cancel()
        self.task_spec._on_cancel(self)
        self._set_state(TaskState.CANCELLED)

    def forget(self) -> None:
        """Leave the tree: a finished child of a repetition is not needed any more."""
        self.parent._children.remove(self.id)
        del self.workflow.tasks[self.id]


class Tree:
    """What the case's own workflow and its inner ones have in common; mix-in."""

    live: dict[int, Token]
    standing: Counter[Any]
    """How many live tokens stand at each spec: a join looks at these, however many tokens there are."""

    waiting: dict[Any, dict[str, dict[int, Token]]]
    """The tokens that wait at each join, by the spec they came from, in the order of their arrival."""

    tasks: dict[int, Token]
    depth: int
    scope: int
    spec: Any
    top_workflow: Workflow
    parent_task_id: int | None

    def _grow(self, scope: int) -> None:
        self.live = {}
        self.standing = Counter()
        self.waiting = {}
        self.scope = scope
        # the root token is not in the drawing, so it takes no number of the case
        self.task_tree = Token(self, self.spec.start, state=TaskState.FUTURE, id=-1 - scope)

    def get_tasks_iterator(self, first_task: Any = None, **wanted: Any) -> Iterator[Token]:
        """Give the tokens in the wanted state, without walking the tree (whose walk ends at a depth of 1,000)."""
        mask = wanted.get("state", TaskState.ANY_MASK)
        return iter([token for token in self.tasks.values() if token.has_state(mask)])

    def update_waiting_tasks(self) -> None:
        """Look at each join that waits, once for all its tokens; one that fires makes the library call this again."""
        for spec, flows in list(self.waiting.items()):
            token = next(t for tokens in flows.values() for t in tokens.values())
            spec._update(token)

    def hold(self, token: Token) -> None:
        """Count a token among the live ones, and among those that wait if it does."""
        if token.id not in self.live:
            self.standing[token.task_spec] += 1
        self.live[token.id] = token
        if token.state == TaskState.WAITING:
            flows = self.waiting.setdefault(token.task_spec, {})
            flows.setdefault(token.came_from, {})[token.id] = token

    def let_go(self, token: Token) -> bool:
        """Count a token no more among the live ones; tell whether it was one."""
        if self.live.pop(token.id, None) is None:
            return False
        self.standing[token.task_spec] -= 1
        if not self.standing[token.task_spec]:
            del self.standing[token.task_spec]
        return True

    def end_wait(self, token: Token) -> None:
        """Count a token no more among those that wait."""
        flows = self.waiting[token.task_spec]
        del flows[token.came_from][token.id]
        if not flows[token.came_from]:
            del flows[token.came_from]
        if not flows:
            del self.waiting[token.task_spec]

    def drain(self) -> None:
        """Take away every token."""
        for token in list(self.live.values()):
            token.cancel()


class Workflow(Tree, BpmnWorkflow):
    """The case's own workflow."""

    def __init__(self, spec: Any, *, engine: Any, observer: Observer, scopes: Scopes) -> None:
        self.observer = observer
        self.scopes = scopes
        self.to_run: deque[Token] = deque()
        self.last_number = 0
        self.begin_command()
        super().__init__(spec, {}, script_engine=engine, deserializing=True)
        self._grow(0)

    def begin_command(self) -> None:
        """Let the command that follows make its own share of tokens and scopes."""
        self._last_allowed = self.last_number + MAX_GROWTH

    def next_number(self) -> int:
        """Give the next number of the case, for a token or a scope. Raises ExecutionFailed when a command makes too many."""
        if self.last_number >= self._last_allowed:
            raise ExecutionFailed(
                f"Expected at most {MAX_GROWTH} tokens and scopes from one command, but there are more",
                code="step_budget",
                steps=MAX_GROWTH,
            )
        self.last_number += 1
        return self.last_number

    def enter(self, token: Token) -> None:
        """Start the inner workflow of a sub-process or called process. Raises ExecutionFailed when it is nested too deep."""
        if token.workflow.depth >= MAX_NESTING:
            raise ExecutionFailed(
                f"Expected at most {MAX_NESTING} processes inside each other, but there are more",
                code="nesting_too_deep",
                element=element_id(token.task_spec.name),
                limit=MAX_NESTING,
            )
        scope = self.scopes.open_inner(token) if token.task_spec.has_scope else token.scope
        self.nest(token, scope).task_tree._ready()

    def nest(self, token: Token, scope: int) -> SubWorkflow:
        """Hang an inner workflow under a token, without starting it."""
        inner = SubWorkflow(self.scopes.spec_of(token.task_spec.spec), token, scope)
        self.subprocesses[token.id] = inner
        inner.completed_event.connect(token.task_spec.leave, token)
        return inner

    def leave(self, token: Token) -> None:
        """Close the inner workflow of a token, which has come to its end."""
        inner = self.subprocesses.pop(token.id)
        if token.task_spec.has_scope:
            self.scopes.close_inner(token, inner.scope)

    def abandon(self, token: Token) -> None:
        """Take away the inner workflow of a token."""
        inner = self.subprocesses.pop(token.id, None)
        if inner is not None:
            inner.drain()
            if token.task_spec.has_scope:
                self.scopes.close(inner.scope)

    def end_beside(self, tree: Tree) -> None:
        """Take away the event sub-processes that run beside a wrapped workflow: a terminate end ends the whole level."""
        host = None if tree is self else self.get_task_from_id(tree.parent_task_id or 0)
        if host is not None and host.task_spec.wraps:
            for token in list(host.workflow.live.values()):
                if token is not host:
                    token.cancel()

    def branch(self, host: Token, name: str, *, interrupts: bool) -> None:
        """Let a token begin at a boundary event of an activity, or at an event sub-process of a level.

        If it interrupts, the activity's token, or all that runs in the level, is taken away.
        """
        tree, around = host.workflow, self.scopes.around(host)
        if interrupts and host.task_spec.wraps:
            tree.drain()
        elif interrupts:
            host.cancel()
        token = Token(tree, tree.spec.task_specs[name], tree.task_tree, state=TaskState.FUTURE)
        token.came_from = host.task_spec.name
        token.scope = around
        token.task_spec._update(token)

    def trees(self) -> list[Workflow | SubWorkflow]:
        """Give this workflow and all inner ones, outer before inner."""
        return [self, *self.subprocesses.values()]

    def find_token(self, number: int) -> Token | None:
        """Give a live token by its number."""
        return next((t.live[number] for t in self.trees() if number in t.live), None)

    def get_task_from_id(self, task_id: int) -> Token:
        """Give any token by its number (the library's own look-up)."""
        return next(t.tasks[task_id] for t in self.trees() if task_id in t.tasks)


class SubWorkflow(Tree, BpmnSubWorkflow):
    """The workflow inside a sub-process or called process."""

    def __init__(self, spec: Any, parent: Token, scope: int) -> None:
        self._outer = parent.workflow
        super().__init__(spec, parent.id, parent.workflow.top_workflow, deserializing=True)
        self._grow(scope)

    def _calculate_depth(self) -> int:
        """Count the workflows around this one (the library looks every one of them up again)."""
        depth: int = self._outer.depth + 1
        return depth
