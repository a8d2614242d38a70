"""What a case computed that an auditor must be able to follow: decisions, and names that were nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from engine.history.event import HistoryEvent

if TYPE_CHECKING:
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEvaluated(HistoryEvent):
    """A decision was evaluated at a business rule task; one event for each decision, those it requires first.

    `decision` is the id in the DMN file, `version` that of the deployed one (id `stored`). `inputs` are the values of the
    input expressions of its table by their label, or of the variables of a literal expression; `outputs` is what it gives;
    `rules` are the ids of the rules that matched, in the order of the table. `settings` are the numbers that the office had set
    and the decision read, by name (`engine.office_value`), `reads` the variables of the case that it was made of. What is made of
    personal values is in neither, but its commitment is in `personal`, under `inputs.<label>` or `outputs` (docs/history-format.md).
    """

    type: ClassVar[str] = "decision_evaluated"
    token: int
    element: str
    stored: str
    decision: str
    name: str
    version: int
    inputs: dict[str, Value] = field(default_factory=dict)
    outputs: Value = None
    rules: tuple[str, ...] = ()
    settings: dict[str, Value] = field(default_factory=dict)
    reads: tuple[str, ...] = ()
    personal: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesMissed(HistoryEvent):
    """An expression at an element or flow asked for these names, which the case did not have; FEEL took them as null."""

    type: ClassVar[str] = "variables_missed"
    element: str
    names: tuple[str, ...]
