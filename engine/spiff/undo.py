"""Taking the last finished user task back: the case rests again where it rested before, under new numbers.

Numbers of a case are never used again, and its history is only added to: what the task set off is cancelled, and what it
consumed is there again as new tokens and scopes that are told like any others. Folding them gives the state before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow import TaskState

from engine.history import ScopeOpened, VariablesChanged
from engine.spiff import codec
from engine.spiff.scopes import Scope
from engine.variables import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.history import HistoryEvent
    from engine.spiff.workflow import Token, Workflow
    from engine.variables import Value

NUMBER, TREE, SPEC, STATE, CAME_FROM, SCOPE, CONTAINER, COUNTERS = range(8)
"""The columns of a token's row (`engine.spiff.codec`)."""


def undo(
    workflow: Workflow,
    lost: Mapping[str, Any],
    values: Mapping[int, Mapping[str, Value]],
    openers: Mapping[int, int],
    record: Callable[[HistoryEvent], None],
) -> Mapping[int, int]:
    """Bring the case back to where it rested before its last user task was finished.

    `lost` is what the frontier keeps of that, `values` the variables of each scope at that time, `openers` the token that
    opened each scope. Gives the new number of each number that is there again.
    """
    _cancel(workflow, lost["n"])
    return _Restoring(workflow, lost, values, openers, record).run()


def _cancel(workflow: Workflow, last: int) -> None:
    """Take away every token and scope with a later number than the last one."""
    for tree in workflow.trees():
        for token in list(tree.live.values()):
            if token.id > last:
                token.cancel()
    scopes = workflow.scopes
    for number in [number for number in scopes.all if number > last]:
        if number in scopes.all:
            scopes.close(number)


class _Restoring:
    def __init__(
        self,
        workflow: Workflow,
        lost: Mapping[str, Any],
        values: Mapping[int, Mapping[str, Value]],
        openers: Mapping[int, int],
        record: Callable[[HistoryEvent], None],
    ) -> None:
        self._workflow = workflow
        self._lost = lost
        self._values = values
        self._openers = openers
        self._record = record
        live = {number for tree in workflow.trees() for number in tree.live}
        self._gone = [row for row in lost["t"] if row[NUMBER] not in live]
        self._different = [row for row in lost["t"] if row[NUMBER] in live]
        self._new = {row[NUMBER]: workflow.next_number() for row in self._gone}
        self._new |= {row[0]: workflow.next_number() for row in lost["s"]}

    def run(self) -> Mapping[int, int]:
        for row in self._lost["s"]:
            self._open(*row)
        for scope, values in self._values.items():
            self._set(self._number(scope), values)
        for row in self._different:
            self._token(row[NUMBER]).internal_data = self._counters(row[COUNTERS])
        inner = {self._number(token): self._number(scope) for token, scope in self._lost["w"]}
        for token in codec.hang_tokens(self._workflow, map(self._row, self._gone), inner):
            self._tell(token)
        return self._new

    def _number(self, old: int) -> int:
        return self._new.get(old, old)

    def _token(self, number: int) -> Token:
        token = self._workflow.find_token(number)
        if token is None:
            raise LookupError(f"Expected a live token {number}, but there is none")
        return token

    def _open(self, scope: int, parent: int, definition: str) -> None:
        number, around = self._number(scope), self._number(parent)
        self._workflow.scopes.all[number] = Scope(parent=around, definition=definition)
        token = self._number(self._openers[scope])
        self._record(ScopeOpened(scope=number, token=token, parent=around, definition=definition))

    def _set(self, scope: int, values: Mapping[str, Value]) -> None:
        own = self._workflow.scopes.all[scope].values
        changed, removed = changes(own, values)
        if not changed and not removed:
            return
        own.update(changed)
        for name in removed:
            del own[name]
        self._record(VariablesChanged(scope=scope, set=changed, removed=removed))

    def _row(self, row: list[Any]) -> list[Any]:
        new = list(row)
        for column in (NUMBER, TREE, SCOPE, CONTAINER):
            new[column] = self._number(row[column])
        new[COUNTERS] = self._counters(row[COUNTERS])
        return new

    def _counters(self, counters: Mapping[str, Any]) -> dict[str, Any]:
        new = dict(counters)
        if "scope" in new:
            new["scope"] = self._number(new["scope"])
        return new

    def _tell(self, token: Token) -> None:
        observer = self._workflow.observer
        observer.activated(token)
        if token.state == TaskState.READY and token.task_spec.manual:
            observer.offered(token)
