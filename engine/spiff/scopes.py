"""The variables of a case, kept outside the library's tasks (decision 0001).

The case has scope 0. A called process has a scope that sees nothing of the caller but what is passed in; a sub-process, an
element with parameters, and a repeated activity and each of its children have scopes that see what is around them. A value is written where the
name is found going outwards, else to the process's own scope, as in Camunda 7: every branch sees it at once, the last
writer wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.errors import ExecutionFailed
from engine.history import HistoryEvent, ScopeClosed, ScopeOpened, VariablesChanged
from engine.ids import DefinitionId
from engine.spiff.normalise import SEPARATOR
from engine.variables import canonical, changes, load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.spiff.asking import Asking
    from engine.spiff.parameters import Parameters
    from engine.spiff.program import Program
    from engine.spiff.workflow import Token
    from engine.variables import Value

OWN, INDEX, RESULTS = "own", "index", "results"
"""What a token keeps: that it has a scope of its own; a child its place; a repetition what its children gave, by place."""

MAX_INSTANCES = 2_000
"""Children that one multi-instance activity may have."""

LOOP_COUNTER = "loopCounter"
"""The number of a child of a multi-instance activity, or how many rounds of a standard loop are done."""


@dataclass(slots=True, kw_only=True)
class Scope:
    """One scope: its variables, the scope around it, and for a process the definition it belongs to ('' for others)."""

    parent: int | None
    definition: str = ""
    values: dict[str, Value] = field(default_factory=dict)


class Scopes:
    """All scopes of one case."""

    def __init__(
        self,
        programs: Callable[[DefinitionId], Program],
        asking: Asking,
        record: Callable[[HistoryEvent], None],
    ) -> None:
        self._programs = programs
        self._asking = asking
        self._record = record
        self.all: dict[int, Scope] = {}

    def begin(self, definition: DefinitionId, variables: Mapping[str, Value]) -> None:
        """Open scope 0: every key of the process's forms is there as null, then the given variables."""
        self.all[0] = Scope(parent=None, definition=definition)
        self.set(0, {**dict.fromkeys(self._programs(definition).keys), **variables})

    def program(self, scope: int) -> Program:
        """Give the process version whose elements run in a scope."""
        return self._programs(DefinitionId(self.all[self.home(scope)].definition))

    def view(self, scope: int) -> Mapping[str, Value]:
        """Give what an expression in the scope sees; not to be changed."""
        found = self.all[scope]
        if found.definition or found.parent is None:
            return found.values
        return {**self.view(found.parent), **found.values}

    def assign(self, scope: int, values: Mapping[str, Value]) -> None:
        """Write values, each to the scope where its name is found going outwards, else to the process's own."""
        by_scope: dict[int, dict[str, Value]] = {}
        for name, value in values.items():
            by_scope.setdefault(self._owner(scope, name), {})[name] = value
        for owner, own in by_scope.items():
            self.set(owner, own)

    def close(self, scope: int) -> None:
        """Drop a scope and those inside it."""
        for inner in [n for n, s in self.all.items() if s.parent == scope]:
            self.close(inner)
        del self.all[scope]
        self._record(ScopeClosed(scope=scope))

    def home(self, scope: int) -> int:
        """Give the scope of the process around a scope."""
        while not self.all[scope].definition:
            scope = self.all[scope].parent or 0
        return scope

    def spec_of(self, name: str) -> Any:
        """Give the spec of a sub-process or called process by its name."""
        return self._programs(DefinitionId(name.partition(SEPARATOR)[0])).specs[name]

    # activities with parameters

    def enter(self, token: Token) -> None:
        """Open the scope of an element with parameters, at which a token arrives, with its inputs.

        A repeated activity has one at each child; a token that is taken back has its own already.
        """
        if token.triggered or token.task_spec.repeats or OWN in token.internal_data:
            return
        program = self.program(token.scope)
        parameters = program.parameters.get(program.element_of(token).id)
        if parameters is not None:
            inputs = parameters.pass_in(self.view(token.scope), self._asking)
            token.scope = self._open(token, parent=token.scope)
            token.internal_data[OWN] = True
            self.set(token.scope, inputs)

    def depart(self, token: Token, *, done: bool) -> None:
        """Drop the scope that a token has of its own; if its element is done, its outputs go to the one around."""
        if OWN not in token.internal_data:
            return
        inside, token.scope = token.scope, self.around(token)
        del token.internal_data[OWN]
        program = self.program(token.scope)
        if done:
            parameters = program.parameters[program.element_of(token).id]
            self.pass_out(parameters, token.scope, lambda: self.view(inside))
        self.close(inside)

    def around(self, token: Token) -> int:
        """Give the scope around an element at which a token stands, where its boundary events run."""
        scope: int = token.scope
        return self.all[scope].parent or 0 if OWN in token.internal_data else scope

    # sub-processes and called processes

    def open_inner(self, token: Token) -> int:
        """Open the scope inside a sub-process or called process, passing in what the call says. Gives its number."""
        program = self.program(token.scope)
        element = program.element_of(token)
        call = program.calls.get(element.id)
        if call is None:
            return self._open(token, parent=token.scope)
        passed = call.pass_in(self.view(token.scope), self._asking)
        scope = self._open(token, parent=token.scope, definition=call.definition)
        self.set(scope, {**dict.fromkeys(self._programs(call.definition).keys), **passed})
        return scope

    def close_inner(self, token: Token, scope: int) -> None:
        """Pass out what the call says and drop the scope."""
        program = self.program(token.scope)
        call = program.calls.get(program.element_of(token).id)
        if call is not None:
            self.assign(token.scope, call.pass_out(self.view(scope), self._asking))
        self.close(scope)

    # multi-instance activities

    def items_of(self, token: Token, element: str) -> list[Value]:
        """Give the items of a multi-instance activity; for a number of instances, the numbers from 0."""
        repetition = self.program(token.scope).repetitions[element]
        value = self._asking.value(repetition.items, self.view(token.scope), element)
        if isinstance(value, Decimal) and value == value.to_integral_value() and value >= 0:
            count = MAX_INSTANCES + 1 if value > MAX_INSTANCES else int(value)
            value = [Decimal(n) for n in range(count)]
        if not isinstance(value, list) or len(value) > MAX_INSTANCES:
            raise ExecutionFailed(
                f"Expected a list or a whole number up to {MAX_INSTANCES} at {element}, but it is not",
                code="repetition_items",
                element=element,
                limit=MAX_INSTANCES,
            )
        return value

    def open_repetition(self, container: Token) -> None:
        """Open the scope of a multi-instance activity with its counters."""
        container.internal_data["scope"] = self._open(container, parent=container.scope)
        self.count(container)

    def open_child(
        self, container: Token, child: Token, element: str, item: Value, index: int
    ) -> None:
        """Open the scope of one child: its item under the name that the drawing gives, and `loopCounter`."""
        repetition = self.program(container.scope).repetitions[element]
        child.scope = self._open(child, parent=container.internal_data["scope"])
        values: dict[str, Value] = {LOOP_COUNTER: Decimal(index)}
        if repetition.variable:
            values[repetition.variable] = item
        if repetition.output is not None:
            child.internal_data[INDEX] = index
        self.set(child.scope, values)
        self._pass_in(child, element)

    def _pass_in(self, child: Token, element: str) -> None:
        if parameters := self.program(child.scope).parameters.get(element):
            view = self.view(child.scope)
            self.set(child.scope, parameters.pass_in(view, self._asking))

    def close_child(self, container: Token, child: Token, element: str) -> None:
        """Leave behind what the child's parameters say, keep what is collected of it, and drop its scope."""
        program = self.program(container.scope)
        if parameters := program.parameters.get(element):
            self.pass_out(parameters, container.scope, lambda: self.view(child.scope))
        if INDEX in child.internal_data and (output := program.repetitions[element].output):
            given = canonical(self._asking.value(output, self.view(child.scope), element))
            kept = container.internal_data.get(RESULTS, {})
            container.internal_data[RESULTS] = {**kept, str(child.internal_data[INDEX]): given}
        self.close(child.scope)

    def give_results(self, container: Token, element: str) -> None:
        """Set the list of what the children gave, in the order of the items; null for those that were not done."""
        outputs_to = self.program(container.scope).repetitions[element].outputs_to
        if outputs_to:
            kept = container.internal_data.pop(RESULTS, {})
            given = map(kept.get, map(str, range(container.internal_data.get("total", 0))))
            found: list[Value] = [None if each is None else load(each) for each in given]
            self.assign(container.scope, {outputs_to: found})

    def pass_out(
        self, parameters: Parameters, around: int, inside: Callable[[], Mapping[str, Value]]
    ) -> None:
        """Set the outputs of an activity in the scope around it, each as seen from inside when those before it are set."""
        for name, given in parameters.outputs:
            value = given.value(inside(), self._asking, parameters.element)
            self.assign(around, {name: value})

    def count(self, container: Token) -> None:
        """Bring the counters of a multi-instance activity up to date."""
        counts = container.internal_data
        active = counts["total"] - counts["done"]
        self.set(
            counts["scope"],
            {
                "nrOfInstances": Decimal(counts["total"]),
                "nrOfCompletedInstances": Decimal(counts["done"]),
                "nrOfActiveInstances": Decimal(active),
            },
        )

    def repetition_complete(self, child: Token, element: str) -> bool:
        """Tell whether the completion condition holds, seen from the child that has just finished."""
        completion = self.program(child.scope).repetitions[element].completion
        view = self.view(child.scope)
        return completion is not None and self._asking.is_true(completion, view, element)

    # standard loops

    def open_loop(self, container: Token) -> None:
        """Open the scope of a standard loop, which counts its rounds."""
        container.internal_data["scope"] = self._open(container, parent=container.scope)

    def open_round(self, container: Token, child: Token, element: str) -> None:
        """Count a round and open its scope."""
        scope, done = container.internal_data["scope"], container.internal_data["done"]
        self.set(scope, {LOOP_COUNTER: Decimal(done)})
        child.scope = self._open(child, parent=scope)
        self._pass_in(child, element)

    def begins(self, container: Token, element: str) -> bool:
        """Tell whether a standard loop has a first round."""
        loop = self.program(container.scope).loops[element]
        return not loop.test_before or self.goes_on(container, element)

    def goes_on(self, container: Token, element: str) -> bool:
        """Tell whether a standard loop has another round. Raises ExecutionFailed for one too many without a drawn maximum."""
        loop = self.program(container.scope).loops[element]
        done = container.internal_data.get("done", 0)
        if loop.is_drawn and done >= loop.most:
            return False
        view = {**self.view(container.scope), LOOP_COUNTER: Decimal(done)}
        if loop.condition is not None and not self._asking.is_true(loop.condition, view, element):
            return False
        if done >= loop.most:
            raise ExecutionFailed(
                f"Expected at most {loop.most} rounds of {element}, but its condition still holds",
                code="loop_endless",
                element=element,
                limit=loop.most,
            )
        return True

    def _open(self, token: Token, *, parent: int, definition: str = "") -> int:
        number: int = token.workflow.top_workflow.next_number()
        self.all[number] = Scope(parent=parent, definition=definition)
        self._record(
            ScopeOpened(scope=number, token=token.id, parent=parent, definition=definition)
        )
        return number

    def _owner(self, scope: int, name: str) -> int:
        current = scope
        while not self.all[current].definition and name not in self.all[current].values:
            current = self.all[current].parent or 0
        return current

    def set(self, scope: int, values: Mapping[str, Value]) -> None:
        """Write values into a scope, and tell of those that are new."""
        own = self.all[scope].values
        changed, _ = changes(own, {**own, **values})
        if changed:
            own.update(changed)
            self._record(VariablesChanged(scope=scope, set=changed))
