"""`duration` and `years and months duration` (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, of_text, only
from engine.expression.temporal import Date, DateTime
from engine.expression.temporal.civil import months_between
from engine.expression.temporal.literal import duration_in
from engine.expression.temporal.timeline import months_duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum


def years_and_months(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the whole months between two dates, of which the times of day are left aside."""
    start, end = (
        each.date if isinstance(each, DateTime) else each for each in map(only, arguments)
    )
    if isinstance(start, Date) and isinstance(end, Date):
        return months_duration(months_between(start, end))
    return None


DURATION_FUNCTIONS = (
    Builtin(name="duration", parameters=("from",), run=of_text(duration_in)),
    Builtin(name="years and months duration", parameters=("from", "to"), run=years_and_months),
)
