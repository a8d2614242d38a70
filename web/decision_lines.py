"""The decisions of a case on its timeline: each with its inputs and result, linked to the table with the matched rows marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.decision.model import Table
from engine.history import DecisionEvaluated
from engine.ids import DecisionId
from engine.spiff.deciding import decision_model
from storage.queries.decisions import find_decision_version
from web.auth import actor
from web.decision_words import decided_by
from web.i18n import _
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.history import HistoryEvent

Rows = dict[tuple[str, str], "Mapping[str, int]"]
"""The numbers of the rules of a decision by their ids; by the deployed version and the decision's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One decision that was evaluated; `rules` are the ids of its rules that matched, `rows` says their numbers."""

    stored: str
    decision: str
    name: str
    version: int
    text: str
    rows: str
    rules: tuple[str, ...]


def decision_lines(events: Iterable[HistoryEvent], rows: Rows) -> tuple[DecisionLine, ...]:
    """Give a line for each decision that was evaluated; the numbers of rows that are read are kept in `rows`."""
    return tuple(_line(each, rows) for each in events if isinstance(each, DecisionEvaluated))


def _line(event: DecisionEvaluated, rows: Rows) -> DecisionLine:
    key = event.stored, event.decision
    if key not in rows:
        rows[key] = _numbers(*key)
    numbers = [str(rows[key][rule]) for rule in event.rules if rule in rows[key]]
    return DecisionLine(
        stored=event.stored,
        decision=event.decision,
        name=event.name,
        version=event.version,
        text=decided_by(event),
        rows=_("baris {numbers}").format(numbers=", ".join(numbers)) if numbers else "",
        rules=event.rules,
    )


def _numbers(stored: str, decision: str) -> Mapping[str, int]:
    agency = actor().agency
    found = parts().database.read(lambda c: find_decision_version(c, agency, DecisionId(stored)))
    node = None if found is None else decision_model(found).drawn.decisions.get(decision)
    if node is None or not isinstance(node.logic, Table):
        return {}
    return {rule.id: rule.number for rule in node.logic.rules}
