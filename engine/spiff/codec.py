"""A case at rest: the live tokens, the scopes they run in and nothing else (DESIGN.md 5.4).

Format 1, canonical JSON:

    {"v":1, "n":<last number given>,
     "w":[[<token>, <scope>], ...]                     inner workflows, outer before inner
     "s":[[<scope>, <parent>, <definition>], ...]      scopes without their values
     "t":[[<number>, <token of its workflow or 0>, <spec>, <state>, <came from>, <scope>, <container or 0>, {<counters>}], ...],
     "u":{"n":.., "w":.., "s":.., "t":..}}              only behind a finished user task: what it consumed or changed

A spec is written as `@<element>`, with ` [child]` for one of a multi-instance activity; a name without `@` is one of the
library's own. Values of variables are kept beside it, an object a scope. Finished tokens are not kept: joins look at live
ones only, and what happened is in the history. Only those that the last finished task consumed are, until the next one, so
that it can be taken back (`engine.spiff.undo`): with `n` as it was, and inner workflows, scopes and tokens that are gone or
were different.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.errors import ExecutionFailed
from engine.spiff.normalise import SEPARATOR
from engine.spiff.scopes import Scope
from engine.spiff.workflow import Token
from engine.variables import dump, object_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.spiff.scopes import Scopes
    from engine.spiff.workflow import SubWorkflow, Workflow

FORMAT = 1


def state_of(workflow: Workflow) -> dict[str, Any]:
    """Give the live tokens of a case, without what can be taken back; the same whether or not it was ever loaded."""
    trees = sorted(workflow.trees(), key=lambda tree: tree.parent_task_id or 0)
    return {
        "v": FORMAT,
        "n": workflow.last_number,
        "w": [[tree.parent_task_id, tree.scope] for tree in trees[1:]],
        "s": [[n, s.parent, s.definition] for n, s in workflow.scopes.all.items()],
        "t": [_row(token, tree) for tree in trees for token in tree.live.values()],
    }


def lost(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a state had before a user task was finished and has no more."""
    return {"n": before["n"], **{part: _lost(part, before, after) for part in "wst"}}


def write_frontier(state: Mapping[str, Any]) -> bytes:
    """Write the state of a case at rest."""
    return json.dumps(state, separators=(",", ":"), ensure_ascii=False).encode()


def _lost(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Any]:
    """Give the rows of a part of the state that are gone, or were different."""
    kept = {row[0]: row for row in after[part]}
    return [row for row in before[part] if kept.get(row[0]) != row]


def write_variables(scopes: Scopes) -> bytes:
    """Write the values of all scopes, as canonical JSON."""
    return dump({str(number): scope.values for number, scope in scopes.all.items()})


def read_frontier(frontier: bytes) -> dict[str, Any]:
    """Read what `write_frontier` wrote. Raises ExecutionFailed for another format."""
    state: dict[str, Any] = json.loads(frontier)
    if state.get("v") != FORMAT:
        raise ExecutionFailed(
            f"Expected a case in format {FORMAT}, but found {state.get('v')}",
            code="frontier_format",
            found=state.get("v"),
        )
    return state


def fill_scopes(scopes: Scopes, state: Mapping[str, Any], variables: bytes) -> None:
    """Fill the scopes of a case."""
    values = object_of(variables)
    for number, parent, definition in state["s"]:
        own = values[str(number)]
        if isinstance(own, dict):
            scopes.all[number] = Scope(parent=parent, definition=definition, values=own)


def fill_tokens(workflow: Workflow, state: Mapping[str, Any]) -> None:
    """Hang the live tokens of a case back into its fresh workflow."""
    workflow.last_number = state["n"]
    hang_tokens(workflow, state["t"], dict(state["w"]))


def hang_tokens(
    workflow: Workflow, rows: Iterable[list[Any]], inner: Mapping[int, int]
) -> list[Token]:
    """Hang tokens into a workflow, outer before inner; `inner` is the scope of the workflow that each container runs."""
    trees: dict[int, Workflow | SubWorkflow] = {0: workflow, **workflow.subprocesses}
    hung = []
    for row in rows:
        token = _token(row, trees[row[1]])
        hung.append(token)
        if token.id in inner:
            trees[token.id] = workflow.nest(token, inner[token.id])
    return hung


def _row(token: Token, tree: Workflow | SubWorkflow) -> list[Any]:
    parent = token.parent
    container = 0 if parent is tree.task_tree or parent.id not in tree.live else parent.id
    return [
        token.id,
        tree.parent_task_id or 0,
        _short(token.task_spec.name),
        token.state,
        _short(token.came_from),
        token.scope,
        container,
        dict(token.internal_data),
    ]


def _token(row: list[Any], tree: Workflow | SubWorkflow) -> Token:
    number, _, name, state, came_from, scope, container, counters = row
    definition = str(tree.spec.name).partition(SEPARATOR)[0]
    spec = tree.spec.task_specs[_long(name, definition)]
    parent = tree.live[container] if container else tree.task_tree
    token = Token(tree, spec, parent, state=state, id=number)
    token.came_from = _long(came_from, definition)
    token.scope = scope
    token.internal_data = dict(counters)
    token.triggered = bool(container)
    tree.hold(token)
    return token


def _short(name: str) -> str:
    _, separator, element = name.partition(SEPARATOR)
    return separator + element if separator else name


def _long(name: str, definition: str) -> str:
    return definition + name if name.startswith(SEPARATOR) else name
