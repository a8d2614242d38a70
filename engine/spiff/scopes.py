"""The variables of a case, kept outside the library's tasks (decision 0001).

The case has scope 0. A called process has a scope that sees nothing of the caller but what is passed in; a sub-process and
a multi-instance activity and each of its children have scopes that see what is around them. A value is written where the
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
from engine.variables import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.spiff.asking import Asking
    from engine.spiff.parameters import Parameters
    from engine.spiff.program import Program
    from engine.spiff.workflow import Token
    from engine.variables import Value

MAX_INSTANCES = 2_000
"""Children that one multi-instance activity may have."""


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
        variable = self.program(container.scope).repetitions[element].variable
        child.scope = self._open(child, parent=container.internal_data["scope"])
        values: dict[str, Value] = {"loopCounter": Decimal(index)}
        if variable:
            values[variable] = item
        self.set(child.scope, values)
        if parameters := self.program(container.scope).parameters.get(element):
            view = self.view(child.scope)
            self.set(child.scope, parameters.pass_in(view, self._asking))

    def close_child(self, container: Token, child: Token, element: str) -> None:
        """Leave behind what the child's parameters say, and drop its scope."""
        if parameters := self.program(container.scope).parameters.get(element):
            self.pass_out(parameters, container.scope, lambda: self.view(child.scope))
        self.close(child.scope)

    def pass_out(
        self, parameters: Parameters, around: int, inside: Callable[[], Mapping[str, Value]]
    ) -> None:
        """Set the outputs of an activity in the scope around it, each as seen from inside when those before it are set."""
        for name, expression in parameters.outputs:
            value = self._asking.value(expression, inside(), parameters.element)
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
