"""What is found in decisions that run, but perhaps not as meant: gaps, overlaps, rules that never count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.decision.problem import Place
    from engine.variables import Value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some of the values of a column: from `low` to `high` (None: without end), or for texts and booleans `values`.

    With `besides` it is every other text than `values`. `column` counts from 1, `expression` is what the column tests.
    """

    column: int
    heading: str
    expression: str
    low: Value = None
    high: Value = None
    low_included: bool = False
    high_included: bool = False
    values: tuple[Value, ...] = ()
    besides: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFinding:
    """One finding. `region` are the values at which it shows; a column that is not in it may have any value.

    table_gap             no rule matches in the region
    table_overlap         the two `rows` match both in the region, and the hit policy UNIQUE allows only one
    table_overlap_differs the same under ANY, where the two give different values
    table_rule_covered    the rule in `rows` never counts, because the rules in `by` do wherever it matches
    table_rule_impossible the rule in `rows` never matches: nothing passes its cell at the place
    table_output_value    the cell at the place gives a value that is not among the output values of its column
    table_not_checked     gaps and overlaps were not looked for; `params`: reason `expression` (the cell at the place is
                          more than a comparison with written values), `kinds` (the column compares with values of
                          different kinds), `size` (too large)
    decision_not_required a decision uses the name of another without requiring it (`params`: found)
    attribute_ignored     an attribute or element that Alur does not act on (`params`: found)
    """

    code: str
    place: Place
    rows: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    region: tuple[Stretch, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
