"""Holidays and cuti bersama of Indonesia, proposed for a year; an administrator confirms or corrects them.

The dates come from the library `holidays` (categories public and government); some depend on the moon and on decisions that
the government takes late, so they are a proposal and never more.
"""

from __future__ import annotations

from functools import lru_cache

from holidays import GOVERNMENT, PUBLIC, country_holidays

from engine.calendar.work_calendar import Day, DayKind

YEARS_KEPT = 64
"""Proposals that are kept; making one costs some milliseconds."""


@lru_cache(maxsize=YEARS_KEPT)
def propose_days(year: int) -> tuple[Day, ...]:
    """Give the national holidays and cuti bersama of a year, by date, named in Indonesian."""
    public = country_holidays("ID", years=[year], categories=PUBLIC, language="id")
    joint = country_holidays("ID", years=[year], categories=GOVERNMENT, language="id")
    kinds = {on: (DayKind.JOINT_LEAVE, name) for on, name in joint.items()}
    kinds |= {on: (DayKind.HOLIDAY, name) for on, name in public.items()}
    return tuple(Day(on=on, kind=kind, name=name) for on, (kind, name) in sorted(kinds.items()))
