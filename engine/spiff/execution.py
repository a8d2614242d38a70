"""One case while a command works on it: start, complete a user task, undo that, cancel; and what happened, as events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow import TaskState

from engine.errors import AlurError, ExecutionFailed, WrongState
from engine.history import (
    ElementActivated,
    ElementCancelled,
    ElementCompleted,
    ElementMerged,
    HistoryEvent,
    UserTaskCancelled,
    UserTaskCreated,
)
from engine.ids import user_task_id
from engine.spiff import codec
from engine.spiff.asking import Asking
from engine.spiff.deciding import Deciding
from engine.spiff.normalise import element_id
from engine.spiff.personal import personal_keys
from engine.spiff.program import names_of
from engine.spiff.raising import Raising
from engine.spiff.scopes import Scopes
from engine.spiff.undo import undo
from engine.spiff.waits import WAITS, Waits
from engine.spiff.workflow import Workflow
from engine.urgency import priority_of
from engine.user_task import USUAL_PRIORITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.expression import Expression
    from engine.ids import DefinitionId, InstanceId
    from engine.process import Element
    from engine.spiff.catching import Circumstances
    from engine.spiff.program import Program
    from engine.spiff.raising import Raised
    from engine.spiff.waits import Fired
    from engine.spiff.workflow import Token
    from engine.variables import Value
    from engine.wait import Wait

MAX_STEPS = 5_000
"""Automatic steps that one command may take (findings/trust.md, rule 5)."""


class Execution:
    """A case being worked on; on an error it is to be thrown away.

    `events` is what happened since it was made.
    """

    def __init__(
        self,
        instance: InstanceId,
        definition: DefinitionId,
        programs: Callable[[DefinitionId], Program],
        circumstances: Circumstances,
    ) -> None:
        self.events: list[HistoryEvent] = []
        self._instance = instance
        self._definition = definition
        self._programs = programs
        self._asking = Asking(circumstances, self.events.append)
        self._scopes = Scopes(programs, self._asking, self.events.append)
        self.waits = Waits(self._scopes, self._asking, self.events.append)
        self._raising = Raising(self._scopes, self.events.append)
        spec = programs(definition).specs[definition]
        self._workflow = Workflow(spec, engine=self, observer=self, scopes=self._scopes)
        self._rested: Mapping[str, Any] | None = None
        self._before: Mapping[str, Any] | None = None

    @classmethod
    def load(  # noqa: PLR0913 - a case at rest is these two, its surroundings the others
        cls,
        instance: InstanceId,
        definition: DefinitionId,
        programs: Callable[[DefinitionId], Program],
        circumstances: Circumstances,
        *,
        frontier: bytes,
        variables: bytes,
    ) -> Execution:
        """Take a case up where it rested."""
        execution = cls(instance, definition, programs, circumstances)
        state = codec.read_frontier(frontier)
        codec.fill_scopes(execution._scopes, state, variables)
        codec.fill_tokens(execution._workflow, state)
        execution._rested = state
        return execution

    @property
    def finished(self) -> bool:
        """Whether no token is left."""
        return bool(self._workflow.completed)

    def frontier(self) -> bytes:
        """Give the live tokens at rest."""
        state = codec.state_of(self._workflow)
        if self._before is not None:
            state["u"] = codec.lost(self._before, state)
        elif self._rested is not None and "u" in self._rested:
            state["u"] = {part: self._rested["u"][part] for part in "nwst"}
        return codec.write_frontier(state)

    def variables(self) -> bytes:
        """Give the variables of all scopes at rest."""
        return codec.write_variables(self._scopes)

    def values(self) -> Mapping[str, Value]:
        """Give the case's own variables."""
        return self._scopes.all[0].values

    def view(self, token_number: int) -> Mapping[str, Value]:
        """Give what the step at a token sees. Raises WrongState when it is gone; not to be changed."""
        return self._scopes.view(self._resting(token_number).scope)

    def asks(self, token_number: int, element: str) -> Callable[[Expression], Value]:
        """Give what evaluates an expression where a token stands. Raises WrongState when it is gone."""
        view = self.view(token_number)
        return lambda expression: self._asking.value(expression, view, element)

    def home(self, token_number: int) -> int:
        """Give the scope of the process that the step at a token belongs to. Raises WrongState when it is gone."""
        return self._scopes.home(self._resting(token_number).scope)

    def personal(self) -> frozenset[str]:
        """Give the names of variables that hold personal values, in this process and those it calls."""
        return personal_keys(self._definition, self._programs)

    def active(self) -> dict[int, tuple[str, int]]:
        """Give the live tokens of drawn elements: number -> (element, scope)."""
        trees = self._workflow.trees()
        live = (token for tree in trees for token in tree.live.values() if token.task_spec.drawn)
        return {t.id: (self._scopes.program(t.scope).element_of(t).id, t.scope) for t in live}

    def start(self, variables: Mapping[str, Value]) -> None:
        """Begin the case and run it to its first rest."""
        self._begin()
        self._scopes.begin(self._definition, variables)
        self._workflow.task_tree._ready()
        self._run()

    def complete(self, token_number: int, values: Mapping[str, Value]) -> None:
        """Finish the user task at a token with the values of its form, and run to the next rest."""
        token = self._task(token_number)
        self._before, self._rested = self._rested or codec.state_of(self._workflow), None
        self._begin()
        self._scopes.assign(token.scope, values)
        self._guarded(token)
        self._run()

    def undo(
        self, values: Mapping[int, Mapping[str, Value]], openers: Mapping[int, int]
    ) -> Mapping[int, int]:
        """Bring the case, just loaded, back to where it rested before the user task that was finished last.

        `values` are the variables of each scope at that time, `openers` the token that opened each. Gives the new number
        of each token and scope that is there again. Raises WrongState when another act came last.
        """
        lost = (self._rested or {}).get("u")
        if lost is None:
            raise WrongState("Expected a finished task, but found none", code="retraction_unknown")
        self._rested = None
        self._begin()
        return undo(self._workflow, lost, values, openers, self.events.append)

    def correct(self, scope: int, values: Mapping[str, Value]) -> None:
        """Set variables of a live scope; no token moves."""
        self._scopes.set(scope, values)

    def fire(self, token_number: int, element: str, values: Mapping[str, Value]) -> Fired:
        """Let a wait of a token come true with the values that come with it, and run to the next rest.

        Raises WrongState (`wait_gone`) when the token is gone or does not wait for the element.
        """
        self._rested = self._before = None
        self._begin()
        fired = self.waits.fire(self._workflow, token_number, element, values)
        self._run()
        return fired

    def throw(self, token_number: int, element: str, raised: Raised) -> None:
        """Let the work that a token waits for end in a business error or an escalation, and run to the next rest.

        Raises WrongState (`wait_gone`) as `fire`, and ExecutionFailed (`error_uncaught`) for an error that nobody catches.
        """
        self._rested = self._before = None
        self._begin()
        token = self.waits.get_waiting(self._workflow, token_number, element)
        self._raising.by_work(self._workflow, token, raised)
        self._run()

    def list_waits(self) -> tuple[Wait, ...]:
        """Give everything that the case waits for now besides people."""
        return tuple(self.waits.all(self._workflow))

    def mark_incident(self, token_number: int, element: str, incident: str) -> bool:
        """Note an incident at an element of a token, or with '' that it is over; False when the token is gone."""
        token = self._workflow.find_token(token_number)
        if token is not None:
            self.waits.mark(token, element, incident)
        return token is not None

    def cancel(self) -> None:
        """Take every token away."""
        self._rested = self._before = None
        self._workflow.drain()

    def _begin(self) -> None:
        self._workflow.begin_command()
        self._asking.begin_command()

    def _resting(self, number: int) -> Token:
        """Give the token of a user task, or of a step whose work is waited for."""
        token = self._workflow.find_token(number)
        if token is not None and WAITS in token.internal_data:
            return token
        return self._task(number)

    def _task(self, number: int) -> Token:
        token = self._workflow.find_token(number)
        if token is None or not token.task_spec.manual:
            raise WrongState("Expected an open task, but its token is gone", code="task_cancelled")
        return token

    def _run(self) -> None:
        self._run_to_rest()
        if not self.finished and not any(self._can_go_on()):
            element = next((element for element, _ in self.active().values()), "")
            raise ExecutionFailed(
                f"Expected something to go on, but all tokens wait for others ({element})",
                code="nothing_can_go_on",
                element=element,
            )

    def _can_go_on(self) -> Iterator[bool]:
        live = (token for tree in self._workflow.trees() for token in tree.live.values())
        return (token.task_spec.manual or WAITS in token.internal_data for token in live)

    def _run_to_rest(self) -> None:
        steps = 0
        while self._workflow.to_run:
            token = self._workflow.to_run.popleft()
            if not token.has_state(TaskState.READY):
                continue
            steps += 1
            if steps > MAX_STEPS:
                raise ExecutionFailed(
                    f"Expected a rest within {MAX_STEPS} automatic steps, but there was none",
                    code="step_budget",
                    steps=MAX_STEPS,
                    element=element_id(token.task_spec.name),
                )
            self._guarded(token)

    def _guarded(self, token: Token) -> None:
        """Run a token; whatever goes wrong is our error and names the element, and the execution is thrown away."""
        try:
            token.run()
        except AlurError as error:
            error.params.setdefault("element", element_id(token.task_spec.name))
            raise
        except Exception as error:
            raise ExecutionFailed(
                f"Expected {token.task_spec.name} to run, but {type(error).__name__}: {error}",
                code="element_failed",
                element=element_id(token.task_spec.name),
            ) from error

    # what the library asks of a script engine: conditions and scripts, by the id that the plain BPMN carries

    def evaluate(self, token: Token, flow: str, external_context: object = None) -> bool:
        """Decide the condition of a flow."""
        del external_context
        condition = self._scopes.program(token.scope).conditions[flow]
        return self._asking.is_true(condition, self._scopes.view(token.scope), flow)

    def execute(self, token: Token, element: str) -> None:
        """Run a script task: its value goes to its result variable."""
        expression, result = self._scopes.program(token.scope).scripts[element]
        value = self._asking.value(expression, self._scopes.view(token.scope), element)
        self._scopes.assign(token.scope, {result: value})

    def decide(self, token: Token) -> None:
        """Ask the decision of a business rule task: what it gives goes to the task's result variable."""
        program = self._scopes.program(token.scope)
        element = program.element_of(token)
        deciding = Deciding(program, element, self._asking, self.personal())
        value = deciding.value(self._scopes.view(token.scope))
        self.events.extend(deciding.told(token.id))
        self._scopes.assign(token.scope, {element.result: value})

    # what tokens tell (engine.spiff.workflow.Observer)

    def activated(self, token: Token) -> None:
        """Write down that a token arrived, with variables of its own if the drawing gives it any."""
        if token.task_spec.drawn:
            self._guarded_by_element(token, self._scopes.enter)
            program = self._scopes.program(token.scope)
            self.events.append(
                ElementActivated(
                    element=program.element_of(token).id,
                    token=token.id,
                    scope=token.scope,
                    flow=program.flow_of(token),
                    part_of=token.parent.id if token.triggered else 0,
                )
            )
        self._guarded_by_element(token, self.waits.arrive)

    def offered(self, token: Token) -> None:
        """Lay a user task on the desk that the drawing says."""
        self._guarded_by_element(token, lambda t: self.events.append(self._offer(t)))

    def thrown(self, token: Token) -> None:
        """Throw what an event says."""
        if token.task_spec.drawn:
            self.waits.throw(token)

    def raised(self, token: Token) -> bool:
        """Throw to those around it what the event of a token says."""
        return token.task_spec.drawn and self._raising.by_event(self._workflow, token)

    def _guarded_by_element(self, token: Token, work: Callable[[Token], None]) -> None:
        """Do something for a token; an error of ours names its element."""
        try:
            work(token)
        except AlurError as error:
            error.params.setdefault("element", element_id(token.task_spec.name))
            raise

    def _offer(self, token: Token) -> UserTaskCreated:
        program = self._scopes.program(token.scope)
        element = program.element_of(token)
        offer = program.offers[element.id]
        own = program.definition.id == self._definition
        assignee = self._named(offer.assignee, token, element)
        return UserTaskCreated(
            task=user_task_id(self._instance, token.id),
            token=token.id,
            element=element.id,
            name=element.name,
            lane=offer.lane or "",
            on_behalf_of=offer.on_behalf_of,
            candidate_groups=self._named(offer.groups, token, element),
            candidate_persons=self._named(offer.persons, token, element),
            assignee=assignee[0] if assignee else "",
            due=self._asking.text(offer.due, self._scopes.view(token.scope), element.id),
            follow_up=self._asking.text(
                offer.follow_up, self._scopes.view(token.scope), element.id
            ),
            priority=self._priority(offer.priority, token, element),
            definition="" if own else program.definition.id,
        )

    def _named(
        self, expression: Expression | None, token: Token, element: Element
    ) -> tuple[str, ...]:
        if expression is None:
            return ()
        return names_of(self._asking.value(expression, self._scopes.view(token.scope), element.id))

    def _priority(self, expression: Expression | None, token: Token, element: Element) -> int:
        if expression is None:
            return USUAL_PRIORITY
        value = self._asking.value(expression, self._scopes.view(token.scope), element.id)
        return priority_of(value, element.id)

    def completed(self, token: Token) -> None:
        """Write down that an element is done, and leave behind what its parameters say."""
        self._left(token, ElementCompleted(token=token.id))
        self._scopes.depart(token, done=True)

    def merged(self, token: Token) -> None:
        """Write down that a waiting token went into a join."""
        self._left(token, ElementMerged(token=token.id))

    def cancelled(self, token: Token) -> None:
        """Write down that a token was taken away, and its user task with it."""
        if token.task_spec.manual:
            task = user_task_id(self._instance, token.id)
            self.events.append(UserTaskCancelled(task=task))
        self._left(token, ElementCancelled(token=token.id))
        self._scopes.depart(token, done=False)

    def _left(self, token: Token, event: HistoryEvent) -> None:
        self.waits.leave(token)
        if token.task_spec.drawn:
            self.events.append(event)
